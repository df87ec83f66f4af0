"""From the frames of a sentence to claims: the claim in the making, and the control it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zubda.extraction.attribution import Voice
from zubda.extraction.counting import Counted
from zubda.extraction.frames import Frame
from zubda.extraction.parties import Group, PartyMention
from zubda.model import ControlStatement, DayRange, PlaceMention

__all__ = ["Draft", "control_of"]


@dataclass(slots=True)
class Draft:
    """A claim in the making. ``spans`` are plain ranges of whole sentences; ``rules`` are (rule, field, start, end), plain."""

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


def control_of(draft: Draft, holders: Sequence[tuple[Group, int, int, bool]]) -> ControlStatement | None:
    """Who holds the draft's places by what it says (codebook, ``control``, rules 7, 11 and 12)."""
    frame = draft.frame
    change = frame.trigger.change
    agent = next((party.side for party in draft.agents if party.side not in ("unknown", "civ", "other")), None)
    target = next((party.side for party in draft.targets if party.side not in ("unknown", "civ", "other")), None)
    if draft.type == "territory" and agent:
        return ControlStatement(agent, "partial" if change == "partial" or frame.partial else "gained")
    if draft.type == "territory" and change in ("lost", "fell") and target:
        return ControlStatement(target, "lost")
    if draft.type == "control" and agent:
        return ControlStatement(agent, "partial" if frame.partial else "holds")
    if draft.type == "withdrawal" and agent:
        return ControlStatement(agent, "withdrew")
    if draft.type == "clash" and frame.failed and target:
        return ControlStatement(target, "holds")
    for group, start, end, _ in holders:
        side = group.parties[0].side
        if side not in ("unknown", "civ", "other") and draft.places and not draft.carried_place:
            draft.rules.append(("holder_in_passing", "control", start, end))
            return ControlStatement(side, "holds")
    return None
