"""Chinese and Arabic numerals to numbers."""

from __future__ import annotations

__all__ = ["DIGITS", "NUMERAL", "parse_numeral"]

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "俩": 2,
    "仨": 3,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
NUMERAL = r"(?:\d[\d,]*(?:\.\d+)?(?:[百千万亿]+)?|[零〇一二两三四五六七八九十百千万亿]+)"


def parse_numeral(text: str) -> float | None:
    """The number that ``text`` writes (``3.5万``, ``二十一``, ``两千``, ``1,200``), None if it is none."""
    plain = text.replace(",", "")
    head = plain.rstrip("百千万亿")
    if head and head[0].isdigit():
        try:
            value = float(head)
        except ValueError:
            return None
        for unit in plain[len(head) :]:
            value *= UNITS.get(unit, 0) or LARGE[unit]
        return value
    return _han(plain)


def _han(text: str) -> float | None:
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text or any(letter not in DIGITS and letter not in UNITS and letter not in LARGE for letter in text):
        return None
    if all(letter in DIGITS for letter in text):
        return float("".join(str(DIGITS[letter]) for letter in text))
    total = section = digit = 0
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in UNITS:
            section += (digit or 1) * UNITS[letter]
            digit = 0
        else:
            total = (total + section + digit or 1) * LARGE[letter]
            section = digit = 0
    return float(total + section + digit)
