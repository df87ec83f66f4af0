"""Sides of a war without a theatre, from the claims themselves."""

from zubda.model import Claim, ControlStatement, Party
from zubda.theatres import derive_theatre


def claim(number: int, *sides: str, holder: str | None = None) -> Claim:
    return Claim(
        id=f"c{number}",
        document="d",
        spans=((0, 1),),
        type="clash",
        actors=tuple(Party(side, side) for side in sides),
        control=ControlStatement(holder, "holds") if holder else None,
    )


def test_sides_that_act_or_hold_can_hold_places_most_named_first() -> None:
    theatre = derive_theatre([claim(1, "s2", "civ"), claim(2, "s2", "s1"), claim(3, holder="s3")])
    assert theatre.holders() == ("s2", "s1", "s3")
    assert not theatre.sides["civ"].holds


def test_unknown_is_no_side_and_no_claims_give_no_sides() -> None:
    assert not derive_theatre([claim(1, "unknown")]).sides
    assert derive_theatre([]).places == {}
