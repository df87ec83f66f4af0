"""From weighted links to clusters, strongest link first, under constraints that no chain of links may break.

A cluster has a core: the days and the places on which all its claims can agree. A link that would leave two clusters no common
place, or stretch their days too far, or that most pairs between them are against, is refused, so that A–B–C never joins an A
and a C that are plainly apart. Pairs that the weights or a person keep apart are never brought together by way of others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from zubda.reconciliation.columns import NO_DAY, Columns
from zubda.reconciliation.comparison import NEAR_M, TOLD_LATER_DAYS

__all__ = ["LONGEST_STAGES", "cluster"]

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
Value = TypeVar("Value", bound=np.generic)

LONGEST_STAGES = 3
"""Most days between the first and the last stage of one event whose claims give days that do not overlap."""

COMPILE_FROM = 20_000
LEAST_MEAN = -2.4
"""Mean weight in bits, of the pairs between two clusters, below which no link joins them."""

METRES_A_DEGREE = 111_195.0


def cluster(
    columns: Columns,
    links: Pairs,
    apart: Pairs,
    forced: int = 0,
    parted: int = 0,
    neighbours: NDArray[np.bool_] | None = None,
    weighed: tuple[Pairs, NDArray[np.float32]] | None = None,
) -> NDArray[np.int64]:
    """For each claim the row of its cluster's first claim.

    ``links`` are pairs of rows in the order they are to be joined, ``apart`` pairs that must never meet. The first ``forced``
    links and the first ``parted`` pairs are people's decisions: such links heed nothing but such pairs.
    ``neighbours`` marks the links that may join neighbouring places. ``weighed`` are all pairs whose weight in bits is known:
    two clusters meet only if the pairs between them are not against it on the average.
    """
    count = len(columns)
    never_start, never, decided = _adjacent(apart, np.arange(len(apart[0])) < parted, count)
    pairs, bits = weighed or ((np.zeros(0, np.int64), np.zeros(0, np.int64)), np.zeros(0, np.float32))
    known_start, known, weight = _adjacent(pairs, bits, count)
    core = columns.places.copy()
    if columns.table.keys:  # a town taken over from the sentence before binds nobody, a quarter does
        core[columns.inherits & columns.table.wide[np.maximum(core[:, 0], 0)]] = -1
    low, high = columns.first.astype(np.int64), columns.last.astype(np.int64)
    unknown = columns.first == NO_DAY
    low[unknown], high[unknown] = -(2**40), 2**40
    # What is told later may be dated by the day of the report, not of the act.
    low[(columns.tally | columns.denies | columns.running) & ~unknown] -= TOLD_LATER_DAYS
    join: Callable[..., Any] = _join
    if len(links[0]) >= COMPILE_FROM:
        from numba import njit  # compiling takes seconds, which only many links repay

        join = njit(cache=True)(_join)
    parent = np.arange(count)
    near = np.zeros(len(links[0]), np.bool_) if neighbours is None else neighbours
    x, y = _metres(columns)
    join(
        (links[0], links[1], near, forced),
        parent,
        (low, high, core),
        (columns.table.ancestors, x, y),
        (never_start, never, decided),
        (known_start, known, weight),
    )
    return _first_members(parent)


def _adjacent(
    pairs: Pairs, values: NDArray[Value], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Value]]:
    """Pairs both ways, sorted by row: where each row's partners start, the partners, and the value of each pair."""
    one, other = np.r_[pairs[0], pairs[1]], np.r_[pairs[1], pairs[0]]
    order = np.argsort(one, kind="stable")
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(one, minlength=count), out=start[1:])
    return start, other[order], np.tile(values, 2)[order]


def _metres(columns: Columns) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places on a plane, in metres east and north, good enough for neighbours; wide and unknown ones are nan, near to nothing."""
    table = columns.table
    north = np.where(table.wide, np.nan, table.latitude * METRES_A_DEGREE)
    return table.longitude * METRES_A_DEGREE * np.cos(np.radians(table.latitude)), north


def _first_members(parent: NDArray[np.int64]) -> NDArray[np.int64]:
    root = parent.copy()
    while True:
        above = root[root]
        if np.array_equal(above, root):
            break
        root = above
    first = np.full(len(root), len(root), np.int64)
    np.minimum.at(first, root, np.arange(len(root)))
    return np.asarray(first[root], np.int64)


def _join(  # type: ignore[no-untyped-def]
    links, parent, cores, places, apart, weighed
):
    """Compiled by numba as it stands, so it keeps to loops, arrays and numbers."""
    left, right, near, forced = links
    low, high, core = cores
    ancestors, x, y = places
    never_start, never, decided = apart
    known_start, known, weight = weighed
    count = len(parent)
    after = np.full(count, -1)
    tail = np.arange(count)
    size = np.ones(count, np.int64)
    width = core.shape[1]
    agreed = np.full(width, -1, core.dtype)
    for number in range(len(left)):
        a = left[number]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        b = right[number]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        if a == b:
            continue
        if size[a] < size[b]:
            a, b = b, a
        refused = False
        member = b
        while member >= 0 and not refused:
            for position in range(never_start[member], never_start[member + 1]):
                c = never[position]
                while parent[c] != c:
                    c = parent[c]
                if c == a and (number >= forced or decided[position]):
                    refused = True
                    break
            member = after[member]
        if number >= forced and size[a] + size[b] > 2 and not refused:
            total = 0.0
            met = 0
            member = b
            while member >= 0:
                for position in range(known_start[member], known_start[member + 1]):
                    c = known[position]
                    while parent[c] != c:
                        c = parent[c]
                    if c == a:
                        total += weight[position]
                        met += 1
                member = after[member]
            if met > 0 and total < LEAST_MEAN * met:
                refused = True
        if refused:
            continue
        found = 0
        if core[a, 0] < 0 or core[b, 0] < 0:
            keep = a if core[a, 0] >= 0 else b
            for column in range(width):
                agreed[column] = core[keep, column]
            found = 1
        else:
            for column in range(width):
                agreed[column] = -1
            for i in range(width):
                p = core[a, i]
                if p < 0:
                    break
                for j in range(width):
                    q = core[b, j]
                    if q < 0:
                        break
                    narrower = -1
                    if p == q or (near[number] and (x[p] - x[q]) ** 2 + (y[p] - y[q]) ** 2 <= NEAR_M**2):
                        narrower = p
                    else:
                        for depth in range(ancestors.shape[1]):
                            if ancestors[p, depth] == q:
                                narrower = p
                            if ancestors[q, depth] == p:
                                narrower = q
                    if narrower >= 0 and found < width:
                        there = False
                        for column in range(found):
                            if agreed[column] == narrower:
                                there = True
                        if not there:
                            agreed[found] = narrower
                            found += 1
        first, last = max(low[a], low[b]), min(high[a], high[b])
        if (first - last > LONGEST_STAGES or found == 0) and number >= forced:
            continue
        parent[b] = a
        after[tail[a]] = b
        tail[a] = tail[b]
        size[a] += size[b]
        low[a], high[a] = first, last
        if found > 0:
            for column in range(width):
                core[a, column] = agreed[column]
    return parent
