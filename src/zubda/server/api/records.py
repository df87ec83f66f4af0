"""From values of the model to what the API answers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from zubda.interchange.codebook import claim_to_record
from zubda.model import DayRange, Dispute, Document, Event, Toll
from zubda.server.page_data.resources import PageData

__all__ = ["Records"]

KEPT_CLAIMS = 20_000


class Records:
    """Rows of answers for one chronicle. Claims are kept as JSON once made, since every page of them needs them again."""

    def __init__(self, data: PageData) -> None:
        self.data = data
        self.numbering = data.numbering
        self.claim = lru_cache(KEPT_CLAIMS)(self._claim)

    def _claim(self, at: int) -> orjson.Fragment:
        claim = self.numbering.claims[at]
        event = self.data.events.event_of_claim[at]
        record = {
            **claim_to_record(claim),
            "text": self.data.claims.text(at),
            "event": self.data.events.events[event].id if event >= 0 else None,
        }
        return orjson.Fragment(orjson.dumps(record))

    def claims(self, ids: tuple[str, ...]) -> list[orjson.Fragment]:
        """Claims by id, in this order."""
        return [self.claim(at) for at in self.numbering.positions(ids)]

    def event(self, event: Event) -> dict[str, Any]:
        """An event."""
        return {
            "id": event.id,
            "type": event.type,
            "date": _days(event.date),
            "places": event.places,
            "sides": event.sides,
            "claims": event.claims,
            "against": event.against,
            "witnesses": event.witnesses,
            "grade": event.grade,
            "toll": [self.toll(row) for row in event.toll],
        }

    def toll(self, row: Toll) -> dict[str, Any]:
        """One row of an event's toll."""
        return {
            "what": row.what,
            "side": row.side,
            "group": row.group,
            "date": _days(row.date),
            "low": row.low,
            "best": row.best,
            "high": row.high,
            "rule": row.rule,
            "low_claim": row.low_claim,
            "best_claim": row.best_claim,
            "high_claim": row.high_claim,
            "parts": row.parts,
            "sources": row.sources,
        }

    def dispute(self, dispute: Dispute) -> dict[str, Any]:
        """A dispute."""
        return {
            "id": dispute.id,
            "about": dispute.about,
            "topic": dispute.topic,
            "weight": round(dispute.weight, 4),
            "event": dispute.event,
            "date": _days(dispute.date),
            "places": dispute.places,
            "positions": dispute.positions,
        }

    def place(self, at: int) -> dict[str, Any]:
        """A place."""
        key = self.numbering.places[at]
        entry = self.numbering.theatre.places.get(key)
        return {
            "id": key,
            "names": entry.names if entry else self.numbering.surfaces.get(key, {}),
            "kind": entry.kind if entry else "unknown",
            "latitude": entry.latitude if entry else None,
            "longitude": entry.longitude if entry else None,
            "precision_m": entry.precision_m if entry else None,
            "origin": entry.origin if entry else "",
            "parent": entry.parent if entry else None,
            "claims": len(self.numbering.claims_of_place[at]),
        }

    def document(self, document: Document) -> dict[str, Any]:
        """A document without its text."""
        at = self.numbering.document_at[document.id]
        return {
            "id": document.id,
            "title": document.title,
            "origin": document.origin,
            "sha256": document.sha256,
            "language": document.language,
            "published": document.published,
            "characters": len(document.text),
            "claims": len(self.numbering.claims_of_document[at]),
        }


def _days(days: DayRange | None) -> list[str] | None:
    return days.as_list() if days else None
