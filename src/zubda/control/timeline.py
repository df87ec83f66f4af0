"""Days as numbers, and the two clocks by which places change: the war's tempo and the fighting at a place.

A place's chance to change between two reports grows with both clocks. Ticks are whole numbers, so that a quiet span of any
length is a power of one matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports

__all__ = ["ACTIVE_TICKS", "QUIET_TICKS", "Activity", "Grid", "activity", "tempo_ticks"]

QUIET_TICKS = 4
"""Ticks of the quiet clock in a day of average tempo."""

ACTIVE_TICKS = 16
"""Ticks of the active clock in a day of fighting at a place."""

OUTSIDE = 0.02
MOST_DAYS = 5.0
SMOOTHING_DAYS = 3


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


def tempo_ticks(grid: Grid, reports: Reports, *, even: bool = False) -> NDArray[np.int64]:
    """Cumulative ticks of the quiet clock at the end of every day.

    Half of the clock runs evenly, half with the number of changes that sources date to within a few days: a front that
    moves, moves in many places. With ``even`` all of it runs evenly.
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
            rate[inside] = 0.5 + 0.5 * np.minimum(smooth / smooth.mean(), 40.0)
    return np.round(np.cumsum(rate) * QUIET_TICKS).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Activity:
    """Ticks of the active clock: place and day of each entry in order of ``key`` (place x days + day), and running sums."""

    key: NDArray[np.int64]
    running: NDArray[np.int64]

    def up_to(self, key: NDArray[np.int64]) -> NDArray[np.int64]:
        """Running sum of ticks up to and with each key; differences within one place are ticks of a span."""
        at = np.searchsorted(self.key, key, side="right")
        return np.concatenate([np.zeros(1, np.int64), self.running])[at]


def activity(grid: Grid, reports: Reports, quiet: NDArray[np.int64]) -> Activity:
    """The active clock of every place. A report of change or fighting gives a day's ticks to its day, or shares them over its
    days as the tempo of the war has it; no day has more than those of `MOST_DAYS`."""
    keys: list[NDArray[np.int64]] = []
    ticks: list[NDArray[np.float64]] = []
    stirring = reports.stir > 0
    exact = stirring & (reports.first == reports.last)
    keys.append(reports.place[exact].astype(np.int64) * grid.days + reports.first[exact])
    ticks.append(reports.stir[exact] * ACTIVE_TICKS)
    for at in np.flatnonzero(stirring & ~exact):
        first, last = int(reports.first[at]), int(reports.last[at])
        share = day_shares(quiet, first, last)
        keys.append(int(reports.place[at]) * grid.days + np.arange(first, last + 1, dtype=np.int64))
        ticks.append(share * float(reports.stir[at]) * ACTIVE_TICKS)
    key, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    total = np.minimum(np.bincount(inverse, np.concatenate(ticks), len(key)), MOST_DAYS * ACTIVE_TICKS)
    return Activity(key, np.round(np.cumsum(total)).astype(np.int64))


def day_shares(quiet: NDArray[np.int64], first: int, last: int) -> NDArray[np.float64]:
    """How likely each day from ``first`` to ``last`` is, by the tempo of the war; sums to 1."""
    before = quiet[first - 1] if first else 0
    ticks = np.diff(np.concatenate([[before], quiet[first : last + 1]])).astype(np.float64) + 0.05
    share: NDArray[np.float64] = ticks / ticks.sum()
    return share
