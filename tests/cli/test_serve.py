"""``zubda serve``, ``publish`` and ``demo`` as a person starts them."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from benchmarks.invented import invented_chronicle
from typer.testing import CliRunner

from zubda.cli.main import app
from zubda.server import page, running

PROGRAM = [sys.executable, "-m", "zubda"]
BUILT = (page.PAGE / "index.html").is_file()
needs_page = pytest.mark.skipif(not BUILT, reason="the page is not built: run `make setup`")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("chronicle") / "war.zubda"
    invented_chronicle(claims=40, places=9, days=40, sources=4, documents=1).save(path)
    return path


@contextmanager
def started(*arguments: str, within: float = 60.0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program, running, and the address that it prints."""
    process = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    timer = threading.Timer(within, process.kill)
    timer.start()
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.communicate()
        yield process, address
    finally:
        timer.cancel()
        process.kill()
        process.communicate()


@needs_page
def test_serve_prints_its_address_answers_and_stops_when_told(file: Path) -> None:
    with started("serve", str(file), "--no-open") as (process, address):
        assert "<html" in httpx.get(address, trust_env=False).text
        assert httpx.get(f"{address}data/meta.json", trust_env=False).json()["counts"]["claims"] == 40
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1]
        assert process.returncode == 130
        assert "Traceback" not in said


@needs_page
def test_demo_reads_the_examples_and_shows_them(tmp_path: Path) -> None:
    output = tmp_path / "demo.zubda"
    with started("demo", "-o", str(output), "--no-open") as (_, address):
        meta = httpx.get(f"{address}data/meta.json", trust_env=False, timeout=60).json()
    assert output.exists()
    assert meta["theatre"]["id"] == "syria"
    assert {document["language"] for document in meta["documents"]} == {"zh", "en"}
    assert all(document["claims"] > 50 for document in meta["documents"])


@needs_page
def test_publish_says_what_to_open(file: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["publish", str(file), str(tmp_path / "site")], catch_exceptions=False)
    assert result.exit_code == 0
    assert (tmp_path / "site" / "index.html").is_file()
    assert str(tmp_path / "site" / "index.html") in result.output.replace("\n", "")


@needs_page
def test_areas_of_a_users_own_are_published_and_faults_in_them_told(file: Path, tmp_path: Path) -> None:
    areas = tmp_path / "areas.geojson"
    square = '{"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}'
    areas.write_text(
        f'{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{"place": "p1"}}, "geometry": {square}}}]}}'
    )
    result = CliRunner().invoke(
        app, ["publish", str(file), str(tmp_path / "site"), "--areas", str(areas)], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert '"approximate":false' in (tmp_path / "site" / "data" / "cells.json.js").read_text()
    areas.write_text(areas.read_text().replace("p1", "Atlantis"))
    done = subprocess.run(
        [*PROGRAM, "publish", str(file), str(tmp_path / "other"), "--areas", str(areas)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "table.areas" in done.stderr, "Atlantis" in done.stderr) == (1, True, True)
    assert not (tmp_path / "other").exists()


@needs_page
def test_a_port_that_is_taken_is_said(file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*PROGRAM, "serve", str(file), "--no-open", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "usage.port" in done.stderr
    assert "--port 0" in done.stderr


def test_a_chronicle_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "serve", str(tmp_path / "none.zubda")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "chronicle.missing" in done.stderr) == (1, True)


def test_listening_beyond_this_machine_is_warned_about(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "page_files", lambda: {"index.html": b"<html>"})
    monkeypatch.setattr(running.uvicorn.Server, "run", lambda self, sockets: [listener.close() for listener in sockets])
    opened: list[str] = []
    monkeypatch.setattr(running.webbrowser, "open", opened.append)
    running.serve(file, host="0.0.0.0", open_browser=False)
    assert "whoever reaches it can read" in caplog.text
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")
    caplog.clear()
    running.serve(file, open_browser=True)
    assert caplog.text == ""
    for timer in threading.enumerate():
        if isinstance(timer, threading.Timer):
            timer.join(timeout=5)
    assert opened == [capsys.readouterr().out.strip()]
