"""Claims and what follows from linking them: events, disputes, tolls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = [
    "ClaimDetail",
    "ClaimPage",
    "ClaimRow",
    "CountRow",
    "DisputePage",
    "DisputeRow",
    "EventDetail",
    "EventPage",
    "EventRow",
    "LinkRow",
    "RuleRow",
    "StatementRow",
    "TollPage",
    "TollRow",
    "TollSum",
]

Day = date


@dataclass(slots=True)
class CountRow:
    """A number of people or things; ``max`` null is "at least"; ``of`` is the index of the whole that this is a part of."""

    what: str
    who: str
    side: str
    min: int | None
    max: int | None
    approx: bool = False
    of: int | None = None
    best: int | None = None


@dataclass(slots=True)
class StatementRow:
    """Who holds the places, by the claim."""

    holder: str
    change: str
    share: tuple[float, float] | None = None


@dataclass(slots=True)
class ClaimRow:
    """A claim with the fields of the codebook, the words that carry it, and its event."""

    id: str
    document: str
    spans: list[tuple[int, int]]
    type: str
    date: tuple[Day, Day] | None
    places: list[str]
    place_ids: list[str | None]
    place_scores: list[float]
    actor: list[str]
    actor_side: list[str]
    actor_ids: list[str | None]
    target: list[str]
    target_side: list[str]
    target_ids: list[str | None]
    source: str | None
    source_id: str | None
    polarity: str
    counts: list[CountRow]
    control: StatementRow | None
    rules: list[tuple[str, str, int, int]]
    language: str
    extractor: str
    coordinates: tuple[float, float] | None
    text: str
    event: str | None


@dataclass(slots=True)
class ClaimPage:
    """``total`` claims fit; these are those from ``offset`` on. ``next`` is the offset of the next page, null on the last."""

    total: int
    offset: int
    limit: int
    next: int | None
    claims: list[ClaimRow]


@dataclass(slots=True)
class RuleRow:
    """A rule that fired: the field it set, the characters it rests on, and what it does."""

    rule: str
    field: str
    characters: str
    description: str


@dataclass(slots=True)
class ClaimDetail:
    """A claim and why every field of it is what it is."""

    claim: ClaimRow
    why: list[RuleRow]


@dataclass(slots=True)
class TollRow:
    """Low, best and high of one harm and side in one event, each with the claim behind it, and the rule that chose ``best``."""

    what: str
    side: str
    group: str
    date: tuple[Day, Day] | None
    low: int | None
    best: int | None
    high: int | None
    rule: str
    low_claim: str | None
    best_claim: str | None
    high_claim: str | None
    parts: list[str]
    sources: list[dict[str, Any]]


@dataclass(slots=True)
class EventRow:
    """A set of claims about one occurrence; ``against`` are those that deny it."""

    id: str
    type: str
    date: tuple[Day, Day] | None
    places: list[str]
    sides: list[str]
    claims: list[str]
    against: list[str]
    witnesses: int
    grade: str
    toll: list[TollRow]


@dataclass(slots=True)
class EventPage:
    """A page of events, as `ClaimPage`."""

    total: int
    offset: int
    limit: int
    next: int | None
    events: list[EventRow]


@dataclass(slots=True)
class LinkRow:
    """Why two claims are about one event: weight in bits by field."""

    a: str
    b: str
    weights: list[tuple[str, float]]
    total: float
    decided: str


@dataclass(slots=True)
class EventDetail:
    """An event, why its claims are one, its independent origins with their claims, and the claims in full."""

    event: EventRow
    links: list[LinkRow]
    witnesses: dict[str, list[str]]
    claims: list[ClaimRow]


@dataclass(slots=True)
class DisputeRow:
    """Claims that cannot all be right: what each position says, by whom, in which claims."""

    id: str
    about: str
    topic: str
    weight: float
    event: str | None
    date: tuple[Day, Day] | None
    places: list[str]
    positions: list[dict[str, Any]]


@dataclass(slots=True)
class DisputePage:
    """A page of disputes, heaviest first, as `ClaimPage`."""

    total: int
    offset: int
    limit: int
    next: int | None
    disputes: list[DisputeRow]


@dataclass(slots=True)
class TollSum:
    """A sum over events; ``inside`` are events left out because one in the sum counts them already."""

    key: str
    what: str
    side: str
    low: int
    best: int
    high: int | None
    events: list[str]
    inside: list[str]


@dataclass(slots=True)
class TollPage:
    """Sums broken down by ``by``."""

    by: str
    tolls: list[TollSum]
