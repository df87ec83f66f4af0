"""What is only meant, feared, denied, supposed or judged: it opens no frame (codebook rules 3 and 7)."""

from __future__ import annotations

from zubda.extraction.marks import Mark, Segment, Sentence
from zubda.extraction.parties import Group
from zubda.languages.interface import Trigger
from zubda.model import BLOWS

__all__ = ["nominal", "only_meant"]

ATTACKS = frozenset({"clash", "shelling", "airstrike", "attack_on_civilians"})
AIMS = frozenset({"territory", "siege", "control"})
AIMING = frozenset({"purpose", "aim_verb", "object", "judged"})
UNTOLD = frozenset({"purpose_feared", "purpose_demanded"})  # nor is the noun that what is feared or demanded is about
NEAR = 10
AIM_REACH = 40
NOUN_LENGTH = 2


def only_meant(sentence: Sentence, index: int, trigger: Trigger, segment: Segment, groups: list[Group]) -> bool:
    """Whether the trigger at ``index`` is negated, an aim, under a condition, or only judged."""
    inside = sentence.in_segment(segment)
    return (
        _negated(sentence, index, inside)
        or _aimed(sentence, index, trigger, segment)
        or _conditional(sentence, index)
        or _demanded(sentence, index, segment)
        or _judged(sentence, index, inside, groups)
    )


def _negated(sentence: Sentence, index: int, inside: list[int]) -> bool:
    if "negation" not in sentence.flags:
        return False
    mark = sentence.marks[index]
    for other in reversed([number for number in inside if number < index]):
        before = sentence.marks[other]
        if before.term.trigger is not None and not before.term.trigger.noun:
            return False
        if before.has("negation"):
            return mark.start - before.end <= NEAR
    return False


def _conditional(sentence: Sentence, index: int) -> bool:
    """Whether a condition stands before the trigger: nothing of what follows it is told to have happened."""
    return "conditional" in sentence.flags and any(mark.has("conditional") for mark in sentence.marks[:index])


def _demanded(sentence: Sentence, index: int, segment: Segment) -> bool:
    """Whether it is what somebody is told to do: "they called on them to surrender and to take no part in the fighting"."""
    if "purpose_demanded" not in sentence.flags:
        return False
    before = [mark for mark in sentence.in_clause(segment.clause) if mark.start < sentence.marks[index].start]
    asked = next((number for number, mark in enumerate(before) if mark.has("purpose_demanded")), None)
    return asked is not None and not any(mark.has("completed") for mark in before[asked + 1 :])


def _judged(sentence: Sentence, index: int, inside: list[int], groups: list[Group]) -> bool:
    """Whether the trigger, with nobody who does it, is the subject of a mere judgement: "its capture is seen as a victory"."""
    if "judged" not in sentence.flags or any(inside[0] <= group.first < index for group in groups):
        return False
    return any(sentence.marks[number].has("judged") for number in inside if number > index)


def _aimed(sentence: Sentence, index: int, trigger: Trigger, segment: Segment) -> bool:
    """Whether a word of purpose or possibility governs the trigger: told as an aim, not as an event (codebook rule 7)."""
    marks = sentence.marks
    mark = marks[index]
    if (mark.has("completed") and "purpose_supposed" not in sentence.flags) or not sentence.flags & AIMING:
        return False
    if _of_whole_aim(sentence, index):
        return True
    for other in range(index - 1, -1, -1):
        before = marks[other]
        if before.end <= (sentence.clause_ends[segment.clause - 1] if segment.clause else sentence.start):
            return trigger.type in ATTACKS | AIMS and _goes_on_aiming(sentence, other, index, segment)
        if before.has("purpose_able") and trigger.type == "supply":
            continue
        if before.has("purpose_announced") and trigger.type == "alliance":
            continue  # who announces that he joins, or stays neutral, takes sides by it
        if before.has("judged"):
            return True
        if before.has("purpose"):
            noun = (trigger.noun or nominal(sentence, index)) and not before.flags & UNTOLD
            follows_noun = noun and other + 1 < index and _the_between(marks, other, index)
            prevented = marks[other + 1].has("failure")
            return (prevented or not follows_noun) and mark.start - before.end <= AIM_REACH
        verb = marks[other + 1]
        if before.has("object") and before.end == verb.start and (verb is mark or verb.has("light")):
            return True
        if before.has("aim_verb") and before.end == verb.start:
            if verb is mark:
                return not trigger.noun and trigger.type not in BLOWS
            if verb.has("pivot") or verb.has("failure"):
                return True
        if before.term.speech or (before.has("clause_start") and not before.has("and")):
            return False
    return False


