"""Coded event data to claims: which format a table has, its rows with their places in the file, and names to the theatre's."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Protocol

from zubda.errors import TableError
from zubda.extraction.extracting import Extraction
from zubda.gazetteer import Gazetteer, distance_m
from zubda.model import Claim, Document, Party, PlaceMention, Theatre

__all__ = ["Names", "Row", "coded_claims", "open_table"]

NEAR_M = 15_000.0
SURE = 0.85
LONGEST_CELL = 10_000_000
NOTHING = frozenset({"", "nan", "na", "none", "null"})
TAIL = re.compile(
    r"\s+(?:town|city|village|suburb|neighbou?rhood|district|governorate|province|oblast|region|area|airport|airbase|mountain|camp)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line, its raw range, and its cells by lower-case column."""

    line: int
    span: tuple[int, int]
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """A cell; empty if it holds nothing or the word for it."""
        cell = self.cells.get(column, "").strip()
        return "" if cell.casefold() in NOTHING else cell

    def number(self, column: str) -> float | None:
        """A number, None from nothing. Raises `ValueError` naming the column."""
        cell = self.text(column)
        if not cell:
            return None
        try:
            value = float(cell)
        except ValueError as problem:
            raise ValueError(f"{column} is no number: {cell!r}") from problem
        if not isfinite(value):
            raise ValueError(f"{column} is no number: {cell!r}")
        return value

    def whole(self, column: str) -> int | None:
        """A whole number of 0 or more, None from nothing. Raises `ValueError` naming the column."""
        value = self.number(column)
        if value is None:
            return None
        if value < 0 or value != int(value):
            raise ValueError(f"{column} is no number of people: {self.text(column)!r}")
        return int(value)

    def day(self, column: str) -> date:
        """A day. Raises `ValueError` naming the column."""
        cell = self.text(column)
        try:
            return date.fromisoformat(cell[:10])
        except ValueError as problem:
            raise ValueError(f"{column} is no day: {cell!r}") from problem

    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, None if they are not told. Raises `ValueError` for what lies outside the world."""
        latitude, longitude = self.number("latitude"), self.number("longitude")
        if latitude is None or longitude is None:
            return None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(f"no point on earth: {latitude}, {longitude}")
        return latitude, longitude


def open_table(raw: str, name: str) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The lower-case columns and the rows of a table with commas, semicolons or tabs.

    Raises `TableError` (``table.csv``) for text that is none, at the latest when the rows are taken.
    """
    csv.field_size_limit(LONGEST_CELL)
    head = raw[: raw.find("\n") if "\n" in raw else len(raw)]
    consumed = 0

    def lines() -> Iterator[str]:
        nonlocal consumed
        for line in io.StringIO(raw, newline=""):
            consumed += len(line)
            yield line

    reader = csv.reader(lines(), delimiter=max(",;\t", key=head.count))

    def broken(problem: csv.Error) -> TableError:
        return TableError("csv", f"{name} is no table: line {reader.line_num}: {problem}.", "Save it again as CSV.")

    try:
        columns = tuple(column.strip().strip("\ufeff").casefold() for column in next(reader, []))
    except csv.Error as problem:
        raise broken(problem) from problem

    def rows() -> Iterator[Row]:
        start = consumed
        try:
            for cells in reader:
                end = consumed
                if any(cell.strip() for cell in cells):
                    stop = start + len(raw[start:end].rstrip("\r\n"))
                    yield Row(reader.line_num, (start, stop), dict(zip(columns, cells, strict=False)))
                start = end
        except csv.Error as problem:
            raise broken(problem) from problem

    return columns, rows()


