"""What tests of the page do again and again: open a view, read what it shows, ask axe."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from page_harness import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PATIENCE_MS = 90_000
NO_WEBGL = """
const original = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : original.call(this, kind, ...rest);
};
"""
"""The plain picture of a map can be read from the document; what WebGL drew cannot."""
DRAWN = ".pane[data-drawn] svg path[data-place]"


@pytest.fixture
def visit(browser_page: Page) -> Callable[..., Page]:
    """Opens an address at a view and waits until the map is drawn, as a plain picture; with ``on_map`` False, until the page has a heading."""

    browser_page.add_init_script(NO_WEBGL)
    browser_page.set_default_timeout(PATIENCE_MS)

    def go(address: str, view: str = "lang=en", *, on_map: bool = True) -> Page:
        browser_page.goto("about:blank")
        browser_page.goto(f"{address}#{view}")
        browser_page.wait_for_selector(DRAWN if on_map else "h1", state="attached", timeout=PATIENCE_MS)
        return browser_page

    return go


@pytest.fixture
def cells() -> Callable[..., dict[str, str]]:
    """How each cell of a pane is painted: the class of its holder and its strength, by place."""

    def read(page: Page, pane: int = 0) -> dict[str, str]:
        painted = (
            page.locator(".pane")
            .nth(pane)
            .locator("path[data-place]")
            .evaluate_all(
                "paths => paths.map(p => [p.dataset.place, p.getAttribute('fill') + ' ' + p.getAttribute('fill-opacity')])"
            )
        )
        # Each pane has patterns of its own; the number behind the dash is the class.
        return {place: re.sub(r"#m\d+-", "#", fill) for place, fill in painted}

    return read


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with a page: rule and elements."""

    def check(page: Page) -> list[str]:
        if not AXE.is_file():
            pytest.skip("axe-core is not installed: run npm ci in web/")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
        return [f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}" for each in found["violations"]]

    return check


@pytest.fixture
def fresh_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A tab of a fresh profile, with the options of ``browser.new_context``."""

    def make(**options: object) -> Page:
        page = new_context(**options).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    return make
