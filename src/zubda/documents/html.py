"""Web pages: what surrounds the account left out, every visible character mapped back to the page's source.

The parser (lexbor, by way of selectolax) repairs what pages get wrong but forgets where things stood. So each run of text in the
source is handed to it as a number between two private characters, and looked up again when it comes out.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from zubda.documents.flow import Flow
from zubda.documents.plain import PlainText
from zubda.documents.sections import SectionNames

__all__ = ["looks_like_html", "page_facts", "read_html"]

OPEN, CLOSE = "\ue0f0", "\ue0f1"
SOURCE = re.compile(
    r"<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)"
    r"|<(script|style|textarea|title|noscript|template|svg|math|iframe|xmp|noembed|noframes)\b[^>]*>.*?(?:</\1\s*>|$)"
    r"|</?[A-Za-z][^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>|<[!?/][^>]*>",
    re.IGNORECASE | re.DOTALL,
)
RUN = re.compile(f"{OPEN}(\\d+){CLOSE}")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
DROPPED = (
    "script,style,noscript,template,nav,footer,aside,form,button,select,iframe,svg,math,canvas,video,audio,figure figcaption,dialog,"
    "[role=navigation],[role=banner],[role=contentinfo],[role=complementary],[role=search],[role=dialog],[hidden],[aria-hidden=true],"
    "sup.reference,.mw-editsection,.noprint,.navbox,.infobox,.sidebar,.metadata,.ambox,.toc,#toc,.reflist,ol.references,.catlinks,"
    ".mw-jump-link,.printfooter,.hatnote,.thumbcaption,.mw-empty-elt"
)
SURROUNDINGS = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|share|sharing|social|breadcrumbs?|sidebar|menu|navbar|nav|newsletter|subscribe|promo|advert|ads?|"
    r"related|recommended|comments?|footer|masthead|toolbar|pagination|popup|modal)(?:$|[-_ ])",
    re.IGNORECASE,
)
MAIN = ("#mw-content-text", "article", "main", "[role=main]", "#content", "body")
LEFT_OUT = "zubda-left-out"
LEAST_SHARE = 0.3
LINKS_ARE_MOST = 0.65
SHORT_LIST = 400
BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "header",
    "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "ul", "details", "summary",
})  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
DAY_META = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "og:published_time",
)
SIGNS = re.compile(r"<(?:!doctype html|html|head|body|div|p|article)\b", re.IGNORECASE)


def looks_like_html(sample: str) -> bool:
    """Whether a text without a telling name is a web page, by how it begins."""
    return bool(SIGNS.match(sample.lstrip("\ufeff \t\r\n"))) or len(SIGNS.findall(sample)) >= 3


def page_facts(raw: str) -> tuple[str | None, date | None]:
    """The page's title and the day that it gives for itself in its head, each None if it does not tell."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(raw[:500_000])
    node = tree.css_first("title")
    title = " ".join(node.text().split()) if node is not None else ""
    for meta in tree.css("meta"):
        name = (
            meta.attributes.get("property") or meta.attributes.get("name") or meta.attributes.get("itemprop") or ""
        ).lower()
        content = meta.attributes.get("content") or ""
        if name in DAY_META and re.match(r"\d{4}-\d{2}-\d{2}", content):
            try:
                return title or None, date.fromisoformat(content[:10])
            except ValueError:
                continue
    return title or None, None


def _numbered(raw: str) -> tuple[str, list[tuple[int, int]]]:
    """The source with each run of text replaced by its number, and where the runs stand."""
    runs: list[tuple[int, int]] = []
    parts: list[str] = []
    position = 0

    def run(start: int, end: int) -> None:
        if start < end:
            blank = not raw[start:end].strip()
            parts.append(" " if blank else f"{OPEN}{len(runs)}{CLOSE}")
            if not blank:
                runs.append((start, end))

    for match in SOURCE.finditer(raw):
        run(position, match.start())
        parts.append(
            "" if match.group().startswith(("<!--", "<![")) else match.group().replace(OPEN, "").replace(CLOSE, "")
        )
        position = match.end()
    run(position, len(raw))
    return "".join(parts), runs


def _visit(root: Any, enter: Callable[[Any], bool], leave: Callable[[Any], None]) -> None:
    """Visit the nodes below ``root`` in their order, without recursion: pages nest as deep as they like.

    ``enter`` tells whether to go on into a node; ``leave`` is called after those that were gone into.
    """
    node, entering, level = root.child, True, 0
    while node is not None:
        inside = enter(node) if entering else True
        if entering and inside and node.child is not None:
            node, level = node.child, level + 1
            continue
        if inside:
            leave(node)
        if node.next is not None:
            node, entering = node.next, True
        elif level:
            node, entering, level = node.parent, False, level - 1
        else:
            return


