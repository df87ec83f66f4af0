"""A draft becomes a claim: every field has a rule and characters that it rests on, and what the rules left unsaid is said here."""

from __future__ import annotations

from zubda.extraction.building import Draft
from zubda.extraction.parties import PartyMention
from zubda.extraction.tolls import counts_of
from zubda.model import Claim, Document, FiredRule, claim_id

__all__ = ["account_for", "claim_of"]


def claim_of(draft: Draft, document: Document, language: str) -> Claim:
    """The claim that a draft makes, with raw spans in its document; ``language`` is that of the passage."""
    offsets = document.offsets
    spans = tuple(dict.fromkeys(offsets.span(*span) for span in draft.spans))
    surfaces = [place.surface for place in draft.places]
    return Claim(
        id=claim_id(document.id, spans, draft.type, draft.voice.source, draft.date, surfaces),
        document=document.id,
        spans=spans,
        type=draft.type,
        date=draft.date,
        places=draft.places,
        actors=tuple(dict.fromkeys(party.as_party() for party in draft.agents if not party.pronoun)),
        targets=tuple(dict.fromkeys(party.as_party() for party in draft.targets if not party.pronoun)),
        source=draft.voice.source,
        source_id=draft.voice.source_id,
        polarity=draft.polarity,
        counts=counts_of(draft.counts),
        control=draft.control,
        rules=tuple(FiredRule(rule, name, *offsets.span(start, end)) for rule, name, start, end in account_for(draft)),
        language=language,
    )


def account_for(draft: Draft) -> list[tuple[str, str, int, int]]:
    """The draft's rules (rule, field, start, end; plain), with one for every field that it has a value in."""
    rules = list(draft.rules)
    said = {field for _, field, _, _ in rules}
    frame = draft.frame
    at = (frame.start, frame.end)
    if "type" not in said:
        first = min(draft.counts, key=lambda entry: entry.start, default=None)
        span = (first.start, first.end) if first is not None else at
        rules.insert(0, ("toll" if draft.counts else frame.trigger.rule, "type", *span))
    if draft.agents and "actor" not in said:
        rules += _named(draft.agents, "actor")
    if draft.targets and "target" not in said:
        rules += _named(draft.targets, "target")
    if draft.voice.source is not None and "source" not in said:
        rules.append((draft.voice.rule or "speech_goes_on", "source", *draft.voice.at))
    if draft.polarity == "deny":
        rules.append(("denied", "polarity", *draft.voice.at))
    if draft.control is not None and "control" not in said:
        rules.append((f"control_{draft.control.change}", "control", *at))
    for entry in draft.counts:
        rules.append((entry.harm.rule if entry.harm is not None else "counted", "counts", entry.start, entry.end))
    return rules


def _named(parties: list[PartyMention], field: str) -> list[tuple[str, str, int, int]]:
    return [("named_beside", field, party.start, party.end) for party in parties]
