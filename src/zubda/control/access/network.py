"""What touches what: places and their neighbours, roads and the places that lie on them or command them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zubda.control.neighbours import neighbour_graph
from zubda.model import Place, Route, Theatre

__all__ = ["Network", "road_of_place"]

Ints = NDArray[np.int64]

GUARD_KINDS = frozenset({"military_base", "airbase", "airport", "checkpoint"})
GUARD_KM = 3.0
"""A post this near to a road commands it: whoever holds the post can fire on the road."""

KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Network:
    """``edges`` are pairs of place indices that touch or follow each other on a road. ``roads`` maps ids of roads to the indices of
    their places in order; ``guards`` to the posts that command them."""

    edges: Ints
    roads: dict[str, tuple[int, ...]]
    guards: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, theatre: Theatre, index: dict[str, int], heard: NDArray[np.bool_], told: NDArray[np.bool_]) -> Network:
        """The network of a theatre, of places that something is known about (``heard``); posts count only if they are spoken
        of themselves (``told``). ``index`` gives each place's number. Neighbours are not limited in distance here: only places
        in other hands can part a side's ground, not stretches that nobody speaks of."""
        entries: list[Place | None] = [None] * len(index)
        for place, at in index.items():
            if heard[at]:
                entries[at] = theatre.places.get(place)
        pairs = {
            (one, other)
            for one, touching in neighbour_graph(entries, np.inf).items()
            for other in touching
            if one < other
        }
        roads: dict[str, tuple[int, ...]] = {}
        guards: dict[str, tuple[int, ...]] = {}
        for route in theatre.routes.values():
            if route.kind != "road":
                continue
            stops = tuple(index[stop] for stop in route.stops if stop in index and heard[index[stop]])
            named = tuple(
                at
                for place, at in index.items()
                if heard[at] and at not in stops and road_of_place(theatre, place) == route.id
            )
            roads[route.id] = (*stops, *named)
            guards[route.id] = tuple(
                at
                for at, entry in enumerate(entries)
                if entry is not None
                and told[at]
                and entry.kind in GUARD_KINDS
                and at not in stops
                and _off(route, entry) <= GUARD_KM
            )
            pairs.update((min(pair), max(pair)) for pair in pairwise(stops) if pair[0] != pair[1])
        edges = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        return cls(edges, roads, guards)


def road_of_place(theatre: Theatre, place: str) -> str | None:
    """The road that an entry of the gazetteer is: of the same id, or the nearest of which it is a stretch; None for all other places."""
    entry = theatre.places.get(place)
    if entry is None or entry.kind not in ("road", "highway"):
        return None
    if place in theatre.routes and theatre.routes[place].kind == "road":
        return place
    off = {
        route.id: _off(route, entry)
        for route in theatre.routes.values()
        if route.kind == "road" and _off(route, entry) <= entry.precision_m / 1000 + route.precision_m / 1000
    }
    return min(off, key=lambda road: off[road], default=None)


def _off(route: Route, place: Place) -> float:
    """Kilometres from a place to the nearest stretch of a road."""
    scale = np.array([1.0, np.cos(np.radians(place.latitude))]) * KM_PER_DEGREE
    line = (np.array(route.points) - [place.latitude, place.longitude]) * scale
    return min((_distance(one, other) for one, other in pairwise(line)), default=np.inf)


def _distance(one: Sequence[float] | NDArray[np.float64], other: Sequence[float] | NDArray[np.float64]) -> float:
    """From the origin to a stretch, in the unit of its ends."""
    start, along = np.asarray(one), np.asarray(other) - np.asarray(one)
    share = np.clip(-(start @ along) / max(float(along @ along), 1e-12), 0.0, 1.0)
    return float(np.linalg.norm(start + share * along))
