"""A theatre: one war as data. Sides, actors, sources, places and routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

__all__ = ["Actor", "Membership", "Place", "Route", "Side", "Source", "Theatre"]


@dataclass(frozen=True, slots=True)
class Side:
    """A bloc of armed actors, or a group that is no belligerent (``armed`` False: civilians, observers).

    ``id`` is the side code of claims. ``names`` maps language codes to names. ``holds`` tells whether the side
    can hold places, and so is a state of the control model. ``hue`` is a class number 0–7 of the page's
    colour-blind-safe scale, never a colour itself. ``ally`` is the id of the side for which a side that holds no
    places of its own takes them: what an ally is said to hold counts as that side's.
    """

    id: str
    names: Mapping[str, str]
    armed: bool = True
    holds: bool = True
    hue: int = 0
    ally: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """An actor belongs to a side from ``since`` to ``until``, inclusive; None is open."""

    side: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An armed group, an office or a kind of people. ``forms`` are ``(language, surface form)``, ``und`` for any language.

    ``coded`` are the names that coded event data has for it; no text is searched for them.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    forms: tuple[tuple[str, str], ...]
    memberships: tuple[Membership, ...]
    parent: str | None = None
    coded: tuple[str, ...] = ()

    def side_on(self, day: date | None) -> str:
        """The side on that day; with no day, or none that fits, the first one told; ``unknown`` if there is none."""
        for member in self.memberships:
            if day and (member.since is None or member.since <= day) and (member.until is None or day <= member.until):
                return member.side
        return self.memberships[0].side if self.memberships else "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Someone who says things: ``kind`` is ``agency``, ``monitor``, ``side``, ``person``, ``government`` or ``organisation``.

    ``alignment`` is the side it is aligned with, None if none. ``origin`` is the id of the source whose words it
    passes on as a rule, for counting witnesses.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    forms: tuple[tuple[str, str], ...]
    alignment: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. WGS84 ``latitude`` and ``longitude`` in degrees, ``precision_m`` how far off the point may be, in metres.

    ``forms`` are ``(language, surface form)``, ``und`` for any language. ``origin`` says where the point is from.
    A place with ``precision_m`` over 3,000 is never drawn as a dot. ``held_at_start`` is the side that held it on the day before
    the theatre's first, None where it is not told.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    forms: tuple[tuple[str, str], ...]
    latitude: float
    longitude: float
    precision_m: float
    origin: str
    parent: str | None = None
    note: str = ""
    held_at_start: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A line: ``kind`` is ``road``, ``river``, ``outline`` or ``border``. ``points`` are ``(latitude, longitude)``.

    ``stops`` are ids of the places it runs through, in order.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    points: tuple[tuple[float, float], ...]
    stops: tuple[str, ...]
    precision_m: float
    origin: str
    forms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Theatre:
    """One war. ``version`` changes with every change of its files. ``first`` and ``last`` bound the war's days, if told.

    ``places``, ``actors``, ``sources``, ``sides`` and ``routes`` map ids to values, in the order of the files.
    """

    id: str
    version: str
    names: Mapping[str, str]
    sides: Mapping[str, Side] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    routes: Mapping[str, Route] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    def holders(self) -> tuple[str, ...]:
        """Ids of the sides that can hold places, in the order of the files."""
        return tuple(side.id for side in self.sides.values() if side.holds)

    def holder_of(self, side: str) -> str | None:
        """The holding side that a side code stands for: itself, its ally, or None if it can hold nothing."""
        seen: set[str] = set()
        entry = self.sides.get(side)
        while entry is not None and entry.id not in seen:
            if entry.holds:
                return entry.id
            seen.add(entry.id)
            entry = self.sides.get(entry.ally) if entry.ally else None
        return None

    def held_at_start(self, place: str) -> str | None:
        """The side that held a place on the day before ``first``: its own, else that of the nearest place around it."""
        around = (self.places[other] for other in (place, *self.ancestors(place)) if other in self.places)
        return next((entry.held_at_start for entry in around if entry.held_at_start), None)

    def ancestors(self, place: str) -> tuple[str, ...]:
        """Ids of the places that contain this one, nearest first."""
        found: list[str] = []
        entry = self.places.get(place)
        while entry and entry.parent and entry.parent not in found:
            found.append(entry.parent)
            entry = self.places.get(entry.parent)
        return tuple(found)
