"""Names that a theatre lacks, as rows for its tables: everything that the text tells is filled in, the rest is left to a person."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zubda.model import Unknown
from zubda.theatres.tables import COLUMNS

__all__ = ["TABLES", "gathered", "paste_rows", "rows_as_csv", "theatre_columns"]

TABLES: Mapping[str, str] = {"place": "places.csv", "actor": "actors.csv", "source": "sources.csv"}
"""The table that each kind of unknown name belongs to."""

HUES = 8
DEFAULT_KINDS = {"place": "place", "actor": "group", "source": "agency"}


def gathered(unknowns: Iterable[Unknown]) -> list[Unknown]:
    """One entry for each id and kind, with the mentions of all documents together, most named first."""
    found: dict[tuple[str, str], Unknown] = {}
    for name in unknowns:
        key = (name.id, name.kind)
        known = found.get(key)
        found[key] = replace(known, count=known.count + name.count) if known else name
    return sorted(found.values(), key=lambda name: (-name.count, name.kind, name.surface))


def paste_rows(
    unknowns: Iterable[Unknown], languages: Mapping[str, str], columns: Mapping[str, Sequence[str]] | None = None
) -> dict[str, list[dict[str, str]]]:
    """Rows by table, most named first, each with every column of its table.

    ``languages`` are the languages of documents by their id; ``columns`` the columns of the theatre's own tables, by file. A side
    is filled in where the text tells one, and without a theatre (no ``columns``) the sides themselves are rows of ``sides.csv``; a
    point, its precision and its origin are never guessed.
    """
    rows: dict[str, list[dict[str, str]]] = {table: [] for table in TABLES.values()}
    for name in gathered(unknowns):
        table = TABLES.get(name.kind)
        if table is None:
            continue
        language = languages.get(name.document, "")
        header = tuple((columns or {}).get(table, ())) or _columns(table, languages.values())
        row = dict.fromkeys(header, "")
        told = {
            "id": name.id.removeprefix("x:"),
            "kind": name.detail or DEFAULT_KINDS[name.kind],
            f"name_{language}": name.surface,
            "forms": name.surface,
            "sides": "" if name.side == "unknown" else name.side,
            "note": f"named {name.count} times" if name.count > 1 else "named once",
        }
        row.update((column, cell) for column, cell in told.items() if column in row)
        rows[table].append(row)
    if columns is None:
        rows = {"sides.csv": _sides(rows["actors.csv"]), **rows}
    return rows


def _sides(actors: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The sides that discovered actors are on, as rows: most actors first."""
    named = Counter(row["sides"] for row in actors if row["sides"])
    found = []
    for number, (side, _) in enumerate(named.most_common()):
        told = {"id": side, "name_en": side, "armed": "yes", "holds": "yes", "hue": str(number % HUES)}
        found.append({column: told.get(column, "") for column in _columns("sides.csv", ())})
    return found


def _columns(table: str, languages: Iterable[str]) -> tuple[str, ...]:
    """A table's columns, with one for names in each language that is read."""
    named = [f"name_{language}" for language in sorted({*languages, "en"}) if language]
    found: list[str] = []
    for column in COLUMNS[table]:
        found += named if column == "name_en" else [column]
    return tuple(found)


def theatre_columns(folder: Path) -> dict[str, list[str]]:
    """The columns of a theatre's tables, by file; files that are not there are left out."""
    found = {}
    for table in TABLES.values():
        if (folder / table).is_file():
            with (folder / table).open(encoding="utf-8-sig", newline="") as file:
                found[table] = [column.strip() for column in next(csv.reader(file), [])]
    return found


def rows_as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows of one table as CSV, with its header; empty for no rows."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
