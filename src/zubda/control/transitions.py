"""How holders change: unreported, at a small rate for each kind of place, and by what is said to happen; both learned by EM.

An unreported change comes with chance 1 − exp(−rate · days) and ends with a holder drawn from ``arrive``. A report of a kind (a
gain, a fight) brings the place to a state with a chance of its own: fights leave areas contested, gains bring the taker.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST_STIR", "SCALES", "STIR_KINDS", "QuietChange", "Stir"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ARRIVE_STRENGTH = 200.0
MOST_STIR = 0.95
"""Most of the chance that reports of one day can change a place, so that what is known of it is never lost altogether."""

STIR_KINDS: tuple[str, ...] = (
    "gained", "holds", "partial", "lost", "withdrew", "contested", "clash", "strike", "siege", "deny", "part",
)  # fmt: skip

NAMED = {"gained": 0.35, "holds": 0.08, "partial": 0.08, "clash": 0.02, "part": 0.03}
OTHERS = {"lost": 0.3, "withdrew": 0.35, "strike": 0.01}
SPLIT = {"gained": 0.03, "partial": 0.4, "lost": 0.12, "withdrew": 0.05, "contested": 0.4, "clash": 0.12, "part": 0.2}

SCALES: tuple[str, ...] = ("quarter", "settlement", "city", "wide", "site")
CLASH_SPLIT = dict(zip(SCALES, (0.12, 0.1, 0.03, 0.01, 0.05), strict=True))
PART_SPLIT = dict(zip(SCALES, (0.2, 0.2, 0.2, 0.05, 0.02), strict=True))
"""A fight somewhere in a city or a province leaves it contested less often than a fight in a quarter or a village does."""


@dataclass
class QuietChange:
    """Unreported change: ``rate`` per day for each kind of place, ``arrive`` the chance of each state it ends in.

    ``prior`` is the rate before anything is learned, ``strength`` its weight in expected changes.
    """

    rate: Floats
    arrive: Floats
    prior: float
    strength: float
    prior_arrive: Floats

    @classmethod
    def fresh(cls, kinds: int, sides: Floats, prior: float, strength: float, contested: float) -> QuietChange:
        """At its prior. ``sides`` are the sides' shares of what is told, ``contested`` the share of changes to contested."""
        arrive = np.append((1.0 - contested) * sides, contested)
        return cls(np.full(kinds, prior), arrive, prior, strength, arrive.copy())

    def stay(self, kind: Ints, days: Floats) -> Floats:
        """Chance of no unreported change in spans of ``days`` at places of these kinds."""
        found: Floats = np.exp(-self.rate[kind] * days)
        return found

    def learn(self, landed: Floats, kind: Ints, days: Floats) -> None:
        """One maximisation from the chance of a change to each state in every span (spans x states), its kind and its days."""
        changed = landed.sum(axis=1)
        hoped = self.rate[kind] * days
        several = np.where(hoped > 1e-8, hoped / -np.expm1(-np.maximum(hoped, 1e-8)), 1.0)
        changes = np.bincount(kind, changed * several, len(self.rate))
        exposed = np.bincount(kind, days, len(self.rate))
        pooled = (changes.sum() + self.strength) / (exposed.sum() + self.strength / self.prior)
        self.rate = (changes + self.strength) / (exposed + self.strength / pooled)
        arrived = landed.sum(axis=0) + ARRIVE_STRENGTH * self.prior_arrive
        self.arrive = arrived / arrived.sum()


class Stir:
    """Chance that a report of each kind brings the place to each state, by kind of report, scale of place and state.

    ``level`` scales each kind's whole prior row and is what is learned.
    """

    def __init__(self, sides: Floats, strength: float) -> None:
        self.sides, self.strength = sides, strength
        self.level = np.ones(len(STIR_KINDS))

    def rows(self, kind: Ints, scale: Ints, side: Ints) -> Floats:
        """Reports x states for kinds of report, scales of place (indices in `SCALES`) and sides named (-1: none)."""
        holders = len(self.sides)
        table = np.zeros((len(kind), holders + 1))
        named = np.array([NAMED.get(name, 0.0) for name in STIR_KINDS])
        others = np.array([OTHERS.get(name, 0.0) for name in STIR_KINDS])
        split = np.array([[SPLIT.get(name, 0.0)] * len(SCALES) for name in STIR_KINDS])
        split[STIR_KINDS.index("clash")] = list(CLASH_SPLIT.values())
        split[STIR_KINDS.index("part")] = list(PART_SPLIT.values())
        told = side >= 0
        rest = self.sides[None] * (np.arange(holders) != side[:, None])
        rest /= np.maximum(rest.sum(axis=1, keepdims=True), 1e-12)
        table[:, :-1] = rest * np.where(told, others[kind], 0.0)[:, None]
        table[np.flatnonzero(told), side[told]] += named[kind[told]]
        table[:, -1] = split[kind, scale]
        scaled: Floats = table * self.level[kind][:, None]
        return scaled

    def learn(self, kind: Ints, hoped: Floats, found: Floats) -> None:
        """One maximisation: chances of change summed over reports, as hoped for and as found, by kind of report."""
        before = np.bincount(kind, hoped, len(STIR_KINDS)) / self.level
        after = np.bincount(kind, found, len(STIR_KINDS))
        self.level = np.clip((after + self.strength) / (before + self.strength), 0.2, 1.15)
