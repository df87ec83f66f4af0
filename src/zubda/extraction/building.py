"""From the frames of a sentence to claims: the claim in the making, and the control it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zubda.extraction.attribution import Voice
from zubda.extraction.counting import Counted
from zubda.extraction.frames import Frame
from zubda.extraction.parties import PartyMention
from zubda.model import ControlStatement, DayRange, PlaceMention

__all__ = ["Draft", "Held", "control_of"]

NEUTRAL = frozenset({"unknown", "civ", "other", "un"})
UNHELD = frozenset({"supply", "statement", "alliance", "displacement"})


@dataclass(frozen=True, slots=True)
class Held:
    """A holder told in passing: who, the surface of the place that it holds, whether it holds an area of it, the plain range."""

    party: PartyMention
    place: str | None
    area: bool
    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """A claim in the making. ``spans`` are plain ranges of whole sentences; ``rules`` are (rule, field, start, end), plain.

    ``located`` tells that a place stands after the verb.
    """

    frame: Frame
    type: str
    date: DayRange | None
    places: tuple[PlaceMention, ...]
    agents: list[PartyMention]
    targets: list[PartyMention]
    voice: Voice
    polarity: str
    spans: list[tuple[int, int]]
    control: ControlStatement | None = None
    counts: list[Counted] = field(default_factory=list)
    rules: list[tuple[str, str, int, int]] = field(default_factory=list)
    carried_place: bool = False
    located: bool = False


def control_of(draft: Draft, held: Sequence[Held], drafts: Sequence[Draft]) -> ControlStatement | None:
    """Who holds the draft's places by what it says (codebook, ``control``, rules 7, 11, 12 and 19)."""
    told = _told(draft, drafts)
    if told is not None:
        return told
    if draft.type in UNHELD or draft.carried_place:
        return None
    names = {place.surface for place in draft.places}
    for holder in held:
        if holder.place is not None and holder.place in names and holder.party.side not in NEUTRAL:
            draft.rules.append(("holder_in_passing", "control", holder.start, holder.end))
            return ControlStatement(holder.party.side, "partial" if holder.area else "holds")
    return None


def _told(draft: Draft, drafts: Sequence[Draft]) -> ControlStatement | None:
    """What the claim itself tells of who holds its places."""
    frame = draft.frame
    change = frame.trigger.change
    agent = next((party.side for party in draft.agents if party.side not in NEUTRAL), None)
    target = next((party.side for party in draft.targets if party.side not in NEUTRAL), None)
    if (
        draft.type == "territory"
        and agent
        and change not in ("lost",)
        and not frame.weak
        and frame.trigger.rule != "toll"
    ):
        part = change == "partial" or frame.partial or _buildings(draft)
        return ControlStatement(agent, "partial" if part else "gained", frame.share)
    if draft.type == "territory" and change in ("lost", "fell") and target:
        return ControlStatement(target, "lost")
    if draft.type == "control" and agent:
        part = frame.partial or (frame.share is not None and not frame.of_city)
        return ControlStatement(agent, "partial" if part else "holds", frame.share)
    if draft.type == "withdrawal" and agent and not _attacked(draft, drafts):
        return ControlStatement(agent, "withdrew")
    if draft.type == "clash" and frame.failed and target:
        return ControlStatement(target, "holds")
    return None


def _buildings(draft: Draft) -> bool:
    """Whether several buildings were taken of the place that is named."""
    taken = [entry.count for entry in draft.counts if entry.count.what == "buildings"]
    return any((count.low or 0) > 1 for count in taken)


def _attacked(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether those who leave attacked in vain before: they leave nothing that they held."""
    sides = {party.side for party in draft.agents}
    return any(other.frame.failed and sides & {party.side for party in other.agents} for other in drafts)
