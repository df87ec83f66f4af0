"""Dates in English: the corpus beside the rules, and round trips."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest
from dated import governed, said
from hypothesis import given
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.extraction.dating import RunningDate
from zubda.extraction.when import dates_of
from zubda.languages import load_language
from zubda.languages.en.dating import find_dates
from zubda.languages.folding import fold_latin as fold
from zubda.model import DayRange

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.en").joinpath("corpus/dates.toml").read_text(encoding="utf-8")
)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def cases() -> Iterator[tuple[str, str, str]]:
    for group in CORPUS["governing"]:
        for expected, forms in group["means"].items():
            yield from ((group["day"], form, expected) for form in forms)


@pytest.mark.parametrize(("day", "form", "expected"), list(cases()))
def test_a_date_means_its_days(day: str, form: str, expected: str) -> None:
    mentions = find_dates(fold(form))
    assert mentions, "no date found"
    assert said(governed(day).meaning(mentions[0])) == expected


@pytest.mark.parametrize("form", CORPUS["nothing"]["forms"])
def test_what_is_no_date(form: str) -> None:
    assert find_dates(fold(form)) == []


@pytest.mark.parametrize("form", CORPUS["lasting"]["forms"])
def test_a_length_of_time_dates_nothing(form: str) -> None:
    assert {mention.kind for mention in find_dates(fold(form))} == {"duration"}


@pytest.mark.parametrize("account", CORPUS["account"], ids=lambda account: account["text"].split()[0])
def test_an_account_is_dated_from_its_start_to_its_end(account: dict[str, Any]) -> None:
    document = read_document(account["text"].encode(), origin="account.md", language="en")
    found = [said(days) for *_, days in dates_of(document, load_language("en"))]
    assert found == account["days"]


@given(
    st.dates(date(1500, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "the {d}th of {m} {y}"]),
)
def test_a_full_date_comes_back(day: date, form: str) -> None:
    text = form.format(d=day.day, m=MONTHS[day.month - 1], y=day.year)
    mentions = find_dates(fold(text))
    assert len(mentions) == 1
    assert RunningDate().meaning(mentions[0]) == DayRange.of_day(day)


@given(st.integers(2, 60))
def test_so_many_days_later_is_so_many_days_later(count: int) -> None:
    start = date(2031, 5, 10)
    found = governed(start.isoformat()).meaning(find_dates(f"{count} days later, the town fell")[0])
    assert found == DayRange.of_day(start + timedelta(days=count))


@given(st.text(max_size=200))
def test_dates_stand_in_the_text_in_order(text: str) -> None:
    folded = fold(text)
    position = 0
    for mention in find_dates(folded):
        assert position <= mention.start < mention.end <= len(folded)
        position = mention.end
