"""A user's own basemap under the map, from the server in ranges and from a folder in pieces, as WebGL draws it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archives import VECTOR, archive, png, vector_tile

from zubda.server import publish
from zubda.server.tiles import load_tiles

if TYPE_CHECKING:
    from page_harness import Served
    from playwright.sync_api import Browser, Page

    from zubda.chronicle import Chronicle

PATIENCE_MS = 90_000
ZOOM, AROUND = 6, [(x, y) for x in (37, 38, 39) for y in (24, 25, 26)]
"""Tiles over northern Syria."""
SEA = [(-64, -64), (4160, -64), (4160, 4160), (-64, 4160), (-64, -64)]
CREDIT = 'Map: <a href="https://example.org/licence">the Survey</a>'
DRAWN = ".pane[data-drawn=gl]"
COLOUR_AT = """async ([picture, x, y]) => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
}"""


def written(folder: Path, kind: str) -> Path:
    """An archive of nothing but sea, or of one orange picture."""
    path = folder / f"{kind}.pmtiles"
    if kind == "vector":
        tiles = {(ZOOM, x, y): vector_tile({"water": [SEA]}) for x, y in AROUND}
        path.write_bytes(archive(tiles, VECTOR, vector_layers=[{"id": "water"}], attribution=CREDIT))
    else:
        path.write_bytes(archive({(ZOOM, x, y): png(255, 120, 0) for x, y in AROUND}, attribution=CREDIT))
    return path


def ground_colour(page: Page, address: str) -> tuple[int, int, int]:
    """The colour of the map in the corner of the first pane, where no place is drawn."""
    page.goto(f"{address}#lang=en&theme=light&date=2012-08-08")
    page.locator(DRAWN).wait_for(timeout=PATIENCE_MS)
    box = page.locator(".pane-body").bounding_box()
    assert box
    picture = base64.b64encode(page.screenshot()).decode()
    red, green, blue = page.evaluate(COLOUR_AT, [picture, box["x"] + 12, box["y"] + 30])
    return red, green, blue


@pytest.fixture(scope="module", params=["vector", "raster"])
def basemap(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("basemaps"), request.param)


def has_its_colour(basemap: Path, colour: tuple[int, int, int]) -> bool:
    red, _, blue = colour
    return blue > red + 15 if basemap.stem == "vector" else red > blue + 30


def test_without_a_basemap_the_ground_is_paper(aleppo_server: Served, browser_page: Page) -> None:
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    red, _, blue = ground_colour(browser_page, aleppo_server.address)
    assert abs(red - blue) < 15
    assert not [url for url in asked if "pmtiles" in url]
    assert browser_page.locator(".tile-credit").count() == 0


def test_a_basemap_is_drawn_from_the_server_in_ranges_and_says_whose_it_is(
    aleppo: Chronicle,
    pages: dict[str, bytes],
    serving: Callable[..., Served],
    browser_page: Page,
    basemap: Path,
) -> None:
    served = serving(aleppo, pages=pages, tiles=load_tiles(basemap, aleppo))
    answers: list[int] = []
    browser_page.on(
        "response", lambda answer: answers.append(answer.status) if "basemap.pmtiles" in answer.url else None
    )
    assert has_its_colour(basemap, ground_colour(browser_page, served.address))
    assert set(answers) == {206}
    credit = browser_page.locator(".tile-credit")
    assert credit.inner_text().strip() == "Map: the Survey"
    assert credit.get_by_role("link").get_attribute("href") == "https://example.org/licence"


def test_a_basemap_is_drawn_from_a_folder(
    aleppo: Chronicle, pages: dict[str, bytes], browser_page: Page, basemap: Path, tmp_path: Path
) -> None:
    site = publish(aleppo, tmp_path / "site", basemap=basemap)
    assert has_its_colour(basemap, ground_colour(browser_page, site.as_uri()))


def test_a_basemap_that_goes_away_leaves_the_map_and_a_word(
    aleppo: Chronicle,
    pages: dict[str, bytes],
    serving: Callable[..., Served],
    browser: Browser,
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "vector")
    served = serving(aleppo, pages=pages, tiles=load_tiles(path, aleppo))
    path.unlink()
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{served.address}#lang=en&theme=light&date=2012-08-08")
    page.locator(DRAWN).wait_for(timeout=PATIENCE_MS)
    page.get_by_text("The basemap could not be read").wait_for(timeout=PATIENCE_MS)
    page.close()
