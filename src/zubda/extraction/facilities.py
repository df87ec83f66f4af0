"""Facilities that are named by what they are ("the artillery school", "Ramousah roundabout"), which no list of places holds.

Where what modifies a noun stands before it without a break, such a name begins at the verb or small word that it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.extraction.marks import Mark
from zubda.extraction.vocabulary import Lexeme
from zubda.languages.interface import Language

__all__ = ["name_facilities"]

REACH = 7
SETTLEMENTS = frozenset({"district", "town", "village", "province", "river", "island"})
PASSED = frozenset({"and", "the", "direction"})
FOUGHT_OVER = frozenset({"territory", "control", "withdrawal", "movement", "clash", "airstrike", "shelling", "siege"})
SINGLE = frozenset({"school", "police", "airbase"})
BOUNDARY = frozenset(
    {"at", "from", "toward", "toward_place", "object", "and", "the", "passive", "partial", "light", "use", "area"}
)


@lru_cache(maxsize=8)
def _tails(language: Language) -> AhoCorasick:
    forms = [tail for tail, kind in language.tails.items() if len(tail) > 1 and kind not in SETTLEMENTS]
    return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)


def name_facilities(document: str, folded: str, start: int, marks: list[Mark], language: Language) -> list[Mark]:
    """The marks of a sentence with every named facility made one mark of a place (``x:`` and its name).

    ``folded`` is the sentence folded, ``start`` its plain offset in the folded ``document``. A name that is not made of words
    that the vocabulary knows must stand there twice.
    """
    if not language.tails or not language.grammar.modifier_first:
        return marks
    matches = _tails(language).find_matches_as_indexes(folded)
    if not matches:
        return marks
    taken = [(mark.start, mark.end) for mark in marks if _taken(mark)]
    for _, low_end, high_end in matches:
        tail_start, end = start + low_end, start + high_end
        crossing = [(low, high) for low, high in taken if low < end and high > tail_start]
        if any(low < tail_start or high > end or (low, high) == (tail_start, end) for low, high in crossing):
            continue
        begin = _begin(folded, start, tail_start, marks, language)
        if begin is None:
            continue
        name = folded[begin - start : end - start]
        numbered = folded[begin - start : tail_start - start].isdigit()
        told = begin == tail_start or numbered or _whole(marks, begin, tail_start) or _twice(document, name)
        if not told and not _taken_there(marks, begin):
            continue
        inside = [mark for mark in marks if begin <= mark.start and mark.end <= end]
        if _of_civilians(inside, tail_start):
            continue
        facility = Mark(begin, end, Lexeme(places=("x:" + name,)))
        marks = sorted([*(mark for mark in marks if mark not in inside), facility], key=_start)
    return marks


def _of_civilians(inside: Sequence[Mark], tail: int) -> bool:
    """Whether it is a market, hospital or the like without a name of its own ("the central market"): who is struck, not where."""
    before, noun = [mark for mark in inside if mark.end <= tail], [mark for mark in inside if mark.start == tail]
    civil = bool(noun) and noun[0].term.people is not None and noun[0].term.people.side == "civ"
    return civil and bool(before) and all(mark.has("name_part") for mark in before)


def _taken_there(marks: Sequence[Mark], begin: int) -> bool:
    """Whether the name is the object of a capture, or in the list of what is captured: nothing but names and "and" since the verb."""
    for mark in reversed([mark for mark in marks if mark.end <= begin]):
        if mark.term.trigger is not None:
            return mark.term.trigger.type == "territory" and not mark.term.trigger.state
        if not (mark.lexeme.places or mark.name or mark.flags & PASSED):
            return False
    return False


def _twice(document: str, name: str) -> bool:
    first = document.find(name)
    return first >= 0 and document.find(name, first + len(name)) >= 0


def _taken(mark: Mark) -> bool:
    return bool(
        mark.lexeme.places or mark.lexeme.actor or mark.lexeme.source or mark.date or mark.term.trigger or mark.name
    )


def _begin(folded: str, start: int, tail: int, marks: Sequence[Mark], language: Language) -> int | None:
    """Where the name begins, None if nothing but a word of kind stands there or no boundary is near."""
    position = tail
    while True:
        before = next((mark for mark in marks if mark.start < position <= mark.end), None)
        if position == start or folded[position - start - 1] in PUNCTUATION | language.particles:
            break
        if before is None:
            position -= 1
        elif before.end == position and _joins(before):
            position = before.start
        else:
            break
        if tail - position > REACH and not _whole(marks, position, tail):
            return None
    particle = position > start and folded[position - start - 1] in language.particles
    if not particle and not _opens(folded, start, position, marks):
        return None
    name = folded[position - start : tail - start].strip()
    if not name and _alone(folded, start, tail, marks, language):
        return tail
    if not name and tail > start and _one_of_its_kind(folded, start, tail, language):
        return tail
    if not name or name in language.generic or any(name.startswith(word) for word in language.generic):
        return None
    return (
        position + len(folded[position - start : tail - start]) - len(folded[position - start : tail - start].lstrip())
    )


def _one_of_its_kind(folded: str, start: int, tail: int, language: Language) -> bool:
    """Whether a word of kind is made of another one, so that a place has but one of it: "the police school"."""
    rest = folded[tail - start :]
    form = max((form for form in language.tails if rest.startswith(form)), key=len)
    made = any(form.endswith(other) and other != form for other in language.tails)
    return made and language.tails[form] in SINGLE


def _alone(folded: str, start: int, tail: int, marks: Sequence[Mark], language: Language) -> bool:
    """Whether a place has but one of what the word names, and it is fought over, taken or left here."""
    rest = folded[tail - start :]
    form = max((form for form in language.tails if rest.startswith(form)), key=len)
    before = [mark for mark in marks if mark.end <= tail]
    while before and (before[-1].has("and") or before[-1].lexeme.places or before[-1].name):
        before.pop()
    if form not in language.alone or not before:
        return False
    verb = before[-1].term.trigger
    return bool(before[-1].has("at") or (verb is not None and verb.type in FOUGHT_OVER))


PUNCTUATION = frozenset(",;:.!?、。“”\"'《》「」()[] ")


def _joins(mark: Mark) -> bool:
    """Whether the word before can be part of the name: a place, an unknown name, a number of a name, people without a side."""
    if mark.lexeme.places or mark.name or mark.has("name_part"):
        return True
    if mark.count is not None:
        return mark.count.unit in ("none", "name")
    return (
        mark.term.people is not None
        and not mark.term.people.side
        and mark.term.trigger is None
        and not mark.lexeme.actor
    )


def _whole(marks: Sequence[Mark], begin: int, end: int) -> bool:
    """Whether marks that join cover the whole stretch."""
    return sum(mark.end - mark.start for mark in marks if begin <= mark.start and mark.end <= end) >= end - begin - 1


def _opens(folded: str, start: int, position: int, marks: Sequence[Mark]) -> bool:
    if position == start or folded[position - start - 1] in PUNCTUATION:
        return position > start
    before = next((mark for mark in marks if mark.end == position), None)
    if before is None:
        return False
    return bool(before.term.trigger or before.term.flags & BOUNDARY)


def _start(mark: Mark) -> int:
    return mark.start
