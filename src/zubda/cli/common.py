"""What every command shares: opening a chronicle, tables and JSON on standard output, days and names from arguments."""

from __future__ import annotations

import os
import re
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
    "From",
    "JsonFlag",
    "To",
    "counted",
    "days_text",
    "open_chronicle",
    "parse_day",
    "parse_days",
    "print_json",
    "print_note",
    "print_table",
    "progress_bar",
    "side_code",
    "within",
]

# Characters: a column up to this wide never wraps ("2012-07-21 to"); a Latin word up to this long is never broken; a table's width
# in a file or for another program; what a table puts between two columns.
NARROW, LONG_WORD, PIPED, BETWEEN = 13, 20, 160, 2

LATIN_WORD = re.compile(r"[\w'-]+", re.ASCII)

ChronicleFile = Annotated[Path, typer.Argument(help="A chronicle, as `zubda read` writes it.", metavar="FILE.zubda")]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
From = Annotated[str | None, typer.Option("--from", help="First day, inclusive.", metavar="DATE")]
To = Annotated[str | None, typer.Option("--to", help="Last day, inclusive.", metavar="DATE")]


def open_chronicle(path: Path) -> Chronicle:
    """The chronicle at ``path``. Raises `ChronicleError` as `Chronicle.open` does."""
    from zubda.chronicle import Chronicle

    return Chronicle.open(path)


def parse_day(text: str | None) -> date | None:
    """A day from ISO text, None from None. Raises `UsageError` (``usage.date``)."""
    from zubda.chronicle.chronicle import as_day

    return None if text is None else as_day(text)


def parse_days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """First and last day from ISO text, None where open. Raises `UsageError` (``usage.date``), also if the last is the earlier."""
    from zubda.errors import UsageError

    start, end = parse_day(first), parse_day(last)
    if start and end and start > end:
        raise UsageError(
            "date", f"{last} is before {first}.", "Give the earlier day to --from and the later one to --to."
        )
    return start, end


def within(days: DayRange | None, first: date | None, last: date | None) -> bool:
    """Whether days touch the time from ``first`` to ``last``, None where open; unknown days touch all of time only."""
    if days is None:
        return first is None and last is None
    return (first is None or days.last >= first) and (last is None or days.first <= last)


def side_code(chronicle: Chronicle, side: str | None) -> str | None:
    """A side's code, None from None. Raises `UnknownNameError` (``unknown.side``) for one that neither claims nor theatre have."""
    from zubda.errors import UnknownNameError

    known = sorted({*chronicle.war.sides, *(met for claim in chronicle.claims for met in claim.sides)})
    if side is None or side in known:
        return side
    raise UnknownNameError("side", f"No side has the code {side!r}.", f"Use one of: {', '.join(known)}.", known)


def counted(number: int, noun: str) -> str:
    """A number with its noun, which takes an s unless it is one: "1 claim", "2 claims"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


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
    narrow = [min(width, NARROW) for width in natural]
    whole = [max(low, word) for low, word in zip(narrow, _longest_words(columns, cells), strict=True)]
    room = console.width - BETWEEN * len(columns)
    for least in (whole, narrow):
        if sum(least) <= room:
            console.print(_table(title, columns, cells, _column_widths(natural, least, room)))
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


def _longest_words(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    """Each column's longest Latin word that is not longer than `LONG_WORD`."""
    found = [
        [len(word) for row in (columns, *cells) for word in LATIN_WORD.findall(row[at])] for at in range(len(columns))
    ]
    return [max((length for length in lengths if length <= LONG_WORD), default=0) for lengths in found]


def _column_widths(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Each column at least as wide as ``least``; what room is left goes where more text waits."""
    waiting = sum(natural) - sum(least)
    part = min(1.0, max(0, room - sum(least)) / waiting) if waiting else 0.0
    return [low + int((width - low) * part) for low, width in zip(least, natural, strict=True)]


def print_note(text: str) -> None:
    """Say something to the person, on standard error, so that standard output stays for results."""
    from rich.console import Console

    Console(stderr=True).print(text, markup=False, highlight=False)


@contextmanager
def progress_bar(label: str, total: int | None) -> Iterator[Progress]:
    """A progress bar on standard error with one task; it disappears when done, and shows nothing where nobody watches.

    A task of an unknown ``total`` shows that it goes on.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(label, total=total)
        yield progress
