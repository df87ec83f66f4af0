"""Claims as a table for analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars

if TYPE_CHECKING:
    from zubda.chronicle.chronicle import Chronicle

__all__ = ["claims_frame"]

SCHEMA: dict[str, polars.DataType | type[polars.DataType]] = {
    "id": polars.String,
    "document": polars.String,
    "type": polars.String,
    "first": polars.Date,
    "last": polars.Date,
    "places": polars.List(polars.String),
    "place_ids": polars.List(polars.String),
    "actor_sides": polars.List(polars.String),
    "target_sides": polars.List(polars.String),
    "source": polars.String,
    "source_id": polars.String,
    "polarity": polars.String,
    "holder": polars.String,
    "change": polars.String,
    "killed_low": polars.Int64,
    "killed_high": polars.Int64,
    "text": polars.String,
}


def claims_frame(chronicle: Chronicle) -> polars.DataFrame:
    """One row a claim, in the chronicle's order.

    ``killed_low`` and ``killed_high`` are the bounds of the claim's first count of people killed, null where it gives none.
    """
    rows = []
    for claim in chronicle.claims:
        killed = next((count for count in claim.counts if count.what == "killed"), None)
        rows.append(
            (
                claim.id,
                claim.document,
                claim.type,
                claim.date.first if claim.date else None,
                claim.date.last if claim.date else None,
                [mention.surface for mention in claim.places],
                list(claim.place_ids),
                [party.side for party in claim.actors],
                [party.side for party in claim.targets],
                claim.source,
                claim.source_id,
                claim.polarity,
                claim.control.holder if claim.control else None,
                claim.control.change if claim.control else None,
                killed.low if killed else None,
                killed.high if killed else None,
                chronicle.sentence(claim),
            )
        )
    return polars.DataFrame(rows, schema=SCHEMA, orient="row")
