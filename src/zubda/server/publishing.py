"""The page as a folder of files that needs no server."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import orjson

from zubda.chronicle import Chronicle
from zubda.errors import UsageError
from zubda.server.areas import load_areas
from zubda.server.guard import CONTENT_POLICY
from zubda.server.page import page_files
from zubda.server.page_data import PageData
from zubda.server.tiles import Tiles, bounds_of, load_tiles

__all__ = ["as_script", "publish"]

MARK = "zubda-data"
HEAD_ONLY = frozenset({"frame-ancestors"})
COMPRESSION = 9
MOST_TILES = 10**9
"""Bytes of a basemap that a site carries; a city with its surroundings has some ten million."""


def publish(
    chronicle: Chronicle,
    directory: Path | str,
    *,
    areas: Path | None = None,
    basemap: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write the page with all its data into ``directory`` and return the path of its ``index.html``.

    The folder is made if it is not there; a site published there before is replaced in one step. ``areas`` is a GeoJSON file of
    polygons for places, ``basemap`` a PMTiles archive, which the site carries in pieces, since a folder has no server that could
    answer with a part of a file. ``progress`` is called with (files done, files in all). Raises `UsageError` (``usage.directory``)
    if the folder holds anything else, or (``usage.basemap``) if the basemap is too large to carry, `MissingExtraError`
    (``extra.page``) if the page is not built, and what `load_areas` and `load_tiles` raise.
    """
    site = Path(directory)
    _check(site)
    pages = page_files()
    tiles = _carried(basemap, chronicle) if basemap else None
    data = PageData(chronicle, load_areas(areas, chronicle) if areas else None, tiles)
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=site.parent, prefix=f".{site.name}-") as folder:
        made = Path(folder) / "site"
        for path, content in pages.items():
            _write(made / path, static_index(content) if path == "index.html" else content)
        paths = list(data.paths())
        for number, path in enumerate(paths, start=1):
            _write(made / "data" / f"{path}.js", as_script(path, data.resource(path)))
            if progress:
                progress(number, len(paths))
        for number, piece in enumerate(tiles.pieces() if tiles else ()):
            path = f"tiles/{number}.bin"
            _write(made / "data" / f"{path}.js", as_script(path, piece))
        if site.exists():
            shutil.rmtree(site)
        made.replace(site)
    return site / "index.html"


def as_script(path: str, content: bytes) -> bytes:
    """A classic script that hands a resource over: ``zubdaData(path, value)``; binary ones as base64 of their gzip."""
    value = (
        content
        if path.endswith(".json")
        else orjson.dumps(b64encode(gzip.compress(content, COMPRESSION, mtime=0)).decode())
    )
    return b"zubdaData(%s,%s);\n" % (orjson.dumps(path), value)


def static_index(content: bytes) -> bytes:
    """``index.html`` for a folder: data by script, and the content policy that the server would send."""
    text = content.decode()
    policy = "; ".join(f"{name} {value}" for name, value in CONTENT_POLICY.items() if name not in HEAD_ONLY)
    marks = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}" />\n    <meta name="{MARK}" content="script" />'
    )
    text = re.sub(rf'\s*<meta name="{MARK}"[^>]*>', "", text)
    return re.sub(r"(<meta charset=[^>]*>)", lambda found: f"{found[1]}\n    {marks}", text, count=1).encode()


def _carried(basemap: Path, chronicle: Chronicle) -> Tiles:
    tiles = load_tiles(basemap, chronicle)
    if tiles.size > MOST_TILES:
        west, south, east, north = bounds_of(chronicle.war)
        raise UsageError(
            "basemap",
            f"{basemap} has {tiles.size / 1e9:.1f} GB; a site carries {MOST_TILES / 1e9:.1f} GB at most.",
            f"Cut it: pmtiles extract {basemap} small.pmtiles --bbox={west:.2f},{south:.2f},{east:.2f},{north:.2f}",
        )
    return tiles


def _check(site: Path) -> None:
    if not site.exists() or (site.is_dir() and not any(site.iterdir())):
        return
    index = site / "index.html"
    if not (index.is_file() and MARK in index.read_text(encoding="utf-8", errors="replace")):
        raise UsageError(
            "directory", f"{site} holds something that is no published page.", "Give an empty folder, or a new name."
        )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
