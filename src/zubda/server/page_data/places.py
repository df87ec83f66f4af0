"""Places and sources as page data: lists of them, and one page for each."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from zubda.control import Posterior
from zubda.model import DayRange
from zubda.server.page_data.columns import day_number
from zubda.server.page_data.geometry import DOT_PRECISION_M, Cells
from zubda.server.page_data.numbering import Numbering

__all__ = ["place_forms", "place_list", "place_page", "source_list", "source_page"]

BEHIND = 12
"""Claims named behind one change, strongest first."""


def place_list(numbering: Numbering, cells: Cells) -> dict[str, list[Any]]:
    """``places.json``."""
    rows = []
    for at, key in enumerate(numbering.places):
        entry = numbering.theatre.places.get(key)
        located = entry is not None
        rows.append(
            {
                "id": key,
                "names": entry.names if entry else numbering.surfaces.get(key, {}),
                "kind": entry.kind if entry else "unknown",
                "latitude": entry.latitude if entry else None,
                "longitude": entry.longitude if entry else None,
                "precision_m": entry.precision_m if entry else None,
                "origin": entry.origin if entry else "",
                "parent": numbering.place_at.get(entry.parent or "", -1) if entry else -1,
                "dot": located and entry is not None and entry.precision_m <= DOT_PRECISION_M,
                "cell": key in cells.polygons,
                "claims": len(numbering.claims_of_place[at]),
            }
        )
    names = (
        rows[0]
        if rows
        else dict.fromkeys(
            ("id", "names", "kind", "latitude", "longitude", "precision_m", "origin", "parent", "dot", "cell", "claims")
        )
    )
    return {name: [row[name] for row in rows] for name in names}


def place_forms(numbering: Numbering) -> list[list[str]]:
    """``places/forms.json``: every spelling of every place."""
    found = []
    for key in numbering.places:
        entry = numbering.theatre.places.get(key)
        names = entry.names if entry else numbering.surfaces.get(key, {})
        forms = [form for _, form in entry.forms] if entry else []
        found.append(list(dict.fromkeys((*names.values(), *forms))))
    return found


def place_page(numbering: Numbering, at: int, posterior: Posterior | None) -> dict[str, Any]:
    """``places/<n>.json``: who held it when, and who said so."""
    place = numbering.places[at]
    said = []
    for position in numbering.claims_of_place[at]:
        claim = numbering.claims[position]
        if claim.control and claim.date:
            said.append(
                {
                    "source": numbering.source_at[numbering.voices[position].source],
                    "holder": claim.control.holder,
                    "change": claim.control.change,
                    "denied": claim.polarity == "deny",
                    "first": day_number(claim.date.first),
                    "last": day_number(claim.date.last),
                    "claim": position,
                }
            )
    return {
        "place": at,
        "course": _course(place, posterior) if posterior else [],
        "changes": _changes(numbering, place, posterior) if posterior else [],
        "said": said,
        "claims": numbering.claims_of_place[at],
    }


def _course(place: str, posterior: Posterior) -> list[tuple[int, int, float]]:
    """The likeliest holder day by day, as runs of (first day, state by position, probability in tenths)."""
    at = posterior.position(place)
    if not posterior.heard[at]:
        return []
    days = np.arange(posterior.grid.days)
    table = posterior.table_at(np.full(len(days), at), days)
    state, tenths = table.argmax(axis=1), np.rint(table.max(axis=1) * 10)
    begins = [0, *(np.flatnonzero(np.diff(state) | np.diff(tenths).astype(bool)) + 1)]
    return [(day_number(posterior.grid.day(int(day))), int(state[day]), float(tenths[day]) / 10) for day in begins]


def _changes(numbering: Numbering, place: str, posterior: Posterior) -> list[dict[str, Any]]:
    found = []
    for change in posterior.changes(place):
        behind = posterior.held(place, change.began.last).claims[:BEHIND]
        found.append(
            {
                "holder": change.holder,
                "began": _days(change.began),
                "ended": _days(change.ended),
                "probability": round(change.probability, 4),
                "claims": [
                    (numbering.claim_at[influence.claim], round(influence.bits, 3))
                    for influence in behind
                    if influence.claim in numbering.claim_at
                ],
            }
        )
    return found


def _days(days: DayRange) -> tuple[int, int]:
    return day_number(days.first), day_number(days.last)


def source_list(numbering: Numbering) -> list[dict[str, Any]]:
    """The sources of ``meta.json``."""
    theatre = numbering.theatre
    found = []
    for at, key in enumerate(numbering.sources):
        known = theatre.sources.get(key)
        party = key in theatre.actors or key in theatre.sides
        kind = known.kind if known else "side" if party else key if at < 2 else "unknown"
        found.append(
            {
                "id": key,
                "names": numbering.source_names(key),
                "kind": kind,
                "alignment": numbering.alignments.get(key),
                "claims": len(numbering.claims_of_source[at]),
                "control_claims": numbering.control_claims[key],
            }
        )
    return found


def source_page(numbering: Numbering, at: int, posterior: Posterior | None) -> dict[str, Any]:
    """``sources/<n>.json``: what a source said, and how it leans."""
    claims = [numbering.claims[position] for position in numbering.claims_of_source[at]]
    key = numbering.sources[at]
    leanings = [
        {
            "kind": leaning.kind,
            "rate": round(leaning.rate, 4),
            "low": round(leaning.low, 4),
            "high": round(leaning.high, 4),
            "claims": round(leaning.claims, 2),
        }
        for leaning in (posterior.leanings() if posterior else ())
        if leaning.source == key
    ]
    return {
        "source": at,
        "claims": numbering.claims_of_source[at],
        "types": Counter(claim.type for claim in claims),
        "denials": sum(claim.polarity == "deny" for claim in claims),
        "leanings": leanings,
    }
