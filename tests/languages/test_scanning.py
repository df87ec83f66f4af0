"""Rules are only tried where they can begin; that must never lose a match."""

from __future__ import annotations

import gc
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import import_module, resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.extraction.collecting import ALLOCATIONS, RareCollections
from zubda.languages import LANGUAGES, load_language
from zubda.languages.scanning import Taken, matches_from, starts_of

WORDS = st.lists(st.sampled_from([*"ab1二月 ", "12", "aab"]), max_size=30).map("".join)


@given(WORDS)
def test_matches_from_the_beginnings_are_all_matches(text: str) -> None:
    pattern = re.compile(r"(?:a|1)+(?:b|月)?")
    found = matches_from(pattern, text, starts_of(re.compile(r"[a1]"), text))
    assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]


def test_what_is_taken_is_claimed_once() -> None:
    taken = Taken(10)
    assert taken.claim(2, 5)
    assert not taken.claim(4, 7)
    assert taken.free(5, 10)
    assert taken.claim(5, 7)


def corpus_texts(code: str) -> Iterator[str]:
    """Every string that stands anywhere in a language's corpora, and some of them joined."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from strings(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from strings(inner)

    for path in resources.files(f"zubda.languages.{code}").joinpath("corpus").iterdir():
        found = list(strings(tomllib.loads(path.read_text(encoding="utf-8"))))
        yield from found
        yield from (" ".join(found[number : number + 6]) for number in range(0, len(found), 6))


def dates_by_every_rule(module: Any, folded: str) -> set[tuple[int, int]]:
    """The dates that the rules give when each is searched for everywhere, with what their words around make of them left out."""
    taken, found = Taken(len(folded)), set()
    for name, pattern, maker in module.DATE_RULES:
        for match in re.finditer(pattern, folded):
            if taken.free(*match.span()) and _made(maker, match, name) is not None:
                taken.claim(*match.span())
                found.add(match.span())
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_date_is_lost_by_looking_only_where_it_can_begin(code: str) -> None:
    language, module = load_language(code), import_module(f"zubda.languages.{code}.dating")
    checked = 0
    for text in corpus_texts(code):
        folded = language.fold(text)
        found = {(mention.start, mention.end) for mention in language.find_dates(folded)}
        if found:  # a text without a word that tells a date is left alone
            checked += 1
            assert found == dates_by_every_rule(module, folded), text
    assert checked > 100


def _made(maker: Callable[..., Any], match: re.Match[str], name: str) -> Any:
    try:
        return maker(match, name)
    except TypeError:
        return maker(match)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_count_is_lost_by_looking_only_where_its_words_are(code: str) -> None:
    language, module = load_language(code), import_module(f"zubda.languages.{code}.counting")
    held = 0
    for text in corpus_texts(code):
        folded = language.fold(text)
        for finder, core in module.FINDERS:
            possible = core.search(folded) if isinstance(core, re.Pattern) else any(word in folded for word in core)
            found = finder(folded)
            held += len(found)
            assert possible or not found, (finder.__name__, text)
    assert held > 100


@pytest.mark.parametrize("fails", [False, True])
def test_the_collector_is_set_back(fails: bool) -> None:
    before = gc.get_threshold()
    try:
        with RareCollections(), RareCollections():
            assert gc.get_threshold()[0] >= ALLOCATIONS
            if fails:
                raise ValueError
    except ValueError:
        pass
    assert gc.get_threshold() == before
