"""Roads and sieges on the invented war."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from zubda.control import fit
from zubda.errors import UnknownNameError
from zubda.model import Claim, Theatre

Say = Callable[..., Claim]


def test_a_road_is_open_until_another_side_holds_a_place_on_it(war: Theatre, say: Say) -> None:
    access = fit([say("2030-04-01", "ford", "blue", "gained")], war).access
    assert access.route("coast_road", "red", date(2030, 3, 31)).state == "open"
    cut = access.route("coast_road", "red", date(2030, 4, 2))
    assert cut.state == "cut"
    assert cut.places == ("asor", "ford", "mill", "coast")
    assert sum(cut.probabilities.values()) == pytest.approx(1.0)


def test_what_is_said_of_a_place_on_the_road_is_named(war: Theatre, say: Say) -> None:
    claim = say("2030-04-01", "ford", "blue", "gained")
    assert claim.id in fit([claim], war).access.route("coast_road", "red", date(2030, 4, 2)).claims


def test_a_siege_lasts_until_it_is_broken(war: Theatre, say: Say) -> None:
    claims = [
        say("2030-04-01", "fort", type="siege", actor="blue", target="red"),
        say("2030-06-01", "fort", type="siege", actor="red", target="blue"),
    ]
    access = fit(claims, war).access
    assert access.place("fort", "red", date(2030, 4, 20)).state == "encircled"
    assert access.place("fort", "red", date(2030, 6, 2)).state == "open"
    ways = {(way.id, way.party): way.state for way in access.on(date(2030, 4, 20)) if way.kind == "place"}
    assert ways["fort", "red"] == "encircled"


def test_an_attack_threatens_and_a_threat_passes(war: Theatre, say: Say) -> None:
    access = fit([say("2030-04-01", "fort", type="clash", actor="blue", target="red")], war).access
    assert access.place("fort", "red", date(2030, 4, 1)).state == "threatened"
    assert access.place("fort", "red", date(2030, 12, 1)).state == "open"


def test_a_siege_ends_with_the_fall(war: Theatre, say: Say) -> None:
    claims = [
        say("2030-04-01", "fort", type="siege", actor="blue", target="red"),
        say("2030-05-01", "fort", "blue", "gained"),
    ]
    ways = fit(claims, war).access.on(date(2030, 7, 1))
    assert not [way for way in ways if way.id == "fort" and way.party == "red"]


def test_supplies_cut_and_opened_are_lines(war: Theatre, say: Say) -> None:
    claims = [
        say("2030-04-01", "asor|coast", type="supply", actor="red"),
        say("2030-05-01", "asor|coast", type="supply", actor="blue", target="red"),
    ]
    access = fit(claims, war).access
    lines = [
        {way.state for way in access.on(day) if way.kind == "line" and way.party == "red"}
        for day in (date(2030, 4, 2), date(2030, 5, 2))
    ]
    assert lines == [{"open"}, {"cut"}]


def test_places_without_a_way_to_their_own_ground_are_a_pocket(war: Theatre, say: Say) -> None:
    taken = ["ford", "coast", "east_farm", "west_farm"]
    claims = [say("2030-03-01", name, "blue", "gained") for name in taken]
    claims += [say("2030-03-05", name, "blue", "holds") for name in taken]
    claims += [say("2030-03-05", "north_quarter|east_quarter|south_quarter|mill", "red", "holds")]
    ways = fit(claims, war).access.on(date(2030, 3, 6))
    encircled = {way.id for way in ways if way.state == "encircled" and way.party == "red"}
    assert "mill" in encircled


def test_answers_do_not_flicker(war: Theatre, say: Say) -> None:
    access = fit([say("2030-04-01", "ford", "blue", "partial")], war).access
    states = [access.route("coast_road", "red", date(2030, 4, 10) + timedelta(days=step)).state for step in range(40)]
    runs = 1 + sum(one != other for one, other in pairwise(states))
    assert runs == len(set(states))


def test_wrong_names_are_said_to_be_wrong(war: Theatre, say: Say) -> None:
    access = fit([say("2030-04-01", "ford", "blue", "gained")], war).access
    for call in (
        lambda: access.route("no_road", "red", date(2030, 4, 1)),
        lambda: access.route("coast_road", "green", date(2030, 4, 1)),
        lambda: access.place("nowhere", "red", date(2030, 4, 1)),
    ):
        with pytest.raises(UnknownNameError):
            call()


def test_a_rule_that_cuts_says_so(war: Theatre, say: Say) -> None:
    """Who cuts the way to a place cuts it for another, whoever holds the place."""
    from dataclasses import replace

    from zubda.model import FiredRule

    told = say("2030-04-01", "ford", type="supply", actor="blue")
    cut = replace(told, rules=(FiredRule("supply_cut", "type", 0, 3),))
    states = {way.party: way.state for way in fit([cut], war).access.on(date(2030, 4, 1)) if way.id == "ford"}
    assert states == {"red": "cut"} or states == {"red": "encircled"}


def test_a_place_that_nothing_was_said_of_yet_cuts_no_road(war: Theatre, say: Say) -> None:
    claims = [say("2030-02-01", "ford", "blue", "gained"), say("2030-10-01", "mill", "blue", "gained")]
    access = fit(claims, war).access
    assert access.route("coast_road", "blue", date(2030, 3, 1)).state == "open"


def test_far_ground_of_ones_own_is_not_encircled(war: Theatre, say: Say) -> None:
    """A group of places far from the rest, with nobody else's between, has lost no way to it."""
    from dataclasses import replace

    far = {
        name: replace(
            war.places["ford"],
            id=name,
            names={"en": name},
            latitude=15.0 + at / 50,
            longitude=25.0,
            held_at_start="red",
        )
        for at, name in enumerate(("far_one", "far_two"))
    }
    wide = replace(war, places={**war.places, **far})
    ways = fit([say("2030-04-01", "mill", "blue", "gained")], wide).access.on(date(2030, 4, 2))
    assert not [way for way in ways if way.state == "encircled" and {"far_one", "far_two"} & set(way.places)]
