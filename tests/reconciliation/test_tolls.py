"""Low, best and high: nothing counted twice, nothing averaged, every bound with its claim."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_island import build_theatre, maker

from zubda.model import Claim, Count, Party, Toll
from zubda.reconciliation.tolls import RULES, event_toll

Row = tuple[int | None, int | None, int | None]


def rows(claims: list[Claim]) -> dict[tuple[str, str, str], Toll]:
    """The toll's rows by harm, side and group; the last of several."""
    return {(row.what, row.side, row.group): row for row in event_toll(claims, build_theatre())}


def bounds(row: Toll) -> Row:
    return row.low, row.best, row.high


def strike(make, source=None, *counts, **more) -> Claim:  # type: ignore[no-untyped-def]
    return make("airstrike", more.pop("when", "1999-05-03"), "market", "red", source_id=source, counts=counts, **more)


def test_parts_are_not_added_to_their_whole() -> None:
    whole = Count("killed", "people", "unknown", 58, 58)
    children = Count("killed", "children", "civ", 35, 35, part_of=0)
    fighters = Count("killed", "fighters", "blue", 4, 4, part_of=0)
    found = rows([strike(maker(), "monitor", whole, children, fighters)])
    assert bounds(found["killed", "all", ""]) == (58, 58, 58)
    assert bounds(found["killed", "civ", ""]) == (35, 35, 35)
    assert ("killed", "unknown", "") not in found


def test_several_parts_of_one_side_are_at_least_their_sum_and_stand_by_themselves() -> None:
    whole = Count("killed", "people", "unknown", 517, 517)
    parts = [Count("killed", who, "civ", n, n, part_of=0) for who, n in (("children", 151), ("women", 46))]
    fighters = Count("killed", "fighters", "blue", 46, 46, part_of=0)
    found = rows([strike(maker(), "monitor", whole, *parts, fighters)])
    assert bounds(found["killed", "civ", ""]) == (197, 197, None)
    assert bounds(found["killed", "civ", "children"]) == (151, 151, 151)
    assert bounds(found["killed", "all", ""]) == (517, 517, 517)


def test_a_blow_that_hurt_nobody_but_civilians_by_all_that_is_told_hurt_civilians() -> None:
    make = maker()
    first = strike(make, "blue_radio", ("killed", "unknown", 29, 29), ("wounded", "unknown", 150, 150))
    children = Count("killed", "children", "civ", 35, 35, part_of=0)
    later = strike(make, "monitor", Count("killed", "people", "unknown", 58, 58), children)
    found = rows([first, later])
    assert bounds(found["killed", "civ", ""]) == (29, 58, 58)
    assert bounds(found["killed", "civ", "children"]) == (35, 35, 35)
    assert bounds(found["wounded", "civ", ""]) == (150, 150, 150)


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "clash", "whom": ""},
        {"kind": "airstrike", "whom": "blue"},
        {"kind": "airstrike", "whom": "", "control": ("red", "gained")},
    ],
)
def test_where_there_was_a_fight_or_an_armed_target_nobody_knows_who_died(more) -> None:  # type: ignore[no-untyped-def]
    children = Count("killed", "children", "civ", 35, 35, part_of=0)
    kind, whom, counts = more.pop("kind"), more.pop("whom"), (Count("killed", "people", "unknown", 58, 58), children)
    found = rows([maker()(kind, "1999-05-03", "market", "red", whom, counts=counts, **more)])
    assert bounds(found["killed", "civ", ""]) == (35, 35, 35)
    assert bounds(found["killed", "all", ""]) == (58, 58, 58)


def test_a_people_is_counted_beside_all_and_alone_stands_for_all() -> None:
    islanders = Count("killed", "islanders", "unknown", 11, 11)
    named = {"targets": (Party("islanders", "blue"),)}
    alone = replace(strike(maker(), "monitor", islanders), **named)
    assert bounds(rows([alone])["killed", "all", ""]) == (11, 11, 11)
    beside = replace(strike(maker(), "monitor", Count("killed", "people", "unknown", 30, 30), islanders), **named)
    assert bounds(rows([beside])["killed", "all", ""]) == (30, 30, 30)
    assert bounds(rows([beside])["killed", "unknown", "islanders"]) == (11, 11, 11)


def test_a_part_of_a_side_is_no_second_toll_of_it() -> None:
    soldiers = Count("killed", "troops", "red", 120, 120)
    police = Count("killed", "police", "unknown", 115, 115, part_of=0)
    found = rows([strike(maker(), None, soldiers, police)])
    assert bounds(found["killed", "red", ""]) == (120, 120, 120)
    assert bounds(found["killed", "red", "police"]) == (115, 115, 115)
    assert bounds(found["killed", "all", ""]) == (120, 120, 120)


def test_sides_are_summed_and_the_sum_names_them() -> None:
    found = rows([strike(maker(), None, ("killed", "red", 10, 10), ("killed", "blue", 6, 6))])
    everyone = found["killed", "all", ""]
    assert bounds(everyone) == (16, 16, 16)
    assert everyone.parts == ("red", "blue")
    assert everyone.rule == "sum"


def test_a_retelling_counts_once() -> None:
    make = maker()
    found = rows(
        [strike(make, "monitor", ("killed", "red", 120, 120)), strike(make, None, ("killed", "red", 120, 120))]
    )
    row = found["killed", "red", ""]
    assert bounds(row) == (120, 120, 120)
    assert row.rule == "agreed"
    assert [figure.source for figure in row.sources] == ["monitor", "text"]


