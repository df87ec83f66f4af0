"""Ranges of days: inclusive ends, overlap and gap."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.model import DayRange

ranges = st.tuples(st.dates(), st.dates()).map(lambda pair: DayRange(min(pair), max(pair)))


def test_a_month_is_the_whole_month() -> None:
    assert DayRange.of_month(2012, 2).as_list() == ["2012-02-01", "2012-02-29"]
    assert DayRange.of_month(2012, 12).as_list() == ["2012-12-01", "2012-12-31"]


def test_a_range_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        DayRange(date(2012, 7, 2), date(2012, 7, 1))


@given(ranges, ranges)
def test_overlap_and_gap_exclude_each_other(a: DayRange, b: DayRange) -> None:
    assert a.overlap(b) == b.overlap(a)
    assert a.gap(b) == b.gap(a)
    assert (a.overlap(b) > 0) <= (a.gap(b) == 0)


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [("2012-07-01", "2012-07-01", "day"), ("2012-07-01", "2012-07-10", "days"), ("2012-07-01", "2012-07-31", "month")],
)
def test_precision_is_told_by_length(first: str, last: str, precision: str) -> None:
    assert DayRange(date.fromisoformat(first), date.fromisoformat(last)).precision == precision
