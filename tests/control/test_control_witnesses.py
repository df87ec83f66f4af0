"""What reports are worth beside each other: pieces and wholes, ground gained, one voice of a side, what follows from who drove whom out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from zubda.control import fit
from zubda.model import Claim, FiredRule, Source, Theatre

Say = Callable[..., Claim]


def with_rule(claim: Claim, field: str, rule: str) -> Claim:
    return replace(claim, rules=(FiredRule(rule, field, 0, 1),))


def chance(claims: list[Claim], war: Theatre, place: str, day: str, side: str) -> float:
    return fit(claims, war).held(place, date.fromisoformat(day)).probabilities[side]


def test_ground_ahead_of_an_advance_is_not_the_advancing_sides(war: Theatre, say: Say) -> None:
    advance = say("2030-04-10", "ford", type="movement", actor="red")
    claims = [say("2030-03-01", "ford", "blue", "gained", source="blue_radio")]
    alone = chance(claims, war, "ford", "2030-04-10", "red")
    moved = chance([*claims, advance], war, "ford", "2030-04-10", "red")
    advanced = chance([*claims, with_rule(advance, "type", "advance")], war, "ford", "2030-04-10", "red")
    assert advanced < 0.8 * alone
    assert abs(moved - alone) < 0.02


def test_a_thing_in_a_place_is_a_part_of_it(war: Theatre, say: Say) -> None:
    taken = say("2030-03-01", "north_quarter", "blue", "gained")
    whole = chance([taken], war, "north_quarter", "2030-03-02", "blue")
    piece = fit([with_rule(taken, "control", "of_a_piece")], war).held("north_quarter", date(2030, 3, 2))
    assert whole > 0.8
    assert piece.holder == "contested"


def test_a_word_about_all_of_a_city_is_one_about_each_quarter(war: Theatre, say: Say) -> None:
    city = say("2030-03-01", "asor", "blue", "gained")
    all_of_it = say("2030-03-01", "asor", "blue", "gained", share=(1.0, 1.0))
    weak, strong = (chance([claim], war, "east_quarter", "2030-03-02", "blue") for claim in (city, all_of_it))
    assert strong > weak + 0.1


def test_who_drove_another_out_has_the_place(war: Theatre, say: Say) -> None:
    eve = say("2030-03-01", "fort", "blue", "gained")
    driven = say("2030-04-01", "fort", "blue", "lost", actor="red", target="blue")
    lost = say("2030-04-01", "fort", "blue", "lost")
    with_taker, without = (chance([eve, claim], war, "fort", "2030-04-02", "red") for claim in (driven, lost))
    assert with_taker > max(0.8, without)


def test_a_side_speaks_with_one_voice(war: Theatre, say: Say) -> None:
    choir = {f"voice_{at}": Source(f"voice_{at}", "agency", {"en": "Voice"}, (), "red") for at in range(4)}
    sides = replace(war, sources={**war.sources, **choir})
    watch = say("2030-03-01", "fort", "blue", "gained", source="watch")
    many = [say("2030-03-02", "fort", "red", "gained", source=name) for name in choir]
    one, four = (chance([watch, *many[:count]], sides, "fort", "2030-03-03", "red") for count in (1, 4))
    spread = [say(f"2030-0{at + 4}-02", "fort", "red", "holds", source=name) for at, name in enumerate(choir)]
    apart = chance([watch, *many[:1], *spread], sides, "fort", "2030-08-01", "red")
    assert four < one + 0.2
    assert apart > one


def test_what_a_side_took_it_does_not_take_again(war: Theatre, say: Say) -> None:
    first, again = (say(f"2030-03-0{day}", "north_quarter", "blue", "gained") for day in (1, 3))
    part = say("2030-03-03", "north_quarter", "blue", "partial")
    for later in (again, part):
        posterior = fit([first, later], war)
        assert posterior.held("north_quarter", date(2030, 3, 2)).holder == "blue"
        assert posterior.held("north_quarter", date(2030, 3, 4)).holder == "blue"


def test_what_the_account_sets_against_a_word_weighs_more(war: Theatre, say: Say) -> None:
    taken = say("2030-03-05", "fort", "blue", "gained", source="blue_radio")
    beaten = say("2030-03-05", "fort", "red", "holds", type="clash", source="red_agency")
    plain = chance([taken, beaten], war, "fort", "2030-03-06", "red")
    against = chance([taken, with_rule(beaten, "source", "set_against")], war, "fort", "2030-03-06", "red")
    assert against > plain


def test_weeks_of_attacks_are_not_the_raid_of_a_day(war: Theatre, say: Say) -> None:
    raid = say("2030-03-10", "ford", type="clash", actor="blue")
    weeks = say("2030-03-01/2030-03-31", "ford", type="clash", actor="blue")
    fits = [fit(claims, war) for claims in ([raid], [raid, weeks])]
    assert len(fits[0].reports.place) < len(fits[1].reports.place)
