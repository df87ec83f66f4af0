"""A server on the loopback address for tests, and the hook that builds the page."""

from __future__ import annotations

import importlib.util
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import httpx
import uvicorn

from zubda.chronicle import Chronicle
from zubda.server import create_app

__all__ = ["ROOT", "STARTED_WITHIN", "Served", "build_hook", "start_server"]

ROOT = Path(__file__).parents[2]
STARTED_WITHIN = 10.0


@dataclass(frozen=True)
class Served:
    """A running server: ``address`` ends with a slash, ``client`` asks it."""

    address: str
    client: httpx.Client
    chronicle: Chronicle


def start_server(chronicle: Chronicle, **options: object) -> tuple[uvicorn.Server, threading.Thread, str]:
    """A server on a free port of the loopback address, running in a thread."""
    app = create_app(chronicle, **options)  # type: ignore[arg-type]
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + STARTED_WITHIN
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started, "the server did not start"
    return server, thread, f"http://127.0.0.1:{listener.getsockname()[1]}/"


def build_hook() -> ModuleType:
    """The module that builds the page."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
