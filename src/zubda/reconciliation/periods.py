"""Tolls added over events: what may be added, what is inside something else, and how it grew day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zubda.errors import UnknownNameError, UsageError
from zubda.model import COUNT_KINDS, Claim, DayRange, Event, SourceFigure, Theatre, Toll
from zubda.reconciliation.figures import UNKNOWN_SIDE
from zubda.reconciliation.slots import LONG_DAYS
from zubda.reconciliation.tolls import ALL

__all__ = ["BY", "PeriodToll", "Selection", "SeriesPoint", "period_tolls", "toll_series"]

BY = ("side", "source", "place", "month", "perpetrator")
HISTORY = frozenset({"first count", "increase"})
STRENGTH = frozenset({"fighters"})
THINGS = frozenset({"vehicles", "tanks", "aircraft", "weapons", "buildings", "villages"})
PRESENT = frozenset({"strength", "control", "movement", "supply", "siege", "alliance", "statement"})
"""Types of claim whose arms and buildings are there, neither lost nor taken: no toll."""


@dataclass(frozen=True, slots=True)
class PeriodToll:
    """A sum over events: ``key`` is what it is broken down by; ``high`` None is "at least".

    ``events`` are the events in the sum, ``inside`` those left out because an event in it counts them already. How many
    fighters there are is not added: the same are told again, so the largest number stands.
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
class Selection:
    """Which tolls are asked for: days, a place with all inside it, the side harmed, the kind of harm, and the breakdown."""

    first: date | None = None
    last: date | None = None
    place: str | None = None
    side: str | None = None
    what: str | None = None
    by: str = "side"

    def check(self, theatre: Theatre | None) -> None:
        """Raises `UsageError` (``usage.by``, ``usage.what``) or `UnknownNameError` (``unknown.side``) for what there is not."""
        if self.by not in BY:
            raise UsageError("by", f"A toll cannot be broken down by {self.by!r}.", f"Choose one of: {', '.join(BY)}.")
        if self.what is not None and self.what not in COUNT_KINDS:
            raise UsageError("what", f"{self.what!r} is no kind of harm.", f"Choose one of: {', '.join(COUNT_KINDS)}.")
        if self.side is not None and theatre is not None and self.side not in (*theatre.sides, ALL, UNKNOWN_SIDE):
            sides = list(theatre.sides)
            raise UnknownNameError("side", f"There is no side {self.side!r}.", f"Sides: {', '.join(sides)}.", sides)


@dataclass(frozen=True, slots=True)
class _Item:
    event: Event
    row: Toll
    inside: bool = False
    standing: bool = False

    @property
    def days(self) -> DayRange | None:
        return self.row.date or self.event.date


@dataclass(slots=True)
class _Sum:
    low: int = 0
    best: int = 0
    high: int = 0
    at_least: bool = False
    events: dict[str, None] = field(default_factory=dict)
    inside: dict[str, None] = field(default_factory=dict)

    def add(self, row: Toll, event: str, standing: bool) -> None:
        """Add a row; of a strength (``standing``) only the largest number counts, and a smaller one is inside it."""
        if standing and self.events and (row.best or 0) <= self.best:
            self.inside[event] = None
            return
        if standing:
            self.inside |= self.events
            self.low, self.best, self.high, self.at_least, self.events = 0, 0, 0, False, {}
        self.low += row.low or 0
        self.best += row.best or 0
        self.high += row.best or 0 if row.high is None else row.high
        self.at_least |= row.high is None
        self.events[event] = None


def main_rows(event: Event) -> Iterator[Toll]:
    """The rows of an event's toll that count the whole of it: of each harm and side the one with the longest time, told last."""
    best: dict[tuple[str, str], Toll] = {}
    for row in event.toll:
        if row.group or row.rule in HISTORY:
            continue
        old = best.get((row.what, row.side))
        if old is None or _reach(row) > _reach(old):
            best[row.what, row.side] = row
    yield from best.values()


def _reach(row: Toll) -> tuple[int, date]:
    return (row.date.days, row.date.last) if row.date else (0, date.min)


def period_tolls(
    events: Sequence[Event], claims: Mapping[str, Claim], theatre: Theatre | None, chosen: Selection
) -> tuple[PeriodToll, ...]:
    """The sums that `Reconciliation.tolls` gives. An event counts if all of its days lie in the time asked for."""
    sums: dict[tuple[str, str, str], _Sum] = {}
    for item in _items(events, claims, theatre, chosen):
        for key, row in _keys(chosen.by, claims, item):
            total = sums.setdefault((key, row.what, row.side), _Sum())
            if item.inside:
                total.inside[item.event.id] = None
            else:
                total.add(row, item.event.id, item.standing)
    return tuple(
        PeriodToll(*cell, s.low, s.best, None if s.at_least else s.high, tuple(s.events), tuple(s.inside))
        for cell, s in sorted(sums.items())
        if s.events
    )


