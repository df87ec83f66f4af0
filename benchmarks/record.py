"""Figures of a benchmark, and the page that keeps them with commit, machine and day."""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

__all__ = ["ROOT", "SHARED", "Figure", "machine", "record", "sample", "timed"]

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
RESULTS = Path(__file__).with_name("results.md")
HEAD = """# Measured

Written by `make bench`; do not edit. Each section says on which commit and machine its figures were taken. Ratios last, absolute
figures drift with the machine.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was measured, its median, lowest and highest value over the runs, and the unit.

    ``note`` says what it stands beside: a peer's name, a target, a size.
    """

    what: str
    median: float
    low: float
    high: float
    unit: str
    note: str = ""

    @classmethod
    def once(cls, what: str, value: float, unit: str, note: str = "") -> Figure:
        """A figure that has no spread: a score, a count."""
        return cls(what, value, value, value, unit, note)

    def row(self) -> str:
        """The figure as a row of a Markdown table."""
        spread = "" if self.low == self.high else f"{_number(self.low)}–{_number(self.high)}"
        return f"| {self.what} | {_number(self.median)} | {spread} | {self.unit} | {self.note} |"


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.3g}" if abs(value) >= 100 else f"{value:.3g}"


def sample(what: str, values: Sequence[float], unit: str, note: str = "") -> Figure:
    """The figure of several runs."""
    return Figure(what, statistics.median(values), min(values), max(values), unit, note)


def timed(work: Callable[[], object], runs: int = 5, warm_up: int = 1) -> list[float]:
    """Wall seconds of each run, after runs that are not counted."""
    for _ in range(warm_up):
        work()
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return seconds


def machine() -> str:
    """Processor, cores in use, Python."""
    model = platform.processor() or platform.machine()
    try:
        names = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
        model = names[0] if names else model
    except OSError:
        pass
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {platform.system()}, Python {platform.python_version()}"


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = " with uncommitted changes" if git("status", "--porcelain", "--", "src", "web", "benchmarks/*.py") else ""
    return (git("rev-parse", "--short", "HEAD") or "unknown") + changed


def record(name: str, title: str, figures: Sequence[Figure], path: Path = RESULTS) -> None:
    """Put the section of one benchmark into the results page, in the place of its older one."""
    table = "\n".join(
        ["| what | median | spread | unit | beside |", "|---|---|---|---|---|", *(f.row() for f in figures)]
    )
    section = f"## {title}\n\n`{name}` · commit {_commit()} · {date.today()} · {machine()}\n\n{table}\n"
    text = path.read_text(encoding="utf-8") if path.exists() else HEAD
    parts = re.split(r"(?m)^(?=## )", text)
    kept = [part.rstrip() + "\n" for part in parts[1:] if f"\n`{name}` ·" not in part]
    sections = sorted([*kept, section], key=lambda part: part.split("\n")[0].casefold())
    path.write_text("\n".join([HEAD, *sections]), encoding="utf-8")
