"""Forward–backward over knots: days on which something is said, with a quiet span of any length before each.

Between two knots a place goes through ``quiet`` ticks of one clock and then ``active`` ticks of another; both steps are looked
up in tables of matrix powers, so the work grows with the number of knots and not with the number of days. Scaling is by
the sum of the forward message, as in Rabiner (1989, section V.A).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["SparseResult", "forward_backward", "resolve_engine"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SparseResult:
    """``forward`` and ``backward`` are knots x states, each row summing to 1: what is known from the knot and all before, and
    from the knot and all after (without what came before). ``marginal`` is the posterior. ``log_likelihood`` is a total, nats.

    ``quiet_pairs`` and ``active_pairs`` (kinds x ticks x states x states) are expected numbers of pairs (state before, state
    after) over spans of that many ticks, divided by the chance of the pair: what `zubda.control.transitions` learns from.
    """

    forward: Floats
    backward: Floats
    marginal: Floats
    log_likelihood: float
    quiet_pairs: Floats
    active_pairs: Floats


def resolve_engine(engine: str) -> str:
    """``numba`` or ``numpy`` for ``auto``: numba wherever it can be imported."""
    if engine != "auto":
        return engine
    try:
        import numba  # noqa: F401
    except ImportError:
        return "numpy"
    return "numba"


def forward_backward(
    log_emission: Floats,
    pointer: Ints,
    kind: Ints,
    quiet: Ints,
    active: Ints,
    initial: Floats,
    quiet_powers: Floats,
    active_powers: Floats,
    engine: str = "auto",
) -> SparseResult:
    """One pass over all places.

    ``log_emission`` is knots x states; ``pointer`` gives each place's knots, ``kind`` each place's row in the tables of powers
    (kinds x ticks x states x states); ``quiet`` and ``active`` the ticks before each knot, 0 for the first of a place;
    ``initial`` is places x states, the chance before the first knot's evidence.
    """
    top = log_emission.max(axis=1, keepdims=True)
    emission = np.exp(log_emission - top)
    run: Any = _compiled() if resolve_engine(engine) == "numba" else _numpy
    forward, backward, marginal, logs, quiet_pairs, active_pairs = run(
        emission, pointer, kind, quiet, active, initial, quiet_powers, active_powers
    )
    return SparseResult(forward, backward, marginal, float(logs + top.sum()), quiet_pairs, active_pairs)


def _compiled() -> Any:
    from zubda.control.kernel.sparse_compiled import run

    return run


def _numpy(
    emission: Floats, pointer: Ints, kind: Ints, quiet: Ints, active: Ints, initial: Floats, tq: Floats, ta: Floats
) -> tuple[Floats, Floats, Floats, float, Floats, Floats]:
    knots, states = emission.shape
    lengths = np.diff(pointer)
    forward, backward, marginal = (np.empty((knots, states)) for _ in range(3))
    middle = np.empty((knots, states))
    scale = np.empty(knots)
    order = np.argsort(-lengths, kind="stable")
    starts, counts = pointer[:-1][order], lengths[order]
    for step in range(int(lengths.max(initial=0))):
        going = int(np.searchsorted(-counts, -step, side="left"))
        at = starts[:going] + step
        which = kind[order[:going]]
        if step == 0:
            message = initial[order[:going]]
            middle[at] = message
        else:
            middle[at] = np.einsum("ni,nij->nj", forward[at - 1], tq[which, quiet[at]])
            message = np.einsum("ni,nij->nj", middle[at], ta[which, active[at]])
        message = message * emission[at]
        scale[at] = message.sum(axis=1)
        forward[at] = message / scale[at, None]
    quiet_pairs, active_pairs = np.zeros_like(tq), np.zeros_like(ta)
    for step in range(int(lengths.max(initial=0)) - 1, -1, -1):
        going = int(np.searchsorted(-counts, -step, side="left"))
        at = starts[:going] + step
        which = kind[order[:going]]
        later = np.ones((going, states))
        more = counts[:going] > step + 1
        after = at[more] + 1
        held = which[more]
        if len(after):
            scaled = backward[after] / scale[after, None]
            between = np.einsum("nij,nj->ni", ta[held, active[after]], scaled)
            np.add.at(active_pairs, (held, active[after]), middle[after][:, :, None] * scaled[:, None, :])
            np.add.at(quiet_pairs, (held, quiet[after]), forward[after - 1][:, :, None] * between[:, None, :])
            later[more] = np.einsum("nij,nj->ni", tq[held, quiet[after]], between)
        both = forward[at] * later
        marginal[at] = both / both.sum(axis=1, keepdims=True)
        backward[at] = emission[at] * later
    total = float(np.log(scale).sum())
    backward /= backward.sum(axis=1, keepdims=True)
    return forward, backward, marginal, total, quiet_pairs, active_pairs
