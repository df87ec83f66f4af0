"""Contradictions are found, kept as positions, and ranked."""

from invented_island import build_theatre, maker

from zubda.model import Claim, Dispute, FiredRule
from zubda.reconciliation import reconcile


def disputes(*claims: Claim) -> tuple[Dispute, ...]:
    return reconcile(claims, build_theatre()).disputes


def test_rival_counts_are_a_dispute_and_a_revision_by_one_source_is_none() -> None:
    make = maker()

    def blast(source: str, dead: int) -> Claim:
        return make("bomb", "1999-05-03", "market", "", "red", source_id=source, counts=[("killed", "red", dead, dead)])

    (dispute,) = disputes(blast("blue_radio", 60), blast("monitor", 6))
    assert dispute.about == "count"
    assert [(position.says, position.sources) for position in dispute.positions] == [
        ("60", ("blue_radio",)),
        ("6", ("monitor",)),
    ]
    one = maker()
    revised = [
        one("bomb", f"1999-05-0{day}", "market", "", "red", source_id="monitor", counts=[("killed", "red", dead, dead)])
        for day, dead in ((3, 6), (4, 9))
    ]
    assert not any(dispute.about == "count" for dispute in disputes(*revised))


def test_a_denial_is_a_dispute_over_what_happened() -> None:
    make = maker()
    said = make("shelling", "1999-05-03", "market", "blue", "civ", source_id="red_radio")
    denied = make("shelling", "1999-05-03", "market", "blue", "civ", source_id="blue_radio", polarity="deny")
    result = reconcile([said, denied], build_theatre())
    (dispute,) = result.disputes
    assert dispute.about == "what"
    assert [position.claims for position in dispute.positions] == [(said.id,), (denied.id,)]
    assert result.events[0].against == (denied.id,)
    assert result.events[0].grade == "contested"


def test_two_holders_of_one_place_on_one_day_are_a_dispute() -> None:
    make = maker()
    red = make("territory", "1999-05-03", "hill", "red", source_id="red_radio", control=("red", "gained"))
    blue = make("clash", "1999-05-03", "hill", "red", source_id="blue_radio", control=("blue", "holds"))
    (dispute,) = [dispute for dispute in disputes(red, blue) if dispute.about == "holder"]
    assert {position.says for position in dispute.positions} == {"red gained", "blue holds"}
    assert dispute.places == ("hill",)


def test_all_of_a_place_and_a_part_of_it_are_a_dispute_between_sources() -> None:
    make = maker()
    whole = make("territory", "1999-05-03", "hill", "red", source_id="red_radio", control=("red", "gained"))
    part = make("territory", "1999-05-03", "hill", "red", source_id="monitor", control=("red", "partial"))
    assert [dispute.about for dispute in disputes(whole, part)] == ["holder"]


def test_shares_that_exceed_the_whole_are_a_dispute() -> None:
    make = maker()
    red = make("control", "1999-05-03", "hill", "red", source_id="red_radio", control=("red", "holds", (0.7, 0.7)))
    blue = make("control", "1999-05-05", "hill", "blue", source_id="blue_radio", control=("blue", "holds", (0.35, 0.4)))
    fair = make("control", "1999-05-05", "hill", "blue", source_id="monitor", control=("blue", "holds", (0.2, 0.3)))
    assert [dispute.about for dispute in disputes(red, blue)] == ["holder"]
    assert disputes(red, fair) == ()


def test_leaving_a_place_that_the_other_side_was_said_to_hold_needs_a_return_in_between() -> None:
    make = maker()
    held = make("control", "1999-05-03", "hill", "red", control=("red", "holds"))
    back = make("territory", "1999-05-05", "hill", "blue", control=("blue", "gained"))
    left = make("withdrawal", "1999-05-08", "hill", "blue", control=("blue", "withdrew"))
    assert [dispute.about for dispute in disputes(held, left)] == ["holder"]
    assert disputes(held, back, left) == ()


def test_who_did_it_is_a_dispute_but_two_sides_in_a_fight_are_none() -> None:
    make = maker()
    blamed = [
        make("abduction", "1999-05-03", "market", who, "civ", source_id=source)
        for who, source in (("blue", "red_radio"), ("red", "blue_radio"))
    ]
    assert [dispute.about for dispute in disputes(*blamed)] == ["who"]
    fight = maker()
    fought = [
        fight("clash", "1999-05-03", "market", who, whom, source_id=source)
        for who, whom, source in (("blue", "red", "red_radio"), ("red", "blue", "blue_radio"))
    ]
    assert not [dispute for dispute in disputes(*fought) if dispute.topic.startswith("who did it")]


