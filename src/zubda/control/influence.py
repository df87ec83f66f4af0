"""Which claims moved an answer: each report taken out in turn, in one pass over the place's knots for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zubda.control.transitions import MOST_STIR
from zubda.model import Influence

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["influences"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_REPORTS = 48
LEAST_BITS = 0.005


def influences(posterior: Posterior, place: int, day: int, state: int) -> tuple[Influence, ...]:
    """Claims about the place by the bits with which they moved the odds of ``state`` on a day number, strongest first.

    The bits of a claim are the base-2 log odds of the answer less those without its report, all else unchanged. Copies that
    count as one witness share their bits evenly. Of many reports the ones nearest in time to the day are weighed.
    """
    problem, reports = posterior.problem, posterior.reports
    start, stop = problem.pointer[place], problem.pointer[place + 1]
    factors = np.arange(*np.searchsorted(problem.knot, [start, stop]))
    distinct = np.unique(problem.report[factors])
    if not len(distinct):
        return ()
    gap = np.maximum(0, np.maximum(reports.first[distinct] - day, day - reports.last[distinct]))
    distinct = distinct[np.argsort(gap, kind="stable")[:MOST_REPORTS]]
    evidence, stir = _variants(posterior, factors, distinct, int(start), int(stop))
    odds = _log_odds(posterior, place, day, state, evidence, stir)
    bits: dict[str, float] = defaultdict(float)
    for row, report in enumerate(distinct, start=1):
        said = reports.claims[report]
        for claim in said:
            bits[posterior.claims[claim].id] += float(odds[0] - odds[row]) / len(said)
    ordered = sorted(bits.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Influence(claim, round(value, 4)) for claim, value in ordered if abs(value) >= LEAST_BITS)


def _variants(posterior: Posterior, factors: Ints, distinct: Ints, start: int, stop: int) -> tuple[Floats, Floats]:
    """Evidence and chances of change (variants x knots x states): with all reports, then without each in turn."""
    problem = posterior.problem
    evidence = np.repeat(posterior.log_emission[start:stop][None], len(distinct) + 1, axis=0)
    joined = posterior.stir_around[start:stop].copy()
    np.add.at(joined, problem.knot[factors] - start, posterior.factor_stir[factors])
    stir = np.repeat(joined[None], len(distinct) + 1, axis=0)
    rows = {int(report): at for at, report in enumerate(distinct, start=1)}
    for factor in factors:
        row = rows.get(int(problem.report[factor]))
        if row is not None:
            evidence[row, problem.knot[factor] - start] -= posterior.factor_log[factor]
            stir[row, problem.knot[factor] - start] -= posterior.factor_stir[factor]
    total = stir.sum(axis=2, keepdims=True)
    return evidence, stir * np.where(total > MOST_STIR, MOST_STIR / np.maximum(total, 1e-12), 1.0)


def _log_odds(posterior: Posterior, place: int, day: int, state: int, evidence: Floats, stir: Floats) -> Floats:
    """Base-2 log odds of a state on a day, for each variant."""
    problem, quiet = posterior.problem, posterior.parameters.quiet
    start, knots = int(problem.pointer[place]), evidence.shape[1]
    emission = np.exp(evidence - evidence.max(axis=2, keepdims=True))
    kind = np.full(knots, posterior.kind[place])
    stay = quiet.stay(kind, problem.span[start : start + knots])
    kept = 1.0 - stir.sum(axis=2, keepdims=True)
    at = int(problem.knot_of(np.array([place]), np.array([day]))[0]) - start

    def ahead(knot: int, later: Floats) -> Floats:
        sent = emission[:, knot] * later
        sent = kept[:, knot] * sent + (stir[:, knot] * sent).sum(axis=1, keepdims=True)
        found: Floats = sent / sent.sum(axis=1, keepdims=True)
        return found

    chances = np.broadcast_to(posterior.parameters.start[place], emission[:, 0].shape)
    for knot in range(at + 1):
        if knot:
            chances = quiet.carried(chances, stay[knot])
        chances = (kept[:, knot] * chances + stir[:, knot]) * emission[:, knot]
        chances = chances / chances.sum(axis=1, keepdims=True)
    later = np.ones(chances.shape)
    for knot in range(knots - 1, at + 1, -1):
        later = quiet.behind(ahead(knot, later), stay[knot])
    passed = float(posterior.clock[day] - posterior.clock[problem.day[start + at]])
    chances = quiet.carried(chances, quiet.stay(kind[:1], np.array([passed]))[0])
    if at + 1 < knots:
        rest = max(float(problem.span[start + at + 1]) - passed, 0.0)
        later = quiet.behind(ahead(at + 1, later), quiet.stay(kind[:1], np.array([rest]))[0])
    both = chances * later
    chance = np.clip(both / both.sum(axis=1, keepdims=True), 1e-12, 1.0)[:, state]
    odds: Floats = np.log2(chance) - np.log2(np.clip(1.0 - chance, 1e-12, 1.0))
    return odds
