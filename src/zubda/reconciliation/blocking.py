"""Which pairs of claims are worth comparing: near in place and time, told side by side, or with a rare name or number in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.model import CLAIM_TYPES
from zubda.reconciliation.columns import Columns
from zubda.reconciliation.kinds import family_of
from zubda.reconciliation.places import PlaceTable

__all__ = ["Candidates", "candidate_pairs"]

BUCKET_DAYS = 8
LONGEST_BUCKETS = 6
READING_WINDOW = 12
BLOCK_WINDOW = 40
NAME_DAYS = 64
COUNT_DAYS = 32
TELLING_COUNT = 10

Keys = tuple[NDArray[np.uint64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of rows (``a`` before ``b``, each pair once). ``neighbours`` marks those that meet by place and time.

    Only neighbours teach the weights: pairs that meet by a common name or number agree on it because they were chosen for it.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    neighbours: NDArray[np.bool_]


def candidate_pairs(columns: Columns) -> Candidates:
    """The pairs worth comparing. Memory grows with the claims: in a block no claim meets more than a window of others."""
    count = len(columns)
    near = _distinct(
        np.concatenate(
            [_window_pairs(_joined(_place_keys(columns)), columns, count), _pairs_in_wide_places(columns, count)]
        )
    )
    others = [_reading_pairs(columns)]
    others += [_window_pairs(_joined(kind(columns)), columns, count) for kind in (_name_keys, _count_keys)]
    codes = _distinct(np.concatenate([near, *others]))
    neighbours = np.zeros(len(codes), np.bool_)
    neighbours[np.searchsorted(codes, near)] = True
    return Candidates(codes // count, codes % count, neighbours)


def _joined(parts: Iterator[Keys]) -> Keys:
    found = list(parts)
    return np.concatenate([keys for keys, _ in found]), np.concatenate([rows for _, rows in found])


def _mix(*parts: NDArray[np.int64] | int) -> NDArray[np.uint64]:
    mixed = np.uint64(0x9E3779B97F4A7C15)
    total: NDArray[np.uint64] | np.uint64 = mixed
    with np.errstate(over="ignore"):
        for part in parts:
            value = (
                np.asarray(part).astype(np.int64).view(np.uint64) if isinstance(part, np.ndarray) else np.uint64(part)
            )
            total = (total ^ (value + mixed)) * np.uint64(0xBF58476D1CE4E5B9)
            total = total ^ (total >> np.uint64(29))
    return np.asarray(total)


def _place_keys(columns: Columns) -> Iterator[Keys]:
    """A key for each narrow place of the claim and each that holds it, by days; for claims without a place by day and type."""
    families = np.array([family_of(name) for name in CLAIM_TYPES], np.int64)[columns.type]
    rows = np.arange(len(columns))
    buckets = (columns.last - columns.first) // BUCKET_DAYS + 2
    placed = columns.places[:, 0] >= 0
    short = (columns.first > 0) & (buckets <= LONGEST_BUCKETS)
    for column in range(columns.places.shape[1] if columns.table.keys else 0):
        place = columns.places[:, column].astype(np.int64)
        for depth in range(-1, 3):
            level = place if depth < 0 else np.where(place >= 0, columns.table.ancestors[place, depth], -1)
            known = (level >= 0) & ~columns.table.wide[level]
            yield from _by_days(columns, rows, level, known & short)
            loose = np.flatnonzero(known & ~short)
            yield _mix(level[loose], families[loose], 7), loose
    nowhere = np.flatnonzero(~placed & (columns.first > 0))
    yield _mix(columns.first[nowhere].astype(np.int64), columns.type[nowhere].astype(np.int64), 13), nowhere


def _pairs_in_wide_places(columns: Columns, count: int) -> NDArray[np.int64]:
    """Claims on a wide place as a whole with those on it and on places in it, two days apart at most, of one family of acts."""
    if not columns.table.keys:
        return np.zeros(0, np.int64)
    families = np.array([family_of(name) for name in CLAIM_TYPES], np.int64)[columns.type]
    place = columns.places[:, 0].astype(np.int64)
    whole = (place >= 0) & columns.table.wide[place]
    wide = _nearest_wide(columns.table, place)
    some = np.flatnonzero((wide >= 0) & (columns.first > 0))
    day = columns.first[some].astype(np.int64)
    codes = _window_pairs(
        _joined((_mix(wide[some], (day + step) // 3, families[some], step), some) for step in range(3)), columns, count
    )
    return codes[whole[codes // count] | whole[codes % count]]


def _nearest_wide(table: PlaceTable, place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each place if it is wide, else the nearest wide one that holds it, -1 if there is none."""
    found = np.where((place >= 0) & table.wide[place], place, -1)
    for depth in range(table.ancestors.shape[1]):
        above = np.where((place >= 0) & (found < 0), table.ancestors[place, depth], -1)
        found = np.where((above >= 0) & table.wide[above], above, found)
    return np.asarray(found, np.int64)


