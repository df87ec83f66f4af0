"""What time each figure of an event counts: the whole of it, a day inside, a total up to a day, or one of several days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from zubda.model import DayRange
from zubda.reconciliation.figures import Figure

__all__ = ["LONG_DAYS", "Slot", "hull", "is_long", "slots_of"]

LONG_DAYS = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """Figures that count the same time. ``earlier`` are running totals that ended before it; ``added`` marks one of several days."""

    period: DayRange | None
    figures: tuple[Figure, ...]
    earlier: tuple[Figure, ...] = ()
    added: bool = False


def slots_of(figures: Sequence[Figure]) -> tuple[Slot, ...]:
    """Figures of one harm sorted by the time that they count, in the order of the days.

    If some count a longer time, each end of such a time is a slot, and so is each shorter time inside. If one source counts
    several days apart, each day is a slot, to be added. Otherwise there is one slot: a toll told later is still the event's.
    """
    figures = _in_their_time(figures)
    if any(is_long(figure) for figure in figures):
        return _longer_times(figures)
    days = _days_apart(figures)
    if len(days) < 2:
        return (Slot(hull(figures), tuple(figures)),)
    return tuple(
        Slot(day, tuple(f for f in figures if _belongs(f, day, days)), added=True)
        for day in days
        if any(_belongs(f, day, days) for f in figures)
    )


def is_long(figure: Figure) -> bool:
    """Whether the figure counts a longer time than an event takes."""
    return figure.period is not None and figure.period.days >= LONG_DAYS


def hull(figures: Iterable[Figure]) -> DayRange | None:
    """From the first to the last day that any of the figures counts, None if none has a day."""
    periods = [figure.period for figure in figures if figure.period]
    return DayRange(min(p.first for p in periods), max(p.last for p in periods)) if periods else None


def _in_their_time(figures: Sequence[Figure]) -> list[Figure]:
    """Figures dated after the event: a running total counts from its beginning, a toll told later counts the event itself."""
    dated = [figure for figure in figures if figure.period and not figure.tally]
    dated = dated or [figure for figure in figures if figure.period]
    if not dated:
        return list(figures)
    first = min(dated, key=lambda figure: figure.period or DayRange.of_year(1))
    base = first.period
    if base is None:
        return list(figures)
    found = []
    for figure in figures:
        period = figure.period
        if period is None:
            period = base
        elif period.first > base.last and base.days >= LONG_DAYS:
            period = DayRange(base.first, period.last)
        elif period.first > base.last and figure.tally:
            period = base
        found.append(replace(figure, period=period))
    return found


def _longer_times(figures: Sequence[Figure]) -> tuple[Slot, ...]:
    long = [figure for figure in figures if is_long(figure)]
    inside: dict[DayRange | None, list[Figure]] = {}
    for figure in figures:
        if not is_long(figure):
            inside.setdefault(figure.period, []).append(figure)
    found = [Slot(period, tuple(members)) for period, members in inside.items()]
    for end in sorted({figure.period.last for figure in long if figure.period}):
        current = tuple(figure for figure in long if figure.period and figure.period.last == end)
        earlier = tuple(figure for figure in long if figure.period and figure.period.last < end)
        found.append(Slot(hull(current), current, earlier))
    return tuple(found)


def _days_apart(figures: Sequence[Figure]) -> list[DayRange]:
    """The separate days that one source counts for the same side, joined where they overlap; empty if no source does."""
    told: dict[tuple[str, str, str], list[DayRange]] = {}
    for figure in figures:
        if figure.period and not figure.tally and not figure.group:
            told.setdefault((figure.origin, figure.what, figure.side), []).append(figure.period)
    if not any(a.overlap(b) == 0 for days in told.values() for a in days for b in days):
        return []
    joined: list[DayRange] = []
    for day in sorted({day for days in told.values() for day in days}):
        if joined and joined[-1].overlap(day):
            joined[-1] = DayRange(joined[-1].first, max(joined[-1].last, day.last))
        else:
            joined.append(day)
    return joined


def _belongs(figure: Figure, day: DayRange, days: Sequence[DayRange]) -> bool:
    period = figure.period
    if period is None:
        return day == days[-1]
    return min(days, key=lambda other: (other.gap(period), -other.overlap(period), other)) == day
