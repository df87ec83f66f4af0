"""The sparse form of a fit: knots (place-days that something is said about), factors on them, and the days between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports
from zubda.control.timeline import Grid, day_shares, distinct
from zubda.control.transitions import MOST_STIR

__all__ = ["Problem", "bounded", "build_problem"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

CANDIDATES = 8
"""Most days of a range that a change is tried on; longer ranges are cut into as many equally likely parts."""

END_WEIGHT = 0.4
GAINED_WEIGHT = 0.3
LONG_DAYS = 62


@dataclass(frozen=True, slots=True)
class Problem:
    """Knots in order of place and day, the first of every place on day 0; factors in order of knot.

    ``pointer[p]`` to ``pointer[p + 1]`` are the knots of place p; ``span`` the days of average tempo since the knot before.
    A factor multiplies report ``report`` into knot ``knot`` with power ``prior``; ``before`` factors speak of the day before a
    change, ``standing`` ones of how things stood on a day, without a change on it. ``choice`` numbers the reports about one
    day in a range (-1: the day is known), whose factors share the power 1; ``pair`` numbers its days, each of which has a
    factor for itself and one for the day before.
    """

    grid: Grid
    pointer: Ints
    place: Ints
    day: Ints
    span: Floats
    knot: Ints
    report: Ints
    prior: Floats
    before: NDArray[np.bool_]
    standing: NDArray[np.bool_]
    choice: Ints
    choices: int
    pair: Ints
    key: Ints

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.pointer) - 1

    def knot_of(self, place: Ints, day: Ints) -> Ints:
        """Index of the last knot of each place on or before each day."""
        return np.searchsorted(self.key, place * self.grid.days + day, side="right") - 1


def bounded(stir: Floats, problem: Problem, around: Floats) -> Floats:
    """Chances of factors (factors x states) joined with those ``around`` (knots x states) for each knot, rows no more than
    `MOST_STIR`."""
    joined = around.copy()
    if len(stir):
        starts = np.flatnonzero(np.diff(problem.knot, prepend=-1))
        joined[problem.knot[starts]] += np.add.reduceat(stir, starts, axis=0)
    total = (joined @ np.ones(joined.shape[1]))[:, None]
    found: Floats = joined * np.where(total > MOST_STIR, MOST_STIR / np.maximum(total, 1e-12), 1.0)
    return found


@dataclass(slots=True)
class _Factors:
    report: list[Ints]
    day: list[Ints]
    prior: list[Floats]
    before: list[NDArray[np.bool_]]
    standing: list[NDArray[np.bool_]]
    choice: list[Ints]
    pair: list[Ints]

    def add(
        self, report: Ints, day: Ints, prior: Floats, *, choice: Ints | None = None, pair: Ints | None = None,
        before: bool = False, standing: bool = False,
    ) -> None:  # fmt: skip
        self.report.append(report)
        self.day.append(day)
        self.prior.append(prior)
        self.before.append(np.full(len(report), before))
        self.standing.append(np.full(len(report), standing))
        none = np.full(len(report), -1, np.int64)
        self.choice.append(none if choice is None else choice)
        self.pair.append(none if pair is None else pair)


def build_problem(
    places: int, grid: Grid, reports: Reports, clock: Floats, gains: Floats, extra: Ints, *, ranges: bool
) -> Problem:
    """Lay the reports out. ``clock`` is that of `zubda.control.timeline.tempo`, ``gains`` those of each side, ``extra`` are keys (place x days + day) of
    further knots. Without ``ranges`` every report is about the last day of its range."""
    factors = _Factors([], [], [], [], [], [], [])
    known = (reports.first == reports.last) | (not ranges)
    _exact(factors, np.flatnonzero(known), reports)
    _throughout(factors, np.flatnonzero(~known & reports.throughout), reports)
    choices = _choices(factors, np.flatnonzero(~known & ~reports.throughout), reports, clock, gains)
    report, day = np.concatenate(factors.report), np.concatenate(factors.day)
    prior, before = np.concatenate(factors.prior), np.concatenate(factors.before)
    standing = np.concatenate(factors.standing)
    choice, pair = np.concatenate(factors.choice), np.concatenate(factors.pair)
    place = reports.place[report]
    said = place * grid.days + day
    key = distinct(np.concatenate([np.arange(places, dtype=np.int64) * grid.days, said, extra]))
    knot = np.searchsorted(key, said)
    order = np.argsort(knot, kind="stable")
    knot_place, knot_day = key // grid.days, key % grid.days
    pointer = np.searchsorted(knot_place, np.arange(places + 1))
    span = np.diff(clock[knot_day], prepend=0.0)
    span[pointer[:-1]] = 0.0
    return Problem(
        grid, pointer, knot_place, knot_day, span,
        knot[order], report[order], prior[order], before[order], standing[order],
        choice[order], choices, pair[order], key,
    )  # fmt: skip


def _exact(factors: _Factors, which: Ints, reports: Reports) -> None:
    factors.add(which, reports.last[which], np.ones(len(which)))
    telling = which[(reports.before[which] >= 0) & (reports.first[which] >= 1)]
    factors.add(telling, reports.first[telling] - 1, np.ones(len(telling)), before=True)


def _throughout(factors: _Factors, which: Ints, reports: Reports) -> None:
    short = reports.last[which] - reports.first[which] < 2
    factors.add(which, reports.first[which], np.full(len(which), END_WEIGHT))
    last = np.where(short, reports.last[which], reports.last[which] - 1)
    factors.add(which, last, np.full(len(which), END_WEIGHT), standing=True)
    long = which[reports.last[which] - reports.first[which] > LONG_DAYS]
    middle = (reports.first[long] + reports.last[long]) // 2
    factors.add(long, middle, np.full(len(long), END_WEIGHT), standing=True)


def _choices(factors: _Factors, which: Ints, reports: Reports, clock: Floats, gains: Floats) -> int:
    """Candidate days of ranges; what was gained within a range is held at its end."""
    pairs = 0
    for number, at in enumerate(which):
        first, last = int(reports.first[at]), int(reports.last[at])
        side = int(reports.side[at]) if reports.before_sign[at] < 0 else -1
        share = day_shares(clock if side < 0 else gains[side], first, last)
        parts = np.minimum(np.cumsum(share) * CANDIDATES, CANDIDATES - 1e-9).astype(np.int64)
        if len(share) <= CANDIDATES:
            parts = np.arange(len(share))
        bounds = np.flatnonzero(np.diff(np.concatenate([[-1], parts])))
        mass = np.add.reduceat(share, bounds)
        chosen = first + np.concatenate([bounds[1:] - 1, [len(share) - 1]])
        same = np.full(len(chosen), at, np.int64)
        picked, pair = np.full(len(chosen), number, np.int64), np.arange(pairs, pairs + len(chosen))
        pairs += len(chosen)
        factors.add(same, chosen, mass, choice=picked, pair=pair)
        if reports.before[at] >= 0:
            early = np.maximum(np.concatenate([[first], chosen[:-1] + 1]) - 1, 0)
            factors.add(same, early, mass, choice=picked, pair=pair, before=True)
    gained = which[reports.before_sign[which] < 0]
    factors.add(gained, reports.last[gained], np.full(len(gained), GAINED_WEIGHT), standing=True)
    return len(which)
