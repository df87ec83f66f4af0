"""Markdown as encyclopaedias export it: blocks found line by line, inline marks removed, every character mapped back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from zubda.documents.inline import scan_inline
from zubda.documents.plain import PlainText
from zubda.documents.sections import SectionNames
from zubda.model import Block

__all__ = ["read_markdown"]

ATX = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
SETEXT = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t]*$")
LIST_ITEM = re.compile(r"([ \t]{0,40})(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
TABLE_RULE = re.compile(r"[ ]{0,3}\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
THEMATIC = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
CELL_BAR = re.compile(r"(?<!\\)\|")
CELL_BREAK = re.compile(r"<br\b[^<>]{0,40}>", re.IGNORECASE)
OPENING_EMPHASIS = re.compile(r"\s*([*_]{1,3})(?=[^\s*_])[^*_\n]{1,2000}\1(?![*_])")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
BOLD_HEADING_LEVEL = 6


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def _lines(raw: str, start: int) -> Iterator[_Line]:
    position = start
    while position < len(raw):
        match = LINE.match(raw, position)
        if match is None or match.end() == position:
            return
        text = match.group().rstrip("\r\n")
        yield _Line(position, position + len(text), text)
        position = match.end()


class _Reader:
    def __init__(self, raw: str, sections: SectionNames) -> None:
        self.out = PlainText(raw)
        self.sections = sections
        self.path: list[tuple[int, str]] = []
        self.pending: list[tuple[int, int]] = []
        self.pending_kind = "paragraph"
        self.pending_level = 0
        self.fence = ""
        self.table_rows: int | None = None  # None outside a table

    def read(self, start: int) -> PlainText:
        lines = list(_lines(self.out.raw, start))
        for number, line in enumerate(lines):
            following = lines[number + 1].text if number + 1 < len(lines) else ""
            self._line(line, following)
        self._flush()
        return self.out

    def _line(self, line: _Line, following: str) -> None:
        if self._in_fence(line):
            return
        if not line.text.strip():
            self._flush()
            self.table_rows = None
            return
        heading = ATX.match(line.text)
        if heading:
            self._flush()
            self._heading(len(heading.group(1)), line.start + heading.start(2), line.start + heading.end(2))
            return
        if self.pending and self.pending_kind == "paragraph" and SETEXT.match(line.text):
            self._setext(1 if line.text.strip()[0] == "=" else 2)
            return
        if THEMATIC.match(line.text):
            self._flush()
            return
        if self._table(line, following):
            return
        quote = QUOTE.match(line.text)
        if quote:
            self._gather("quote", 0, line.start + quote.end(), line.end)
            return
        item = LIST_ITEM.match(line.text)
        if item:
            self._flush()
            self._gather("list_item", len(item.group(1).expandtabs(4)) // 2, line.start + item.end(), line.end)
            return
        kind = self.pending_kind if self.pending else "paragraph"
        self._gather(kind, self.pending_level if self.pending else 0, line.start, line.end)

    def _in_fence(self, line: _Line) -> bool:
        fence = FENCE.match(line.text)
        if self.fence:
            if fence and fence.group(1).startswith(self.fence):
                self.fence = ""
            return True
        if fence:
            self._flush()
            self.fence = fence.group(1)
            return True
        return False

    def _gather(self, kind: str, level: int, start: int, end: int) -> None:
        if self.pending and kind != self.pending_kind:
            self._flush()
        self.pending_kind, self.pending_level = kind, level
        self.pending.append((start, end))

    def _setext(self, level: int) -> None:
        start, end = self.pending[0][0], self.pending[-1][1]
        self.pending = []
        self._heading(level, start, end)

    def _heading(self, level: int, start: int, end: int) -> None:
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        first = self._emit("heading", level, [(start, end)])
        title = self.out.text_from(first).strip()
        if title:
            self.path.append((level, title))

    def _flush(self) -> None:
        pieces, self.pending = self.pending, []
        if not pieces:
            return
        kind, level = self.pending_kind, self.pending_level
        self.pending_kind, self.pending_level = "paragraph", 0
        if kind == "paragraph" and len(pieces) == 1 and self._bold_heading(*pieces[0]):
            return
        self._emit(kind, level, pieces)

    def _bold_heading(self, start: int, end: int) -> bool:
        """A bold line alone is a heading of the deepest level, pictures beside it left out; it opens no section."""
        mark = self.out.length
        bold = self.out.raw[start:end].lstrip().startswith(("**", "__"))
        if not bold:
            return False
        first = self._emit("heading", BOLD_HEADING_LEVEL, [(start, end)])
        text = self.out.text_from(first)
        inner = re.match(r"\s*(?:\*\*|__)([^*_\n]+)(?:\*\*|__)", self.out.raw[start:end])
        if inner and len(text.strip()) <= len(inner.group(1).strip()) + 2 and len(text) <= 120:
            return True
        if self.out.length > mark and self.out.blocks and self.out.blocks[-1].start == first:
            block = self.out.blocks.pop()
            self.out.blocks.append(Block("paragraph", block.start, block.end, 0, block.narrative, block.section))
        return True

    def _emit(self, kind: str, level: int, pieces: list[tuple[int, int]]) -> int:
        """Append a block made of raw pieces (a quote's lines without their marks); returns its plain start."""
        if self.out.length:
            self.out.insert("\n")
        first = self.out.length
        for number, (start, end) in enumerate(pieces):
            if number:
                self.out.join()
            stop = end
            while stop > start and self.out.raw[stop - 1] in " \t\\":
                stop -= 1
            while start < stop and self.out.raw[start] in " \t\u3000":
                start += 1
            scan_inline(self.out, start, stop, self.sections.file_namespaces)
        if not self.out.text_from(first).strip():
            return first
        opening_note = kind == "quote" and not self.out.blocks
        narrative = not opening_note and not self.sections.excludes(name for _, name in self.path)
        section = tuple(name for _, name in self.path)
        self.out.blocks.append(Block(kind, first, self.out.length, level, narrative, section))
        return first

    def _table(self, line: _Line, following: str) -> bool:
        bar = line.text.lstrip().startswith("|")
        if self.table_rows is None:
            if not (
                ("|" in line.text) and TABLE_RULE.match(following) and "-" in following and (bar or "|" in following)
            ):
                return False
            self._flush()
            self.table_rows = 0
            self._row(line)
            return True
        if TABLE_RULE.match(line.text):
            return True
        if "|" not in line.text:
            self.table_rows = None
            return False
        self._row(line)
        return True

    def _row(self, line: _Line) -> None:
        raw = self.out.raw
        bars = [line.start + match.start() for match in CELL_BAR.finditer(line.text)]
        edges = [line.start - 1, *bars, line.end]
        cells = [(before + 1, after) for before, after in pairwise(edges)]
        if not raw[slice(*cells[0])].strip():
            cells = cells[1:]
        if cells and not raw[slice(*cells[-1])].strip() and bars and bars[-1] == cells[-1][0] - 1:
            cells = cells[:-1]
        if not any(raw[a:b].strip() for a, b in cells):
            return
        if self.out.length:
            self.out.insert("\n")
        ranges = [self._cell(a, b, number) for number, (a, b) in enumerate(cells)]
        level = 0 if self.table_rows else 1
        narrative = not level and not self.sections.excludes(name for _, name in self.path)
        section = tuple(name for _, name in self.path)
        self.table_rows = 1
        self.out.blocks.append(
            Block("table_row", ranges[0][0], self.out.length, level, narrative, section, tuple(ranges))
        )

    def _cell(self, start: int, end: int, number: int) -> tuple[int, int]:
        """Append one cell; line breaks in it, and the end of an emphasised run that begins it, become newlines."""
        raw = self.out.raw
        if number:
            self.out.insert("\t")
        first = self.out.length
        opening = OPENING_EMPHASIS.match(raw, start, end)
        pieces = [opening.span()] if opening else []
        position = opening.end() if opening else start
        for match in CELL_BREAK.finditer(raw, position, end):
            pieces.append((position, match.start()))
            position = match.end()
        for a, b in (*pieces, (position, end)):
            while a < b and raw[a] in " \t":
                a += 1
            while b > a and raw[b - 1] in " \t":
                b -= 1
            if a < b and self.out.length > first and self.out.last() != "\n":
                self.out.insert("\n")
            scan_inline(self.out, a, b, self.sections.file_namespaces)
        return first, self.out.length


def read_markdown(raw: str, sections: SectionNames, start: int = 0) -> PlainText:
    """Plain text, blocks and links of Markdown from the raw offset ``start`` on (front matter lies before it).

    Cells of a table row are joined by tabs; the first row is its heading. A paragraph that is one bold line is a heading of level 6 and opens no section.
    """
    return _Reader(raw, sections).read(start)
