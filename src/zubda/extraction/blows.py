"""One blow, one frame, in a language whose verbs change their form: a noun of a blow and the verb that it is subject or means of.

"Shelling destroyed the school", "the school was destroyed in an airstrike" and "they destroyed it with rockets" tell one event each, of
the type that the noun tells; whom it killed or what it hit is its target (codebook rules 4 and 10).
"""

from __future__ import annotations

from itertools import pairwise

from zubda.extraction.clausal import Reading
from zubda.extraction.frames import Frame
from zubda.extraction.marks import Sentence
from zubda.extraction.predicate import Predicate
from zubda.model import BLOWS

__all__ = ["one_for_each_blow"]

MEANS = 24
STRIKING = frozenset({"attack", "airstrike"})
HARMING = frozenset({"clash", "attack_on_civilians"})
GOVERNS = frozenset(
    {"at", "of", "from", "toward", "with", "by", "between", "subordinate", "preposition", "toward_place"}
)


def one_for_each_blow(sentence: Sentence, found: list[Frame], reading: Reading) -> list[Frame]:
    """The frames of a sentence without those that only tell again of a blow told by its noun."""
    predicates = {predicate.index: predicate for predicate in reading.predicates}
    kept: list[Frame] = []
    for frame in found:
        predicate, before = predicates[frame.index], kept[-1] if kept else None
        if not predicate.noun:
            noun = predicates[before.index] if before is not None else None
            if before is not None and noun is not None and _does(sentence, noun, predicate, reading) and _effect(frame):
                before.targets = before.targets or frame.targets
                before.region = (before.region[0], frame.region[1])
                continue
            means = _means(sentence, predicate, reading)
            if means is not None and means.trigger is not None and not frame.passive and _struck(frame):
                frame.type = means.trigger.type
                frame.rules.append((means.trigger.rule, "type", means.start, means.end))
        source = _means_of(sentence, predicate, reading)
        if source is not None and before is not None and source.index == before.index:
            if before.passive and before.type == "destruction":
                frame.targets = frame.targets or before.targets
                frame.clause, frame.start = before.clause, before.start
                kept[-1] = frame
                continue
            if _struck(before) and not before.passive:
                continue
        kept.append(frame)
    return kept


def _struck(frame: Frame) -> bool:
    return frame.trigger.rule in STRIKING or frame.trigger.type == "destruction"


def _effect(frame: Frame) -> bool:
    """Whether a verb only tells what a blow did: it struck, wrecked or killed."""
    killed = frame.trigger.type in HARMING and not frame.failed
    return frame.trigger.type == "destruction" or frame.trigger.rule in STRIKING or killed


def _does(sentence: Sentence, noun: Predicate, verb: Predicate, reading: Reading) -> bool:
    """Whether the noun of a blow is the subject of an active verb: no word governs it."""
    if not noun.noun or noun.trigger is None or noun.trigger.type not in BLOWS or verb.passive:
        return False
    if verb.form != "finite" or reading.verb_after(noun) is not verb or reading.verb_before(noun) is not None:
        return False
    start = sentence.clause_ends[noun.clause - 1] if noun.clause else sentence.start
    before = [mark for mark in sentence.marks[: noun.index] if mark.start >= start]
    for mark, following in pairwise([*before, noun.mark]):
        when_or_where = following.date or following.lexeme.places
        if mark.flags & GOVERNS and not when_or_where:
            return False
    return True


def _means(sentence: Sentence, verb: Predicate, reading: Reading) -> Predicate | None:
    """The noun of a blow that follows a verb as its means."""
    following = reading.predicates[verb.order + 1 : verb.order + 2]
    return next((one for one in following if _means_of(sentence, one, reading) is verb), None)


def _means_of(sentence: Sentence, noun: Predicate, reading: Reading) -> Predicate | None:
    """The verb right before whose means the noun of a blow is: "with rockets", of a passive "by" and "in" them."""
    if not noun.noun or not noun.order or noun.trigger is None or noun.trigger.type not in BLOWS:
        return None
    verb = reading.predicates[noun.order - 1]
    marks = [mark for mark in sentence.marks if verb.end <= mark.start < noun.start]
    links = ("by", "at") if verb.passive else ("with",)
    link = next((mark for mark in reversed(marks) if any(mark.has(name) for name in ("with", "by", "at"))), None)
    near = link is not None and noun.start - link.end <= MEANS
    return verb if near and not verb.noun and link is not None and any(link.has(name) for name in links) else None
