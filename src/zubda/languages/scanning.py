"""Matching a pattern only where it can begin: most rules begin in few places of a text, and those are cheap to find once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from re import Match, Pattern

__all__ = ["Taken", "matches_from", "starts_of"]


class Taken:
    """Which stretches of a text a rule has claimed already."""

    __slots__ = ("_marked",)

    def __init__(self, length: int) -> None:
        self._marked = bytearray(length)

    def claim(self, start: int, end: int) -> bool:
        """Claim the characters from ``start`` up to ``end``; False, and nothing is claimed, if there are none or one is taken."""
        if start >= end or self._marked.find(1, start, end) >= 0:
            return False
        self._marked[start:end] = b"\x01" * (end - start)
        return True

    def free(self, start: int, end: int) -> bool:
        """Whether no character from ``start`` up to ``end`` is taken."""
        return self._marked.find(1, start, end) < 0

    def free_until(self, start: int, end: int) -> int:
        """Where a stretch meets a character that is taken, else its end."""
        known = self._marked.find(1, start, end)
        return known if known >= 0 else end


def starts_of(pattern: Pattern[str], text: str) -> list[int]:
    """Where matches of ``pattern`` begin; wrap it in a lookahead to get those that overlap as well."""
    return [match.start() for match in pattern.finditer(text)]


def matches_from(pattern: Pattern[str], text: str, starts: Iterable[int]) -> Iterator[Match[str]]:
    """What ``pattern.finditer(text)`` gives, if every match begins at one of ``starts`` (ascending) and none is empty."""
    end = 0
    for start in starts:
        if start >= end:
            match = pattern.match(text, start)
            if match is not None:
                end = match.end()
                yield match
