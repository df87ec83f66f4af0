"""Small PMTiles archives, written here by the specification: vector tiles with squares and lines, or pictures."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

__all__ = ["VECTOR", "WORLD", "archive", "png", "tile_number", "vector_tile"]

EXTENT = 4096
VECTOR, PNG = 1, 2
POLYGON, LINE = 3, 2
WORLD = (-180.0, -85.0, 180.0, 85.0)


def varint(number: int) -> bytes:
    """A whole number in seven bits to a byte."""
    written = bytearray()
    while number > 127:
        written.append(number & 127 | 128)
        number >>= 7
    return bytes([*written, number])


def _field(number: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def _zigzag(number: int) -> int:
    return number << 1 ^ number >> 31


def _geometry(points: Sequence[tuple[int, int]], closed: bool) -> bytes:
    commands: list[int] = []
    at = (0, 0)
    for number, (x, y) in enumerate(points):
        if number == 0:
            commands.append(1 | 1 << 3)
        elif number == 1:
            commands.append(2 | len(points) - 1 << 3)
        commands += [_zigzag(x - at[0]), _zigzag(y - at[1])]
        at = (x, y)
    return b"".join(map(varint, [*commands, *([7 | 1 << 3] if closed else [])]))


def vector_tile(layers: Mapping[str, Iterable[Sequence[tuple[int, int]]]]) -> bytes:
    """A Mapbox vector tile: by layer, shapes in 0 to 4095; one that ends where it begins is a polygon, another a line."""
    tile = b""
    for name, shapes in layers.items():
        layer = _field(15, 2) + _field(1, name.encode())
        for points in shapes:
            closed = points[0] == points[-1]
            kept = points[:-1] if closed else points
            layer += _field(2, _field(3, POLYGON if closed else LINE) + _field(4, _geometry(kept, closed)))
        tile += _field(3, layer + _field(5, EXTENT))
    return tile


def png(red: int, green: int, blue: int, size: int = 256) -> bytes:
    """A picture of one colour."""
    rows = (b"\0" + bytes([red, green, blue]) * size) * size
    chunks = [
        (b"IHDR", struct.pack(">2I5B", size, size, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    parts = (
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tile_number(zoom: int, x: int, y: int) -> int:
    """The number of a tile: all tiles of lower zooms first, then along the Hilbert curve."""
    number = (4**zoom - 1) // 3
    side = 1 << zoom
    half = side >> 1
    while half:
        right, below = int(x & half > 0), int(y & half > 0)
        number += half * half * (3 * right ^ below)
        if not below:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        half >>= 1
    return number


def archive(
    tiles: Mapping[tuple[int, int, int], bytes],
    kind: int = PNG,
    bounds: tuple[float, float, float, float] = WORLD,
    **metadata: Any,
) -> bytes:
    """An archive of tiles by zoom, x and y, with one directory; vector tiles are packed with gzip."""
    packed = {
        tile_number(*at): gzip.compress(content, mtime=0) if kind == VECTOR else content
        for at, content in tiles.items()
    }
    numbers = sorted(packed)
    steps = [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
    lengths = [len(packed[number]) for number in numbers]
    offsets = [1] + [0] * (len(numbers) - 1)
    columns = [len(numbers), *steps, *[1] * len(numbers), *lengths, *offsets]
    root = gzip.compress(b"".join(map(varint, columns)), mtime=0)
    about = gzip.compress(orjson.dumps(metadata), mtime=0)
    data = b"".join(packed[number] for number in numbers)
    at = [127, 127 + len(root), 127 + len(root) + len(about)]
    zooms = [zoom for zoom, _, _ in tiles]
    count = len(numbers)
    header = struct.pack(
        "<7sB11Q6B4iB2i",
        b"PMTiles", 3, at[0], len(root), at[1], len(about), 0, 0, at[2], len(data), count, count, count,
        1, 2, 2 if kind == VECTOR else 1, kind, min(zooms), max(zooms), *(round(degrees * 1e7) for degrees in bounds), 0, 0, 0,
    )  # fmt: skip
    return header + root + about + data
