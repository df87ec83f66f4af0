"""Settlements that nobody names go with those around them; sites do not; fronts that stand still move nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from zubda.control import ControlOptions, fit
from zubda.model import Claim, Place, Theatre

Say = Callable[..., Claim]

AROUND = tuple(f"town_{number}" for number in range(8))
LATER = date(2030, 5, 1)


def town(name: str, latitude: float, longitude: float, kind: str = "town", held: str = "red") -> Place:
    return Place(name, kind, {"en": name}, (), latitude, longitude, 500.0, "invented", held_at_start=held)


def plain(war: Theatre) -> Theatre:
    ring = [town(name, 10 + 0.05 * (at // 3 - 1), 20 + 0.05 * (at % 3 - 1)) for at, name in enumerate(AROUND)]
    middle = [town("hamlet", 10.01, 20.01, "village"), town("fort", 10.01, 20.0, "military_base")]
    return replace(war, places={place.id: place for place in (*ring, *middle)})


def taken(say: Say, names: tuple[str, ...]) -> list[Claim]:
    return [say("2030-03-01", name, "blue", "gained") for name in names]


def test_a_village_that_nobody_names_goes_with_the_towns_around(war: Theatre, say: Say) -> None:
    posterior = fit(taken(say, AROUND), plain(war))
    assert posterior.held("hamlet", date(2030, 2, 20)).holder == "red"
    assert posterior.held("hamlet", LATER).holder == "blue"
    alone = fit(taken(say, AROUND), plain(war), options=ControlOptions(surround=0.0, neighbours=0.0))
    assert alone.held("hamlet", LATER).holder == "red"


def test_a_base_holds_out(war: Theatre, say: Say) -> None:
    assert fit(taken(say, AROUND), plain(war)).held("fort", LATER).holder == "red"


def test_a_front_through_the_towns_moves_no_village(war: Theatre, say: Say) -> None:
    half = taken(say, AROUND[:4]) + [say("2030-03-02", name, "red", "holds") for name in AROUND[4:]]
    assert fit(half, plain(war)).held("hamlet", LATER).holder == "red"


def test_ground_of_the_enemy_from_the_eve_on_moves_nobody(war: Theatre, say: Say) -> None:
    theatre = plain(war)
    blue = {name: replace(theatre.places[name], held_at_start="blue") for name in AROUND}
    theatre = replace(theatre, places={**theatre.places, **blue})
    told = [say("2030-03-01", name, "blue", "holds") for name in AROUND]
    assert fit(told, theatre).held("hamlet", LATER).holder == "red"


def test_what_is_taken_from_somebody_was_theirs(war: Theatre, say: Say) -> None:
    theatre = plain(war)
    theatre = replace(theatre, places={**theatre.places, "fort": replace(theatre.places["fort"], held_at_start=None)})
    before = date(2030, 2, 28)
    plainly, from_red = (
        fit([say("2030-03-01", "fort", "blue", "gained", target=target)], theatre).held("fort", before)
        for target in ("", "red")
    )
    assert from_red.probabilities["red"] > plainly.probabilities["red"] + 0.1
