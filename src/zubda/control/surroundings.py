"""Places seldom spoken of go with the ground around them: a village that nobody names changes hands when all about it do.

Each such place looks at the nearest places that are told of. Where most of them, by weight, have come into one side's hands, it
may come into them too, unreported, with a chance that grows with the days and with how clear the majority is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports
from zubda.control.evidence.witnesses import scale_of
from zubda.control.problem import Problem
from zubda.control.timeline import Grid, distinct
from zubda.model import Place

__all__ = ["Surrounded", "Surroundings", "surroundings"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SELDOM = 3
"""Most statements of who holds a place that leave it seldom told of."""

OPEN = ("settlement", "city")
"""Scales of place that go with the ground around them. A base or a quarter of a city can hold out amid the enemy."""

NEAREST = 6
PRECISE_M = 6000.0
EARTH_KM = 6371.0
SOFT_KM = 10.0
STEP_DAYS = 5
MOST_KNOTS = 1_000_000
FRESH_DAYS = 100.0
STALE = 0.03


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Places seldom told of (``place``), the nearest places that are (``near``, places x `NEAREST`, with ``weight`` summing to 1 by
    row), and how many changes a day each may make unreported where all of these are one side's (``rate``)."""

    place: Ints
    near: Ints
    weight: Floats
    rate: Floats
    told: Ints

    def keys(self, grid: Grid) -> Ints:
        """Place-days on which they look around: every few days of the war."""
        first, last = grid.war
        step = max(STEP_DAYS, (last - first) * len(self.place) // MOST_KNOTS)
        days = np.arange(max(first, 1), last + 1, step, dtype=np.int64)
        found: Ints = (self.place[:, None] * grid.days + days).ravel()
        return found

    def at(self, problem: Problem) -> Surrounded:
        """The same at the knots of a problem."""
        sizes = problem.pointer[self.place + 1] - problem.pointer[self.place] - 1
        row = np.repeat(np.arange(len(self.place)), sizes)
        offset = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        knot = problem.pointer[self.place[row]] + 1 + offset
        day = problem.day[knot]
        days = np.repeat(day[:, None], self.near.shape[1], axis=1)
        near = problem.knot_of(self.near[row], days)
        weight = self.weight[row] * self._fresh(self.near[row], days, problem.grid)
        weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1e-12)
        return Surrounded(knot, near, weight, self.rate[row] * (day - problem.day[knot - 1]))

    def _fresh(self, place: Ints, day: Ints, grid: Grid) -> Floats:
        """How much news of places counts on days: what was told long ago, or not yet at all, counts little."""
        at = np.searchsorted(self.told, place * grid.days + day, side="right") - 1
        last = self.told[np.maximum(at, 0)]
        known = (at >= 0) & (last // grid.days == place)
        gap = np.where(known, day - last % grid.days, np.inf)
        found: Floats = STALE + (1.0 - STALE) / (1.0 + gap / FRESH_DAYS)
        return found


@dataclass(frozen=True, slots=True)
class Surrounded:
    """Knots of the places seldom told of, those of the places around on the same day, and the changes that may have come since the
    knot before."""

    knot: Ints
    near: Ints
    weight: Floats
    hoped: Floats

    def spread(self, marginal: Floats, around: Floats) -> None:
        """Add the chance of a change to each side, given the current posterior (knots x states), to ``around``, in place."""
        if not len(self.knot):
            return
        share = np.einsum("kn,kns->ks", self.weight, marginal[self.near][:, :, :-1])
        most = np.maximum(2.0 * share - 1.0, 0.0) ** 2
        around[self.knot, :-1] += -np.expm1(-self.hoped[:, None] * most)


def surroundings(
    places: Sequence[Place | None], reports: Reports, grid: Grid, rate: float, most_km: float, eve: Ints
) -> Surroundings:
    """Who looks at whom. ``rate`` is the most changes a day of a place that nobody names, ``most_km`` how far off the places
    around may be; they count if they were held on the ``eve`` by the side that held the place itself. Places without a
    holder on the eve that nobody names stay out: nothing is said of them."""
    named = reports.direct & ((reports.before_sign != 0) | reports.throughout)
    told: Floats = np.bincount(reports.place[named], reports.weight[named], len(places)).astype(np.float64)
    precise = np.array(
        [place is not None and place.precision_m <= PRECISE_M and scale_of(place.kind) in OPEN for place in places],
        bool,
    )
    days = distinct(reports.place[named] * grid.days + reports.last[named])
    moved = np.zeros(len(places), bool)
    moved[reports.place[named & ((reports.side != eve[reports.place]) != (reports.before_sign > 0))]] = True
    found = [_looking(places, side, told, moved, precise, eve, most_km) for side in np.unique(eve[precise]).tolist()]
    place, near, weight = (np.concatenate(column) for column in zip(_NOBODY, *found, strict=True))
    if rate <= 0:
        place, near, weight = _NOBODY
    return Surroundings(place, near, weight, rate / (1.0 + told[place]) ** 2, days)


_NOBODY = (np.zeros(0, np.int64), np.zeros((0, NEAREST), np.int64), np.zeros((0, NEAREST)))


def _looking(
    places: Sequence[Place | None], side: int, told: Floats, moved: NDArray[np.bool_], precise: NDArray[np.bool_],
    eve: Ints, most_km: float,
) -> tuple[Ints, Ints, Floats]:  # fmt: skip
    """Places of one side on the eve that are seldom told of, the nearest of its places that are told of, and their weights; without
    those around which nobody is said to have ``moved``."""
    informed = np.flatnonzero(precise & (told > 0) & (eve == side))
    looking = np.flatnonzero(precise & (told <= SELDOM) & (eve == side) & ((told > 0) | (side >= 0)))
    if len(informed) <= NEAREST or not len(looking):
        return _NOBODY
    near, km = _nearest(places, looking, informed)
    weight = np.where(km <= most_km, told[near] / (told[near] + 1.0) / (km + SOFT_KM) ** 2, 0.0)
    kept = ((weight > 0).sum(axis=1) >= 2) & (moved[near] & (weight > 0)).any(axis=1)
    return looking[kept], near[kept], weight[kept]


def _nearest(places: Sequence[Place | None], looking: Ints, informed: Ints) -> tuple[Ints, Floats]:
    """Indices of the nearest informed places of each (itself left out), and their distances in kilometres."""
    from scipy.spatial import cKDTree

    points = _points(places, informed)
    chord, at = cKDTree(points).query(_points(places, looking), k=NEAREST + 1)
    near = informed[at]
    chord = np.where(near == looking[:, None], np.inf, chord)
    order = np.argsort(chord, axis=1, kind="stable")[:, :NEAREST]
    chord = np.take_along_axis(chord, order, axis=1)
    return np.take_along_axis(near, order, axis=1), 2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1.0))


def _points(places: Sequence[Place | None], which: Ints) -> Floats:
    """Points of the unit sphere."""
    angles = np.radians([(place.latitude, place.longitude) for at in which.tolist() if (place := places[at])])
    latitude, longitude = angles[:, 0], angles[:, 1]
    flat = np.cos(latitude)
    return np.stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)], axis=1)
