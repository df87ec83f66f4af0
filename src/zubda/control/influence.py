"""Which claims moved an answer: each report taken out in turn, in one pass over the place's knots for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zubda.model import Influence

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["influences"]

Floats = NDArray[np.float64]

MOST_REPORTS = 48
LEAST_BITS = 0.005


def influences(posterior: Posterior, place: int, day: int, state: int) -> tuple[Influence, ...]:
    """Claims about the place by the bits with which they moved the odds of ``state`` on a day number, strongest first.

    The bits of a claim are the base-2 log odds of the answer less those without its report, all else unchanged. Copies that
    count as one witness share their bits evenly. Of many reports the ones nearest in time to the day are weighed.
    """
    problem, reports = posterior.problem, posterior.reports
    start, stop = problem.pointer[place], problem.pointer[place + 1]
    low, high = np.searchsorted(problem.knot, [start, stop])
    factors = np.arange(low, high)
    owners = problem.report[factors]
    distinct = np.unique(owners)
    if not len(distinct):
        return ()
    gap = np.maximum(0, np.maximum(reports.first[distinct] - day, day - reports.last[distinct]))
    distinct = distinct[np.argsort(gap, kind="stable")[:MOST_REPORTS]]
    base = posterior.log_emission[start:stop]
    variants = np.repeat(base[None], len(distinct) + 1, axis=0)
    rows = {int(report): at + 1 for at, report in enumerate(distinct)}
    for factor, owner in zip(factors, owners, strict=True):
        row = rows.get(int(owner))
        if row is not None:
            variants[row, problem.knot[factor] - start] -= posterior.factor_log[factor]
    odds = _log_odds(posterior, place, day, state, variants)
    bits: dict[str, float] = defaultdict(float)
    for report, row in rows.items():
        said = reports.claims[report]
        for claim in said:
            bits[posterior.claims[claim].id] += float(odds[0] - odds[row]) / len(said)
    ordered = sorted(bits.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Influence(claim, round(value, 4)) for claim, value in ordered if abs(value) >= LEAST_BITS)


def _log_odds(posterior: Posterior, place: int, day: int, state: int, variants: Floats) -> Floats:
    """Base-2 log odds of a state on a day, for each variant (variants x knots x states) of the place's evidence."""
    problem = posterior.problem
    start = int(problem.pointer[place])
    knots = variants.shape[1]
    kind = np.full(knots, posterior.kind[place])
    emission = np.exp(variants - variants.max(axis=2, keepdims=True))
    here = slice(start, start + knots)
    spans = posterior.quiet_powers[kind, problem.quiet[here]] @ posterior.active_powers[kind, problem.active[here]]
    at = int(problem.knot_of(np.array([place]), np.array([day]))[0]) - start
    message = posterior.parameters.start[None] * emission[:, 0]
    for knot in range(1, at + 1):
        message = message / message.sum(axis=1, keepdims=True) @ spans[knot] * emission[:, knot]
    later = np.ones_like(message)
    for knot in range(knots - 1, at, -1):
        later = (later * emission[:, knot]) @ spans[knot].T
        if knot > at + 1:
            later = later / later.sum(axis=1, keepdims=True)
    if int(problem.day[start + at]) != day:
        message, later = _between(posterior, place, day, at, message, emission, variants, later)
    both = message * later
    both = np.clip(both / both.sum(axis=1, keepdims=True), 1e-12, 1.0)
    chance = both[:, state]
    odds: Floats = np.log2(chance) - np.log2(np.clip(1.0 - chance, 1e-12, 1.0))
    return odds


def _between(
    posterior: Posterior,
    place: int,
    day: int,
    at: int,
    message: Floats,
    emission: Floats,
    variants: Floats,
    later: Floats,
) -> tuple[Floats, Floats]:
    """Messages moved from the knots around to a day between them. Without a knot ahead only the forward one moves."""
    problem = posterior.problem
    start = int(problem.pointer[place])
    key = np.array([place * posterior.grid.days + day])
    ran = posterior.fighting.up_to(key)[0] - posterior.fighting.up_to(problem.key[start + at : start + at + 1])[0]
    passed = posterior.clock[day] - posterior.clock[problem.day[start + at]]
    kind = posterior.kind[place]
    tq, ta = posterior.quiet_powers, posterior.active_powers
    passed = min(int(passed), tq.shape[1] - 1)
    message = message / message.sum(axis=1, keepdims=True) @ (tq[kind, passed] @ ta[kind, int(ran)])
    if at + 1 >= variants.shape[1]:
        return message, later
    rest_quiet = int(problem.quiet[start + at + 1]) - passed
    rest_active = int(problem.active[start + at + 1]) - int(ran)
    rest = tq[kind, max(rest_quiet, 0)] @ ta[kind, max(rest_active, 0)]
    knots = variants.shape[1]
    beyond = np.ones_like(message)
    full = posterior.quiet_powers[kind, problem.quiet[start : start + knots]]
    full = full @ posterior.active_powers[kind, problem.active[start : start + knots]]
    for knot in range(knots - 1, at + 1, -1):
        beyond = (beyond * emission[:, knot]) @ full[knot].T
        beyond = beyond / beyond.sum(axis=1, keepdims=True)
    return message, (beyond * emission[:, at + 1]) @ rest.T
