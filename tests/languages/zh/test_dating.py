"""Dates in Chinese: the corpus beside the rules, round trips, and a peer as oracle."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest
from dated import days, governed, said
from hypothesis import given, settings
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.extraction.dating import RunningDate
from zubda.extraction.when import dates_of
from zubda.languages import load_language
from zubda.languages.zh import fold
from zubda.languages.zh.date_search import find_dates
from zubda.model import DayRange

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.zh").joinpath("corpus/dates.toml").read_text(encoding="utf-8")
)


def cases(table: str) -> Iterator[tuple[str, str, str]]:
    for group in CORPUS[table]:
        for expected, forms in group.get("means", {}).items():
            yield from ((group["day"], form, expected) for form in forms)
        yield from ((group["day"], form, "none") for form in group.get("untold", {}).get("forms", ()))


@pytest.mark.parametrize(("day", "form", "expected"), list(cases("governing")))
def test_a_date_means_its_days(day: str, form: str, expected: str) -> None:
    mentions = find_dates(fold(form))
    assert mentions, "no date found"
    assert said(governed(day).meaning(mentions[0])) == expected


@pytest.mark.parametrize(("day", "form", "expected"), list(cases("reach")))
def test_words_around_a_date_bound_it(day: str, form: str, expected: str) -> None:
    assert said(governed(day).resolve(find_dates(fold(form))[0])) == expected


@pytest.mark.parametrize("form", CORPUS["nothing"]["forms"])
def test_what_is_no_date(form: str) -> None:
    assert find_dates(fold(form)) == []


@pytest.mark.parametrize("form", CORPUS["lasting"]["forms"])
def test_a_length_of_time_dates_nothing(form: str) -> None:
    assert {mention.kind for mention in find_dates(fold(form))} == {"duration"}


@pytest.mark.parametrize("account", CORPUS["account"], ids=lambda account: account["text"].split()[0])
def test_an_account_is_dated_from_its_start_to_its_end(account: dict[str, Any]) -> None:
    document = read_document(account["text"].encode(), origin="account.md", language="zh")
    assert [said(found) for _, _, _, found in dates_of(document, load_language("zh"))] == account["days"]


@given(
    st.dates(date(1500, 1, 1), date(2399, 12, 31)),
    st.sampled_from(("{0}年{1}月{2}日", "{0}-{1}-{2}", "{0}/{1:02}/{2:02}")),
)
def test_a_full_date_comes_back(day: date, form: str) -> None:
    mentions = find_dates(form.format(day.year, day.month, day.day))
    assert RunningDate().meaning(mentions[0]) == DayRange.of_day(day)


@given(st.dates(date(1900, 1, 2), date(2100, 1, 1)), st.integers(1, 99))
def test_days_after_and_before_are_counted(day: date, number: int) -> None:
    for form, sign in ((f"{number}天后", 1), (f"{number}天前", -1)):
        moved = governed(day.isoformat()).meaning(find_dates(form)[0])
        assert moved == DayRange.of_day(day + timedelta(days=sign * number))


@given(
    st.text(alphabet="12年月日号天周星期前后初中底至到、，。（）第二三十公元民国前自以来上下旬当同次-/", max_size=24)
)
def test_no_text_breaks_the_dates_and_mentions_do_not_overlap(text: str) -> None:
    running = RunningDate(date(2031, 5, 10))
    end = 0
    for mention in find_dates(fold(text)):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        running.resolve(mention)


@settings(deadline=None)  # the peer reads its dictionaries at the first date
@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(0, 20))
def test_full_dates_and_ranges_agree_with_jionlp(day: date, length: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jionlp = pytest.importorskip("jionlp")
    last = day + timedelta(days=length)
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日至{last.year}年{last.month}月{last.day}日",
        f"{day.year}年{day.month}月下旬",
    ):
        first, end = (moment[:10] for moment in jionlp.parse_time(text)["time"])
        assert said(RunningDate().meaning(find_dates(text)[0])) == said(days(f"{first}/{end}"))
