"""Which word of harm governs a number, in a language whose verbs change their form.

In the passive, and where a verb takes no object, the people counted stand before the word; in the active they stand after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import PartyMention
from zubda.extraction.predicate import Predicate
from zubda.languages.interface import Harm

__all__ = ["harm_by_voice", "single_victims"]

ADJACENT = 4
LONGEST_NAME = 4


def harm_by_voice(sentence: Sentence, index: int, predicates: Sequence[Predicate]) -> Harm | None:
    """The harm that the number at a mark's index suffers: of the nearest word of harm that can reach it."""
    marks = sentence.marks
    voices = {predicate.index: predicate for predicate in predicates}
    here = marks[index]
    left = _nearest(sentence, range(index - 1, -1, -1), voices, False)
    right = _nearest(sentence, range(index + 1, len(marks)), voices, True)
    clause = sentence.clause_of(here.start)
    if right is not None and sentence.clause_of(marks[right].start) > clause + 1 and not _of(here, voices.get(right)):
        right = None
    if left is not None and right is not None:
        adjective = voices.get(right) is None
        if (
            (
                adjective
                and voices.get(left) is not None
                and marks[right].start - here.end > here.start - marks[left].end + 20
            )
            or sentence.clause_of(marks[right].start) > clause >= sentence.clause_of(marks[left].start)
            or (voices.get(left) is not None and here.start - marks[left].end <= ADJACENT and not adjective)
        ):
            right = None
    chosen = right if right is not None else left
    if chosen is None:
        return None
    suffers = chosen == right
    harms = marks[chosen].term.harms
    return next((harm for harm in harms if harm.suffer == suffers), harms[0])


def _of(number: Mark, verb: Predicate | None) -> bool:
    """Whether the verb's subject is what the number counts: "ten guards, all of them volunteers, were killed"."""
    return verb is not None and any(0 <= party.start - number.end <= ADJACENT for party in verb.subject)


def _nearest(sentence: Sentence, order: range, voices: dict[int, Predicate], suffers: bool) -> int | None:
    """The nearest word of harm in that direction which governs the other way; another number of people ends the search, but for a
    list of them ("40 guards, 9 scouts and 7 soldiers were killed")."""
    marks = sentence.marks
    for other in order:
        mark = marks[other]
        if mark.term.harms and _governs(mark, voices.get(other), suffers):
            return other
        if suffers and mark.count is not None and mark.count.low is not None and not mark.count.part:
            follower = marks[other - 1] if other else None
            if follower is not None and not (follower.has("and") or _listed(sentence, follower, mark)):
                return None
    return None


def _listed(sentence: Sentence, before: Mark, number: Mark) -> bool:
    """Whether a number goes on with a list of people: only a comma stands between it and those counted before it."""
    people = before.term.people is not None or before.lexeme.actor is not None
    return people and sentence.folded[before.end - sentence.start : number.start - sentence.start].strip() == ","


def _governs(mark: Mark, predicate: Predicate | None, suffers: bool) -> bool:
    if any(harm.own for harm in mark.term.harms):
        return not suffers  # "lost 40 soldiers": its subject bears what stands after it
    kinds = {harm.suffer for harm in mark.term.harms}
    if predicate is None or predicate.noun or kinds == {True}:
        return suffers in kinds
    passive = predicate.passive
    return passive == suffers


def single_victims(sentence: Sentence, predicates: Sequence[Predicate]) -> Iterator[tuple[PartyMention, Harm]]:
    """Single persons that a verb of harm befalls, told as one: by office or kind in the singular."""
    for predicate in predicates:
        harms = predicate.mark.term.harms
        if not harms or predicate.noun or predicate.negated or predicate.supposed:
            continue
        suffers = predicate.passive or all(harm.suffer for harm in harms)
        if suffers and not predicate.subject:
            named = _named_victim(sentence, predicate)
            if named is not None:
                yield named, next((harm for harm in harms if harm.suffer), harms[0])
        for party in predicate.subject if suffers else predicate.objects:
            head = sentence.marks[party.last]
            people = head.term.people
            if people is None and party.side == "unknown" and _personal(party.surface):
                yield party, next((harm for harm in harms if harm.suffer == suffers), harms[0])
            if people is not None and people.single and "singular" in head.term.flags and not _several(sentence, party):
                yield party, next((harm for harm in harms if harm.suffer == suffers), harms[0])


def _named_victim(sentence: Sentence, predicate: Predicate) -> PartyMention | None:
    """A person's name that is the subject of a verb of harm: unknown, of two words at least, with no other name between."""
    before = [
        (index, mark)
        for index, mark in enumerate(sentence.marks)
        if mark.name and mark.end <= predicate.start and sentence.clause_of(mark.start) >= predicate.clause - 1
    ]
    if not before:
        return None
    index, mark = before[-1]
    surface = sentence.surface(mark.start, mark.end)
    governed = index > 0 and sentence.marks[index - 1].flags & {"at", "of", "from", "toward_place"}
    if " " not in surface or governed:
        return None
    return PartyMention(mark.start, mark.end, index, index, surface, "unknown")


def _personal(surface: str) -> bool:
    """Whether a name is written as a person's: of two or three words, each with a capital."""
    words = surface.replace("-", " ").split()
    return 2 <= len(words) <= LONGEST_NAME and words[0][:1].isupper() and words[-1][:1].isupper()


def _several(sentence: Sentence, party: PartyMention) -> bool:
    """Whether a number or a word for several stands before the party."""
    before = [mark for mark in sentence.marks[: party.first] if 0 <= party.start - mark.end <= 20][-2:]
    return any(mark.count or mark.has("partial") for mark in before)
