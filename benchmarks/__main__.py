"""Runs benchmarks: ``python -m benchmarks [NAME ...]``; without names all of them. A benchmark never fails on time.

A benchmark is a module of this folder with a docstring, whose first line is its title, and ``run() -> list[Figure]``.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys

import benchmarks
from benchmarks.record import record

HELPERS = {"__main__", "invented", "record", "synthetic"}


def names() -> list[str]:
    """Names of the benchmarks that there are."""
    found = (info.name for info in pkgutil.iter_modules(benchmarks.__path__) if info.name not in HELPERS)
    return [name for name in found if hasattr(importlib.import_module(f"benchmarks.{name}"), "run")]


def main() -> int:
    """Run, print and record; exit status 2 for a name that is none."""
    there = names()
    wanted = sys.argv[1:] or there
    wrong = [name for name in wanted if name not in there]
    if wrong:
        print(f"No benchmark is called {', '.join(wrong)}. There are: {', '.join(there)}.", file=sys.stderr)
        return 2
    for name in wanted:
        module = importlib.import_module(f"benchmarks.{name}")
        title = (inspect.getdoc(module) or name).split("\n")[0].rstrip(".")
        print(f"{name}: {title}", flush=True)
        figures = module.run()
        for figure in figures:
            print(f"  {figure.row()}", flush=True)
        record(name, title, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
