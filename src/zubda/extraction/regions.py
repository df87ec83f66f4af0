"""Where a frame happens, in a language whose verbs change their form: in the region of its predicate first (codebook, ``places``)."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.frames import Frame
from zubda.extraction.locating import Located
from zubda.extraction.marks import Sentence
from zubda.model import PlaceMention

__all__ = ["places_by_region"]

OBJECT_TYPES = frozenset({"territory", "siege", "control", "withdrawal", "destruction", "supply"})
LEAVING = frozenset({"withdrawal", "displacement"})
NOWHERE = frozenset({"alliance", "defection", "strength"})
LOOSE = frozenset({"statement", "other"})
WIDE = frozenset({"country", "river"})
DRIVING = "drive"
MANY = 3


def places_by_region(
    frame: Frame,
    sentence: Sentence,
    places: Sequence[Located],
    carried: tuple[PlaceMention, ...],
    paragraph: bool = False,
) -> tuple[list[Located], tuple[PlaceMention, ...], str]:
    """The places of a frame, or those carried over from the text before, and the rule that chose them.

    ``paragraph`` tells that the places carried over were told in the same paragraph.
    """
    fitting = [place for place in places if place.kind not in WIDE]
    inner = [place for place in fitting if _inside(place, frame)]
    start, end = frame.region
    after = [place for place in inner if start <= place.start < end]
    low = sentence.clause_ends[frame.clause - 1] if frame.clause else sentence.start
    before = [place for place in inner if low <= place.start < frame.start]
    subject = [place for place in before if not place.governed]
    if (frame.passive or frame.trigger.change == "fell") and subject and frame.type in OBJECT_TYPES:
        return subject, (), "place_falls"
    if frame.type == "withdrawal":
        after = [place for place in after if not _goal(sentence, place)] or after
    if after:
        return _done_to(after, frame) + _listed(sentence, frame, inner), (), "place_after_verb"
    rest = [place for place in inner if end <= place.start < sentence.clause_ends[frame.clause]]
    if before or rest:
        return before or rest, (), "place_in_clause"
    for clause in _neighbours(sentence, frame):
        low = sentence.clause_ends[clause - 1] if clause else sentence.start
        there = [place for place in inner if low <= place.start < sentence.clause_ends[clause]]
        if there:
            return there, (), "place_of_clause_before" if clause < frame.clause else "place_of_clause_after"
    own = [place for place in places if start <= place.start < end]
    driven = [place for place in own if "from" in place.governed and place.kind not in WIDE]
    if driven and (frame.type == "clash" or frame.trigger.rule == DRIVING) and not frame.nominal:
        return driven, (), "place_after_verb"  # "were driven from X"
    roads = [place for place in own if "toward_place" in place.governed]
    if roads:
        return roads, (), "place_of_road"
    wide = [place for place in own if place.kind in WIDE and place.governed & {"at", "toward"}]
    if wide:
        return wide, (), "place_in_clause"
    begin = sentence.clause_ends[frame.clause - 1] if frame.clause else sentence.start
    told = [place for place in places if "toward_place" in place.governed and place.start < begin]
    if told and frame.type in OBJECT_TYPES:
        return told, (), "place_of_clause_before"  # "attacked south of X, taking four villages"
    if carried and _goes_on(frame, sentence, carried, paragraph):
        return [], carried, "place_of_sentence_before"
    return [], (), ""


def _listed(sentence: Sentence, frame: Frame, places: Sequence[Located]) -> list[Located]:
    """Places of the clause after the frame's that only goes on with a list: "several towns near X, including Y and Z"."""
    if frame.clause + 1 >= len(sentence.clause_ends) or frame.region[1] < sentence.clause_ends[frame.clause]:
        return []
    marks = sentence.in_clause(frame.clause + 1)
    if (
        not marks
        or not marks[0].has("and")
        or any(mark.term.trigger or mark.term.speech or mark.date for mark in marks)
    ):
        return []
    start, end = sentence.clause_ends[frame.clause], sentence.clause_ends[frame.clause + 1]
    return [place for place in places if start <= place.start < end]


def _goal(sentence: Sentence, place: Located) -> bool:
    """Whether a place is where somebody goes: "from X to Y"."""
    before = sentence.marks[place.index - 1] if place.index else None
    return (
        before is not None and (before.has("infinitive") or before.has("destination")) and place.start - before.end <= 1
    )


def _done_to(after: Sequence[Located], frame: Frame) -> list[Located]:
    """What is taken, left or wrecked stands before where it lies: "the villages of A and B on the outskirts of C"."""
    if frame.type not in OBJECT_TYPES or "at" in after[0].governed:
        return list(after)
    lies = next((number for number, place in enumerate(after) if "at" in place.governed), len(after))
    return list(after[:lies])


def _inside(place: Located, frame: Frame) -> bool:
    if "toward_place" in place.governed:
        return False
    return "from" not in place.governed or frame.type in LEAVING or frame.type == "strength"


def _neighbours(sentence: Sentence, frame: Frame) -> list[int]:
    """Clauses to look in after the frame's own: those before it, nearest first, then those after it that tell nothing themselves."""
    later = []
    for clause in range(frame.clause + 1, len(sentence.clause_ends)):
        inside = sentence.in_clause(clause)
        verb = any(mark.flags & {"past", "third"} for mark in inside if not mark.term.noun)
        attending = bool(inside) and inside[0].has("subordinate") and not verb  # "during clashes near X"
        if any((mark.term.trigger and not (attending and mark.term.noun)) or mark.term.speech for mark in inside):
            break
        later.append(clause)
    return [*range(frame.clause - 1, -1, -1), *later]


def _goes_on(frame: Frame, sentence: Sentence, carried: Sequence[PlaceMention], paragraph: bool) -> bool:
    """Whether the sentence goes on about the places told before it."""
    if any(mark.has("place_pronoun") for mark in sentence.in_clause(frame.clause)):
        return True
    if frame.type in LOOSE and not paragraph:
        return False
    return frame.type not in NOWHERE and len(carried) <= MANY
