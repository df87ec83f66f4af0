"""Which word of harm governs a number, where the order of words tells it: suffering follows those counted, inflicting precedes them."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.marks import Mark, Sentence
from zubda.languages.interface import Harm

__all__ = ["clause_span", "harm_by_order", "object_after", "passive_between"]

BESIDE = 2


def harm_by_order(sentence: Sentence, index: int) -> Harm | None:
    """The harm word that governs a number.

    In its clause the next one of suffering after it (or of inflicting, in the passive), else the last one of inflicting before
    it; where the clause is nothing but the people counted, the first one of suffering in the clauses that follow.
    """
    mark = sentence.marks[index]
    clause = sentence.clause_of(mark.start)
    start, end = clause_span(sentence, clause)
    harmful = [other for other in sentence.marks if other.term.harms and not _background(sentence, other)]
    after = [other for other in harmful if mark.end <= other.start < end]
    before = [other for other in harmful if start <= other.start < mark.start]
    near = [other for other in before if mark.start - other.end <= BESIDE and not _listed(sentence, other, mark)]
    beside = [harm for other in near for harm in other.term.harms if harm.suffer]
    if beside:
        return beside[-1]
    told_before = any(not harm.suffer for other in before for harm in other.term.harms)
    spoken = [other.start for other in sentence.marks if mark.end <= other.start < end and other.term.speech]
    if spoken:
        after = [other for other in after if other.start < spoken[0]]  # who says it is not who suffers it
    for other in after:
        if told_before and _describes(sentence, other):
            continue
        for harm in other.term.harms:
            if harm.suffer or passive_between(sentence, mark.end, other.start):
                return _died_of(after, other) or harm
    for other in reversed(before):
        for harm in other.term.harms:
            if not harm.suffer:
                return harm
    if before:
        return before[-1].term.harms[0]
    for other in after:
        if not object_after(sentence, other, end):
            return other.term.harms[0]
    if not any(other.term.trigger or other.term.speech for other in sentence.marks if start <= other.start < end):
        for other in harmful:
            if other.start >= end and any(harm.suffer for harm in other.term.harms):
                return next(harm for harm in other.term.harms if harm.suffer)
    return None


def clause_span(sentence: Sentence, clause: int) -> tuple[int, int]:
    return (sentence.clause_ends[clause - 1] if clause else sentence.start), sentence.clause_ends[clause]


def _background(sentence: Sentence, mark: Mark) -> bool:
    """Whether "after" or "before" follows the word at once: it only tells when."""
    return any(0 <= other.start - mark.end <= 1 and other.has("after") for other in sentence.marks)


def _listed(sentence: Sentence, harm: Mark, number: Mark) -> bool:
    """Whether the number begins the next part of a list: "11 killed and 7 wounded"."""
    return any(harm.end <= other.start < number.start and other.has("and") for other in sentence.marks)


def _died_of(after: Sequence[Mark], wound: Mark) -> Harm | None:
    """The death that follows a wound at once: "died of wounds"."""
    if not any(harm.what == "wounded" for harm in wound.term.harms):
        return None
    deaths = [harm for other in after if 0 < other.start - wound.end <= 1 for harm in other.term.harms]
    return next((harm for harm in deaths if harm.what == "killed" and harm.suffer), None)


def _describes(sentence: Sentence, mark: Mark) -> bool:
    """Whether a word of harm only tells which people are meant ("freed 48 of those held")."""
    return any(other.start == mark.end and other.has("the") for other in sentence.marks)


def passive_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(start <= other.start < end and other.has("passive") for other in sentence.marks)


def object_after(sentence: Sentence, verb: Mark, end: int) -> bool:
    """Whether people, things or a number follow a verb in its clause."""
    return any(
        verb.end <= other.start < end
        and (other.term.people or other.lexeme.actor or other.count or other.has("party_pronoun"))
        for other in sentence.marks
    )
