"""Statements of who holds a place that exclude each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from zubda.model import Claim, ControlStatement, DayRange, Position, Theatre
from zubda.reconciliation.places import STAGE_CLAIMS, STAGE_SHARE, WIDE_M
from zubda.reconciliation.witnesses import source_label

__all__ = ["holder_disputes", "stages_of"]

Found = tuple[str, str, tuple[Position, ...], float, DayRange | None, tuple[str, ...]]

HAS = frozenset({"gained", "holds"})
LEFT = frozenset({"lost", "withdrew"})
IMPLIED = "opponent"
"""The rule by which a reader, not the text, tells who the defender was: nobody has said who holds."""

LONGEST_DAYS = 10
PRECISE_DAYS = 11
SAME_SHARE_DAYS = 1
"""One side's share of a place grows: two figures of it are rivals on one day only."""

ONE_DISPUTE_DAYS = 3
FEW_DAYS = 5
FURTHER_VOICE = 0.1
WIDE_SHARE = 0.5


def stages_of(claims: Sequence[Claim]) -> frozenset[str]:
    """Ids of the places that a good part of all claims names: where the battle is, not where one thing of it happened."""
    named = Counter(place for claim in claims for place in claim.place_ids)
    least = max(STAGE_CLAIMS, STAGE_SHARE * len(claims))
    return frozenset(place for place, times in named.items() if times >= least)


def holder_disputes(claims: Sequence[Claim], theatre: Theatre | None, stages: frozenset[str]) -> Iterator[Found]:
    """Disputes over who held what: topic, positions, weight, days and places of each.

    Of the ``stages`` of the battle nobody can tell all from a part: what is taken "in" them is not
    them. Two sources that give a place to different holders, or all of it and a part, on days that overlap; shares of one place that
    add up to more than the whole; and a side that leaves a place days after another was said to hold it, with no word of how it
    had come back. What is said of one place within a few days is one dispute.
    """
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        precise = claim.control and claim.date and claim.date.days <= PRECISE_DAYS * 2 and claim.polarity == "affirm"
        if precise and not any(rule.rule == IMPLIED for rule in claim.rules):
            for place in claim.place_ids:
                by_place[place].append(claim)
    seen: set[frozenset[str]] = set()
    for place, told in by_place.items():
        told.sort(key=lambda claim: (claim.date or DayRange.of_year(1), claim.spans))
        wide = theatre is not None and place in theatre.places and theatre.places[place].precision_m > WIDE_M
        scale = WIDE_SHARE if wide else 1.0
        if place in stages:
            told = [
                claim for claim in told if claim.control and (claim.control.share or claim.control.change == "holds")
            ]
        for group, weight in _groups(told, theatre):
            key = frozenset(claim.id for claim in group)
            if key not in seen:
                seen.add(key)
                yield _found(place, group, weight * scale)


def _groups(told: Sequence[Claim], theatre: Theatre | None) -> Iterator[tuple[list[Claim], float]]:
    """Claims on one place that contradict each other, joined where they share a claim or are a few days apart at most."""
    groups: list[tuple[list[Claim], float]] = []
    for number, one in enumerate(told):
        for other in told[number + 1 :]:
            if _apart(one, other) > LONGEST_DAYS:
                break  # sorted by day: what follows is further still
            weight = _contradiction(one, other, told, theatre)
            if not weight:
                continue
            last = groups[-1] if groups else None
            if last and (one in last[0] or other in last[0] or _apart(last[0][-1], one) <= ONE_DISPUTE_DAYS):
                members = last[0] + [claim for claim in (one, other) if claim not in last[0]]
                groups[-1] = (members, max(last[1], weight) + FURTHER_VOICE)
            else:
                groups.append(([one, other], weight))
    yield from groups


def _apart(one: Claim, other: Claim) -> int:
    return one.date.gap(other.date) if one.date and other.date else 0


def _found(place: str, group: Sequence[Claim], weight: float) -> Found:
    said: dict[str, list[Claim]] = {}
    for claim in group:
        if claim.control:
            said.setdefault(_says(claim.control), []).append(claim)
    positions = tuple(
        Position(says, tuple(dict.fromkeys(map(source_label, told))), tuple(claim.id for claim in told))
        for says, told in said.items()
    )
    days = [claim.date for claim in group if claim.date]
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
        same = holder_a == holder_b
        return _shares(a, b, same) if gap <= (SAME_SHARE_DAYS if same else LONGEST_DAYS) else 0.0
    rivals = source_label(one) != source_label(other)
    if rivals and gap <= 1:
        taken_next = gap > 0 and (b if one.date < other.date else a).change == "gained"
        if a.change in HAS and b.change in HAS and holder_a != holder_b and not taken_next:
            return 1.6 if gap == 0 else 1.2
        if holder_a == holder_b and {a.change, b.change} in ({"gained", "partial"}, {"holds", "partial"}) and gap == 0:
            return 1.0
        if (
            holder_a == holder_b
            and ((a.change in LEFT) != (b.change in LEFT))
            and "partial" not in (a.change, b.change)
        ):
            return 1.2 if gap == 0 else 0.0
    precise = max(one.date.days, other.date.days) <= FEW_DAYS
    if a.change in HAS and b.change in LEFT and holder_a != holder_b and 0 < gap <= LONGEST_DAYS and precise:
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
