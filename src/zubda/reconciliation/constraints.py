"""What no weight outvotes: pairs of claims that cannot be about one event."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zubda.model import CLAIM_TYPES, CONTROL_CHANGES
from zubda.reconciliation.columns import Columns
from zubda.reconciliation.comparison import FIELDS, LEVELS
from zubda.reconciliation.kinds import STATES

__all__ = ["kept_apart", "out_of_reach"]

Rows = NDArray[np.int64]
DATE, PLACE, TYPE, SIDES, COUNTS, NAMES, WORDING, OUTCOME, TELLING = range(len(FIELDS))
APART = LEVELS["place"].index("apart")
TOO_LATE = [LEVELS["date"].index(level) for level in ("a week", "further")]
PARTIAL = CONTROL_CHANGES.index("partial")
DAY_OF = 2
LONGER = 7
_STATES = np.array([name in STATES for name in CLAIM_TYPES])


def kept_apart(columns: Columns, a: Rows, b: Rows, codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pairs must not be joined.

    - states (who holds what, how strong a force is) on different days, or about different things;
    - a part taken on one day and the whole, or another part, taken on a later one: two stages that the teller keeps apart, unless he
      goes on about the place without naming it again;
    - one source that gives contrary outcomes on different days, or, in two sentences, two different counts of the same harm on
      the same day;
    - one sentence of one source that tells the same act of two places;
    - the count of a day and that of a longer time around it;
    - acts so unlike that a common day and place do not make them one;
    - two rows of one coded data set, whose coders have told events apart already.
    """
    date = codes[:, DATE]
    later = (date >= 5) & (date <= 10)
    state_a, state_b = _STATES[columns.type[a]], _STATES[columns.type[b]]
    states = (state_a | state_b) & (later | (codes[:, TYPE] >= 3) | ((state_a != state_b) & (codes[:, OUTCOME] != 1)))
    parts = (columns.change[a] == PARTIAL) & (columns.change[b] == PARTIAL) & (columns.holder[a] == columns.holder[b])
    parts &= ~columns.inherits[a] & ~columns.inherits[b]
    stages = later & ((codes[:, OUTCOME] == 2) | parts)
    one_source = columns.source[a] == columns.source[b]
    contrary = later & one_source & (codes[:, OUTCOME] == 3)
    unlike = _different_counts(columns, a, b)
    recounted = one_source & ((date == 1) | (date == 2)) & unlike & (codes[:, TELLING] != 1)
    listed = one_source & (codes[:, TELLING] == 1) & (codes[:, TYPE] == 0) & (codes[:, PLACE] == APART)
    exclusive = codes[:, TYPE] == 5
    rows = columns.coded[a] & columns.coded[b] & (codes[:, TELLING] >= 2)
    return np.asarray(
        states
        | stages
        | contrary
        | recounted
        | listed
        | exclusive
        | rows
        | ((codes[:, COUNTS] >= 4) & _day_of_longer(columns, a, b)),
        np.bool_,
    )


def out_of_reach(codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pairs have no place in common, or days further apart than the stages of one event: no weight makes them one."""
    return np.asarray((codes[:, PLACE] == APART) | np.isin(codes[:, DATE], TOO_LATE), np.bool_)


def _day_of_longer(columns: Columns, a: Rows, b: Rows) -> NDArray[np.bool_]:
    span_a, span_b = columns.last[a] - columns.first[a] + 1, columns.last[b] - columns.first[b] + 1
    known = (columns.first[a] > 0) & (columns.first[b] > 0)
    known &= (columns.first[a] <= columns.last[b]) & (columns.first[b] <= columns.last[a])
    unlike = (np.minimum(span_a, span_b) <= DAY_OF) & (np.maximum(span_a, span_b) >= LONGER)
    return np.asarray(known & unlike, np.bool_)


def _different_counts(columns: Columns, a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Pairs that count the same harm to the same side differently, and never alike."""
    alike = np.zeros(len(a), np.bool_)
    unlike = np.zeros(len(a), np.bool_)
    for left in range(columns.what.shape[1]):
        for right in range(columns.what.shape[1]):
            same = (columns.what[a, left] >= 0) & (columns.what[a, left] == columns.what[b, right])
            some = np.flatnonzero(same)
            some = some[columns.harmed[a[some], left] == columns.harmed[b[some], right]]
            one, other = a[some], b[some]
            close = columns.low[one, left] <= columns.high[other, right]
            close &= columns.low[other, right] <= columns.high[one, left]
            alike[some] |= close
            unlike[some] |= ~close
    return unlike & ~alike
