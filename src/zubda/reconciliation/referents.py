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
ALIKE_LENGTH = 3

_TALK = np.array([name in TALK for name in CLAIM_TYPES])
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
) -> NDArray[np.int64]:
    """For each claim the row of the earlier claim that it must mean, -1 if it has a place of its own or there is none.

    It is the nearest one before it that is of a like type (for talk: any violent act), of days that overlap and are about as
    long; a toll or a denial (``later``) may be dated up to a week after.
    """
    order = np.lexsort((np.arange(len(document)), sentence, document))
    meant = np.full(len(document), -1, np.int64)
    for step in range(1, LOOK_BACK_CLAIMS + 1):
        if step >= len(order):
            break
        before, after = order[:-step], order[step:]
        apart = sentence[after] - sentence[before]
        fits = inherits[after] & (meant[after] < 0) & (document[after] == document[before])
        fits &= (apart > 0) & (apart <= LOOK_BACK_SENTENCES) & ~_TALK[type[before]]
        alike = TYPE_LEVELS[type[before], type[after]] <= 1
        fits &= alike | (_TALK[type[after]] & _VIOLENT[type[before]])
        span_before, span_after = last[before] - first[before] + 1, last[after] - first[after] + 1
        wait = first[after] - last[before]
        overlap = (wait <= 0) & (first[before] <= last[after])
        fits &= (first[before] > 0) & (first[after] > 0)
        fits &= (overlap & (span_before <= ALIKE_LENGTH * span_after + 1) & (span_after <= ALIKE_LENGTH * span_before + 1)) | (
            later[after] & (wait > 0) & (wait <= LATER_DAYS)
        )
        meant[after[fits]] = before[fits]
    return meant
