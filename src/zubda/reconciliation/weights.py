"""Fellegi–Sunter weights, learned by expectation–maximisation from what is expected of such claims.

Fellegi and Sunter, "A theory for record linkage" (1969): for each field and level of agreement, m is how often pairs about one
event reach the level, u how often other pairs do; the weight is log2(m/u). Both are learned without labels (Winkler 1988) as the
posterior mode under Dirichlet priors centred on `EXPECTED`, so that a few hundred claims stay near them and a million outvote them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.reconciliation.comparison import FIELDS, LEVELS

__all__ = ["EXPECTED", "Weights", "learn_weights", "prior_weights"]

EXPECTED: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "date": (
        (0.05, 0.59, 0.06, 0.08, 0.09, 0.040, 0.030, 0.006, 0.028, 0.006, 0.003, 0.012, 0.005),
        (0.05, 0.06, 0.02, 0.06, 0.13, 0.100, 0.050, 0.130, 0.060, 0.150, 0.150, 0.010, 0.030),
    ),
    "place": (
        (0.14, 0.22, 0.384, 0.07, 0.02, 0.08, 0.06, 0.008, 0.012, 0.006),
        (0.14, 0.03, 0.110, 0.03, 0.06, 0.06, 0.20, 0.250, 0.040, 0.080),
    ),
    "type": ((0.62, 0.20, 0.11, 0.045, 0.020, 0.005), (0.18, 0.10, 0.16, 0.06, 0.35, 0.15)),
    "sides": ((0.20, 0.42, 0.18, 0.14, 0.05, 0.01), (0.20, 0.22, 0.16, 0.22, 0.12, 0.08)),
    "counts": ((0.68, 0.10, 0.06, 0.03, 0.07, 0.06), (0.68, 0.003, 0.017, 0.02, 0.06, 0.22)),
    "names": ((0.75, 0.21, 0.04), (0.75, 0.07, 0.18)),
    "wording": ((0.05, 0.08, 0.12, 0.18, 0.57), (0.05, 0.01, 0.03, 0.14, 0.77)),
    "outcome": ((0.60, 0.30, 0.07, 0.03), (0.60, 0.14, 0.10, 0.16)),
    "telling": ((0.20, 0.15, 0.24, 0.15, 0.20, 0.06), (0.20, 0.05, 0.14, 0.20, 0.404, 0.006)),
}
"""What is expected before any claim is seen: (m, u) by field, over the levels of `LEVELS`."""

HELD = frozenset({"telling"})
"""Fields whose weights are not learned: how near claims stand in a text goes with everything else that makes them one."""

STRENGTH = 10_000.0
ROUNDS = 25
SETTLED = 1e-5
RATE = 0.2
RATE_STRENGTH = 2_000.0


@dataclass(frozen=True, slots=True)
class Weights:
    """``bits[f][l]`` is the weight of level l of field f; ``prior`` the log2 odds that a blocked pair is about one event."""

    bits: tuple[tuple[float, ...], ...]
    prior: float
    rounds: int = 0

    def table(self) -> NDArray[np.float32]:
        """The bits as an array, shape (fields, most levels), zeros where a field has fewer levels."""
        table = np.zeros((len(FIELDS), max(map(len, LEVELS.values()))), np.float32)
        for row, bits in enumerate(self.bits):
            table[row, : len(bits)] = bits
        return table

    def score(self, codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Total weight in bits, prior included, of pairs with these codes of levels, shape (pairs,)."""
        table = self.table()
        total = np.full(len(codes), self.prior, np.float32)
        for column in range(len(FIELDS)):
            total += table[column][codes[:, column]]
        return total


def prior_weights() -> Weights:
    """The weights before any claim is seen."""
    return _weights([(np.array(m), np.array(u)) for m, u in EXPECTED.values()], RATE, 0)


def learn_weights(patterns: NDArray[np.uint8], frequency: NDArray[np.int64]) -> Weights:
    """Weights learned from patterns of levels, shape (patterns, fields), each met ``frequency`` times."""
    tables = [(np.array(m), np.array(u)) for m, u in EXPECTED.values()]
    rate = RATE
    total = float(frequency.sum())
    before = np.inf
    rounds = 0
    for rounds in range(1, ROUNDS + 1):
        bits = _weights(tables, rate, rounds)
        match = frequency / (1.0 + np.exp2(-bits.score(patterns).astype(np.float64)))
        other = frequency - match
        rate = float((match.sum() + RATE * RATE_STRENGTH) / (total + RATE_STRENGTH))
        for column, (field, (m, u)) in enumerate(EXPECTED.items()):
            if field in HELD:
                continue
            tables[column] = (
                _mode(patterns[:, column], match, m),
                _mode(patterns[:, column], other, u),
            )
        if abs(match.sum() - before) <= SETTLED * total:
            break
        before = match.sum()
    return _weights(tables, rate, rounds)


def _mode(levels: NDArray[np.uint8], share: NDArray[np.float64], expected: tuple[float, ...]) -> NDArray[np.float64]:
    counted = np.bincount(levels, share, len(expected)) + STRENGTH * np.array(expected)
    return np.asarray(counted / counted.sum(), np.float64)


def _weights(tables: list[tuple[NDArray[np.float64], NDArray[np.float64]]], rate: float, rounds: int) -> Weights:
    bits = []
    for field, (m, u) in zip(FIELDS, tables, strict=True):
        weight = np.log2(m / u)
        if field != "type":
            weight[0] = 0.0  # a field that cannot be compared says nothing
        bits.append(tuple(float(value) for value in weight))
    return Weights(tuple(bits), float(np.log2(rate / (1 - rate))), rounds)
