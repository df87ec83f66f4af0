"""The compiled form of `zubda.control.kernel.sparse`; imported only when a fit asks for it."""

# mypy: disable-error-code="no-untyped-call, untyped-decorator, misc"

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

__all__ = ["run"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BLOCKS = 8
"""Places are dealt out in this many blocks, whatever the number of threads, so that sums come out the same everywhere."""


@njit(cache=True, error_model="numpy")
def _forward(
    start: int, stop: int, row: int, initial: Floats, emission: Floats, quiet: Ints, active: Ints, tq: Floats, ta: Floats,
    forward: Floats, middle: Floats, scale: Floats,
) -> float:  # fmt: skip
    states = emission.shape[1]
    total = 0.0
    for at in range(start, stop):
        here = at - start
        summed = 0.0
        if at == start:
            for j in range(states):
                forward[at, j] = initial[j] * emission[at, j]
                summed += forward[at, j]
        else:
            for j in range(states):
                got = 0.0
                for i in range(states):
                    got += forward[at - 1, i] * tq[row, quiet[at], i, j]
                middle[here, j] = got
            for j in range(states):
                got = 0.0
                for i in range(states):
                    got += middle[here, i] * ta[row, active[at], i, j]
                forward[at, j] = got * emission[at, j]
                summed += forward[at, j]
        scale[here] = summed
        total += np.log(summed)
        for j in range(states):
            forward[at, j] /= summed
    return total


@njit(cache=True, error_model="numpy")
def _backward(
    start: int, stop: int, row: int, emission: Floats, quiet: Ints, active: Ints, tq: Floats, ta: Floats,
    forward: Floats, backward: Floats, marginal: Floats, middle: Floats, scale: Floats,
    quiet_pairs: Floats, active_pairs: Floats,
) -> None:  # fmt: skip
    states = emission.shape[1]
    later, between, scaled = np.ones(states), np.empty(states), np.empty(states)
    for at in range(stop - 1, start - 1, -1):
        here = at - start
        summed = 0.0
        sent = 0.0
        for j in range(states):
            marginal[at, j] = forward[at, j] * later[j]
            summed += marginal[at, j]
            scaled[j] = emission[at, j] * later[j]
            sent += scaled[j]
        for j in range(states):
            marginal[at, j] /= summed
            backward[at, j] = scaled[j] / sent
            scaled[j] /= scale[here]
        if at == start:
            break
        for i in range(states):
            got = 0.0
            for j in range(states):
                got += ta[row, active[at], i, j] * scaled[j]
                active_pairs[row, active[at], i, j] += middle[here, i] * scaled[j]
            between[i] = got
        for i in range(states):
            got = 0.0
            for j in range(states):
                got += tq[row, quiet[at], i, j] * between[j]
                quiet_pairs[row, quiet[at], i, j] += forward[at - 1, i] * between[j]
            later[i] = got


@njit(cache=True, parallel=True, error_model="numpy")
def run(
    emission: Floats, pointer: Ints, kind: Ints, quiet: Ints, active: Ints, initial: Floats, tq: Floats, ta: Floats
) -> tuple[Floats, Floats, Floats, float, Floats, Floats]:
    """All places: forward, backward and marginal messages, log likelihood, and pair counts by kind and ticks."""
    knots, states = emission.shape
    places = len(pointer) - 1
    forward = np.empty((knots, states))
    backward = np.empty((knots, states))
    marginal = np.empty((knots, states))
    quiet_pairs = np.zeros((BLOCKS, tq.shape[0], tq.shape[1], states, states))
    active_pairs = np.zeros((BLOCKS, ta.shape[0], ta.shape[1], states, states))
    logs = np.zeros(BLOCKS)
    longest = 1
    for place in range(places):
        longest = max(longest, pointer[place + 1] - pointer[place])
    for block in prange(BLOCKS):
        middle = np.empty((longest, states))
        scale = np.empty(longest)
        for place in range(block, places, BLOCKS):
            start, stop, row = pointer[place], pointer[place + 1], kind[place]
            logs[block] += _forward(
                start, stop, row, initial[place], emission, quiet, active, tq, ta, forward, middle, scale
            )
            _backward(
                start, stop, row, emission, quiet, active, tq, ta, forward, backward, marginal, middle, scale,
                quiet_pairs[block], active_pairs[block],
            )  # fmt: skip
    return forward, backward, marginal, logs.sum(), quiet_pairs.sum(axis=0), active_pairs.sum(axis=0)
