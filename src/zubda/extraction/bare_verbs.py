"""Verbs without an auxiliary: finite pasts, gerunds, and participles that modify or go on with a passive."""

from __future__ import annotations

from collections.abc import Callable

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group
from zubda.extraction.predicate import WORD, Predicate, only_adverbs

__all__ = ["FORMS", "governed", "joined_to", "read_bare"]

FORMS = frozenset({"base", "third", "past", "participle", "gerund"})
TAKES_INFINITIVE = frozenset({"attempt", "achieved", "purpose"})
GOING = frozenset({"movement", "withdrawal", "displacement"})


def read_bare(
    sentence: Sentence, predicate: Predicate, groups: list[Group], found: list[Predicate]
) -> Predicate | None:
    """A verb without auxiliary: a finite past, a gerund, or a participle that modifies or continues a passive."""
    index, flags = predicate.index, predicate.mark.flags
    marks = sentence.marks
    before = marks[index - 1] if index else None
    adjacent = before is not None and predicate.start - before.end <= 1
    following = marks[index + 1] if index + 1 < len(marks) else None
    heads = following is not None and following.start - predicate.end <= 1
    modifies = (
        heads
        and following is not None
        and bool(following.term.people or following.lexeme.actor or following.term.place_kind)
    )
    attributive = adjacent and before is not None and not before.has("adverb") and bool(
        before.has("determiner") or before.has("indefinite") or before.has("at") or before.has("of") or before.has("by")
        or before.has("with") or before.has("toward") or before.count or before.has("partial") or before.has("from")
        or (before.has("and") and modifies and "gerund" in flags and not (found and found[-1].form == "gerund"))
    )  # fmt: skip
    accused = bool(found) and found[-1].mark.term.speech == "accuse"  # "of shelling it"
    if (
        attributive
        and not accused
        and not flags & {"base"}
        and ("participle" in flags or ("gerund" in flags and modifies))
    ):
        return None
    if "gerund" in flags:
        nominal = heads and following is not None and following.has("of") and predicate.mark.term.trigger is not None
        going = predicate.mark.term.trigger is not None and predicate.mark.term.trigger.type in GOING
        if heads and going and following is not None and (following.lexeme.actor or _armed(following)):
            return None  # "advancing troops"
        predicate.form = "noun" if nominal else "gerund"
        return None if not nominal and _in_noun_phrase(sentence, predicate) else predicate
    if "base" in flags and governed(sentence, index):
        predicate.form, predicate.governed = "infinitive", True
        return predicate
    if flags & {"base"} and not flags & {"past"}:
        if joined_to(sentence, index, found):
            before_it = _before_aside(found)
            if before_it is not None:
                predicate.form, predicate.supposed = before_it.form, before_it.supposed
            return predicate
        subjects = [group for group in groups if 0 <= predicate.start - group.end <= 2]
        if not subjects or "singular" in marks[subjects[0].last].flags:
            return None  # a form without an ending has several subjects
    if "past" in flags and predicate.mark.term.speech and heads and following is not None and following.has("relative"):
        return predicate  # "an officer deployed there reported that"
    if "participle" in flags and _continues(sentence, predicate, found, _perfect):
        predicate.perfect = True
        return predicate
    if "participle" in flags:
        agent = following is not None and following.has("by") and following.start - predicate.end <= 2
        agent = agent and not (index + 2 < len(marks) and "gerund" in marks[index + 2].flags)
        joined = _continues(sentence, predicate, found, _passive)
        if joined or (agent and not _fresh_subject(sentence, predicate, groups, found)):
            predicate.passive = True
            predicate.form = "finite" if joined else "participle"
            return predicate
        if agent or "past" not in flags:
            predicate.passive = True
            predicate.form = "participle"
            return predicate
    if "past" in flags and not _fresh_subject(sentence, predicate, groups, found) and _after_noun(sentence, predicate):
        if "participle" not in flags:
            return predicate
        predicate.passive, predicate.form = True, "participle"
    return predicate


def _armed(mark: Mark) -> bool:
    return mark.term.people is not None and mark.term.people.armed


