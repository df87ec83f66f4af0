"""When a place changed hands: spans of one holder, with dates as ranges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zubda.model import DayRange

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["Change", "changes_of"]

SURE = 0.9


@dataclass(frozen=True, slots=True)
class Change:
    """A span in which ``holder`` is the likeliest. ``began`` and ``ended`` are the days within which it began and ended: from
    the last day that the holder before was still held for 90% likely (or the day halfway, if it never was), to the first day
    that this one is. ``probability`` is the mean over the span."""

    place: str
    holder: str
    began: DayRange
    ended: DayRange
    probability: float


def changes_of(posterior: Posterior, place_id: str) -> tuple[Change, ...]:
    """Spans of one holder each from the first day to the last, in order; none where nobody said anything."""
    from zubda.control.interface import place_index

    at = place_index(posterior.place_ids, place_id, posterior.index)
    if not posterior.heard[at]:
        return ()
    days = np.arange(posterior.grid.days)
    table = posterior.table_at(np.full(len(days), at), days)
    best = table.argmax(axis=1)
    turns = np.flatnonzero(np.diff(best)) + 1
    bounds = [0, *turns.tolist(), len(best)]
    spans = list(pairwise(bounds))
    edges = [_edge(table, best, int(turn)) for turn in turns]
    begins = [(0, 0), *edges]
    ends = [*edges, (len(best) - 1, len(best) - 1)]
    day = posterior.grid.day
    return tuple(
        Change(
            place_id,
            posterior.state_ids[best[first]],
            DayRange(day(begin[0]), day(begin[1])),
            DayRange(day(end[0]), day(end[1])),
            float(table[first:after, best[first]].mean()),
        )
        for (first, after), begin, end in zip(spans, begins, ends, strict=True)
    )


def _edge(table: NDArray[np.float64], best: NDArray[np.int64], turn: int) -> tuple[int, int]:
    """First and last day on which the change at day ``turn`` may have been."""
    old, new = best[turn - 1], best[turn]
    first = turn
    while first > 0 and best[first - 1] == old and table[first - 1, old] < SURE:
        first -= 1
    last = turn
    while last + 1 < len(best) and best[last + 1] == new and table[last, new] < SURE:
        last += 1
    return first, last
