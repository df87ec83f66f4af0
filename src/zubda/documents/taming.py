"""Wikitext made safe to parse: openings that nothing closes become filler of the same length.

The parser looks for the end of every opening; thousands of them without an end would take it hours.
"""

from __future__ import annotations

import re

__all__ = ["FILLER", "tame"]

FILLER = "\ue0ff"
TOKEN = re.compile(
    r"\{\{|\}\}|\[\[|\]\]|\[(?=(?:https?:)?//)|\]|\{\||\|\}|<!--|-->|<(/?)([A-Za-z][A-Za-z0-9]{0,20})\b[^<>]{0,2000}?(/?)>|\n"
)
CLOSES = {"}}": "{{", "]]": "[[", "]": "[", "|}": "{|", "-->": "<!--"}
VOID = frozenset({
    "br", "hr", "img", "wbr", "li", "dt", "dd", "tr", "td", "th", "p", "references", "nowiki", "noinclude",
    "includeonly", "onlyinclude",
})  # fmt: skip
DEEPEST = 30
LOOK_BACK = 40


def tame(raw: str) -> str:
    """The text with every opening that nothing closes, or that nests deeper than 30, filled over; its length is the same."""
    unmatched: list[tuple[int, int]] = []
    stack: list[tuple[str, int, int]] = []
    for token in TOKEN.finditer(raw):
        kind = token.group()
        if kind == "\n":
            while stack and stack[-1][0] == "[":
                unmatched.append(stack.pop()[1:])
            continue
        if token.group(2):
            name = token.group(2).lower()
            if name in VOID or token.group(3):
                continue
            kind = f"<{name}"
            if token.group(1):
                _close(stack, kind, unmatched)
                continue
        elif kind in CLOSES:
            _close(stack, CLOSES[kind], unmatched)
            continue
        if len(stack) >= DEEPEST:
            unmatched.append(token.span())
        else:
            stack.append((kind, token.start(), token.end()))
    unmatched += [(start, end) for _, start, end in stack]
    return _filled(raw, unmatched)


def _close(stack: list[tuple[str, int, int]], kind: str, unmatched: list[tuple[int, int]]) -> None:
    """Close the nearest opening of that kind; what opened within it and did not close is unmatched."""
    for back in range(1, min(len(stack), LOOK_BACK) + 1):
        if stack[-back][0] == kind:
            unmatched += [(start, end) for _, start, end in stack[len(stack) - back + 1 :]]
            del stack[len(stack) - back :]
            return


def _filled(raw: str, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return raw
    parts = []
    position = 0
    for start, end in sorted(spans):
        parts += [raw[position:start], FILLER * (end - start)]
        position = end
    return "".join((*parts, raw[position:]))
