"""A user's own basemap: a PMTiles archive of vector or raster tiles, version 3 of the specification by Protomaps."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import IO, Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from zubda.chronicle import Chronicle
from zubda.errors import TableError
from zubda.model import Theatre

__all__ = ["PIECE_BYTES", "Tiles", "bounds_of", "load_tiles"]

PIECE_BYTES = 2**17
"""Bytes in one piece of a published archive: several tiles of a town."""

MAGIC, VERSION = b"PMTiles", 3
HEADER = Struct("<7sB11Q6B4iB2i")
UNPACKED_MOST = 2**24
PLAIN, GZIP = 1, 2
KINDS = {1: "vector", 2: "raster", 3: "raster", 4: "raster", 5: "raster"}
"""By tile type: Mapbox vector tiles, then PNG, JPEG, WebP and AVIF."""

E7 = 1e7
HINT = "Give a PMTiles archive, version 3, of vector (MVT) or picture tiles; `pmtiles convert` makes one of an MBTiles file."


@dataclass(frozen=True, slots=True)
class Tiles:
    """An archive that can be shown. ``bounds`` are west, south, east, north, None where the archive tells none that can be.

    ``layers`` are the names of its vector layers; ``attribution`` is text with the address it leads to, or None, for each part.
    """

    path: Path
    size: int
    digest: str
    kind: str
    zooms: tuple[int, int]
    bounds: tuple[float, float, float, float] | None
    layers: tuple[str, ...]
    attribution: tuple[tuple[str, str | None], ...]

    def described(self) -> dict[str, Any]:
        """What the page has to know of it."""
        return {
            "kind": self.kind,
            "zooms": self.zooms,
            "bounds": self.bounds,
            "layers": self.layers,
            "attribution": self.attribution,
            "size": self.size,
            "piece": PIECE_BYTES,
        }

    def pieces(self) -> Iterator[bytes]:
        """The archive in pieces of `PIECE_BYTES`."""
        with self.path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece


def load_tiles(path: Path, chronicle: Chronicle) -> Tiles:
    """The archive at ``path``; one that reaches none of the war's places is warned about.

    Raises `TableError` (``table.basemap``) for a file that is no archive, is cut short, or cannot be shown.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            tiles = _read(file, path, size)
    except OSError as problem:
        raise _fault(f"{path} cannot be read: {problem.strerror}.") from problem
    places = chronicle.war.places.values()
    if tiles.bounds and places:
        west, south, east, north = tiles.bounds
        if not any(west <= place.longitude <= east and south <= place.latitude <= north for place in places):
            logging.getLogger("zubda.server").warning(
                "%s lies elsewhere (%g %g to %g %g): none of the %d places is on it.", path, *tiles.bounds, len(places)
            )
    return tiles


def bounds_of(theatre: Theatre) -> tuple[float, float, float, float]:
    """West, south, east and north of the places of a war, in degrees."""
    longitudes = [place.longitude for place in theatre.places.values()] or [0.0]
    latitudes = [place.latitude for place in theatre.places.values()] or [0.0]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _fault(what: str) -> TableError:
    return TableError("basemap", what, HINT)


def _read(file: IO[bytes], path: Path, size: int) -> Tiles:
    head = file.read(HEADER.size)
    if len(head) < HEADER.size or not head.startswith(MAGIC):
        raise _fault(f"{path} is no PMTiles archive: it begins with {head[:7]!r}.")
    _, version, *numbers = HEADER.unpack(head)
    if version != VERSION:
        raise _fault(f"{path} is a PMTiles archive of version {version}, not {VERSION}.")
    places, (internal, packed, tile_type, least, most) = numbers[:8], numbers[12:17]
    ends = [begin + length for begin, length in zip(places[::2], places[1::2], strict=True)]
    if max(ends) > size:
        raise _fault(f"{path} is cut short: it has {size} bytes and speaks of {max(ends)}.")
    if tile_type not in KINDS:
        raise _fault(f"{path} has tiles of type {tile_type}, which the page cannot draw.")
    if not {internal, packed} <= {PLAIN, GZIP} or least > most:
        raise _fault(f"{path} is packed in a way that the page cannot read (compression {internal} and {packed}).")
    root, about = _part(file, *places[:2]), _part(file, *places[2:4])
    metadata = _metadata(about, internal, path)
    layers = _layers(metadata)
    if KINDS[tile_type] == "vector" and not layers:
        raise _fault(f"{path} names no vector layers in its metadata.")
    return Tiles(
        path,
        size,
        blake2b(head + root + about + size.to_bytes(8), digest_size=8).hexdigest(),
        KINDS[tile_type],
        (least, most),
        _bounds(numbers[17:21]),
        layers,
        _attribution(metadata.get("attribution")),
    )


def _part(file: IO[bytes], begin: int, length: int) -> bytes:
    file.seek(begin)
    return file.read(min(length, UNPACKED_MOST))


def _metadata(packed: bytes, compression: int, path: Path) -> dict[str, Any]:
    try:
        raw = packed if compression == PLAIN else zlib.decompressobj(wbits=31).decompress(packed, UNPACKED_MOST)
        found = orjson.loads(raw or b"{}")
    except (zlib.error, orjson.JSONDecodeError) as problem:
        raise _fault(f"The metadata of {path} cannot be read: {problem}.") from problem
    if not isinstance(found, dict):
        raise _fault(f"The metadata of {path} is no JSON object.")
    return found


def _layers(metadata: dict[str, Any]) -> tuple[str, ...]:
    told = metadata.get("vector_layers")
    entries: Iterable[Any] = told if isinstance(told, list) else ()
    names = (entry.get("id") for entry in entries if isinstance(entry, dict))
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str)))


def _bounds(told: list[int]) -> tuple[float, float, float, float] | None:
    west, south, east, north = (number / E7 for number in told)
    sound = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if sound else None


def _attribution(told: Any) -> tuple[tuple[str, str | None], ...]:
    """The parts of an attribution, which is written as HTML: words, and where they lead if that is a web address."""
    body = LexborHTMLParser(told).body if isinstance(told, str) else None
    parts: list[tuple[str, str | None]] = []
    for node in body.traverse(include_text=True) if body else ():
        if node.tag != "-text" or not (words := " ".join(node.text(deep=False).split())):
            continue
        above = node.parent
        while above is not None and above.tag != "a":
            above = above.parent
        leads = above.attributes.get("href") if above is not None else None
        parts.append((words, leads if leads and leads.startswith(("https://", "http://")) else None))
    return tuple(parts)
