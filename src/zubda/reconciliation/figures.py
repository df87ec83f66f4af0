"""Figures: what each claim counts of each harm and side, with parts told from wholes, before anything is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zubda.model import Claim, Count, DayRange, Theatre
from zubda.names import letter_key
from zubda.reconciliation.columns import is_tally
from zubda.reconciliation.witnesses import alignment_of, origin_of, source_label

__all__ = ["PEOPLE_HARMED", "UNKNOWN_SIDE", "Figure", "figures_of", "is_unarmed", "side_of"]

UNKNOWN_SIDE = "unknown"
CIVILIANS = "civ"
PEOPLE_HARMED = frozenset(
    {
        "killed",
        "wounded",
        "killed_or_wounded",
        "killed_or_captured",
        "killed_or_missing",
        "executed",
        "abducted",
        "missing",
    }
)
THINGS_LOST = frozenset({"vehicles", "tanks", "aircraft", "weapons"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim's number for one harm and one side, or for a ``group`` within the side.

    ``trust`` ranks the source: 3 the account itself or a monitor without a side, 2 another without a side, 1 hearsay,
    0 one that is aligned. ``order`` is the place in the reading order. ``parts`` marks a sum of named parts, which may not be all.
    ``tally`` marks the figure of a claim that only counts the harm of an act told elsewhere.
    """

    claim: str
    source: str
    origin: str
    trust: int
    order: int
    what: str
    side: str
    group: str
    low: int
    high: int | None
    best: int | None = None
    parts: bool = False
    period: DayRange | None = None
    tally: bool = False


def figures_of(claim: Claim, order: int, theatre: Theatre | None) -> Iterator[Figure]:
    """The figures of one claim: for each harm one a side, and one for each part that the claim names beside the whole."""
    counts = claim.counts
    peoples = {party.surface for party in (*claim.actors, *claim.targets) if party.side != UNKNOWN_SIDE}
    sides = [side_of(claim, number, theatre) for number in range(len(counts))]
    wholes: dict[tuple[str, str], list[int]] = {}
    named: dict[tuple[str, str], list[int]] = {}

    def figure(members: Sequence[int], side: str, **more: Any) -> Figure:
        return _figure(claim, order, theatre, [counts[number] for number in members], side, **more)

    for number, count in enumerate(counts):
        if count.low is None and count.high is None:
            continue
        whole = _whole_of(counts, number)
        if count.side == sides[number] == UNKNOWN_SIDE and count.who in peoples:
            yield figure([number], UNKNOWN_SIDE, group=count.who)
        elif whole is None or counts[whole].what != count.what:
            wholes.setdefault((count.what, sides[number]), []).append(number)
        elif sides[whole] in (sides[number], UNKNOWN_SIDE) and sides[number] != sides[whole]:
            named.setdefault((count.what, sides[number]), []).append(number)
        else:
            yield figure([number], sides[number], group=count.who)
    for (what, side), members in wholes.items():
        largest = _total(counts, members, [n for (kind, _), found in wholes.items() if kind == what for n in found])
        yield figure(members if largest is None else [largest], side)
        if len(members) > 1:
            yield from (figure([n], side, group=counts[n].who) for n in members if n != largest)
    for (what, side), members in named.items():
        if (what, side) not in wholes:
            yield figure(members, side, parts=len(members) > 1)
        if len(members) > 1:
            yield from (figure([n], side, group=counts[n].who) for n in members)


def _whole_of(counts: Sequence[Count], number: int) -> int | None:
    """The count that this one is a part of, None if there is none or the part would be the larger."""
    part, whole = counts[number], counts[number].part_of
    if whole is None or whole >= len(counts):
        return None
    high = counts[whole].high
    return None if high is not None and (part.low or 0) > high else whole


def _total(counts: Sequence[Count], members: Sequence[int], others: Sequence[int]) -> int | None:
    """The one of several unrelated counts of one side that is as large as all others of the harm together: their total."""
    if len(members) < 2:
        return None
    most = max(members, key=lambda number: counts[number].low or 0)
    rest = sum(counts[number].low or 0 for number in others if number != most)
    return most if (counts[most].low or 0) >= rest else None


def side_of(claim: Claim, number: int, theatre: Theatre | None) -> str:
    """The side that is counted.

    Where none is told: a part is of its whole's side; people hurt by an act against unarmed people only are of these; things
    lost in an act against one side are that side's.
    """
    count = claim.counts[number]
    if count.side != UNKNOWN_SIDE:
        return count.side
    whole = _whole_of(claim.counts, number)
    if whole is not None and claim.counts[whole].side != UNKNOWN_SIDE:
        return claim.counts[whole].side
    targets = {party.side for party in claim.targets}
    if len(targets) != 1:
        return count.side
    target = next(iter(targets))
    if count.what in PEOPLE_HARMED:
        return target if is_unarmed(target, theatre) else count.side
    return target if count.what in THINGS_LOST else count.side


def is_unarmed(side: str, theatre: Theatre | None) -> bool:
    """Whether a side bears no arms: by the theatre, else only the civilians."""
    return not theatre.sides[side].armed if theatre and side in theatre.sides else side == CIVILIANS


def _figure(
    claim: Claim,
    order: int,
    theatre: Theatre | None,
    counts: Sequence[Count],
    side: str,
    *,
    group: str = "",
    parts: bool = False,
) -> Figure:
    highs = [count.high for count in counts]
    bests = [count.best for count in counts]
    return Figure(
        claim=claim.id,
        source=source_label(claim),
        origin=origin_of(claim, theatre),
        trust=_trust(claim, theatre),
        order=order,
        what=counts[0].what,
        side=side,
        group=letter_key(group) and group,
        low=sum(count.low or 0 for count in counts),
        high=None if parts or None in highs else sum(high or 0 for high in highs),
        best=None if None in bests else sum(best or 0 for best in bests),
        parts=parts,
        period=claim.date,
        tally=is_tally(claim),
    )


def _trust(claim: Claim, theatre: Theatre | None) -> int:
    if claim.source is None:
        return 3
    if claim.source == "unnamed":
        return 1
    source = theatre.sources.get(claim.source_id) if theatre and claim.source_id else None
    if source is None or alignment_of(claim, theatre) is not None:
        return 0
    return 3 if source.kind == "monitor" else 2 if source.kind in ("agency", "organisation") else 0
