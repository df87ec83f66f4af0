"""Polygons of a user's own for places, and tessellations where there are none."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import orjson
import pytest
import shapely

from zubda.chronicle import Chronicle
from zubda.errors import TableError
from zubda.server import PageData
from zubda.server.areas import load_areas
from zubda.server.page_data.geometry import tessellate

SQUARE = [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]


def feature(place: object, geometry: object = None, key: str = "place") -> dict:
    return {
        "type": "Feature",
        "properties": {key: place},
        "geometry": geometry or {"type": "Polygon", "coordinates": SQUARE},
    }


def written(folder: Path, *features: object) -> Path:
    path = folder / "areas.geojson"
    path.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_areas_go_by_id_or_by_any_name(invented: Chronicle, tmp_path: Path) -> None:
    shifted = {"type": "Polygon", "coordinates": [[[x + 5, y] for x, y in SQUARE[0]]]}
    path = written(tmp_path, feature("p3"), feature("第8区", key="name"), feature("p3", shifted))
    cells = load_areas(path, invented)
    assert set(cells.polygons) == {"p3", "p7"}
    assert cells.polygons["p3"].area == pytest.approx(2.0)
    data = PageData(invented, cells)
    shown = orjson.loads(data.resource("cells.json"))
    assert shown["approximate"] is False
    assert "areas.geojson" in shown["origin"]
    assert data.content != PageData(invented).content
    places = orjson.loads(data.resource("places.json"))
    assert [place for place, cell in zip(places["id"], places["cell"], strict=True) if cell] == ["p3", "p7"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (feature("Atlantis"), "Atlantis"),
        (feature("p1", {"type": "Point", "coordinates": [1, 1]}), "no polygon"),
        (feature(None), "names no place"),
        (feature("p1", {"type": "Polygon", "coordinates": [[[400000, 1], [400001, 1], [400001, 2], [400000, 1]]]}), "longitude"),
        (feature("p1", {"type": "Polygon", "coordinates": "here"}), "feature 2"),
        ("feature", "no feature"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_with_the_feature(
    invented: Chronicle, tmp_path: Path, bad: object, said: str
) -> None:
    with pytest.raises(TableError) as caught:
        load_areas(written(tmp_path, feature("p1"), bad), invented)
    assert caught.value.code == "table.areas"
    assert "feature 2" in caught.value.what
    assert said in caught.value.what


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"features": []}', b"\xff\xfe"])
def test_a_file_that_is_no_collection_is_refused(invented: Chronicle, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "areas.geojson"
    path.write_bytes(content)
    with pytest.raises(TableError):
        load_areas(path, invented)
    with pytest.raises(TableError):
        load_areas(tmp_path / "none.geojson", invented)


def test_places_without_a_good_point_or_with_districts_of_their_own_get_no_cell(invented: Chronicle) -> None:
    theatre = invented.theatre
    places = dict(theatre.places)
    places["p5"] = replace(places["p5"], precision_m=3_500.0)
    places["p6"] = replace(places["p6"], parent="p7")
    places["p9"] = replace(places["p9"], latitude=places["p8"].latitude, longitude=places["p8"].longitude)
    cells = tessellate(replace(theatre, places=places))
    assert set(places) - set(cells.polygons) == {"p5", "p7", "p9"}


def test_without_an_outline_cells_reach_no_farther_than_their_places_do(invented: Chronicle) -> None:
    theatre = replace(invented.theatre, routes={})
    near = tessellate(theatre).polygons
    assert len(near) == len(theatre.places)
    ground = shapely.union_all(list(near.values()))
    largest = max(shapely.get_parts(ground), key=lambda part: part.area)
    assert largest.area > 0.8 * ground.area, "places near each other share their ground"
    assert all(one.intersection(other).area < 1e-12 for one, other in combinations(near.values(), 2))
    one = {"p1": theatre.places["p1"]}
    assert len(tessellate(replace(theatre, places=one)).polygons) == 1
    assert tessellate(replace(theatre, places={})).polygons == {}


def test_a_country_of_places_far_apart_gets_cells_of_some_kilometres(invented: Chronicle) -> None:
    theatre = invented.theatre
    far = {
        id: replace(place, latitude=place.latitude * 0.4 + number, longitude=place.longitude + 3 * number)
        for number, (id, place) in enumerate(list(theatre.places.items())[:10])
    }
    wide = replace(theatre, places=far, routes={})
    for place, cell in tessellate(wide).polygons.items():
        middle = shapely.Point(far[place].longitude, far[place].latitude)
        assert cell.covers(middle)
        # The stretch of longitudes is that of the mean latitude, so that a country's edges are a little off.
        assert cell.hausdorff_distance(middle) < 1.6 * 15_000 / 111_320


def test_outlines_that_hold_few_places_bound_only_the_cells_within(invented: Chronicle) -> None:
    theatre = invented.theatre
    middle = theatre.places["p1"]
    ring = tuple(
        (middle.latitude + y, middle.longitude + x) for x, y in ((-0.002, -0.002), (0.002, -0.002), (0, 0.003))
    )
    few = replace(
        theatre, routes={"wall": replace(next(iter(theatre.routes.values())), id="wall", kind="outline", points=ring)}
    )
    cells = tessellate(few)
    assert set(cells.polygons) == set(theatre.places)
    assert shapely.Polygon([(x, y) for y, x in ring]).buffer(1e-9).covers(cells.polygons["p1"])
    assert cells.areas()["p2"] > 3 * cells.areas()["p1"]
    # An account that only tells of what lies in the outlines is about that ground, however much else the theatre knows.
    assert set(tessellate(few, {"p1"}).polygons) == {"p1"}
    assert set(tessellate(few, {"p1", "p2", "p3", "p4", "p5"}).polygons) == set(theatre.places)
