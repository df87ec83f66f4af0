"""What every command shares: opening a chronicle, tables and JSON on standard output, days and names from arguments."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.table import Table

    from zubda.chronicle import Chronicle
    from zubda.model import DayRange

__all__ = [
    "ChronicleFile",
    "JsonFlag",
    "days_text",
    "open_chronicle",
    "parse_day",
    "print_json",
    "print_note",
    "print_table",
    "progress_bar",
]

# Characters: a column up to this wide never wraps ("2012-07-21 to"); a table's width in a file or for another program;
# what a table puts between two columns.
NARROW, PIPED, BETWEEN = 13, 160, 2

ChronicleFile = Annotated[Path, typer.Argument(help="A chronicle, as `zubda read` writes it.", metavar="FILE.zubda")]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def open_chronicle(path: Path) -> Chronicle:
    """The chronicle at ``path``. Raises `ChronicleError` as `Chronicle.open` does."""
    from zubda.chronicle import Chronicle

    return Chronicle.open(path)


def parse_day(text: str | None) -> date | None:
    """A day from ISO text, None from None. Raises `UsageError` (``usage.date``)."""
    from zubda.chronicle.chronicle import as_day

    return None if text is None else as_day(text)


def days_text(days: DayRange | None) -> str:
    """Days as a person writes them: a day, a whole month as 2012-07, a whole year as 2012, or first "to" last."""
    if days is None:
        return "unknown"
    first, last = days.as_list()
    if days == type(days).of_year(days.first.year):
        return first[:4]
    if days == type(days).of_month(days.first.year, days.first.month):
        return first[:7]
    return first if first == last else f"{first} to {last}"


def print_json(value: Any) -> None:
    """Print a value as one JSON document; dataclasses, dates and paths included."""
    import orjson

    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
    sys.stdout.write(orjson.dumps(value, default=str, option=options).decode() + "\n")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table as wide as the terminal, or as `PIPED` where nobody watches; where that is too narrow, one row
    below the other, each cell after its column's name. Text is never read as markup.
    """
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    natural = [
        max(cell_len(line) for row in (columns, *cells) for line in row[place].split("\n"))
        for place in range(len(columns))
    ]
    room = console.width - BETWEEN * len(columns)
    if sum(min(width, NARROW) for width in natural) <= room:
        console.print(_table(title, columns, cells, _column_widths(natural, room)))
        return
    console.print(Text(title, "bold"))
    for row in cells:
        named = ((column, cell) for column, cell in zip(columns, row, strict=True) if cell)
        console.print(Text("  ").join(Text.assemble((f"{column} ", "dim"), cell) for column, cell in named))


def _table(title: str, columns: Sequence[str], cells: Iterable[Sequence[str]], widths: Sequence[int]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, overflow="fold", min_width=width, max_width=width)
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _column_widths(natural: Sequence[int], room: int) -> list[int]:
    """Each column at least `NARROW` wide, or as wide as its text; what room is left goes where more text waits."""
    least = [min(width, NARROW) for width in natural]
    waiting = sum(natural) - sum(least)
    part = min(1.0, max(0, room - sum(least)) / waiting) if waiting else 0.0
    return [low + int((width - low) * part) for low, width in zip(least, natural, strict=True)]


def print_note(text: str) -> None:
    """Say something to the person, on standard error, so that standard output stays for results."""
    from rich.console import Console

    Console(stderr=True).print(text, markup=False, highlight=False)


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Progress]:
    """A progress bar on standard error with one task; it disappears when done, and shows nothing where nobody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(label, total=total)
        yield progress
