"""Counts to claims: which claim takes which count, what is part of what, and tolls that no other claim takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from zubda.extraction.attribution import Voice, voice_at
from zubda.extraction.building import Draft
from zubda.extraction.counting import THINGS, Counted
from zubda.extraction.roles import NEUTRAL
from zubda.model import BLOWS, Count

__all__ = ["attach_counts", "counts_of", "fold_losses", "told_by_number", "tolls_alone"]

VIOLENT = BLOWS | {"clash", "execution", "attack_on_civilians", "casualties"}
HARMING = VIOLENT | frozenset({"territory", "siege", "abduction", "arrest", "release", "destruction", "other"})
OWN = {
    "captured": frozenset({"arrest", "territory", "clash", "seizure"}),
    "executed": frozenset({"execution", "arrest", "attack_on_civilians", "clash"}),
    "abducted": frozenset({"abduction", "arrest"}),
    "released": frozenset({"release", "territory", "clash"}),
    "defected": frozenset({"defection", "alliance"}),
    "displaced": frozenset({"displacement"}),
    "evacuated": frozenset({"displacement", "withdrawal", "agreement"}),
    "bodies_found": frozenset({"execution", "attack_on_civilians", "casualties", "other"}),
    "fighters": frozenset(
        {"strength", "movement", "clash", "alliance", "territory", "withdrawal", "siege", "defection"}
    ),
    "villages": frozenset({"territory", "control", "withdrawal", "destruction"}),
    "weapons": frozenset(
        {"shelling", "airstrike", "seizure", "destruction", "strength", "territory", "supply", "movement"}
    ),
    "buildings": frozenset({"destruction", "territory", "airstrike", "shelling", "bomb"}),
}
EQUIPMENT = frozenset(
    {"destruction", "seizure", "strength", "movement", "defection", "clash", "territory", "withdrawal"}
)
TOLLED = BLOWS | {"clash", "territory", "execution"}
FALLEN = frozenset({"killed", "wounded", "killed_or_wounded", "killed_or_missing"})
MANY = 10
SIZE = "size"
KILLED = frozenset({"clash", "attack_on_civilians"})
KILLING = frozenset({"fight_verb", "killed_in_fight"})
COST = "cost"
FORCES = frozenset({"fighters", "tanks", "aircraft"})
HARMFUL = frozenset(
    {"killed", "wounded", "killed_or_wounded", "killed_or_captured", "killed_or_missing", "missing", "bodies_found"}
)


def attach_counts(drafts: list[Draft], counted: Sequence[Counted], voices: Sequence[Voice]) -> list[Counted]:
    """Give each count to the draft it belongs to; returns those that no draft takes. Parts go where their whole went.

    A toll that a source gives for an event told before it in the sentence becomes a draft of its own, which ``drafts`` gains; what
    another source counts is no count of a source's draft.
    """
    left: list[Counted] = []
    whole: Draft | None = None
    lists = {(entry.count.what, entry.clause) for entry in counted if not entry.part}
    for entry in counted:
        voice = voice_at(voices, entry.start)
        heard = [
            draft
            for draft in drafts
            if None in (voice.source, draft.voice.source) or voice.source == draft.voice.source
        ]
        draft = whole if entry.part and whole is not None else _taker(heard, entry, lists)
        if entry.count.what == "executed" and draft is not None:  # part of a toll, and the toll of the execution
            other = _taker(heard, entry, lists)
            if other is not None and other is not draft:
                other.counts.append(replace(entry, part=False))
        if not entry.part:
            whole = draft
        if draft is None:
            left.append(entry)
        else:
            _as_told(drafts, draft, voice_at(voices, entry.start), entry).counts.append(entry)
    return left


def _as_told(drafts: list[Draft], draft: Draft, voice: Voice, entry: Counted) -> Draft:
    """The draft, or the same event as told by who gives its toll, where that is named after it (codebook rule 14)."""
    other = voice.source != draft.voice.source and voice.start > draft.frame.start and voice.mode != "deny"
    if not other or entry.count.what not in HARMFUL:
        return draft
    for told in drafts:
        if told.frame is draft.frame and told.voice.source == voice.source:
            return told
    copy = replace(
        draft,
        voice=voice,
        counts=[],
        agents=list(draft.agents),
        targets=list(draft.targets),
        spans=list(draft.spans),
        rules=[*(rule for rule in draft.rules if rule[1] != "source"), (voice.rule, "source", *voice.at)],
    )
    drafts.append(copy)
    return copy


def _taker(drafts: Sequence[Draft], entry: Counted, lists: Collection[tuple[str, int]]) -> Draft | None:
    what = entry.count.what
    types = OWN.get(what, EQUIPMENT if what in THINGS else HARMING)
    fitting = [draft for draft in drafts if draft.type in types and not _told_apart(draft, entry, lists)]
    if what == "executed":
        fitting = [draft for draft in fitting if draft.type == "execution"] or fitting
    if entry.party is not None and entry.harm is not None:
        fitting = [draft for draft in fitting if _suffers(draft, entry)] or fitting
    return min(fitting, key=lambda draft: _distance(draft, entry)) if fitting else None


def _suffers(draft: Draft, entry: Counted) -> bool:
    """Whether those counted are told to have been struck in what the draft told before them."""
    if entry.party is None or draft.frame.clause > entry.clause:
        return False
    return any(party.start == entry.party.start for party in draft.targets)


def _told_apart(draft: Draft, entry: Counted, lists: Collection[tuple[str, int]]) -> bool:
    """Whether a toll is told by itself before the draft, which only says when or why; a single death is no part of a mere mention."""
    if draft.type == "destruction" and entry.harm is not None:
        return not any(party.thing == "aircraft" for party in draft.targets)  # those aboard
    if entry.single and draft.frame.weak and draft.type == "clash":
        return True
    later = draft.frame.clause - entry.clause
    if draft.frame.weak and (entry.count.what, draft.frame.clause) in lists:
        return False  # "63 of A, 11 of them foreigners, and 32 of B died in the battle"
    suffered = entry.harm is not None and entry.harm.suffer
    return suffered and (later > 1 or (later == 1 and draft.frame.weak))


def _distance(draft: Draft, entry: Counted) -> tuple[float, int]:
    """How far a count is from a draft: clauses between, those after it and captures counting more, then characters."""
    clauses = entry.clause - draft.frame.clause
    away = float(clauses) if clauses >= 0 else 1.5 - clauses
    if entry.harm is not None and draft.type not in VIOLENT and entry.count.what in HARMFUL:
        away += 0.75
    if entry.lost and draft.type not in ("destruction", "seizure"):
        away += 0.5
    return away, abs(draft.frame.start - entry.start)


def fold_losses(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence without those that only tell what a fight told before them cost: prisoners, equipment lost."""
    kept: list[Draft] = []
    for draft in drafts:
        fights = [other for other in reversed(kept) if _cost_of(draft, other)]
        fight = next((other for other in fights if other.counts), fights[0] if fights else None)
        if fight is None:
            kept.append(draft)
        else:
            fight.counts += draft.counts
            fight.rules += draft.rules
    return kept


