"""From numbers and single persons in a sentence to what a claim counts: what, who, which side, and what is part of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zubda.extraction.figures import (
    THINGS,
    Counted,
    goes_on,
    later_clause,
    other_figure,
    side_of_whole,
    told_before,
)
from zubda.extraction.harm_words import clause_span, harm_by_order, object_after, passive_between
from zubda.extraction.harms import harm_by_voice, single_victims
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.owners import PEOPLE, included_side, owner, sufferer
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicate import Predicate
from zubda.languages.interface import Harm
from zubda.model import Count

__all__ = ["THINGS", "Counted", "find_counted"]

PEOPLE_UNITS = frozenset({"person", "body", "none", "thing"})
THING_UNITS = {"vehicle": "vehicles", "aircraft": "aircraft", "weapon": "weapons", "village": "villages"}
UNIT_THINGS = {"vehicle": frozenset({"vehicles", "tanks"}), "aircraft": frozenset({"aircraft"})}
THING_COUNTERS = frozenset({*THING_UNITS, "building", "thing", "none", "person", "tank"})
NO_FORCE = frozenset({"civ", "un", "other"})
SIZED = frozenset({"strength", "movement", "withdrawal"})
LOSSES = frozenset({"destruction", "seizure"})
OWNER_GAP = 8
LIST_GAP = 12


def find_counted(
    sentence: Sentence, groups: Sequence[Group], predicates: Sequence[Predicate] | None = None
) -> list[Counted]:
    """Counts of a sentence, left to right. A number with no unit that can be counted, or with no word that tells what, is left out.

    ``predicates`` are those of a language whose verbs change their form: their voice tells which way a word of harm reaches.
    """
    parties = [party for group in groups for party in group.parties]
    found: list[Counted] = []
    for index, mark in enumerate(sentence.marks):
        if mark.count is None or (mark.count.low is None and mark.count.high is None):
            continue
        harm = harm_by_voice(sentence, index, predicates) if predicates is not None else harm_by_order(sentence, index)
        counted = _counted(sentence, index, mark, groups, found, harm)
        if counted is not None:
            found.append(counted)
    found += _single_persons(sentence, parties, found) if predicates is None else _victims(sentence, predicates, found)
    found.sort(key=lambda entry: entry.start)
    return found


def _counted(
    sentence: Sentence,
    index: int,
    mark: Mark,
    groups: Sequence[Group],
    found: Sequence[Counted],
    harm: Harm | None,
) -> Counted | None:
    number = mark.count
    assert number is not None
    parties = [party for group in groups for party in group.parties]
    party = None if number.noun else owner(sentence, parties, mark)
    if party is not None and party.thing and party.thing not in UNIT_THINGS.get(number.unit, THINGS):
        party = next((one for one in parties if _headed(sentence, mark, one)), None)  # "a truck full of arms"
    what = party.thing if party and party.thing else THING_UNITS.get(number.unit, "")
    if what:
        return _things(sentence, mark, party, what, found)
    if number.unit not in PEOPLE_UNITS or (number.unit in ("none", "thing") and party is None):
        return None
    clause = sentence.clause_of(mark.start)
    part = number.part or goes_on(sentence, mark, found)
    if part and found and (harm is None or harm.what == "wounded" or later_clause(sentence, mark, harm)):
        harm = found[-1].harm
    elif part and harm is None:
        harm = told_before(sentence, mark)
    if number.unit == "body":
        harm = Harm("bodies", "bodies_found", True)
    elif number.harm:
        harm = Harm(number.rule, number.harm, True)
    if harm is None and party is None and number.unit == "person":
        harm = other_figure(sentence, mark, found)
    if harm is None:
        party = _force(sentence, mark, party, parties)
        if party is None:
            return None
    who, side = (party.surface, party.side) if party else (_told_by_unit(sentence, mark), "unknown")
    if harm is not None and side == "unknown":
        last = found[-1] if found and clause - found[-1].clause == 1 else None
        whose = sufferer(sentence, groups, mark, harm, last.party if last is not None else None)
        party = party or whose
        more = bool(found) and (number.low or 0) > (found[-1].count.low or 0)
        whole_side = included_side(sentence, parties, mark) if more or not part else side_of_whole(found, party)
        side = whose.side if whose else whole_side
    if party is not None and party.kind == PEOPLE:
        side = "unknown"  # a people has fighters and others (codebook rule 18)
    count = Count(
        harm.what if harm else "fighters",
        who,
        side,
        number.low,
        number.high,
        number.approximate,
    )
    return Counted(count, mark.start, mark.end, clause, harm, part, party)


def _headed(sentence: Sentence, mark: Mark, party: PartyMention) -> bool:
    """Whether a thing of the number's unit stands behind what describes it, in the number's clause."""
    number = mark.count
    assert number is not None
    fits = party.start >= mark.end and party.thing in UNIT_THINGS.get(number.unit, frozenset())
    before = sentence.marks[party.first - 1] if party.first else None
    return fits and before is not None and before.has("the") and party.start - mark.end <= LIST_GAP


def _told_by_unit(sentence: Sentence, mark: Mark) -> str:
    """Whom a number counts, where only its unit tells it: the last character, or the whole number in Latin script."""
    surface = sentence.surface(mark.start, mark.end)
    return surface if surface.isascii() else surface[-1:]


def _force(
    sentence: Sentence, mark: Mark, party: PartyMention | None, parties: Sequence[PartyMention]
) -> PartyMention | None:
    """The armed party whose size a number of people tells whom nothing befalls: the one counted, or one before in the clause.

    Where the clause names none but tells of a force ("7,000 in all, made up of"), the one that the sentence names last.
    """
    number = mark.count
    if number is None or number.low == 1 or number.rule == "definite":
        return None
    if party is not None:
        told = party.armed and party.side not in NO_FORCE and not _only_modifies(sentence, party)
        return party if told else None
    clause = sentence.clause_of(mark.start)
    before = [other for other in parties if other.end <= mark.start and other.armed and not other.role]
    inside = [other for other in before if sentence.clause_of(other.start) == clause]
    sized = any(other.term.trigger and other.term.trigger.type in SIZED for other in sentence.in_clause(clause))
    if number.unit != "person" or not (inside or (before and sized)):
        return None
    return (inside or before)[-1]


def _only_modifies(sentence: Sentence, party: PartyMention) -> bool:
    """Whether the name of a state only tells whose the unknown thing behind it is: "two Kolmarian patrol craft"."""
    after = sentence.marks[party.last + 1 : party.last + 2]
    end = after[0].start if after else sentence.end
    text = sentence.folded[party.end - sentence.start : end - sentence.start]
    return party.kind == "state" and party.first == party.last and text[:1] == " " and text.strip(" .").isalpha()


def _things(
    sentence: Sentence, mark: Mark, party: PartyMention | None, what: str, found: Sequence[Counted]
) -> Counted | None:
    """Things count if they are lost or several; buildings if they are lost or taken, rounds fired not at all.

    A number alone counts what the number before it in the clause counts, as a part: "of 26 tanks 20 were lost".
    """
    number = mark.count
    assert number is not None
    if number.unit not in THING_COUNTERS or (number.rule == "definite" and number.unit == "building"):
        return None
    clause = sentence.clause_of(mark.start)
    whole = found[-1] if found and found[-1].clause == clause and found[-1].count.what in THINGS else None
    if party is None and whole is not None and not whole.part and _fits(whole, number.unit):
        count = replace(whole.count, low=number.low, high=number.high, approximate=number.approximate)
        lost = whole.lost or _lost(sentence, mark, whole.party)
        return Counted(count, mark.start, mark.end, clause, None, True, whole.party, lost)
    if party is None and number.unit == "weapon":
        return None
    lost = _lost(sentence, mark, party)
    taken = any(other.term.trigger and other.term.trigger.type == "territory" for other in sentence.in_clause(clause))
    if not lost and (number.low == 1 or (what == "buildings" and not taken)):
        return None
    side = party.side if party else "unknown"
    who = party.surface if party else _told_by_unit(sentence, mark)
    count = Count(what, who, side, number.low, number.high, number.approximate)
    return Counted(count, mark.start, mark.end, clause, None, number.part, party, lost)


def _fits(whole: Counted, unit: str) -> bool:
    """Whether the unit of a number alone can count the things that the number before it counts."""
    return unit not in THING_UNITS or whole.count.what in UNIT_THINGS.get(unit, {THING_UNITS[unit]})


def _lost(sentence: Sentence, mark: Mark, party: PartyMention | None) -> bool:
    """Whether a verb of loss governs the things: before them, or after them in the passive."""
    start, end = clause_span(sentence, sentence.clause_of(mark.start))
    for other in sentence.marks:
        if not start <= other.start < end or other.term.trigger is None or other.term.trigger.type not in LOSSES:
            continue
        if other.start < mark.start or passive_between(sentence, mark.end, other.start):
            return True
        if party is not None and not object_after(sentence, other, end):
            return True
    return False


def _single_persons(sentence: Sentence, parties: Sequence[PartyMention], found: Sequence[Counted]) -> Iterator[Counted]:
    """A single person whom something befalls counts 1 (codebook rule 14): a name, or an office in the singular."""
    for mark in sentence.marks:
        if not mark.term.harms:
            continue
        patient = _patient(sentence, mark, parties)
        if patient is None or any(_covers(entry, patient) for entry in found):
            continue
        party, harm = patient[0], patient[1]
        count = Count(harm.what, party.surface, party.side, 1, 1)
        yield Counted(count, party.start, party.end, sentence.clause_of(mark.start), harm, False, party, single=True)


def _victims(sentence: Sentence, predicates: Sequence[Predicate], found: Sequence[Counted]) -> Iterator[Counted]:
    """Single persons whom a verb of harm befalls, where its voice tells who suffers."""
    for party, harm in single_victims(sentence, predicates):
        if not any(_covers(entry, (party, harm)) for entry in found):
            clause = sentence.clause_of(party.start)
            count = Count(harm.what, party.surface, party.side, 1, 1)
            yield Counted(count, party.start, party.end, clause, harm, False, party, single=True)


def _covers(entry: Counted, patient: tuple[PartyMention, Harm]) -> bool:
    """Whether a number was already read for that party or for that harm beside it."""
    party, harm = patient
    if entry.party is not None and entry.party.start <= party.start < entry.party.end:
        return True
    return 0 <= party.start - entry.end <= OWNER_GAP or (entry.harm is not None and entry.harm.what == harm.what)


def _patient(sentence: Sentence, mark: Mark, parties: Sequence[PartyMention]) -> tuple[PartyMention, Harm] | None:
    start, end = clause_span(sentence, sentence.clause_of(mark.start))

    def joined(low: int, high: int) -> bool:
        """Whether all that stands between is people joined with "and" to what follows."""
        between = [other for other in sentence.marks if low <= other.start < high]
        return any(other.has("and") for other in between) and not any(
            other.count or other.term.harms or other.term.speech for other in between
        )

    inside = [party for party in _persons(sentence, parties) if start <= party.start < end]
    before = [party for party in inside if party.end <= mark.start]
    after = [party for party in inside if party.start >= mark.end]
    free = bool(before) and not _people_between(sentence, before[-1].end, mark.start)
    for harm in mark.term.harms:
        passive = bool(before) and passive_between(sentence, before[0].end, mark.start)
        if harm.suffer or passive:
            if free:
                return before[-1], harm
        elif after and (joined(mark.end, after[0].start) or not _people_between(sentence, mark.end, after[0].start)):
            return after[0], harm
        elif (
            before
            and not (after or object_after(sentence, mark, end))
            and free
            and not _says(sentence, before[-1], mark)
        ):
            return before[-1], harm
    return None


def _says(sentence: Sentence, party: PartyMention, mark: Mark) -> bool:
    """Whether the party only tells of the harm: a verb of saying stands between."""
    return any(party.end <= other.start < mark.start and other.term.speech for other in sentence.marks)


def _people_between(sentence: Sentence, start: int, end: int) -> bool:
    """Whether other people or a verb stand between."""
    return any(
        start <= other.start < end
        and ((other.term.people and not other.has("passive")) or other.lexeme.actor or other.count or other.term.harms)
        for other in sentence.marks
    )


def _persons(sentence: Sentence, parties: Sequence[PartyMention]) -> Iterator[PartyMention]:
    """Parties that are one person, and names that nothing knows."""
    used: set[int] = set()
    for party in parties:
        marks = sentence.marks[party.first : party.last + 1]
        used.update(range(party.first, party.last + 1))
        people = next((mark.term.people for mark in reversed(marks) if mark.term.people), None)
        title = sentence.marks[party.first - 1] if party.first else None
        titled = (
            title is not None
            and title.end == party.start
            and title.term.people is not None
            and title.term.people.single
        )
        alone = titled or (people is not None and people.single)
        named = party.kind == "person" or any(mark.name for mark in marks[1:])
        if (alone or named) and not _plural(sentence, party):
            yield party
    for index, mark in enumerate(sentence.marks):
        if mark.name and index not in used:
            surface = sentence.surface(mark.start, mark.end)
            yield PartyMention(mark.start, mark.end, index, index, surface, "unknown")


def _plural(sentence: Sentence, party: PartyMention) -> bool:
    """Whether a word for several stands before the party ("some", "several", a number)."""
    before = [mark for mark in sentence.marks[: party.first] if 0 <= party.start - mark.end <= 2]
    return any(mark.has("several") or mark.count for mark in before)
