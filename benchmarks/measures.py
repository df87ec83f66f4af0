"""How good probabilities of holders are: Brier score, log loss, calibration, and how far off changes are dated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Score", "calibration", "score"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST = 0.001
"""No method is charged for more surety than this: hard answers would have an infinite log loss."""

BINS = 15


@dataclass(frozen=True, slots=True)
class Score:
    """``brier`` is the sum of squares over states, 0 to 2; ``log_loss`` in nats, chances cut at `LEAST`; ``calibration`` the expected
    calibration error over all states; ``change_days`` the mean days between a change of side and the nearest told, at most 30."""

    brier: float
    log_loss: float
    calibration: float
    change_days: float


def score(chances: Floats, truth: Ints) -> Score:
    """Scores of ``chances`` (places x days x states) against ``truth`` (places x days)."""
    right = np.eye(chances.shape[2])[truth]
    named = np.take_along_axis(chances, truth[:, :, None], axis=2)[:, :, 0]
    error, _, _, _ = calibration(chances, truth)
    return Score(
        float(((chances - right) ** 2).sum(axis=2).mean()),
        float(-np.log(np.clip(named, LEAST, 1.0)).mean()),
        error,
        _change_days(chances.argmax(axis=2), truth, chances.shape[2] - 1),
    )


def calibration(chances: Floats, truth: Ints) -> tuple[float, Floats, Floats, Floats]:
    """Expected calibration error over all states and, for each bin, mean chance, share that was so, and number."""
    right = np.eye(chances.shape[2])[truth]
    bins = np.minimum((chances * BINS).astype(np.int64), BINS - 1).ravel()
    count = np.bincount(bins, minlength=BINS).astype(np.float64)
    mean = np.bincount(bins, chances.ravel(), BINS) / np.maximum(count, 1)
    share = np.bincount(bins, right.ravel(), BINS) / np.maximum(count, 1)
    return float((count * np.abs(mean - share)).sum() / count.sum()), mean, share, count


def _change_days(said: Ints, truth: Ints, contested: int, most: int = 30) -> float:
    """Mean distance in days from each true change of side to the nearest said change of the place to the same side."""
    off: list[float] = []
    for told, true in zip(said, truth, strict=True):
        found = _changes(told, contested)
        for day, side in _changes(true, contested):
            off.append(min([most, *(abs(other - day) for other, new in found if new == side)]))
    return float(np.mean(off)) if off else 0.0


def _changes(row: Ints, contested: int) -> list[tuple[int, int]]:
    """Days on which a place came into the hands of a side that did not hold it last, and that side."""
    changes, last = [], int(row[0])
    for day, state in enumerate(row.tolist()):
        if state != contested and state != last:
            changes.append((day, state))
        if state != contested:
            last = state
    return changes
