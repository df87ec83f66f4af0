"""Walking through a battle: time, versions, claims, documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from page_harness import Served
    from playwright.sync_api import Page

AUGUST = "lang=en&date=2012-08-01&range=2012-08-01..2012-08-31"


def day_shown(page: Page) -> str | None:
    return page.locator(".today time").get_attribute("datetime")


def test_a_month_is_played_from_its_first_day_to_its_last(
    aleppo_server: Served, visit: Callable[..., Page], cells: Callable[..., dict[str, str]]
) -> None:
    page = visit(aleppo_server.address, AUGUST)
    first = cells(page)
    page.clock.install(time=datetime(2030, 1, 1))
    page.clock.pause_at(datetime(2030, 1, 2))
    page.get_by_role("button", name="Play").click()
    days = []
    for _ in range(33):
        page.clock.run_for(260)
        days.append(day_shown(page))
    assert days[0] == "2012-08-02"
    assert len(set(days)) == 30
    assert days[-1] == "2012-08-31"
    assert page.get_by_role("button", name="Play").is_visible(), "it stops at the end of the range"
    assert cells(page) != first


def test_steps_go_by_day_week_and_event_and_to_both_ends(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, AUGUST)
    page.get_by_role("button", name="On one step").click()
    assert day_shown(page) == "2012-08-02"
    page.locator(".step select").select_option("week")
    page.get_by_role("button", name="On one step").click()
    assert day_shown(page) == "2012-08-09"
    page.get_by_role("button", name="Last day").click()
    assert day_shown(page) == "2012-08-31"
    page.get_by_role("button", name="First day").click()
    assert day_shown(page) == "2012-08-01"
    page.locator(".step select").select_option("event")
    page.get_by_role("button", name="On one step").click()
    assert day_shown(page) != "2012-08-01"
    page.get_by_role("button", name="This day").click()
    assert page.locator(".claim-row").count() > 0, "a step by event ends on a day that has claims"


def test_a_range_is_dragged_and_says_that_both_ends_are_in_it(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-08-08")
    band = page.locator(".band-hand").bounding_box()
    assert band
    page.mouse.move(band["x"] + 120, band["y"] + 30)
    page.mouse.down()
    page.mouse.move(band["x"] + 220, band["y"] + 30, steps=4)
    page.mouse.up()
    first, last = (page.get_by_label(name, exact=True).input_value() for name in ("From", "To"))
    assert first < last
    assert "both ends included" in page.locator(".range").inner_text()
    assert f"range={first}..{last}" in page.evaluate("new Promise(r => setTimeout(() => r(location.hash), 300))")


def test_two_versions_stand_side_by_side_in_step(
    aleppo_server: Served, visit: Callable[..., Page], cells: Callable[..., dict[str, str]]
) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-10-01")
    assert page.locator(".pane-note").inner_text() == "hidden Markov model", "the default names its method"
    page.keyboard.press("v")
    page.locator(".pane select").nth(0).select_option("side-gov")
    page.locator(".pane select").nth(1).select_option("side-opp")
    page.locator(".pane").nth(1).locator("path[data-place]").first.wait_for(state="attached")
    labels = [page.locator(".pane").nth(at).get_attribute("aria-label") or "" for at in (0, 1)]
    assert "Government" in labels[0]
    assert "Opposition" in labels[1]
    page.wait_for_load_state("networkidle")
    assert cells(page, 0) != cells(page, 1)
    page.get_by_role("button", name="Add the difference").click()
    third = page.locator(".pane").nth(2)
    third.locator("path[data-place]").first.wait_for(state="attached")
    page.keyboard.press("ArrowRight")
    for at in range(3):
        label = page.locator(".pane").nth(at).get_by_role("application").get_attribute("aria-label")
        assert "2 October 2012" in (label or "")


def test_six_panes_are_the_most(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-10-01&panes=all,all,all,all,all,all,all,all")
    assert page.locator(".pane").count() == 6
    assert page.get_by_role("button", name="Add a version").count() == 0


def test_a_claim_is_opened_from_the_list_with_its_sentence_marked(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, "lang=en&list=range")
    row = page.locator(".claim-row").nth(3)
    row.click()
    quote = page.locator(".claim-body blockquote").inner_text()
    page.locator(".document mark.told").first.wait_for()
    marked = "".join(page.locator(".document mark.told").all_inner_texts())
    assert re.sub(r"\s", "", quote) == re.sub(r"\s", "", marked)
    assert page.locator(".rule").count() > 0
    page.locator(".rule").first.click()
    page.locator(".document mark.fired").first.wait_for()
    page.get_by_role("button", name="Back", exact=True).click()
    assert page.locator(".claim-row").count() > 0


def test_a_claim_is_opened_from_the_map(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&list=range&date=2012-08-08")
    everything = int(page.locator(".panel h2 small").first.inner_text().replace(",", ""))
    page.locator(".label", has_text="Salaheddine").first.click()
    assert "Salaheddine" in page.locator(".place-head").inner_text()
    there = int(page.locator(".panel h2 small").first.inner_text().replace(",", ""))
    assert 0 < there < everything
    page.locator(".claim-row").first.click()
    assert "Salaheddine" in page.locator(".fields").inner_text()


def test_the_pointer_asks_every_version_about_the_same_place(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2012-08-08&panes=side-gov,side-opp")
    page.locator(".pane").nth(1).locator("path[data-place]").first.wait_for(state="attached")
    page.locator(".pane").nth(0).locator(".label", has_text="Salaheddine").hover()
    cards = page.locator(".place-card")
    assert cards.count() == 2
    assert all("Salaheddine" in text for text in cards.all_inner_texts())


def test_another_sentence_of_the_document_opens_its_own_claim(
    aleppo_server: Served, visit: Callable[..., Page]
) -> None:
    page = visit(aleppo_server.address, "lang=en&list=range")
    page.locator(".claim-row").first.click()
    other = page.locator(".document .other").first
    words = other.inner_text()
    other.click()
    page.locator(".document mark.told", has_text=words).first.wait_for()


def test_roads_and_sieges_of_the_day_are_told_in_words_too(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    routes = aleppo_server.client.get("/data/routes/all.json").json()
    spans = [(road["route"], span) for road in routes["roads"] for span in road["spans"] if span["probability"] >= 0.6]
    route, span = spans[0]
    names = aleppo_server.client.get("/data/basemap.json").json()["features"]
    name = next(line["properties"]["names"]["en"] for line in names if line["properties"]["id"] == route)
    day = date(1970, 1, 1) + timedelta(days=span["first"])
    page = visit(aleppo_server.address, f"lang=en&date={day}")
    page.keyboard.press("l")
    assert f"{name}: " in page.locator(".legend-today").inner_text()
    assert span["status"] in page.locator(".legend-today").inner_text()


def test_opening_a_claim_moves_the_day_to_it(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&date=2016-01-01&list=range")
    page.locator(".claim-row").first.click()
    page.locator(".claim-body").wait_for()
    assert (day_shown(page) or "") < "2016-01-01"


def test_filters_limit_the_list_to_sources_and_types(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en&list=range")
    page.locator("summary", has_text="Types").click()
    page.get_by_label(re.compile("^Air strike")).check()
    page.keyboard.press("Escape")
    kinds = set(page.locator(".claim-row .claim-type").all_inner_texts())
    assert kinds == {"Air strike"}


def test_a_place_that_nobody_spoke_of_has_no_class(
    invented_page_server: Served, visit: Callable[..., Page], cells: Callable[..., dict[str, str]]
) -> None:
    side = invented_page_server.chronicle.posterior.states[0]
    version = invented_page_server.chronicle.view([f"side:{side}"])
    chances = version.probabilities(version.last)[:, 0]
    unsaid = {place for place, chance in zip(version.places, chances, strict=True) if chance != chance}
    known = invented_page_server.client.get("/data/places.json").json()["id"]
    page = visit(invented_page_server.address, f"lang=en&date={version.last}&panes=side-{side}")
    painted = {known[int(place)]: fill for place, fill in cells(page).items()}
    assert unsaid & set(painted)
    for place, fill in painted.items():
        assert (fill == "transparent 0") == (place in unsaid)


def test_the_other_pages_lead_to_their_claims(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    for view in ("page=tolls", "page=disputes", "page=place&place=salaheddine", "page=source&source=sohr"):
        page = visit(aleppo_server.address, f"lang=en&{view}", on_map=False)
        link = page.locator(".claim-link, .numeric .link").first
        link.wait_for()
        link.click()
        page.locator(".claim-body blockquote, .claim-body .fold").first.wait_for()


def test_a_place_is_found_in_any_spelling(aleppo_server: Served, visit: Callable[..., Page]) -> None:
    page = visit(aleppo_server.address, "lang=en")
    page.keyboard.press("/")
    page.locator("#find-place").fill("薩拉赫丁")
    page.locator(".place-list button").first.click()
    assert page.locator("h1").inner_text().startswith("Salaheddine")
