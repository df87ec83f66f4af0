"""Figures: what each claim counts of each harm and side, with parts told from wholes, before anything is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zubda.model import Claim, Count, DayRange, Theatre
from zubda.names import letter_key
from zubda.reconciliation.witnesses import alignment_of, origin_of, source_label

__all__ = ["PEOPLE_HARMED", "UNKNOWN_SIDE", "Figure", "figures_of"]

UNKNOWN_SIDE = "unknown"
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
ONE_SIDED = frozenset(
    {"airstrike", "shelling", "suicide_bomb", "bomb", "chemical", "execution", "attack_on_civilians", "abduction"}
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim's number for one harm and one side, or for a ``group`` within the side.

    ``trust`` ranks the source: 3 the account itself or a monitor without a side, 2 another without a side, 1 hearsay,
    0 one that is aligned. ``order`` is the place in the reading order. ``parts`` marks a sum of named parts, which may not be all.
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


def figures_of(claim: Claim, order: int, theatre: Theatre | None) -> Iterator[Figure]:
    """The figures of one claim: for each harm one a side, and one for each part that the claim names beside the whole."""
    counts = claim.counts
    sides = [_side(claim, count) for count in counts]
    wholes: dict[tuple[str, str], list[int]] = {}
    named: dict[tuple[str, str], list[int]] = {}
    for number, count in enumerate(counts):
        if count.low is None and count.high is None:
            continue
        parent = counts[count.part_of] if count.part_of is not None and count.part_of < len(counts) else None
        if parent is None or parent.what != count.what:
            wholes.setdefault((count.what, sides[number]), []).append(number)
        elif sides[number] == sides[count.part_of or 0] or sides[count.part_of or 0] != UNKNOWN_SIDE:
            yield _figure(claim, order, theatre, [count], sides[number], group=count.who)
        else:
            named.setdefault((count.what, sides[number]), []).append(number)
    for (what, side), members in wholes.items():
        others = [n for (kind, _), found in wholes.items() if kind == what for n in found]
        most = max(members, key=lambda number: counts[number].low or 0)
        if len(members) > 1 and (counts[most].low or 0) >= sum(counts[n].low or 0 for n in others if n != most):
            yield _figure(claim, order, theatre, [counts[most]], side)
            yield from (
                _figure(claim, order, theatre, [counts[n]], side, group=counts[n].who) for n in members if n != most
            )
            continue
        yield _figure(claim, order, theatre, [counts[number] for number in members], side)
        if len(members) > 1:
            yield from (_figure(claim, order, theatre, [counts[n]], side, group=counts[n].who) for n in members)
    for (what, side), members in named.items():
        some = len(members) > 1 or side == UNKNOWN_SIDE
        if (what, side) not in wholes and side != UNKNOWN_SIDE:
            yield _figure(claim, order, theatre, [counts[number] for number in members], side, parts=some)
        if some:
            yield from (_figure(claim, order, theatre, [counts[n]], side, group=counts[n].who) for n in members)


def _side(claim: Claim, count: Count) -> str:
    """The side that is counted. People of no told side, hurt by a one-sided act, are of its targets' side, if that is one."""
    targets = {party.side for party in claim.targets}
    if count.side == UNKNOWN_SIDE and count.what in PEOPLE_HARMED and claim.type in ONE_SIDED and len(targets) == 1:
        return targets.pop()
    return count.side


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
