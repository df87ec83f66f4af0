"""Probabilities by month, and shares of the ground by day, of one view."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from zubda.control import ControlModel

__all__ = ["days_of", "month_frames", "quantised", "shares", "undone"]

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
    frames = np.stack([quantised(model.probabilities(day)) for day in days_of(month)])
    frames[1:] -= frames[:-1].copy()
    return frames.tobytes()


def days_of(month: str) -> list[date]:
    """All days of a month written ``year-month``."""
    first = date.fromisoformat(f"{month}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return [first + timedelta(days=at) for at in range((after - first).days)]


def undone(content: bytes, places: int, states: int) -> NDArray[np.float64]:
    """Probabilities by day, place and state from the bytes of a month, summing to 1; rows of zeros where nobody said anything."""
    frames = np.frombuffer(content, np.uint8).reshape(-1, places, states)
    whole = np.cumsum(frames, axis=0, dtype=np.uint8).astype(np.float64)
    found: NDArray[np.float64] = whole / np.maximum(whole.sum(axis=2, keepdims=True), 1.0)
    return found


def shares(held: NDArray[np.float64], areas: NDArray[np.float64]) -> bytes:
    """``control/<view>/shares.bin``: low, mean and high share of the ground for each day and state, then the share unspoken of.

    ``held`` is days by places by states, ``areas`` the area of each place, 0 to leave it out. The 90% interval is the normal
    approximation to a sum over places that are taken as independent of each other.
    """
    ground = areas.sum() or 1.0
    silent = ~held.any(axis=2)
    mean = np.einsum("dps,p->ds", held, areas) / ground
    spread = Z90 * np.sqrt(np.einsum("dps,p->ds", held * (1.0 - held), areas**2)) / ground
    table = np.zeros((len(held), held.shape[2] + 1, 3))
    table[:, :-1] = np.stack([mean - spread, mean, mean + spread], axis=2)
    table[:, -1] = (silent @ areas / ground)[:, None]
    packed: bytes = np.rint(np.clip(table, 0.0, 1.0) * FINEST).astype("<u2").tobytes()
    return packed
