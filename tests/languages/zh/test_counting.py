"""Counts in Chinese: the corpus beside the rules, round trips, and a peer as oracle."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zubda.extraction.values import CountMention
from zubda.languages.zh import fold
from zubda.languages.zh.counting import find_counts
from zubda.languages.zh.numerals import parse_numeral

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.zh").joinpath("corpus/counts.toml").read_text(encoding="utf-8")
)


def cases(table: str) -> list[tuple[str, str]]:
    return [(expected, form) for expected, forms in CORPUS[table].items() for form in forms]


def bounds(mention: CountMention) -> str:
    low, high = ("" if bound is None else str(bound) for bound in (mention.low, mention.high))
    return f"{'~' if mention.approximate else ''}{low}-{high}"


@pytest.mark.parametrize(("expected", "form"), cases("bounds"))
def test_a_count_has_its_bounds(expected: str, form: str) -> None:
    assert [bounds(mention) for mention in find_counts(fold(form))] == [expected]


@pytest.mark.parametrize(("expected", "form"), cases("share"))
def test_a_share_has_its_ratio(expected: str, form: str) -> None:
    ratios = [mention.ratio for mention in find_counts(fold(form)) if mention.unit == "share"]
    assert [f"{low:g}-{high:g}" for low, high in filter(None, ratios)] == [expected]


@pytest.mark.parametrize(("unit", "form"), cases("unit"))
def test_a_count_has_its_unit(unit: str, form: str) -> None:
    assert [mention.unit for mention in find_counts(fold(form))] == [unit]


@pytest.mark.parametrize("form", CORPUS["names"]["forms"])
def test_a_number_in_a_name_counts_nothing(form: str) -> None:
    assert {mention.unit for mention in find_counts(fold(form))} <= {"name"}


@pytest.mark.parametrize("form", CORPUS["nothing"]["forms"])
def test_what_is_no_count(form: str) -> None:
    assert [mention for mention in find_counts(fold(form)) if mention.unit not in ("name", "time", "ordinal")] == []


@pytest.mark.parametrize(
    ("form", "part"),
    [*((form, True) for form in CORPUS["parts"]["forms"]), *((form, False) for form in CORPUS["wholes"]["forms"])],
)
def test_parts_are_told_from_wholes(form: str, part: bool) -> None:
    assert [mention.part for mention in find_counts(fold(form))] == [part]


@settings(deadline=None)  # the peer is imported at the first number
@given(st.integers(1, 10**8))
def test_numerals_agree_with_cn2an(number: int) -> None:
    cn2an = pytest.importorskip("cn2an")
    for form in (cn2an.an2cn(number), str(number), f"{number:,}"):
        assert parse_numeral(form) == number


@given(st.integers(1, 99_999), st.sampled_from(("名士兵", "人", "辆坦克", "架飞机")))
def test_a_number_with_a_unit_comes_back(number: int, noun: str) -> None:
    (mention,) = find_counts(f"{number}{noun}")
    assert (mention.low, mention.high, mention.rule) == (number, number, "exact")


@given(st.integers(2, 5000), st.integers(1, 5000))
def test_ranges_come_back_in_order(low: int, more: int) -> None:
    (mention,) = find_counts(f"{low}到{low + more}名士兵")
    assert (mention.low, mention.high) == (low, low + more)


@given(
    st.text(
        alphabet="0123456789.,%一二两三四五六七八九十百千万亿零〇半成数几多余约至少到分之名人辆架个的和、其中-",
        max_size=24,
    )
)
def test_no_text_breaks_the_counts_and_mentions_do_not_overlap(text: str) -> None:
    end = 0
    for mention in find_counts(fold(text)):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.low is None or mention.high is None or mention.low <= mention.high
        end = mention.end
