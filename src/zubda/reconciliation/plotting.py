"""A plot of tolls over time: best as a line, low to high as a band. Needs the extra ``plot`` (matplotlib)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zubda.errors import MissingExtraError, UsageError
from zubda.reconciliation.periods import SeriesPoint

__all__ = ["plot_series"]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#000000")
"""Okabe and Ito's palette, told apart with every kind of colour vision."""


def plot_series(series: Mapping[str, Sequence[SeriesPoint]], path: Path, title: str = "") -> None:
    """Write the series to ``path``; its ending chooses the format (png, svg, pdf).

    Raises `MissingExtraError` (``extra.plot``) without matplotlib, `UsageError` (``usage.plot``) for an ending it cannot write.
    """
    try:
        from matplotlib.dates import date2num
        from matplotlib.figure import Figure
    except ImportError as problem:
        raise MissingExtraError(
            "plot", "Plots need matplotlib, which is not installed.", 'Install it: pip install "zubda[plot]"'
        ) from problem
    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.add_subplot()
    for number, (key, points) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        days: Any = date2num([point.day for point in points])  # type: ignore[no-untyped-call]
        open_ended = ", at least" if any(point.at_least for point in points) else ""
        axes.step(days, [point.best for point in points], where="post", color=colour, label=f"{key}{open_ended}")
        lows, highs = [point.low for point in points], [point.high for point in points]
        axes.fill_between(days, lows, highs, step="post", color=colour, alpha=0.2, linewidth=0)
    axes.set_title(title)
    axes.set_ylim(bottom=0)
    if series:
        axes.legend(frameon=False)
    axes.xaxis_date()
    figure.autofmt_xdate()
    try:
        figure.savefig(path)
    except ValueError as problem:
        raise UsageError(
            "plot", f"{path} cannot be written as a plot: {problem}.", "End it in .png, .svg or .pdf."
        ) from problem
