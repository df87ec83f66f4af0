"""Where things are drawn: the basemap, and a cell for every place that has an area."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from zubda.control.evidence.reports import is_area
from zubda.model import Place, Route, Theatre

__all__ = ["DOT_PRECISION_M", "Cells", "basemap", "tessellate"]

DOT_PRECISION_M = 3_000.0
DECIMALS = 6
METRES_PER_DEGREE = 111_320.0
LEAST_REACH_M, MOST_REACH_M = 2_000.0, 15_000.0
FEW_INSIDE = 0.25
"""Outlines that hold a smaller share of the places told of, with an area, than this bound only the cells within them."""

TESSELLATED = "Cells are drawn halfway between the known points of neighbouring places; no survey drew them."


class Cells:
    """Polygons by place id, in degrees. ``approximate`` tells a tessellation from a user's own polygons."""

    def __init__(self, polygons: Mapping[str, BaseGeometry], approximate: bool, origin: str) -> None:
        self.polygons = dict(polygons)
        self.approximate = approximate
        self.origin = origin

    def areas(self) -> dict[str, float]:
        """Area of every cell, in square metres near enough for shares."""
        return {
            place: float(polygon.area * METRES_PER_DEGREE**2 * np.cos(np.radians(polygon.centroid.y)))
            for place, polygon in self.polygons.items()
        }

    def geojson(self, place_at: Mapping[str, int]) -> dict[str, Any]:
        """A FeatureCollection with each polygon's place by position."""
        return {
            "type": "FeatureCollection",
            "approximate": self.approximate,
            "origin": self.origin,
            "features": [
                _feature(polygon, {"place": place_at[place]})
                for place, polygon in self.polygons.items()
                if place in place_at
            ],
        }


def basemap(theatre: Theatre) -> dict[str, Any]:
    """The theatre's outlines, roads, rivers and borders as a FeatureCollection."""
    return {"type": "FeatureCollection", "features": [_drawn(route) for route in theatre.routes.values()]}


def _drawn(route: Route) -> dict[str, Any]:
    properties = {
        "id": route.id,
        "kind": route.kind,
        "names": route.names,
        "precision_m": route.precision_m,
        "origin": route.origin,
    }
    line = [(longitude, latitude) for latitude, longitude in route.points]
    shape = shapely.Polygon(line) if route.kind == "outline" and len(line) > 2 else shapely.LineString(line)
    return _feature(shape, properties)


def _feature(shape: BaseGeometry, properties: Mapping[str, Any]) -> dict[str, Any]:
    rounded = shapely.transform(shape, lambda points: np.round(points, DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": mapping(rounded)}


def tessellate(theatre: Theatre, told: Collection[str] = ()) -> Cells:
    """A Voronoi tessellation, within the theatre's outlines, of the places in them that have an area of their own.

    Left out are places known to no better than 3 km, those that contain others (a city with districts), and all but the
    first of several at one point. Where the outlines hold few of the places ``told`` of (ids; none: of all), or there are none,
    places elsewhere have cells too, which reach no farther than `_reaches` says: ground that lies far from every place is nobody's.
    """
    outlines = _outlines(theatre.routes.values())
    ground = shapely.union_all(outlines)
    seeds = _seeds(theatre.places.values())
    inside = [place for place in seeds if ground.covers(shapely.Point(place.longitude, place.latitude))]
    chosen = [place for place in seeds if place.id in told] or seeds
    bounded = sum(place in inside for place in chosen) < len(chosen) * FEW_INSIDE
    seeds = seeds if bounded else inside
    if not seeds:
        return Cells({}, True, TESSELLATED)
    stretch = np.cos(np.radians(np.mean([place.latitude for place in seeds])))
    points = np.array([(place.longitude * stretch, place.latitude) for place in seeds])
    grounds: list[BaseGeometry] = [shapely.transform(ground, lambda at: at * (stretch, 1.0))] * len(seeds)
    if bounded:
        reaches = shapely.buffer(shapely.points(points), _reaches(points), quad_segs=8)
        within = {place.id for place in inside}
        grounds = [
            shapely.intersection(reach, grounds[0]) if place.id in within else reach
            for place, reach in zip(seeds, reaches, strict=True)
        ]
    cells = _nearest(points, grounds)
    back = [shapely.transform(cell, lambda at: at / (stretch, 1.0)) for cell in cells]
    return Cells({place.id: cell for place, cell in zip(seeds, back, strict=True)}, True, TESSELLATED)


def _nearest(points: NDArray[np.float64], grounds: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Of each point's ground the part that is nearer to it than to any other point."""
    if len(points) == 1:
        return list(grounds)
    whole = shapely.envelope(shapely.union_all([*grounds, shapely.MultiPoint(points)]))
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=whole, ordered=True)
    return [shapely.intersection(cell, ground) for cell, ground in zip(diagram.geoms, grounds, strict=True)]


def _reaches(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each cell reaches, in degrees of latitude: to the point's third neighbour, within `LEAST_REACH_M` and `MOST_REACH_M`."""
    nearest, _ = KDTree(points).query(points, k=range(2, 5))
    known = np.where(np.isfinite(nearest), nearest, 0.0).max(axis=1)
    reaches: NDArray[np.float64] = np.clip(known, LEAST_REACH_M / METRES_PER_DEGREE, MOST_REACH_M / METRES_PER_DEGREE)
    return reaches


def _seeds(places: Iterable[Place]) -> list[Place]:
    entries = [place for place in places if is_area(place.kind) and place.precision_m <= DOT_PRECISION_M]
    parents = {place.parent for place in entries}
    found: dict[tuple[float, float], Place] = {}
    for place in sorted(entries, key=lambda place: place.kind == "region"):
        if place.id not in parents:
            found.setdefault((place.longitude, place.latitude), place)
    return list(found.values())


def _outlines(routes: Iterable[Route]) -> list[BaseGeometry]:
    return [
        shapely.make_valid(shapely.Polygon([(longitude, latitude) for latitude, longitude in route.points]))
        for route in routes
        if route.kind == "outline" and len(route.points) > 2
    ]
