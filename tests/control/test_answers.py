"""What the model answers on a small invented war."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from zubda.control import ControlModel, ControlOptions, LastClaimWins, fit
from zubda.control.views import divergence, divergence_array, source_key
from zubda.errors import UnknownNameError, UsageError
from zubda.model import Claim, Theatre

Say = Callable[..., Claim]
FIRST = date(2030, 1, 1)


def test_a_place_is_held_as_the_theatre_says_until_something_is_told(war: Theatre, say: Say) -> None:
    posterior = fit([say("2030-05-01", "fort", "blue", "gained")], war)
    assert isinstance(posterior, ControlModel)
    assert posterior.held("fort", date(2030, 4, 30)).holder == "red"
    assert posterior.held("fort", date(2030, 5, 1)).holder == "blue"
    assert posterior.held("ford", date(2030, 4, 30)).holder == "red"


def test_the_last_state_lasts_while_nothing_is_told(war: Theatre, say: Say) -> None:
    posterior = fit([say("2030-02-01", "fort", "blue", "gained")], war)
    assert posterior.held("fort", date(2030, 12, 30)).holder == "blue"
    assert posterior.held("fort", date(2030, 12, 30)).probability > 0.8


def test_a_part_taken_leaves_an_area_contested(war: Theatre, say: Say) -> None:
    posterior = fit(
        [say("2030-02-01", "north_quarter", "red", "holds"), say("2030-03-01", "north_quarter", "blue", "partial")], war
    )
    assert posterior.held("north_quarter", date(2030, 2, 15)).holder == "red"
    assert posterior.held("north_quarter", date(2030, 3, 5)).holder == "contested"


def test_a_sides_own_agency_is_believed_less_than_a_monitor(war: Theatre, say: Say) -> None:
    before = say("2030-02-01", "fort", "blue", "gained")
    chances = [
        fit([before, say("2030-03-01", "fort", "red", "gained", source=source)], war)
        .held("fort", date(2030, 3, 2))
        .probabilities["red"]
        for source in ("red_agency", "watch", None)
    ]
    assert chances[0] < chances[1] <= chances[2] + 0.02


def test_copies_of_one_origin_are_one_witness(war: Theatre, say: Say) -> None:
    claims = [say("2030-02-01", "fort", "blue", "gained")]
    once = fit([*claims, say("2030-03-01", "fort", "red", "gained", source="red_agency")], war)
    often = fit([*claims, *(say("2030-03-01", "fort", "red", "gained", source="red_agency") for _ in range(10))], war)
    assert often.held("fort", date(2030, 3, 1)).probabilities["red"] == pytest.approx(
        once.held("fort", date(2030, 3, 1)).probabilities["red"], abs=1e-6
    )


def test_a_denial_speaks_against_what_it_denies(war: Theatre, say: Say) -> None:
    claims = [say("2030-03-01", "fort", "blue", "gained", source="blue_radio")]
    denied = fit([*claims, say("2030-03-01", "fort", "blue", "gained", source="watch", polarity="deny")], war)
    assert (
        denied.held("fort", date(2030, 3, 1)).probabilities["blue"]
        < fit(claims, war).held("fort", date(2030, 3, 1)).probabilities["blue"]
    )


def test_what_is_said_of_a_city_is_said_of_its_quarters(war: Theatre, say: Say) -> None:
    posterior = fit([say("2030-06-01", "asor", "blue", "gained")], war)
    assert posterior.held("east_quarter", date(2030, 6, 2)).holder == "blue"
    assert posterior.held("ford", date(2030, 6, 2)).holder == "red"


def test_a_quarters_fall_is_not_the_citys(war: Theatre, say: Say) -> None:
    posterior = fit([say("2030-06-01", "east_quarter", "blue", "gained")], war)
    assert posterior.held("asor", date(2030, 6, 2)).holder != "blue"


def test_a_change_within_a_range_is_told_by_the_end_of_it(war: Theatre, say: Say) -> None:
    posterior = fit([say("2030-06-01/2030-06-20", "fort", "blue", "gained")], war)
    blue = [posterior.held("fort", FIRST + timedelta(days=day)).probabilities["blue"] for day in range(150, 172)]
    assert blue[0] < 0.3
    assert blue[-1] > 0.7
    assert all(later >= earlier - 1e-3 for earlier, later in itertools.pairwise(blue))


def test_the_claims_behind_an_answer_are_named_by_bits(war: Theatre, say: Say) -> None:
    claims = [
        say("2030-03-01", "fort", "blue", "gained"),
        say("2030-03-05", "fort", "red", "gained", source="red_agency"),
    ]
    posterior = fit(claims, war)
    moved = {influence.claim: influence.bits for influence in posterior.held("fort", date(2030, 3, 2)).claims}
    assert moved[claims[0].id] > 1.0
    held = posterior.held("fort", date(2030, 3, 2))
    without = posterior.changed().without(claims=[claims[0].id]).held("fort", date(2030, 3, 2))
    assert without.probabilities["blue"] < held.probabilities["blue"]


def test_bits_are_those_of_the_answer_without_the_claim(war: Theatre, say: Say) -> None:
    """With nothing relearned, taking a claim out changes the log odds by exactly the bits it was given."""
    options = ControlOptions(learn_tables=False, learn_hazards=False, neighbours=0.0, use_tempo=False)
    first, second = (
        say("2030-03-01", "fort", "blue", "gained"),
        say("2030-03-09", "fort", "blue", "holds", source="watch"),
    )
    day = date(2030, 3, 20)
    whole = fit([first, second], war, options=options).held("fort", day)
    part = fit([first], war, options=options).held("fort", day)
    bits = {influence.claim: influence.bits for influence in whole.claims}[second.id]

    def odds(chance: float) -> float:
        return float(np.log2(chance / (1 - chance)))

    assert bits == pytest.approx(odds(whole.probabilities["blue"]) - odds(part.probabilities["blue"]), abs=0.05)


def test_days_and_places_agree_however_they_are_asked(war: Theatre, say: Say) -> None:
    posterior = fit(
        [
            say("2030-03-01", "fort", "blue", "gained"),
            say("2030-03-03", "asor", type="clash", actor="blue", target="red"),
        ],
        war,
    )
    array = posterior.to_xarray()
    assert array.dims == ("place", "day", "side")
    for day in (date(2030, 2, 1), date(2030, 3, 1), date(2030, 3, 2), date(2030, 12, 31)):
        table = posterior.probabilities(day)
        assert np.allclose(array.sel(day=np.datetime64(day)).values, table, equal_nan=True)
        assert np.allclose(table[~np.isnan(table[:, 0])].sum(axis=1), 1.0)
        for at, name in enumerate(posterior.places):
            assert list(posterior.held(name, day).probabilities.values()) == pytest.approx(table[at].tolist())


def test_changes_are_spans_that_follow_each_other(war: Theatre, say: Say) -> None:
    posterior = fit([say("2030-03-01", "fort", "blue", "gained"), say("2030-06-01", "fort", "red", "gained")], war)
    spans = posterior.changes("fort")
    assert [span.holder for span in spans] == ["red", "blue", "red"]
    for one, other in itertools.pairwise(spans):
        assert one.ended == other.began
    assert spans[1].began.first <= date(2030, 3, 1) <= spans[1].began.last


def test_suppositions_bear_on_the_days_around(war: Theatre, say: Say) -> None:
    posterior = fit([say("2030-03-01", "fort", "blue", "gained")], war)
    supposed = posterior.supposing("fort", "red", date(2030, 3, 1))
    assert supposed.held("fort", date(2030, 3, 10)).holder == "red"
    assert posterior.held("fort", date(2030, 3, 10)).holder == "blue"
    with pytest.raises(UnknownNameError):
        posterior.supposing("fort", "green", date(2030, 3, 1))


def test_views_ask_only_the_sources_named(war: Theatre, say: Say) -> None:
    claims = [
        say("2030-03-01", "fort", "blue", "gained", source="blue_radio"),
        say("2030-03-01", "fort", "red", "holds", source="red_agency"),
    ]
    red, blue = fit(claims, war, view=["side:red"]), fit(claims, war, view=["blue_radio"])
    assert red.held("fort", date(2030, 3, 2)).holder == "red"
    assert blue.held("fort", date(2030, 3, 2)).holder == "blue"
    apart = divergence(red, blue, date(2030, 3, 2))
    assert apart["fort"] > 0.3 > apart["coast"]
    assert divergence(red, red, date(2030, 3, 2))["fort"] == pytest.approx(0.0, abs=1e-9)
    assert float(divergence_array(red, blue).sel(place="fort", day="2030-03-02")) == pytest.approx(apart["fort"])


def test_sources_of_a_view_go_by_any_name(war: Theatre) -> None:
    assert source_key(war, "plain watch") == "watch"
    assert source_key(war, "side:blue") == "side:blue"
    with pytest.raises(UnknownNameError) as caught:
        source_key(war, "blue radioo")
    assert caught.value.code == "unknown.source"


def test_views_of_two_wars_are_not_compared(war: Theatre, say: Say) -> None:
    other = Theatre("other", "1", {"en": "Other"}, {"red": war.sides["red"]}, places=war.places, first=war.first)
    claim = say("2030-03-01", "fort", "red", "gained")
    with pytest.raises(UsageError):
        divergence(fit([claim], war), fit([claim], other), date(2030, 3, 1))


def test_fits_are_the_same_each_time_and_on_each_engine(war: Theatre, say: Say) -> None:
    claims = [
        say(f"2030-{month:02}-10", "fort|ford", side, "gained")
        for month, side in zip(range(1, 12), ["red", "blue"] * 6, strict=False)
    ]
    one, two = fit(claims, war), fit(claims, war)
    slow = fit(claims, war, options=ControlOptions(engine="numpy"))
    for day in (date(2030, 2, 1), date(2030, 6, 15)):
        assert np.array_equal(one.probabilities(day), two.probabilities(day), equal_nan=True)
        assert np.allclose(one.probabilities(day), slow.probabilities(day), atol=1e-8, equal_nan=True)


def test_a_war_of_no_claims_is_what_the_theatre_says(war: Theatre) -> None:
    posterior = fit([], war)
    assert posterior.held("fort", FIRST).holder == "red"
    assert fit([], Theatre("empty", "1", {"en": "Empty"}, war.sides)).places == ()


def test_options_that_cannot_be_meant_are_refused() -> None:
    for wrong in ({"engine": "abacus"}, {"quiet_hazard": 0.0}, {"rounds": 0}):
        with pytest.raises(UsageError):
            ControlOptions(**wrong)


def test_the_last_claim_wins_where_it_is_the_method(war: Theatre, say: Say) -> None:
    model = LastClaimWins(
        [say("2030-03-01", "fort", "blue", "gained"), say("2030-04-01", "fort", "red", "gained")], war
    )
    assert model.held("fort", date(2030, 3, 15)).holder == "blue"
    assert model.held("fort", date(2030, 4, 15)).holder == "red"
    assert model.held("coast", date(2030, 4, 15)).holder is None


def test_a_geodataframe_has_a_point_for_each_place(war: Theatre, say: Say) -> None:
    pytest.importorskip("geopandas", reason="the extra `geo` is not installed")
    frame = fit([say("2030-03-01", "fort", "blue", "gained")], war).to_geodataframe(date(2030, 3, 2))
    assert len(frame) == len(war.places)
    assert frame.set_index("place").loc["fort", "holder"] == "blue"
    assert frame.crs.to_epsg() == 4326


def test_who_enters_what_another_left_has_the_whole(war: Theatre, say: Say) -> None:
    left = say("2030-03-01", "north_quarter", "red", "withdrew", type="withdrawal")
    posterior = fit(
        [
            say("2030-02-01", "north_quarter", "red", "holds"),
            left,
            say("2030-03-02", "north_quarter", "blue", "partial"),
        ],
        war,
    )
    assert posterior.held("north_quarter", date(2030, 3, 3)).holder == "blue"


def test_a_fight_told_blow_by_blow_is_one_fight(war: Theatre, say: Say) -> None:
    held = say("2030-02-01", "asor", "red", "holds")
    blows = [say(f"2030-03-{day:02}", "asor", type="clash", actor="blue", target="red") for day in range(1, 8)]
    assert fit([held, *blows], war).held("asor", date(2030, 3, 8)).holder == "red"


def test_holding_after_a_fight_settles_it(war: Theatre, say: Say) -> None:
    claims = [say("2030-03-01", "north_quarter", "blue", "partial"), say("2030-03-10", "north_quarter", "red", "holds")]
    posterior = fit(claims, war)
    during, after = (posterior.held("north_quarter", date(2030, 3, day)) for day in (5, 11))
    assert after.holder == "red"
    assert during.probabilities["contested"] > 2 * after.probabilities["contested"]


def test_rival_sources_do_not_outweigh_each_other_by_standing_later(war: Theatre, say: Say) -> None:
    claims = [
        say("2030-03-01", "fort", "blue", "gained"),
        say("2030-03-01", "fort", "red", "holds", source="red_agency"),
    ]
    assert fit(claims, war).held("fort", date(2030, 3, 2)).holder == "blue"


def test_a_neighbours_change_is_heard(war: Theatre, say: Say) -> None:
    options = ControlOptions(neighbours=0.0, spread=0.0)
    claims = [say("2030-03-01", "fort|ford|east_farm|west_farm", "blue", "gained")]
    near, alone = fit(claims, war), fit(claims, war, options=options)
    day = date(2030, 3, 10)
    assert near.held("mill", day).probabilities["blue"] > alone.held("mill", day).probabilities["blue"]


def test_shares_pull_the_places_inside(war: Theatre, say: Say) -> None:
    told = say("2030-06-01", "asor", "blue", "holds", share=(0.6, 0.7))
    posterior = fit([told], war)
    plain = fit([say("2030-06-01", "fort", "blue", "holds")], war)
    quarters = ("north_quarter", "south_quarter", "east_quarter")
    day = date(2030, 6, 1)
    assert sum(posterior.held(q, day).probabilities["blue"] for q in quarters) > sum(
        plain.held(q, day).probabilities["blue"] for q in quarters
    )


def test_a_gain_of_no_date_is_put_where_that_side_gained_most(war: Theatre, say: Say) -> None:
    """Twenty-odd dated gains early in March; one told only as "this year" is likelier then than in the autumn before it is undone."""
    names = ["north_quarter", "south_quarter", "east_quarter", "fort", "ford", "coast", "east_farm", "west_farm"]
    dated = [say(f"2030-03-{day:02}", name, "blue", "gained") for day in (1, 3, 5) for name in names]
    undated = [say("2030-01-01/2030-12-31", "mill", "blue", "gained"), say("2030-12-01", "mill", "red", "gained")]
    options = ControlOptions(neighbours=0.0, spread=0.0)
    early = fit([*dated, *undated], war, options=options).held("mill", date(2030, 4, 1)).probabilities["blue"]
    late = fit(undated, war, options=options).held("mill", date(2030, 4, 1)).probabilities["blue"]
    assert early > late + 0.1
