"""The list limited to what the map shows: it follows the map, the address holds it, keys reach it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from page_harness import Served
    from playwright.sync_api import Page

WHOLE = "lang=en&date=2012-08-08&list=range"
NORTH = f"{WHOLE}&at=36.2300,37.1500,13.50"


def count(page: Page) -> int:
    return int(page.locator(".list-panel h2 small").inner_text().replace(",", ""))


def box(page: Page) -> str:
    page.wait_for_url(lambda url: "box=" in url)
    found = re.search(r"box=([-\d.,]+)", page.url)
    assert found
    return found[1]


def toggle(page: Page) -> None:
    page.get_by_role("button", name="In the map's view").click()


def total_in(served: Served, bounds: str) -> int:
    return int(served.client.get("/api/v1/claims", params={"bbox": bounds, "limit": 1}).json()["total"])


def test_the_list_holds_what_the_map_shows_as_the_api_counts_it(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, NORTH)
    every = count(page)
    toggle(page)
    within = box(page)
    assert 0 < count(page) < every
    assert count(page) == total_in(aleppo_server, within)


def test_the_list_follows_the_map(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, NORTH)
    toggle(page)
    before = box(page)
    page.get_by_role("button", name="Whole area").click()
    page.wait_for_url(lambda url: before not in url)
    assert count(page) == total_in(aleppo_server, box(page))
    wide = count(page)
    toggle(page)
    assert count(page) >= wide
    page.wait_for_url(lambda url: "box=" not in url)


def test_keys_reach_it_and_it_is_spoken(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, NORTH)
    page.keyboard.press("i")
    pressed = page.get_by_role("button", name="In the map's view")
    assert pressed.get_attribute("aria-pressed") == "true"
    page.get_by_role("status").filter(has_text=re.compile(rf"In the map's view: {count(page)} claims")).wait_for()
    page.keyboard.press("i")
    assert pressed.get_attribute("aria-pressed") == "false"


def test_an_address_brings_the_same_list_to_a_window_of_another_size(
    aleppo_server: Served, visit: Callable[..., Page], fresh_page: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, NORTH)
    toggle(page)
    within = box(page)
    listed = count(page)
    other = fresh_page(viewport={"width": 1000, "height": 700})
    other.goto(page.url)
    other.locator(".claim-row").first.wait_for()
    assert count(other) == listed
    assert f"box={within}" in other.url


def test_opening_a_claim_of_the_list_leaves_the_ground_as_it_is(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, NORTH)
    toggle(page)
    within = box(page)
    page.locator(".claim-row").first.click()
    page.locator(".claim-body").wait_for()
    page.wait_for_timeout(500)
    assert box(page) == within


def test_it_works_from_a_folder(visit: Callable[..., Page], aleppo_server: Served, aleppo_site: Path) -> None:
    page = visit(aleppo_site.as_uri(), NORTH)
    toggle(page)
    assert count(page) == total_in(aleppo_server, box(page))
