"""Tolls over events: what is added, what is inside something else, how it is broken down."""

import itertools
from datetime import date
from pathlib import Path

import pytest

from zubda.errors import UnknownNameError, UsageError
from zubda.reconciliation import plot_series, reconcile


@pytest.fixture
def war(theatre, make):  # type: ignore[no-untyped-def]
    """A strike in May, a fight in June, and a count of all of June that holds the fight."""
    claims = [
        make(
            "airstrike", "1999-05-03", "market", "red", "civ", source_id="monitor", counts=[("killed", "civ", 10, 12)]
        ),
        make("clash", "1999-06-10", "hill", "blue", "red", source_id="blue_radio", counts=[("killed", "red", 4, None)]),
        make("casualties", "1999-06-01/1999-06-30", "hill", source_id="monitor", counts=[("killed", "red", 20, 20)]),
    ]
    return reconcile(claims, theatre)


def test_a_longer_count_holds_the_days_inside_it(war) -> None:  # type: ignore[no-untyped-def]
    red = next(row for row in war.tolls(side="red"))
    assert (red.low, red.best, red.high) == (20, 20, 20)
    assert len(red.events) == len(red.inside) == 1


def test_sums_by_side_stand_beside_that_of_all(war) -> None:  # type: ignore[no-untyped-def]
    found = {row.key: (row.low, row.best, row.high) for row in war.tolls(what="killed")}
    assert found == {"all": (30, 31, 32), "civ": (10, 11, 12), "red": (20, 20, 20)}


def test_time_and_place_choose(war) -> None:  # type: ignore[no-untyped-def]
    may = war.tolls(date(1999, 5, 1), date(1999, 5, 31), by="month")
    assert [(row.key, row.best) for row in may] == [("1999-05", 11)]
    assert [row.key for row in war.tolls(place="port", by="place")] == ["market"]
    assert war.tolls(date(2000, 1, 1)) == ()


def test_an_event_that_reaches_beyond_the_time_is_not_counted_in_it(war) -> None:  # type: ignore[no-untyped-def]
    assert [row.best for row in war.tolls(date(1999, 6, 5), date(1999, 6, 30), side="red")] == [4]


def test_by_source_and_by_perpetrator(war) -> None:  # type: ignore[no-untyped-def]
    assert {row.key: row.best for row in war.tolls(by="source", side="civ")} == {"monitor": 11}
    assert {row.key: row.best for row in war.tolls(by="perpetrator", side="civ")} == {"red": 11}


def test_a_series_only_grows_and_carries_its_band(war) -> None:  # type: ignore[no-untyped-def]
    for points in war.series().values():
        assert [point.day for point in points] == sorted({point.day for point in points})
        for before, after in itertools.pairwise(points):
            assert before.low <= after.low
            assert before.best <= after.best
        assert all(point.low <= point.best <= point.high for point in points)


def test_how_many_there_are_is_told_and_never_added(theatre, make) -> None:  # type: ignore[no-untyped-def]
    claims = [
        make("strength", "1999-05-03", "market", "red", counts=[("fighters", "red", 400, 400)]),
        make("strength", "1999-05-20", "hill", "red", counts=[("fighters", "red", 900, 900)]),
        make("movement", "1999-05-21", "hill", "red", counts=[("tanks", "red", 9, 9)]),
        make("destruction", "1999-07-21", "hill", "blue", "red", counts=[("tanks", "red", 2, 2)]),
        make("destruction", "1999-08-21", "hill", "blue", "red", counts=[("tanks", "red", 1, 1)]),
    ]
    result = reconcile(claims, theatre)
    assert {row.what: (row.best, len(row.events), len(row.inside)) for row in result.tolls(side="red")} == {
        "fighters": (900, 1, 1),
        "tanks": (3, 2, 0),
    }


def test_what_cannot_be_asked_is_said(war) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError, match="broken down"):
        war.tolls(by="weather")
    with pytest.raises(UsageError, match="no kind of harm"):
        war.tolls(what="annoyed")
    with pytest.raises(UnknownNameError, match="no side"):
        war.tolls(side="green")


def test_a_plot_is_written_in_the_format_of_its_ending(war, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pytest.importorskip("matplotlib")
    plot_series(war.series(), tmp_path / "toll.svg", "Killed")
    assert "<svg" in (tmp_path / "toll.svg").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="plot"):
        plot_series(war.series(), tmp_path / "toll.xyz")
