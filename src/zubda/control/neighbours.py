"""Places that touch, and what a change in one says of the others.

The neighbour graph is the Delaunay triangulation of all places whose point is known to within 3 km, without edges longer than
a limit. The coupling is a mean field: when a place changes hands, each neighbour hears of it as a weak report in
favour of the side that now holds it, weighed by how much the posterior moved, and may change with it unreported. Each change is
heard once, so that a quiet front does not press on a place day after day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports
from zubda.control.problem import Problem
from zubda.control.timeline import Grid, distinct
from zubda.model import Place

__all__ = ["PRECISE_M", "Coupling", "Heard", "couple", "distances_km", "neighbour_graph"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PRECISE_M = 3000.0
"""A place whose point may be further off than this, in metres, has no neighbours."""

EARTH_KM = 6371.0
STRIDE = 10_000_000
FIRM = 0.5


def distances_km(latitude: Floats, longitude: Floats, to_latitude: Floats, to_longitude: Floats) -> Floats:
    """Great-circle distances in kilometres between points in degrees, element by element (haversine)."""
    a, b = np.radians(latitude), np.radians(to_latitude)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(to_longitude - longitude) / 2) ** 2
    found: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


def neighbour_graph(places: Sequence[Place | None], most_km: float) -> dict[int, tuple[int, ...]]:
    """Indices of the neighbours of each place. Places that contain others are left out: they are no neighbours of their parts."""
    parents = {place.parent for place in places if place is not None}
    usable = [
        at
        for at, place in enumerate(places)
        if place is not None and place.precision_m <= PRECISE_M and place.id not in parents
    ]
    spots: dict[tuple[float, float], list[int]] = defaultdict(list)
    for at in usable:
        place = places[at]
        assert place is not None
        spots[round(place.latitude, 5), round(place.longitude, 5)].append(at)
    points = np.array(list(spots))
    if len(points) < 2:
        return {}
    edges = _edges(points)
    a, b = points[edges[:, 0]], points[edges[:, 1]]
    near = distances_km(a[:, 0], a[:, 1], b[:, 0], b[:, 1]) <= most_km
    groups = list(spots.values())
    graph: dict[int, set[int]] = defaultdict(set)
    for left, right in edges[near]:
        for one in groups[left]:
            graph[one].update(groups[right])
        for one in groups[right]:
            graph[one].update(groups[left])
    return {at: tuple(sorted(found)) for at, found in sorted(graph.items())}


def _edges(points: Floats) -> Ints:
    if len(points) < 4 or np.linalg.matrix_rank(points - points[0], tol=1e-6) < 2:
        return np.array([(i, j) for i in range(len(points)) for j in range(i + 1, len(points))][:6], np.int64)
    from scipy.spatial import Delaunay

    flat = points * np.array([1.0, np.cos(np.radians(points[:, 0].mean()))])
    corners = Delaunay(flat, qhull_options="QJ Pp").simplices.astype(np.int64)
    both = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    unique: Ints = np.unique(np.sort(both, axis=1), axis=0)
    return unique


@dataclass(frozen=True, slots=True)
class Coupling:
    """Pairs (place that changed, neighbour, day), and for each the strength of what the neighbour hears (before the move)."""

    source: Ints
    target: Ints
    day: Ints
    weight: Floats

    def keys(self, grid: Grid) -> Ints:
        """Place-days at which a neighbour hears something."""
        return distinct(self.target * grid.days + self.day)

    def at(self, problem: Problem) -> Heard:
        """The pairs at the knots of a problem."""
        knot = problem.knot_of(self.target, self.day)
        order = np.argsort(knot, kind="stable")
        told = problem.knot_of(self.source, self.day)[order]
        earlier = np.maximum(told - 1, problem.pointer[self.source[order]])
        starts = np.flatnonzero(np.diff(knot[order], prepend=-1))
        return Heard(told, earlier, knot[order][starts], starts, self.weight[order])


@dataclass(frozen=True, slots=True)
class Heard:
    """A coupling at the knots of a problem, in order of the knot of the neighbour that hears: ``knot`` has each once, its pairs begin
    at ``starts``. ``told`` and ``earlier`` are the knots of the place that changed, on the day and before it."""

    told: Ints
    earlier: Ints
    knot: Ints
    starts: Ints
    weight: Floats

    def spread(self, marginal: Floats, log_emission: Floats, chance: float) -> Floats:
        """Add what every neighbour hears, given the current posterior, to the log emissions, in place, and return the chance
        (knots x states) that a change goes on to it: ``chance`` for one that is certain."""
        around = np.zeros_like(marginal)
        if not len(self.told):
            return around
        now = marginal[self.told]
        moved = (np.abs(now - marginal[self.earlier]) @ np.full(now.shape[1], 0.5))[:, None]
        gained = now * moved
        gained[:, -1] = 0.0
        around[self.knot] = chance * np.add.reduceat(gained, self.starts, axis=0)
        for side in range(gained.shape[1] - 1):
            np.maximum(gained[:, -1], 0.5 * gained[:, side], out=gained[:, -1])
        log_emission[self.knot] += np.add.reduceat(gained * self.weight[:, None], self.starts, axis=0)
        return around


def couple(reports: Reports, graph: dict[int, tuple[int, ...]], strength: float) -> Coupling:
    """Who hears of which reports: the neighbours of a place that a direct report says changed hands on a known day."""
    told = np.flatnonzero(
        reports.changes & reports.direct & (reports.weight >= FIRM) & (reports.last - reports.first <= 3)
    )
    changed = distinct(reports.place[told] * STRIDE + reports.last[told])
    source, day = changed // STRIDE, changed % STRIDE
    touching = [graph.get(place, ()) for place in source.tolist()]
    sizes = np.array([len(near) for near in touching] or [], np.int64)
    target = np.array([other for near in touching for other in near], np.int64)
    degree = np.array([len(graph[place]) for place in target.tolist()] or [], np.float64)
    weight = strength * np.minimum(1.0, 3.0 / np.maximum(degree, 1.0))
    return Coupling(np.repeat(source, sizes), target, np.repeat(day, sizes), weight)
