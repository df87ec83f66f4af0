"""Who held what, and which ways were open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = [
    "ChangeRow",
    "ChangesPage",
    "ControlDay",
    "ControlPage",
    "HeldAnswer",
    "InfluenceRow",
    "LeaningRow",
    "LeaningsPage",
    "WayRow",
    "WaysPage",
]

Day = date


@dataclass(slots=True)
class InfluenceRow:
    """A claim that moved an answer, by so many bits towards (+) or away from (−) the holder answered."""

    claim: str
    bits: float


@dataclass(slots=True)
class HeldAnswer:
    """Who held a place at the end of a day. ``holder`` null and no probabilities: nobody said anything."""

    place: str
    day: Day
    holder: str | None
    probability: float
    probabilities: dict[str, float]
    claims: list[InfluenceRow]
    method: str
    view: str


@dataclass(slots=True)
class ControlDay:
    """One place on the day asked for."""

    place: str
    holder: str
    probabilities: list[float]


@dataclass(slots=True)
class ControlPage:
    """All places that somebody said something about, on one day; ``probabilities`` are in the order of ``states``."""

    day: Day
    view: str
    method: str
    states: list[str]
    places: list[ControlDay]


@dataclass(slots=True)
class ChangeRow:
    """A span of one holder: the days within which it began and ended, and the mean probability over it."""

    holder: str
    began: tuple[Day, Day]
    ended: tuple[Day, Day]
    probability: float


@dataclass(slots=True)
class ChangesPage:
    """Who held a place when, by a view."""

    place: str
    view: str
    changes: list[ChangeRow]


@dataclass(slots=True)
class WayRow:
    """A side's way to a place or pocket, or along a road: open, threatened, cut (roads and lines) or encircled (places)."""

    kind: str
    id: str
    places: list[str]
    party: str
    state: str
    probabilities: dict[str, float]
    claims: list[str]


@dataclass(slots=True)
class WaysPage:
    """Ways closed, threatened or told to be open on a day, the likeliest sieges first."""

    day: Day
    view: str
    ways: list[WayRow]


@dataclass(slots=True)
class LeaningRow:
    """Of what a source says while another side holds a place, the part that gives it to its own side, with a 90% interval."""

    source: str
    alignment: str | None
    kind: str
    rate: float
    low: float
    high: float
    claims: float


@dataclass(slots=True)
class LeaningsPage:
    """How every source leans, by kind of control claim."""

    view: str
    leanings: list[LeaningRow]