def toll_series(
    events: Sequence[Event], claims: Mapping[str, Claim], theatre: Theatre | None, chosen: Selection
) -> dict[str, tuple[SeriesPoint, ...]]:
    """The cumulative series that `Reconciliation.series` gives. An event counts on its last day; one without a day cannot."""
    series: dict[str, list[SeriesPoint]] = {}
    sums: dict[str, _Sum] = {}
    dated = [
        (item.days.last, item)
        for item in _items(events, claims, theatre, chosen)
        if item.days is not None and not item.inside
    ]
    for day, item in sorted(dated, key=lambda entry: (entry[0], entry[1].event.id)):
        for key, row in _keys(chosen.by, claims, item):
            total = sums.setdefault(key, _Sum())
            total.add(row, item.event.id, item.standing)
            points = series.setdefault(key, [])
            if points and points[-1].day == day:
                points.pop()
            points.append(SeriesPoint(day, total.low, total.best, total.high, total.at_least))
    return {key: tuple(points) for key, points in sorted(series.items())}


def _items(
    events: Sequence[Event], claims: Mapping[str, Claim], theatre: Theatre | None, chosen: Selection
) -> list[_Item]:
    """Rows to be added: one a side where sides are asked for, else the one for all sides."""
    found = []
    sides_apart = chosen.by in ("side", "source") or chosen.side is not None
    for event in events:
        if chosen.place and not any(_within(own, chosen.place, theatre) for own in event.places):
            continue
        for row in main_rows(event):
            if chosen.what and row.what != chosen.what:
                continue
            if row.side != chosen.side if chosen.side else (row.side != ALL and not sides_apart):
                continue
            if _in_time(row.date or event.date, chosen) and not _lost_to_nobody(row, claims):
                found.append(_Item(event, row, standing=row.what in STRENGTH))
    return _nested(found, claims, theatre)


def _lost_to_nobody(row: Toll, claims: Mapping[str, Claim]) -> bool:
    """Whether the row counts things that are brought, held or talked of."""
    claim = claims.get(row.best_claim or "")
    return row.what in THINGS and claim is not None and claim.type in PRESENT


def _in_time(days: DayRange | None, chosen: Selection) -> bool:
    if chosen.first is None and chosen.last is None:
        return True
    return days is not None and days.first >= (chosen.first or date.min) and days.last <= (chosen.last or date.max)


def _within(place: str, wider: str, theatre: Theatre | None) -> bool:
    return place == wider or (theatre is not None and wider in theatre.ancestors(place))


def _nested(items: Sequence[_Item], claims: Mapping[str, Claim], theatre: Theatre | None) -> list[_Item]:
    """Mark rows that a longer time's total holds: same harm and side, inside its days and its places.

    Rows of coded event data hold nothing: their coders have told events apart.
    """
    wide: dict[tuple[str, str], list[_Item]] = {}
    for item in items:
        coded = all(claims[claim].extractor.startswith("import:") for claim in item.event.claims)
        if item.days is not None and item.days.days >= LONG_DAYS and not coded:
            wide.setdefault((item.row.what, item.row.side), []).append(item)
    return [
        replace(item, inside=True)
        if any(_holds(whole, item, theatre) for whole in wide.get((item.row.what, item.row.side), ()))
        else item
        for item in items
    ]


def _holds(whole: _Item, item: _Item, theatre: Theatre | None) -> bool:
    span, days = whole.days, item.days
    if span is None or days is None or whole.event.id == item.event.id or span.days <= days.days:
        return False
    if days.first < span.first or days.last > span.last or (whole.row.best or 0) < (item.row.low or 0):
        return False
    same_act = whole.event.type == item.event.type or whole.event.type in ("casualties", "clash")
    return same_act and all(
        any(_within(place, wider, theatre) for wider in whole.event.places) for place in item.event.places
    )


def _keys(by: str, claims: Mapping[str, Claim], item: _Item) -> Iterator[tuple[str, Toll]]:
    if by == "side":
        yield item.row.side, item.row
    elif by == "source":
        yield from _by_source(item.row)
    elif by == "place":
        places = item.event.places
        yield places[0] if len(places) == 1 else "several" if places else "unknown", item.row
    elif by == "month":
        yield _month(item.days), item.row
    else:
        yield _perpetrator(item, claims), item.row


def _by_source(row: Toll) -> Iterator[tuple[str, Toll]]:
    """Each source by its last figure; a sum of sides has none of its own."""
    if row.rule in ("sum", "sum of days"):
        return
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
    """The sides that the claims of the event name as actor, except the one harmed; of a fight between two, both."""
    told = {
        party.side
        for claim in item.event.claims
        if claims[claim].polarity == "affirm"
        for party in claims[claim].actors
    } - {UNKNOWN_SIDE, item.row.side}
    return "+".join(sorted(told)) or "unknown"
