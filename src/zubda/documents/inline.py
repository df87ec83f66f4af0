"""Inline Markdown as encyclopaedias export it: links, footnote marks, variant marks, emphasis, tags, entities.

One pass over a block's raw characters; brackets are paired beforehand with stacks, so the time is linear whatever is nested.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from zubda.documents.plain import PlainText, is_wide
from zubda.model import Link

__all__ = ["scan_inline", "variant_text"]

ESCAPABLE = set("\\`*_{}[]()#+-.!|<>~\"'$%&,/:;=?@^")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
SPECIAL = re.compile(r"[\[\]*_`<&\\~\n\r" + INVISIBLE + r"]|!(?=\[)|-(?=\{)|[(（](?=[\s,，;；、:：.]{0,8}[)）])")
FOOTNOTE = re.compile(
    r"\\\[(?:\d{1,4}|[a-z]{1,2}|[^\]\\\n]{0,12}\d{1,3})\\\]|\[\^[^\]\n]{1,40}\]|\[\d{1,3}\](?!\()|\[object Object\]"
)
EMPTY_BRACKETS = re.compile(r"[(（][\s,，;；、:：.]{0,8}[)）]")
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,600}>|<!--")
DROPPED_ELEMENT = re.compile(r"<(ref|style|script|math|gallery|timeline)\b[^<>]{0,600}>", re.IGNORECASE)
ADDRESS = re.compile(r"<(?:https?|ftp|mailto):[^<>\s]{1,2000}>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
VARIANT_FLAG = re.compile(r"[A-Za-z;\-]{1,12}\|")
VARIANT_ORDER = ("zh-hans", "zh-cn", "zh", "zh-sg", "zh-hant", "zh-tw", "zh-hk")


def _pairs(raw: str, start: int, end: int) -> dict[int, int]:
    """Position of the closing bracket for each opening one, square and round, escapes left out."""
    open_square: list[int] = []
    open_round: list[int] = []
    pairs: dict[int, int] = {}
    position = start
    while position < end:
        character = raw[position]
        if character == "\\":
            position += 2
            continue
        if character == "[":
            open_square.append(position)
        elif character == "]" and open_square:
            pairs[open_square.pop()] = position
        elif character == "(":
            open_round.append(position)
        elif character == ")" and open_round:
            pairs[open_round.pop()] = position
        position += 1
    return pairs


def _target(inside: str) -> str:
    """Where a link leads: without its quoted title and escapes; of a wiki page only the page's name."""
    address = re.split(r"\s+[\"'“]", inside.strip(), maxsplit=1)[0].strip("<>")
    return re.sub(r"\\(.)", r"\1", address)


def _page_name(target: str) -> str:
    name = target.split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    return name.removesuffix(".md").replace("_", " ")


