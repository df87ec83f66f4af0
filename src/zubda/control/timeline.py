"""Days as numbers, and the clock of the war: days of its average tempo, by which places change unreported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports

__all__ = ["Grid", "day_shares", "distinct", "gains_tempo", "tempo"]

OUTSIDE = 0.02
SMOOTHING_DAYS = 3
MOST_TEMPO = 8.0
MOST_GAINS = 40.0
EVEN, EVEN_GAINS = 0.5, 0.2
LEAST_TOLD = 20


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
    short = reports.changes & (reports.last - reports.first < 2 * SMOOTHING_DAYS)
    return _clock(grid, reports, short & (not even), EVEN, MOST_TEMPO)


def gains_tempo(grid: Grid, reports: Reports, holders: int, *, even: bool = False) -> NDArray[np.float64]:
    """A clock for each side (sides x days), which runs with the gains of that side that are dated to within a few days: what it is
    said to have gained at some time in a longer range, it gained when it gained most."""
    short = reports.direct & (reports.before_sign < 0) & (reports.last - reports.first < 2 * SMOOTHING_DAYS)
    clocks = [
        _clock(grid, reports, short & (reports.side == side) & (not even), EVEN_GAINS, MOST_GAINS)
        for side in range(holders)
    ]
    return np.stack(clocks)


def _clock(grid: Grid, reports: Reports, which: NDArray[np.bool_], even: float, most: float) -> NDArray[np.float64]:
    """A clock of which the part ``even`` runs evenly, the rest with these reports, at most ``most`` times their mean."""
    rate = np.full(grid.days, OUTSIDE)
    first, last = grid.war
    inside = slice(first, last + 1)
    rate[inside] = 1.0
    told = np.zeros(grid.days)
    middle = (reports.first[which] + reports.last[which]) // 2
    np.add.at(told, middle, reports.weight[which])
    told = told[inside]
    if told.sum() >= LEAST_TOLD:
        width = 2 * SMOOTHING_DAYS + 1
        smooth = np.convolve(told, np.ones(width) / width, mode="same")[: len(told)]
        if len(smooth) == len(told) and smooth.mean() > 0:
            rate[inside] = even + (1.0 - even) * np.minimum(smooth / smooth.mean(), most)
    clock: NDArray[np.float64] = np.cumsum(rate)
    return clock


def day_shares(clock: NDArray[np.float64], first: int, last: int) -> NDArray[np.float64]:
    """How likely each day from ``first`` to ``last`` is, by the tempo of the war; sums to 1."""
    days = np.diff(clock[first : last + 1], prepend=clock[first - 1] if first else 0.0) + 0.01
    share: NDArray[np.float64] = days / days.sum()
    return share
