"""What of every factor stays the same in all rounds of learning, looked up once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports
from zubda.control.evidence.symbols import Vocabulary
from zubda.control.problem import Problem
from zubda.control.transitions import STIR_KINDS, Stir

__all__ = ["BEFORE_NOT", "BEFORE_WAS", "Layout", "summed"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BEFORE_NOT = (0.1, 0.9, 1.0)
BEFORE_WAS = (1.0, 0.7, 0.25)
"""Chance of a change being told, given that the side named did hold the place until then, that it was contested, that
another held it: for "gained", and for "lost" and "withdrew"."""

RANGED = 2.5
"""How much more a gain told within a range of days may open the door on each: what is said counts in part on every day of it,
so the early days, on which most of it is still to come, would else be passed by."""

HOLDS = STIR_KINDS.index("holds")
PARTS = (STIR_KINDS.index("partial"), STIR_KINDS.index("part"))


def summed(key: Ints, values: Floats, size: int) -> Floats:
    """Rows of ``values`` added up by key: size x columns."""
    columns = [np.bincount(key, values[:, column], size) for column in range(values.shape[1])]
    found: Floats = np.stack(columns, axis=1) if len(key) else np.zeros((size, values.shape[1]))
    return found


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns with one entry a factor. ``cell`` and ``event`` are rows in the flat tables of what is said (speakers x controls)
    and of what happens (classes x symbols); ``control`` are the factors of statements. ``stir`` is the chance of change before its
    power. ``part`` are factors that tell of a part taken, with the knot ``part_earlier`` before theirs and the ``part_side``;
    ``holding`` are factors that say a side holds a place, with ``holding_earlier`` and ``holding_side``;
    ``down`` are reports said of a larger place, with its knot and the side named. ``starts`` are where each knot's factors begin."""

    cell: Ints
    event: Ints
    control: Ints
    told: NDArray[np.bool_]
    before: Ints
    before_log: Floats
    stir: Floats
    part: Ints
    part_earlier: Ints
    part_side: Ints
    holding: Ints
    holding_earlier: Ints
    holding_side: Ints
    down: Ints
    down_knot: Ints
    down_side: Ints
    starts: Ints

    @classmethod
    def of(cls, problem: Problem, reports: Reports, words: Vocabulary, scale: Ints, site: Ints, stir: Stir) -> Layout:
        """Look up everything; ``scale`` and ``site`` are the classes of every place."""
        at = problem.report
        symbol, place, side = reports.symbol[at], reports.place[at], reports.side[at]
        control = np.flatnonzero(symbol < words.controls)
        rows = stir.rows(reports.kind[at], scale[place], side) * (~(problem.before | problem.standing))[:, None]
        ranged = (problem.choice >= 0) & (reports.before_sign[at] < 0) & reports.direct[at]
        rows *= np.where(ranged, RANGED, 1.0)[:, None]
        part = np.flatnonzero(np.isin(reports.kind[at], PARTS) & (side >= 0))
        holding = np.flatnonzero((reports.kind[at] == HOLDS) & ~problem.before & ~problem.standing)

        def earlier(which: Ints) -> Ints:
            knot = problem.knot[which]
            return np.maximum(knot - 1, problem.pointer[problem.place[knot]])

        down = np.flatnonzero(reports.above >= 0)
        before = np.flatnonzero(problem.before)
        return cls(
            cell=(reports.speaker[at] * words.controls + symbol)[control],
            event=site[place] * words.size + symbol,
            control=control,
            told=~problem.before & reports.direct[at],
            before=before,
            before_log=_before(reports, at[before], words),
            stir=rows,
            part=part,
            part_earlier=earlier(part),
            part_side=side[part],
            holding=holding,
            holding_earlier=earlier(holding),
            holding_side=side[holding],
            down=down,
            down_knot=problem.knot_of(reports.above[down], reports.last[down]),
            down_side=reports.side[down],
            starts=np.flatnonzero(np.diff(problem.knot, prepend=-1)),
        )


def _before(reports: Reports, which: Ints, words: Vocabulary) -> Floats:
    """Log likelihood of reports of a change in every state of the day before it."""
    table = np.log(np.array([BEFORE_NOT, BEFORE_WAS]))[(reports.before_sign[which] > 0).astype(np.int64)]
    logs = np.repeat(table[:, 2:3], words.states, axis=1)
    logs[:, -1] = table[:, 1]
    logs[np.arange(len(which)), reports.before[which]] = table[:, 0]
    return logs