@dataclass
class Names:
    """Names in coded data to the theatre's ids; coders write actors otherwise than texts do (the ``coded`` column of actors.csv)."""

    theatre: Theatre | None
    gazetteer: Gazetteer
    actors: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.theatre is None:
            return
        actors = self.theatre.actors.values()
        self.actors = {form.casefold(): actor.id for actor in actors for _, form in actor.forms}
        self.actors |= {form.casefold(): actor.id for actor in actors for form in actor.coded}
        sources = self.theatre.sources.values()
        self.sources = {form.casefold(): source.id for source in sources for _, form in source.forms}

    def parties(self, names: str, day: date) -> tuple[Party, ...]:
        """The parties of a cell, parted by commas; a name that the theatre does not know has the side ``unknown``."""
        return tuple(
            dict.fromkeys(self._party(name.strip(), day) for name in re.split(r",\s|;\s?", names) if name.strip())
        )

    def _party(self, name: str, day: date) -> Party:
        bare = re.sub(r"\s*\([^()]*\)\s*$", "", name)
        actor = self.actors.get(name.casefold()) or self.actors.get(bare.casefold())
        if actor is not None and self.theatre is not None:
            return Party(name, self.theatre.actors[actor].side_on(day), actor)
        return Party(name, "civ" if bare.casefold() == "civilians" else "unknown", None)

    def source(self, name: str) -> str | None:
        """The id of a source by any of its names."""
        return self.sources.get(name.casefold())

    def place(self, surface: str, point: tuple[float, float] | None) -> PlaceMention:
        """The theatre's place of that name, if its point is near the row's; else the name itself."""
        bare = TAIL.sub("", " ".join(surface.split()))
        for name in dict.fromkeys((surface, bare)):
            if point is None:
                break
            mention = self.gazetteer.locate(name)
            alike = [mention.place, *(place for place, score in mention.others if score >= SURE)]
            for place in (self.gazetteer.places[known] for known in alike if known in self.gazetteer.places):
                if distance_m((place.latitude, place.longitude), point) <= max(NEAR_M, place.precision_m):
                    return PlaceMention(surface, place.id, 1.0)
        return PlaceMention(surface, "x:" + "_".join(bare.casefold().split()), 0.5)


class Form(Protocol):
    """A format of coded data: its name, the columns that tell it, and a row's claim."""

    NAME: str
    REQUIRED: frozenset[str]

    def claim(self, row: Row, document: Document, names: Names) -> Claim:
        """The claim of one row. Raises `ValueError` for values that cannot be."""
        ...


def coded_claims(document: Document, theatre: Theatre | None, gazetteer: Gazetteer | None = None) -> Extraction:
    """The claims of a table of coded events, one a row; rows whose values cannot be are left out and counted in a warning.

    Read are the formats of UCDP GED and ACLED, told by their columns. Raises `TableError`: ``table.columns`` for a table that is none
    of them, ``table.values`` where no row can be read, ``table.csv`` for text that is no table.
    """
    from zubda.interchange import acled, ged

    forms: tuple[Form, ...] = (ged, acled)
    columns, rows = open_table(document.raw, document.origin)
    form = next((form for form in forms if set(columns) >= form.REQUIRED), None)
    if form is None:
        lacks = "; ".join(f"{form.NAME} wants {', '.join(sorted(form.REQUIRED - set(columns)))}, too" for form in forms)
        told = ", ".join(columns[:8]) or "none"
        raise TableError(
            "columns",
            f"{document.origin} is no coded data that is known. Its columns: {told}; {lacks}.",
            "See docs/coded-data.md.",
        )
    names = Names(theatre, gazetteer or Gazetteer(theatre))
    claims: list[Claim] = []
    wrong: list[str] = []
    for row in rows:
        try:
            claims.append(form.claim(row, document, names))
        except ValueError as problem:
            wrong.append(f"line {row.line}: {problem}")
    if wrong and not claims:
        raise TableError("values", f"No row of {document.origin} can be read; {wrong[0]}.", "See docs/coded-data.md.")
    told_wrong = (f"{len(wrong)} rows were left out; the first: {wrong[0]}.",) if wrong else ()
    return Extraction(tuple(claims), (), told_wrong)