def test_one_event_on_two_days_is_a_dispute_over_when() -> None:
    make = maker()
    taken = [
        make("territory", f"1999-05-0{day}", "hill", "red", "blue", source_id=source, control=("red", "gained"))
        for day, source in ((3, "red_radio"), (5, "monitor"))
    ]
    assert [dispute.about for dispute in disputes(*taken)] == ["when"]


def test_disputes_come_heaviest_first_and_keep_their_ids() -> None:
    make = maker()
    claims = [
        make("bomb", "1999-05-03", "market", "", "red", source_id="blue_radio", counts=[("killed", "red", 60, 60)]),
        make("bomb", "1999-05-03", "market", "", "red", source_id="monitor", counts=[("killed", "red", 6, 6)]),
        make("territory", "1999-07-03", "hill", "red", "blue", source_id="red_radio", control=("red", "gained")),
        make("territory", "1999-07-05", "hill", "red", "blue", source_id="monitor", control=("red", "gained")),
    ]
    found = disputes(*claims)
    assert [dispute.about for dispute in found] == ["count", "when"]
    assert [dispute.weight for dispute in found] == sorted((dispute.weight for dispute in found), reverse=True)
    assert {dispute.id for dispute in disputes(*reversed(claims))} == {dispute.id for dispute in found}


AGAINST = (FiredRule("set_against", "source", 100, 103),)


def test_what_the_text_sets_against_each_other_is_a_dispute_whatever_it_is_about() -> None:
    make = maker()
    over = make("clash", "1999-05-03", "market", "red", "blue", source_id="red_radio")
    goes_on = make("clash", "1999-05-03", "market", source_id="monitor", rules=AGAINST)
    (dispute,) = disputes(over, goes_on)
    assert dispute.about == "what"
    assert [position.claims for position in dispute.positions] == [(over.id,), (goes_on.id,)]
    assert disputes(over, make("clash", "1999-05-03", "market", source_id="monitor")) == ()


def test_set_against_each_other_they_differ_in_who_did_it_if_each_names_another_side() -> None:
    make = maker()
    one = make("destruction", "1999-05-03", None, "blue", source_id="red_radio", spans=((0, 50),))
    other = make("destruction", "1999-05-03", None, "red", source_id="blue_radio", spans=((0, 50),), rules=AGAINST)
    (dispute,) = disputes(one, other)
    assert dispute.about == "who"
    assert {position.says for position in dispute.positions} == {"destruction by blue", "destruction by red"}


def test_one_source_that_goes_on_and_other_places_and_days_are_not_set_against_each_other() -> None:
    make = maker()
    first = make("clash", "1999-05-03", "market", source_id="monitor")
    for more in (
        make("clash", "1999-05-03", "market", source_id="monitor", rules=AGAINST),
        make("clash", "1999-05-03", "hill", source_id="red_radio", rules=AGAINST),
        make("clash", "1999-05-09", "market", source_id="red_radio", rules=AGAINST),
    ):
        assert disputes(first, more) == ()


def test_a_denial_stands_against_what_it_denies_and_not_against_all_of_the_event() -> None:
    make = maker()
    meant = make("clash", "1999-05-03", "market", "red", "blue", source_id="red_radio")
    else_told = make("clash", "1999-05-03", "market", "", "blue", counts=[("killed", "blue", 40, 40)])
    denied = make("clash", "1999-05-03", "market", "red", "blue", source_id="blue_radio", polarity="deny")
    found = [dispute for dispute in disputes(meant, else_told, denied) if dispute.about == "what"]
    assert [position.claims for dispute in found for position in dispute.positions] == [(meant.id,), (denied.id,)]


def test_what_a_heavier_dispute_holds_already_is_not_told_again() -> None:
    make = maker()
    first = make("territory", "1999-05-03", "hill", "red", source_id="red_radio", control=("red", "gained"))
    again = make("territory", "1999-05-04", "hill", "red", source_id="red_paper", control=("red", "gained"))
    held = make("clash", "1999-05-04", "hill", "red", source_id="blue_radio", control=("blue", "holds"))
    assert [dispute.about for dispute in disputes(first, again, held)] == ["holder"]