def _by_days(
    columns: Columns, rows: NDArray[np.int64], level: NDArray[np.int64], chosen: NDArray[np.bool_]
) -> Iterator[Keys]:
    """Stretches overlap by half, so that claims up to half a stretch apart always share one."""
    for half in (0, BUCKET_DAYS // 2):
        start, end = (columns.first + half) // BUCKET_DAYS, (columns.last + half) // BUCKET_DAYS
        for step in range(LONGEST_BUCKETS):
            some = np.flatnonzero(chosen & (start + step <= end))
            if len(some):
                yield _mix(level[some], (start[some] + step).astype(np.int64), half), rows[some]


def _name_keys(columns: Columns) -> Iterator[Keys]:
    for column in range(columns.names.shape[1]):
        some = np.flatnonzero((columns.names[:, column] != 0) & (columns.first > 0))
        stretch = columns.first[some].astype(np.int64) // NAME_DAYS
        yield _mix(columns.names[some, column].astype(np.int64), stretch, 17), some


def _count_keys(columns: Columns) -> Iterator[Keys]:
    for column in range(columns.what.shape[1]):
        some = np.flatnonzero((columns.low[:, column] >= TELLING_COUNT) & (columns.first > 0))
        what, low = columns.what[some, column].astype(np.int64), columns.low[some, column].astype(np.int64)
        stretch = columns.last[some].astype(np.int64) // COUNT_DAYS
        for shift in range(2):
            yield _mix(what, low, stretch + shift, 19), some


def _reading_pairs(columns: Columns) -> NDArray[np.int64]:
    """Every claim with the ones told just before it, and with the one that it must mean."""
    order = np.lexsort((columns.sentence, columns.document))
    refer = np.flatnonzero(columns.refers >= 0)
    found = [_coded(columns.refers[refer], refer, len(columns))]
    for step in range(1, READING_WINDOW + 1):
        one, other = order[:-step], order[step:]
        same = columns.document[one] == columns.document[other]
        found.append(_coded(one[same], other[same], len(columns)))
    return np.concatenate(found)


def _window_pairs(keyed: Keys, columns: Columns, count: int) -> NDArray[np.int64]:
    """Pairs with the same key. In a block larger than the window only neighbours by day meet (the sorted neighbourhood)."""
    keys, rows = keyed
    if len(rows) < 2:
        return np.zeros(0, np.int64)
    order = np.lexsort((columns.type[rows], columns.first[rows], keys))
    keys, rows = keys[order], rows[order]
    found = []
    for step in range(1, BLOCK_WINDOW + 1):
        same = keys[:-step] == keys[step:]
        if not same.any():
            break
        found.append(_coded(rows[:-step][same], rows[step:][same], count))
    return _distinct(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _distinct(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted, each once; sorting beats the hashing of `numpy.unique` on tens of millions of codes."""
    codes = np.sort(codes)
    return codes[np.r_[True, codes[1:] != codes[:-1]]] if len(codes) else codes


def _coded(one: NDArray[np.int64], other: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    low, high = np.minimum(one, other), np.maximum(one, other)
    return np.asarray((low * count + high)[low != high], np.int64)
