"""What every command shares: opening a chronicle, tables and JSON on standard output, days and names from arguments."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from zubda.chronicle import Chronicle

__all__ = [
    "ChronicleFile",
    "JsonFlag",
    "open_chronicle",
    "parse_day",
    "print_json",
    "print_note",
    "print_table",
    "progress_bar",
]

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


def print_json(value: Any) -> None:
    """Print a value as one JSON document; dataclasses, dates and paths included."""
    import orjson

    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
    sys.stdout.write(orjson.dumps(value, default=str, option=options).decode() + "\n")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table. Text of documents is never read as markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", header_style="bold", expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(table)


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
