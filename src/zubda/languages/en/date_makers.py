"""What the date rules of English produce from what their patterns match."""

from __future__ import annotations

import re
from collections.abc import Callable

from zubda.extraction.values import CalendarPoint, DateMention
from zubda.languages.en.numerals import parse_numeral

__all__ = [
    "MONTHS",
    "SEASONS",
    "WEEKDAYS",
    "YEAR_PARTS",
    "Make",
    "calendar",
    "counted",
    "days_of_month",
    "duration",
    "following_span",
    "iso",
    "month_first_range",
    "months",
    "period",
    "relative",
    "same",
    "same_month_day",
    "weekday",
    "whole",
    "year",
]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
            "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = {
    "early": "early", "the beginning of": "early", "the start of": "early", "the first days of": "early", "beginning of": "early",
    "start of": "early", "mid": "mid", "middle": "mid", "the middle of": "mid", "late": "late", "the end of": "late", "end of": "late",
    "the last days of": "late",
}  # fmt: skip
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
YEAR_PARTS = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "beginning": (1, 2),
    "start": (1, 2),
    "middle": (5, 8),
    "end": (11, 12),
}
SPANS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
VAGUE = ("a few", "several", "some")

Make = Callable[[re.Match[str]], DateMention | None]


def point(match: re.Match[str], prefix: str, inherit: CalendarPoint | None = None) -> CalendarPoint | None:
    found = match.groupdict()
    year = int(found[prefix + "year"]) if found.get(prefix + "year") else None
    month = MONTHS[found[prefix + "month"]] if found.get(prefix + "month") else None
    day = int(found[prefix + "day"]) if found.get(prefix + "day") else None
    part = PARTS.get(found.get(prefix + "part") or "")
    if inherit:
        month = month if month is not None else inherit.month
    if day is not None and not 1 <= day <= 31:
        return None
    return CalendarPoint(year, month, day, part)


def calendar(rule: str) -> Make:
    """A point, or a range whose first point takes year and month from its last where it has none of its own."""

    def make(match: re.Match[str]) -> DateMention | None:
        first = point(match, "")
        if first is None:
            return None
        last = None
        if any(match.groupdict().get("e" + name) for name in ("year", "month", "day", "part")):
            last = point(match, "e", first)
            if last is None:
                return None
            year = first.year
            if year is None and last.year is not None:
                wraps = first.month is not None and last.month is not None and first.month > last.month
                year = last.year - 1 if wraps else last.year
            first = CalendarPoint(year, first.month or last.month, first.day, first.part)
        return DateMention(match.start(), match.end(), "calendar", rule, first, last)

    return make


def relative(rule: str, low: int, high: int, anchor: str = "running", moves: bool = True) -> Make:
    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), "relative", rule, offset=(low, high), anchor=anchor, moves=moves)

    return make


def span_of(match: re.Match[str]) -> tuple[int, int] | None:
    """Least and most days of ``two weeks``, ``a few days``: vague numbers are 2 to 7 (codebook rule 17)."""
    unit = SPANS[match.group("unit")]
    text = match.group("number")
    if text in VAGUE:
        return 2 * unit, 7 * unit
    value = parse_numeral(text.replace("single", "").replace("couple of", "couple"))
    if value is None or value > 400:
        return None
    days = round(value * unit)
    slack = 0 if unit < 30 else unit // 4
    return days - slack, days + slack


def counted(rule: str, sign: int) -> Make:
    def make(match: re.Match[str]) -> DateMention | None:
        span = span_of(match)
        if span is None:
            return None
        low, high = span if sign > 0 else (-span[1], -span[0])
        return DateMention(match.start(), match.end(), "relative", rule, offset=(low, high), moves=sign > 0)

    return make


def same(rule: str) -> Make:
    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), "same", rule)

    return make


def period(rule: str, kind: str, offset: int) -> Make:
    """The month or year so many after the governing one."""

    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), kind, rule, offset=(offset, offset))

    return make


def weekday(match: re.Match[str]) -> DateMention:
    before = (match.group("which") or "").strip() in ("last", "the previous")
    after = (match.group("which") or "").strip() in ("next", "the following")
    offset = (-7, -1) if before else (1, 7) if after else (-6, 0)
    return DateMention(
        match.start(), match.end(), "weekday", "weekday", weekday=WEEKDAYS.index(match.group("name")), offset=offset
    )


def duration(match: re.Match[str]) -> DateMention | None:
    text = match.group("number")
    value = 4.0 if text in VAGUE else parse_numeral(text.replace("couple of", "couple"))
    if value is None:
        return None
    days = max(1, round(value * SPANS[match.group("unit")]))
    return DateMention(match.start(), match.end(), "duration", "duration", offset=(0, days), moves=False)


def months(rule: str, table: dict[str, tuple[int, int]]) -> Make:
    """A season or a part of a year, as a range of months."""

    def make(match: re.Match[str]) -> DateMention:
        year = int(match.group("year")) if match.groupdict().get("year") else None
        low, high = table[match.group("part")]
        later = year + 1 if year is not None and high < low else year
        return DateMention(
            match.start(), match.end(), "calendar", rule, CalendarPoint(year, low), CalendarPoint(later, high)
        )

    return make


def same_month_day(match: re.Match[str]) -> DateMention | None:
    day = int(match.group("day"))
    if not 1 <= day <= 31:
        return None
    return DateMention(match.start(), match.end(), "calendar", "same_month_day", CalendarPoint(day=day))


def days_of_month(match: re.Match[str]) -> DateMention | None:
    """``27–29 April``, ``17 and 19 June 2015``: days that share the month named after the last of them."""
    first_day, last_day = int(match.group("first")), int(match.group("day"))
    last = point(match, "")
    if last is None or not 1 <= first_day <= 31:
        return None
    first = CalendarPoint(last.year, last.month, first_day)
    if first_day > last_day:
        return None
    return DateMention(match.start(), match.end(), "calendar", "day_range", first, last)


def month_first_range(match: re.Match[str]) -> DateMention | None:
    first, last_day = point(match, ""), int(match.group("last"))
    if first is None or first.day is None or not first.day < last_day <= 31:
        return None
    last = CalendarPoint(first.year, first.month, last_day)
    return DateMention(match.start(), match.end(), "calendar", "day_range", first, last)


def whole(match: re.Match[str]) -> DateMention:
    """All of what the text tells of."""
    return DateMention(match.start(), match.end(), "whole", "whole", moves=False)


def iso(match: re.Match[str]) -> DateMention | None:
    year, month, day = (int(match.group(name)) for name in ("year", "month", "day"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateMention(match.start(), match.end(), "calendar", "iso", CalendarPoint(year, month, day))


def following_span(match: re.Match[str]) -> DateMention | None:
    unit = SPANS[match.group("unit")]
    text = match.group("number")
    value = 7.0 if text in (None, "few", "several") else parse_numeral(text.replace("couple of", "couple"))
    if value is None:
        return None
    length = 7 if text in (None, "few", "several") and unit == 1 else round(value * unit)
    return DateMention(match.start(), match.end(), "relative", "following_span", offset=(1, max(1, length)))


def year(match: re.Match[str], moves: bool = True) -> DateMention:
    return DateMention(
        match.start(), match.end(), "calendar", "year", CalendarPoint(int(match.group("year"))), moves=moves
    )