def test_a_later_figure_of_the_same_source_replaces_the_earlier_which_is_kept_as_the_first_count() -> None:
    make = maker()
    first = strike(make, "monitor", ("killed", "civ", 29, 29))
    later = strike(make, "monitor", ("killed", "civ", 58, 58))
    tolls = [row for row in event_toll([first, later], build_theatre()) if row.side == "civ"]
    assert [bounds(row) for row in tolls] == [(58, 58, 58), (29, 29, 29)]
    assert tolls[1].rule == "first count"


def test_rivals_stand_side_by_side_and_the_monitor_is_believed_before_a_party() -> None:
    make = maker()
    party = strike(make, "blue_radio", ("killed", "red", 60, None))
    monitor = strike(make, "monitor", ("killed", "red", 6, 6))
    row = rows([party, monitor])["killed", "red", ""]
    assert bounds(row) == (6, 6, None)
    assert row.rule == "better source"
    assert (row.low_claim, row.best_claim, row.high_claim) == (monitor.id, monitor.id, party.id)


def test_of_equal_sources_the_later_is_the_best_and_the_earlier_stays_as_a_bound() -> None:
    make = maker()
    found = rows(
        [strike(make, "blue_radio", ("killed", "red", 29, 29)), strike(make, "red_radio", ("killed", "red", 58, 58))]
    )
    assert bounds(found["killed", "red", ""]) == (29, 58, 58)
    assert found["killed", "red", ""].rule == "latest"


def test_an_exact_figure_makes_a_bound_exact() -> None:
    make = maker()
    found = rows(
        [strike(make, None, ("wounded", "civ", 150, None)), strike(make, "red_radio", ("wounded", "civ", 162, 162))]
    )
    assert bounds(found["wounded", "civ", ""]) == (150, 162, None)


def test_a_range_is_best_in_its_middle_and_at_least_is_open() -> None:
    make = maker()
    assert bounds(rows([strike(make, None, ("killed", "civ", 93, 100))])["killed", "civ", ""]) == (93, 97, 100)
    assert bounds(rows([strike(make, None, ("killed", "civ", 12, None))])["killed", "civ", ""]) == (12, 12, None)


def test_a_denial_makes_the_low_zero() -> None:
    make = maker()
    told = make(
        "destruction", "1999-05-03", "market", "red", "blue", counts=[Count("aircraft", "planes", "unknown", 2, 2)]
    )
    denied = make("destruction", "1999-05-03", "market", source_id="blue_radio", polarity="deny")
    row = rows([told, denied])["aircraft", "blue", ""]
    assert bounds(row) == (0, 2, 2)
    assert row.low_claim == denied.id


def test_running_totals_are_not_added_and_their_growth_is_told() -> None:
    make = maker()
    first = strike(make, "monitor", ("killed", "unknown", 517, 517), when="1999-05-01/1999-05-14")
    rival = strike(make, "blue_radio", ("killed", "unknown", 1001, None), when="1999-05-01/1999-05-12")
    later = strike(make, None, ("killed", "unknown", 603, 603), when="1999-05-01/1999-05-23")
    tolls = event_toll([first, rival, later], build_theatre())
    everyone = {
        row.date.last.day: bounds(row) for row in tolls if row.side == "all" and row.date and row.rule != "increase"
    }
    assert everyone == {12: (1001, 1001, None), 14: (517, 517, None), 23: (603, 603, None)}
    (growth,) = [row for row in tolls if row.rule == "increase"]
    assert bounds(growth) == (86, 86, 86)


def test_days_that_one_source_counts_apart_are_added() -> None:
    make = maker()
    days = [strike(make, "monitor", ("killed", "civ", n, n), when=f"1999-05-0{n}") for n in (3, 4)]
    tolls = [row for row in event_toll(days, build_theatre()) if row.side == "civ"]
    assert [bounds(row) for row in tolls] == [(3, 3, 3), (4, 4, 4), (7, 7, 7)]
    assert tolls[-1].rule == "sum of days"


def test_a_best_of_coded_data_is_kept() -> None:
    row = rows([strike(maker(), None, Count("killed", "", "unknown", 2, 9, best=3))])["killed", "all", ""]
    assert bounds(row) == (2, 3, 9)
    assert row.rule == "coded"


def test_no_number_gives_no_toll() -> None:
    assert event_toll([strike(maker())], build_theatre()) == ()
    assert event_toll([strike(maker(), None, Count("killed", "many", "civ", None, None))], build_theatre()) == ()


numbers = st.tuples(st.integers(0, 50), st.integers(0, 30) | st.none())
told = st.tuples(
    st.sampled_from((None, "monitor", "red_radio", "blue_radio")),
    st.sampled_from(("red", "blue", "civ", "unknown")),
    numbers,
    st.sampled_from(("1999-05-03", "1999-05-04", "1999-05-01/1999-05-09", "1999-05-01/1999-05-20")),
)


@given(st.lists(told, min_size=1, max_size=8))
def test_low_never_exceeds_best_nor_best_high_and_every_bound_names_a_claim(figures) -> None:  # type: ignore[no-untyped-def]
    make = maker()
    claims = [
        strike(make, source, ("killed", side, low, None if more is None else low + more), when=when)
        for source, side, (low, more), when in figures
    ]
    ids = {claim.id for claim in claims}
    for row in event_toll(claims, build_theatre()):
        assert row.low is not None
        assert row.best is not None
        assert row.low <= row.best
        assert row.high is None or row.best <= row.high
        assert {row.low_claim, row.best_claim, row.high_claim} <= ids
        assert row.rule in RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained(rule: str) -> None:
    assert len(RULES[rule]) > 10
