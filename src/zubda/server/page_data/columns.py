"""Columns of whole numbers in one binary file, described by a small JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["CHUNK", "NO_DAY", "Columns", "day_number"]

CHUNK = 250
"""Rows in one file of full objects."""

NO_DAY = -(2**31)
EPOCH = date(1970, 1, 1).toordinal()
ALIGNMENT = 4


def day_number(day: date | None) -> int:
    """Days since 1970-01-01, `NO_DAY` for None."""
    return NO_DAY if day is None else day.toordinal() - EPOCH


class Columns:
    """Collects columns of ``count`` rows (or more elements, for lists) and packs them, little-endian, one after the other."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._described: dict[str, dict[str, Any]] = {}
        self._parts: list[bytes] = []
        self._arrays: dict[str, NDArray[np.int64]] = {}
        self._size = 0

    def add(self, name: str, values: Iterable[int] | NDArray[Any], kind: str | None = None) -> None:
        """Add a column. ``kind`` is its type; without it, the smallest unsigned one that holds the values."""
        array = np.asarray(values if isinstance(values, np.ndarray) else list(values), np.int64)
        kind = kind or _smallest(array)
        packed = array.astype(np.dtype(kind).newbyteorder("<")).tobytes()
        packed += bytes(-len(packed) % ALIGNMENT)
        self._described[name] = {"type": kind, "offset": self._size, "length": len(array)}
        self._parts.append(packed)
        self._arrays[name] = array
        self._size += len(packed)

    def add_lists(self, name: str, lists: Sequence[Sequence[int]]) -> None:
        """Add a list for each row, as the columns ``<name>_at`` (where each begins, one more than rows) and ``<name>``."""
        self.add(f"{name}_at", np.cumsum([0, *map(len, lists)]))
        self.add(name, [value for row in lists for value in row])

    def column(self, name: str) -> NDArray[np.int64]:
        """The values of a column."""
        return self._arrays[name]

    def description(self) -> dict[str, Any]:
        """What the JSON beside the file says."""
        return {"count": self.count, "chunk": CHUNK, "columns": self._described}

    def pack(self) -> bytes:
        """The file."""
        return b"".join(self._parts)


def _smallest(array: NDArray[np.int64]) -> str:
    top = int(array.max(initial=0))
    return next(name for name in ("uint8", "uint16", "uint32") if top <= np.iinfo(name).max)