def _in_noun_phrase(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether an article and nothing but unknown words stand before a gerund: "a strategic crossing"."""
    before = sentence.marks[predicate.index - 1] if predicate.index else None
    if before is None or not (before.has("determiner") or before.has("indefinite")):
        return False
    text = sentence.folded[before.end - sentence.start : predicate.start - sentence.start]
    return len(text) <= 24 and "," not in text


def _before_aside(found: list[Predicate]) -> Predicate | None:
    """The last predicate but nouns, and but a gerund that is only said of a noun: "to cut a road coming from X and surround it"."""
    verbs = [one for one in found if not one.noun]
    if len(verbs) > 1 and verbs[-1].form == "gerund":
        return verbs[-2]
    return verbs[-1] if verbs else None


def joined_to(sentence: Sentence, index: int, found: list[Predicate]) -> bool:
    """Whether a bare form goes on with the infinitive or the supposed verb before: "would leave and cross"."""
    before = _before_aside(found)
    if before is None or not (before.form == "infinitive" or before.supposed):
        return False
    between = [mark for mark in sentence.marks[before.index + 1 : index] if mark.has("and")]
    return bool(between) and only_adverbs(sentence, between[-1].end, sentence.marks[index].start, sentence.marks)


def _passive(verb: Predicate) -> bool:
    return verb.passive and verb.finite


def _perfect(verb: Predicate) -> bool:
    return verb.perfect and not verb.passive


def _continues(
    sentence: Sentence, predicate: Predicate, found: list[Predicate], shares: Callable[[Predicate], bool]
) -> bool:
    """ "were captured and executed", "had lost it and withdrawn": a second participle after "and" shares the auxiliary."""
    before = next((verb for verb in reversed(found) if not verb.noun), None)
    if before is None or not shares(before):
        return False
    between = sentence.marks[before.index + 1 : predicate.index]
    if not any(mark.has("and") for mark in between):
        return False
    joint = next(mark for mark in between if mark.has("and"))
    return only_adverbs(sentence, joint.end, predicate.start, sentence.marks) and not any(
        mark.lexeme.actor or mark.term.people for mark in between
    )


def _after_noun(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether the word before is no comma and no "and": a participle right after its noun."""
    text = sentence.folded[: predicate.start - sentence.start].rstrip()
    if not text or text[-1] in ",;:–—-\"'(":
        return False
    before = sentence.marks[predicate.index - 1] if predicate.index else None
    joined = before is not None and (before.has("and") or before.has("relative") or before.has("clause_start"))
    return not (joined and before is not None and predicate.start - before.end <= 1) and not (
        before is not None and before.has("adverb") and predicate.start - before.end <= 1
    )


def _fresh_subject(sentence: Sentence, predicate: Predicate, groups: list[Group], found: list[Predicate]) -> bool:
    """Whether the stretch before the verb, since the last finite verb or break, can give it a subject of its own."""
    since, attached = sentence.start, False
    for other in found:
        if not other.noun and other.end <= predicate.start:
            since = max(since, other.end)
    for mark in sentence.marks:
        if mark.start >= predicate.start:
            break
        if mark.has("relative") or mark.has("subordinate") or mark.has("clause_start") or mark.has("and"):
            since = max(since, mark.end)
            attached = mark.has("with") or (attached and mark.has("and"))
    text = sentence.folded[since - sentence.start : predicate.start - sentence.start]
    cut = max(text.rfind(","), text.rfind(";"), text.rfind(": "))
    clean = not any(
        not other.noun and other.finite and other.end == since and not other.mark.term.speech for other in found
    )
    if cut >= 0:
        text, clean = text[cut + 1 :], True
    return clean and not attached and bool(WORD.search(text))


def governed(sentence: Sentence, index: int) -> bool:
    """Whether a word that takes an infinitive stands right before: tried to, began to, in order to."""
    mark = sentence.marks[index]
    for before in reversed(sentence.marks[max(0, index - 3) : index]):
        if before.flags & TAKES_INFINITIVE and not before.flags & FORMS:
            return mark.start - before.end <= 1 or only_adverbs(sentence, before.end, mark.start, sentence.marks)
        if not before.has("adverb"):
            return False
    return False
