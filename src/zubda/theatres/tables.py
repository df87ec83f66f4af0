"""The tables of a theatre's folder: columns, one row to one value, and every fault with its file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from zubda.model import Actor, Membership, Place, Route, Side, Source

__all__ = [
    "COLUMNS",
    "Faults",
    "Row",
    "read_actors",
    "read_places",
    "read_routes",
    "read_sides",
    "read_sources",
    "read_table",
]

SEAT = "seat"

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "sides.csv": ("id", "name_en", "armed", "holds"),
    "actors.csv": ("id", "kind", "name_en", "forms", "sides"),
    "sources.csv": ("id", "kind", "name_en", "forms"),
    "places.csv": ("id", "kind", "name_en", "forms", "latitude", "longitude", "precision_m", "origin"),
    "routes.csv": ("id", "kind", "name_en", "points", "precision_m", "origin"),
}
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "sides.csv": ("hue", "ally"),
    "actors.csv": ("parent", "coded", "note"),
    "sources.csv": ("alignment", "passes_on", "note"),
    "places.csv": ("parent", "held_at_start", "note"),
    "routes.csv": ("stops", "forms", "note"),
}
COLUMNS = {name: (*REQUIRED[name], *OPTIONAL[name]) for name in REQUIRED}
"""Columns of each table, without the ``name_<language>`` ones, of which there may be any number."""

SOURCE_KINDS = ("agency", "monitor", "side", "person", "government", "organisation")
ROUTE_KINDS = ("road", "river", "outline", "border")


@dataclass
class Faults:
    """Everything that is wrong, gathered so that it can be told at once."""

    found: list[str] = field(default_factory=list)

    def add(self, file: str, line: int, what: str) -> None:
        """Note a fault at a line of a file."""
        self.found.append(f"{file}:{line}: {what}")


@dataclass(frozen=True)
class Row:
    """One row of a table: its file, line and cells, stripped."""

    file: str
    line: int
    cells: Mapping[str, str]
    faults: Faults

    def get(self, column: str) -> str:
        """A cell, empty if the column is not there."""
        return self.cells.get(column, "")

    def wrong(self, what: str) -> None:
        """Note a fault of this row."""
        self.faults.add(self.file, self.line, what)

    def names(self) -> dict[str, str]:
        """Names by language, from the ``name_<language>`` columns."""
        return {
            column.removeprefix("name_"): cell
            for column, cell in self.cells.items()
            if column.startswith("name_") and cell
        }

    def forms(self) -> tuple[tuple[str, str], ...]:
        """Surface forms: the names, then those of the ``forms`` column.

        They stand with ``|`` between them; ``zh:`` and the like before one is its language, ``seat:`` before one that it is the city
        after which an actor is called where he speaks ("Moscow said").
        """
        listed = [(language, name) for language, name in self.names().items()]
        for part in self.get("forms").split("|"):
            language, colon, form = part.strip().partition(":")
            coded = len(language) in (2, 3) and language.isascii() and language.islower()
            if colon and (coded or language == SEAT):
                listed.append((language, form.strip()))
            elif part.strip():
                listed.append(("und", part.strip()))
        return tuple(dict.fromkeys(entry for entry in listed if entry[1]))

    def number(self, column: str, low: float, high: float) -> float:
        """A number within bounds; a fault and the lower bound otherwise."""
        try:
            value = float(self.get(column))
        except ValueError:
            self.wrong(f"{column} is no number: {self.get(column)!r}")
            return low
        if not low <= value <= high:
            self.wrong(f"{column} must lie between {low:g} and {high:g}: {value:g}")
            return low
        return value

    def flag(self, column: str) -> bool:
        """``yes`` or ``no``; anything else is a fault."""
        if self.get(column) not in ("yes", "no"):
            self.wrong(f"{column} must be yes or no: {self.get(column)!r}")
        return self.get(column) == "yes"

    def choice(self, column: str, known: tuple[str, ...]) -> str:
        """One of the known words; anything else is a fault."""
        if self.get(column) not in known:
            self.wrong(f"{column} must be one of {', '.join(known)}: {self.get(column)!r}")
        return self.get(column)

    def day(self, text: str) -> date | None:
        """A day from ISO text, None from nothing; a fault for anything else."""
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.wrong(f"no day of the form 2012-07-19: {text!r}")
            return None


def read_table(folder: Path, name: str, faults: Faults, *, required: bool = True) -> Iterator[Row]:
    """Rows of one table with unique ids. Wrong encoding, missing and unknown columns, ragged rows and repeated ids are faults."""
    path = folder / name
    if not path.is_file():
        if required:
            faults.add(name, 1, "the file is missing")
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        faults.add(name, 1, f"not UTF-8: byte {problem.start} is {path.read_bytes()[problem.start]:#04x}")
        return
    reader = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    header = [column.strip() for column in reader.fieldnames or ()]
    reader.fieldnames = header
    if not _header_fits(name, header, faults):
        return
    met: dict[str, int] = {}
    try:
        for cells in reader:
            line = reader.line_num
            if "" in cells or None in cells.values():
                faults.add(name, line, f"{len(header)} columns are wanted; check the commas and quotes")
                continue
            row = Row(name, line, {column: (cell or "").strip() for column, cell in cells.items()}, faults)
            if not row.get("id"):
                row.wrong("id is empty")
                continue
            if row.get("id") in met:
                row.wrong(f"id {row.get('id')!r} stands already in line {met[row.get('id')]}")
                continue
            met[row.get("id")] = line
            yield row
    except csv.Error as problem:
        faults.add(name, reader.line_num, f"no CSV: {problem}")


def _header_fits(name: str, header: list[str], faults: Faults) -> bool:
    if not header:
        faults.add(name, 1, "the file is empty")
        return False
    missing = [column for column in REQUIRED[name] if column not in header]
    odd = [column for column in header if column not in COLUMNS[name] and not column.startswith("name_")]
    if missing:
        faults.add(name, 1, f"columns are missing: {', '.join(missing)}")
    if odd:
        faults.add(
            name, 1, f"columns are unknown: {', '.join(odd)}; known: {', '.join(COLUMNS[name])}, name_<language>"
        )
    repeated = {column for column in header if header.count(column) > 1}
    if repeated:
        faults.add(name, 1, f"columns stand twice: {', '.join(sorted(repeated))}")
    return not (missing or odd or repeated)


def _collect(rows: Iterator[Row], make: Callable[[Row], Any]) -> dict[str, tuple[Any, Row]]:
    return {row.get("id"): (make(row), row) for row in rows}


def read_sides(folder: Path, faults: Faults) -> dict[str, tuple[Side, Row]]:
    """Sides by id, each with its row."""

    def make(row: Row) -> Side:
        hue = int(row.number("hue", 0, 7)) if row.get("hue") else 0
        return Side(row.get("id"), row.names(), row.flag("armed"), row.flag("holds"), hue, row.get("ally") or None)

    return _collect(read_table(folder, "sides.csv", faults), make)


def read_actors(folder: Path, faults: Faults) -> dict[str, tuple[Actor, Row]]:
    """Actors by id. The ``sides`` column is ``side`` or ``side:since:until``, ``|`` between spans, either day may be empty."""

    def make(row: Row) -> Actor:
        members = tuple(_membership(row, part) for part in row.get("sides").split("|") if part.strip())
        for earlier, later in pairwise(members):
            if earlier.until is None or later.since is None or later.since <= earlier.until:
                row.wrong(f"spans overlap or are out of order: {row.get('sides')!r}")
        coded = tuple(name.strip() for name in row.get("coded").split("|") if name.strip())
        return Actor(
            row.get("id"), row.get("kind"), row.names(), row.forms(), members, row.get("parent") or None, coded
        )

    return _collect(read_table(folder, "actors.csv", faults), make)


def _membership(row: Row, part: str) -> Membership:
    side, _, span = part.strip().partition(":")
    since, _, until = span.partition(":")
    first, last = row.day(since), row.day(until)
    if first and last and last < first:
        row.wrong(f"a span ends before it begins: {part!r}")
        last = None
    return Membership(side, first, last)


def read_sources(folder: Path, faults: Faults) -> dict[str, tuple[Source, Row]]:
    """Sources by id. ``passes_on`` is the id of the source whose words it passes on as a rule."""

    def make(row: Row) -> Source:
        kind = row.choice("kind", SOURCE_KINDS)
        return Source(
            row.get("id"), kind, row.names(), row.forms(), row.get("alignment") or None, row.get("passes_on") or None
        )

    return _collect(read_table(folder, "sources.csv", faults), make)


def read_places(folder: Path, faults: Faults) -> dict[str, tuple[Place, Row]]:
    """Places by id; WGS84 degrees, precision in metres."""

    def make(row: Row) -> Place:
        if not row.get("origin"):
            row.wrong("origin is empty: say where the point is from")
        return Place(
            row.get("id"),
            row.get("kind"),
            row.names(),
            row.forms(),
            row.number("latitude", -90, 90),
            row.number("longitude", -180, 180),
            row.number("precision_m", 0, 5_000_000),
            row.get("origin"),
            row.get("parent") or None,
            row.get("note"),
            row.get("held_at_start") or None,
        )

    return _collect(read_table(folder, "places.csv", faults), make)


def read_routes(folder: Path, faults: Faults) -> dict[str, tuple[Route, Row]]:
    """Routes by id. ``points`` is ``latitude longitude`` pairs with ``;`` between, ``stops`` ids of places with ``|`` between."""

    def make(row: Row) -> Route:
        points = []
        for pair in row.get("points").split(";"):
            try:
                latitude, longitude = map(float, pair.split())
                points.append((latitude, longitude))
            except ValueError:
                row.wrong(f"no point of the form `36.20 37.16`: {pair.strip()!r}")
        if len(points) < 2:
            row.wrong("a line needs at least two points")
        stops = tuple(stop.strip() for stop in row.get("stops").split("|") if stop.strip())
        precision = row.number("precision_m", 0, 5_000_000)
        kind = row.choice("kind", ROUTE_KINDS)
        return Route(row.get("id"), kind, row.names(), tuple(points), stops, precision, row.get("origin"), row.forms())

    return _collect(read_table(folder, "routes.csv", faults, required=False), make)
