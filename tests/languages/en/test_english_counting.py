"""Numbers in English: the corpus beside the rules, and round trips."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.languages.en.counting import find_counts
from zubda.languages.en.numerals import parse_numeral
from zubda.languages.folding import fold_latin as fold

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.en").joinpath("corpus/counts.toml").read_text(encoding="utf-8")
)


def bounds(form: str) -> str:
    counts = [count for count in find_counts(fold(form)) if count.unit != "name"]
    assert counts, "no count found"
    low, high = counts[0].low, counts[0].high
    return f"{'' if low is None else low}/{'' if high is None else high}"


@pytest.mark.parametrize(
    ("expected", "form"), [(expected, form) for expected, forms in CORPUS["means"].items() for form in forms]
)
def test_a_number_has_its_bounds(expected: str, form: str) -> None:
    assert bounds(form) == expected


@pytest.mark.parametrize("form", CORPUS["approximate"]["forms"])
def test_a_hedge_is_kept(form: str) -> None:
    assert find_counts(fold(form))[0].approximate


@pytest.mark.parametrize("form", CORPUS["part"]["forms"])
def test_a_part_knows_that_it_is_one(form: str) -> None:
    assert [count.part for count in find_counts(fold(form))][-1]


@pytest.mark.parametrize(
    ("expected", "form"), [(expected, form) for expected, forms in CORPUS["share"].items() for form in forms]
)
def test_a_share_is_a_ratio(expected: str, form: str) -> None:
    low, high = map(float, expected.split("/"))
    assert find_counts(fold(form))[0].ratio == (low, high)


@pytest.mark.parametrize("form", CORPUS["names"]["forms"])
def test_a_number_in_a_name_counts_nothing(form: str) -> None:
    assert all(count.unit == "name" or count.low is None for count in find_counts(fold(form)))


@pytest.mark.parametrize("form", CORPUS["nothing"]["forms"])
def test_what_is_no_number(form: str) -> None:
    assert all(count.unit in ("name", "ordinal", "place") for count in find_counts(fold(form)))


@given(st.integers(1, 999_999))
def test_a_figure_with_and_without_commas_is_the_same(number: int) -> None:
    assert parse_numeral(f"{number:,}") == parse_numeral(str(number)) == number


@given(st.text(max_size=200))
def test_counts_stand_in_the_text_in_order(text: str) -> None:
    folded = fold(text)
    position = 0
    for count in find_counts(folded):
        assert position <= count.start < count.end <= len(folded)
        position = count.end
