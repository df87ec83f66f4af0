"""English numerals, in figures and in words."""

from __future__ import annotations

import re

__all__ = ["NUMERAL", "SMALL", "parse_numeral"]

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
WORD = "|".join(sorted((*UNITS, *TENS), key=len, reverse=True))
SCALE = "|".join(SCALES)
SMALL = rf"(?:\d{{1,3}}|{WORD}|a|an|couple)"
FIGURES = rf"\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?(?:\s(?:{SCALE}))?"
WORDS = rf"(?:(?:{WORD})(?:[\s-](?:and\s)?(?:{WORD}|{SCALE}))*|an?\s(?:{SCALE}))(?![a-z])"
NUMERAL = rf"(?:{FIGURES}|{WORDS})"
TOKEN = re.compile(r"[a-z]+|\d[\d,.]*")


def parse_numeral(text: str) -> float | None:
    """The value of a numeral in lower case (``1,200``, ``2.5 million``, ``two hundred and five``), None if it is none."""
    total, group, seen = 0.0, 0.0, False
    for token in TOKEN.findall(text):
        if token[0].isdigit():
            try:
                group += float(token.replace(",", "").rstrip("."))
            except ValueError:
                return None
        elif token in ("a", "an"):
            group += 1
        elif token in UNITS or token in TENS:
            group += UNITS.get(token, TENS.get(token, 0))
        elif token == "hundred":
            group = (group or 1) * 100
        elif token in SCALES:
            total += (group or 1) * SCALES[token]
            group = 0
        elif token == "couple":
            group += 2
        elif token != "and":
            return None
        seen = True
    return total + group if seen else None
