"""Writing a chronicle to its file in one step, and reading it back to the same values."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EISDIR
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from zubda._version import __version__
from zubda.chronicle import schema
from zubda.errors import ChronicleError
from zubda.model import Claim, Decision, Document, Theatre, Unknown

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["Content", "append_decisions", "check_writable", "load", "save"]

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a chronicle's file holds, in the order it was given."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    theatre: Theatre | None
    unknowns: tuple[Unknown, ...]
    decisions: tuple[Decision, ...]
    program_version: str


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # heavy to import, and only files need it

    return TypeAdapter(kind)


def _pack(value: object) -> bytes:
    return orjson.dumps(value)


def _unpack(kind: Any, content: bytes) -> Any:
    return _adapter(kind).validate_json(content)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")

    return engine


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    """A transaction on an existing chronicle, migrated if it is older. Every database error leaves as `ChronicleError`."""
    if not path.is_file():
        raise ChronicleError(
            "missing", f"There is no chronicle at {path}.", "Make one: zubda read INPUT... -o FILE.zubda"
        )
    with path.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3"):
            raise ChronicleError(
                "not_a_chronicle", f"{path} is no chronicle.", "Give a file that `zubda read ... -o FILE.zubda` wrote."
            )
    engine = _engine(path)
    try:
        with engine.begin() as connection:
            tag = connection.exec_driver_sql("PRAGMA application_id").scalar()
            if tag != schema.APPLICATION_ID:
                raise ChronicleError(
                    "not_a_chronicle",
                    f"{path} is an SQLite file of another program.",
                    "Give a file that `zubda read ... -o FILE.zubda` wrote.",
                )
            schema.migrate(connection)
            yield connection
    except DatabaseError as problem:
        raise ChronicleError(
            "damaged", f"{path} cannot be read: {problem.orig}.", "Restore it from a copy, or read the documents again."
        ) from problem
    finally:
        engine.dispose()


def save(path: Path, content: Content) -> None:
    """Write ``content`` to ``path``: to a new file beside it, which then takes its place, so that no half file is ever seen.

    Raises `ChronicleError` (``chronicle.unwritable``) if the folder does not take the file; what was there before stays.
    """
    partial = _partial(path)
    try:
        partial.unlink(missing_ok=True)
        engine = _engine(partial)
        try:
            with engine.begin() as connection:
                _write(connection, content)
        finally:
            engine.dispose()
        partial.replace(path)
    except (OSError, DatabaseError) as problem:
        raise _unwritable(path, problem) from problem
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raises `ChronicleError` (``chronicle.unwritable``) if no file can be made beside ``path``, before there is anything to lose."""
    if path.is_dir():
        raise _unwritable(path, IsADirectoryError(EISDIR, "it is a folder"))
    partial = _partial(path)
    try:
        partial.touch()
        partial.unlink()
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


def _unwritable(path: Path, problem: OSError | DatabaseError) -> ChronicleError:
    why = problem.strerror or str(problem) if isinstance(problem, OSError) else str(problem.orig)
    return ChronicleError(
        "unwritable", f"{path} cannot be written: {why}.", "Choose a folder that exists and takes files."
    )


def _write(connection: Connection, content: Content) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    schema.metadata.create_all(connection)
    facts = {
        "schema_version": str(schema.SCHEMA_VERSION),
        "program_version": content.program_version,
        "theatre": content.theatre.id if content.theatre else "",
        "theatre_version": content.theatre.version if content.theatre else "",
    }
    _insert(connection, schema.meta, ({"key": key, "value": value} for key, value in facts.items()))
    _insert(connection, schema.document, map(_document_row, range(len(content.documents)), content.documents))
    _insert(connection, schema.claim, map(_claim_row, range(len(content.claims)), content.claims))
    _insert(connection, schema.claim_place, _place_rows(content.claims))
    if content.theatre:
        _insert(connection, schema.theatre, [{"id": content.theatre.id, "content": _pack(content.theatre)}])
        _insert(connection, schema.place, _gazetteer_rows(content.theatre))
    _insert(
        connection,
        schema.unknown,
        (
            {"id": name.id, "surface": name.surface, "kind": name.kind, "content": _pack(name)}
            for name in content.unknowns
        ),
    )
    _insert(connection, schema.decision, map(_decision_row, content.decisions))


def _insert(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _document_row(position: int, document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "position": position,
        "title": document.title,
        "origin": document.origin,
        "sha256": document.sha256,
        "language": document.language,
        "published": document.published.isoformat() if document.published else None,
        "content": zlib.compress(_pack(document), 6),
    }


def _claim_row(position: int, claim: Claim) -> dict[str, Any]:
    return {
        "position": position,
        "id": claim.id,
        "document": claim.document,
        "type": claim.type,
        "first_day": claim.date.first.isoformat() if claim.date else None,
        "last_day": claim.date.last.isoformat() if claim.date else None,
        "source": claim.source,
        "source_id": claim.source_id,
        "polarity": claim.polarity,
        "holder": claim.control.holder if claim.control else None,
        "change": claim.control.change if claim.control else None,
        "extractor": claim.extractor,
        "content": _pack(claim),
    }


def _place_rows(claims: Sequence[Claim]) -> Iterator[dict[str, Any]]:
    for number, claim in enumerate(claims):
        for position, mention in enumerate(claim.places):
            yield {
                "claim": number,
                "position": position,
                "surface": mention.surface,
                "place": mention.place,
                "score": mention.score,
            }


def _gazetteer_rows(theatre: Theatre) -> Iterator[dict[str, Any]]:
    for entry in theatre.places.values():
        yield {
            "id": entry.id,
            "kind": entry.kind,
            "name": entry.names.get("en") or next(iter(entry.names.values()), entry.id),
            "latitude": entry.latitude,
            "longitude": entry.longitude,
            "precision_m": entry.precision_m,
            "origin": entry.origin,
            "parent": entry.parent,
        }


def _decision_row(decision: Decision) -> dict[str, Any]:
    return {"kind": decision.kind, "content": _pack(decision)}


def load(path: Path) -> Content:
    """Everything in the file at ``path``.

    Raises `ChronicleError`: ``chronicle.missing``, ``chronicle.not_a_chronicle``, ``chronicle.newer`` or ``chronicle.damaged``.
    """
    with _opened(path) as connection:
        try:
            return _read(connection)
        except (ValueError, zlib.error, StopIteration) as problem:
            raise ChronicleError(
                "damaged", f"{path} holds values that cannot be read: {str(problem)[:200]}.", "Restore it from a copy."
            ) from problem


def _read(connection: Connection) -> Content:
    def contents(table: Any) -> list[bytes]:
        return list(connection.execute(select(table.c.content).order_by(table.c.position)).scalars())

    stored = connection.execute(select(schema.theatre.c.content)).scalar()
    program = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "program_version")).scalar()
    return Content(
        documents=tuple(_unpack(Document, zlib.decompress(content)) for content in contents(schema.document)),
        claims=tuple(_unpack(Claim, content) for content in contents(schema.claim)),
        theatre=_unpack(Theatre, stored) if stored else None,
        unknowns=tuple(_unpack(Unknown, content) for content in contents(schema.unknown)),
        decisions=tuple(_unpack(Decision, content) for content in contents(schema.decision)),
        program_version=program or __version__,
    )


def append_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Add to the log of decisions in the file at ``path``, in one transaction. Raises `ChronicleError` as `load` does."""
    with _opened(path) as connection:
        _insert(connection, schema.decision, map(_decision_row, decisions))
