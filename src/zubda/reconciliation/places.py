"""Places as a table: which contains which, where each is, and how wide it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.model import Claim, Theatre
from zubda.names import letter_key

__all__ = ["STAGE_CLAIMS", "STAGE_SHARE", "WIDE_M", "PlaceTable", "place_distance_m", "place_table"]

WIDE_M = 3_000.0
DEPTH = 6
STAGE_CLAIMS = 15
STAGE_SHARE = 0.08
CELL_DEGREES = 0.02
EARTH_RADIUS_M = 6_371_000.0


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """``keys`` name the places: ids, or ``~`` and letters for names that no gazetteer has, or ``@`` and a cell for bare points.

    ``latitude`` and ``longitude`` are degrees, nan where not known; ``wide`` marks places that are no point on a map, and
    among those of no theatre the ones that a good part of all claims name;
    ``ancestors`` (places, 6) are rows of the table, nearest first, -1 for none.
    """

    keys: tuple[str, ...]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    precision_m: NDArray[np.float64]
    wide: NDArray[np.bool_]
    ancestors: NDArray[np.int32]


def place_table(claims: Sequence[Claim], theatre: Theatre | None, width: int) -> tuple[PlaceTable, NDArray[np.int32]]:
    """The table of all places that the claims name, with their ancestors, and each claim's rows in it, shape (claims, width)."""
    rows: dict[str, int] = {}
    points: dict[str, tuple[float, float]] = {}
    places = np.full((len(claims), width), -1, np.int32)
    for row, claim in enumerate(claims):
        keys = dict.fromkeys(
            mention.place or "~" + letter_key(mention.surface)
            for mention in claim.places
            if mention.place or theatre is None  # a gazetteer that does not link a word says that it names no place
        )
        if theatre and len(keys) > 1:
            above = {parent for key in keys for parent in theatre.ancestors(key)}
            keys = dict.fromkeys(key for key in keys if key not in above)
        if not keys and claim.coordinates:
            latitude, longitude = claim.coordinates
            key = f"@{round(latitude / CELL_DEGREES)},{round(longitude / CELL_DEGREES)}"
            keys = {key: None}
            points.setdefault(key, claim.coordinates)
        for column, key in enumerate(list(keys)[:width]):
            places[row, column] = rows.setdefault(key, len(rows))
            if claim.coordinates and len(keys) == 1:
                points.setdefault(key, claim.coordinates)
    known = theatre.places if theatre else {}
    stage = _stages(rows, places)
    for key in list(rows):
        for parent in theatre.ancestors(key) if theatre else ():
            rows.setdefault(parent, len(rows))
    table = PlaceTable(
        keys=tuple(rows),
        latitude=np.array([known[key].latitude if key in known else points.get(key, (np.nan,))[0] for key in rows]),
        longitude=np.array([known[key].longitude if key in known else points.get(key, (np.nan,))[-1] for key in rows]),
        precision_m=np.array([known[key].precision_m if key in known else 500.0 for key in rows]),
        wide=np.array([known[key].precision_m > WIDE_M if key in known else key in stage for key in rows], np.bool_),
        ancestors=_ancestors(rows, theatre),
    )
    return table, places


def _stages(rows: dict[str, int], places: NDArray[np.int32]) -> set[str]:
    """Places that so many claims name that they are where the battle is, not where one thing of it happened."""
    named = np.bincount(places[places >= 0], minlength=len(rows))
    least = max(STAGE_CLAIMS, STAGE_SHARE * len(places))
    return {key for key, row in rows.items() if named[row] >= least}


def _ancestors(rows: dict[str, int], theatre: Theatre | None) -> NDArray[np.int32]:
    found = np.full((len(rows), DEPTH), -1, np.int32)
    for key, row in rows.items():
        for column, parent in enumerate((theatre.ancestors(key) if theatre else ())[:DEPTH]):
            found[row, column] = rows[parent]
    return found


def place_distance_m(table: PlaceTable, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
    """Great-circle distance in metres between rows of the table, nan where a point is not known (haversine)."""
    lat_a, lat_b = np.radians(table.latitude[a]), np.radians(table.latitude[b])
    lon = np.radians(table.longitude[b] - table.longitude[a])
    chord = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(lon / 2) ** 2
    distance: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return distance
