"""What is served: the chronicle, places, sources, documents; and errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = [
    "About",
    "DocumentPage",
    "DocumentRow",
    "DocumentText",
    "ErrorAnswer",
    "ErrorBody",
    "PlacePage",
    "PlaceRow",
    "SourcePage",
    "SourceRow",
]

Day = date


@dataclass(slots=True)
class ErrorBody:
    """What happened, with the value at fault, and what to do next. ``code`` is one of docs/errors.md."""

    code: str
    what: str
    hint: str


@dataclass(slots=True)
class ErrorAnswer:
    """The one shape of every error."""

    error: ErrorBody


@dataclass(slots=True)
class About:
    """The chronicle that is served. ``content`` is its hash, and the tag of every answer."""

    program_version: str
    content: str
    title: str
    theatre: str | None
    first: Day
    last: Day
    sides: list[str]
    states: list[str]
    views: list[str]
    claims: int
    places: int
    documents: int


@dataclass(slots=True)
class PlaceRow:
    """A place. Without a point, nobody knows where it is."""

    id: str
    names: dict[str, str]
    kind: str
    latitude: float | None
    longitude: float | None
    precision_m: float | None
    origin: str
    parent: str | None
    claims: int


@dataclass(slots=True)
class PlacePage:
    """A page of places, as `ClaimPage`."""

    total: int
    offset: int
    limit: int
    next: int | None
    places: list[PlaceRow]


@dataclass(slots=True)
class SourceRow:
    """Someone who says things; ``text`` is the accounts' own voice, ``unnamed`` hearsay."""

    id: str
    names: dict[str, str]
    kind: str
    alignment: str | None
    claims: int
    control_claims: int


@dataclass(slots=True)
class SourcePage:
    """All sources, those that say most first after ``text`` and ``unnamed``."""

    total: int
    sources: list[SourceRow]


@dataclass(slots=True)
class DocumentRow:
    """A text that was read."""

    id: str
    title: str
    origin: str
    sha256: str
    language: str
    published: Day | None
    characters: int
    claims: int


@dataclass(slots=True)
class DocumentPage:
    """All documents."""

    total: int
    documents: list[DocumentRow]


@dataclass(slots=True)
class DocumentText:
    """A document with its raw text, which the spans of claims point into."""

    document: DocumentRow
    raw: str
