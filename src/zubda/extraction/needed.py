"""What a verb must be done to before it tells its event, in a language whose verbs change their form."""

from __future__ import annotations

from zubda.extraction.marks import Sentence
from zubda.extraction.predicate import Predicate

__all__ = ["has_needed"]


def has_needed(sentence: Sentence, predicate: Predicate, clause_start: int) -> bool:
    """Whether the verb has what its event is done to, where it needs a party or a place, and nothing that makes it another event.

    ``clause_start`` is the plain offset at which its clause begins.
    """
    trigger = predicate.trigger
    if trigger is None:
        return True
    gained = trigger.change == "gained"
    lost = predicate.objects and all(sentence.marks[party.last].term.harms for party in predicate.objects)
    if gained and lost and not predicate.passive:
        return False  # "took heavy casualties"
    if trigger.change == "lost" and not predicate.passive and _of_people(sentence, predicate):
        return False  # "lost 40 soldiers at X"
    if (gained or trigger.type == "release") and _of_imagery(sentence, predicate, clause_start):
        return False
    if trigger.needs == "place":
        return _has_place(sentence, predicate, clause_start)
    if trigger.needs == "object":
        done_to = predicate.subject if predicate.passive else predicate.objects
        return bool(done_to) or _has_place(sentence, predicate, clause_start)
    if trigger.needs != "party":
        return True
    done_to = predicate.subject if predicate.passive else predicate.objects
    return any(not party.thing for party in done_to)


def _of_imagery(sentence: Sentence, predicate: Predicate, clause_start: int) -> bool:
    """Whether what is taken or released is a picture or the like: "captured an image of", "footage was released"."""
    start, end = (clause_start, predicate.start) if predicate.passive else predicate.region
    inside = (mark for mark in sentence.marks if start <= mark.start < end)
    head = next((mark for mark in inside if mark.has("imagery") or mark.lexeme.actor or mark.lexeme.places), None)
    return head is not None and head.has("imagery")


def _of_people(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether people or things are what the verb is done to: they or a number of them stand before any place."""
    start, end = predicate.region
    counted = False
    for mark in sentence.marks:
        if not start <= mark.start < end:
            continue
        if mark.term.place_kind or mark.has("place_pronoun"):
            return False
        if mark.lexeme.places or mark.name:
            return counted
        if mark.term.people is not None or mark.lexeme.actor:
            return True
        counted = counted or (mark.count is not None and not mark.count.ratio)
    return False


def _has_place(sentence: Sentence, predicate: Predicate, clause_start: int) -> bool:
    """Whether a place, or a share of one, is what the verb is done to."""
    start, end = (clause_start, predicate.start) if predicate.passive else predicate.region
    if predicate.trigger is not None and predicate.trigger.change == "fell":
        start = clause_start
    return any(
        start <= mark.start < end
        and (
            mark.lexeme.places
            or mark.name
            or mark.term.place_kind
            or mark.has("place_pronoun")
            or (mark.count and mark.count.ratio)
        )
        and not (mark.has("adverb") and mark.has("partial"))
        for mark in sentence.marks
    )
