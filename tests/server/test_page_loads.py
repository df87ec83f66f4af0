"""The page in a real browser, from the server and from a folder: it comes up, and asks nobody else for anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_harness import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WITHIN_MS = 20_000


def _shown(page: Page, count: int) -> None:
    """The page names the number of claims, and has places on its map."""
    page.get_by_text(f"{count} claims").first.wait_for(timeout=WITHIN_MS)
    page.locator("[data-place], canvas").first.wait_for(timeout=WITHIN_MS)


def test_the_served_page_comes_up(browser_page: Page, aleppo_server: Served) -> None:
    browser_page.goto(aleppo_server.address)
    _shown(browser_page, len(aleppo_server.chronicle.claims))


def test_the_published_page_comes_up_from_a_folder(
    browser_page: Page, aleppo_server: Served, aleppo_site: Path
) -> None:
    browser_page.goto(aleppo_site.as_uri())
    _shown(browser_page, len(aleppo_server.chronicle.claims))


@pytest.mark.parametrize("where", ["server", "folder"])
def test_nothing_but_files_of_the_page_may_run(
    browser: Browser, aleppo_server: Served, aleppo_site: Path, where: str
) -> None:
    page = browser.new_page()
    page.goto(aleppo_server.address if where == "server" else aleppo_site.as_uri())
    refused = page.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
            const image = document.createElement("div");
            image.innerHTML = "<img src='data:,' onerror='window.ran = true'>";
            document.body.append(image);
            setTimeout(() => done("nothing was refused"), 3000);
        })"""
    )
    assert refused.startswith("script-src")
    assert page.evaluate("window.ran") is None
    page.close()