def _of_whole_aim(sentence: Sentence, index: int) -> bool:
    """Whether the sentence only tells an aim before the trigger ("its purpose is that A ..., so that B ..."), and nothing against it."""
    if "purpose_whole" not in sentence.flags:
        return False
    marks = sentence.marks
    for number in range(index - 1, -1, -1):
        mark = marks[number]
        if mark.has("purpose_whole"):
            return True
        heads = not number or sentence.clause_of(marks[number - 1].start) != sentence.clause_of(mark.start)
        if mark.term.speech or (mark.has("contrast") and heads):
            return False
    return False


def _goes_on_aiming(sentence: Sentence, last: int, index: int, segment: Segment) -> bool:
    """Whether the clause goes on with the aim of the clause before: no subject, no word of a new statement of its own."""
    marks = sentence.marks
    between = marks[last + 1 : index]
    subject = not between or not (between[0].has("object") or between[0].has("toward"))
    new = any(
        mark.has("clause_start")
        or mark.has("completed")
        or mark.has("demonstrative")
        or mark.date
        or (subject and (mark.term.people or mark.lexeme.actor))
        for mark in between
    )
    if new or sentence.clause_of(marks[last].start) != segment.clause - 1:
        return False
    for number in range(last, -1, -1):
        mark, head = marks[number], marks[number + 1].term.trigger
        if sentence.clause_of(mark.start) != segment.clause - 1:
            return False
        if mark.has("purpose"):
            return True
        if mark.has("the") and head is not None and head.type == "clash":
            return False  # "an offensive meant to take X, which led to ...": the aim ends with its noun
        if mark.has("completed") or mark.term.speech:
            return False
    return False


def _the_between(marks: list[Mark], low: int, high: int) -> bool:
    """Whether a relative clause ends between two marks, so that the second is its head: "an offensive meant to take X"."""
    return any(mark.has("the") for mark in marks[low + 1 : high])


def _after_where(sentence: Sentence, index: int) -> bool:
    """Whether the noun that "the" leads to only tells where, and the verb with its object follows it: "on the road to X struck Y"."""
    marks, mark = sentence.marks, sentence.marks[index]
    following = marks[index + 1] if index + 1 < len(marks) else None
    if following is None or following.start != mark.end or not (following.lexeme.actor or following.term.people):
        return False
    if mark.start - marks[index - 1].end < NOUN_LENGTH:
        return False
    inside = (other for other in reversed(marks[: index - 1]) if other.start >= sentence.segment_of(mark.start).start)
    told = next((other for other in inside if other.has("at") or other.term.trigger or other.has("toward")), None)
    return told is not None and told.has("at")


def nominal(sentence: Sentence, index: int) -> bool:
    """Whether a word that may be a verb stands as a noun: after "the", or as the object of a light verb or a word of passive."""
    if index == 0:
        return False
    before, mark = sentence.marks[index - 1], sentence.marks[index]
    if before.has("the") and mark.start > before.end and _after_where(sentence, index):
        return False
    return (
        before.has("the")
        and mark.start - before.end <= 3
        and mark.term.trigger is not None
        and (
            mark.term.trigger.type
            in ("clash", "airstrike", "shelling", "movement", "withdrawal", "execution", "siege", "bomb", "alliance")
            or mark.term.trigger.change == "fell"
        )
    )
