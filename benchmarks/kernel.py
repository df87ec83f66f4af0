"""The kernel of the control model: the plain model beside hmmlearn, and a large war."""

from __future__ import annotations

import resource
import time
import warnings
from datetime import date, timedelta

import numpy as np

from benchmarks.record import Figure, sample
from zubda.control import fit
from zubda.control.kernel.plain import PlainModel, fit_plain
from zubda.model import Claim, ControlStatement, DayRange, Place, PlaceMention, Side, Source, Theatre

RUNS = 5
STATES, SYMBOLS, SEQUENCES, STEPS, ROUNDS = 4, 8, 200, 1_700, 30
PLACES, DAYS, REPORTED = 30_000, 1_700, 0.01
FIRST = date(2030, 1, 1)


def run() -> list[Figure]:
    """Both, with this process's own memory at its highest."""
    return [*_plain(), *_large()]


def _plain() -> list[Figure]:
    random = np.random.default_rng(1)
    model = PlainModel(
        random.dirichlet(np.ones(STATES)),
        random.dirichlet(np.ones(STATES), STATES),
        random.dirichlet(np.ones(SYMBOLS), STATES),
    )
    observations = random.integers(0, SYMBOLS, (SEQUENCES, STEPS))
    fit_plain(model, observations, rounds=1)
    ours, theirs = [], []
    for _ in range(RUNS):
        begin = time.perf_counter()
        fit_plain(model, observations, rounds=ROUNDS)
        ours.append(time.perf_counter() - begin)
        theirs += _hmmlearn(model, observations)
        begin = time.perf_counter()
        fit_plain(model, observations, rounds=ROUNDS)
        ours.append(time.perf_counter() - begin)
    size = f"K={STATES}, {SEQUENCES} x {STEPS:,}, {ROUNDS} rounds, one core"
    cells = SEQUENCES * STEPS * ROUNDS / 1e6
    figures = [
        sample("plain model", ours, "s", size),
        sample("plain model", [cells / seconds for seconds in ours], "million cells/s", size),
    ]
    if theirs:
        figures.append(sample("hmmlearn, scaled", theirs, "s", "the same, in turn"))
        figures.append(Figure.once("times hmmlearn, quickest of each", min(theirs) / min(ours), "times", "aim 15"))
    return figures


def _hmmlearn(model: PlainModel, observations: np.ndarray) -> list[float]:
    try:
        from hmmlearn.hmm import CategoricalHMM
    except ImportError:
        return []
    peer = CategoricalHMM(STATES, n_iter=ROUNDS, tol=-1e9, init_params="", implementation="scaling")
    peer.n_features = SYMBOLS
    peer.startprob_, peer.transmat_, peer.emissionprob_ = model.start, model.transition, model.emission
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        begin = time.perf_counter()
        peer.fit(observations.reshape(-1, 1), [STEPS] * SEQUENCES)
        return [time.perf_counter() - begin]


def large_war(places: int = PLACES, days: int = DAYS, reported: float = REPORTED) -> tuple[list[Claim], Theatre]:
    """A war of one claim on a share of all place-days: places change hands now and then, sources err now and then."""
    random = np.random.default_rng(2)
    sides = ("red", "blue", "green")
    width = int(np.ceil(np.sqrt(places)))
    entries = {
        f"p{at}": Place(
            f"p{at}", "village", {"en": f"p{at}"}, (), 10 + 0.02 * (at // width), 20 + 0.02 * (at % width), 300.0, "made up",
        )
        for at in range(places)
    }  # fmt: skip
    sources = {f"s{at}": Source(f"s{at}", "agency", {"en": f"s{at}"}, (), (*sides, None)[at % 4]) for at in range(12)}
    theatre = Theatre(
        "large", "1", {"en": "Large"}, {side: Side(side, {"en": side}) for side in sides}, {}, sources, entries, {}, FIRST,
        FIRST + timedelta(days=days - 1),
    )  # fmt: skip
    count = int(places * days * reported)
    where, when = np.sort(random.integers(0, places, count)), random.integers(0, days, count)
    holder = (where * 7 // places + (when + where * 13) // 600) % 3
    wrong = random.random(count) < 0.1
    said = np.where(wrong, random.integers(0, 3, count), holder)
    who, gained = random.integers(0, 12, count), random.random(count) < 0.3
    spans = [DayRange.of_day(FIRST + timedelta(days=day)) for day in range(days)]
    statements = {(side, change): ControlStatement(side, change) for side in sides for change in ("gained", "holds")}
    mentions = [(PlaceMention(name, name, 1.0),) for name in entries]
    claims = [
        Claim(
            f"c{at}", "d", ((at, at + 1),), "territory" if gained[at] else "control", spans[when[at]], mentions[where[at]],
            source=f"s{who[at]}", source_id=f"s{who[at]}",
            control=statements[sides[said[at]], "gained" if gained[at] else "holds"],
        )
        for at in range(count)
    ]  # fmt: skip
    return claims, theatre


def _large() -> list[Figure]:
    claims, theatre = large_war()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    begin = time.perf_counter()
    posterior = fit(claims, theatre)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    size = f"{PLACES:,} places x {DAYS:,} days, {len(claims):,} claims, {posterior.convergence.rounds} rounds"
    begin = time.perf_counter()
    posterior.probabilities(FIRST + timedelta(days=DAYS // 2))
    day = time.perf_counter() - begin
    return [
        Figure.once("large war fitted", seconds, "s", f"aim 60; {size}"),
        Figure.once("highest memory", peak, "GiB", f"aim 4; {before:.2f} before the fit, claims included"),
        Figure.once("all places on a day", day, "s", size),
    ]
