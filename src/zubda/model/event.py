"""What reconciliation gives: events, tolls and disputes."""

from __future__ import annotations

from dataclasses import dataclass

from zubda.model.days import DayRange

__all__ = ["Dispute", "Event", "LinkReason", "Position", "SourceFigure", "Toll"]


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """One source's figure, with the claim that says it. ``source`` is ``text`` for the account's own voice."""

    source: str
    low: int | None
    high: int | None
    claim: str


@dataclass(frozen=True, slots=True)
class Toll:
    """Low, best and high for one kind of harm and one side, as UCDP uses the words.

    ``side`` may be ``all``, a sum whose ``parts`` name the sides in it. ``group`` names a part of the side in the words of the
    text (children, police), empty for all of it; such a row is never added to its side. ``high`` None is "at least".
    ``low_claim``, ``best_claim`` and ``high_claim`` are the claims behind each bound, ``rule`` the rule that chose ``best``.
    ``date`` is the time that is counted.
    """

    what: str
    side: str
    low: int | None
    best: int | None
    high: int | None
    rule: str
    sources: tuple[SourceFigure, ...] = ()
    low_claim: str | None = None
    best_claim: str | None = None
    high_claim: str | None = None
    parts: tuple[str, ...] = ()
    group: str = ""
    date: DayRange | None = None


@dataclass(frozen=True, slots=True)
class LinkReason:
    """Why two claims are, or are not, about the same event: weight in bits per field; ``total`` is their sum with the prior.

    ``decided`` is ``model`` (the weights), ``constraint`` (kept apart, whatever the weights) or ``person`` (a logged decision).
    """

    a: str
    b: str
    weights: tuple[tuple[str, float], ...]
    total: float
    decided: str = "model"


@dataclass(frozen=True, slots=True)
class Event:
    """A set of claims about one occurrence.

    ``claims`` are ids, ``against`` those of them that deny it, ``witnesses`` the number of independent origins,
    ``grade`` is ``confirmed``, ``fair``, ``weak``, ``contested`` or ``discounted``.
    """

    id: str
    type: str
    date: DayRange | None
    places: tuple[str, ...]
    sides: tuple[str, ...]
    claims: tuple[str, ...]
    against: tuple[str, ...]
    witnesses: int
    grade: str
    toll: tuple[Toll, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a dispute: what is said, by whom, in which claims."""

    says: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that cannot all be right. ``about`` is ``what``, ``who``, ``holder``, ``count`` or ``when``.

    ``weight`` ranks disputes, higher first.
    """

    id: str
    about: str
    topic: str
    positions: tuple[Position, ...]
    weight: float
    event: str | None = None
    date: DayRange | None = None
    places: tuple[str, ...] = ()
