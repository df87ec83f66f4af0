"""Who is counted: the party that a number stands beside, or whose losses it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.languages.interface import Harm

__all__ = ["PEOPLE", "included_side", "owner", "sufferer"]

PEOPLE = "people"
"""The kind of an actor that is a whole people, not only its fighters."""

BREAK = re.compile(r"[,，。;；:：()（）、]")
THING_UNITS = frozenset({"vehicle", "aircraft", "weapon"})
OWNER_GAP = 8
NEAR_GAP = 2


def owner(sentence: Sentence, parties: Sequence[PartyMention], mark: Mark) -> PartyMention | None:
    """Who is counted: the party right after the number, at most an adjective away, or the one that holds the number."""
    for party in parties:
        if party.start <= mark.start and mark.end <= party.end:
            return party
        reach = NEAR_GAP if mark.count and mark.count.unit == "thing" and mark.count.low == 1 else OWNER_GAP
        if 0 <= party.start - mark.end <= reach and not party.pronoun and not _modifies(sentence, party):
            between = sentence.folded[mark.end - sentence.start : party.start - sentence.start]
            relative = party.first > 0 and sentence.marks[party.first - 1].has("the")
            crossed = any(
                mark.end <= other.start < party.start
                and (
                    (other.count and other.count.unit != "name")
                    or other.date
                    or (other.has("passive") and not relative)
                )
                for other in sentence.marks
            )
            return _thing_before(sentence, parties, mark) if crossed or BREAK.search(between) else party
    return _thing_before(sentence, parties, mark) or _after_its_clause(sentence, parties, mark)


def _thing_before(sentence: Sentence, parties: Sequence[PartyMention], mark: Mark) -> PartyMention | None:
    """The things that stand right before their number, as in a list of spoils: "tanks 11, guns 27"."""
    number = mark.count
    if number is None or number.unit not in THING_UNITS or not sentence.folded[: mark.start - sentence.start]:
        return None
    return next((party for party in parties if party.thing and party.end == mark.start), None)


def _after_its_clause(sentence: Sentence, parties: Sequence[PartyMention], mark: Mark) -> PartyMention | None:
    """The party counted where it is told before its noun where they come from ("thousands of from-the-east fighters")."""
    index = sentence.marks.index(mark)
    if index + 1 >= len(sentence.marks) or not sentence.marks[index + 1].has("from"):
        return None
    clause = sentence.clause_of(mark.start)
    for party in parties:
        before = sentence.marks[party.first - 1] if party.first else None
        if party.start > mark.end and sentence.clause_of(party.start) == clause and before and before.has("the"):
            between = sentence.marks[index + 1 : party.first]
            return None if any(other.count or other.term.harms for other in between) else party
    return None


def _modifies(sentence: Sentence, party: PartyMention) -> bool:
    """Whether a party is only the modifier of what is counted ("two rebel attacks"), or a body of men ("two brigades")."""
    marks = sentence.marks
    if marks[party.last].has("collective"):
        return True
    following = marks[party.last + 1] if party.last + 1 < len(marks) else None
    if following is None or following.start - party.end > 1:
        return False
    return following.has("held") or following.has("collective") or following.term.noun is not None


def sufferer(
    sentence: Sentence, groups: Sequence[Group], mark: Mark, harm: Harm, last: PartyMention | None
) -> PartyMention | None:
    """Whose losses a number tells that names nobody itself ("20 persons").

    What the number is said to be ("48 of them were rebels"), what a word of killing before it has as its object ("they killed of
    the rebels 20"), or the subject of the clause whose people suffer ("the army lost 20 dead", "the rebels' death toll is 20").
    A clause that has only the word of harm before the number goes on about those ``last`` counted ("20 dead, and wounded 35"), or
    with a word of losing about the subject of the clauses before.
    """
    following = next((other for other in sentence.marks if other.start >= mark.end), None)
    if following is not None and following.has("counted_as") and following.start == mark.end:
        named = [group for group in groups if group.start >= following.end and group.start - following.end <= OWNER_GAP]
        return named[0].parties[0] if named else None
    beside = [party for group in groups for party in group.parties if party.end == mark.start]
    if beside and beside[0].side != "unknown" and not (beside[0].thing or sentence.marks[beside[0].last].term.harms):
        return beside[0]  # "among them of the army 63, of the rebels 34"
    clause = sentence.clause_of(mark.start)
    whole = _whole_unit(sentence, groups, mark, clause)
    if whole is not None:
        return whole
    before = [
        group
        for group in groups
        if group.end <= mark.start
        and sentence.clause_of(group.start) == clause
        and not sentence.marks[group.last].term.harms  # "captured" reads like "captives"
    ]
    if not before:
        harmed = any(harm in other.term.harms for other in sentence.in_clause(clause) if other.start < mark.start)
        if harm.own and last is None:
            return _subject_before(sentence, groups, clause)
        return last if harm.suffer and harmed else None
    if not _one_side(before[-1]):
        return None
    group = before[-1]
    between = [other for other in sentence.marks if group.end <= other.start < mark.start]
    if group.end == mark.start:
        return group.parties[0]
    if group.governed - {"and"} or not harm.suffer or any(_cuts(other) for other in between):
        return None
    if any(other.has("including") or other.end == group.start for other in sentence.in_clause(clause) if _lists(other)):
        return None
    return group.parties[0]


def _whole_unit(sentence: Sentence, groups: Sequence[Group], mark: Mark, clause: int) -> PartyMention | None:
    """The unit that the clause takes up before the number ("the whole brigade"), by the noun that its name ends with."""
    told = next(
        (other for other in sentence.in_clause(clause) if other.has("whole_unit") and other.end <= mark.start), None
    )
    if told is None:
        return None
    noun = sentence.surface(told.end - 1, told.end)
    units = [party for group in groups for party in group.parties if party.end <= told.start]
    return next((party for party in reversed(units) if party.surface.endswith(noun)), None)


def included_side(sentence: Sentence, parties: Sequence[PartyMention], mark: Mark) -> str:
    """The side of two or more kinds of people that a number is told to include, none of them with a number of its own."""
    clause = sentence.in_clause(sentence.clause_of(mark.start))
    opened = next((other for other in clause if other.has("including")), None)
    if opened is None:
        return "unknown"
    named = [party for party in parties if opened.end <= party.start < clause[-1].end]
    last = max([opened.end, *(party.end for party in named)])
    first, end = min(mark.start, opened.start), max(mark.start, last)
    if any(other.count and other is not mark and first <= other.start < end for other in clause):
        return "unknown"
    sides = {party.side for party in named}
    return sides.pop() if len(named) > 1 and len(sides) == 1 else "unknown"


def _subject_before(sentence: Sentence, groups: Sequence[Group], clause: int) -> PartyMention | None:
    """The first party of the nearest clause before that nothing governs."""
    free = [group for group in groups if not group.governed - {"and"} and sentence.clause_of(group.start) < clause]
    if not free:
        return None
    nearest = max(sentence.clause_of(group.start) for group in free)
    first = next(group for group in free if sentence.clause_of(group.start) == nearest)
    return first.parties[0] if _one_side(first) else None


def _one_side(group: Group) -> bool:
    party = group.parties[0]
    return len({party.side for party in group.parties}) == 1 and not party.pronoun and not party.thing


def _lists(mark: Mark) -> bool:
    """Whether the mark is a number, or opens the list of those whom one counts: the party after it is counted already."""
    return mark.count is not None or mark.has("including")


def _cuts(mark: Mark) -> bool:
    """Whether what stands before the word does not suffer what stands after it: a cause, a blow dealt, words said."""
    verb = mark.term.trigger is not None and not mark.term.trigger.noun and not mark.term.harms
    return bool(verb or mark.term.speech or mark.has("pivot") or mark.has("by") or mark.has("use"))
