"""Days as numbers, and the clock of the war: days of its average tempo, by which places change unreported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports

__all__ = ["Grid", "day_shares", "distinct", "tempo"]

OUTSIDE = 0.02
SMOOTHING_DAYS = 3
MOST_TEMPO = 8.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The days of a fit. ``start`` is day 0, the day before anything is told; ``days`` their number.

    ``war`` are the first and last day number of the war itself; outside it hardly anything changes hands.
    """

    start: date
    days: int
    war: tuple[int, int]

    def number(self, day: date) -> int:
        """Day number, 0 or more, no later than the last day."""
        return min(max((day - self.start).days, 0), self.days - 1)

    def day(self, number: int) -> date:
        """The date of a day number."""
        return self.start + timedelta(days=int(number))


def distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different keys in order; by sorting, which for whole numbers is quicker than hashing."""
    ordered = np.sort(keys)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def tempo(grid: Grid, reports: Reports, *, even: bool = False) -> NDArray[np.float64]:
    """The clock: days of average tempo up to the end of every day.

    Half of it runs evenly, half with the number of changes that sources date to within a few days: a front that moves,
    moves in many places. With ``even`` all of it runs evenly.
    """
    rate = np.full(grid.days, OUTSIDE)
    first, last = grid.war
    inside = slice(first, last + 1)
    rate[inside] = 1.0
    told = np.zeros(grid.days)
    short = reports.changes & (reports.last - reports.first < 2 * SMOOTHING_DAYS)
    middle = (reports.first[short] + reports.last[short]) // 2
    np.add.at(told, middle, reports.weight[short])
    told = told[inside]
    if not even and told.sum() >= 20:
        width = 2 * SMOOTHING_DAYS + 1
        smooth = np.convolve(told, np.ones(width) / width, mode="same")[: len(told)]
        if len(smooth) == len(told) and smooth.mean() > 0:
            rate[inside] = 0.5 + 0.5 * np.minimum(smooth / smooth.mean(), MOST_TEMPO)
    clock: NDArray[np.float64] = np.cumsum(rate)
    return clock


def day_shares(clock: NDArray[np.float64], first: int, last: int) -> NDArray[np.float64]:
    """How likely each day from ``first`` to ``last`` is, by the tempo of the war; sums to 1."""
    days = np.diff(clock[first : last + 1], prepend=clock[first - 1] if first else 0.0) + 0.01
    share: NDArray[np.float64] = days / days.sum()
    return share
