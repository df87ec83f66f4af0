"""From numbers in a clause to counts of a claim: what is counted, who, which side, and what is part of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.languages.interface import Harm
from zubda.model import Count

__all__ = ["Counted", "find_counted"]

PEOPLE_UNITS = frozenset({"person", "body", "none", "thing"})
THING_UNITS = {"vehicle": "vehicles", "aircraft": "aircraft", "weapon": "weapons", "village": "villages"}
FORCE_TYPES = frozenset({"movement", "strength", "clash", "alliance", "territory"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with its plain range, its clause, and the harm word that tells what is counted (None for forces and things)."""

    count: Count
    start: int
    end: int
    clause: int
    harm: Harm | None
    part: bool
    party: PartyMention | None


def find_counted(sentence: Sentence, groups: Sequence[Group]) -> list[Counted]:
    """Counts of a sentence, left to right. A number with no unit that can be counted, or with no word that tells what, is left out."""
    parties = [party for group in groups for party in group.parties]
    found: list[Counted] = []
    for index, mark in enumerate(sentence.marks):
        if mark.count is None or (mark.count.low is None and mark.count.high is None):
            continue
        counted = _counted(sentence, index, mark, parties, found)
        if counted is not None:
            found.append(counted)
    return found


def _counted(
    sentence: Sentence, index: int, mark: Mark, parties: Sequence[PartyMention], found: Sequence[Counted]
) -> Counted | None:
    assert mark.count is not None
    number = mark.count
    clause = sentence.clause_of(mark.start)
    party = _owner(parties, mark)
    things = party.thing if party else ""
    if number.unit in THING_UNITS or things:
        what, harm = things or THING_UNITS[number.unit], None
        if number.unit not in THING_UNITS and number.unit not in ("thing", "none", "person", "building", "vehicle"):
            return None
    elif number.unit in PEOPLE_UNITS:
        if number.unit in ("none", "thing") and party is None:
            return None
        harm = _harm(sentence, index, clause)
        if harm is None and number.part and found:
            harm = found[-1].harm
        if harm is None and party is not None and party.side == "civ":
            return None
        what = harm.what if harm else "fighters"
        if harm is None and (party is None or not party.armed) and number.unit != "person":
            return None
    else:
        return None
    who = party.surface if party else sentence.surface(mark.end - 1, mark.end)
    side = party.side if party else "unknown"
    if what in ("vehicles", "tanks", "aircraft", "weapons", "buildings", "villages") and party is None:
        side = "unknown"
    count = Count(what, who, side, number.low, number.high, number.approximate)
    return Counted(count, mark.start, mark.end, clause, harm, number.part, party)


def _owner(parties: Sequence[PartyMention], mark: Mark) -> PartyMention | None:
    """Who is counted: the party right after the number, at most a short adjective away."""
    for party in parties:
        if party.start <= mark.start and mark.end <= party.end:
            return party
        if 0 <= party.start - mark.end <= 6:
            return party
    return None


def _harm(sentence: Sentence, index: int, clause: int) -> Harm | None:
    """The harm word that governs a number: the next one of suffering after it, or the last one of inflicting before it."""
    marks = sentence.marks
    end = sentence.clause_ends[clause]
    start = sentence.clause_ends[clause - 1] if clause else sentence.start
    here = marks[index].start
    after = [mark for mark in marks if mark.term.harms and here < mark.start < end]
    before = [mark for mark in marks if mark.term.harms and start <= mark.start < here]
    for mark in after:
        for harm in mark.term.harms:
            if harm.suffer:
                return harm
    for mark in reversed(before):
        for harm in mark.term.harms:
            if not harm.suffer:
                return harm
    for mark in reversed(before):
        return mark.term.harms[0]
    return None
