"""What claims say of sieges, roads and supplies: which side's way to which place was open, attacked, or closed, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zubda.control.access.network import road_of_place
from zubda.model import BLOWS, Claim, Party, Theatre

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["Statement", "Subject", "statements_of"]

ATTACKS = BLOWS | {"clash"}
MOSTLY = 0.6
ANY = 0.25
LEAST = 0.02
APPROACH_DAYS = 21
"""A place that falls was under attack for at most so many days before."""

WIDE_KINDS = frozenset({"country", "province", "governorate", "oblast", "border", "crossing"})

OPENING, CLOSING = ("open", "lifted", "broken", "relief"), ("cut", "closed")
"""Endings of the names of rules that tell an opening from a closing, where a language's rules tell them apart."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose way to what. ``kind`` is ``place``, ``route`` (a road of the theatre) or ``line`` (between places that a claim names);
    ``key`` the id of the road, or the ids of the places; ``party`` the side whose way it is."""

    kind: str
    key: tuple[str, ...]
    party: str


@dataclass(frozen=True, slots=True)
class Statement:
    """``word`` is ``open``, ``attacked`` or ``closed``, all through day numbers ``first`` to ``last``; ``claim`` is an index."""

    subject: Subject
    word: str
    first: int
    last: int
    claim: int


def statements_of(posterior: Posterior) -> list[Statement]:
    """All statements, in the order of the claims."""
    reader = _Reader(posterior)
    return [statement for at, claim in enumerate(posterior.claims) for statement in reader.read(at, claim)]


class _Reader:
    def __init__(self, posterior: Posterior) -> None:
        self.posterior, self.theatre = posterior, posterior.theatre
        places = self.theatre.places.values()
        self.wholes = {place.parent for place in places if place.parent}
        self.wholes |= {place.id for place in places if place.kind in WIDE_KINDS}

    def read(self, at: int, claim: Claim) -> Iterator[Statement]:
        if claim.date is None or not claim.place_ids or claim.polarity == "deny" or not self.posterior.asks(claim):
            return
        grid = self.posterior.grid
        first, last = (claim.date.first - grid.start).days, (claim.date.last - grid.start).days
        if last < 0 or first >= grid.days:
            return
        first, last = max(first, 0), min(last, grid.days - 1)
        for subject, word in self._said(claim, first, last):
            yield Statement(subject, word, first, last, at)
        if (
            claim.control is not None
            and claim.control.change == "gained"
            and last - first <= APPROACH_DAYS
            and first > 1
        ):
            taker = self.theatre.holder_of(claim.control.holder)
            for place in dict.fromkeys(claim.place_ids):
                loser = self._holder(place, first - 1, besides=taker)
                if loser and place not in self.wholes:
                    yield Statement(Subject("place", (place,), loser), "attacked", first - 1, first - 1, at)

    def _said(self, claim: Claim, first: int, last: int) -> Iterator[tuple[Subject, str]]:
        actor, target = _one(claim.actors, self.theatre), _one(claim.targets, self.theatre)
        if claim.type == "siege":
            yield from self._siege(claim, actor, target, first)
        elif claim.type == "supply":
            yield from self._supply(claim, actor, target, first)
        elif claim.type in ATTACKS:
            for place in dict.fromkeys(claim.place_ids):
                attacked = self._holder(place, max(first - 1, 0), besides=actor)
                if attacked and place not in self.wholes and (actor is None or actor != attacked):
                    yield Subject("place", (place,), attacked), "attacked"
        elif claim.type == "movement" and actor:
            for place in dict.fromkeys(claim.place_ids):
                if self._chance(place, actor, last) >= MOSTLY:
                    yield Subject("place", (place,), actor), "open"

    def _siege(self, claim: Claim, actor: str | None, target: str | None, first: int) -> Iterator[tuple[Subject, str]]:
        opening = _hinted(claim, OPENING)
        for place in dict.fromkeys(claim.place_ids):
            road = road_of_place(self.theatre, place)
            own = actor if actor and self._chance(place, actor, first) >= MOSTLY and place not in self.wholes else None
            party = own if own and target != own else target if target != actor else None
            party = party or self._holder(place, first, besides=actor)
            if party is None:
                continue
            subject = Subject("route", (road,), party) if road else Subject("place", (place,), party)
            yield subject, "open" if opening or (own and party == own) else "closed"

    def _supply(self, claim: Claim, actor: str | None, target: str | None, first: int) -> Iterator[tuple[Subject, str]]:
        places = tuple(dict.fromkeys(claim.place_ids))
        roads = dict.fromkeys(filter(None, (road_of_place(self.theatre, place) for place in places)))
        against = target if target != actor else None
        if against is None and actor and not _hinted(claim, OPENING):
            within = [place for place in places if place not in self.wholes and not roads]
            least = LEAST if _hinted(claim, CLOSING) else MOSTLY
            others = {self._holder(place, max(first - 1, 0), besides=actor, least=least) for place in within}
            against = others.pop() if len(others) == 1 and (len(places) == 1 or _hinted(claim, CLOSING)) else None
        party = against or actor
        if party is None:
            return
        word = "closed" if against and not _hinted(claim, OPENING) else "open"
        for road in roads:
            yield Subject("route", (road,), party), word
        if not roads:
            near = len(places) == 1 and self._present(places[0], party, first) >= ANY
            yield Subject("place" if near else "line", places, party), word

    def _chance(self, place: str, side: str, day: int) -> float:
        states = self.posterior.state_ids
        return float(self.posterior.row(place, day)[states.index(side)]) if side in states else 0.0

    def _present(self, place: str, side: str, day: int) -> float:
        return self._chance(place, side, day) + float(self.posterior.row(place, day)[-1])

    def _holder(self, place: str, day: int, besides: str | None, least: float = ANY) -> str | None:
        """The likeliest holder besides a side, if it is likely enough to have been there."""
        row = self.posterior.row(place, day)
        chances = {side: float(row[at]) for at, side in enumerate(self.posterior.state_ids[:-1]) if side != besides}
        best = max(chances, key=lambda side: chances[side], default=None)
        return best if best is not None and chances[best] >= least else None


def _one(parties: Sequence[Party], theatre: Theatre) -> str | None:
    sides = {theatre.holder_of(party.side) for party in parties} - {None}
    return sides.pop() if len(sides) == 1 else None


def _hinted(claim: Claim, endings: tuple[str, ...]) -> bool:
    return any(fired.field == "type" and fired.rule.endswith(endings) for fired in claim.rules)
