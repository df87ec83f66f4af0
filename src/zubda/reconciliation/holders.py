"""Statements of who holds a place that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from zubda.model import Claim, ControlStatement, DayRange, Position, Theatre
from zubda.reconciliation.witnesses import source_label

__all__ = ["holder_disputes"]

Found = tuple[str, str, tuple[Position, ...], float, DayRange | None, tuple[str, ...]]

HAS = frozenset({"gained", "holds"})
LEFT = frozenset({"lost", "withdrew"})
LONGEST_DAYS = 14
PRECISE_DAYS = 11


def holder_disputes(claims: Iterable[Claim], theatre: Theatre | None) -> Iterator[Found]:
    """Disputes over who held what: topic, positions, weight, days and places of each.

    Two sources that give a place to different holders, or all of it and a part, on days that overlap; shares of one place that
    add up to more than the whole; and a side that leaves a place days after another was said to hold it, with no word of how it
    had come back.
    """
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.control and claim.date and claim.date.days <= PRECISE_DAYS * 2 and claim.polarity == "affirm":
            for place in claim.place_ids:
                by_place[place].append(claim)
    seen: set[tuple[str, str]] = set()
    for place, told in by_place.items():
        told.sort(key=lambda claim: (claim.date or DayRange.of_year(1), claim.spans))
        for number, one in enumerate(told):
            for other in told[number + 1 :]:
                if (one.id, other.id) in seen or one.id == other.id:
                    continue
                weight = _contradiction(one, other, told, theatre)
                if weight:
                    seen.add((one.id, other.id))
                    yield _found(place, one, other, weight)


def _found(place: str, one: Claim, other: Claim, weight: float) -> Found:
    positions = tuple(
        Position(_says(claim.control), (source_label(claim),), (claim.id,)) for claim in (one, other) if claim.control
    )
    days = [claim.date for claim in (one, other) if claim.date]
    when = DayRange(min(day.first for day in days), max(day.last for day in days))
    return "holder", place, positions, weight, when, (place,)


def _says(control: ControlStatement) -> str:
    share = f" {control.share[0]:.0%} to {control.share[1]:.0%}" if control.share else ""
    return f"{control.holder} {control.change}{share}"


def _contradiction(one: Claim, other: Claim, told: Sequence[Claim], theatre: Theatre | None) -> float:
    """How much two statements exclude each other, 0 if they do not."""
    a, b = one.control, other.control
    if a is None or b is None or one.date is None or other.date is None:
        return 0.0
    holder_a, holder_b = _holder(a, theatre), _holder(b, theatre)
    gap = one.date.gap(other.date)
    if a.share or b.share:
        return _shares(a, b, holder_a == holder_b) if gap <= LONGEST_DAYS else 0.0
    rivals = source_label(one) != source_label(other)
    if rivals and gap <= 1:
        if a.change in HAS and b.change in HAS and holder_a != holder_b:
            return 1.6 if gap == 0 else 1.2
        if holder_a == holder_b and {a.change, b.change} in ({"gained", "partial"}, {"holds", "partial"}) and gap == 0:
            return 1.0
        if (
            holder_a == holder_b
            and ((a.change in LEFT) != (b.change in LEFT))
            and "partial" not in (a.change, b.change)
        ):
            return 1.2 if gap == 0 else 0.0
    if a.change in HAS and b.change in LEFT and holder_a != holder_b and 0 < gap <= LONGEST_DAYS:
        between = any(
            claim.control and _holder(claim.control, theatre) == holder_b and claim.control.change in (*HAS, "partial")
            for claim in told
            if claim.date
            and one.date.last <= claim.date.last
            and claim.date.first <= other.date.first
            and claim is not other
        )
        return 0.0 if between else 1.1
    return 0.0


def _shares(a: ControlStatement, b: ControlStatement, same: bool) -> float:
    if a.share is None or b.share is None:
        return 0.0
    if same:
        return 0.0 if a.share[0] <= b.share[1] and b.share[0] <= a.share[1] else 1.0
    return 1.2 if a.share[0] + b.share[0] > 1.0 else 0.0


def _holder(control: ControlStatement, theatre: Theatre | None) -> str:
    return (theatre.holder_of(control.holder) if theatre else None) or control.holder
