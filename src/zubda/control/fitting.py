"""The full model: expectation–maximisation over all places at once.

A hidden Markov model with one chain for each place, tables of what is said (Dawid and Skene 1979; for conflict, Anders 2020, who
set them by hand), changes unreported and reported, and a mean field between neighbours. Each round is deterministic.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import gather
from zubda.control.evidence.symbols import Vocabulary
from zubda.control.evidence.tables import Tables
from zubda.control.evidence.witnesses import scale_of
from zubda.control.interface import claim_span
from zubda.control.kernel import SparseResult, forward_backward
from zubda.control.layout import Layout, summed
from zubda.control.neighbours import couple, neighbour_graph
from zubda.control.options import ControlOptions
from zubda.control.posterior import Convergence, Parameters, Posterior
from zubda.control.problem import bounded, build_problem
from zubda.control.shares import ShareConstraints
from zubda.control.surroundings import surroundings
from zubda.control.timeline import Grid, gains_tempo, tempo
from zubda.control.transitions import SCALES, QuietChange, Stir
from zubda.model import Claim, Theatre

__all__ = ["fit"]

Floats = NDArray[np.float64]

START_STRENGTH = 4.0

SETTLED = 0.3
"""Chance that a contested place has come to the side that is said to hold it."""

EVE_SURE = 0.99
"""How sure it is that a place was held on the eve of the war by the side that the theatre names."""

QUIET_CONTESTED = 0.1
"""Share of unreported changes that leave a place contested: fights seldom go unreported."""


def fit(
    claims: Sequence[Claim],
    theatre: Theatre,
    *,
    view: Collection[str] | None = None,
    options: ControlOptions | None = None,
) -> Posterior:
    """Learn the model from claims and answer who held which place on which day.

    ``view`` limits the sources that are asked: keys of sources, ``text`` for the account's own voice, ``unnamed`` for
    hearsay, or the id of a side for every source aligned with it. The posterior covers all places of the theatre and those that
    claims added, from the day before the first claim to the last.
    """
    options = options or ControlOptions()
    model = _Model(claims, theatre, view, options)
    return model.run()


@dataclass(slots=True)
class _Learned:
    result: SparseResult
    log_emission: Floats
    factor_log: Floats
    stir: Floats
    power: Floats
    around: Floats


class _Model:
    def __init__(
        self, claims: Sequence[Claim], theatre: Theatre, view: Collection[str] | None, options: ControlOptions
    ) -> None:
        self.claims, self.theatre, self.view, self.options = claims, theatre, view, options
        added = dict.fromkeys(place for claim in claims for place in claim.place_ids)
        self.places = tuple(dict.fromkeys((*theatre.places, *added)))
        self.words = Vocabulary(len(theatre.holders()))
        self.grid = self._grid()
        entries = [theatre.places.get(place) for place in self.places]
        kinds = [entry.kind if entry else "unknown" for entry in entries]
        self.kind_names = tuple(dict.fromkeys(kinds)) or ("unknown",)
        numbers = {name: at for at, name in enumerate(self.kind_names)}
        self.kind = np.array([numbers[kind] for kind in kinds], np.int64)
        self.scale = np.array([0 if kind == "unknown" else SCALES.index(scale_of(kind)) for kind in kinds], np.int64)
        self.site = (self.scale >= SCALES.index("city")).astype(np.int64)
        sides = {side: at for at, side in enumerate(theatre.holders())}
        eves = [theatre.holder_of(theatre.held_at_start(place) or "") for place in self.places]
        self.eve = np.array([-1 if eve is None else sides[eve] for eve in eves], np.int64)
        index = {place: at for at, place in enumerate(self.places)}
        self.reports = gather(claims, theatre, index, self.grid.start, self.grid.days, self.grid.war[0], options, view)
        self.clock = tempo(self.grid, self.reports, even=not options.use_tempo)
        graph = neighbour_graph(entries, options.neighbour_distance_km) if options.neighbours > 0 else {}
        self.coupling = couple(self.reports, graph, options.neighbours)
        self.shares = ShareConstraints.of(self.reports.shares if options.use_shares else (), theatre, index)
        around = surroundings(
            entries, self.reports, self.grid, options.surround, options.neighbour_distance_km, self.eve
        )
        extra = np.concatenate([self.coupling.keys(self.grid), self.shares.keys(self.grid), around.keys(self.grid)])
        gains = gains_tempo(self.grid, self.reports, self.words.holders, even=not options.use_tempo)
        self.problem = build_problem(
            len(self.places), self.grid, self.reports, self.clock, gains, extra, ranges=options.use_ranges
        )
        self.tables = Tables(self.words, self.reports.speakers)
        told = self._told_of()
        self.quiet = QuietChange.fresh(
            len(self.kind_names), told, (options.quiet_hazard, options.settling_hazard), options.hazard_strength,
            QUIET_CONTESTED,
        )  # fmt: skip
        self.stir = Stir(told)
        self.near, self.surrounded = self.coupling.at(self.problem), around.at(self.problem)
        self.layout = Layout.of(self.problem, self.reports, self.words, self.scale, self.site, self.stir)
        self.start_prior = np.append(0.97 * told, 0.03)
        self.start = self.start_prior.copy()
        self.factor_prior = self.problem.prior * self.reports.weight[self.problem.report]
        self.choice_power = self.problem.prior.copy()
        self.marginal: Floats | None = None

    def _grid(self) -> Grid:
        first, last = claim_span(self.claims, self.theatre)
        start = first - timedelta(days=1)
        days = (last - start).days + 1
        opening = (self.theatre.first - start).days if self.theatre.first else 1
        closing = (self.theatre.last - start).days if self.theatre.last else days - 1
        return Grid(start, days, (max(0, min(opening, days - 1)), max(0, min(closing, days - 1))))

    def _told_of(self) -> Floats:
        """Each side's share of the reports that name it as holder: sides that are seldom heard of seldom hold places."""
        named = self.reports.direct & (self.reports.symbol < self.words.controls - 1)
        counts = 1.0 + np.bincount(self.reports.side[named], minlength=self.words.holders)
        shares: Floats = counts / counts.sum()
        return shares

    def run(self) -> Posterior:
        history: list[float] = []
        converged = False
        reports = max(1, len(self.reports.symbol))
        for _ in range(self.options.rounds):
            learned = self._expect()
            history.append(learned.result.log_likelihood / reports)
            settled = len(history) > 3 and abs(history[-1] - history[-2]) < self.options.tolerance
            if settled:
                converged = True
                break
            self._maximise(learned)
        learned = self._expect()
        return self._posterior(learned, Convergence(len(history), converged, tuple(history)))

    def _factor_log(self) -> Floats:
        """Log likelihood of every factor in every state, before its power."""
        said, happened = self.tables.log_likelihood()
        layout, states = self.layout, self.words.states
        logs: Floats = happened.reshape(-1, states)[layout.event]
        logs[layout.control] += said.reshape(-1, states)[layout.cell]
        logs[layout.before] = layout.before_log
        return logs

    def _expect(self) -> _Learned:
        problem = self.problem
        logs = self._factor_log()
        if self.marginal is not None:
            self._choose(logs)
        power = self._power()
        emission = np.zeros((len(problem.key), self.words.states))
        if len(logs):
            emission[problem.knot[self.layout.starts]] = np.add.reduceat(
                logs * power[:, None], self.layout.starts, axis=0
            )
        stir, around = self._stirred(power), np.zeros_like(emission)
        if self.marginal is not None:
            around = self.near.spread(self.marginal, emission, self.options.spread)
            self.surrounded.spread(self.marginal, around)
            self.shares.field(problem, self.marginal, emission)
        result = forward_backward(
            emission, problem.pointer, self.quiet.stay(self.kind[problem.place], problem.span), self.quiet.arrive,
            bounded(stir, problem, around), self.initial(), self.options.engine,
        )  # fmt: skip
        self.marginal = result.marginal
        return _Learned(result, emission, logs, stir, power, around)

    def initial(self) -> Floats:
        """Chance of each state of every place before the first report: as learned, or as the theatre says it was held."""
        table = np.tile(self.start, (self.problem.places, 1))
        told = self.eve >= 0
        table[told] = 0.5 * (1.0 - EVE_SURE) * (self.start + 1.0 / len(self.start))
        table[np.flatnonzero(told), self.eve[told]] += EVE_SURE
        return table

    def _stirred(self, power: Floats) -> Floats:
        """Chance that each factor brings its place to each state. A part taken by a side that already holds the whole splits
        nothing; a place said to be held after a fight over it may have been settled by that."""
        layout = self.layout
        rows: Floats = layout.stir * power[:, None]
        if self.marginal is not None:
            rows[layout.part, -1] *= 1.0 - self.marginal[layout.part_earlier, layout.part_side]
            settled = SETTLED * self.marginal[layout.holding_earlier, -1] * power[layout.holding]
            rows[layout.holding, layout.holding_side] += settled
        return rows

    def _power(self) -> Floats:
        """Power of every factor. What was said of a larger place counts as far as it is believed of that place."""
        weight = self.reports.weight.copy()
        if self.marginal is not None:
            weight[self.layout.down] *= self.marginal[self.layout.down_knot, self.layout.down_side]
        found: Floats = self.choice_power * weight[self.problem.report]
        return found

    def _choose(self, logs: Floats) -> None:
        """Which day of its range each report is about: prior shares times how well each day's posterior fits."""
        assert self.marginal is not None
        problem = self.problem
        chosen = np.flatnonzero(problem.choice >= 0)
        if not len(chosen):
            return
        fit_here = (self.marginal[problem.knot[chosen]] * logs[chosen]).sum(axis=1)
        pair = problem.pair[chosen]
        score = np.bincount(pair, fit_here)
        prior = np.zeros(len(score))
        prior[pair] = problem.prior[chosen]
        group = np.zeros(len(score), np.int64)
        group[pair] = problem.choice[chosen]
        best = np.full(problem.choices, -np.inf)
        np.maximum.at(best, group, score)
        weight = prior * np.exp(score - best[group])
        total = np.bincount(group, weight, problem.choices)
        self.choice_power[chosen] = (weight / total[group])[pair]

    def _maximise(self, learned: _Learned) -> None:
        result, problem, reports = learned.result, self.problem, self.reports
        if self.options.learn_tables:
            layout, states = self.layout, self.words.states
            seen = result.marginal[problem.knot] * (learned.power * layout.told)[:, None]
            said = summed(layout.cell, seen[layout.control], len(self.tables.speakers) * self.words.controls)
            happened = summed(layout.event, seen, 2 * self.words.size)
            said = said.reshape(-1, self.words.controls, states)
            happened = happened.reshape(2, -1, states)
            self.tables.learn(
                said, happened, self.options.table_strength, self.options.source_strength, self.options.per_source
            )
        if self.options.learn_hazards:
            earlier = np.roll(result.forward, 1, axis=0)
            held = np.stack([1.0 - earlier[:, -1], earlier[:, -1]], axis=1)
            self.quiet.learn(result.landed, result.settled, held, self.kind[problem.place], problem.span)
        told = np.zeros(problem.places, bool)
        told[reports.place[reports.direct]] = True
        told &= self.eve < 0
        opening = result.marginal[problem.pointer[:-1]][told].sum(axis=0)
        self.start = (opening + START_STRENGTH * self.start_prior) / (opening.sum() + START_STRENGTH)

    def _posterior(self, learned: _Learned, convergence: Convergence) -> Posterior:
        heard = np.zeros(len(self.places), bool)
        heard[self.reports.place] = True
        heard[self.coupling.target] = True
        heard[self.eve >= 0] = True
        parameters = Parameters(self.tables, self.quiet, self.stir, self.initial(), self.kind_names)
        power = learned.power
        return Posterior(
            claims=tuple(self.claims), theatre=self.theatre, place_ids=self.places, grid=self.grid,
            state_ids=(*self.theatre.holders(), "contested"), problem=self.problem, reports=self.reports,
            clock=self.clock, kind=self.kind, result=learned.result,
            log_emission=learned.log_emission, factor_log=learned.factor_log * power[:, None],
            factor_stir=learned.stir, stir_around=learned.around, heard=heard, parameters=parameters,
            convergence=convergence, asked=self.view, options=self.options,
        )  # fmt: skip
