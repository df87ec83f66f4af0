"""The plain hidden Markov model with categorical observations: what the sparse kernel is a special form of, and a peer for timing.

Sequences of one length run side by side, so that the inner loop goes over sequences and not over states: processors do many of
those at once. Messages are scaled by their sum (Rabiner 1989, section V.A) in the precision of the arrays given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zubda.control.kernel.sparse import resolve_engine
from zubda.errors import UsageError

__all__ = ["PlainModel", "fit_plain", "posteriors"]

Floats = NDArray[Any]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PlainModel:
    """``start`` (states), ``transition`` (states x states) and ``emission`` (states x symbols), rows summing to 1."""

    start: NDArray[np.float64]
    transition: NDArray[np.float64]
    emission: NDArray[np.float64]


def posteriors(model: PlainModel, observations: Ints, *, engine: str = "auto") -> tuple[Floats, float]:
    """Chance of each state (sequences x steps x states) and total log likelihood (nats), in double precision.

    ``observations`` are symbols, sequences x steps. Raises `UsageError` (``usage.symbols``) for symbols the model does not have.
    """
    expect = _expectation(model, observations, np.float64, engine, keep=True)
    gamma, *_, log_likelihood = expect(model)
    return gamma, log_likelihood


def fit_plain(
    model: PlainModel, observations: Ints, *, rounds: int = 30, single: bool = True, engine: str = "auto"
) -> tuple[PlainModel, tuple[float, ...]]:
    """Expectation–maximisation (Baum and Welch) from a model: the model learned and the log likelihood before each round.

    ``single`` runs the messages in single precision, which is exact enough for learning. Raises `UsageError` as `posteriors`.
    """
    history = []
    expect = _expectation(model, observations, np.float32 if single else np.float64, engine, keep=False)
    for _ in range(rounds):
        _, start, pairs, seen, log_likelihood = expect(model)
        history.append(log_likelihood)
        model = PlainModel(*(_rows(table) for table in (start, pairs, seen)))
    return model, tuple(history)


def _rows(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    total = counts.sum(axis=-1, keepdims=True)
    rows: NDArray[np.float64] = np.where(total > 0, counts / np.where(total > 0, total, 1.0), 1.0 / counts.shape[-1])
    return rows


Expected = tuple[Floats, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]


def _expectation(
    model: PlainModel, observations: Ints, kind: type, engine: str, *, keep: bool
) -> Callable[[PlainModel], Expected]:
    """One expectation over these observations, for any model of this shape: posterior (empty unless kept), expected starts, pairs
    and symbols by state, log likelihood."""
    states, symbols = model.emission.shape
    if observations.ndim != 2 or observations.min(initial=0) < 0 or observations.max(initial=0) >= symbols:
        raise UsageError(
            "symbols",
            f"Observations must be sequences x steps of symbols 0 to {symbols - 1}.",
            "Number the symbols from 0 as the columns of the emission table.",
        )

    def tables(model: PlainModel) -> list[Floats]:
        return [np.ascontiguousarray(table, kind) for table in (model.start, model.transition, model.emission)]

    if resolve_engine(engine) != "numba":
        return lambda model: _numpy(observations, *tables(model))
    from zubda.control.kernel.plain_compiled import compiled, workspace

    run, told = compiled(states), np.ascontiguousarray(observations, np.int32)
    work = workspace(states, observations.shape[1], kind)

    def expect(model: PlainModel) -> Expected:
        found: Expected = run(told, *tables(model), work, keep)
        return found

    return expect


def _numpy(observations: Ints, start: Floats, transition: Floats, emission: Floats) -> Expected:
    count, steps = observations.shape
    states = len(start)
    forward = np.empty((steps, count, states), start.dtype)
    scale = np.empty((steps, count), start.dtype)
    likely = emission.T[observations.T]
    message = np.broadcast_to(start, (count, states))
    for step in range(steps):
        message = (message if step == 0 else forward[step - 1] @ transition) * likely[step]
        scale[step] = message.sum(axis=1)
        forward[step] = message / scale[step, :, None]
    gamma = np.empty_like(forward)
    later = np.ones((count, states), start.dtype)
    pairs = np.zeros((states, states))
    for step in range(steps - 1, -1, -1):
        gamma[step] = forward[step] * later
        sent = likely[step] * later / scale[step, :, None]
        if step:
            pairs += forward[step - 1].T @ sent
            later = sent @ transition.T
    seen = np.zeros((states, emission.shape[1]))
    np.add.at(seen.T, observations.T.ravel(), gamma.reshape(-1, states))
    total = float(np.log(scale.astype(np.float64)).sum())
    return gamma.transpose(1, 0, 2), gamma[0].sum(axis=0, dtype=np.float64), pairs * transition, seen, total
