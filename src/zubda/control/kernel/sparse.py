"""Forward–backward over knots: days on which something is said, with a quiet span of any length before each.

Between two knots a place may change unreported: it keeps its state with probability ``stay`` (one for sides, one for contested,
the last state), and otherwise ends in a state drawn from ``arrive``, wherever it began (the equal-input chain of
Felsenstein 1981, so that a span of any length is two numbers and not a matrix power). At a knot, what is said to happen may
bring the place to a state: ``stir`` has the chances. Both steps take as many operations as there are states, so the work
grows with the reports, not with days or pairs of states. Scaling is by the sum of the forward message (Rabiner 1989,
section V.A).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["SparseResult", "forward_backward", "resolve_engine"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SMALL = 60_000
"""Knots up to which the NumPy path is as quick as the compiled one and nothing has to be loaded or compiled for it."""


@dataclass(frozen=True, slots=True)
class SparseResult:
    """``forward`` is what is known from a knot and all before it, ``marginal`` the posterior; ``before`` is the message from the
    knot and all after it to the days before it. All are knots x states with rows summing to 1. ``log_likelihood`` is a total, nats.

    ``landed`` (knots x states) is the chance that the span before the knot had an unreported change that ended in the state,
    ``settled`` (knots) that it had one from contested.
    """

    forward: Floats
    before: Floats
    marginal: Floats
    landed: Floats
    settled: Floats
    log_likelihood: float


def resolve_engine(engine: str, size: int = SMALL) -> str:
    """``numba`` or ``numpy`` for ``auto``: numba where it can be imported and the work, in knots, is more than compiling would be."""
    if engine != "auto":
        return engine
    if size < SMALL:
        return "numpy"
    try:
        import numba  # noqa: F401
    except ImportError:
        return "numpy"
    return "numba"


def forward_backward(
    log_emission: Floats,
    pointer: Ints,
    stay: Floats,
    arrive: Floats,
    stir: Floats,
    initial: Floats,
    engine: str = "auto",
) -> SparseResult:
    """One pass over all places.

    ``log_emission`` and ``stir`` are knots x states, rows of ``stir`` summing to less than 1; ``pointer`` gives each place's knots;
    ``stay`` is knots x 2 (sides, contested), 1 for the first of a place; ``arrive`` has one value a state; ``initial`` is places x states.
    Places without knots are allowed.
    """
    run: Any = _compiled() if resolve_engine(engine, len(log_emission)) == "numba" else _numpy
    forward, before, marginal, landed, settled, logs = run(log_emission, pointer, stay, arrive, stir, initial)
    return SparseResult(forward, before, marginal, landed, settled, float(logs))


def _compiled() -> Any:
    from zubda.control.kernel.sparse_compiled import run

    return run


def _numpy(
    log_emission: Floats, pointer: Ints, stay: Floats, arrive: Floats, stir: Floats, initial: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats, float]:
    """All places in step: the n-th knot of each at once, places with the most knots first."""
    top = log_emission.max(axis=1, initial=-np.inf)
    emission = np.exp(log_emission - top[:, None])
    lengths = np.diff(pointer)
    forward, before, marginal, landed = (np.empty_like(emission) for _ in range(4))
    scale, settled = np.empty(len(emission)), np.zeros(len(emission))
    kept = np.repeat(stay[:, :1], emission.shape[1], axis=1)
    kept[:, -1] = stay[:, 1]
    order = np.argsort(-lengths, kind="stable")
    starts, counts = pointer[:-1][order], lengths[order]
    going = [int(np.searchsorted(-counts, -step, side="left")) for step in range(int(lengths.max(initial=0)))]
    for step, active in enumerate(going):
        at = starts[:active] + step
        message = initial[order[:active]]
        if step:
            left = ((1.0 - kept[at]) * forward[at - 1]).sum(axis=1, keepdims=True)
            message = kept[at] * forward[at - 1] + left * arrive
        message = ((1.0 - stir[at].sum(axis=1, keepdims=True)) * message + stir[at]) * emission[at]
        scale[at] = message.sum(axis=1)
        forward[at] = message / scale[at, None]
    later = np.ones((len(lengths), emission.shape[1]))
    for step in range(len(going) - 1, -1, -1):
        active = going[step]
        at = starts[:active] + step
        marginal[at] = forward[at] * later[:active]
        sent = emission[at] * later[:active] / scale[at, None]
        jumped = (stir[at] * sent).sum(axis=1, keepdims=True)
        ahead = (1.0 - stir[at].sum(axis=1, keepdims=True)) * sent + jumped
        before[at] = ahead
        gone = (ahead @ arrive)[:, None]
        landed[at] = 0.0
        if step:
            left = (1.0 - kept[at]) * forward[at - 1]
            landed[at] = left.sum(axis=1, keepdims=True) * arrive * ahead
            settled[at] = left[:, -1] * gone[:, 0]
        later[:active] = kept[at] * ahead + (1.0 - kept[at]) * gone
    for table in (before, marginal):
        table /= table.sum(axis=1, keepdims=True)
    return forward, before, marginal, landed, settled, float(np.log(scale).sum() + top.sum())
