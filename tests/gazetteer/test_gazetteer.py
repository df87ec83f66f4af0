"""Names in texts to places: any spelling, kinds and nearness, runners-up, the mentions of the gold."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from zubda.documents import read_document
from zubda.errors import UnknownNameError
from zubda.extraction import extract
from zubda.gazetteer import Gazetteer, distance_m
from zubda.model import Place, Theatre
from zubda.names import letter_key
from zubda.theatres import load_theatre

SHARED = Path(__file__).parents[3] / "shared"


@cache
def syria() -> Gazetteer:
    return Gazetteer(load_theatre("syria"))


@pytest.mark.parametrize(
    "surface", ["薩拉赫丁", "萨拉哈登", "Salaheddine", "Salah al-Din", "Salah ad Din", "صلاح الدين"]
)
def test_one_district_in_any_spelling(surface: str) -> None:
    assert syria().locate(surface).place == "salaheddine"


@pytest.mark.parametrize(
    ("surface", "place"),
    [
        ("Hanano", "hanano"),
        ("Hanano兵营", "hanano_barracks"),
        ("Hanano的文化中心", "hanano_cultural_centre"),
        ("Aziza", "aziza"),
        ("Aziziyeh", "aziziyeh"),
        ("80号基地", "base_80"),
    ],
)
def test_names_that_resemble_each_other_are_kept_apart(surface: str, place: str) -> None:
    assert syria().locate(surface).place == place


@pytest.mark.parametrize("surface", ["Al-Vandori", "托尔维克", "青石镇", "Base 81", "Qarbustan", "萨基尔"])
def test_what_nothing_fits_has_no_place(surface: str) -> None:
    mention = syria().locate(surface)
    assert mention.place is None
    assert all(score < 0.8 for _, score in mention.others)


def test_a_link_has_a_score_and_its_runners_up() -> None:
    mention = syria().locate("Sallahuddinn")
    assert mention.place == "salaheddine"
    assert 0.8 <= mention.score < 1.0
    assert syria().locate("al-Zahraa").others


def place(name: str, kind: str, latitude: float, longitude: float, form: str = "Oru") -> Place:
    return Place(name, kind, {"en": form}, (("en", form),), latitude, longitude, 100, "invented")


TWINS = Theatre(
    "twins",
    "1",
    {"en": "twins"},
    places={
        entry.id: entry
        for entry in (
            place("oru_town", "town", 10.0, 10.0),
            place("oru_hill", "hill", 12.0, 12.0),
            place("vel", "town", 12.01, 12.0, "Vel"),
            place("tas", "town", 10.02, 10.0, "Tas"),
        )
    },
)


def test_of_two_places_of_one_name_the_kind_decides_then_what_is_near() -> None:
    gazetteer = Gazetteer(TWINS)
    assert gazetteer.locate("Oru", "hill").place == "oru_hill"
    assert gazetteer.locate("Oru", None, ("vel",)).place == "oru_hill"
    assert gazetteer.locate("Oru", None, ("tas",)).place == "oru_town"
    assert {place for place, _ in gazetteer.locate("Oru", "town").others} == {"oru_hill"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("2031年5月3日，叛军攻占Oru和Vel。", "oru_hill"),
        ("2031年5月3日，叛军攻占Oru和Tas。", "oru_town"),
        ("2031年5月3日，叛军攻占Oru高地。", "oru_hill"),
    ],
)
def test_the_text_tells_which_of_two_places_it_means(text: str, where: str) -> None:
    found = extract(read_document(text.encode(), language="zh"), TWINS)
    assert where in {mention.place for claim in found.claims for mention in claim.places}


def test_a_person_who_asks_for_a_place_that_is_not_there_gets_the_nearest_names() -> None:
    with pytest.raises(UnknownNameError) as caught:
        syria().find("Salahdinnn xyz")
    assert caught.value.code == "unknown.place"


def test_distances_are_those_of_the_globe() -> None:
    assert distance_m((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111_195, rel=1e-3)


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared, which is not there")
@pytest.mark.parametrize("text", ["aleppo.zh", "aleppo-2016-summer.zh", "aleppo.en"])
def test_places_of_the_gold_are_located(text: str) -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    with (SHARED / "gazetteer" / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in (row["name_en"], row["name_zh"], *row["aliases"].split("|")):
                bearers[letter_key(form)].add(row["id"])
    lines = (SHARED / "gold" / f"{text}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    surfaces = [surface for line in lines for surface in json.loads(line)["places"] if letter_key(surface) in bearers]
    right = sum(syria().locate(surface).place in bearers[letter_key(surface)] for surface in surfaces)
    assert right >= 0.95 * len(surfaces), f"{right} of {len(surfaces)}"


def test_a_description_is_answered_by_the_longest_name_in_it() -> None:
    gazetteer = Gazetteer(load_theatre("syria"))
    assert gazetteer.find("Sheikh Najjar的工业区")[0][0].startswith("sheikh_najjar")
    assert gazetteer.find("萨拉哈丁附近的山区")[0][0] == "salaheddine"
    with pytest.raises(UnknownNameError):
        gazetteer.find("a long sentence in which nothing but Anadan is a name of a place that anyone knows")
