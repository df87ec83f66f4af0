"""Chains of places: which of them only tells where the next one lies ("the village Y north of X")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zubda.extraction.marks import Mark, Sentence
from zubda.languages.interface import Language
from zubda.model import PlaceMention

__all__ = ["NAMED", "Located", "between", "lies_in", "located_by"]

CHAIN_GAP = 24
HEADQUARTERS = "headquarters"
COMMON = frozenset({"industrial", "crossing", "poi"})
NAMED = frozenset(
    {"city", "district", "town", "village", "province", "region", "river", "island", "country", "area", ""}
)


@dataclass(frozen=True, slots=True)
class Located:
    """A place mention with its plain range and the word classes that govern it.

    ``outer`` tells that it only says where the next one lies ("X" in "the village Y north of X"), ``listed`` that it is joined to
    another one by "and".
    """

    start: int
    end: int
    index: int
    mention: PlaceMention
    governed: frozenset[str]
    kind: str = ""
    outer: bool = False
    listed: bool = False


def between(sentence: Sentence, found: list[Located]) -> list[Located]:
    """The places with two that another one lies between marked outer: "the town X between A and B"."""
    if "direction_between" not in sentence.flags:
        return found
    marks = sentence.marks
    for number in range(len(found) - 2):
        one, other, middle = found[number : number + 3]
        joined = any(mark.has("and") for mark in marks[one.index + 1 : other.index])
        apart = marks[other.index + 1 : middle.index]
        lies = any(mark.has("direction_between") for mark in apart) and any(mark.has("the") for mark in apart)
        if joined and lies and not any(mark.term.trigger for mark in apart):
            found[number], found[number + 1] = replace(one, outer=True), replace(other, outer=True)
    return found


def located_by(sentence: Sentence, found: list[Located]) -> list[Located]:
    """The places with those marked outer that only tell where something lies: all of a list before it, and in "it lies near X"."""
    marks = sentence.marks
    if "adjoining" in sentence.flags:
        found = [replace(place, outer=place.outer or _adjoins(marks, place.index)) for place in found]
    if "located" not in sentence.flags:
        return found
    for number in range(len(found) - 2, -1, -1):
        place, after = found[number], found[number + 1]
        between = marks[place.index + 1 : after.index]
        joined = after.outer and any(mark.has("and") for mark in between) and len(between) <= 3
        if joined and any(mark.has("located") for mark in marks[max(0, place.index - 2) : place.index]):
            found[number] = replace(place, outer=True)
    for number, place in enumerate(found):
        lies = next((at for at in range(place.index - 1, 0, -1) if marks[at].has("located")), None)
        if lies is None or not (marks[lies - 1].has("place_pronoun") or _told_where(found, lies - 1)):
            continue
        if not any(mark.has("and") or mark.lexeme.places for mark in marks[lies + 1 : place.index]):
            found[number] = replace(place, outer=True)
    return found


def _adjoins(marks: list[Mark], index: int) -> bool:
    """Whether the place is only what another one borders on: "X, which adjoins Y"."""
    after = [mark for mark in marks[index + 1 : index + 3] if not mark.has("tail")]
    return index > 0 and marks[index - 1].has("with") and bool(after) and after[0].has("adjoining")


def unnamed(sentence: Sentence, found: list[Located], language: Language) -> list[Located]:
    """The places without facilities that have no name of their own: "a station in X" happened in X (codebook rule 13).

    Those are told of by an indefinite number ("a", "two"), or are called by nothing but what they are.
    """
    kept: list[Located] = []
    for place in found:
        inside = bool(kept) and kept[-1].outer and lies_in(sentence, kept[-1], place, language)
        if inside and _of_owner(sentence, place, language):
            kept[-1] = replace(kept[-1], outer=False)
        elif place.kind in NAMED or not (
            _indefinite(sentence, place, language)
            or (inside and place.kind in COMMON and _common(sentence, place, language))
        ):
            kept.append(place)
        elif inside:
            kept[-1] = replace(kept[-1], outer=False)
    return kept


def _of_owner(sentence: Sentence, place: Located, language: Language) -> bool:
    """Whether a place is called by nothing but whose it is: "the brigade's headquarters"."""
    name = sentence.folded[place.start - sentence.start : place.end - sentence.start]
    return any(kind == HEADQUARTERS and name.endswith(tail) for tail, kind in language.tails.items())


def _indefinite(sentence: Sentence, place: Located, language: Language) -> bool:
    """Whether a number of buildings counts the place, right before it or before what modifies it."""
    folded = sentence.folded
    inside = language.find_counts(folded[place.start - sentence.start : place.end - sentence.start])
    if inside and not inside[0].start and inside[0].unit == "building":
        return True
    for mark in reversed(sentence.marks[: place.index]):
        if mark.count is not None and mark.count.unit == "building":
            modified = sentence.marks[place.index - 1]
            adjacent = mark is modified or (modified.has("the") and place.start - mark.end <= CHAIN_GAP)
            return adjacent and modified.end == place.start
        if (mark.term.people is not None and mark.term.people.what == "buildings") or mark.has("and"):
            return False
    return False


def _common(sentence: Sentence, place: Located, language: Language) -> bool:
    """Whether a place is called by nothing but a noun for its kind: "the military hospital"."""
    name = sentence.folded[place.start - sentence.start : place.end - sentence.start]
    return any(
        name.endswith(tail) and (name == tail or name[: -len(tail)] in language.generic) for tail in language.tails
    )


def _told_where(found: Sequence[Located], index: int) -> bool:
    """Whether a place at a mark is what the sentence begins with, to tell where it lies ("X lies in Y, ...")."""
    return bool(found) and found[0].index == index == 0


def lies_in(sentence: Sentence, outer: Located, inner: Located, language: Language) -> bool:
    """Whether only words of direction, distance and kind stand between two places, so that the first one locates the second."""
    gap = inner.start - outer.end
    if gap > CHAIN_GAP:
        return False
    rest = [sentence.folded[outer.end - sentence.start : inner.start - sentence.start]]
    linked = gap == 0
    for mark in sentence.marks[outer.index + 1 : inner.index]:
        if mark.has("located"):
            return False
        if (
            mark.has("direction")
            or mark.has("the")
            or mark.count
            or mark.has("at")
            or mark.has("partial")
            or mark.has("tail")
            or mark.has("area")
        ):
            linked = True
        elif not mark.term.people:
            return False
        word = sentence.folded[mark.start - sentence.start : mark.end - sentence.start]
        before, _, after = rest.pop().partition(word)
        if not _only_tail(before, language):
            return False
        linked = linked or bool(before.strip())
        rest = [after]
    return _only_tail(rest[0], language) and (linked or bool(rest[0].strip()) or gap <= 1)


def _only_tail(text: str, language: Language) -> bool:
    bare = text.strip()
    return not bare or bare in language.strip or bare in language.tails
