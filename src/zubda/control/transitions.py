"""How holders change: unreported, at small rates learned by EM for each kind of place, and by what is said to happen.

An unreported change comes with chance 1 − exp(−rate · days) and ends in a state drawn from ``arrive``. A report of a kind (a
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
    "gained", "holds", "partial", "lost", "withdrew", "contested", "clash", "strike", "siege", "advance", "deny", "part",
)  # fmt: skip

NAMED = {"gained": 0.35, "holds": 0.05, "partial": 0.08, "clash": 0.02, "part": 0.03}
OTHERS = {"lost": 0.3, "withdrew": 0.35, "strike": 0.01}
SPLIT = {
    "gained": 0.03,
    "partial": 0.4,
    "lost": 0.12,
    "withdrew": 0.05,
    "contested": 0.4,
    "clash": 0.12,
    "advance": 0.1,
    "part": 0.2,
}

SCALES: tuple[str, ...] = ("quarter", "settlement", "city", "wide", "site")
CLASH_SPLIT = dict(zip(SCALES, (0.5, 0.03, 0.02, 0.01, 0.02), strict=True))
ADVANCE_SPLIT = dict(zip(SCALES, (0.3, 0.02, 0.01, 0.0, 0.01), strict=True))
PART_SPLIT = dict(zip(SCALES, (0.2, 0.2, 0.2, 0.05, 0.02), strict=True))
"""A fight somewhere in a city or a province leaves it contested less often than a fight in a quarter or a village does."""


@dataclass
class QuietChange:
    """Unreported change: ``rate`` per day for each kind of place, in sides' hands and contested (kinds x 2), and ``arrive``, the
    chance of each state that it ends in.

    ``prior`` are the rates before anything is learned, ``strength`` their weight in expected changes.
    """

    rate: Floats
    arrive: Floats
    prior: tuple[float, float]
    strength: float
    prior_arrive: Floats

    @classmethod
    def fresh(
        cls, kinds: int, sides: Floats, prior: tuple[float, float], strength: float, contested: float
    ) -> QuietChange:
        """At its prior. ``sides`` are the sides' shares of what is told, ``contested`` the share of changes to contested."""
        arrive = np.append((1.0 - contested) * sides, contested)
        return cls(np.tile(prior, (kinds, 1)), arrive, prior, strength, arrive.copy())

    def stay(self, kind: Ints, days: Floats) -> Floats:
        """Chance of no unreported change in spans of ``days`` at places of these kinds: spans x 2."""
        found: Floats = np.exp(-self.rate[kind] * days[:, None])
        return found

    def carried(self, chances: Floats, stay: Floats) -> Floats:
        """Chances (spans x states) after spans with these chances of no change (spans x 2)."""
        kept = self._by_state(stay)
        found: Floats = kept * chances + ((1.0 - kept) * chances).sum(axis=-1, keepdims=True) * self.arrive
        return found

    def behind(self, message: Floats, stay: Floats) -> Floats:
        """What a message from after each span says of the states before it."""
        kept = self._by_state(stay)
        found: Floats = kept * message + (1.0 - kept) * (message @ self.arrive)[..., None]
        return found

    def _by_state(self, stay: Floats) -> Floats:
        kept = np.repeat(stay[..., :1], len(self.arrive), axis=-1)
        kept[..., -1] = stay[..., 1]
        return kept

    def learn(self, landed: Floats, settled: Floats, held: Floats, kind: Ints, days: Floats) -> None:
        """One maximisation from each span: the chance of a change to each state (spans x states), of one from contested, the
        chance that sides and that nobody held the place before it (spans x 2), its kind and days. Each kind's rates are
        shrunk to those of all kinds, and these to the prior."""
        changed = np.stack([landed @ np.ones(landed.shape[1]) - settled, settled], axis=1)
        hoped = self.rate[kind] * days[:, None]
        changed *= np.where(hoped > 1e-8, hoped / -np.expm1(-np.maximum(hoped, 1e-8)), 1.0)
        for which in range(2):
            changes = np.bincount(kind, changed[:, which], len(self.rate))
            exposed = np.bincount(kind, held[:, which] * days, len(self.rate))
            pooled = (changes.sum() + self.strength) / (exposed.sum() + self.strength / self.prior[which])
            self.rate[:, which] = (changes + self.strength) / (exposed + self.strength / pooled)
        arrived = landed.sum(axis=0) + ARRIVE_STRENGTH * self.prior_arrive
        self.arrive = arrived / arrived.sum()


class Stir:
    """Chance that a report of each kind brings the place to each state, by kind of report, scale of place and state.

    These are not learned: on made-up wars learning them made every score worse, since fights that nobody holds a place in are
    few, and explaining them away always fits.
    """

    def __init__(self, sides: Floats) -> None:
        self.sides = sides

    def rows(self, kind: Ints, scale: Ints, side: Ints) -> Floats:
        """Reports x states for kinds of report, scales of place (indices in `SCALES`) and sides named (-1: none)."""
        holders = len(self.sides)
        table = np.zeros((len(kind), holders + 1))
        named = np.array([NAMED.get(name, 0.0) for name in STIR_KINDS])
        others = np.array([OTHERS.get(name, 0.0) for name in STIR_KINDS])
        split = np.array([[SPLIT.get(name, 0.0)] * len(SCALES) for name in STIR_KINDS])
        split[STIR_KINDS.index("clash")] = list(CLASH_SPLIT.values())
        split[STIR_KINDS.index("advance")] = list(ADVANCE_SPLIT.values())
        split[STIR_KINDS.index("part")] = list(PART_SPLIT.values())
        told = side >= 0
        rest = self.sides[None] * (np.arange(holders) != side[:, None])
        rest /= np.maximum(rest.sum(axis=1, keepdims=True), 1e-12)
        table[:, :-1] = rest * np.where(told, others[kind], 0.0)[:, None]
        table[np.flatnonzero(told), side[told]] += named[kind[told]]
        table[:, -1] = split[kind, scale]
        return table
