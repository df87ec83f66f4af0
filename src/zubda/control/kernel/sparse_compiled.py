"""The compiled form of `zubda.control.kernel.sparse`; imported only when a fit asks for it."""

# mypy: disable-error-code="no-untyped-call, untyped-decorator, misc"

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

__all__ = ["run"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def _forward(
    start: int, stop: int, initial: Floats, log_emission: Floats, emission: Floats, stay: Floats, arrive: Floats,
    stir: Floats, forward: Floats, scale: Floats,
) -> float:  # fmt: skip
    states = emission.shape[1]
    total = 0.0
    for at in range(start, stop):
        kept, top = 1.0, log_emission[at, 0]
        for j in range(states):
            kept -= stir[at, j]
            top = max(top, log_emission[at, j])
        for j in range(states):
            emission[at, j] = np.exp(log_emission[at, j] - top)
        left, summed = 0.0, 0.0
        if at > start:
            for j in range(states):
                left += (1.0 - stay[at, 1 if j == states - 1 else 0]) * forward[at - 1, j]
        for j in range(states):
            got = (
                initial[j]
                if at == start
                else stay[at, 1 if j == states - 1 else 0] * forward[at - 1, j] + left * arrive[j]
            )
            got = (kept * got + stir[at, j]) * emission[at, j]
            forward[at, j] = got
            summed += got
        scale[at] = summed
        total += np.log(summed) + top
        for j in range(states):
            forward[at, j] /= summed
    return total


@njit(cache=True, error_model="numpy")
def _backward(
    start: int, stop: int, emission: Floats, stay: Floats, arrive: Floats, stir: Floats, forward: Floats,
    scale: Floats, before: Floats, marginal: Floats, landed: Floats, settled: Floats,
) -> None:  # fmt: skip
    states = emission.shape[1]
    later = np.ones(states)
    for at in range(stop - 1, start - 1, -1):
        kept, jumped, summed = 1.0, 0.0, 0.0
        for j in range(states):
            marginal[at, j] = forward[at, j] * later[j]
            summed += marginal[at, j]
            later[j] *= emission[at, j] / scale[at]
            jumped += stir[at, j] * later[j]
            kept -= stir[at, j]
        gone, sent, left = 0.0, 0.0, 0.0
        for j in range(states):
            marginal[at, j] /= summed
            later[j] = kept * later[j] + jumped
            sent += later[j]
            gone += arrive[j] * later[j]
            if at > start:
                left += (1.0 - stay[at, 1 if j == states - 1 else 0]) * forward[at - 1, j]
        if at > start:
            settled[at] = (1.0 - stay[at, 1]) * forward[at - 1, states - 1] * gone
        for j in range(states):
            before[at, j] = later[j] / sent
            landed[at, j] = left * arrive[j] * later[j]
            share = stay[at, 1 if j == states - 1 else 0]
            later[j] = share * later[j] + (1.0 - share) * gone


@njit(cache=True, parallel=True, error_model="numpy")
def run(
    log_emission: Floats, pointer: Ints, stay: Floats, arrive: Floats, stir: Floats, initial: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats, float]:
    """All places: messages, chances of change, and the log likelihood, summed in the order of the places."""
    emission, forward, before = np.empty_like(log_emission), np.empty_like(log_emission), np.empty_like(log_emission)
    marginal = np.empty_like(log_emission)
    landed = np.empty_like(emission)
    scale, settled = np.empty(len(emission)), np.zeros(len(emission))
    places = len(pointer) - 1
    logs = np.zeros(places)
    for place in prange(places):
        start, stop = pointer[place], pointer[place + 1]
        if stop > start:
            logs[place] = _forward(
                start, stop, initial[place], log_emission, emission, stay, arrive, stir, forward, scale
            )
            _backward(
                start, stop, emission, stay, arrive, stir, forward, scale, before, marginal, landed, settled
            )  # fmt: skip
    return forward, before, marginal, landed, settled, logs.sum()
