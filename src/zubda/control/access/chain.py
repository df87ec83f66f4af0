"""Open, threatened or closed by day, from statements: a small hidden Markov model for each way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zubda.control.access.statements import Statement

__all__ = ["WORDS", "Chain"]

Floats = NDArray[np.float64]

WORDS: tuple[str, ...] = ("open", "threatened", "closed")

START = np.array([0.8, 0.15, 0.05])
DAY = np.array([[0.9985, 0.001, 0.0005], [0.008, 0.988, 0.004], [0.003, 0.001, 0.996]])
"""Change in a day on which nothing is said: a threat passes in weeks, a siege lasts until its end is told, or most of a year."""

SAID: dict[str, Floats] = {
    "open": np.array([0.8, 0.15, 0.05]),
    "attacked": np.array([0.2, 0.4, 0.4]),
    "closed": np.array([0.04, 0.16, 0.8]),
}
HAPPENED: dict[str, Floats] = {
    "open": np.array([[1.0, 0.0, 0.0], [0.7, 0.3, 0.0], [0.7, 0.0, 0.3]]),
    "attacked": np.array([[0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    "closed": np.array([[0.3, 0.0, 0.7], [0.0, 0.3, 0.7], [0.0, 0.0, 1.0]]),
}
"""What each statement brings about on its day: an attack threatens what is open, and changes nothing of a siege."""


class Chain:
    """Chances of `WORDS` on any day for one way, from its statements; those of a range count at its first and last day."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        said = sorted({(day, s.word) for s in statements for day in (s.first, s.last)})
        self._days = np.array([day for day, _ in said], np.int64)
        self._forward = np.empty((len(said), 3))
        self._later = np.ones((len(said), 3))
        message, reached = START, int(self._days[0])
        for at, (day, word) in enumerate(said):
            message = message @ _after(day - reached) @ HAPPENED[word] * SAID[word]
            message, reached = message / message.sum(), day
            self._forward[at] = message
        later = np.ones(3)
        for at in range(len(said) - 1, 0, -1):
            day, word = said[at]
            later = HAPPENED[word] @ (SAID[word] * later)
            self._later[at] = later = later / later.sum()
            later = _after(day - said[at - 1][0]) @ later
        self._first = HAPPENED[said[0][1]] @ (SAID[said[0][1]] * later)

    def on(self, day: int) -> Floats:
        """Chances on a day number."""
        at = int(np.searchsorted(self._days, day, side="right"))
        message = START if at == 0 else self._forward[at - 1] @ _after(day - int(self._days[at - 1]))
        later = np.ones(3)
        if at < len(self._days):
            ahead = self._first if at == 0 else self._later[at]
            later = _after(int(self._days[at]) - day) @ ahead
        both = message * later
        found: Floats = both / both.sum()
        return found


@lru_cache(maxsize=4096)
def _after(days: int) -> Floats:
    found: Floats = np.linalg.matrix_power(DAY, max(0, days))
    found.flags.writeable = False
    return found
