"""UCDP's Georeferenced Event Dataset as claims: one event, one claim, with its low, best and high estimates as they stand.

Columns and their meaning: UCDP GED Codebook (Sundberg & Melander 2013, "Introducing the UCDP Georeferenced Event Dataset").
"""

from __future__ import annotations

from collections.abc import Sequence

from zubda.interchange.coded import Names, Row
from zubda.model import Claim, Count, DayRange, Document, FiredRule, Party, claim_id

__all__ = ["NAME", "REQUIRED", "claim"]

NAME = "UCDP GED"
EXTRACTOR = "import:ged"
REQUIRED = frozenset(
    {
        "id",
        "type_of_violence",
        "side_a",
        "side_b",
        "date_start",
        "date_end",
        "low",
        "best",
        "high",
        "latitude",
        "longitude",
    }
)
TYPES = {1: "clash", 2: "clash", 3: "attack_on_civilians"}
"""Type of violence: state-based, non-state, one-sided."""
PLACES = ("where_coordinates", "where_description", "adm_2", "adm_1", "country")
SOURCES = ("source_original", "source_office")


def claim(row: Row, document: Document, names: Names) -> Claim:
    """The claim of one event. Raises `ValueError` for values that cannot be."""
    kind = row.whole("type_of_violence")
    if kind not in TYPES:
        raise ValueError(f"type_of_violence must be 1, 2 or 3: {row.text('type_of_violence')!r}")
    first, last = row.day("date_start"), row.day("date_end")
    if last < first:
        raise ValueError(f"date_end lies before date_start: {first} to {last}")
    days = DayRange(first, last)
    side_a, side_b = names.parties(row.text("side_a"), first), names.parties(row.text("side_b"), first)
    point = row.point()
    surface = next((row.text(column) for column in PLACES if row.text(column)), "")
    source = next((row.text(column) for column in SOURCES if row.text(column)), None)
    spans = (document.offsets.span(*row.span),)
    number = row.text("id").removesuffix(".0")
    return Claim(
        claim_id(document.id, spans, TYPES[kind], source, days, [number]),
        document.id,
        spans,
        TYPES[kind],
        days,
        (names.place(surface, point),) if surface else (),
        side_a,
        side_b,
        source,
        _source(source, names),
        counts=_counts(row, side_a, side_b),
        rules=(FiredRule(f"ged_event_{number}", "type", *spans[0]),),
        language="en",
        extractor=EXTRACTOR,
        coordinates=point,
    )


def _source(source: str | None, names: Names) -> str | None:
    """The first of the sources that the theatre knows; they stand with commas, semicolons and slashes between."""
    if source is None:
        return None
    parts = source.replace(";", ",").replace("/", ",").split(",")
    return next((known for part in (source, *parts) if (known := names.source(part.strip()))), None)


def _counts(row: Row, side_a: Sequence[Party], side_b: Sequence[Party]) -> tuple[Count, ...]:
    """The event's estimate, then its parts by side where there are several; with one part the estimate is that side's own."""
    low, best, high = (row.whole(column) for column in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return ()
    told = {
        "deaths_a": (row.text("side_a"), _side(side_a)),
        "deaths_b": (row.text("side_b"), _side(side_b)),
        "deaths_civilians": ("civilians", "civ"),
        "deaths_unknown": ("", "unknown"),
    }
    parts = [(value, *told[column]) for column in told if (value := row.whole(column))]
    if len(parts) == 1:
        _, who, side = parts[0]
        return (Count("killed", who, side, low, high, best=best),)
    whole = Count("killed", "", "unknown", low, high, best=best)
    return (whole, *(Count("killed", who, side, value, value, part_of=0, best=value) for value, who, side in parts))


def _side(parties: Sequence[Party]) -> str:
    return next((party.side for party in parties if party.side != "unknown"), "unknown")
