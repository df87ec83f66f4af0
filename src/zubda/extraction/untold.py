"""Claims for what no event of a sentence takes up: talk without an event, denials, sizes of forces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from zubda.extraction.attribution import Voice
from zubda.extraction.building import Draft
from zubda.extraction.counting import Counted
from zubda.extraction.echoes import DEEDS
from zubda.extraction.tolls import HARMFUL, VIOLENT
from zubda.model import BLOWS

__all__ = ["untold"]

Make = Callable[[tuple[int, int], str], Draft]
STRUCK_AT = BLOWS | {"attack_on_civilians"}
QUOTED = 12
FORCE = 10
"""Fewer men than this are persons of a story, not a force whose size is told."""
QUIET = frozenset({"civ", "un", "other"})


def untold(
    make: Make, voices: Sequence[Voice], kept: Sequence[Draft], left: Sequence[Counted], event: Draft | None
) -> list[Draft]:
    """What is only said is a statement (codebook, ``statement``); what is only denied is the event told before, denied (rule 6);
    a number of fighters that no claim takes is a strength. ``make`` drafts a claim at a plain range.
    """
    for draft in kept:
        _struck(draft)
        deed = _deed(kept, draft, event)
        if draft.type == "statement" and draft.voice.mode == "accuse" and draft.targets and deed is not None:
            _blame(draft, deed)
    found = _toll(make, left, kept[-1] if kept else event)
    found += _said(make, voices, [*kept, *found], event)
    for entry in left:
        party = entry.party
        few = (entry.count.high or entry.count.low or 0) < FORCE
        if (
            entry.count.what == "fighters"
            and not few
            and party is not None
            and party.side not in QUIET
            and not entry.single
        ):
            draft = make((entry.start, entry.end), "strength")
            draft.agents, draft.counts = [party], [entry]
            found.append(draft)
    return found


def _struck(draft: Draft) -> None:
    """Civilians whom a blow killed were its target, where the text names no other."""
    if draft.type in STRUCK_AT and not draft.targets:
        dead = [entry.party for entry in draft.counts if entry.party is not None and entry.harm is not None]
        draft.targets = [party for party in dict.fromkeys(dead) if party.side == "civ"]


def _toll(make: Make, left: Sequence[Counted], event: Draft | None) -> list[Draft]:
    """A toll that no claim takes is one of the event just told (rule 14), else of a fight if the fallen are armed."""
    harms = [entry for entry in left if entry.harm is not None and entry.count.what in HARMFUL]
    if not harms:
        return []
    parties = [entry.party for entry in harms if entry.party is not None]
    goes_on = event is not None and event.type in VIOLENT
    armed = any(party.armed or (entry.single and party.side != "civ") for entry in harms if (party := entry.party))
    last = harms[-1]
    draft = make((last.start, last.end), event.type if event and goes_on else "clash" if armed else "casualties")
    draft.counts = list(harms)
    if event is not None and goes_on:
        draft.agents, draft.places = list(event.agents), draft.places or event.places
    draft.targets = list(dict.fromkeys(party for party in parties if party.side != "unknown"))
    return [draft]


def _said(make: Make, voices: Sequence[Voice], kept: Sequence[Draft], event: Draft | None) -> list[Draft]:
    found = []
    for number, voice in enumerate(voices):
        if voice.source is None or not voice.rule.startswith("speech") or any(draft.voice is voice for draft in kept):
            continue
        within = voices[number + 1] if number + 1 < len(voices) else None
        if within is not None and _quotes(voice, within) and any(draft.voice is within for draft in kept):
            continue  # what others say that others said
        if voice.mode == "deny":
            before = [draft for draft in kept if draft.frame.start < voice.at[0]]
            denied = before[-1] if before else event
            if denied is not None:
                found.append(_denied(make(voice.at, denied.type), denied, voice))
            continue
        draft = make(voice.at, "statement")
        draft.agents = [voice.party] if voice.party is not None else []
        found.append(draft)
    return found


def _quotes(voice: Voice, within: Voice) -> bool:
    """Whether a voice only tells what the next one says: the second speaks right after the first."""
    return within.source is not None and within.party is not None and 0 <= within.party.start - voice.at[1] <= QUOTED


def _deed(kept: Sequence[Draft], blaming: Draft, event: Draft | None) -> Draft | None:
    """What somebody is blamed for: the deed told before in the sentence, else in the sentence before."""
    told = [draft for draft in kept if draft.frame.start < blaming.frame.start and draft.type in DEEDS]
    return told[-1] if told else event if event is not None and event.type in DEEDS else None


def _blame(draft: Draft, deed: Draft) -> None:
    """ "A blamed B": the deed told before with B as its actor and A as its source (codebook rule 6)."""
    draft.type, draft.date, draft.places = deed.type, deed.date, deed.places
    draft.agents, draft.targets = draft.targets, list(deed.targets)
    draft.frame = replace(draft.frame, trigger=deed.frame.trigger)
    draft.rules.append(("accused", "actor", draft.frame.start, draft.frame.end))


def _denied(draft: Draft, event: Draft, voice: Voice) -> Draft:
    draft.agents, draft.targets, draft.places = list(event.agents), list(event.targets), event.places
    draft.control, draft.voice, draft.polarity = event.control, voice, "deny"
    draft.frame = replace(draft.frame, trigger=event.frame.trigger)
    return draft
