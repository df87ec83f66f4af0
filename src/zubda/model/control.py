"""Answers about who held a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

__all__ = ["Held", "Influence"]


@dataclass(frozen=True, slots=True)
class Influence:
    """A claim that moved an answer, and by how many bits towards (+) or away from (-) the holder answered."""

    claim: str
    bits: float


@dataclass(frozen=True, slots=True)
class Held:
    """Who held ``place`` at the end of ``day``.

    ``holder`` is the likeliest side, ``contested``, or None where nobody said anything. ``probabilities`` maps every
    side that can hold places, and ``contested``, to 0..1 and sums to 1; it is empty where nobody said anything.
    ``claims`` are those that moved the answer, strongest first. ``method`` names the model, ``view`` the chosen sources.
    """

    place: str
    day: date
    holder: str | None
    probabilities: Mapping[str, float]
    claims: tuple[Influence, ...]
    method: str
    view: str = "all"

    @property
    def probability(self) -> float:
        """Probability of the holder answered, 0 where there is none."""
        return self.probabilities.get(self.holder, 0.0) if self.holder else 0.0