def _cost_of(draft: Draft, fight: Draft) -> bool:
    if not draft.counts or fight.frame.start > draft.frame.start or fight.frame.trigger.noun:
        return False
    if fight.voice.source != draft.voice.source or fight.polarity != draft.polarity:
        return False
    ours = {party.side for party in draft.agents}
    if ours and fight.agents and not ours & {party.side for party in (*fight.agents, *fight.targets)}:
        return False
    if draft.type == "arrest" and fight.type in ("clash", "territory"):
        tolled = any(entry.count.what == "killed" for entry in fight.counts)
        return all(entry.harm is not None and (tolled or not entry.harm.suffer) for entry in draft.counts)
    hard = bool(fight.counts) or fight.frame.failed or draft.frame.trigger.rule == COST
    equipment = all(
        (entry.lost or _in_part(draft, entry)) and entry.count.what != "buildings" for entry in draft.counts
    )
    return draft.type == "destruction" and fight.type == "clash" and hard and equipment


def _in_part(draft: Draft, whole: Counted) -> bool:
    """Whether it is told of things how many of them were lost: "of 26 tanks 20"."""
    same = (entry for entry in draft.counts if entry.part and entry.clause == whole.clause)
    return not whole.part and any(entry.lost and entry.count.what == whole.count.what for entry in same)


