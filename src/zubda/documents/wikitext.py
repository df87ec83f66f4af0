"""Wikitext as encyclopaedias store it: templates, notes and files left out, every visible character mapped back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from zubda.documents.flow import LINE_HEADING, Flow
from zubda.documents.inline import variant_text
from zubda.documents.plain import PlainText
from zubda.documents.sections import SectionNames
from zubda.documents.taming import tame

__all__ = ["looks_like_wikitext", "read_wikitext"]

DROPPED_TAGS = frozenset({
    "ref", "references", "gallery", "math", "timeline", "style", "script", "score", "graph", "imagemap",
    "syntaxhighlight", "source", "pre", "templatestyles", "mapframe", "ce", "chem",
})  # fmt: skip
DROPPED_CLASSES = re.compile(r"navbox|infobox|metadata|ambox|sidebar|noprint|toc|mw-empty-elt|authority", re.IGNORECASE)
BLOCK_TAGS = frozenset({
    "div", "p", "blockquote", "center", "section", "table", "tr", "td", "th", "ul", "ol", "dl", "hr",
})  # fmt: skip
QUOTES = re.compile(r"'{2,5}")
MAGIC = re.compile(r"__[A-Z]{3,20}__")
VARIANT = re.compile(r"-\{([^{}]{0,2000})\}-")
LEFT_OUT = re.compile(f"{QUOTES.pattern}|{MAGIC.pattern}|{VARIANT.pattern}")
BOLD_LINE = re.compile(r"'''(?!')([^'\n]{1,120})'''[ \t]*$")
SIGNS = re.compile(r"\[\[[^\]\n]{1,200}\]\]|^==+[^=\n]+==+[ \t]*$|\{\{[^{}]{1,400}\}\}|'''[^'\n]+'''", re.MULTILINE)
INTERLANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z-]+)?$")


def looks_like_wikitext(sample: str) -> bool:
    """Whether a text without a telling name is wikitext: by its links, headings, templates and bold marks."""
    return len(SIGNS.findall(sample)) >= 3


class _Walker:
    def __init__(self, raw: str, sections: SectionNames) -> None:
        self.flow = Flow(raw, sections)
        self.raw = raw
        self.sections = sections
        self.newlines = 2
        self.in_cell = False

    def nodes(self, nodes: Iterable[Any], offset: int) -> None:
        """Walk nodes that stand one after the other from the raw offset on."""
        for node in nodes:
            length = len(str(node))
            handler = getattr(self, "_" + type(node).__name__.lower(), None)
            if handler is not None:
                handler(node, offset, offset + length)
            offset += length

    def _text(self, node: Any, start: int, end: int) -> None:
        position = start
        while position < end:
            stop = self.raw.find("\n", position, end)
            line_end = end if stop < 0 else stop
            self._line(position, line_end)
            if stop < 0:
                return
            self.newlines += 1
            position = stop + 1

    def _line(self, start: int, end: int) -> None:
        if not self.raw[start:end].strip():
            if self.newlines == 0 and start < end:
                self.flow.copy(start, end)
            return
        bold = BOLD_LINE.match(self.raw, start, end)
        if bold and self.newlines and not self.in_cell and self.raw[end : end + 1] in ("\n", ""):
            self.flow.open("heading", LINE_HEADING)
            self.flow.copy(bold.start(1), bold.end(1))
            self.flow.close()
            self.newlines = 0
            return
        self._new_line()
        for match in LEFT_OUT.finditer(self.raw, start, end):
            self.flow.copy(start, match.start())
            if match.group().startswith("-{"):
                self.flow.copy(*variant_text(self.raw, match.start(1), match.end(1)))
            start = match.end()
        self.flow.copy(start, end)

    def _new_line(self) -> None:
        """What was gathered since the last visible character: a new paragraph, or the next line of this one."""
        if self.newlines and not self.in_cell:
            if self.newlines > 1 or self.flow.kind != "paragraph":
                self.flow.close()
            else:
                self.flow.line_break()
        elif self.newlines and self.in_cell:
            self.flow.line_break()
        self.newlines = 0

    def _htmlentity(self, node: Any, start: int, end: int) -> None:
        try:
            meaning = node.normalize()
        except (ValueError, OverflowError):
            return
        self._new_line()
        self.flow.substitute(meaning, start)

    def _heading(self, node: Any, start: int, end: int) -> None:
        self.flow.open("heading", node.level)
        self.newlines = 0
        self.nodes(node.title.nodes, start + node.level)
        self.flow.close()
        self.newlines = 2

    def _wikilink(self, node: Any, start: int, end: int) -> None:
        title = str(node.title)
        space, colon, _ = title.strip().partition(":")
        if colon and space.strip().casefold() in self.sections.file_namespaces:
            return
        if colon and INTERLANGUAGE.match(space):
            return
        if not node.text or not str(node.text).strip():
            at = start + 2 + (title.startswith(":"))
            self._linked(title, [(at, start + 2 + len(title))])
            return
        self._new_line()
        first = self.flow.link_start()
        self.nodes(node.text.nodes, start + 2 + len(title) + 1)
        self.flow.link_end(first, title)

    def _linked(self, target: str, spans: list[tuple[int, int]]) -> None:
        self._new_line()
        first = self.flow.link_start()
        for start, end in spans:
            self.flow.copy(start, end)
        self.flow.link_end(first, target)

    def _externallink(self, node: Any, start: int, end: int) -> None:
        if not node.brackets or node.title is None:
            return
        title = str(node.title)
        self._new_line()
        self.nodes(node.title.nodes, end - 1 - len(title))

    def _template(self, node: Any, start: int, end: int) -> None:
        """A template that only dresses its text, as the language folders list them, shows it; the others are left out."""
        shown = self.sections.shown_templates.get(str(node.name).strip().casefold().replace("_", " "))
        if shown is None:
            return
        at = start + 2 + len(str(node.name))
        number = 0
        for parameter in node.params:
            at += 1
            name, value = str(parameter.name), str(parameter.value)
            number += not parameter.showkey
            offset = at + (len(name) + 1 if parameter.showkey else 0)
            if (name.strip() if parameter.showkey else str(number)) == str(shown):
                self._new_line()
                self.nodes(parameter.value.nodes, offset)
                return
            at = offset + len(value)

    def _tag(self, node: Any, start: int, end: int) -> None:
        name = str(node.tag).strip().lower()
        if name in DROPPED_TAGS or DROPPED_CLASSES.search(_class(node)):
            return
        if name == "br":
            self.flow.line_break()
        elif name == "table" and not self.in_cell:
            self._table(node, start, end)
        elif node.wiki_markup and name in ("li", "dt", "dd"):
            self._list_mark(name)
        elif node.contents is not None:
            blockish = name in BLOCK_TAGS and not self.in_cell
            self.newlines = 2 if blockish else self.newlines
            self.nodes(node.contents.nodes, _inside(node, start))
            self.newlines = 2 if blockish else self.newlines

    def _list_mark(self, name: str) -> None:
        if self.in_cell:
            self.newlines = max(1, self.newlines)
            return
        level = self.flow.level + 1 if self.flow.kind == "list_item" and self.newlines == 0 else 0
        if name == "dt":
            self.flow.open("heading", LINE_HEADING)
        else:
            self.flow.open("list_item", level)
        self.newlines = 0

    def _table(self, node: Any, start: int, end: int) -> None:
        self.flow.close()
        loose: list[tuple[Any, int]] = []
        first = True
        offset = _inside(node, start)
        for child in node.contents.nodes if node.contents is not None else ():
            name = str(child.tag).strip().lower() if type(child).__name__ == "Tag" else ""
            if name in ("td", "th"):
                loose.append((child, offset))
            elif name == "tr":
                first = self._row(loose, first)
                loose = []
                self._row_tag(child, offset, first)
                first = False if child.contents is not None and str(child.contents).strip() else first
            elif name in ("tbody", "thead"):
                self._table(child, offset, offset + len(str(child)))
            offset += len(str(child))
        self._row(loose, first)
        self.newlines = 2

    def _row_tag(self, node: Any, start: int, first: bool) -> None:
        cells = []
        offset = _inside(node, start)
        for child in node.contents.nodes if node.contents is not None else ():
            if type(child).__name__ == "Tag" and str(child.tag).strip().lower() in ("td", "th"):
                cells.append((child, offset))
            offset += len(str(child))
        self._row(cells, first)

    def _row(self, cells: list[tuple[Any, int]], first: bool) -> bool:
        """Emit one row; returns whether the next is still the first."""
        if not cells:
            return first
        heads = first and all(str(cell.tag).strip().lower() == "th" for cell, _ in cells)
        self.flow.row_start()
        for cell, offset in cells:
            self.flow.cell_start()
            self.in_cell, self.newlines = True, 0
            if cell.contents is not None:
                self.nodes(cell.contents.nodes, _inside(cell, offset))
            self.in_cell, self.newlines = False, 2
            self.flow.cell_end()
        self.flow.row_end(heads)
        return False


def _class(node: Any) -> str:
    return " ".join(
        str(attribute.value or "") for attribute in node.attributes if str(attribute.name).strip() in ("class", "id")
    )


def _inside(node: Any, start: int) -> int:
    """Raw offset of a tag's contents."""
    if node.contents is None:
        return start
    whole, contents = str(node), str(node.contents)
    if node.wiki_markup:
        closing = len(str(node.closing_wiki_markup or ""))
        return start + (
            len(whole) - closing - len(contents) if whole.endswith(str(node.closing_wiki_markup or "")) else 0
        )
    closing = len(f"</{node.closing_tag}>") if not node.implicit else 0
    return start + len(whole) - closing - len(contents)


def read_wikitext(raw: str, sections: SectionNames, start: int = 0) -> PlainText:
    """Plain text, blocks and links of wikitext from the raw offset ``start`` on.

    Templates are left out, but those that only dress their text; so are notes, files, categories, navigation tables and markup that
    nothing closes. A bold line alone and a defined term are headings of level 6. Rows of tables are blocks with cells.
    """
    import mwparserfromhell

    tamed = tame(raw[start:])
    walker = _Walker(raw[:start] + tamed, sections)
    code = mwparserfromhell.parse(tamed, skip_style_tags=True)
    walker.nodes(code.nodes, start)
    out = walker.flow.finish()
    out.raw = raw
    return out
