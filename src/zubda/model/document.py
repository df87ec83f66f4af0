"""A text with its origin, its plain form, and the way back from plain to raw characters."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

__all__ = ["Block", "Document", "Link", "OffsetMap"]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Plain offsets to raw offsets, both in code points.

    ``plain`` and ``raw`` are the starts of runs that were copied character by character; run ``i`` is
    ``lengths[i]`` characters long. Plain characters between two runs were made up (a joining space).
    """

    plain: tuple[int, ...]
    raw: tuple[int, ...]
    lengths: tuple[int, ...]

    def to_raw(self, offset: int) -> int:
        """Raw offset of one plain character; of a made-up character, the end of the run before it."""
        if not self.plain:
            return offset
        run = max(0, bisect_right(self.plain, offset) - 1)
        return self.raw[run] + min(max(0, offset - self.plain[run]), self.lengths[run])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw ``(start, end)`` that covers the plain characters from ``start`` up to ``end``, exclusive."""
        if end <= start:
            at = self.to_raw(start)
            return at, at
        plain = self.plain
        if not plain:
            return start, end
        run = max(0, bisect_right(plain, start) - 1)
        within, length = start - plain[run], self.lengths[run]
        if within >= 0 and end - 1 - plain[run] < length:  # both ends in one run: the usual case
            return self.raw[run] + within, self.raw[run] + within + end - start
        return self.to_raw(start), self.to_raw(end - 1) + 1

    def plain_span(self, start: int, end: int) -> tuple[int, int]:
        """Plain ``(start, end)`` of what was copied from the raw characters from ``start`` up to ``end``, exclusive."""
        if not self.plain:
            return start, end
        first, last = self._from_raw(start), self._from_raw(end)
        return first, max(first, last)

    def _from_raw(self, offset: int) -> int:
        """Plain offset of one raw character; of one that was left out, where the next run begins."""
        run = bisect_right(self.raw, offset) - 1
        if run < 0:
            return self.plain[0]
        within = offset - self.raw[run]
        if within < self.lengths[run] or run + 1 == len(self.plain):
            return self.plain[run] + min(within, self.lengths[run])
        return self.plain[run + 1] if within > self.lengths[run] else self.plain[run] + self.lengths[run]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of plain text from ``start`` up to ``end``, exclusive.

    ``kind`` is ``heading``, ``paragraph``, ``list_item``, ``table_row``, ``quote`` or ``caption``. ``level`` is
    1–6 for a heading, the nesting for a list item, 1 for the row of a table that heads its columns, 0 otherwise. ``narrative`` is
    False for what must not be read as an account: reference lists, see-also, navigation, front matter, headings of columns. ``section`` is the path of
    headings above the block, outermost first. ``cells`` are the plain ranges of a table row's cells, empty ones included; a line
    break within a cell is a newline of the plain text.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    narrative: bool = True
    section: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link over the plain characters from ``start`` to ``end``; ``target`` is where it leads, a page title if possible."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read.

    ``id`` is ``d`` and the first 12 digits of ``sha256``, which is taken over the file's bytes. ``raw`` is the
    decoded file with its newlines untouched, ``text`` the plain text. ``published`` is the day the document
    gives for itself, if it does. ``warnings`` are sentences for the user, with counts.
    """

    id: str
    title: str
    origin: str
    sha256: str
    language: str
    media_type: str
    raw: str = field(repr=False)
    text: str = field(repr=False)
    offsets: OffsetMap = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)
    published: date | None = None
    warnings: tuple[str, ...] = ()
