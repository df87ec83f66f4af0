"""Which claims are joined and which are kept apart, one case a rule."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_island import build_theatre, maker

from zubda.model import CLAIM_TYPES, Decision, FiredRule, PlaceMention
from zubda.reconciliation import link_claims, reconcile
from zubda.reconciliation.columns import columns_of
from zubda.reconciliation.comparison import LEVELS
from zubda.reconciliation.kinds import type_level
from zubda.reconciliation.weights import EXPECTED, learn_weights, prior_weights


def joined(claims, *, theatre=None) -> set[tuple[int, int]]:  # type: ignore[no-untyped-def]
    """Pairs of positions that end up in one event."""
    event = link_claims(claims, theatre or build_theatre()).event
    return {(a, b) for a, b in combinations(range(len(claims)), 2) if event[a] == event[b]}


def test_claims_of_two_languages_meet_by_their_places() -> None:
    make = maker()
    english = make(
        "airstrike", "1999-05-03", "harbour", "red", "civ", document="en", language="en", source_id="monitor"
    )
    chinese = make(
        "airstrike", "1999-05-03", "harbour", "red", "civ", document="zh", language="zh", source_id="blue_radio"
    )
    assert joined([english, chinese]) == {(0, 1)}


def test_one_assault_told_day_by_day_is_one_event() -> None:
    make = maker()
    first = make("clash", "1999-05-03", "harbour", "red", "blue")
    second = make("shelling", "1999-05-04", "harbour", "red", "blue")
    third = make("territory", "1999-05-04", "harbour", "red", "blue", control=("red", "partial"))
    assert joined([first, second, third]) == {(0, 1), (0, 2), (1, 2)}


def test_a_part_taken_and_later_the_whole_are_two_stages() -> None:
    make = maker()
    part = make("territory", "1999-05-03", "hill", "red", "blue", control=("red", "partial"))
    whole = make("territory", "1999-05-05", "hill", "red", "blue", control=("red", "gained"))
    assert joined([part, whole]) == set()


def test_two_parts_named_on_two_days_are_two_stages_but_the_text_goes_on_where_it_names_no_place() -> None:
    make = maker()
    part = make("territory", "1999-05-03", "hill", "red", "blue", control=("red", "partial"))
    further = make("territory", "1999-05-04", "hill", "red", "blue", control=("red", "partial"))
    assert joined([part, further]) == set()
    carried = (FiredRule("place_of_sentence_before", "places", 0, 5),)
    assert joined([part, replace(further, rules=carried)]) == {(0, 1)}


def test_a_toll_means_the_act_with_the_sides_that_it_counts() -> None:
    make = maker()
    fight = make("clash", "1999-05-03", "market", "red", "blue")
    nearer = make("clash", "1999-05-03", "hill", "red", "civ")
    toll = make("casualties", "1999-05-03", None, "", "blue", counts=[("killed", "blue", 12, 12)])
    assert joined([fight, nearer, toll]) == {(0, 2)}


def test_a_toll_of_later_days_revises_the_last_toll_and_one_right_after_another_is_its_rival() -> None:
    make = maker()
    fight = make("clash", "1999-05-03", "market", "red", "blue", counts=[("killed", "blue", 19, 19)])
    first = make("casualties", "1999-05-03", None, "", "blue", source_id="monitor", counts=[("killed", "blue", 20, 20)])
    rival = make(
        "casualties", "1999-05-03", None, "", "blue", source_id="red_radio", counts=[("killed", "blue", 50, 50)]
    )
    elsewhere = make("clash", "1999-05-03", "hill", "red", "civ")
    later = make("casualties", "1999-05-06", None, "", "blue", counts=[("killed", "blue", 30, 30)])
    assert {(0, 1), (0, 2), (0, 4)} <= joined([fight, first, rival, elsewhere, later])


def test_what_lies_just_outside_a_long_stretch_is_not_near_it() -> None:
    make = maker()
    stretch = make("clash", "1999-05-01/1999-05-21", "market", "red", "blue")
    after = make("clash", "1999-05-23", "market", "red", "blue")
    assert joined([stretch, after]) == set()


def test_loss_and_recapture_are_two_events() -> None:
    make = maker()
    lost = make("territory", "1999-05-03", "hill", "red", "blue", control=("red", "gained"))
    back = make("territory", "1999-05-04", "hill", "blue", "red", control=("blue", "gained"))
    assert joined([lost, back]) == set()


def test_one_source_with_two_figures_for_a_day_and_place_means_two_events() -> None:
    make = maker()
    one = make("airstrike", "1999-05-03", "hill", "red", "civ", source_id="monitor", counts=[("killed", "civ", 4, 4)])
    other = make("airstrike", "1999-05-03", "hill", "red", "civ", source_id="monitor", counts=[("killed", "civ", 9, 9)])
    rival = make(
        "airstrike", "1999-05-03", "hill", "red", "civ", source_id="blue_radio", counts=[("killed", "civ", 9, 9)]
    )
    assert (0, 1) not in joined([one, other])
    assert joined([one, rival]) == {(0, 1)}


def test_the_count_of_a_day_is_not_that_of_the_month_around_it() -> None:
    make = maker()
    month = make("airstrike", "1999-05-01/1999-05-20", "hill", "red", counts=[("killed", "unknown", 500, 500)])
    day = make("airstrike", "1999-05-10", "hill", "red", counts=[("killed", "unknown", 70, 70)])
    assert joined([month, day]) == set()


def test_acts_that_exclude_each_other_stay_apart_in_spite_of_an_equal_number() -> None:
    make = maker()
    bombed = make("airstrike", "1999-05-03", "hill", "red", "civ", counts=[("killed", "civ", 15, 15)])
    shot = make("execution", "1999-05-03", "hill", "red", "civ", counts=[("killed", "civ", 15, 15)])
    assert joined([bombed, shot]) == set()


def test_what_has_no_place_is_about_the_act_told_before_it() -> None:
    make = maker()
    bomb = make("bomb", "1999-05-03", "market", "", "civ")
    claimed = make("statement", "1999-05-03", None, "blue", source_id="blue_radio")
    elsewhere = make("clash", "1999-05-03", "hill", "red", "blue")
    assert joined([bomb, claimed, elsewhere]) == {(0, 1)}


def test_a_denial_of_the_next_day_and_a_toll_of_the_next_week_are_about_the_act() -> None:
    make = maker()
    act = make("shelling", "1999-05-03", "market", "red", "civ", source_id="blue_radio")
    denial = make("shelling", "1999-05-04", "market", "red", "civ", source_id="red_radio", polarity="deny")
    toll = make(
        "casualties", "1999-05-08", "market", "", "civ", source_id="monitor", counts=[("killed", "civ", 12, 12)]
    )
    assert joined([act, denial, toll]) == {(0, 1), (0, 2), (1, 2)}


def test_rows_of_coded_data_are_never_joined() -> None:
    make = maker()
    rows = [make("airstrike", "1999-05-03", "hill", "red", "civ", extractor="import:ged") for _ in range(3)]
    assert joined(rows) == set()


def test_repelled_attacks_of_two_days_are_two_events_but_a_place_is_not_gained_twice() -> None:
    make = maker()
    repelled = [
        make("clash", f"1999-05-{day}", "hill", "red", "blue", control=("blue", "holds")) for day in ("03", "05")
    ]
    assert joined(repelled) == set()
    make = maker()
    gained = [
        make("territory", f"1999-05-{day}", "hill", "red", source_id=source, control=("red", "gained"))
        for day, source in (("03", "red_radio"), ("05", "monitor"))
    ]
    assert joined(gained) == {(0, 1)}


def test_what_is_said_of_years_is_no_event_of_a_day() -> None:
    make = maker()
    years = make("airstrike", "1998-01-01/2001-12-31", "port", "red", "civ")
    day = make("airstrike", "1999-05-03", "harbour", "red", "civ")
    assert joined([years, day]) == set()


def test_a_running_total_belongs_to_the_count_that_it_carries_on() -> None:
    make = maker()
    first = make("airstrike", "1999-05-01/1999-05-14", None, "red", counts=[("killed", "unknown", 517, 517)])
    other = make("clash", "1999-05-16", "hill", "red", "blue")
    later = make("airstrike", "1999-05-23", None, counts=[("killed", "unknown", 603, 603)])
    assert joined([first, other, later]) == {(0, 2)}


def test_an_unlinked_word_is_no_place_to_meet() -> None:
    """With a gazetteer, a mention that it does not link (the front, the road) says nothing about where."""
    make = maker()
    one, other = make("clash", "1999-05-03", "harbour", "red"), make("clash", "1999-05-03", "market", "red")
    front = PlaceMention("front", None)
    assert joined([replace(one, places=(*one.places, front)), replace(other, places=(*other.places, front))]) == set()


def test_the_town_of_a_battle_is_found_without_a_theatre() -> None:
    make = maker()
    claims = [make("clash", f"1999-05-{day:02}", "Port", "red", "blue") for day in range(1, 29)]
    claims += [make("clash", "1999-05-03", "Harbour", "red", "blue")]
    table = columns_of(claims, None).table
    assert {key for key, wide in zip(table.keys, table.wide, strict=True) if wide} == {"Port"}


def test_without_a_theatre_names_of_places_still_meet() -> None:
    make = maker()
    one = make("airstrike", "1999-05-03", "Harbour", "red", "civ")
    other = make("airstrike", "1999-05-03", "Harbour", "red", "civ", document="d2")
    assert link_claims([one, other]).event.tolist() == [0, 0]


def test_nothing_and_one_claim_are_no_trouble() -> None:
    assert reconcile([]).events == ()
    (event,) = reconcile([maker()("clash", None, None)]).events
    assert event.date is None
    assert event.places == ()


def test_weights_stay_near_what_is_expected_while_claims_are_few() -> None:
    patterns = np.array([[1] * len(LEVELS), [0] * len(LEVELS)], np.uint8)
    few, many = learn_weights(patterns, np.array([3, 3])), learn_weights(patterns, np.array([90_000, 900_000]))
    before = np.concatenate(prior_weights().bits)
    assert np.abs(np.concatenate(few.bits) - before).max() < 0.2
    assert np.abs(np.concatenate(many.bits) - before).max() > 1


def test_every_level_has_its_expectation_and_they_sum_to_one() -> None:
    assert set(EXPECTED) == set(LEVELS)
    for field, (m, u) in EXPECTED.items():
        assert len(m) == len(u) == len(LEVELS[field])
        assert abs(sum(m) - 1) < 1e-9, field
        assert abs(sum(u) - 1) < 1e-9, field


def test_types_agree_both_ways() -> None:
    assert all(type_level(a, b) == type_level(b, a) for a in CLAIM_TYPES for b in CLAIM_TYPES)
    assert all(type_level(a, a) == 0 for a in CLAIM_TYPES)


described = st.tuples(
    st.sampled_from(("clash", "territory", "airstrike", "execution", "casualties", "statement")),
    st.integers(1, 28),
    st.sampled_from((None, "harbour", "market", "hill", "port")),
    st.sampled_from(("red", "blue", "")),
    st.sampled_from((None, "monitor", "red_radio")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(described, min_size=2, max_size=24), st.data())
def test_whatever_is_told_no_event_joins_separate_places_and_people_win(told, data) -> None:  # type: ignore[no-untyped-def]
    make = maker()
    claims = [
        make(kind, f"1999-05-{day:02}", where, who, source_id=source, counts=[("killed", "civ", 1 + day % 3, 9)])
        for kind, day, where, who, source in told
    ]
    pair = data.draw(st.lists(st.sampled_from(claims), min_size=2, max_size=2, unique=True))
    ids = tuple(claim.id for claim in pair)
    result = reconcile(claims, build_theatre())
    assert sorted(claim for event in result.events for claim in event.claims) == sorted(claim.id for claim in claims)
    for event in result.events:
        assert not {"harbour", "market"} <= set(event.places)
        assert not {"harbour", "hill"} <= set(event.places)
        for row in event.toll:
            assert row.low is not None
            assert row.best is not None
            assert row.low <= row.best
            assert row.high is None or row.best <= row.high
    parted = reconcile(claims, build_theatre(), [Decision("not_same_event", ids)])
    assert parted.event_of(ids[0]) != parted.event_of(ids[1])
    forced = reconcile(claims, build_theatre(), [Decision("not_same_event", ids), Decision("same_event", ids)])
    assert forced.event_of(ids[0]) == forced.event_of(ids[1])
