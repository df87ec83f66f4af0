"""Where a frame happens: the places of its clause, of the sentence, or of the sentence before (codebook, ``places``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zubda.extraction.frames import Frame
from zubda.extraction.marks import Sentence
from zubda.extraction.parties import Group
from zubda.gazetteer import Gazetteer
from zubda.languages.interface import Language
from zubda.model import PlaceMention, Theatre

__all__ = ["Located", "choose_places", "find_places"]

OBJECT_TYPES = frozenset(
    {"territory", "siege", "shelling", "airstrike", "withdrawal", "movement", "control", "clash", "destruction"}
)
ROUTE_TYPES = frozenset({"supply", "withdrawal", "movement", "displacement"})
WIDE = frozenset({"country"})


@dataclass(frozen=True, slots=True)
class Located:
    """A place mention with its plain range and the word class that governs it."""

    start: int
    end: int
    mention: PlaceMention
    governed: frozenset[str]
    kind: str = ""


def find_places(
    sentence: Sentence, groups: Sequence[Group], gazetteer: Gazetteer, language: Language, unknown: Mapping[str, str]
) -> list[Located]:
    """The places that a sentence names, left to right; names in brackets after a place are the same place."""
    used = {index for group in groups for party in group.parties for index in range(party.first, party.last + 1)}
    found: list[Located] = []
    for index, mark in enumerate(sentence.marks):
        if index in used:
            continue
        surface = sentence.surface(mark.start, mark.end)
        if mark.lexeme.places:
            mention = gazetteer.locate(surface)
            if mention.place is None:
                mention = PlaceMention(surface, mark.lexeme.places[0], 0.6)
            kind = gazetteer.places[mention.place].kind if mention.place in gazetteer.places else ""
        elif mark.name:
            named = _unknown_place(sentence, index, gazetteer, language)
            if named is None:
                continue
            mention, kind = named, ""
        else:
            continue
        start, end = mark.start, mark.end
        if found and _bracketed(sentence, found[-1], start, end):
            continue
        found.append(Located(start, end, mention, _governor(sentence, index), kind))
    return found


def _bracketed(sentence: Sentence, before: Located, start: int, end: int) -> bool:
    between = sentence.surface(before.end, start)
    return between in ("(", "（", " (", " （") and sentence.surface(end, end + 1) in (")", "）", "")


def _unknown_place(sentence: Sentence, index: int, gazetteer: Gazetteer, language: Language) -> PlaceMention | None:
    """A name that nobody knows is a place if what follows it says so, or if a word of place governs it."""
    mark = sentence.marks[index]
    rest = sentence.folded[mark.end - sentence.start : mark.end - sentence.start + 8].lstrip()
    tail = next((tail for tail in language.strip + tuple(language.tails) if rest.startswith(tail)), "")
    kind = language.tails.get(tail)
    before = sentence.marks[index - 1] if index else None
    governed = before is not None and mark.start - before.end <= 1 and (before.has("at") or before.has("toward_place"))
    surface = sentence.surface(mark.start, mark.end)
    located = gazetteer.locate(surface, kind)
    if located.place is not None:
        return located
    if not (tail or governed):
        return None
    return PlaceMention(surface, "x:" + "_".join(surface.casefold().split()), 0.5, located.others)


def _governor(sentence: Sentence, index: int) -> frozenset[str]:
    mark = sentence.marks[index]
    for other in range(index - 1, max(-1, index - 8), -1):
        before = sentence.marks[other]
        if before.has("and") or before.lexeme.places or before.has("the") or before.name or before.has("partial"):
            continue
        if mark.start - before.end > 20 and not before.has("from"):
            return frozenset()
        return before.term.flags & frozenset({"from", "toward_place", "at", "toward", "with"})
    return frozenset()


def choose_places(
    frame: Frame,
    sentence: Sentence,
    places: Sequence[Located],
    theatre: Theatre | None,
    carried: tuple[PlaceMention, ...],
) -> tuple[tuple[PlaceMention, ...], str, tuple[int, int]]:
    """Places of a frame, the rule that chose them, and the plain range they stand in."""
    start = sentence.clause_ends[frame.clause - 1] if frame.clause else sentence.start
    end = sentence.clause_ends[frame.clause]
    fitting = [place for place in places if _fits(place, frame)]
    here = [place for place in fitting if start <= place.start < end]
    after = [place for place in here if place.start >= frame.end]
    before = [place for place in here if place.start < frame.start]
    if frame.trigger.change == "fell" and before:
        return _result(before, theatre, "place_falls")
    if after and frame.type in OBJECT_TYPES and not frame.trigger.noun:
        return _result(after, theatre, "place_after_verb")
    if before or after:
        return _result(before or after, theatre, "place_in_clause")
    earlier = [place for place in fitting if place.start < start]
    if earlier:
        clause = sentence.clause_of(earlier[-1].start)
        return _result(
            [place for place in earlier if sentence.clause_of(place.start) == clause], theatre, "place_of_clause_before"
        )
    if carried and (_points_back(sentence, frame) or frame.clause or frame.type != "statement"):
        return carried, "place_of_sentence_before", (frame.start, frame.end)
    return (), "", (frame.start, frame.end)


def _points_back(sentence: Sentence, frame: Frame) -> bool:
    return any(mark.has("place_pronoun") for mark in sentence.marks)


def _fits(place: Located, frame: Frame) -> bool:
    if "from" in place.governed and frame.type not in ROUTE_TYPES:
        return False
    if "toward_place" in place.governed and frame.type not in ROUTE_TYPES:
        return False
    return place.kind not in WIDE


def _result(
    places: Sequence[Located], theatre: Theatre | None, rule: str
) -> tuple[tuple[PlaceMention, ...], str, tuple[int, int]]:
    """Most specific places only: a city named beside its district is where the district lies, not where it happened."""
    ids = [place.mention.place for place in places]
    above = {outer for place in ids if place and theatre for outer in theatre.ancestors(place)}
    kept: dict[str, PlaceMention] = {}
    for place in places:
        key = place.mention.place or place.mention.surface
        if key not in above and key not in kept:
            kept[key] = place.mention
    return tuple(kept.values()), rule, (places[0].start, places[-1].end)
