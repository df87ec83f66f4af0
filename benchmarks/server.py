"""The server: answers a second, the first view, and a war of 100,000 claims.

The server runs on one core, the client on another where there is one. The peer is the barest thing that FastAPI and orjson can do.
"""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.invented import invented_chronicle
from benchmarks.record import ROOT, Figure, sample

__all__ = ["run"]

CONNECTIONS = 8
SECONDS = 2.0
RUNS = 5
LARGE = (100_000, 2_000)
FIRST_VIEW = (
    "data/meta.json", "data/places.json", "data/cells.json", "data/basemap.json", "data/claims/index.json",
    "data/claims/index.bin", "data/control/all/{month}.bin",
)  # fmt: skip
LAUNCH = """
import os, sys
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
"""
OURS = (
    LAUNCH
    + """
import uvicorn
from zubda.chronicle import Chronicle
from zubda.server import create_app
app = create_app(Chronicle.open(sys.argv[2]))
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False, ws="none")
"""
)
BARE = (
    LAUNCH
    + """
import orjson, uvicorn
from fastapi import FastAPI, Response
from zubda.chronicle import Chronicle
from zubda.interchange.codebook import claim_to_record
chronicle = Chronicle.open(sys.argv[2])
rows = [{**claim_to_record(claim), "text": chronicle.sentence(claim)} for claim in chronicle.claims[:100]]
app = FastAPI()
@app.get("/claims")
async def claims() -> Response:
    return Response(orjson.dumps(rows), media_type="application/json")
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False, ws="none")
"""
)


class Server(NamedTuple):
    """A running server: its port and its process."""

    port: int
    process: int


@contextmanager
def _served(program: str, chronicle: Path) -> Iterator[Server]:
    """A server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([sys.executable, "-c", program, str(port), str(chronicle)], env=environment)
    try:
        _await(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _await(port: int, within: float = 120.0) -> None:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def _ask(connection: socket.socket, path: str, encoding: str = "identity") -> tuple[int, int]:
    """Status and size of one answer over a connection that stays open."""
    connection.sendall(f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n\r\n".encode())
    got = connection.recv(1 << 18)
    while b"\r\n\r\n" not in got:
        got += connection.recv(1 << 18)
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 1 << 18)))
    return int(head[9:12]), length


def _processor_seconds(process: int) -> float | None:
    """Processor time that a process has used, None where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _rate(server: Server, path: str) -> tuple[float, float | None]:
    """Answers a second over several connections at once: by the clock, and by the server's processor time."""
    done = [0] * CONNECTIONS
    used, began = _processor_seconds(server.process), time.perf_counter()
    until = began + SECONDS

    def ask(number: int) -> None:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            while time.perf_counter() < until:
                status, _ = _ask(connection, path)
                assert status == 200, path
                done[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    by_clock, after = sum(done) / (time.perf_counter() - began), _processor_seconds(server.process)
    return by_clock, sum(done) / (after - used) if used is not None and after is not None else None


def _rates(chronicle: Path) -> list[Figure]:
    with _served(BARE, chronicle) as bare, _served(OURS, chronicle) as ours:
        with socket.create_connection(("127.0.0.1", ours.port)) as connection:
            size = _ask(connection, "api/v1/claims?limit=100")[1]
        asked = {
            "100 claims as JSON": (ours, "api/v1/claims?limit=100", "wanted: 2,000"),
            "100 claims of a side since a day": (ours, "api/v1/claims?limit=100&side=north&from=2031-06-01", ""),
            "FastAPI and orjson, bare, the same rows": (bare, "claims", "encodes 100 rows each time, nothing else"),
        }
        runs: dict[str, list[tuple[float, float | None]]] = {name: [] for name in asked}
        for _ in range(RUNS):
            for name, (server, path, _) in asked.items():
                runs[name].append(_rate(server, path))
    figures = []
    for name, (_, _, note) in asked.items():
        beside = "; ".join(filter(None, (f"{size / 1000:.0f} kB each, {CONNECTIONS} connections", note)))
        figures.append(sample(name, [by_clock for by_clock, _ in runs[name]], "answers/s", beside))
        of_core = [rate for _, rate in runs[name] if rate is not None]
        if of_core:
            figures.append(
                sample(f"{name}, one core to itself", of_core, "answers/s", "by the server's processor time")
            )
    return figures


def _first_view(chronicle: Path, name: str) -> list[Figure]:
    """What the page loads before the first map: bytes as sent, and the wait, first when asked for the first time."""
    began = time.perf_counter()
    with _served(OURS, chronicle) as server, socket.create_connection(("127.0.0.1", server.port)) as connection:
        started = time.perf_counter() - began
        waits = []
        for _ in range(2):
            began, sent = time.perf_counter(), 0
            for path in FIRST_VIEW:
                status, size = _ask(connection, path.format(month="2031-06"), "br")
                assert status == 200, path
                sent += size
            waits.append(time.perf_counter() - began)
    return [
        Figure.once(f"{name}: server started", started, "s"),
        Figure.once(f"{name}: first view, as sent", sent / 1000, "kB", f"{len(FIRST_VIEW)} resources, brotli"),
        Figure.once(f"{name}: first view, asked first", waits[0], "s", "control fitted meanwhile"),
        Figure.once(f"{name}: first view, asked again", waits[1] * 1000, "ms"),
    ]


def _page_script() -> list[Figure]:
    from zubda.server.page import PAGE

    scripts = [path.read_bytes() for path in PAGE.rglob("*.js")]
    if not scripts:
        return []
    packed = sum(len(gzip.compress(script, 9)) for script in scripts) / 1000
    return [Figure.once("script of the page, gzip", packed, "kB", "wanted: under 400")]


def run() -> list[Figure]:
    """Rates beside the bare peer, and the first view of a small and of a large war."""
    claims, places = LARGE
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.zubda", Path(folder) / "large.zubda"
        invented_chronicle().save(small)
        invented_chronicle(claims=claims, places=places, days=1_600, sources=40, documents=40).save(large)
        return [
            *_rates(small),
            *_first_view(small, "600 claims"),
            *_first_view(large, f"{claims:,} claims, {places:,} places"),
            *_page_script(),
        ]
