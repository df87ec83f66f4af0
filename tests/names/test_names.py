"""One name in many spellings, and names that are not one: the corpus beside the keys."""

from __future__ import annotations

import tomllib
from importlib import resources
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.names import letter_key, name_similarity, skeleton_key, sound_key, sound_similarity

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.names").joinpath("corpus/spellings.toml").read_text(encoding="utf-8")
)
SURE = 0.8


def pairs(script: str) -> list[tuple[str, str]]:
    return [pair for group in CORPUS[script]["same"] for pair in combinations(group, 2)]


@pytest.mark.parametrize(("one", "other"), pairs("latin"))
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert name_similarity(one, other) >= SURE


@pytest.mark.parametrize(("one", "other"), CORPUS["latin"]["different"])
def test_other_names_are_not(one: str, other: str) -> None:
    assert name_similarity(one, other) < SURE


@pytest.mark.parametrize(("one", "other"), pairs("han"))
def test_a_name_written_by_sound_sounds_like_itself(one: str, other: str) -> None:
    assert sound_similarity(one, other) >= SURE


@pytest.mark.parametrize(("one", "other"), CORPUS["han"]["different"])
def test_other_names_sound_different(one: str, other: str) -> None:
    assert sound_similarity(one, other) < SURE


def test_a_name_that_is_not_written_by_sound_has_none() -> None:
    assert sound_key("青石镇") == ""


NAMES = st.text(alphabet="abcdeghiklmnoprstuvwyz' -АБВгдежЯ萨拉赫丁阿尔", max_size=16)


@given(NAMES, NAMES)
def test_likeness_is_a_share_that_goes_both_ways(one: str, other: str) -> None:
    for likeness in (name_similarity, sound_similarity):
        assert 0.0 <= likeness(one, other) <= 1.0
        assert likeness(one, other) == pytest.approx(likeness(other, one))


@given(NAMES)
def test_keys_of_keys_are_keys(name: str) -> None:
    key = letter_key(name)
    assert letter_key(key) == key or key.startswith(("al", "el", "as", "ad", "ar", "az", "an", "at", "ul"))
    assert skeleton_key(name) == skeleton_key(name.upper())


def test_an_apostrophe_behind_the_article_is_no_letter_of_the_name() -> None:
    assert letter_key("Al-'Amariyah") == letter_key("Amariyah")
    assert letter_key("al-’Atarib") == letter_key("Atarib")
