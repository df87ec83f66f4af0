"""For everyone: keyboard, screen readers, languages, small screens, less motion, and nothing asked of any other host."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import zubda

if TYPE_CHECKING:
    from page_harness import Served
    from playwright.sync_api import Page

VIEWS = {
    "map": "date=2012-08-08",
    "versions": "date=2012-08-08&panes=side-gov,side-opp,side-gov~side-opp",
    "place chosen": "date=2012-08-08&place=salaheddine&list=range",
    "tolls": "page=tolls",
    "disputes": "page=disputes",
    "sources": "page=sources",
    "source": "page=source&source=sohr",
    "places": "page=places",
    "place": "page=place&place=salaheddine",
}


@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_wrong(
    aleppo_server: Served, visit: Callable[..., Page], violations: Callable[[Page], list[str]], name: str
) -> None:
    looks = ["lang=en&theme=light", "lang=ar&theme=dark"]
    for look in looks if name in ("map", "tolls", "place") else looks[:1]:
        page = visit(aleppo_server.address, f"{look}&{VIEWS[name]}", on_map="page=" not in VIEWS[name])
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], look


def test_axe_finds_nothing_wrong_with_a_claim_and_the_dialogs(
    aleppo_server: Served, visit: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    page = visit(aleppo_server.address, "lang=en&list=range")
    page.locator(".claim-row").first.click()
    page.locator(".document mark.told").first.wait_for()
    assert violations(page) == []
    for key in ("?", "s"):
        page.keyboard.press(key)
        page.locator("dialog[open]").wait_for()
        assert violations(page) == [], key
        page.keyboard.press("Escape")


def test_by_keyboard_alone_from_the_start_to_a_cited_claim(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-08-08")
    page.keyboard.press("c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".claim-body").wait_for()
    assert page.evaluate("document.activeElement.id") == "claim-heading"
    identity = page.locator("#claim-heading code").inner_text()
    quote = page.locator(".claim-body blockquote").inner_text()
    page.keyboard.press("s")
    cited = page.get_by_label("Citation").input_value()
    assert identity in cited
    assert quote in cited
    assert f"claim={identity}" in cited
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".claim-row").first.is_visible()
    assert "claim-row" in page.evaluate("document.activeElement.className"), "the focus goes back to the list"


def test_the_map_and_the_day_are_reached_and_moved_by_keys(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-08-08")
    page.keyboard.press("t")
    slider = page.get_by_role("slider", name="Day shown")
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "9 August 2012"
    page.keyboard.press("PageDown")
    assert slider.get_attribute("aria-valuetext") == "2 August 2012"
    page.locator(".label[tabindex='0']").focus()
    here = page.evaluate("document.activeElement.dataset.label")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.label") != here
    page.keyboard.press("Enter")
    page.locator(".place-head").wait_for()


def test_the_day_and_the_number_of_claims_are_spoken(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-08-08")
    page.keyboard.press("ArrowRight")
    page.locator("[role=status]", has_text="9 August 2012").wait_for(state="attached")
    assert re.search(r"9 August 2012: \d+ claims?", page.locator("[role=status]").inner_text())


def test_arabic_runs_from_right_to_left_with_digits_from_left_to_right(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, "lang=ar&date=2012-08-08")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.locator(".today time").inner_text() == "8 أغسطس 2012"
    assert page.locator(".label", has_text="صلاح الدين").count() == 1
    text = page.locator("body").inner_text()
    assert not re.search("[٠-٩]", text)
    panel, maps = page.locator(".panel").bounding_box(), page.locator(".maps").bounding_box()
    assert panel
    assert maps
    assert panel["x"] < maps["x"], "the list is on the left"


def test_names_are_in_the_chosen_language_with_the_local_one_below(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, "lang=zh&date=2012-08-08")
    label = page.locator(".label", has_text="薩拉赫丁")
    assert label.locator("bdi").all_inner_texts() == ["薩拉赫丁", "صلاح الدين"]
    assert label.locator(".local").get_attribute("lang") == "ar"


def test_a_phone_shows_everything_without_scrolling_sideways(
    aleppo_server: Served, fresh_page: Callable[..., Page]
) -> None:
    page = fresh_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(f"{aleppo_server.address}#lang=en&date=2012-08-08")
    page.locator(".claim-row").first.wait_for(state="attached")
    for view in ("", "&page=tolls", "&page=disputes", "&page=place&place=salaheddine"):
        page.goto(f"{aleppo_server.address}#lang=en&date=2012-08-08{view}")
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], view
    page.goto(f"{aleppo_server.address}#lang=en&date=2012-08-08")
    assert page.locator(".today time").is_visible()
    page.locator(".claim-row").first.tap()
    page.locator(".claim-body").wait_for()


def test_passages_about_killing_are_folded_until_asked_for(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&list=range&types=execution")
    page.locator(".claim-row .folded").first.wait_for()
    page.locator(".claim-row", has=page.locator(".folded")).first.click()
    assert page.locator(".claim-body blockquote").count() == 0
    page.locator(".fold").click()
    assert page.locator(".claim-body blockquote").is_visible()
    page.locator(".document mark.told").first.wait_for()


def test_text_of_documents_never_becomes_markup(
    serving: Callable[..., Served], pages: dict[str, bytes], visit: Callable[..., Page], tmp_path: Path
) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    account = tmp_path / f"{hostile[:4].strip('<')}.txt"
    account.write_text(
        f"2012年8月8日，政府军占领了萨拉赫丁{hostile}。叛军说：“{hostile}”，并炮击了萨拉赫丁。\n", encoding="utf-8"
    )
    served = serving(zubda.read([str(account)], theatre="syria"), pages=pages)
    page = visit(served.address, "lang=en&list=range")
    page.locator(".claim-row").first.click()
    page.locator(".document").wait_for()
    assert hostile in page.locator(".document").inner_text()
    assert page.locator("img, .document script").count() == 0
    assert not page.title().isdigit()


def test_the_published_site_opens_from_a_folder_without_a_network(
    aleppo_site: Path, fresh_page: Callable[..., Page]
) -> None:
    page = fresh_page(viewport={"width": 1280, "height": 800}, offline=True)
    page.goto(f"{aleppo_site.as_uri()}#lang=en&date=2012-08-08")
    page.locator("path[data-place]").first.wait_for(state="attached")
    page.keyboard.press("ArrowRight")
    assert page.locator(".today time").get_attribute("datetime") == "2012-08-09"
    page.keyboard.press("v")
    page.locator(".pane").nth(1).locator("path[data-place]").first.wait_for(state="attached")
    page.get_by_role("button", name="Whole time").click()
    page.locator(".claim-row").first.click()
    page.locator(".document mark.told").first.wait_for()
    for key, heading in (("2", "Tolls"), ("3", "Disputes"), ("4", "Sources"), ("5", "Places")):
        page.keyboard.press(key)
        assert page.locator("h1").inner_text().startswith(heading)
    page.locator(".place-list button").first.click()
    page.locator(".changes li, .empty, .claim-link").first.wait_for()


def test_with_webgl_maplibre_draws_and_a_click_on_a_cell_opens_its_place(
    aleppo_server: Served, browser_page: Page
) -> None:
    browser_page.goto(f"{aleppo_server.address}#lang=en&date=2012-08-08")
    browser_page.locator(".pane[data-drawn=gl]").wait_for(timeout=60_000)
    box = browser_page.locator(".label", has_text="Salaheddine").bounding_box()
    assert box
    browser_page.mouse.click(box["x"] + box["width"] / 2, box["y"] - 5)
    browser_page.locator(".place-head").wait_for()
