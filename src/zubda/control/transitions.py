"""How holders change: a chance per tick for each clock and kind of place, and where the place goes; learned by EM.

A span of n ticks is the n-th power of one matrix. The expected number of changes inside such a span is exact: with
pair weights W over the span, ticks 0 to n-1 contribute ``(T')^m W (T')^(n-1-m)``, summed over all spans by Horner's rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Clock", "powers", "span_counts"]

Floats = NDArray[np.float64]


def powers(matrix: Floats, most: int) -> Floats:
    """Powers 0 to ``most`` of each matrix: (kinds x states x states) to (kinds x most+1 x states x states), rows summing to 1."""
    kinds, states, _ = matrix.shape
    table = np.empty((kinds, most + 1, states, states))
    table[:, 0] = np.eye(states)
    for n in range(1, most + 1):
        table[:, n] = table[:, n - 1] @ matrix
    table /= table.sum(axis=-1, keepdims=True)
    return table


def span_counts(matrix: Floats, pairs: Floats) -> Floats:
    """Expected single ticks from each state to each, given pair weights by span length (kinds x ticks x states x states)."""
    turned = np.swapaxes(matrix, 1, 2)
    most = pairs.shape[1] - 1
    if most < 1:
        return np.zeros_like(matrix)
    tail = np.zeros_like(matrix)
    tails = np.empty((most, *matrix.shape))
    for m in range(most - 1, -1, -1):
        tail = tail @ turned + pairs[:, m + 1]
        tails[m] = tail
    total = np.zeros_like(matrix)
    for m in range(most - 1, -1, -1):
        total = turned @ total + tails[m]
    counts: Floats = matrix * total
    return counts


JUMP_STRENGTH = 20.0


@dataclass
class Clock:
    """One clock's chance of change per tick, and where to. ``hazard`` is kinds x 2: for a holder, and for a contested place.

    ``jump`` is states x states, the chance of each new state given a change, with a zero diagonal. ``prior`` is the chance
    per tick before anything is learned, ``strength`` the weight of that prior in expected changes.
    """

    hazard: Floats
    jump: Floats
    prior: tuple[float, float]
    strength: float
    prior_jump: Floats

    @classmethod
    def fresh(cls, kinds: int, sides: Floats, prior: tuple[float, float], strength: float, contested: float) -> Clock:
        """A clock at its prior. ``sides`` are the sides' shares of what is told, ``contested`` the share of a holder's
        changes that leave the place contested."""
        holders = len(sides)
        jump = np.zeros((holders + 1, holders + 1))
        jump[:holders, :holders] = sides * (1.0 - np.eye(holders))
        jump[:holders, :holders] *= (1.0 - contested) / np.maximum(jump[:holders, :holders].sum(axis=1, keepdims=True), 1e-9)
        jump[:holders, holders] = contested if holders > 1 else 1.0
        jump[holders, :holders] = sides / sides.sum()
        return cls(np.tile(prior, (kinds, 1)), jump, prior, strength, jump.copy())

    def matrix(self) -> Floats:
        """One tick: kinds x states x states."""
        states = len(self.jump)
        moved = np.repeat(self.hazard[:, :1], states, axis=1)
        moved[:, -1] = self.hazard[:, 1]
        table = moved[:, :, None] * self.jump[None]
        table[:, np.arange(states), np.arange(states)] = 1.0 - moved
        return table

    def learn(self, counts: Floats) -> None:
        """One maximisation from expected ticks (kinds x states x states).

        Each kind's hazard is shrunk to that of all kinds, and that to the prior."""
        states = len(self.jump)
        off = counts * (1.0 - np.eye(states))
        leaving = np.stack([off[:, :-1].sum(axis=(1, 2)), off[:, -1].sum(axis=1)], axis=1)
        exposed = np.stack([counts[:, :-1].sum(axis=(1, 2)), counts[:, -1].sum(axis=1)], axis=1)
        prior = np.array(self.prior)
        pooled = (leaving.sum(axis=0) + self.strength) / (exposed.sum(axis=0) + self.strength / prior)
        self.hazard = np.clip((leaving + self.strength) / (exposed + self.strength / pooled), 1e-9, 0.5)
        moves = off.sum(axis=0) + JUMP_STRENGTH * self.prior_jump
        self.jump = moves / moves.sum(axis=1, keepdims=True)
