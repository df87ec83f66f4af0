"""The page in Chromium: its first view, a day step, and scrolling, with a war of 100,000 claims and 2,000 places.

Times are those of the browser's own trace (main thread of the page) and of its marks. The peer of the first view is an empty page.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.invented import invented_chronicle
from benchmarks.record import ROOT, SHARED, Figure, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["run"]

LARGE = (100_000, 2_000)
RUNS = 7
STEPS = 40
SCREENS = 40
PAUSE_MS = 250
SWITCHES = (
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
CATEGORIES = ["devtools.timeline", "toplevel", "disabled-by-default-devtools.timeline", "blink.user_timing"]
SERVE = "from zubda.cli.main import run; run()"
MARK = "zubda-step"
FIRST = "first-view"
SHOWN = ".claim-row .claim-text:not(.waiting)"


@contextmanager
def _served(chronicle: Path) -> Iterator[str]:
    """The address of a server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", SERVE, "serve", str(chronicle), "--no-open", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 180
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        # Not asked to end: it may be in the middle of linking 100,000 claims, and would first finish that.
        process.kill()
        process.wait()


def _first_views(browser: Browser, address: str, name: str) -> list[Figure]:
    """Milliseconds from the address to the first whole picture, in a fresh profile each time; and of an empty page."""
    ours, empty = [], []
    for _ in range(RUNS + 1):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(f"{address}#lang=en")
        page.locator("path[data-place]").first.wait_for(state="attached", timeout=120_000)
        ours.append(page.evaluate("performance.getEntriesByName('first-view')[0].startTime"))
        page.goto(f"{address}icon.svg")
        empty.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart"))
        context.close()
    # The first visit has the server work out control; every later one is what a reader meets.
    return [
        sample(f"{name}: first view", ours[1:], "ms", "wanted: under 1,000"),
        sample(f"{name}: first view, work of the main thread", _first_work(browser, address), "ms", "processor time"),
        sample(f"{name}: peer, the page's icon alone", empty[1:], "ms"),
    ]


def _first_work(browser: Browser, address: str) -> list[float]:
    """Processor time in ms of the page's main thread from the address to the first whole picture, in a fresh profile each time."""
    found = []
    for _ in range(RUNS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()

        def visit(page: Page = page) -> None:
            page.goto(f"{address}#lang=en")
            page.locator("path[data-place]").first.wait_for(state="attached", timeout=120_000)
            page.wait_for_timeout(500)

        marks, tasks = _traced(browser, page, visit, FIRST)
        found.append(sum(work for begin, work in tasks if begin <= marks[0]))
        context.close()
    return found


def _traced(
    browser: Browser, page: Page, work: Callable[[], None], mark: str = MARK
) -> tuple[list[float], list[tuple[float, float]]]:
    """When each step was marked, and start and processor time of every task on the
    page's main thread while ``work`` runs; in ms. Processor time, so that other work on the machine does not count."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    work()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    marks = [event for event in events if event["name"] == mark]
    main = (marks[0]["pid"], marks[0]["tid"])
    tasks = [
        (event["ts"] / 1000, event.get("tdur", event["dur"]) / 1000)
        for event in events
        if event["name"].endswith("RunTask") and event.get("dur") and (event["pid"], event["tid"]) == main
    ]
    return sorted({event["ts"] / 1000 for event in marks}), tasks


def _large(browser: Browser, address: str) -> list[Figure]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}#lang=en")
    page.locator(".pane[data-drawn=gl]").wait_for(timeout=180_000)
    page.wait_for_timeout(2000)

    def step() -> None:
        for _ in range(STEPS):
            page.evaluate(f"performance.mark('{MARK}')")
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(PAUSE_MS)

    busy = _by_step(*_traced(browser, page, step))
    page.get_by_role("button", name="Whole time").click()
    page.locator(SHOWN).first.wait_for()
    page.wait_for_timeout(1000)
    box = page.locator("#claims").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 200)

    def scroll() -> None:
        page.evaluate(f"performance.mark('{MARK}')")
        for _ in range(SCREENS):
            page.mouse.wheel(0, 900)
            page.wait_for_timeout(50)
        page.evaluate("document.querySelector('#claims').scrollTop = 4_000_000")
        page.wait_for_timeout(500)

    lengths = sorted(length for _, length in _traced(browser, page, scroll)[1])
    page.close()
    claims, places = LARGE
    name = f"{claims:,} claims, {places:,} places"
    return [
        sample(f"{name}: a day step, work of the main thread", busy, "ms", "wanted: under 50"),
        Figure.once(
            f"{name}: longest task while scrolling", lengths[-1], "ms", f"{SCREENS} screens; wanted: under 100"
        ),
    ]


def _by_step(marks: list[float], tasks: list[tuple[float, float]]) -> list[float]:
    """Work of the main thread after each mark and before the next."""
    sums = [0.0] * len(marks)
    for begin, length in tasks:
        at = bisect_right(marks, begin) - 1
        if at >= 0:
            sums[at] += length
    return sums


def _scripts() -> list[Figure]:
    from zubda.server.page import PAGE

    packed = {path.name: len(gzip.compress(path.read_bytes(), 9)) / 1000 for path in sorted(PAGE.rglob("*.js"))}
    whole = Figure.once("script of the page, gzip", sum(packed.values()), "kB", "wanted: under 400")
    return [whole, *(Figure.once(f"of it {name}", size, "kB") for name, size in packed.items())]


def run() -> list[Figure]:
    """First view of the reference article (or the example accounts), then the large war."""
    from playwright.sync_api import sync_playwright

    import zubda

    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        print("  There is no Chromium; the page was not measured.")
        return _scripts()
    reference = SHARED / "corpus" / "aleppo.zh.md"
    account = reference if reference.is_file() else ROOT / "examples" / "aleppo" / "battle-of-aleppo.zh.md"
    claims, places = LARGE
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        small, large = Path(folder) / "small.zubda", Path(folder) / "large.zubda"
        zubda.read([str(account)], theatre="syria").save(small)
        invented_chronicle(claims=claims, places=places, days=1_600, sources=40, documents=40).save(large)
        browser = playwright.chromium.launch(executable_path=executable, args=list(SWITCHES))
        with _served(small) as address:
            figures = _first_views(browser, address, account.stem)
        with _served(large) as address:
            figures += _large(browser, address)
        browser.close()
    return [*figures, *_scripts()]