class _Scanner:
    def __init__(self, out: PlainText, start: int, end: int, namespaces: Sequence[str]) -> None:
        self.out = out
        self.raw = out.raw
        self.end = end
        self.namespaces = namespaces
        self.pairs = _pairs(out.raw, start, end)
        self.closing: dict[int, tuple[int, int, str]] = {}
        self.absent: set[str] = set()

    def run(self, position: int) -> None:
        while position < self.end:
            match = SPECIAL.search(self.raw, position, self.end)
            if match is None:
                self.out.copy(position, self.end)
                return
            at = match.start()
            self.out.copy(position, at)
            position = self._step(at)

    def _step(self, at: int) -> int:
        """Deal with the special character at ``at``; returns where to go on."""
        character = self.raw[at]
        if character in "\n\r":
            return self._line_break(at)
        if character in INVISIBLE:
            return at + 1
        handler = {
            "\\": self._backslash,
            "[": self._open_square,
            "]": self._close_square,
            "!": self._image,
            "*": self._emphasis,
            "_": self._emphasis,
            "~": self._emphasis,
            "`": self._skip_run,
            "<": self._tag,
            "&": self._entity,
            "(": self._bracket,
            "（": self._bracket,
            "-": self._variant,
        }.get(character)
        return handler(at) if handler else self._keep(at)

    def _keep(self, at: int) -> int:
        self.out.copy(at, at + 1)
        return at + 1

    def _skip_run(self, at: int) -> int:
        while at < self.end and self.raw[at] == "`":
            at += 1
        return at

    def _line_break(self, at: int) -> int:
        after = at
        while after < self.end and self.raw[after] in "\n\r \t":
            after += 1
        before, following = self.out.last(), self.raw[after : after + 1]
        if before and following and not (is_wide(before) or is_wide(following)):
            self.out.insert(" ")
        return after

    def _backslash(self, at: int) -> int:
        note = FOOTNOTE.match(self.raw, at, self.end)
        if note:
            return note.end()
        following = self.raw[at + 1 : at + 2]
        if following and following in ESCAPABLE and at + 1 < self.end:
            self.out.copy(at + 1, at + 2)
            return at + 2
        if following in ("\n", "\r"):
            return at + 1
        return self._keep(at)

    def _open_square(self, at: int) -> int:
        note = FOOTNOTE.match(self.raw, at, self.end)
        if note:
            return note.end()
        close = self.pairs.get(at)
        if close is None:
            return self._keep(at)
        if self.raw[close + 1 : close + 2] != "(" or close + 1 not in self.pairs:
            return self._keep(at)
        finish = self.pairs[close + 1]
        inside = self.raw[close + 2 : finish]
        target = _target(inside)
        if target.startswith("#") or '"fig:' in inside or self._is_file(target):
            return finish + 1
        self.closing[close] = (finish + 1, self.out.length, _page_name(target))
        return at + 1

    def _is_file(self, target: str) -> bool:
        name = target.rsplit("/", 1)[-1]
        space, colon, _ = name.partition(":")
        return bool(colon) and space.casefold() in self.namespaces

    def _close_square(self, at: int) -> int:
        known = self.closing.pop(at, None)
        if known is None:
            return self._keep(at)
        after, start, page = known
        if self.out.length > start:
            self.out.links.append(Link(start, self.out.length, page))
        return after

    def _image(self, at: int) -> int:
        if self.raw[at + 1 : at + 2] != "[" or at + 1 not in self.pairs:
            return self._keep(at)
        close = self.pairs[at + 1]
        if self.raw[close + 1 : close + 2] == "(" and close + 1 in self.pairs:
            return self.pairs[close + 1] + 1
        return self._keep(at)

    def _emphasis(self, at: int) -> int:
        after = at
        while after < self.end and self.raw[after] == self.raw[at]:
            after += 1
        before, following = self.raw[at - 1 : at], self.raw[after : after + 1]
        spaced = (not before or before.isspace()) and (not following or following.isspace())
        single_tilde = self.raw[at] == "~" and after - at < 2
        inside_word = self.raw[at] == "_" and before.isalnum() and following.isalnum()
        if spaced or single_tilde or inside_word:
            self.out.copy(at, after)
        return after

    def _find(self, what: str, start: int) -> int:
        """Where a closing mark stands, -1 if it does not; one that does not stand further on is not looked for again."""
        if what in self.absent:
            return -1
        at = self.raw.find(what, start, self.end)
        if at < 0:
            self.absent.add(what)
        return at

    def _tag(self, at: int) -> int:
        dropped = DROPPED_ELEMENT.match(self.raw, at, self.end)
        if dropped and not dropped.group().endswith("/>"):
            close = self._find(f"</{dropped.group(1)}", dropped.end())
            stop = self.raw.find(">", close, self.end) if close >= 0 else -1
            return stop + 1 if stop >= 0 else dropped.end()
        address = ADDRESS.match(self.raw, at, self.end)
        if address:
            return address.end()
        tag = TAG.match(self.raw, at, self.end)
        if tag is None:
            return self._keep(at)
        if tag.group() == "<!--":
            close = self._find("-->", at)
            return close + 3 if close >= 0 else self._keep(at)
        if re.match(r"<(br|p|div|li|tr|td)\b", tag.group(), re.IGNORECASE) and self.out.last() not in ("", " "):
            self.out.insert(" ")
        return tag.end()

    def _entity(self, at: int) -> int:
        entity = ENTITY.match(self.raw, at, self.end)
        if entity is None:
            return self._keep(at)
        meaning = html.unescape(entity.group())
        if meaning == entity.group():
            return self._keep(at)
        self.out.substitute(" " if meaning == "\xa0" else meaning, at)
        return entity.end()

    def _bracket(self, at: int) -> int:
        empty = EMPTY_BRACKETS.match(self.raw, at, self.end)
        return empty.end() if empty else self._keep(at)

    def _variant(self, at: int) -> int:
        if self.raw[at + 1 : at + 2] != "{":
            return self._keep(at)
        close = self.raw.find("}-", at + 2, min(self.end, at + 2000))
        if close < 0:
            return self._keep(at)
        start, stop = variant_text(self.raw, at + 2, close)
        self.run_inside(start, stop)
        return close + 2

    def run_inside(self, start: int, stop: int) -> None:
        """Copy the chosen variant; marks do not nest, so it is copied as it stands."""
        self.out.copy(start, stop)


def variant_text(raw: str, start: int, end: int) -> tuple[int, int]:
    """The characters of a variant mark's content to keep: the first known variant, or all of it."""
    flag = VARIANT_FLAG.match(raw, start, end)
    if flag:
        if flag.group().startswith(("H|", "T|")):
            return start, start
        start = flag.end()
    inside = raw[start:end]
    if ":" not in inside and "：" not in inside:
        return start, end
    found: dict[str, tuple[int, int]] = {}
    position = start
    for part in inside.split(";"):
        name, colon, text = part.partition(":")
        if colon:
            begin = position + len(name) + 1
            found[name.strip().casefold()] = (begin, begin + len(text))
        position += len(part) + 1
    for name in VARIANT_ORDER:
        if name in found:
            return found[name]
    return (start, end) if not found else next(iter(found.values()))


def scan_inline(out: PlainText, start: int, end: int, namespaces: Sequence[str]) -> None:
    """Append the plain text of the raw characters from ``start`` up to ``end``.

    ``namespaces`` are the casefolded prefixes of link targets that are files or categories, not text.
    """
    _Scanner(out, start, end, namespaces).run(start)
