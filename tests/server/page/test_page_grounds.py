"""Where the map begins, what stands in its place where nobody knows where anything is, and words of disputes in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from zubda.chronicle import Chronicle

if TYPE_CHECKING:
    from page_harness import Served
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def nowhere(small: Chronicle, pages: dict[str, bytes], serving: Callable[..., Served]) -> Served:
    """The invented war read without its theatre: sides and places are only what its claims name."""
    return serving(Chronicle(small.documents, small.extracted), pages=pages)


def home(page: Page) -> tuple[float, float, float]:
    """Latitude, longitude and zoom of the first view."""
    page.get_by_role("button", name="Closer").click()
    page.get_by_role("button", name="Whole area").click()
    page.wait_for_url(re.compile(r"at=[-\d.,]+"))
    page.wait_for_timeout(400)
    found = re.search(r"at=([-\d.]+),([-\d.]+),([\d.]+)", page.url)
    assert found
    latitude, longitude, zoom = map(float, found.groups())
    return latitude, longitude, zoom


def test_without_any_point_places_are_a_chart_that_says_so(nowhere: Served, visit: Callable[..., Page]) -> None:
    page = visit(nowhere.address, "lang=en&list=range")
    page.locator(".pane").get_by_text("No place here has a known point").wait_for()
    told = sum(count > 0 for count in nowhere.client.get("/data/places.json").json()["claims"])
    tiles = page.locator(".pane path[data-place]")
    assert len({tile.get_attribute("data-place") for tile in tiles.all()}) == told
    labels = page.locator(".labels .label")
    assert labels.count() > 3
    name = labels.first.inner_text().split("\n")[0]
    labels.first.click()
    page.locator(".place-head").get_by_text(name).wait_for()


def test_a_chart_is_painted_and_searched_like_a_map(nowhere: Served, visit: Callable[..., Page]) -> None:
    page = visit(nowhere.address, "lang=en&list=range")
    assert page.locator(".pane path[data-place][fill^='url(#']").count() > 0
    every = page.locator(".list-panel h2 small").inner_text()
    page.get_by_role("button", name="In the map's view").click()
    assert page.locator(".list-panel h2 small").inner_text() == every
    for _ in range(6):
        page.get_by_role("button", name="Closer").click()
    page.wait_for_timeout(500)
    assert int(page.locator(".list-panel h2 small").inner_text()) < int(every)


def test_the_map_begins_where_the_claims_are(
    small: Chronicle, pages: dict[str, bytes], serving: Callable[..., Served], visit: Callable[..., Page]
) -> None:
    theatre = small.theatre
    assert theatre
    wide = {
        id: place if id == "p1" else replace(place, latitude=place.latitude * 0.5, longitude=place.longitude - number)
        for number, (id, place) in enumerate(theatre.places.items())
    }
    about_p1 = tuple(claim for claim in small.extracted if claim.place_ids[:1] == ("p1",))
    assert about_p1
    served = serving(Chronicle(small.documents, about_p1, replace(theatre, places=wide, routes={})), pages=pages)
    latitude, longitude, zoom = home(visit(served.address))
    assert abs(latitude - theatre.places["p1"].latitude) < 0.1
    assert abs(longitude - theatre.places["p1"].longitude) < 0.1
    assert zoom > 8, "places far away that nobody speaks of do not widen the view"


def test_disputes_are_told_in_the_language_of_the_page(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    assert aleppo_server.client.get("/data/disputes/index.json").json()["count"] > 0
    for language in ("ar", "zh"):
        page = visit(aleppo_server.address, f"lang={language}&page=disputes", on_map=False)
        page.locator(".dispute").first.wait_for()
        told = page.locator(".dispute h2, .dispute header .quiet-text").all_inner_texts()
        assert not [text for text in told if re.search("[a-z]", text)]
