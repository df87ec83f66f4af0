"""Tolls added over events: what may be added, what is inside something else, and how it grew day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zubda.errors import UsageError
from zubda.model import Claim, DayRange, Event, SourceFigure, Theatre, Toll
from zubda.reconciliation.tolls import ALL

__all__ = ["BY", "PeriodToll", "SeriesPoint", "period_tolls", "toll_series"]

BY = ("side", "source", "place", "month", "perpetrator")
LONG_DAYS = 4
HISTORY = frozenset({"first count", "increase"})


@dataclass(frozen=True, slots=True)
class PeriodToll:
    """A sum over events: ``key`` is what it is broken down by; ``high`` None is "at least".

    ``events`` are the events in the sum, ``inside`` those left out because an event in it counts them already.
    """

    key: str
    what: str
    side: str
    low: int
    best: int
    high: int | None
    events: tuple[str, ...]
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A cumulative sum at the end of a day; ``high`` leaves out what is open-ended, and ``at_least`` tells that something is."""

    day: date
    low: int
    best: int
    high: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class _Item:
    event: Event
    row: Toll
    inside: str | None = None


def main_rows(event: Event) -> Iterator[Toll]:
    """The rows of an event's toll that count the whole of it: of each harm and side the one with the longest time, told last."""
    best: dict[tuple[str, str], Toll] = {}
    for row in event.toll:
        if row.group or row.rule in HISTORY or row.side == ALL:
            continue
        old = best.get((row.what, row.side))
        if old is None or _reach(row) > _reach(old):
            best[row.what, row.side] = row
    yield from best.values()


def _reach(row: Toll) -> tuple[int, date]:
    return (row.date.days, row.date.last) if row.date else (0, date.min)


def period_tolls(
    events: Sequence[Event],
    claims: Mapping[str, Claim],
    theatre: Theatre | None,
    first: date | None,
    last: date | None,
    place: str | None,
    side: str | None,
    what: str | None,
    by: str,
) -> tuple[PeriodToll, ...]:
    """The sums that `Reconciliation.tolls` gives. An event counts if all of its days lie in the time asked for."""
    sums: dict[tuple[str, str, str], PeriodToll] = {}
    for item in _items(events, theatre, first, last, place, side, what):
        for key, row in _keys(by, claims, item):
            cell = (key, row.what, row.side)
            old = sums.get(cell, PeriodToll(key, row.what, row.side, 0, 0, 0, ()))
            sums[cell] = _added(old, row, item)
    return tuple(sum_ for _, sum_ in sorted(sums.items()) if sum_.events)


def _added(old: PeriodToll, row: Toll, item: _Item) -> PeriodToll:
    if item.inside:
        return replace(old, inside=(*old.inside, item.event.id))
    return replace(
        old,
        low=old.low + (row.low or 0),
        best=old.best + (row.best or 0),
        high=None if old.high is None or row.high is None else old.high + row.high,
        events=tuple(dict.fromkeys((*old.events, item.event.id))),
    )


def toll_series(
    events: Sequence[Event],
    claims: Mapping[str, Claim],
    theatre: Theatre | None,
    first: date | None,
    last: date | None,
    place: str | None,
    side: str | None,
    what: str,
    by: str,
) -> dict[str, tuple[SeriesPoint, ...]]:
    """The cumulative series that `Reconciliation.series` gives. An event counts on its last day; one without a day cannot."""
    series: dict[str, list[SeriesPoint]] = {}
    dated = [
        item for item in _items(events, theatre, first, last, place, side, what) if _time(item) and not item.inside
    ]
    for item in sorted(dated, key=lambda item: (_end(item), item.event.id)):
        for key, row in _keys(by, claims, item):
            points = series.setdefault(key, [])
            before = points[-1] if points else SeriesPoint(date.min, 0, 0, 0, False)
            point = SeriesPoint(
                _end(item),
                before.low + (row.low or 0),
                before.best + (row.best or 0),
                before.high + (row.best or 0 if row.high is None else row.high),
                before.at_least or row.high is None,
            )
            if points and points[-1].day == point.day:
                points.pop()
            points.append(point)
    return {key: tuple(points) for key, points in sorted(series.items())}


