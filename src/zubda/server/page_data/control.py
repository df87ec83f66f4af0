"""Probabilities by month, and shares of the ground by day, of one view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from zubda.control import ControlModel

__all__ = ["month_frames", "quantised", "shares"]

HIGHEST = 255
FINEST = 65_535
Z90 = 1.6448536269514722
"""Quantile of the normal distribution that leaves 5% on each side."""


def quantised(probabilities: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Places by states in bytes; a row of NaN (nobody said anything) becomes a row of zeros."""
    found: NDArray[np.uint8] = np.rint(np.nan_to_num(probabilities, nan=0.0) * HIGHEST).astype(np.uint8)
    return found


def month_frames(model: ControlModel, month: str) -> bytes:
    """``control/<view>/<month>.bin``: days by places by states, each day but the first as the difference from the one before."""
    first = date.fromisoformat(f"{month}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    days = [first + timedelta(days=at) for at in range((after - first).days)]
    frames = np.stack([quantised(model.probabilities(day)) for day in days])
    frames[1:] -= frames[:-1].copy()
    return frames.tobytes()


def shares(model: ControlModel, first: date, last: date, weights: Mapping[str, float]) -> bytes:
    """``control/<view>/shares.bin``: low, mean and high share of the ground for each day and state, then the share unspoken of.

    ``weights`` are areas by place id; without any, every place counts alike. The 90% interval is the normal approximation to
    a sum over places that are taken as independent of each other.
    """
    chosen = [at for at, place in enumerate(model.places) if not weights or place in weights]
    areas = np.array([weights.get(model.places[at], 1.0) for at in chosen])
    ground = areas.sum() or 1.0
    days = (last - first).days + 1
    table = np.zeros((days, len(model.states) + 1, 3))
    for number in range(days):
        held = model.probabilities(first + timedelta(days=number))[chosen]
        silent = np.isnan(held).any(axis=1)
        held = np.nan_to_num(held, nan=0.0)
        mean = areas @ held / ground
        spread = Z90 * np.sqrt(areas**2 @ (held * (1 - held))) / ground
        table[number, :-1] = np.stack([mean - spread, mean, mean + spread], axis=1)
        table[number, -1] = areas[silent].sum() / ground
    return np.rint(np.clip(table, 0.0, 1.0) * FINEST).astype("<u2").tobytes()