def told_by_number(drafts: list[Draft]) -> list[Draft]:
    """ "They fired on the crowd, killing three": the number is that of the blow before; a sum of no force is no strength."""
    kept: list[Draft] = []
    for draft in drafts:
        if draft.type == "arrest" and draft.frame.passive and any(entry.count.what in FALLEN for entry in draft.counts):
            draft.type = "casualties"  # "2,000 were killed or wounded, 300 taken prisoner"
        if draft.frame.trigger.rule == SIZE and not any(entry.harm is None for entry in draft.counts):
            continue
        blow = kept[-1] if kept and kept[-1].type in BLOWS | {"attack_on_civilians", "territory"} else None
        killed = draft.type in KILLED and draft.frame.trigger.rule in KILLING and not draft.frame.failed
        taken = blow is not None and blow.type == "territory" and not draft.located
        taken = taken and not any(party.side == "civ" for party in draft.targets)
        nobody = taken or all(party.side in NEUTRAL or (blow and party in blow.agents) for party in draft.targets)
        agentless = draft.frame.trigger.passive or bool(draft.frame.region[1])
        same = blow is not None and (draft.agents == blow.agents or (agentless and not draft.agents))
        if blow is not None and same and killed and draft.frame.trigger.passive and draft.counts and blow.type in BLOWS:
            draft.type, draft.places = blow.type, draft.places or blow.places  # another source tells its toll
            draft.agents = list(blow.agents)
        same = same and blow is not None and blow.voice.source == draft.voice.source
        if blow is not None and killed and nobody and draft.counts and same:
            blow.counts += draft.counts
        else:
            kept.append(draft)
    return kept


def _strength(make: Callable[[Counted, str], Draft], forces: Sequence[Counted]) -> Draft:
    """The size of a force that nothing else is told of."""
    draft = make(forces[0], "strength")
    draft.counts, draft.targets = list(forces), []
    draft.agents = [entry.party for entry in forces[:1] if entry.party is not None]
    return draft


def counts_of(entries: Sequence[Counted]) -> tuple[Count, ...]:
    """The counts of a claim, in the order of the text, with parts pointing at their whole: the last count that is no part."""
    counts: list[Count] = []
    whole: int | None = None
    for entry in sorted(entries, key=lambda entry: entry.start):
        count = entry.count
        if entry.part and whole is not None:
            what = count.what if entry.harm is None or count.what == "executed" else counts[whole].what
            counts.append(replace(count, what=what, part_of=whole))
            continue
        whole = len(counts)
        counts.append(count)
    return tuple(counts)


def tolls_alone(
    make: Callable[[Counted, str], Draft], left: Sequence[Counted], event: Draft | None, apart: bool
) -> list[Draft]:
    """Claims for tolls that no frame took: of the event just told, a clash where somebody inflicted them, else a toll by itself.

    ``event`` is what the sentence before told, ``apart`` whether this sentence names a place of its own, or sums up.
    """
    harms = [entry for entry in left if entry.harm is not None and entry.count.what in HARMFUL]
    if not harms:
        forces = [
            entry for entry in left if entry.count.what in FORCES and not entry.lost and (entry.count.low or 0) >= MANY
        ]
        return [_strength(make, forces)] if forces else []
    return [_toll(make, told, event, apart) for told in _by_source(make, harms)]


def _by_source(make: Callable[[Counted, str], Draft], harms: Sequence[Counted]) -> list[list[Counted]]:
    """Tolls by who tells them: one side's figures and those of another are claims of their own."""
    groups: dict[tuple[str | None, str], list[Counted]] = {}
    last: list[Counted] = []
    for entry in harms:
        voice = make(entry, "casualties").voice
        if not (entry.part and last):
            last = groups.setdefault((voice.source, voice.mode), [])
        last.append(entry)
    return list(groups.values())


def _toll(make: Callable[[Counted, str], Draft], harms: Sequence[Counted], event: Draft | None, apart: bool) -> Draft:
    first = harms[0]
    inflicted = (first.harm is not None and not first.harm.suffer) or first.single
    draft = make(first, "clash" if inflicted else "casualties")
    of_both = bool(draft.agents)
    if event is not None and event.type in TOLLED and not apart and not _told_already(first, draft, event):
        same_day = draft.date == event.date
        of_both = of_both and not same_day
        shown = (
            first.count.what == "bodies_found" and event.type == "territory"
        )  # a body that is shown is not what a capture cost
        if (same_day and not shown) or event.type in BLOWS:
            draft.type = event.type
        if same_day and not shown:
            if not draft.places:
                draft.places = event.places
                draft.rules.append(("place_of_sentence_before", "places", first.start, first.end))
            draft.agents = list(event.agents)
    draft.counts = list(harms)
    if of_both:
        return draft
    targets = [entry.party for entry in harms if entry.party and entry.party.side != "unknown"]
    draft.targets = list(dict.fromkeys(replace(party) for party in targets))
    return draft


def _told_already(entry: Counted, draft: Draft, event: Draft) -> bool:
    """Whether it has been told what the event cost, and no other source tells: another toll of the same harm is not of that event."""
    told = {entry.count.what for entry in event.counts if not entry.part}
    return entry.count.what in told and draft.voice.source in (None, event.voice.source)
