"""The theatre `syria`: places without a licence are not in it, rough ones are no dots, and names that mislead do not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from zubda.gazetteer import Gazetteer, distance_m
from zubda.model import Theatre
from zubda.theatres import load_theatre

FACTS = Path(__file__).parents[2].parent / "shared" / "gazetteer" / "places.csv"


@pytest.fixture(scope="module")
def theatre() -> Theatre:
    return load_theatre("syria")


def test_no_point_is_of_an_origin_without_a_licence(theatre: Theatre) -> None:
    assert [place.id for place in theatre.places.values() if "habitat" in place.origin.lower().replace("-", "")] == []
    if not FACTS.is_file():
        pytest.skip("needs ../shared/gazetteer for the points themselves")
    with FACTS.open(encoding="utf-8") as file:
        barred = [
            (float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(file)
            if "UNHabitat" in row["source"] and row["lat"]
        ]
    assert barred
    same = [
        place.id
        for place in theatre.places.values()
        if any(distance_m((place.latitude, place.longitude), point) < 15 for point in barred)
    ]
    assert same == []


@pytest.mark.parametrize("place", ["kedar", "bouz", "hujaira", "obaida", "zarzour", "hill_53", "faory", "subeihieh"])
def test_rough_places_are_never_dots(theatre: Theatre, place: str) -> None:
    assert theatre.places[place].precision_m >= 6000


@pytest.mark.parametrize(
    ("name", "place"),
    [("Aziza", "aziza"), ("Aziziyeh", "aziziyeh"), ("Zahraa", "zahraa"), ("Hanano", "hanano"), ("80号基地", "base_80"),
     ("Menagh空军基地", "minakh"), ("薩拉赫丁", "salaheddine"), ("Salah al-Din", "salaheddine")],
)  # fmt: skip
def test_names_that_mislead(theatre: Theatre, name: str, place: str) -> None:
    found = Gazetteer(theatre).find(name)[0][0]
    assert found == place


def test_the_saladin_brigade_is_no_place(theatre: Theatre) -> None:
    forms = {form for place in theatre.places.values() for _, form in place.forms}
    assert "庫爾德薩拉赫丁旅" not in forms
    assert "庫爾德薩拉赫丁旅" in {form for actor in theatre.actors.values() for _, form in actor.forms}


def test_a_city_stands_for_who_speaks_from_it(theatre: Theatre) -> None:
    assert ("seat", "Damascus") in theatre.actors["government"].forms
    assert ("seat", "莫斯科") in theatre.actors["russia"].forms
