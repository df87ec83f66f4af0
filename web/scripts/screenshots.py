"""Makes the pictures in docs/screenshots from the page itself, in a real browser.

``python web/scripts/screenshots.py`` reads the reference article if it lies in ``../shared/corpus``, else the example accounts.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import xarray
from playwright.sync_api import Page, sync_playwright

import zubda

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT.parent / "shared" / "corpus" / "aleppo.zh.md"
EXAMPLES = ROOT / "examples" / "aleppo"
PICTURES = ROOT / "docs" / "screenshots"
DAYS = ("2012-08-08", "2012-11-20", "2013-04-15", "2014-01-08", "2016-12-13")
TITLE = "Battle of Aleppo"
SIZE = {"width": 1440, "height": 900}
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRAWN = ".panes:has(.pane):not(:has(.pane[data-drawn=svg]))"
DRAW = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def read(folder: Path) -> zubda.Chronicle:
    """The chronicle to show, saved in ``folder`` under a name that reads well as a title."""
    inputs = sorted(EXAMPLES.glob("*.md"))
    if REFERENCE.is_file():
        named = folder / f"{TITLE}.md"
        shutil.copyfile(REFERENCE, named)
        inputs = [named]
    return zubda.read([str(path) for path in inputs], theatre="syria").save(folder / f"{TITLE}.zubda")


def most_apart(chronicle: zubda.Chronicle, first: str, second: str) -> date:
    """The day on which two sides' versions name different holders for most places."""
    one, other = chronicle.view([f"side:{first}"]).to_xarray(), chronicle.view([f"side:{second}"]).to_xarray()
    one, other = xarray.align(one.fillna(0), other.fillna(0), join="inner")
    told = (one.sum("side") > 0) & (other.sum("side") > 0)
    apart = (told & (one.argmax("side") != other.argmax("side"))).sum("place")
    return date.fromisoformat(str(apart["day"].values[int(apart.values.argmax())])[:10])


@contextmanager
def serving(file: Path) -> Iterator[str]:
    """The address of a server for ``file``, as long as the block runs."""
    command = [sys.executable, "-m", "zubda", "serve", str(file), "--no-open"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()


def take(page: Page, address: str, name: str, view: str, *, on_map: bool = True) -> None:
    """One picture, when everything in it is drawn."""
    page.goto("about:blank")
    page.goto(f"{address}#{view}&lang=en&theme=light")
    if on_map:
        page.wait_for_selector(DRAWN, timeout=180_000)
    page.wait_for_load_state("networkidle", timeout=180_000)
    page.wait_for_timeout(800)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    print(PICTURES / f"{name}.png")


def main() -> None:
    """All pictures."""
    if BROWSER is None:
        sys.exit("The pictures are taken in Chromium, and there is none. Install it: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chronicle = read(Path(folder))
        file = Path(folder) / f"{TITLE}.zubda"
        first, second = chronicle.posterior.states[:2]
        rival = most_apart(chronicle, first, second)
        browser = playwright.chromium.launch(executable_path=BROWSER, args=[*DRAW, *QUIET])
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        with serving(file) as address:
            for day in DAYS:
                take(page, address, day, f"date={day}")
            panes = f"side-{first},side-{second}"
            take(page, address, "rival-versions", f"date={rival}&panes={panes}")
            take(page, address, "difference", f"date={rival}&panes={panes},side-{first}~side-{second}")
            take(page, address, "tolls", f"page=tolls&date={DAYS[0]}", on_map=False)
        browser.close()


if __name__ == "__main__":
    main()
