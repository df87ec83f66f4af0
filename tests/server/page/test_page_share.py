"""Addresses, citations, and files that hold exactly what is in view."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from page_harness import Served
    from playwright.sync_api import Page

VIEW = "lang=en&date=2012-08-08&range=2012-07-19..2012-09-30&list=range&types=clash,territory&panes=side-gov,side-opp"


def download(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.locator("dialog").get_by_role("button", name=name, exact=True).click()
    return Path(waiting.value.path())


def count(page: Page) -> int:
    return int(page.locator(".list-panel h2 small").inner_text().replace(",", ""))


def test_an_address_brings_a_fresh_browser_to_the_same_view(
    aleppo_server: Served, visit: Callable[..., Page], fresh_page: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, VIEW)
    before = count(page)
    page.locator(".claim-row").nth(2).click()
    page.locator(".claim-body").wait_for()
    quote = page.locator(".claim-body blockquote").inner_text()
    page.keyboard.press("s")
    address = page.get_by_label("Address of this view").input_value()

    other = fresh_page(viewport={"width": 1280, "height": 800}, locale="ar")
    other.goto(address)
    other.locator(".claim-body blockquote").wait_for()
    assert other.locator(".claim-body blockquote").inner_text() == quote
    assert other.locator(".pane").count() == 2
    assert other.evaluate("document.documentElement.lang") == "en"
    assert [other.get_by_label(name, exact=True).input_value() for name in ("From", "To")] == [
        "2012-07-19",
        "2012-09-30",
    ]
    other.keyboard.press("Escape")
    assert count(other) == before


def test_what_an_address_tells_wrongly_is_left_out(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(
        aleppo_server.address,
        "lang=xx&date=2012-02-31&range=x..y&panes=nobody&place=nowhere&at=1,2&page=nothing&theme=%",
    )
    assert page.locator(".pane").count() == 1
    assert page.locator(".today time").get_attribute("datetime")


def test_a_claim_that_is_not_there_is_said_to_be_missing(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&claim=c0000000000f")
    page.get_by_text("No claim has the id c0000000000f.").wait_for()


def test_the_files_hold_exactly_the_claims_in_view(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, VIEW)
    shown = count(page)
    page.keyboard.press("s")
    rows = list(csv.DictReader(io.StringIO(download(page, "CSV").read_text(encoding="utf-8-sig"))))
    assert len(rows) == shown
    assert {row["type"] for row in rows} == {"clash", "territory"}
    assert all(row["first"] <= "2012-09-30" and row["last"] >= "2012-07-19" for row in rows)
    said = {claim.id: aleppo_server.chronicle.sentence(claim) for claim in aleppo_server.chronicle.claims}
    assert {row["id"] for row in rows} <= set(said)
    features = json.loads(download(page, "GeoJSON").read_text(encoding="utf-8"))["features"]
    assert {feature["id"] for feature in features} == {row["id"] for row in rows}


def test_the_picture_stands_alone_with_date_legend_sources_and_address(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, VIEW)
    page.keyboard.press("s")
    svg = download(page, "SVG").read_text(encoding="utf-8")
    words = " ".join(ElementTree.fromstring(svg).itertext())
    for word in (
        "8 August 2012",
        "Side: Government",
        "Side: Opposition",
        "Contested",
        "Nobody said",
        "Sources",
        "#date=2012-08-08",
    ):
        assert word in words
    assert "href" not in svg
    assert download(page, "PNG").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_citation_names_the_view_and_the_content_it_rests_on(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-08-08")
    page.keyboard.press("s")
    cited = page.get_by_label("Citation").input_value()
    content = aleppo_server.client.get("/data/meta.json").json()["content"]
    assert "8 August 2012" in cited
    assert content in cited
    assert "Reconciled" in cited
