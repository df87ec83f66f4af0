"""The theatre `ukraine-2022`: it loads, every place of the table article has one entry in its oblast, and the start is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from zubda.gazetteer import Gazetteer, distance_m
from zubda.model import Theatre
from zubda.theatres import load_theatre

ARTICLE = (
    Path(__file__).parents[2].parent / "shared/corpus/ukraine/territorial_control_during_the_russo-ukrainian_war.md"
)


@pytest.fixture(scope="module")
def theatre() -> Theatre:
    return load_theatre("ukraine-2022")


def table_places() -> list[tuple[str, str]]:
    if not ARTICLE.is_file():
        pytest.skip("needs ../shared/corpus/ukraine")
    oblast, found = "", []
    for line in ARTICLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            oblast = line[3:].strip()
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 6 and cells[0] not in ("Name", "---"):
            found.append((oblast, cells[0]))
    return found


def test_every_place_of_the_table_has_one_entry_in_its_oblast(theatre: Theatre) -> None:
    named = table_places()
    assert len(named) == 369
    oblasts = {"Crimea and Sevastopol": "Crimea", "Kyiv Oblast and Kyiv": "Kyiv Oblast"}
    by_name = {place.names["en"]: place.id for place in theatre.places.values() if place.kind == "province"}
    missing = []
    for oblast, name in named:
        region = by_name[oblasts.get(oblast, oblast)]
        fits = [
            place.id
            for place in theatre.places.values()
            if name in {form for _, form in place.forms} and region in theatre.ancestors(place.id)
        ]
        if len(fits) != 1:
            missing.append((oblast, name, fits))
    assert missing == []


def test_every_town_and_village_has_a_holder_at_the_start(theatre: Theatre) -> None:
    towns = [place for place in theatre.places.values() if place.kind in ("city", "town", "village")]
    inside = [place for place in towns if "ukraine" in theatre.ancestors(place.id)]
    assert len(inside) > 600
    assert [place.id for place in inside if place.held_at_start not in ("rus", "ukr")] == []


@pytest.mark.parametrize(
    ("place", "holder"),
    [("sevastopol", "rus"), ("donetsk", "rus"), ("luhansk", "rus"), ("horlivka", "rus"), ("mariupol", "ukr"),
     ("kherson", "ukr"), ("avdiivka", "ukr"), ("shchastia", "ukr"), ("azovstal", "ukr"), ("saky_air_base", "rus")],
)  # fmt: skip
def test_who_held_what_on_the_eve(theatre: Theatre, place: str, holder: str) -> None:
    assert theatre.held_at_start(place) == holder


def test_a_town_lies_near_the_centre_of_its_raion(theatre: Theatre) -> None:
    far = []
    for place in theatre.places.values():
        raion = theatre.places.get(place.parent or "")
        if raion is not None and raion.kind == "raion" and place.kind in ("city", "town", "village"):
            metres = distance_m((place.latitude, place.longitude), (raion.latitude, raion.longitude))
            if metres > 110_000:
                far.append((place.id, round(metres)))
    assert far == []


def test_recalled_points_say_so_and_are_not_too_sure(theatre: Theatre) -> None:
    for place in theatre.places.values():
        assert place.origin.startswith(("GeoNames-cities500:", "centre-of:GeoNames-cities500:")) or (
            place.origin == "recalled" and place.precision_m >= 300
        )


@pytest.mark.parametrize(
    ("name", "place"),
    [("Kiev", "kyiv"), ("Київ", "kyiv"), ("Киев", "kyiv"), ("基辅", "kyiv"), ("Харьков", "kharkiv"), ("Severodonetsk", "sievierodonetsk"),
     ("Sieverodonetsk", "sievierodonetsk"), ("北顿涅茨克", "sievierodonetsk"), ("Artemivsk", "bakhmut"), ("Артёмовск", "bakhmut"),
     ("Kharkov", "kharkiv"), ("Odessa", "odesa"), ("Николаев", "mykolaiv"), ("Hostomel Airport", "antonov_airport"),
     ("Antonovskiy Bridge", "antonivka_bridge"), ("蛇岛", "snake_island"), ("Sloviansk", "sloviansk"), ("Izyum", "izium")],
)  # fmt: skip
def test_places_answer_to_every_spelling(theatre: Theatre, name: str, place: str) -> None:
    assert Gazetteer(theatre).find(name)[0][0] == place
