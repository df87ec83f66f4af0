"""Running the server on this machine."""

from __future__ import annotations

import logging
import socket
import threading
import webbrowser
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from zubda.chronicle import Chronicle
from zubda.errors import UsageError
from zubda.server.app import create_app
from zubda.server.areas import load_areas
from zubda.server.page import page_files
from zubda.server.page_data import PageData
from zubda.server.tiles import load_tiles

__all__ = ["serve", "warm"]

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
FIRST_SEEN = ("meta.json", "places.json", "cells.json", "basemap.json", "claims/index.json", "claims/index.bin")
LINKED = ("claims/events.bin", "events/index.bin", "tolls/series.json")
LOOK_SECONDS = 0.5
"""Some systems let a signal through only between two waits."""


def serve(
    file: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    open_browser: bool = True,
    areas: Path | None = None,
    basemap: Path | None = None,
) -> None:
    """Show the chronicle in ``file`` as a page until interrupted, which raises `KeyboardInterrupt` at once. Prints the page's address on standard output.

    ``port`` 0 takes a free one. ``host`` is an address to listen on; one that is no loopback address is warned about, since
    whoever reaches it can read the chronicle. ``areas`` are a GeoJSON file of polygons for places, ``basemap`` a PMTiles archive.
    Raises what `Chronicle.open`, `load_areas` and `load_tiles` raise, `MissingExtraError`
    (``extra.page``), and `UsageError` (``usage.port``) if the port is taken or the host is no address of this machine.
    """
    chronicle = Chronicle.open(file)
    pages = page_files()
    shapes = load_areas(areas, chronicle) if areas else None
    tiles = load_tiles(basemap, chronicle) if basemap else None
    listener = _listen(host, port)
    loopback = _is_loopback(host)
    if not loopback:
        logging.getLogger("zubda.server").warning("Listening on %s: whoever reaches it can read the chronicle.", host)
    app = create_app(
        chronicle, areas=shapes, tiles=tiles, pages=pages, hosts={*LOOPBACK_NAMES, host} if loopback else None
    )
    address = _address(host, listener.getsockname()[1])
    print(address, flush=True)
    threading.Thread(target=warm, args=(app,), daemon=True).start()
    if open_browser:
        threading.Timer(0.3, webbrowser.open, (address,)).start()
    _run(uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none")), listener)


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    """Answer until interrupted, and then at once: in the main thread the server would wait for whoever still links claims."""
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LOOK_SECONDS)
    finally:
        server.should_exit = True


def warm(app: FastAPI) -> None:
    """Work out what the page asks for first, so that it is there when asked: lists, who held what, events, roads and sieges."""
    for path in app.state.pages:
        app.state.files.response(path, "br")
    data: PageData = app.state.data
    control = ("control/all/shares.bin", "routes/all.json") if data.numbering.views else ()
    for path in (*FIRST_SEEN, *control[:1], *LINKED, *control[1:]):
        data.resource(path)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str, port: int) -> str:
    shown = (
        "127.0.0.1" if host in ("0.0.0.0", "") else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host
    )
    return f"http://{shown}:{port}/"


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as problem:
        raise UsageError(
            "port",
            f"Cannot listen on {host}, port {port}: {problem}.",
            "Choose another with --port, or --port 0 for a free one.",
        ) from problem
