"""Relative clauses and clefts: a verb that only tells of a noun what it did, where the clause stands before the noun."""

from __future__ import annotations

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group
from zubda.languages.interface import Trigger

__all__ = ["cleft", "in_relative"]

LONG_RELATIVE = frozenset({"territory", "control", "movement", "siege", "withdrawal", "seizure", "clash", "defection"})
RELATIVE_REACH = 60


def in_relative(sentence: Sentence, index: int, trigger: Trigger, inside: list[int], groups: list[Group]) -> bool:
    """Whether the trigger only tells of a noun what it did: "the fighters who hold X" where the clause stands before the noun."""
    marks = sentence.marks
    mark = marks[index]
    following = [number for number in inside if number > index]
    if not following:
        return False
    nearest = marks[following[0]]
    if cleft(sentence, index):
        return False
    after = marks[following[1]] if len(following) > 1 else None
    if nearest.has("the") and after is not None and after.has("possibility"):
        return True
    if nearest.has("the") and nearest.start - mark.end <= 1 and not trigger.noun:
        return not (index and marks[index - 1].has("passive") and marks[index - 1].term.harms)
    if nearest.has("held_area") and nearest.start == mark.end:
        return True
    if mark.has("from"):
        return not _tells_of(marks, index, inside) and any(marks[number].has("the") for number in following)
    if trigger.type == "siege" and trigger.passive and nearest.start == mark.end and nearest.term.people:
        return True  # "besieged troops"
    if trigger.type == "alliance" and not trigger.noun and _joined_by(marks, following, groups):
        return True
    if trigger.noun or trigger.type not in LONG_RELATIVE:
        return False
    for number in following:
        other = marks[number]
        if other.has("the"):
            if any(_heads_event(marks, later, trigger) for later in following if marks[later].has("the")):
                return True
            if _within_phrase(marks, index, inside) and _goes_on(marks, number, inside):
                return True
            head = next((group for group in groups if group.first == number + 1 and group.start - other.end <= 4), None)
            return (
                head is not None
                and any(party.armed and not party.thing for party in head.parties)
                and _goes_on(marks, head.last, inside)
            )
        if other.term.trigger is not None or other.has("after") or other.end - mark.end > RELATIVE_REACH:
            return False
    return False


def _joined_by(marks: list[Mark], following: list[int], groups: list[Group]) -> bool:
    """Whether nothing but one party stands between the verb and a "the" whose noun is a party: "X, who is loyal to Y"."""
    friend = next((group for group in groups if group.first == following[0]), None)
    if friend is None or friend.last + 1 >= len(marks) or not marks[friend.last + 1].has("the"):
        return False
    link = marks[friend.last + 1]
    return any(0 <= group.start - link.end <= 4 and group.first > friend.last for group in groups)


def _tells_of(marks: list[Mark], index: int, inside: list[int]) -> bool:
    """Whether the word has its subject right before it, or a copula: "many of them come from X"."""
    before = marks[index - 1] if index else None
    subject = (
        before is not None and before.end == marks[index].start and bool(before.term.people or before.lexeme.actor)
    )
    return subject or any(marks[number].has("copula") for number in inside if number < index)


def cleft(sentence: Sentence, index: int) -> bool:
    """Whether the verb stands between a copula and a "the" that ends the clause: "it was X who did it"."""
    marks = sentence.marks
    if index + 1 >= len(marks) or not marks[index + 1].has("the"):
        return False
    clause = sentence.clause_of(marks[index].start)
    if marks[index + 1].end < sentence.clause_ends[clause] - 1:
        return False
    return any(mark.has("copula") for mark in sentence.in_clause(clause) if mark.start < marks[index].start)


def _heads_event(marks: list[Mark], number: int, trigger: Trigger) -> bool:
    """Whether the noun after "the" is an event that the verb tells the aim of: "the operation to take X"."""
    head = marks[number + 1] if number + 1 < len(marks) else None
    return (
        head is not None
        and head.start - marks[number].end <= 4
        and (head.term.trigger.type if head.term.trigger else "") == "clash"
        and trigger.type in ("territory", "control", "siege")
    )


def _within_phrase(marks: list[Mark], index: int, inside: list[int]) -> bool:
    """Whether a word of direction opens the phrase that the verb stands in, with no verb between."""
    for number in reversed([number for number in inside if number < index]):
        if marks[number].term.trigger is not None:
            return False
        if marks[number].has("toward") or marks[number].has("object"):
            return True
    return False


def _goes_on(marks: list[Mark], last: int, inside: list[int]) -> bool:
    """Whether a verb follows, so that the head of the relative clause is its subject."""
    return any(number > last and (marks[number].term.trigger or marks[number].term.speech) for number in inside)
