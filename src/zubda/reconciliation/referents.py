"""What a claim without a place of its own is about: the nearest earlier act in the text that it can mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zubda.model import CLAIM_TYPES
from zubda.reconciliation.kinds import FAMILIES, TALK, TYPE_LEVELS

__all__ = ["referents"]

LOOK_BACK_CLAIMS = 12
LOOK_BACK_SENTENCES = 6
LATER_DAYS = 7
TOTAL_BACK_CLAIMS = 24
TOTAL_DAYS = 21
LONG_DAYS = 4
ALIKE_LENGTH = 3
RIVAL, ALL, TOLLED, PLACED, ANY = range(5)

FIGHTS = frozenset({"clash", "territory", "withdrawal", "siege", "casualties"})

_TALK = np.array([name in TALK for name in CLAIM_TYPES])
_ACT = np.array([name in FAMILIES["strike"] | FAMILIES["killing"] | FIGHTS for name in CLAIM_TYPES])
_VIOLENT = np.array([name in FAMILIES["strike"] | FAMILIES["killing"] | {"clash", "territory"} for name in CLAIM_TYPES])

Ints = NDArray[np.int32]


def referents(
    document: Ints,
    sentence: Ints,
    first: Ints,
    last: Ints,
    type: NDArray[np.int8],
    inherits: NDArray[np.bool_],
    later: NDArray[np.bool_],
    count: Ints,
    place: Ints,
    ancestors: Ints,
    parties: NDArray[np.int64],
    harmed: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each claim the row of the earlier claim that it must mean, -1 if it has a place of its own or there is none.

    It is the nearest act before it that is of a like type (for talk: any violent act) and of the same days, else the nearest of
    days that overlap and are about as long; a toll or a denial (``later``) may be dated up to a week after.
    A toll right after another is a rival of it. One that has all the sides whom a toll counts (``harmed``, bit sets like
    ``parties``) comes before all that do not; then, for a toll of later days, the last toll of one of these sides, which it revises;
    then an act at a place of its own, not in a whole town.
    Its place, if the claim has taken one over, is that of the act, or holds it or is inside it (``ancestors`` by row of places).
    A ``count`` (of the dead, 0 for none) that goes on from the smaller one of a longer time before it is a running total; the
    second array marks these.
    """
    order = np.lexsort((np.arange(len(document)), sentence, document))
    meant = np.full(len(document), -1, np.int64)
    for sided, strict in (
        (RIVAL, True),
        (ALL, True),
        (ALL, False),
        (TOLLED, False),
        (PLACED, True),
        (ANY, True),
        (ANY, False),
    ):
        for step in range(1, min(LOOK_BACK_CLAIMS + 1, len(order))):
            before, after = order[:-step], order[step:]
            apart = sentence[after] - sentence[before]
            fits = inherits[after] & (meant[after] < 0) & (document[after] == document[before])
            fits &= (apart > 0) & (apart <= LOOK_BACK_SENTENCES) & ~_TALK[type[before]]
            if not fits.any():
                continue
            alike = (TYPE_LEVELS[type[before], type[after]] <= 1) & (_ACT[type[after]] | later[after])
            fits &= alike | (_TALK[type[after]] & _VIOLENT[type[before]])
            fits &= (first[before] > 0) & (first[after] > 0)
            if sided == RIVAL:
                fits &= later[after] & later[before] & (apart == 1) & (count[before] > 0) & (count[after] > 0)
            elif sided == ALL:
                fits &= (harmed[after] & ~parties[before]) == 0
            elif sided == TOLLED:
                fits &= ((harmed[after] & parties[before]) != 0) & (count[before] > 0) & (first[after] > last[before])
            elif sided == PLACED:
                fits &= later[after] & (place[before] >= 0)
            fits &= _one_place(place[before], place[after], ancestors)
            fits &= _same_time(first[before], last[before], first[after], last[after], later[after], strict)
            meant[after[fits]] = before[fits]
    running = _running_totals(order, document, sentence, first, last, type, inherits, count, meant)
    return meant, running


def _running_totals(
    order: NDArray[np.int64],
    document: Ints,
    sentence: Ints,
    first: Ints,
    last: Ints,
    type: NDArray[np.int8],
    inherits: NDArray[np.bool_],
    count: Ints,
    meant: NDArray[np.int64],
) -> NDArray[np.bool_]:
    running = np.zeros(len(document), np.bool_)
    for step in range(1, min(TOTAL_BACK_CLAIMS + 1, len(order))):
        before, after = order[:-step], order[step:]
        wait = first[after] - last[before]
        fits = inherits[after] & ~running[after] & (meant[after] < 0) & (document[after] == document[before])
        fits &= (type[before] == type[after]) & (first[before] > 0) & (wait > 0) & (wait <= TOTAL_DAYS)
        fits &= (count[before] > 0) & (count[after] > count[before])
        fits &= (last[before] - first[before] + 1 >= LONG_DAYS) | running[before]
        meant[after[fits]] = before[fits]
        running[after[fits]] = True
    return running


def _one_place(a: Ints, b: Ints, ancestors: Ints) -> NDArray[np.bool_]:
    """Whether two first places, -1 for none, are one, or one inside the other, or not both told."""
    if not len(ancestors):
        return np.ones(len(a), np.bool_)
    inside = (ancestors[np.maximum(a, 0)] == b[:, None]).any(axis=1) | (ancestors[np.maximum(b, 0)] == a[:, None]).any(
        axis=1
    )
    return np.asarray((a < 0) | (b < 0) | (a == b) | inside, np.bool_)


def _same_time(
    first_a: Ints, last_a: Ints, first_b: Ints, last_b: Ints, later: NDArray[np.bool_], strict: bool
) -> NDArray[np.bool_]:
    """Whether the second can be of the time of the first: most days in common (``strict``), or some, and about as many."""
    shared = np.minimum(last_a, last_b) - np.maximum(first_a, first_b) + 1
    both = np.maximum(last_a, last_b) - np.minimum(first_a, first_b) + 1
    if strict:
        return np.asarray(3 * shared >= 2 * both, np.bool_)
    span_a, span_b, wait = last_a - first_a + 1, last_b - first_b + 1, first_b - last_a
    alike = (span_a <= ALIKE_LENGTH * span_b + 1) & (span_b <= ALIKE_LENGTH * span_a + 1)
    return np.asarray(((shared > 0) & alike) | (later & (wait > 0) & (wait <= LATER_DAYS)), np.bool_)
