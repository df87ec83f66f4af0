"""The server as a program: it comes up at the address it prints, and ends at once when it is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from page_harness import ROOT

from zubda.chronicle import Chronicle

SLOW = """
import sys, time
from zubda.server.page_data import PageData
from zubda.cli.main import run

def resource(self, path):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        pass

PageData.resource = resource
sys.argv[1:] = ["serve", sys.argv[1], "--no-open"]
run()
"""
WITHIN = 10.0


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_while_an_answer_is_still_worked_out(
    small: Chronicle, tmp_path: Path, how: signal.Signals
) -> None:
    file = tmp_path / "small.zubda"
    small.save(file)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(file)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout
        address = program.stdout.readline().strip()
        asking = threading.Thread(target=_ask, args=(address,), daemon=True)
        asking.start()
        time.sleep(1.0)
        assert asking.is_alive(), "the answer takes longer than the test"
        program.send_signal(how)
        began = time.monotonic()
        program.wait(WITHIN)
        assert time.monotonic() - began < WITHIN
        assert program.stderr
        said = program.stderr.read()
    if how is signal.SIGINT:
        assert program.returncode == 130
        assert said.strip().endswith("Stopped.")
    assert "Traceback" not in said


def _ask(address: str) -> None:
    with suppress(httpx.HTTPError):
        httpx.get(f"{address}data/meta.json", trust_env=False, timeout=60)
