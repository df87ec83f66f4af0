"""A user's own polygons for places, from GeoJSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from zubda.chronicle import Chronicle
from zubda.errors import TableError, UnknownNameError
from zubda.server.page_data.geometry import Cells

__all__ = ["load_areas"]

POLYGONS = frozenset({"Polygon", "MultiPolygon"})
NAMES = ("place", "id", "name")
SHOWN = 8
HINT = (
    "Give a FeatureCollection of polygons in longitude and latitude, each with the property `place`: an id or a name."
)


def load_areas(path: Path, chronicle: Chronicle) -> Cells:
    """Polygons by place from the GeoJSON file at ``path``; several polygons of a place are joined.

    The property ``place`` (or ``id``, or ``name``) of each says which place it is, by id or any spelling. Raises `TableError`
    (``table.areas``) with all that is wrong with the file.
    """
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as problem:
        raise TableError("areas", f"{path} cannot be read: {problem.strerror}.", HINT) from problem
    except orjson.JSONDecodeError as problem:
        raise TableError("areas", f"{path} is not JSON: {problem}.", HINT) from problem
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise TableError("areas", f"{path} has no features.", HINT)
    found: dict[str, list[BaseGeometry]] = {}
    faults: list[str] = []
    for number, feature in enumerate(features, start=1):
        try:
            place, polygon = _area(feature, chronicle)
            found.setdefault(place, []).append(polygon)
        except (ValueError, TypeError, KeyError, ShapelyError, UnknownNameError) as problem:
            faults.append(f"feature {number}: {_said(problem)}")
    if faults:
        more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise TableError("areas", f"{path} has {len(faults)} faults: {'; '.join(faults[:SHOWN])}{more}.", HINT)
    joined = {place: shapely.union_all(polygons) for place, polygons in found.items()}
    return Cells(joined, False, f"Areas from {path.name}.")


def _said(problem: Exception) -> str:
    return (problem.what if isinstance(problem, UnknownNameError) else str(problem)).rstrip(".")


def _area(feature: Any, chronicle: Chronicle) -> tuple[str, BaseGeometry]:
    if not isinstance(feature, dict):
        raise TypeError("is no feature")
    geometry, properties = feature.get("geometry"), feature.get("properties") or {}
    if not isinstance(geometry, dict) or geometry.get("type") not in POLYGONS:
        raise ValueError("is no polygon")
    name = next((properties[key] for key in NAMES if isinstance(properties.get(key), str)), None)
    if name is None:
        raise ValueError("names no place")
    polygon = shapely.make_valid(shape(geometry))
    west, south, east, north = polygon.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(f"lies outside of longitude and latitude ({west:g} {south:g} to {east:g} {north:g})")
    return chronicle.place_id(name), polygon
