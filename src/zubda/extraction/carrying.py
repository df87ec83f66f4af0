"""When a sentence goes on about the places told of before it, and when it does not say where (codebook, ``places``: "implied")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zubda.extraction.frames import Frame
from zubda.extraction.marks import Mark, Sentence
from zubda.model import PlaceMention

__all__ = ["ToldBefore", "goes_on", "points_back", "vague_place"]

ELSEWHERE = frozenset({"supply", "arrest", "airstrike", "defection", "alliance", "abduction", "agreement", "release"})
MANY = 2
REACH = 4
PHRASE = 7


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """What the text before leaves for the places of a frame.

    ``places`` were told of last, ``paragraph`` tells whether in the same paragraph; ``pointed`` is the place that a word of the
    frame's clause or one before it points back to ("this base"), ``clause`` the number of the clause that it stands in (-1: none);
    ``fresh`` tells that somebody else than before is named as the source.
    """

    places: tuple[PlaceMention, ...] = ()
    paragraph: bool = True
    pointed: tuple[PlaceMention, ...] = ()
    clause: int = -1
    fresh: bool = False


def goes_on(frame: Frame, sentence: Sentence, told: ToldBefore) -> bool:
    """Whether a frame that names no place happened where the text before was: it points back, or tells what came next there."""
    quality = frame.type == "strength" and not any(mark.count for mark in sentence.in_clause(frame.clause))
    loose = frame.type in ("statement", "other") or quality
    marks = sentence.in_clause(frame.clause) if loose else sentence.marks
    if told.pointed or any(points_back(marks, index) for index in range(len(marks))):
        return True
    if loose or vague_place(sentence, frame):
        return False
    if frame.again or _during(sentence, frame):
        return True
    if told.fresh and not any(mark.has("also") or mark.has("contrast") for mark in sentence.in_clause(frame.clause)):
        return False
    if _one_victim(sentence, frame):
        return False
    return told.paragraph and frame.type not in ELSEWHERE and len(told.places) <= MANY


def points_back(marks: Sequence[Mark], index: int) -> bool:
    """Whether the mark at ``index`` is a word for a place told before; "a base of the army" is none."""
    mark = marks[index]
    if mark.count is not None and mark.count.rule == "definite" and mark.count.unit in ("village", "place"):
        return True  # "these three villages"
    if not mark.has("place_pronoun"):
        return False
    if not mark.has("place_pronoun_bare"):
        return True
    for before in reversed(marks[max(0, index - REACH) : index]):
        if before.count is not None or before.has("several"):
            return not _indefinite(before)
        if before.term.trigger is not None or before.date is not None:
            return True
    return True


def vague_place(sentence: Sentence, frame: Frame) -> bool:
    """Whether the frame's clause says that it happened somewhere without saying where: "in several districts", "in many places"."""
    before = sentence.in_clause(frame.clause - 1) if frame.clause else []
    if any(mark.term.trigger or mark.term.speech for mark in before):
        before = []
    several = 0
    for mark in (*before, *sentence.in_clause(frame.clause)):
        if mark.has("scattered") or (_indefinite(mark) and mark.count is not None and mark.count.unit == "place"):
            return True
        if _indefinite(mark):
            several = PHRASE
        elif mark.term.trigger is not None or mark.lexeme.actor:
            several = 0
        elif several and mark.has("tail"):
            return True
        several = max(0, several - 1)
    return False


def _indefinite(mark: Mark) -> bool:
    if mark.count is None:
        return mark.has("several")
    return mark.count.unit in ("building", "place", "thing", "village") and mark.count.rule != "definite"


def _one_victim(sentence: Sentence, frame: Frame) -> bool:
    """Whether it only tells what befell one person: that can have been anywhere."""
    if not sentence.marks[frame.index].term.harms or len(frame.targets) != 1:
        return False
    victim = frame.targets[0]
    named = sentence.marks[max(frame.index, victim.first - REACH) : victim.last + 1]
    return any(
        (mark.term.people is not None and mark.term.people.single)
        or (mark.count is not None and mark.count.high == 1 and mark.count.unit == "person")
        for mark in named
    )


def _during(sentence: Sentence, frame: Frame) -> bool:
    """Whether it is told to have happened in a fight told before: "during this operation"."""
    if "within" not in sentence.flags:
        return False
    return any(
        mark.term.trigger is not None
        and mark.term.trigger.type == "clash"
        and after.has("within")
        and not any(_indefinite(other) for other in sentence.marks if other.start < mark.start)
        for mark, after in zip(sentence.marks, sentence.marks[1:], strict=False)
        if mark.start < frame.start
    )
