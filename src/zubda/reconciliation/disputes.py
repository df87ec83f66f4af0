"""Disputes: claims that cannot all be right, found in events and between statements of who holds a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from math import log2

from zubda.model import Claim, DayRange, Dispute, Event, Position, Theatre, Toll
from zubda.reconciliation.holders import holder_disputes
from zubda.reconciliation.kinds import STATES, TALK
from zubda.reconciliation.witnesses import source_label

__all__ = ["find_disputes"]

BASE = {"count": 2.0, "what": 3.0, "who": 3.0, "holder": 2.5, "when": 1.0}
"""What a dispute weighs by what it is about, before its size and its witnesses are seen."""


def find_disputes(events: Sequence[Event], claims: Mapping[str, Claim], theatre: Theatre | None) -> tuple[Dispute, ...]:
    """All disputes, heaviest first. ``claims`` maps ids to claims."""
    found: list[Dispute] = []
    event_of = {claim: event.id for event in events for claim in event.claims}
    for event in events:
        members = [claims[claim] for claim in event.claims]
        found += _counts(event)
        found += _denials(event, members)
        found += _actors(event, members)
        found += _days(event, members)
    for about, topic, positions, weight, days, places in holder_disputes(claims.values(), theatre):
        first = event_of.get(positions[0].claims[0])
        found.append(_dispute(about, topic, positions, BASE[about] * weight, first, days, places))
    merged = {dispute.id: dispute for dispute in found}
    return tuple(sorted(merged.values(), key=lambda dispute: (-dispute.weight, dispute.id)))


def _dispute(
    about: str,
    topic: str,
    positions: Sequence[Position],
    weight: float,
    event: str | None,
    days: DayRange | None,
    places: tuple[str, ...],
) -> Dispute:
    key = "\x1f".join((about, *sorted(claim for position in positions for claim in position.claims)))
    name = "q" + blake2b(key.encode(), digest_size=6).hexdigest()[:11]
    return Dispute(name, about, topic, tuple(positions), round(weight, 3), event, days, places)


def _counts(event: Event) -> Iterator[Dispute]:
    for row in event.toll:
        if row.group or row.rule in ("first count", "increase", "sum", "whole") or row.side == "all":
            continue
        figures = _rival_figures(row)
        if len(figures) < 2:
            continue
        positions = [
            Position(
                _number(low, high), tuple(dict.fromkeys(s for s, _ in said)), tuple(dict.fromkeys(c for _, c in said))
            )
            for (low, high), said in figures.items()
        ]
        lows = [low for low, _ in figures]
        weight = BASE["count"] * (1 + log2((max(lows) + 1) / (min(lows) + 1)))
        topic = f"{row.what.replace('_', ' ')}, {row.side}"
        yield _dispute("count", topic, positions, weight, event.id, row.date or event.date, event.places)


def _rival_figures(row: Toll) -> dict[tuple[int, int | None], list[tuple[str, str]]]:
    """Figures that do not overlap, with who gives each; one source's revisions alone are no dispute."""
    figures: dict[tuple[int, int | None], list[tuple[str, str]]] = {}
    for source in row.sources:
        figures.setdefault((source.low or 0, source.high), []).append((source.source, source.claim))
    if len({source for said in figures.values() for source, _ in said}) < 2:
        return {}
    bounds = list(figures)
    apart = {
        a
        for a in bounds
        for b in bounds
        if a != b and ((a[1] is not None and a[1] < b[0]) or (b[1] is not None and b[1] < a[0]))
    }
    return {bound: said for bound, said in figures.items() if bound in apart}


def _number(low: int | None, high: int | None) -> str:
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _denials(event: Event, members: Sequence[Claim]) -> Iterator[Dispute]:
    denying = [claim for claim in members if claim.polarity == "deny"]
    affirming = [claim for claim in members if claim.polarity == "affirm" and claim.type not in TALK]
    if not denying or not affirming:
        return
    same = [claim for claim in affirming if any(claim.type == other.type for other in denying)] or affirming
    positions = [_position("it happened", same), _position("denied", denying)]
    yield _dispute("what", event.type, positions, BASE["what"] * _voices(positions), event.id, event.date, event.places)


def _actors(event: Event, members: Sequence[Claim]) -> Iterator[Dispute]:
    """Different sources that name different sides as the one who did it."""
    blamed: dict[frozenset[str], list[Claim]] = {}
    for claim in members:
        sides = frozenset(party.side for party in claim.actors) - {"unknown"}
        if sides and claim.polarity == "affirm" and claim.type not in STATES | TALK and claim.type == event.type:
            blamed.setdefault(sides, []).append(claim)
    groups = [
        (sides, told) for sides, told in blamed.items() if not any(sides & other for other in blamed if other != sides)
    ]
    labels = {source_label(claim) for _, told in groups for claim in told}
    if len(groups) < 2 or len(labels) < 2 or _both_ways(groups):
        return
    positions = [_position(" and ".join(sorted(sides)), told) for sides, told in groups]
    yield _dispute("who", event.type, positions, BASE["who"] * _voices(positions), event.id, event.date, event.places)


def _both_ways(groups: Sequence[tuple[frozenset[str], Sequence[Claim]]]) -> bool:
    """Whether the two sides simply fight each other: each is the other's target, or the claims tell of no target at all."""
    for sides, told in groups:
        targets = {party.side for claim in told for party in claim.targets}
        if any(targets & other for other, _ in groups if other != sides):
            return True
    return False


def _days(event: Event, members: Sequence[Claim]) -> Iterator[Dispute]:
    """One event put on different days."""
    told: dict[DayRange, list[Claim]] = {}
    for claim in members:
        if claim.date and claim.date.days <= 3 and claim.type == event.type and claim.polarity == "affirm":
            told.setdefault(claim.date, []).append(claim)
    days = sorted(told)
    if len(days) < 2 or days[0].overlap(days[-1]) or days[0].gap(days[-1]) == 0:
        return
    first, last = told[days[0]], told[days[-1]]
    if {c.source for c in first} & {c.source for c in last} and not _outcome(first) & _outcome(last):
        return
    positions = [_position(" to ".join(dict.fromkeys(day.as_list())), told[day]) for day in (days[0], days[-1])]
    yield _dispute("when", event.type, positions, BASE["when"] * _voices(positions), event.id, event.date, event.places)


def _outcome(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    return {(claim.control.holder, claim.control.change) for claim in claims if claim.control}


def _position(says: str, claims: Sequence[Claim]) -> Position:
    return Position(says, tuple(dict.fromkeys(map(source_label, claims))), tuple(claim.id for claim in claims))


def _voices(positions: Sequence[Position]) -> float:
    """More for positions that several sources hold: the smaller one decides."""
    return 1 + log2(min(len(position.sources) for position in positions))
