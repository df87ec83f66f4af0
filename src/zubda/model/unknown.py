"""A name that a text uses and the theatre does not know."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Unknown"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name met, its id (``x:...``), guessed kind (``place``, ``actor``, ``source``; detail such as ``village``), and how often.

    ``example`` is a raw span in ``document`` where it stands; ``side`` a guess, or ``unknown``.
    """

    id: str
    surface: str
    kind: str
    detail: str
    count: int
    document: str
    example: tuple[int, int]
    side: str = "unknown"
