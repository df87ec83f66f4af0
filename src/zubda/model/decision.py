"""What a person decided. Decisions are a log beside the claims and are replayed over them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Decision"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log.

    ``kind`` is ``accept``, ``reject``, ``correct``, ``same_event`` or ``not_same_event``; ``claims`` the one or two ids it is
    about; ``field`` and ``value`` (JSON) what a correction sets; ``by`` and ``note`` are free text; ``at`` is an ISO time.
    """

    kind: str
    claims: tuple[str, ...]
    field: str = ""
    value: str = ""
    by: str = ""
    note: str = ""
    at: str = ""
