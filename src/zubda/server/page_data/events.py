"""Events, disputes and tolls as page data."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from zubda.control.sources import TEXT
from zubda.model import CLAIM_TYPES, DayRange, Dispute, Event, Toll
from zubda.server.page_data.columns import CHUNK, Columns, day_number
from zubda.server.page_data.numbering import Numbering

__all__ = ["GRADES", "EventData"]

GRADES = ("confirmed", "fair", "weak", "contested", "discounted")


class EventData:
    """Resources of what follows from linking the claims."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering

    @cached_property
    def reconciled(self) -> Any:
        """The linked claims; None where the program was built without reconciliation."""
        try:
            return self.numbering.chronicle.reconciliation
        except ImportError:
            return None

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events, in the order of the chronicle."""
        return tuple(self.reconciled.events) if self.reconciled else ()

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """All disputes, heaviest first."""
        return tuple(self.reconciled.disputes) if self.reconciled else ()

    @cached_property
    def event_of_claim(self) -> list[int]:
        """Position of each claim's event, −1 for none."""
        found = [-1] * len(self.numbering.claims)
        for at, event in enumerate(self.events):
            for position in self.numbering.positions(event.claims):
                found[position] = at
        return found

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
        columns.add("grade", [GRADES.index(event.grade) for event in self.events])
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
            "toll": [self._toll(toll) for toll in event.toll],
        }

    def _places(self, places: tuple[str, ...]) -> list[int]:
        return [self.numbering.place_at[place] for place in places if place in self.numbering.place_at]

    def _source(self, key: str) -> int:
        return self.numbering.source_at.get(key, self.numbering.source_at[TEXT])

    def _claim(self, claim: str | None) -> int:
        return self.numbering.claim_at.get(claim or "", -1)

    def _toll(self, toll: Toll) -> dict[str, Any]:
        return {
            "what": toll.what,
            "side": toll.side,
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
        """``tolls.json``: a row for each figure of each event."""
        rows = [
            {"event": at, **_days(event.date), "places": self._places(event.places), **self._toll(toll)}
            for at, event in enumerate(self.events)
            for toll in event.toll
        ]
        return {"rows": rows, "series": []}


def _days(days: DayRange | None) -> dict[str, int]:
    return {
        "first": day_number(days.first if days else None),
        "last": day_number(days.last if days else None),
    }
