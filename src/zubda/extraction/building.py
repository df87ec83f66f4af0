"""From the frames of a sentence to claims: types settled, control told, counts attached, doubles merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zubda.extraction.attribution import Voice
from zubda.extraction.counting import Counted
from zubda.extraction.frames import Frame
from zubda.extraction.parties import Group, PartyMention
from zubda.model import ControlStatement, Count, DayRange, PlaceMention

__all__ = ["Draft", "attach_counts", "control_of", "counts_of"]

EVENTS = frozenset(
    {
        "clash", "territory", "airstrike", "shelling", "suicide_bomb", "bomb", "chemical", "execution", "attack_on_civilians",
        "abduction", "arrest", "defection", "siege", "seizure", "destruction", "displacement", "movement", "release", "strength",
        "withdrawal", "protest", "alliance", "casualties",
    }
)  # fmt: skip
TAKES = {
    "killed": EVENTS
    - {"movement", "strength", "seizure", "supply", "protest", "alliance", "withdrawal", "displacement"},
    "fighters": frozenset({"movement", "strength", "clash", "alliance", "territory"}),
}
TAKES_THINGS = frozenset(
    {"destruction", "seizure", "movement", "strength", "clash", "defection", "territory", "airstrike", "shelling"}
)


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


def attach_counts(drafts: list[Draft], counted: Sequence[Counted]) -> list[Counted]:
    """Give each count to the draft it belongs to; returns those that no draft takes."""
    left = []
    for entry in counted:
        draft = _taker(drafts, entry)
        if draft is None:
            left.append(entry)
        else:
            draft.counts.append(entry)
    return left


def _taker(drafts: Sequence[Draft], entry: Counted) -> Draft | None:
    what = entry.count.what
    if what in ("vehicles", "tanks", "aircraft", "weapons", "buildings", "villages"):
        fitting = [draft for draft in drafts if draft.type in TAKES_THINGS]
    elif what == "fighters":
        fitting = [draft for draft in drafts if draft.type in TAKES["fighters"]]
    else:
        fitting = [draft for draft in drafts if draft.type in TAKES["killed"]]
    if not fitting:
        return None
    return min(
        fitting, key=lambda draft: (abs(draft.frame.clause - entry.clause), abs(draft.frame.start - entry.start))
    )


def counts_of(entries: Sequence[Counted]) -> tuple[Count, ...]:
    """The counts of a claim with parts pointing at their whole: the last count before them that is no part itself."""
    counts: list[Count] = []
    whole: int | None = None
    for entry in entries:
        count = entry.count
        if entry.part and whole is not None:
            what = counts[whole].what
            counts.append(Count(what, count.who, count.side, count.low, count.high, count.approximate, whole))
            continue
        if (
            counts
            and whole is not None
            and counts[-1].part_of is not None
            and entry.harm is counts_harm(entries, whole)
        ):
            counts.append(
                Count(counts[whole].what, count.who, count.side, count.low, count.high, count.approximate, whole)
            )
            continue
        whole = len(counts)
        counts.append(count)
    return tuple(counts)


def counts_harm(entries: Sequence[Counted], index: int) -> object:
    """The harm word of the count at ``index``; parts follow their whole until another harm word governs."""
    return entries[index].harm if index < len(entries) else None
