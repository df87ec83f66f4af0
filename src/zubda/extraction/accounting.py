"""Every field of a claim has a rule and characters that it rests on: what the rules left unsaid is said here."""

from __future__ import annotations

from zubda.extraction.building import Draft
from zubda.extraction.parties import PartyMention

__all__ = ["account_for"]


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
