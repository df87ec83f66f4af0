"""Running text with white space folded, as wikitext and HTML give it: visible characters in, blocks with sections out."""

from __future__ import annotations

import re

from zubda.documents.plain import PlainText, is_wide
from zubda.documents.sections import SectionNames
from zubda.documents.taming import FILLER
from zubda.model import Block, Link

__all__ = ["LINE_HEADING", "Flow"]

SPACE = re.compile(r"(?: (?=[ \t\n\r\f\v\u00a0\u3000])|[\t\n\r\f\v\u00a0\u3000])[ \t\n\r\f\v\u00a0\u3000]*")
"""White space other than a single space."""
LINE_END = re.compile(r"[\n\r]")
INVISIBLE = re.compile(f"[{FILLER}\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
OPEN_BRACKET = re.compile(r" ?[(（][\s,，;；、:：.]{0,8}$")
LINE_HEADING = 6
"""Level of a heading that is a line in bold or a defined term; it opens no section."""
CLOSING = (")", "）")


class Flow:
    """Collects visible raw characters into blocks.

    A block is opened by its first visible character and closed by `close`; headings set the section of what follows. White space is
    folded to one space, and to none between characters of a script without spaces where it breaks a line. Brackets that were emptied
    by what was left out are left out, too.
    """

    def __init__(self, raw: str, sections: SectionNames) -> None:
        self.out = PlainText(raw)
        self.raw = raw
        self.sections = sections
        self.path: list[tuple[int, str]] = []
        self.kind = "paragraph"
        self.level = 0
        self._start: int | None = None
        self._gap: int | None = None
        self._broken = False
        self._cells: list[tuple[int, int]] | None = None
        self._cell: int | None = None

    def open(self, kind: str, level: int = 0) -> None:
        """Close what is open; what comes next is of this kind."""
        self.close()
        self.kind, self.level = kind, level

    def close(self) -> None:
        """End the open block, if it holds anything. A heading up to level 5 opens a section."""
        start, self._start, self._gap = self._start, None, None
        kind, level, self.kind, self.level = self.kind, self.level, "paragraph", 0
        if start is None:
            return
        opens = kind == "heading" and level < LINE_HEADING
        while opens and self.path and self.path[-1][0] >= level:
            self.path.pop()
        self._block(kind, start, level)
        if opens:
            self.path.append((level, self.out.text_from(start).strip()))

    def _block(self, kind: str, start: int, level: int, cells: tuple[tuple[int, int], ...] = ()) -> None:
        names = tuple(name for _, name in self.path)
        heads = kind == "table_row" and level > 0
        narrative = not heads and not self.sections.excludes(names)
        self.out.blocks.append(Block(kind, start, self.out.length, level, narrative, names, cells))

    def copy(self, start: int, end: int) -> None:
        """Append the raw characters from ``start`` up to ``end``."""
        position = start
        for match in SPACE.finditer(self.raw, start, end):
            self._stretch(position, match.start())
            self._gap = match.start()
            self._broken = self._broken or LINE_END.search(match.group()) is not None
            position = match.end()
        self._stretch(position, end)

    def _stretch(self, start: int, end: int) -> None:
        """Append characters in which white space is single spaces; one at either end waits for what comes next to it."""
        if start < end and self.raw[start] == " ":
            self._gap = start
            start += 1
        waits = start < end and self.raw[end - 1] == " "
        self._visible(start, end - waits)
        if waits:
            self._gap = end - 1

    def _visible(self, start: int, end: int) -> None:
        for match in INVISIBLE.finditer(self.raw, start, end):
            self._append(start, match.start())
            start = match.end()
        self._append(start, end)

    def _append(self, start: int, end: int) -> None:
        if start >= end:
            return
        if self.raw[start] in CLOSING and self._emptied():
            start += 1
            if start == end:
                return
        self._begin(self.raw[start])
        self.out.copy(start, end)

    def _emptied(self) -> bool:
        """Whether an opening bracket with nothing in it stands last; it is taken back."""
        if self._here() is None:
            return False
        tail = self.out.text_from(max(self._here() or 0, self.out.length - 10))
        found = OPEN_BRACKET.search(tail)
        if found is None:
            return False
        self.out.cut(self.out.length - (len(tail) - found.start()))
        return True

    def _here(self) -> int | None:
        return self._cell if self._cells is not None else self._start

    def substitute(self, text: str, at: int) -> None:
        """Append one character that stands for the raw ones at ``at``."""
        if text.isspace():
            self._gap = self._gap if self._gap is not None else at
            return
        self._begin(text)
        self.out.substitute(text, at)

    def _begin(self, following: str) -> None:
        gap, broken, self._gap, self._broken = self._gap, self._broken, None, False
        start = self._here()
        if self._cells is not None and start is None:
            return
        if start is None:
            if self.out.length:
                self.out.insert("\n")
            self._start = self.out.length
            return
        if gap is None or self.out.length == start or self.out.last() in (" ", "\n"):
            return
        if broken:
            self.out.insert("" if is_wide(self.out.last()) or is_wide(following) else " ")
        elif self.raw[gap] == " ":
            self.out.copy(gap, gap + 1)
        else:
            self.out.substitute(" ", gap)

    def space(self) -> None:
        """White space that stands nowhere in the raw text as such, or need not be mapped."""
        if self._gap is None:
            self._gap, self._broken = 0, True

    def holds(self) -> bool:
        """Whether the open block holds anything yet."""
        return self._start is not None

    def line_break(self) -> None:
        """A break of the line: in a cell of a table a newline, elsewhere white space."""
        if self._cells is not None:
            if self._cell is not None and self.out.length > self._cell and self.out.last() != "\n":
                self.out.insert("\n")
            return
        self._gap, self._broken = 0, True

    def link_start(self) -> int:
        """Where the text of a link begins, for `link_end`."""
        return self.out.length

    def link_end(self, start: int, target: str) -> None:
        """The text from ``start`` on leads to ``target``, if there is any."""
        while start < self.out.length and self.out.text_from(start)[:1] in (" ", "\n"):
            start += 1
        name = target.split("#")[0].replace(FILLER, "").replace("_", " ").strip().lstrip(":")
        if name and self.out.length > start:
            self.out.links.append(Link(start, self.out.length, name))

    def row_start(self) -> None:
        """A row of a table begins."""
        self.close()
        self._cells = []

    def cell_start(self) -> None:
        """A cell of the row begins."""
        if self._cells is None:
            return
        self._gap, self._broken = None, False
        if self.out.length:
            self.out.insert("\t" if self._cells else "\n")
        self._cell = self.out.length

    def cell_end(self) -> None:
        """The cell ends."""
        if self._cells is None or self._cell is None:
            return
        end = len(self.out.text_from(self._cell).rstrip()) + self._cell
        self.out.cut(end)
        self._cells.append((self._cell, end))
        self._cell = self._gap = None

    def row_end(self, heads: bool) -> None:
        """The row ends; ``heads`` tells that it names the columns. A row of empty cells is taken back."""
        cells, self._cells, self._cell = self._cells or [], None, None
        if not cells:
            return
        if all(start == end for start, end in cells):
            self.out.cut(max(0, cells[0][0] - 1))
            return
        self._block("table_row", cells[0][0], int(heads), tuple(cells))

    def finish(self) -> PlainText:
        """All of it."""
        self.close()
        return self.out
