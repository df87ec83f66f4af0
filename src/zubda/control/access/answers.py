"""Which ways were open, threatened or closed on a day: what is said of them joined with what follows from who held what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zubda.control.access.chain import WORDS, Chain
from zubda.control.access.network import Network
from zubda.control.access.statements import Statement, Subject, statements_of
from zubda.errors import UnknownNameError

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["Access", "AccessModel"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SAMPLES = 256
SEED = 20_121_222
ALIKE = 0.6
"""Correlation of the levels of two places in a sample, before they are made uniform."""

SHARE = 0.5
"""Weight of what follows from who held what beside what is said, as a power."""

THREAT = 0.3
"""What who held what says of a threat to a place: next to nothing."""

PRESENT = 0.3
"""A side that is less likely than this to be at a place at all has no way to it that could be open or closed."""

LISTED = 0.4
NEAR_DAYS = 10


@dataclass(frozen=True, slots=True)
class Access:
    """A side's way to a place or pocket, or along a road, on a day.

    ``kind`` is ``place``, ``pocket``, ``route`` (a road of the theatre) or ``line`` (of supply, between places that a claim names).
    ``id`` is that of the place or road, or the ids of the places with ``-`` between; ``places`` the ids of the places on it. ``party`` is
    the side whose way it is. ``state`` is ``open``, ``threatened``, and ``cut`` of routes and lines, ``encircled`` of places and
    pockets; ``probabilities`` has the chance of each. ``claims`` are ids of claims behind it.
    """

    kind: str
    id: str
    places: tuple[str, ...]
    party: str
    day: date
    state: str
    probabilities: dict[str, float]
    claims: tuple[str, ...]

    @property
    def probability(self) -> float:
        """Probability of ``state``."""
        return self.probabilities[self.state]


class AccessModel:
    """Answers for one posterior. Samples are the same for all days (one level for each place), so that answers do not flicker."""

    def __init__(self, posterior: Posterior) -> None:
        self.posterior = posterior
        direct = posterior.reports.direct
        self._told_from = np.full(len(posterior.place_ids), posterior.grid.days, np.int64)
        np.minimum.at(self._told_from, posterior.reports.place[direct], posterior.reports.first[direct])
        told = self._told_from < posterior.grid.days
        self.network = Network.of(posterior.theatre, posterior.index, posterior.heard, told)
        self._levels = _levels(len(posterior.place_ids))
        self._by_subject: dict[Subject, list[Statement]] = defaultdict(list)
        for statement in statements_of(posterior):
            self._by_subject[statement.subject].append(statement)
        self._chains = {subject: Chain(told) for subject, told in self._by_subject.items()}
        self._parents = {entry.parent for entry in posterior.theatre.places.values() if entry.parent}
        self._table = lru_cache(maxsize=64)(posterior.day_table)
        self._sampled = lru_cache(maxsize=64)(self._samples)
        self._encircled = lru_cache(maxsize=64)(self._enclosure)

    def on(self, day: date) -> tuple[Access, ...]:
        """Every way that is closed or threatened, or told to be open, on a day: places and pockets, then routes and lines, the
        likeliest sieges first."""
        number = self.posterior.grid.number(day)
        found = [*self._told_places(number), *self._enclosed_places(number), *self._pockets(number)]
        for road in self.network.roads:
            found += [self._route(road, side, number) for side in self._parties(road, number)]
        found += [self._line(subject, number) for subject in self._chains if subject.kind == "line"]
        order = {"encircled": 0, "cut": 0, "threatened": 1, "open": 2}
        ways = {"pocket": 0, "place": 1, "route": 2, "line": 3}
        return tuple(
            sorted(found, key=lambda way: (ways[way.kind] > 1, order[way.state], -way.probability, way.id, way.party))
        )

    def route(self, road: str, party: str, day: date) -> Access:
        """A road of the theatre for a side on a day. Raises `UnknownNameError` (``unknown.route``, ``unknown.side``)."""
        if road not in self.network.roads:
            raise UnknownNameError(
                "route", f"There is no road {road!r} in the theatre.", "The roads are those of its routes.csv.",
                list(self.network.roads),
            )  # fmt: skip
        return self._route(road, self.posterior.holder_id(party), self.posterior.grid.number(day))

    def place(self, place_id: str, party: str, day: date) -> Access:
        """A side's way to a place on a day. Raises `UnknownNameError` (``unknown.place``, ``unknown.side``)."""
        at = self.posterior.position(place_id)
        subject = Subject("place", (place_id,), self.posterior.holder_id(party))
        return self._place(subject, at, self.posterior.grid.number(day))

    def _told_places(self, day: int) -> Iterable[Access]:
        for subject, told in self._by_subject.items():
            if subject.kind != "place":
                continue
            at = self.posterior.index[subject.key[0]]
            if self._present(at, subject.party, day) < PRESENT and subject.key[0] not in self._parents:
                continue
            way = self._place(subject, at, day)
            fresh = any(s.first - NEAR_DAYS <= day <= s.last + NEAR_DAYS for s in told)
            if way.state != "open" or fresh:
                yield way

    def _enclosed_places(self, day: int) -> Iterable[Access]:
        share, held = self._encircled(day)
        for at, side in np.argwhere((share >= LISTED) & (held >= 0.5)):
            subject = Subject("place", (self.posterior.place_ids[at],), self.posterior.state_ids[side])
            if subject not in self._chains:
                way = self._place(subject, int(at), day)
                if way.state != "open":
                    yield way

    def _pockets(self, day: int) -> Iterable[Access]:
        """Groups of two or more encircled places of one side that touch."""
        share, held = self._encircled(day)
        inside = {(int(at), int(side)) for at, side in np.argwhere((share >= 0.5) & (held >= 0.5))}
        touching: dict[int, list[int]] = defaultdict(list)
        for one, other in self.network.edges.tolist():
            touching[one].append(other)
            touching[other].append(one)
        while inside:
            start = min(inside)
            group, front = {start[0]}, [start[0]]
            while front:
                for other in touching[front.pop()]:
                    if (other, start[1]) in inside and other not in group:
                        group.add(other)
                        front.append(other)
            inside -= {(at, start[1]) for at in group}
            if len(group) > 1:
                yield self._pocket(sorted(group), start[1], float(share[sorted(group), start[1]].mean()), day)

    def _pocket(self, group: list[int], side: int, chance: float, day: int) -> Access:
        ids = tuple(self.posterior.place_ids[at] for at in group)
        chances = {"open": 1.0 - chance, "threatened": 0.0, "encircled": chance}
        claims = tuple(dict.fromkeys(claim for place in ids[:8] for claim in self._behind(place, day)[:1]))
        state, party = _likeliest(chances), self.posterior.state_ids[side]
        return Access("pocket", "-".join(ids), ids, party, self.posterior.grid.day(day), state, chances, claims)

    def _place(self, subject: Subject, at: int, day: int) -> Access:
        share, _ = self._encircled(day)
        side = self.posterior.state_ids.index(subject.party)
        follows = None if np.isnan(share[at, side]) else np.array([1.0 - share[at, side], THREAT, share[at, side]])
        claims = self._told(subject, day) or self._behind(subject.key[0], day)[:3]
        return self._answer("place", subject, subject.key, follows, claims, day, "encircled")

    def _route(self, road: str, party: str, day: int) -> Access:
        stops = np.array((*self.network.roads[road], *self.network.guards[road]), np.int64)
        stops = stops[self._told_from[stops] <= day]
        subject = Subject("route", (road,), party)
        follows: Floats | None = None
        against: tuple[str, ...] = ()
        if len(stops):
            drawn = self._sampled(day)[:, stops]
            side, contested = self.posterior.state_ids.index(party), len(self.posterior.state_ids) - 1
            cut = ((drawn != side) & (drawn != contested)).any(axis=1)
            threatened = ~cut & (drawn == contested).any(axis=1)
            follows = np.array([(~cut & ~threatened).mean(), threatened.mean(), cut.mean()])
            taken = stops[(drawn != side).mean(axis=0).argsort()[::-1][:2]]
            against = tuple(claim for stop in taken for claim in self._behind(self.posterior.place_ids[stop], day)[:2])
        places = tuple(self.posterior.place_ids[at] for at in self.network.roads[road])
        claims = tuple(dict.fromkeys((*self._told(subject, day), *against)))
        return self._answer("route", subject, places, follows, claims, day, "cut")

    def _line(self, subject: Subject, day: int) -> Access:
        return self._answer("line", subject, subject.key, None, self._told(subject, day), day, "cut")

    def _answer(
        self, kind: str, subject: Subject, places: tuple[str, ...], follows: Floats | None, claims: tuple[str, ...],
        day: int, closed: str,
    ) -> Access:  # fmt: skip
        chain = self._chains.get(subject)
        chances = np.ones(3) / 3 if chain is None else chain.on(day)
        if follows is not None:
            chances = chances * (0.02 + follows) ** (1.0 if chain is None else SHARE)
        chances = chances / chances.sum()
        named = dict(zip((*WORDS[:2], closed), (float(chance) for chance in chances), strict=True))
        when = self.posterior.grid.day(day)
        return Access(kind, "-".join(subject.key), places, subject.party, when, _likeliest(named), named, claims)

    def _told(self, subject: Subject, day: int) -> tuple[str, ...]:
        """Ids of the claims about a way, the nearest in time first."""
        told = sorted(self._by_subject.get(subject, ()), key=lambda s: max(s.first - day, day - s.last, 0))
        return tuple(dict.fromkeys(self.posterior.claims[s.claim].id for s in told[:6]))

    def _behind(self, place: str, day: int) -> tuple[str, ...]:
        held = self.posterior.held(place, self.posterior.grid.day(day))
        return tuple(influence.claim for influence in held.claims[:3])

    def _present(self, at: int, party: str, day: int) -> float:
        row = self._table(day)[at]
        return float(row[self.posterior.state_ids.index(party)] + row[-1])

    def _parties(self, road: str, day: int) -> list[str]:
        """Sides that a road may matter to: those told of, and those that hold a place on it."""
        told = {subject.party for subject in self._chains if subject.kind == "route" and subject.key == (road,)}
        for stop in self.network.roads[road]:
            row = self._table(day)[stop, :-1]
            told.update(side for side, chance in zip(self.posterior.state_ids, row, strict=False) if chance >= 0.5)
        return [side for side in self.posterior.state_ids if side in told]

    def _samples(self, day: int) -> Ints:
        """Samples x places: a state drawn for every place."""
        steps = np.cumsum(self._table(day), axis=1)
        drawn: Ints = (self._levels[:, :, None] > steps[None, :, :-1]).sum(axis=2)
        return drawn

    def _enclosure(self, day: int) -> tuple[Floats, Floats]:
        """Places x sides: chance that a side at the place has no way over its own places to its own ground, given that it holds
        the place, and the chance that it does. A side's own ground is its largest connected group of places."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        drawn, edges = self._sampled(day), self.network.edges
        samples, places = drawn.shape
        sides = len(self.posterior.state_ids) - 1
        known = np.zeros(places, bool)
        known[edges.ravel()] = True
        one, other = drawn[:, edges[:, 0]], drawn[:, edges[:, 1]]
        sample, edge = np.nonzero((one == other) & (one < sides))
        rows, columns = sample * places + edges[edge, 0], sample * places + edges[edge, 1]
        size = samples * places
        graph = coo_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(size, size))
        count, label = connected_components(graph, directed=False)
        members = np.bincount(label, np.tile(known, samples), count)[label].reshape(samples, places)
        share, held = np.full((places, sides), np.nan), np.zeros((places, sides))
        for side in range(sides):
            here = (drawn == side) & known
            largest = np.where(here, members, 0).max(axis=1, keepdims=True)
            cut = here & (members < largest)
            held[:, side] = here.mean(axis=0)
            total = here.sum(axis=0)
            share[total > 0, side] = cut.sum(axis=0)[total > 0] / total[total > 0]
        return share, held


def _levels(places: int) -> Floats:
    """Samples x places: uniform levels, alike within a sample, since what misleads about one place misleads about others too."""
    from scipy.special import ndtr

    random = np.random.default_rng(SEED)
    shared, own = random.standard_normal((SAMPLES, 1)), random.standard_normal((SAMPLES, places))
    found: Floats = ndtr(np.sqrt(ALIKE) * shared + np.sqrt(1.0 - ALIKE) * own)
    return found


def _likeliest(chances: dict[str, float]) -> str:
    return max(chances, key=lambda state: chances[state])
