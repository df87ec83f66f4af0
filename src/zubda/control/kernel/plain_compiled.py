"""The compiled form of `zubda.control.kernel.plain`; imported only when asked for.

Many sequences run side by side, and everything of a step lies in one record of a single array at distances known when
compiling, so that the compiler sees that nothing overlaps and works on several at once; each number of states therefore has
code of its own. Indices are unsigned, since signed ones may count from the end, and that has to be asked each time.
"""

# mypy: disable-error-code="no-untyped-call, untyped-decorator, misc"

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["compiled", "workspace"]

Floats = NDArray[Any]
Ints = NDArray[np.int32]

LANES = 64
"""Sequences side by side: enough that the compiler does not unroll the loops over them before it makes vectors of them."""

RENEW = 16
"""Steps after which a product of scales is turned into a logarithm, before it leaves the range of double precision."""

u = np.uint64


def workspace(states: int, steps: int, kind: type) -> Floats:
    """Room for the records of all steps of one block."""
    return np.zeros((3 * states + 1) * LANES * steps, kind)


@lru_cache(maxsize=16)
def compiled(states: int) -> Any:
    """The function ``run`` for models of so many states."""
    size = states * LANES
    later, record = 2 * size + LANES, 3 * size + LANES

    @njit(cache=True, fastmath=True, error_model="numpy")
    def _fill(observations: Ints, first: int, used: int, emission: Floats, work: Floats) -> None:
        """Chance of what was observed, by state, in one block of sequences; the last stands in for those missing."""
        for step in range(observations.shape[1]):
            for lane in range(LANES):
                symbol = observations[u(first + min(lane, used - 1)), u(step)]
                for j in range(states):
                    work[u(step * record + j * LANES + lane)] = emission[u(symbol), u(j)]

    @njit(cache=True, fastmath=True, error_model="numpy")
    def _forward(work: Floats, start: Floats, transition: Floats, steps: int) -> None:
        """Messages after each step, and what they were divided by, upside down."""
        one = start.dtype.type(1)
        for step in range(steps):
            likely = step * record
            message, scale, before = likely + size, likely + 2 * size, likely - record + size
            for j in range(states):
                at = message + j * LANES
                weight = start[u(j)] if step == 0 else transition[u(0), u(j)]
                if step == 0:
                    for lane in range(LANES):
                        work[u(at + lane)] = weight
                else:
                    for lane in range(LANES):
                        work[u(at + lane)] = weight * work[u(before + lane)]
                    for i in range(1, states):
                        weight = transition[u(i), u(j)]
                        for lane in range(LANES):
                            work[u(at + lane)] += weight * work[u(before + i * LANES + lane)]
                for lane in range(LANES):
                    work[u(at + lane)] *= work[u(likely + j * LANES + lane)]
            for lane in range(LANES):
                work[u(scale + lane)] = work[u(message + lane)]
            for j in range(1, states):
                for lane in range(LANES):
                    work[u(scale + lane)] += work[u(message + j * LANES + lane)]
            for lane in range(LANES):
                work[u(scale + lane)] = one / work[u(scale + lane)]
            for j in range(states):
                for lane in range(LANES):
                    work[u(message + j * LANES + lane)] *= work[u(scale + lane)]

    @njit(cache=True, fastmath=True, error_model="numpy")
    def _backward(work: Floats, transition: Floats, steps: int) -> None:
        """What later steps say of each; the chances of what was observed give way to what each step sends to the one before it."""
        for k in range(size):
            work[u((steps - 1) * record + later + k)] = 1
        for step in range(steps - 1, 0, -1):
            here, back = step * record, (step - 1) * record + later
            for j in range(states):
                for lane in range(LANES):
                    k = j * LANES + lane
                    scaled = work[u(here + 2 * size + lane)] * work[u(here + later + k)]
                    work[u(here + k)] = work[u(here + k)] * scaled
            for i in range(states):
                at = back + i * LANES
                weight = transition[u(i), u(0)]
                for lane in range(LANES):
                    work[u(at + lane)] = weight * work[u(here + lane)]
                for j in range(1, states):
                    weight = transition[u(i), u(j)]
                    for lane in range(LANES):
                        work[u(at + lane)] += weight * work[u(here + j * LANES + lane)]

    @njit(cache=True, fastmath=True, error_model="numpy")
    def _pairs(work: Floats, steps: int, counted: Floats) -> None:
        """Chances of each pair of states in following steps, over the transition, summed into ``counted`` by lane."""
        for step in range(1, steps):
            here, before = step * record, (step - 1) * record + size
            for i in range(states):
                for j in range(states):
                    at, ahead, back = (i * states + j) * LANES, here + j * LANES, before + i * LANES
                    for lane in range(LANES):
                        counted[u(at + lane)] += work[u(back + lane)] * work[u(ahead + lane)]

    @njit(cache=True, fastmath=True, error_model="numpy")
    def _logs(work: Floats, steps: int, used: int) -> float:
        """Log likelihood of the sequences of a block."""
        product, total = np.ones(LANES), np.zeros(LANES)
        for step in range(steps):
            at = step * record + 2 * states * LANES
            for lane in range(LANES):
                product[u(lane)] *= np.float64(work[u(at + lane)])
            if step % RENEW == RENEW - 1 or step == steps - 1:
                for lane in range(LANES):
                    total[u(lane)] -= np.log(product[u(lane)])
                    product[u(lane)] = 1.0
        return float(total[:used].sum())

    @njit(cache=True, error_model="numpy")
    def _seen(observations: Ints, first: int, used: int, work: Floats, seen: Floats, kept: Floats, keep: bool) -> None:
        """Chances of states summed by symbol and lane (symbols x states x lanes); with ``keep``, also written out."""
        for step in range(observations.shape[1]):
            message = step * record + size
            after = message + size + LANES
            for lane in range(used):
                symbol = observations[u(first + lane), u(step)]
                for j in range(states):
                    k = j * LANES + lane
                    chance = work[u(message + k)] * work[u(after + k)]
                    seen[u(symbol), u(j), u(lane)] += chance
                    if keep:
                        kept[first + lane, step, j] = chance

    @njit(cache=True, error_model="numpy")
    def run(
        observations: Ints, start: Floats, transition: Floats, emission: Floats, work: Floats, keep: bool
    ) -> tuple[Floats, Floats, Floats, Floats, float]:
        """All sequences, in blocks of `LANES`; ``work`` is a `workspace`."""
        count, steps = observations.shape
        symbols = emission.shape[1]
        turned = np.ascontiguousarray(emission.T)
        kept = np.empty((count if keep else 0, steps, states), start.dtype)
        starts, seen = np.zeros(states), np.zeros((symbols, states))
        pairs = np.zeros((states, states))
        total = 0.0
        counted, told = np.empty(states * size, start.dtype), np.empty((symbols, states, LANES), start.dtype)
        for first in range(0, count, LANES):
            used = min(LANES, count - first)
            _fill(observations, first, used, turned, work)
            _forward(work, start, transition, steps)
            _backward(work, transition, steps)
            counted[:] = 0
            told[:] = 0
            _pairs(work, steps, counted)
            _seen(observations, first, used, work, told, kept, keep)
            total += _logs(work, steps, used)
            for j in range(states):
                for lane in range(used):
                    k = j * LANES + lane
                    starts[j] += work[size + k] * work[2 * size + LANES + k]
                    for symbol in range(symbols):
                        seen[symbol, j] += told[symbol, j, lane]
                    for i in range(states):
                        pairs[i, j] += counted[(i * states + j) * LANES + lane]
        return kept, starts, pairs * transition, seen.T.copy(), total

    return run
