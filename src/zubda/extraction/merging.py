"""One claim for each type, source, date and set of places (codebook rule 1), within a sentence and over the next."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.building import Draft
from zubda.extraction.roles import NEUTRAL
from zubda.model import PlaceMention

__all__ = ["absorb", "continues", "merge"]

PLACELESS = frozenset({"strength", "alliance", "statement", "other", "supply", "execution", "arrest"})


def merge(drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence without doubles; a fight that ends in a capture is the capture (rule 5)."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((other for other in kept if _same(other, draft) and not _both_count(other, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            absorb(same, draft)
    captured = [draft for draft in kept if draft.type == "territory"]
    for draft in [draft for draft in kept if draft.type == "clash"]:
        capture = next((capture for capture in captured if _ends_in(draft, capture)), None)
        if capture is not None:
            capture.counts += [entry for entry in draft.counts if entry not in capture.counts]
            kept.remove(draft)
    return kept


def continues(before: Draft, draft: Draft) -> bool:
    """Whether a draft only goes on with the claim of a sentence before."""
    if not _same(before, draft) or _places(before.places) != _places(draft.places) or _both_count(before, draft):
        return False
    if not draft.places and draft.type in PLACELESS:
        return False
    if before.control and draft.control and before.control.holder != draft.control.holder:
        return False
    ours, theirs = _sides(before), _sides(draft)
    return not ours or not theirs or ours == theirs


def _both_count(one: Draft, other: Draft) -> bool:
    """Whether both count the same thing, so that they are two tolls."""
    return bool(
        {entry.count.what for entry in one.counts if not entry.part}
        & {entry.count.what for entry in other.counts if not entry.part}
    )


def _sides(draft: Draft) -> set[str]:
    return {party.side for party in draft.agents} - NEUTRAL


def _places(places: Sequence[PlaceMention]) -> set[str]:
    return {place.place or place.surface for place in places}


def _same(one: Draft, other: Draft) -> bool:
    if one.type != other.type or one.voice.source != other.voice.source or one.polarity != other.polarity:
        return False
    if one.date != other.date:
        return False
    a, b = _places(one.places), _places(other.places)
    if not (a <= b or b <= a):
        return False
    ours, theirs = {party.side for party in one.agents}, {party.side for party in other.agents}
    return not ours or not theirs or ours == theirs or one.type == "clash"


def absorb(kept: Draft, other: Draft) -> None:
    """Put into a draft what another one of the same claim adds: places, parties, counts, control, sentences."""
    if len(other.places) > len(kept.places):
        kept.places = other.places
    surfaces = {party.surface for party in kept.agents}
    sides = {party.side for party in (*kept.agents, *kept.targets)}
    if not kept.agents:
        kept.agents = [party for party in other.agents if party.side not in sides or party.side == "unknown"]
    elif kept.type != "clash":
        kept.agents += [party for party in other.agents if party.surface not in surfaces]
    if not kept.targets:
        kept.targets = [party for party in other.targets if party.side not in {agent.side for agent in kept.agents}]
    kept.counts += [entry for entry in other.counts if entry not in kept.counts]
    kept.control = kept.control or other.control
    kept.spans += [span for span in other.spans if span not in kept.spans]
    kept.rules += other.rules


def _ends_in(clash: Draft, capture: Draft) -> bool:
    return (
        clash.voice.source == capture.voice.source
        and clash.date == capture.date
        and bool(_places(clash.places) & _places(capture.places))
        and not clash.frame.past
        and clash.frame.start < capture.frame.start
        and {party.side for party in clash.agents} <= {party.side for party in (*capture.agents, *capture.targets)}
    )