def _time(item: _Item) -> DayRange | None:
    return item.row.date or item.event.date


def _end(item: _Item) -> date:
    days = _time(item)
    return days.last if days else date.max


def _items(
    events: Sequence[Event],
    theatre: Theatre | None,
    first: date | None,
    last: date | None,
    place: str | None,
    side: str | None,
    what: str | None,
) -> list[_Item]:
    chosen = []
    for event in events:
        if place and not any(_within(own, place, theatre) for own in event.places):
            continue
        for row in main_rows(event):
            if (side and row.side != side) or (what and row.what != what):
                continue
            days = row.date or event.date
            if (first or last) and (days is None or days.first < (first or date.min) or days.last > (last or date.max)):
                continue
            chosen.append(_Item(event, row))
    return _nested(chosen, theatre)


def _within(place: str, wider: str, theatre: Theatre | None) -> bool:
    return place == wider or (theatre is not None and wider in theatre.ancestors(place))


def _nested(items: Sequence[_Item], theatre: Theatre | None) -> list[_Item]:
    """Mark rows that a longer time's total holds: same harm and side, inside its days and its places."""
    wide = [item for item in items if (days := _time(item)) and days.days >= LONG_DAYS]
    marked = []
    for item in items:
        days = _time(item)
        holder = next((whole.event.id for whole in wide if days and _holds(whole, item, days, theatre)), None)
        marked.append(replace(item, inside=holder))
    return marked


def _holds(whole: _Item, item: _Item, days: DayRange, theatre: Theatre | None) -> bool:
    span = _time(whole)
    if whole.event.id == item.event.id or span is None or span.days <= days.days:
        return False
    if (whole.row.what, whole.row.side) != (item.row.what, item.row.side) or (whole.row.best or 0) < (
        item.row.low or 0
    ):
        return False
    if days.first < span.first or days.last > span.last:
        return False
    same_act = whole.event.type == item.event.type or whole.event.type in ("casualties", "clash")
    return same_act and all(
        any(_within(place, wider, theatre) for wider in whole.event.places) for place in item.event.places
    )


def _keys(by: str, claims: Mapping[str, Claim], item: _Item) -> Iterator[tuple[str, Toll]]:
    if by not in BY:
        raise UsageError("by", f"A toll cannot be broken down by {by!r}.", f"Choose one of: {', '.join(BY)}.")
    if by == "source":
        yield from _by_source(item.row)
        return
    key: Callable[[], str] = {
        "side": lambda: item.row.side,
        "place": lambda: (
            item.event.places[0] if len(item.event.places) == 1 else "several" if item.event.places else "unknown"
        ),
        "month": lambda: _month(_time(item)),
        "perpetrator": lambda: _perpetrator(item, claims),
    }[by]
    yield key(), item.row


def _by_source(row: Toll) -> Iterator[tuple[str, Toll]]:
    """Each source by its last figure."""
    latest: dict[str, SourceFigure] = {figure.source: figure for figure in row.sources}
    for source, figure in latest.items():
        low, high = figure.low or 0, figure.high
        yield source, replace(row, low=low, best=low if high is None else (low + high + 1) // 2, high=high)


def _month(days: DayRange | None) -> str:
    if days is None:
        return "unknown"
    first, last = f"{days.first:%Y-%m}", f"{days.last:%Y-%m}"
    return first if first == last else f"{first} to {last}"


def _perpetrator(item: _Item, claims: Mapping[str, Claim]) -> str:
    """The side that the claims of the event name as actor against the side harmed; several are all named."""
    told = {
        party.side
        for claim in item.event.claims
        if claims[claim].polarity == "affirm"
        for party in claims[claim].actors
    } - {"unknown", item.row.side}
    return "+".join(sorted(told)) or "unknown"
