"""The fitted model: who held which place on which day, how sure that is, and which claims say so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Reports
from zubda.control.evidence.tables import Tables
from zubda.control.influence import influences
from zubda.control.interface import place_index
from zubda.control.kernel import SparseResult, forward_backward
from zubda.control.options import ControlOptions
from zubda.control.problem import Problem, bounded
from zubda.control.sources import in_view, voice_of
from zubda.control.timeline import Grid
from zubda.control.transitions import QuietChange, Stir
from zubda.errors import UnknownNameError
from zubda.model import Claim, Held, Theatre

if TYPE_CHECKING:
    from zubda.control.access import AccessModel
    from zubda.control.changes import Change
    from zubda.control.leanings import Leaning

__all__ = ["Convergence", "Parameters", "Posterior"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

METHOD = "hidden Markov model"


@dataclass(frozen=True, slots=True)
class Convergence:
    """How the learning went: rounds, whether it settled, and the mean log likelihood per report (nats) of every round."""

    rounds: int
    converged: bool
    history: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was learned: tables of what is said, change unreported and reported, the chance of each state before the
    first report (places x states).

    ``kinds`` names the kinds of place, in the order of the rates of unreported change.
    """

    tables: Tables
    quiet: QuietChange
    stir: Stir
    start: Floats
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Posterior:
    """The answer of `zubda.control.fit`; a `zubda.control.ControlModel`.

    Messages are kept at knots only (place-days that something is said about); any other day is worked out when asked for.
    """

    claims: tuple[Claim, ...]
    theatre: Theatre
    place_ids: tuple[str, ...]
    grid: Grid
    state_ids: tuple[str, ...]
    problem: Problem
    reports: Reports
    clock: Floats
    kind: Ints
    result: SparseResult
    log_emission: Floats
    factor_log: Floats
    factor_stir: Floats
    stir_around: Floats
    heard: NDArray[np.bool_]
    parameters: Parameters
    convergence: Convergence
    asked: Collection[str] | None
    options: ControlOptions

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the theatre's places and of those that claims added."""
        return self.place_ids

    @property
    def first(self) -> date:
        """First day of the fit, the day before anything is told."""
        return self.grid.start

    @property
    def last(self) -> date:
        """Last day that claims or the theatre speak of. Later days are answered by carrying on from it."""
        return self.grid.day(self.grid.days - 1)

    @property
    def states(self) -> tuple[str, ...]:
        """Side ids, then ``contested``."""
        return self.state_ids

    @property
    def method(self) -> str:
        """``hidden Markov model``."""
        return METHOD

    @property
    def view(self) -> str:
        """The sources asked, or ``all``."""
        return "all" if self.asked is None else ", ".join(sorted(self.asked))

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of every place."""
        return {place: at for at, place in enumerate(self.place_ids)}

    def held(self, place_id: str, day: date) -> Held:
        """The holder at the end of the day, all probabilities, and the claims that moved the answer, in bits.

        A place that nobody said anything about, directly or through the places around it, has no holder and no probabilities.
        A day before the first or after the last is answered as that day. Raises `UnknownNameError` (``unknown.place``).
        """
        at = place_index(self.place_ids, place_id, self.index)
        if not self.heard[at]:
            return Held(place_id, day, None, {}, (), self.method, self.view)
        number = self.grid.number(day)
        chances = self.day_table(number, np.array([at]))[0]
        best = int(chances.argmax())
        moved = influences(self, at, number, best)
        named = {state: float(chance) for state, chance in zip(self.state_ids, chances, strict=True)}
        return Held(place_id, day, self.state_ids[best], named, moved, self.method, self.view)

    def probabilities(self, day: date) -> Floats:
        """Places by states at the end of the day; rows of NaN for places that nobody said anything about."""
        table = self.day_table(self.grid.number(day))
        table[~self.heard] = np.nan
        return table

    def day_table(self, number: int, which: Ints | None = None) -> Floats:
        """Places by states on a day number, for the places with these indices or all."""
        places = np.arange(self.problem.places) if which is None else which
        return self.table_at(places, np.full(len(places), number, np.int64))

    def table_at(self, places: Ints, days: Ints) -> Floats:
        """Chance of each state (columns) for pairs of place index and day number."""
        problem = self.problem
        knot = problem.knot_of(places, days)
        after = np.minimum(knot + 1, len(problem.key) - 1)
        more = knot + 1 < problem.pointer[places + 1]
        table = self._carried(self.result.forward[knot], places, self.clock[days] - self.clock[problem.day[knot]])
        ahead, rest = self.result.before[after], self.clock[problem.day[after]] - self.clock[days]
        behind = self.parameters.quiet.behind(ahead, self.parameters.quiet.stay(self.kind[places], rest))
        table = np.where(more[:, None], table * behind, table)
        table /= table.sum(axis=1, keepdims=True)
        found: Floats = np.where((problem.day[knot] == days)[:, None], self.result.marginal[knot], table)
        return found

    def row(self, place_id: str, number: int) -> Floats:
        """Chance of each state of a place (an id in ``places``) on a day number."""
        found: Floats = self.day_table(number, np.array([self.index[place_id]]))[0]
        return found

    def position(self, place_id: str) -> int:
        """Position of a place. Raises `UnknownNameError` (``unknown.place``)."""
        return place_index(self.place_ids, place_id, self.index)

    def holder_id(self, side: str) -> str:
        """The holding side that a code stands for. Raises `UnknownNameError` (``unknown.side``)."""
        holder = self.theatre.holder_of(side)
        if holder is None:
            raise UnknownNameError(
                "side", f"No side that can hold places has the code {side!r}.",
                f"Use one of: {', '.join(self.state_ids[:-1])}.", self.state_ids[:-1],
            )  # fmt: skip
        return holder

    def asks(self, claim: Claim) -> bool:
        """Whether this posterior's view asks the claim's source."""
        return self.asked is None or in_view(voice_of(claim, self.theatre), self.asked)

    @cached_property
    def access(self) -> AccessModel:
        """Roads and sieges by day; see `zubda.control.access`."""
        from zubda.control.access import AccessModel

        return AccessModel(self)

    def _carried(self, chances: Floats, places: Ints, days: Floats) -> Floats:
        """Chances carried on over days of average tempo on which nothing is said."""
        quiet = self.parameters.quiet
        return quiet.carried(chances, quiet.stay(self.kind[places], days))

    def inferred(self, log_emission: Floats) -> SparseResult:
        """Forward and backward over all places with other evidence (knots x states, log), everything learned kept."""
        problem, quiet = self.problem, self.parameters.quiet
        return forward_backward(
            log_emission, problem.pointer, quiet.stay(self.kind[problem.place], problem.span), quiet.arrive,
            bounded(self.factor_stir, problem, self.stir_around), self.parameters.start, self.options.engine,
        )  # fmt: skip

    def changes(self, place_id: str) -> tuple[Change, ...]:
        """Spans of one holder each, with the first and last day as ranges; see `zubda.control.changes`."""
        from zubda.control.changes import changes_of

        return changes_of(self, place_id)

    def leanings(self) -> tuple[Leaning, ...]:
        """How often each source says its own side holds what another holds, by kind of claim; see `zubda.control.leanings`."""
        from zubda.control.leanings import leanings_of

        return leanings_of(self)

    def to_xarray(self) -> Any:
        """Probability by place, day and side as an ``xarray.DataArray``; NaN where nobody said anything.

        Takes 8 bytes for each place, day and state.
        """
        from zubda.control.arrays import to_xarray

        return to_xarray(self)

    def to_geodataframe(self, day: date) -> Any:
        """One row for each place with a point: holder, probabilities, precision. Needs the extra ``geo``."""
        from zubda.control.arrays import to_geodataframe

        return to_geodataframe(self, day)

    def without(self, claims: Collection[str] = (), sources: Collection[str] = ()) -> Posterior:
        """What if these claims (ids) or sources (keys) had not spoken: the same model learned from the rest."""
        from zubda.control.fitting import fit
        from zubda.control.sources import voice_of

        kept: Sequence[Claim] = [
            claim
            for claim in self.claims
            if claim.id not in claims and not (sources and voice_of(claim, self.theatre).source in sources)
        ]
        return fit(kept, self.theatre, view=self.asked, options=self.options)

    def supposing(self, place_id: str, holder: str, day: date) -> Posterior:
        """What if this side (or ``contested``) had held the place on that day: the posterior given that, nothing relearned.

        Raises `UnknownNameError` (``unknown.place``, ``unknown.side``).
        """
        from zubda.control.what_if import supposing

        return supposing(self, place_id, holder, day)

    def changed(self, **fields: Any) -> Posterior:
        """A copy with fields replaced."""
        return replace(self, **fields)
