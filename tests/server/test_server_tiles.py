"""A user's own basemap: read, described, answered in parts, carried by a published site."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from archives import VECTOR, archive, png, vector_tile
from hypothesis import given
from hypothesis import strategies as st
from page_harness import Served

from zubda.chronicle import Chronicle
from zubda.errors import TableError, UsageError
from zubda.server import PageData, publish, publishing
from zubda.server.tiles import PIECE_BYTES, Tiles, load_tiles

SQUARE = [(0, 0), (4096, 0), (4096, 4096), (0, 4096), (0, 0)]
CREDIT = 'Drawn by <a href="https://example.org/map?a=1&amp;b=2">the <b>Survey</b></a> &amp; <a href="javascript:1">friends</a>'
TOWN = archive(
    {(0, 0, 0): vector_tile({"water": [SQUARE], "roads": [[(0, 0), (4096, 4096)]]})},
    VECTOR,
    vector_layers=[{"id": "water"}, {"id": "roads"}],
    attribution=CREDIT,
)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.pmtiles"
    path.write_bytes(TOWN)
    return path


@pytest.fixture(scope="module")
def picture_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "pictures.pmtiles"
    path.write_bytes(archive({(0, 0, 0): png(200, 30, 30)}))
    return path


@pytest.fixture(scope="module")
def tiled(small: Chronicle, serving: Callable[..., Served], picture_file: Path) -> Served:
    return serving(small, tiles=load_tiles(picture_file, small))


def test_an_archive_tells_its_layers_zooms_and_whose_it_is(small: Chronicle, town: Path) -> None:
    tiles = load_tiles(town, small)
    assert (tiles.kind, tiles.zooms, tiles.layers) == ("vector", (0, 0), ("water", "roads"))
    assert tiles.bounds == (-180.0, -85.0, 180.0, 85.0)
    assert tiles.attribution == (
        ("Drawn by", None),
        ("the", "https://example.org/map?a=1&b=2"),
        ("Survey", "https://example.org/map?a=1&b=2"),
        ("&", None),
        ("friends", None),
    )
    assert tiles.size == len(TOWN)


def test_the_page_is_told_of_the_archive_and_its_content_has_another_hash(small: Chronicle, town: Path) -> None:
    with_tiles, without = PageData(small, tiles=load_tiles(town, small)), PageData(small)
    told = orjson.loads(with_tiles.resource("meta.json"))["tiles"]
    assert told["layers"] == ["water", "roads"]
    assert told["size"] == len(TOWN)
    assert orjson.loads(without.resource("meta.json"))["tiles"] is None
    assert with_tiles.content != without.content


def test_an_archive_of_elsewhere_is_warned_about(
    small: Chronicle, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "elsewhere.pmtiles"
    path.write_bytes(archive({(0, 0, 0): png(1, 2, 3)}, bounds=(-120.0, -60.0, -119.0, -59.0)))
    load_tiles(path, small)
    assert "lies elsewhere" in caplog.text


def changed(at: int, value: int) -> bytes:
    return TOWN[:at] + bytes([value]) + TOWN[at + 1 :]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PMTiles archive"),
        (b"SQLite format 3\0" * 20, "no PMTiles archive"),
        (changed(7, 2), "version 2"),
        (TOWN[:-1], "cut short"),
        (changed(99, 0), "type 0"),
        (changed(97, 3), "compression 3"),
        (changed(98, 4), "and 4"),
        (archive({(0, 0, 0): b""}, VECTOR), "no vector layers"),
        (TOWN.replace(b"\x1f\x8b", b"\x00\x00"), "metadata"),
    ],
)
def test_a_file_that_cannot_be_shown_is_refused_with_the_reason(
    small: Chronicle, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "bad.pmtiles"
    path.write_bytes(content)
    with pytest.raises(TableError, match=said) as caught:
        load_tiles(path, small)
    assert caught.value.code == "table.basemap"


def test_a_file_that_is_not_there_is_said_so(small: Chronicle, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        load_tiles(tmp_path / "none.pmtiles", small)


@given(at=st.integers(0, len(TOWN) - 1), value=st.integers(0, 255), cut=st.integers(0, len(TOWN)))
def test_a_damaged_archive_is_read_or_refused(
    small: Chronicle, tmp_path_factory: pytest.TempPathFactory, at: int, value: int, cut: int
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "damaged.pmtiles"
    path.write_bytes(changed(at, value)[:cut] if cut > at else changed(at, value))
    try:
        tiles = load_tiles(path, small)
    except TableError:
        return
    assert isinstance(tiles, Tiles)
    assert tiles.size == path.stat().st_size


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-6", 0, 6), ("bytes=120-", 120, None), ("bytes=-9", -9, None)]
)
def test_a_range_is_answered_with_just_that_part(
    tiled: Served, picture_file: Path, asked: str, first: int, last: int | None
) -> None:
    content = picture_file.read_bytes()
    answer = tiled.client.get("/basemap.pmtiles", headers={"Range": asked, "Accept-Encoding": "br, gzip"})
    wanted = content[first : last + 1 if last is not None else None]
    assert answer.status_code == 206
    assert answer.content == wanted
    begin = first % len(content)
    assert answer.headers["content-range"] == f"bytes {begin}-{begin + len(wanted) - 1}/{len(content)}"
    assert "content-encoding" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_range_beyond_the_end_is_refused(tiled: Served, picture_file: Path) -> None:
    answer = tiled.client.get("/basemap.pmtiles", headers={"Range": "bytes=9999999-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{picture_file.stat().st_size}"


def test_the_whole_is_answered_too_and_its_tag_saves_asking_again(tiled: Served, picture_file: Path) -> None:
    whole = tiled.client.get("/basemap.pmtiles")
    assert whole.content == picture_file.read_bytes()
    assert whole.headers["accept-ranges"] == "bytes"
    tag = whole.headers["etag"]
    assert not tag.startswith("W/")
    assert tiled.client.get("/basemap.pmtiles", headers={"If-None-Match": tag}).status_code == 304
    kept = tiled.client.get("/basemap.pmtiles", headers={"If-Range": tag, "Range": "bytes=0-0"})
    assert kept.status_code == 206
    other = tiled.client.get("/basemap.pmtiles", headers={"If-Range": '"older"', "Range": "bytes=0-0"})
    assert other.status_code == 200
    head = tiled.client.head("/basemap.pmtiles")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(picture_file.stat().st_size)
    assert tiled.client.post("/basemap.pmtiles").status_code == 405


def test_without_a_basemap_there_is_none(invented_server: Served) -> None:
    assert invented_server.client.get("/basemap.pmtiles").status_code == 404


def test_an_archive_that_went_away_is_said_so(small: Chronicle, serving: Callable[..., Served], town: Path) -> None:
    served = serving(small, tiles=load_tiles(town, small))
    town.unlink()
    answer = served.client.get("/basemap.pmtiles", headers={"Range": "bytes=0-9"})
    assert answer.status_code == 404
    assert "not there any more" in answer.json()["error"]["what"]


@pytest.mark.usefixtures("pages")
def test_a_site_carries_the_archive_in_pieces(small: Chronicle, tmp_path: Path) -> None:
    pictures = {
        (1, x, y): png(x * 200, y * 200, 90, size=300) + bytes(range(256)) * 300 for x in (0, 1) for y in (0, 1)
    }
    path = tmp_path / "pictures.pmtiles"
    path.write_bytes(archive(pictures))
    assert path.stat().st_size > 2 * PIECE_BYTES
    data = publish(small, tmp_path / "site", basemap=path).parent / "data" / "tiles"
    pieces = []
    for number in range(len(list(data.iterdir()))):
        told = re.fullmatch(rb'zubdaData\("tiles/\d+\.bin","(.*)"\);\n', (data / f"{number}.bin.js").read_bytes())
        assert told
        pieces.append(gzip.decompress(base64.b64decode(told[1])))
    assert b"".join(pieces) == path.read_bytes()


@pytest.mark.usefixtures("pages")
def test_an_archive_too_large_for_a_site_is_refused_with_the_way_to_cut_it(
    small: Chronicle, tmp_path: Path, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MOST_TILES", 100)
    with pytest.raises(UsageError, match="pmtiles extract") as caught:
        publish(small, tmp_path / "site", basemap=town)
    assert caught.value.code == "usage.basemap"
    assert not (tmp_path / "site").exists()
