"""Chronicles, the built page, servers on the loopback address, a published folder, and a browser without a network.

For tests of the page: `browser_page` opens a fresh tab that can reach nothing but the loopback address and fails the test at its end if
the page wrote an error to the console or asked for anything elsewhere. Go to `aleppo_server.address` or `aleppo_site.as_uri()`.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from benchmarks.invented import invented_chronicle
from page_harness import ROOT, STARTED_WITHIN, Served, build_hook, start_server

import zubda
from zubda.chronicle import Chronicle
from zubda.server import publish
from zubda.server.page import PAGE, page_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

EXAMPLES = ROOT / "examples" / "aleppo"
CHROMIUM = os.environ.get("ZUBDA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[..., Served]]:
    """Starts servers for chronicles, and stops them at the end."""
    running: list[tuple[uvicorn.Server, threading.Thread, httpx.Client]] = []

    def start(chronicle: Chronicle, **options: object) -> Served:
        server, thread, address = start_server(chronicle, **options)
        client = httpx.Client(base_url=address, trust_env=False, timeout=60)
        running.append((server, thread, client))
        return Served(address, client, chronicle)

    yield start
    for server, thread, client in running:
        client.close()
        server.should_exit = True
        thread.join(timeout=STARTED_WITHIN)


@pytest.fixture(scope="session")
def invented() -> Chronicle:
    """A chronicle of an invented war: 600 claims, 60 places, 400 days."""
    return invented_chronicle()


@pytest.fixture(scope="session")
def small() -> Chronicle:
    """A chronicle of an invented war, small enough to be published in no time: 60 claims, 12 places, 50 days."""
    return invented_chronicle(claims=60, places=12, days=50, sources=4, documents=2)


@pytest.fixture(scope="session")
def invented_server(invented: Chronicle, serving: Callable[..., Served]) -> Served:
    """The invented war, served without a page."""
    return serving(invented)


@pytest.fixture(scope="session")
def aleppo() -> Chronicle:
    """The example accounts, read."""
    return zubda.read([EXAMPLES / "battle-of-aleppo.zh.md"], theatre="syria")


@pytest.fixture(scope="session")
def pages() -> dict[str, bytes]:
    """The files of the page, built first if its sources changed."""
    if (ROOT / "web" / "package.json").is_file():
        build_hook().build_page(ROOT)
    elif not (PAGE / "index.html").is_file():
        pytest.skip("the page is not built, and its sources are not here")
    return page_files()


@pytest.fixture(scope="session")
def aleppo_server(aleppo: Chronicle, pages: dict[str, bytes], serving: Callable[..., Served]) -> Served:
    """The example accounts, served with the page."""
    return serving(aleppo, pages=pages)


@pytest.fixture(scope="session")
def invented_page_server(invented: Chronicle, pages: dict[str, bytes], serving: Callable[..., Served]) -> Served:
    """The invented war, served with the page."""
    return serving(invented, pages=pages)


@pytest.fixture(scope="session")
def aleppo_site(aleppo: Chronicle, pages: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``index.html`` of the example accounts, published to a folder."""
    return publish(aleppo, tmp_path_factory.mktemp("published") / "site")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; a test that needs it is skipped where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium: install it, or say where it is with ZUBDA_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts (fresh profiles), each watched: see `browser_page`. Options are those of ``browser.new_context``."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.on("console", lambda said: trouble.append(f"console: {said.text}") if said.type == "error" else None)
        context.on("weberror", lambda error: trouble.append(f"uncaught: {error.error}"))
        context.on("request", lambda request: trouble.extend(_elsewhere(request.url)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert trouble == []


def _elsewhere(url: str) -> list[str]:
    here = ("http://127.0.0.1:", "file:", "data:", "blob:")
    return [] if url.startswith(here) else [f"asked another host: {url}"]


@pytest.fixture
def browser_page(new_context: Callable[..., BrowserContext]) -> Page:
    """A fresh tab of 1280 by 800."""
    return new_context(viewport={"width": 1280, "height": 800}).new_page()