def test_the_count_of_one_clash_is_no_rival_of_the_toll_of_the_battle() -> None:
    def about(first: int) -> list[str]:
        make = maker()
        clash = make("clash", "1999-05-03", "hill", "blue", "red", counts=[("killed", "red", first, first)])
        toll = make(
            "clash", "1999-05-03", "hill", "blue", "red", source_id="monitor", counts=[("killed", "red", 63, 63)]
        )
        return [dispute.about for dispute in disputes(clash, toll)]

    assert about(5) == []
    assert about(40) == ["count"]


def test_what_is_held_one_day_and_taken_the_next_is_no_dispute() -> None:
    make = maker()
    held = make("control", "1999-05-03", "hill", "red", source_id="red_radio", control=("red", "holds"))
    taken = make("territory", "1999-05-04", "hill", "blue", source_id="blue_radio", control=("blue", "gained"))
    assert disputes(held, taken) == ()


def test_a_holder_whom_only_the_reader_infers_is_in_no_dispute() -> None:
    make = maker()
    inferred = (FiredRule("opponent", "target", 0, 5),)
    red = make(
        "clash", "1999-05-03", "hill", "blue", "red", source_id="monitor", control=("red", "holds"), rules=inferred
    )
    blue = make("territory", "1999-05-03", "hill", "blue", source_id="blue_radio", control=("blue", "gained"))
    assert not any(dispute.about == "holder" for dispute in disputes(red, blue))


def test_a_side_told_to_stand_with_two_enemies_or_with_nobody_is_a_dispute() -> None:
    make = maker()
    war = [make("clash", f"1999-0{month}-01", "harbour", "red", "blue") for month in (1, 2, 3)]
    joins = make("alliance", "1999-05-03", None, "green", "red", source_id="red_radio")
    neutral = make(
        "alliance", "1999-05-09", None, "green", source_id="monitor", rules=(FiredRule("neutrality", "type", 0, 5),)
    )
    (dispute,) = disputes(*war, joins, neutral)
    assert dispute.topic == "with whom: green"
    assert [position.says for position in dispute.positions] == ["green with red", "green with nobody"]
    other = make("alliance", "1999-05-09", None, "green", "blue", source_id="blue_radio")
    assert [position.says for position in disputes(*war, joins, other)[0].positions] == [
        "green with red",
        "green with blue",
    ]
    late = make("alliance", "1999-09-09", None, "green", "blue", source_id="blue_radio")
    assert disputes(*war, joins, late) == ()


def test_a_side_s_share_grows_and_is_a_dispute_on_one_day_only() -> None:
    def about(day: int) -> list[str]:
        make = maker()
        third = make(
            "control", "1999-05-03", "hill", "red", source_id="red_radio", control=("red", "holds", (0.3, 0.3))
        )
        half = make(
            "control", f"1999-05-0{day}", "hill", "red", source_id="monitor", control=("red", "holds", (0.5, 0.5))
        )
        return [dispute.about for dispute in disputes(third, half)]

    assert about(3) == ["holder"]
    assert about(8) == []


def test_where_all_of_the_battle_is_nobody_tells_all_from_a_part() -> None:
    def about(others: int) -> list[str]:
        make = maker()
        more = [make("clash", f"1998-05-{day:02}", "hill") for day in range(1, others)]
        whole = make("territory", "1999-05-03", "hill", "red", source_id="red_radio", control=("red", "gained"))
        part = make("territory", "1999-05-03", "hill", "red", source_id="monitor", control=("red", "partial"))
        return [dispute.about for dispute in disputes(*more, whole, part) if dispute.about == "holder"]

    assert about(3) == ["holder"]
    assert about(20) == []


def test_two_days_on_which_the_battle_began_are_a_dispute_unless_the_story_goes_on() -> None:
    begins = (FiredRule("begins", "type", 0, 5),)

    def about(*days: int) -> list[str]:
        make = maker()
        begun = [make("clash", f"1999-05-{day:02}", "hill", "red", "blue", rules=begins) for day in days]
        return [dispute.topic for dispute in disputes(*begun) if dispute.about == "when"]

    assert about(6, 3) == ["beginning"]
    assert about(3, 6) == []
    assert about(30, 3) == []
