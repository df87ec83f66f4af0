"""Every error that Zubda raises on purpose, as one tree.

::

    ZubdaError
    ├── InputError            what was given to read
    │   ├── DocumentError       a file that is no readable text
    │   ├── TheatreError        a theatre with faults, all of them listed
    │   └── TableError          coded data with wrong columns or values
    ├── ChronicleError        a ``.zubda`` file that cannot be opened, read or written
    ├── UnknownNameError      a place, source, side, claim or theatre that nobody knows by that name
    ├── UsageError            an option or argument that cannot be what was meant
    ├── NetworkError          an address that did not answer, or not with what was asked for
    └── MissingExtraError     a feature whose optional libraries are not installed

Each has a ``code`` (stable, documented in ``docs/errors.md``), says what happened with the value at
fault, and what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "ChronicleError",
    "DocumentError",
    "InputError",
    "MissingExtraError",
    "NetworkError",
    "TableError",
    "TheatreError",
    "UnknownNameError",
    "UsageError",
    "ZubdaError",
]


class ZubdaError(Exception):
    """Root of the tree.

    ``code`` is the stable code such as ``"document.encoding"``: the part before the dot is the class's
    own, the part after it the case. ``what`` says what happened, with the value; ``hint`` what to do next.
    """

    family = "zubda"

    def __init__(self, case: str, what: str, hint: str) -> None:
        super().__init__(what)
        self.code = f"{self.family}.{case}"
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} {self.hint} [{self.code}]"

    def as_dict(self) -> dict[str, object]:
        """The one shape that the command line, the HTTP API and the page share."""
        return {"code": self.code, "what": self.what, "hint": self.hint}


class InputError(ZubdaError):
    """What was given to read cannot be read."""

    family = "input"


class DocumentError(InputError):
    """A file that is no readable text: missing, empty, binary, in an unknown encoding, too large."""

    family = "document"


class TheatreError(InputError):
    """A theatre with faults. ``faults`` lists all of them, each ``file:line: what is wrong``."""

    family = "theatre"

    def __init__(self, case: str, what: str, hint: str, faults: Sequence[str] = ()) -> None:
        super().__init__(case, what, hint)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {fault}" for fault in self.faults)])

    def as_dict(self) -> dict[str, object]:
        """The shared shape, with the faults listed."""
        return {**super().as_dict(), "faults": list(self.faults)}


class TableError(InputError):
    """Coded data with wrong columns or values."""

    family = "table"


class ChronicleError(ZubdaError):
    """A chronicle that cannot be opened, read or written."""

    family = "chronicle"


class UnknownNameError(ZubdaError):
    """Nobody knows this place, source, side, claim or theatre. ``suggestions`` holds the nearest names."""

    family = "unknown"

    def __init__(self, case: str, what: str, hint: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(case, what, hint)
        self.suggestions = tuple(suggestions)

    def as_dict(self) -> dict[str, object]:
        """The shared shape, with the suggestions listed."""
        return {**super().as_dict(), "suggestions": list(self.suggestions)}


class UsageError(ZubdaError):
    """An option or argument that cannot be what was meant."""

    family = "usage"


class NetworkError(ZubdaError):
    """An address that did not answer, or not with what was asked for."""

    family = "network"


class MissingExtraError(ZubdaError):
    """A feature whose optional libraries are not installed."""

    family = "extra"