class _Walker:
    def __init__(self, raw: str, sections: SectionNames, runs: list[tuple[int, int]]) -> None:
        self.raw = raw
        self.flow = Flow(raw, sections)
        self.runs = runs
        self.links: list[tuple[int, str]] = []
        self.rows: list[bool] = []
        self.lists = 0

    def enter(self, node: Any) -> bool:
        """Begin a node; whether to go on into it."""
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        if tag.startswith(("-", "!")) or LEFT_OUT in node.attributes:
            return False
        if tag == "br":
            self.flow.line_break()
            return False
        if tag in ("td", "th") and self.rows:
            self.flow.cell_start()
        elif tag == "tr":
            if not self.rows:
                self.flow.row_start()
            self.rows.append(_heads(node))
        elif tag in HEADINGS and not self.rows:
            self.flow.open("heading", HEADINGS[tag])
        elif tag == "li" and not self.rows:
            self.flow.open("list_item", max(0, self.lists - 1))
        elif tag in BLOCKS:
            self._block(tag)
        if tag in ("ul", "ol"):
            self.lists += 1
        if tag == "a":
            self.links.append((self.flow.link_start(), node.attributes.get("href") or ""))
        return True

    def _block(self, tag: str) -> None:
        if self.rows:
            self.flow.line_break()
        elif self.flow.kind != "list_item" or self.flow.holds() or tag in ("ul", "ol", "table"):
            self.flow.open("quote" if tag == "blockquote" else "paragraph")

    def leave(self, node: Any) -> None:
        """End a node that was gone into."""
        tag = node.tag
        if tag in ("td", "th") and self.rows:
            if len(self.rows) == 1:
                self.flow.cell_end()
        elif tag == "tr" and self.rows:
            heads = self.rows.pop()
            if not self.rows:
                self.flow.row_end(heads)
        elif tag in HEADINGS or tag == "li" or tag in BLOCKS:
            if not self.rows:
                self.flow.close()
            else:
                self.flow.line_break()
        if tag in ("ul", "ol"):
            self.lists -= 1
        if tag == "a" and self.links:
            start, target = self.links.pop()
            if not target.startswith("#"):
                self.flow.link_end(start, target.split("?")[0].rstrip("/").rsplit("/", 1)[-1])

    def _text(self, text: str) -> None:
        position = 0
        for match in RUN.finditer(text):
            if text[position : match.start()].strip(" ") != text[position : match.start()]:
                self.flow.space()
            number = int(match.group(1))
            if number < len(self.runs):
                self._run(*self.runs[number])
            position = match.end()
        if text[position:].isspace():
            self.flow.space()

    def _run(self, start: int, end: int) -> None:
        for match in ENTITY.finditer(self.raw, start, end):
            meaning = entities.unescape(match.group())
            if meaning == match.group():
                continue
            self.flow.copy(start, match.start())
            self.flow.substitute(meaning, match.start())
            start = match.end()
        self.flow.copy(start, end)


def _heads(row: Any) -> bool:
    cells = [child.tag for child in row.iter() if child.tag in ("td", "th")]
    first = row.prev
    while first is not None and first.tag != "tr":
        first = first.prev
    return bool(cells) and first is None and all(tag == "th" for tag in cells)


def _without_surroundings(tree: Any) -> Any:
    """The node that holds the account, with its surroundings marked: the most telling container with a good share of the text.

    Nodes are marked, not taken out: a node that is taken out takes those along that are still to be looked at.
    """
    for node in tree.css(DROPPED):
        node.attrs[LEFT_OUT] = ""
    for node in tree.css("[class],[id]"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if node.tag not in ("html", "body", "article", "main") and SURROUNDINGS.search(names):
            node.attrs[LEFT_OUT] = ""
    body = tree.body
    if body is None:
        return None
    whole = _amount(body)
    for selector in MAIN:
        best = max(tree.css(selector), key=_amount, default=None)
        if best is not None and _amount(best) >= LEAST_SHARE * whole:
            return best
    return body


def _amount(node: Any) -> int:
    """How many runs of text a node holds: what counts before they are looked up."""
    return (node.text(deep=True) or "").count(OPEN)


class _LinkLists:
    """Finds lists that are mostly links, as menus are, and marks them, all in one visit."""

    def __init__(self, raw: str, runs: list[tuple[int, int]]) -> None:
        self.raw = raw
        self.runs = runs
        self.open: list[list[int]] = []
        self.links = 0

    def enter(self, node: Any) -> bool:
        """Count a node's text for the lists around it."""
        tag = node.tag
        if tag == "-text":
            numbers = [int(number) for number in RUN.findall(node.text_content or "")]
            letters = sum(self.runs[number][1] - self.runs[number][0] for number in numbers if number < len(self.runs))
            if self.open:
                self.open[-1][0] += letters
                self.open[-1][1] += letters if self.links else 0
            return False
        if LEFT_OUT in node.attributes:
            return False
        if tag in ("ul", "ol"):
            self.open.append([0, 0])
        self.links += tag == "a"
        return True

    def leave(self, node: Any) -> None:
        """Judge a list when it ends; what it holds counts for the list around it, too."""
        self.links -= node.tag == "a"
        if node.tag not in ("ul", "ol"):
            return
        letters, linked = self.open.pop()
        if 0 < letters <= SHORT_LIST and linked >= LINKS_ARE_MOST * letters:
            node.attrs[LEFT_OUT] = ""
        if self.open:
            self.open[-1][0] += letters
            self.open[-1][1] += linked


def read_html(raw: str, sections: SectionNames, start: int = 0) -> PlainText:
    """Plain text, blocks and links of a web page.

    Scripts, menus, forms, footers, notes and lists of links are left out; of the rest the article, main part or body is read.
    """
    from selectolax.lexbor import LexborHTMLParser

    numbered, runs = _numbered(raw)
    tree = LexborHTMLParser(numbered)
    walker = _Walker(raw, sections, runs)
    root = _without_surroundings(tree)
    if root is None:
        return walker.flow.finish()
    lists = _LinkLists(raw, runs)
    _visit(root, lists.enter, lists.leave)
    _visit(root, walker.enter, walker.leave)
    return walker.flow.finish()
