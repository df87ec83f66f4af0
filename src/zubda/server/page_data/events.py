"""Events, disputes and tolls as page data."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from zubda.control.sources import TEXT
from zubda.model import CLAIM_TYPES, DayRange, Dispute, Event, Toll
from zubda.server.page_data.columns import CHUNK, Columns, day_number
from zubda.server.page_data.numbering import Numbering

if TYPE_CHECKING:
    from zubda.reconciliation import Reconciliation, SeriesPoint

__all__ = ["EventData"]

SERIES_BY_SOURCE = ("killed", "wounded")
"""Kinds of harm of which each source has a series of its own."""

MOST_REASONS = 30
"""Links told of one event: each is the strongest of those to all claims before it, so that their work grows with the square."""


class EventData:
    """Resources of what follows from linking the claims."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self._lock = Lock()

    @property
    def reconciled(self) -> Reconciliation:
        """The linked claims; linked once, however many threads ask."""
        with self._lock:
            return self.numbering.chronicle.reconciliation

    @property
    def linked(self) -> bool:
        """Whether the claims are linked already, so that asking for an event takes no time."""
        return "event_of_claim" in vars(self)

    @cached_property
    def grades(self) -> dict[str, str]:
        """Grades of events in a fixed order, with the rule of each."""
        from zubda.reconciliation import GRADES

        return GRADES

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events, in the order of the chronicle."""
        reconciled = self.reconciled
        with self._lock:
            return reconciled.events

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """All disputes, heaviest first."""
        return self.reconciled.disputes

    @cached_property
    def event_of_claim(self) -> list[int]:
        """Position of each claim's event, −1 for none."""
        found = [-1] * len(self.numbering.claims)
        for at, event in enumerate(self.events):
            for position in self.numbering.positions(event.claims):
                found[position] = at
        return found

    @cached_property
    def of_claims(self) -> Columns:
        """One column: each claim's event by position + 1, 0 for none."""
        columns = Columns(len(self.numbering.claims))
        columns.add("event", [event + 1 for event in self.event_of_claim])
        return columns

    @cached_property
    def event_at(self) -> dict[str, int]:
        """Position of every event id."""
        return {event.id: at for at, event in enumerate(self.events)}

    @cached_property
    def index(self) -> Columns:
        """The columns of all events."""
        columns = Columns(len(self.events))
        types = {name: at for at, name in enumerate(CLAIM_TYPES)}
        columns.add("first", [day_number(event.date.first if event.date else None) for event in self.events], "int32")
        columns.add("last", [day_number(event.date.last if event.date else None) for event in self.events], "int32")
        columns.add("type", [types[event.type] for event in self.events])
        grades = {name: at for at, name in enumerate(self.grades)}
        columns.add("grade", [grades[event.grade] for event in self.events])
        columns.add("witnesses", [event.witnesses for event in self.events])
        columns.add("claims", [len(event.claims) for event in self.events])
        columns.add("contested", [bool(event.against) for event in self.events])
        return columns

    def chunk(self, number: int) -> list[dict[str, Any]]:
        """Full events of one chunk."""
        return [self._full(at) for at in range(number * CHUNK, min((number + 1) * CHUNK, len(self.events)))]

    def _full(self, at: int) -> dict[str, Any]:
        event = self.events[at]
        return {
            "id": event.id,
            "type": event.type,
            **_days(event.date),
            "places": self._places(event.places),
            "sides": event.sides,
            "claims": self.numbering.positions(event.claims),
            "against": self.numbering.positions(event.against),
            "witnesses": event.witnesses,
            "grade": event.grade,
            "toll": [self._toll(at, toll) for toll in event.toll],
            "reasons": [
                {
                    "a": self._claim(link.a),
                    "b": self._claim(link.b),
                    "weights": [(field, round(bits, 2)) for field, bits in link.weights],
                    "total": round(link.total, 2),
                    "decided": link.decided,
                }
                for link in islice(self.reconciled.links(event.id), MOST_REASONS)
            ],
        }

    def _places(self, places: tuple[str, ...]) -> list[int]:
        return [self.numbering.place_at[place] for place in places if place in self.numbering.place_at]

    def _source(self, key: str) -> int:
        known = self.numbering.source_at
        return known.get(key, known.get(f"x:{key}", known[TEXT]))

    def _claim(self, claim: str | None) -> int:
        return self.numbering.claim_at.get(claim or "", -1)

    def _toll(self, at: int, toll: Toll) -> dict[str, Any]:
        event = self.events[at]
        return {
            "event": at,
            **_days(toll.date or event.date),
            "places": self._places(event.places),
            "what": toll.what,
            "side": toll.side,
            "group": toll.group,
            "low": toll.low,
            "best": toll.best,
            "high": toll.high,
            "rule": toll.rule,
            "low_claim": self._claim(toll.low_claim),
            "best_claim": self._claim(toll.best_claim),
            "high_claim": self._claim(toll.high_claim),
            "parts": toll.parts,
            "sources": [
                {
                    "source": self._source(figure.source),
                    "low": figure.low,
                    "high": figure.high,
                    "claim": self._claim(figure.claim),
                }
                for figure in toll.sources
            ],
        }

    def dispute_chunk(self, number: int) -> list[dict[str, Any]]:
        """Full disputes of one chunk."""
        return [self._dispute(dispute) for dispute in self.disputes[number * CHUNK : (number + 1) * CHUNK]]

    def _dispute(self, dispute: Dispute) -> dict[str, Any]:
        return {
            "id": dispute.id,
            "about": dispute.about,
            "topic": dispute.topic,
            "weight": round(dispute.weight, 4),
            "event": self.event_at.get(dispute.event or "", -1),
            **_days(dispute.date),
            "places": self._places(dispute.places),
            "positions": [
                {
                    "says": position.says,
                    "sources": [self._source(source) for source in position.sources],
                    "claims": self.numbering.positions(position.claims),
                }
                for position in dispute.positions
            ],
        }

    def tolls(self) -> dict[str, Any]:
        """``tolls.json``: a row for each figure of each event, and how the sums grew."""
        rows = [self._toll(at, toll) for at, event in enumerate(self.events) for toll in event.toll]
        sides = dict.fromkeys((row["what"], row["side"]) for row in rows if row["what"] in SERIES_BY_SOURCE)
        by_source = [
            _series(what, side, self._source(key), points)
            for what, side in sides
            for key, points in self.reconciled.series(what=what, side=side, by="source").items()
        ]
        return {"rows": rows, "series": [*self.series(), *by_source]}

    def series(self) -> list[dict[str, Any]]:
        """``tolls/series.json``: how the reconciled sums grew, by kind of harm and side."""
        return [
            _series(what, side, None, points)
            for what in self._harms
            for side, points in self.reconciled.series(what=what).items()
        ]

    @cached_property
    def _harms(self) -> list[str]:
        return list(dict.fromkeys(toll.what for event in self.events for toll in event.toll))


def _series(what: str, side: str, source: int | None, points: tuple[SeriesPoint, ...]) -> dict[str, Any]:
    return {
        "what": what,
        "side": side,
        "source": source,
        "days": [day_number(point.day) for point in points],
        "low": [point.low for point in points],
        "best": [point.best for point in points],
        "high": [point.high for point in points],
        "at_least": bool(points) and points[-1].at_least,
    }


def _days(days: DayRange | None) -> dict[str, int]:
    return {
        "first": day_number(days.first if days else None),
        "last": day_number(days.last if days else None),
    }
