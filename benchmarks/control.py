"""Who held what: made-up wars with known truth, beside baselines and without each ingredient.

Plots go to ``benchmarks/control/`` where matplotlib (the extra ``plot``) is installed.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures import Score, calibration, score
from benchmarks.record import Figure, sample
from benchmarks.synthetic import FIRST, SETTINGS, Setting, War, make_war
from zubda.control import ControlOptions, LastClaimWins, fit
from zubda.model import Source

Floats = NDArray[np.float64]
Method = Callable[[War], Floats]

SEEDS = (1, 2, 3)
PLOTS = Path(__file__).with_name("control")
WINDOW = 30
UNITS = {"brier": "Brier", "log_loss": "nats", "calibration": "ECE", "change_days": "days"}
ABLATIONS: dict[str, ControlOptions] = {
    "no learned tables": ControlOptions(learn_tables=False),
    "one table for all of an alignment": ControlOptions(per_source=False),
    "no learned rates of change": ControlOptions(learn_hazards=False),
    "no events": ControlOptions(use_events=False),
    "ranges as their last day": ControlOptions(use_ranges=False),
    "copies as witnesses": ControlOptions(use_witnesses=False),
    "even tempo": ControlOptions(use_tempo=False),
    "no neighbours": ControlOptions(neighbours=0.0, spread=0.0),
}


def full(war: War, options: ControlOptions | None = None) -> Floats:
    """The model: places x days x states."""
    posterior = fit(war.claims, war.theatre, options=options)
    days = [posterior.grid.number(FIRST + timedelta(days=day)) for day in range(war.truth.shape[1])]
    return np.stack([posterior.day_table(day) for day in days], axis=1)


def last_claim(war: War) -> Floats:
    """The holder named last; until a first claim the one of the eve."""
    model = LastClaimWins(war.claims, war.theatre)
    tables = [model.probabilities(FIRST + timedelta(days=day)) for day in range(war.truth.shape[1])]
    return _filled(np.stack(tables, axis=1), war)


def window_majority(war: War) -> Floats:
    """Shares of what was said in the last days, each claim one vote, one vote for the answer before."""
    votes = _votes(war)
    table, _, days = _eve(war)
    found = np.empty((len(table), days, table.shape[1]))
    for day in range(days):
        recent = votes[:, max(0, day - WINDOW + 1) : day + 1].sum(axis=1)
        table = (recent + table) / (recent.sum(axis=1, keepdims=True) + 1.0)
        found[:, day] = table
    return found


def dawid_skene(war: War) -> Floats:
    """Dawid and Skene (1979) without time, by crowd-kit: every place and month is a question, every source a worker."""
    import pandas
    from crowdkit.aggregation import DawidSkene

    rows = []
    for claim in war.claims:
        named = _named(claim, war)
        if named is None:
            continue
        place, day, side = named
        rows.append((place * 1000 + day // WINDOW, claim.source_id, side))
    table = pandas.DataFrame(rows, columns=["task", "worker", "label"]).drop_duplicates(["task", "worker"], keep="last")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = DawidSkene(n_iter=30).fit_predict_proba(table)
    state, sides, days = _eve(war)
    found = np.empty((len(state), days, state.shape[1]))
    for day in range(days):
        for place in range(len(state)):
            task = place * 1000 + day // WINDOW
            if day % WINDOW == 0 and task in answers.index:
                state[place] = 0.0
                for side in range(sides):
                    state[place, side] = answers.loc[task].get(side, 0.0)
        found[:, day] = state
    return found


def hand_set(war: War) -> Floats:
    """A hidden Markov model with matrices set by hand and all sources alike, as in Anders (2020)."""
    plain = {
        key: Source(source.id, "monitor", source.names, source.forms) for key, source in war.theatre.sources.items()
    }
    options = ControlOptions(
        learn_tables=False, learn_hazards=False, neighbours=0.0, spread=0.0, use_tempo=False, use_ranges=False,
        use_witnesses=False,
    )  # fmt: skip
    return full(replace(war, theatre=replace(war.theatre, sources=plain)), options)


BASELINES: dict[str, Method] = {
    "last claim wins": last_claim,
    f"majority of {WINDOW} days": window_majority,
    "Dawid-Skene by month": dawid_skene,
    "hand-set HMM": hand_set,
}


def _named(claim: object, war: War) -> tuple[int, int, int] | None:
    control = claim.control  # type: ignore[attr-defined]
    if control is None:
        return None
    day = (claim.date.last - FIRST).days  # type: ignore[attr-defined]
    sides = list(war.theatre.sides)
    return int(claim.places[0].place.removeprefix("place_")), day, sides.index(control.holder)  # type: ignore[attr-defined]


def _votes(war: War) -> Floats:
    table, _, days = _eve(war)
    votes = np.zeros((len(table), days, table.shape[1]))
    for claim in war.claims:
        named = _named(claim, war)
        if named is not None:
            votes[named] += 1.0
    return votes


def _eve(war: War) -> tuple[Floats, int, int]:
    """Holders of the eve as places x states, number of sides, number of days."""
    sides = list(war.theatre.sides)
    table = np.zeros((len(war.truth), len(sides) + 1))
    for at, place in enumerate(war.theatre.places.values()):
        table[at, sides.index(str(place.held_at_start))] = 1.0
    return table, len(sides), war.truth.shape[1]


def _filled(chances: Floats, war: War) -> Floats:
    table, _, _ = _eve(war)
    return np.where(np.isnan(chances), table[:, None, :], chances)


def run() -> list[Figure]:
    """All settings and seeds; lower is better but for the counts of wins."""
    figures: list[Figure] = []
    curves: dict[str, tuple[Floats, Floats, Floats]] = {}
    wins = lost = 0
    for setting in SETTINGS:
        wars = [make_war(setting, seed) for seed in SEEDS]
        chances = [full(war) for war in wars]
        ours = [score(table, war.truth) for table, war in zip(chances, wars, strict=True)]
        rivals = {name: [score(method(war), war.truth) for war in wars] for name, method in BASELINES.items()}
        figures += [_beside(setting, what, ours, rivals) for what in UNITS]
        for scores in rivals.values():
            for mine, theirs in zip(ours, scores, strict=True):
                better = mine.brier < theirs.brier and mine.log_loss < theirs.log_loss
                wins, lost = wins + better, lost + (not better)
        curves[setting.name] = calibration(np.concatenate(chances), np.concatenate([war.truth for war in wars]))[1:]
    figures.append(Figure.once("baselines beaten in Brier score and log loss", wins, "wars", f"not beaten: {lost}"))
    figures += [*_leanings(), *_ablations()]
    _plot(curves, figures)
    return figures


def _beside(setting: Setting, what: str, ours: Sequence[Score], rivals: dict[str, list[Score]]) -> Figure:
    note = "; ".join(f"{name} {np.mean([getattr(one, what) for one in scores]):.3f}" for name, scores in rivals.items())
    values = [getattr(one, what) for one in ours]
    return sample(f"{setting.name}: {what.replace('_', ' ')}", values, UNITS[what], note)


def _leanings() -> list[Figure]:
    """How far learned leanings are from how often sources did name their own side, at about 200 claims a source."""
    off = []
    for seed in SEEDS:
        war = make_war(replace(SETTINGS[1], places=120, asides=0.008), seed)
        learned = {lean.source: lean.rate for lean in fit(war.claims, war.theatre).leanings() if lean.kind == "all"}
        said: dict[str | None, int] = defaultdict(int)
        for claim in war.claims:
            said[claim.source_id] += claim.control is not None
        off += [abs(learned[name] - true) for name, true in war.leaned.items() if said[name] >= 150]
    return [sample("learned leaning off", off, "share", "aim 0.05 at 200 claims a source")]


def _ablations() -> list[Figure]:
    """Wars in which one side lies and wars told with vague dates, without each ingredient in turn."""
    figures = []
    wars = [make_war(setting, seed) for setting in (SETTINGS[2], SETTINGS[-1]) for seed in SEEDS]
    whole = [score(full(war), war.truth).log_loss for war in wars]
    for name, options in ABLATIONS.items():
        without = [score(full(war, options), war.truth).log_loss for war in wars]
        figures.append(sample(f"{name}: log loss", without, "nats", f"whole model {np.median(whole):.3f}"))
    return figures


def _plot(curves: dict[str, tuple[Floats, Floats, Floats]], figures: Sequence[Figure]) -> None:
    try:
        import matplotlib
    except ImportError:
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    PLOTS.mkdir(exist_ok=True)
    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="0.8", linewidth=1)
    for name, (mean, share, count) in curves.items():
        told = count > 20
        axes.plot(mean[told], share[told], marker="o", markersize=3, linewidth=1, label=name)
    axes.set(xlabel="probability given", ylabel="share that was so", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    figure.savefig(PLOTS / "calibration.svg", metadata={"Date": None})
    pyplot.close(figure)
    losses = [one for one in figures if one.what.endswith("log loss")]
    figure, axes = pyplot.subplots(figsize=(7, 0.3 * len(losses) + 1))
    axes.barh([one.what.removesuffix(": log loss") for one in losses], [one.median for one in losses], color="0.6")
    axes.invert_yaxis()
    axes.set_xlabel("log loss, nats")
    figure.tight_layout()
    figure.savefig(PLOTS / "log-loss.svg", metadata={"Date": None})
    pyplot.close(figure)
