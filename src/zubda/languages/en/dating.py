"""Dates in English text: one pattern a rule, each with a name; the corpus beside this file shows what each must and must not match.

Rule = name, pattern, production, after the rule tables of Duckling.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from zubda.extraction.values import CalendarPoint, DateMention
from zubda.languages.en.numerals import parse_numeral

__all__ = ["DATE_RULES", "find_dates"]

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
NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
SURE = "|".join(name for name in sorted(MONTHS, key=len, reverse=True) if name not in ("may", "march", "mar", "sep", "jan", "jun"))
ORDINAL = r"(?:st|nd|rd|th)?"
DAY = rf"(?:the )?(?P<@day>\d{{1,2}}){ORDINAL}(?: of)?"
MONTH = rf"(?P<@month>{NAME})\b\.?"
YEAR = r"(?:,? (?:of )?(?P<@year>(?:1[5-9]|20)\d\d)\b(?![,.]?\d| (?:people|civilians|soldiers|fighters|troops|rebels|men)\b))"
DASH = r"(?:\s?[–—-]\s?| (?:and|to|until|till|through|or|into) (?:the )?)"
PART = r"(?P<@part>early|mid|middle|late|the beginning of|the start of|the middle of|the end of|the first days of|the last days of|beginning of|end of|start of)"
PARTS = {
    "early": "early", "the beginning of": "early", "the start of": "early", "the first days of": "early", "beginning of": "early",
    "start of": "early", "mid": "mid", "middle": "mid", "the middle of": "mid", "late": "late", "the end of": "late", "end of": "late",
    "the last days of": "late",
}  # fmt: skip
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "beginning": (1, 2), "start": (1, 2), "middle": (5, 8), "end": (11, 12)}
COUNT = r"(?P<number>\d{1,3}|an?(?: single)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|a couple of|several|some)"
UNIT = r"(?P<unit>day|night|week|fortnight|month|year)s?"
SPANS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
VAGUE = ("a few", "several", "some")

Make = Callable[[re.Match[str]], DateMention | None]


def _with(prefix: str, pattern: str) -> str:
    return pattern.replace("@", prefix)


def _point(match: re.Match[str], prefix: str, inherit: CalendarPoint | None = None) -> CalendarPoint | None:
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


def _calendar(rule: str) -> Make:
    """A point, or a range whose first point takes year and month from its last where it has none of its own."""

    def make(match: re.Match[str]) -> DateMention | None:
        first = _point(match, "")
        if first is None:
            return None
        last = None
        if any(match.groupdict().get("e" + name) for name in ("year", "month", "day", "part")):
            last = _point(match, "e", first)
            if last is None:
                return None
            year = first.year
            if year is None and last.year is not None:
                wraps = first.month is not None and last.month is not None and first.month > last.month
                year = last.year - 1 if wraps else last.year
            first = CalendarPoint(year, first.month or last.month, first.day, first.part)
        return DateMention(match.start(), match.end(), "calendar", rule, first, last)

    return make


def _relative(rule: str, low: int, high: int, anchor: str = "running", moves: bool = True) -> Make:
    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), "relative", rule, offset=(low, high), anchor=anchor, moves=moves)

    return make


def _span(match: re.Match[str]) -> tuple[int, int] | None:
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


def _counted(rule: str, sign: int) -> Make:
    def make(match: re.Match[str]) -> DateMention | None:
        span = _span(match)
        if span is None:
            return None
        low, high = span if sign > 0 else (-span[1], -span[0])
        return DateMention(match.start(), match.end(), "relative", rule, offset=(low, high), moves=sign > 0)

    return make


def _same(rule: str) -> Make:
    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), "same", rule)

    return make


def _period(rule: str, kind: str, offset: int) -> Make:
    """The month or year so many after the governing one."""

    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), kind, rule, offset=(offset, offset))

    return make


def _weekday(match: re.Match[str]) -> DateMention:
    before = (match.group("which") or "").strip() in ("last", "the previous")
    after = (match.group("which") or "").strip() in ("next", "the following")
    offset = (-7, -1) if before else (1, 7) if after else (-6, 0)
    return DateMention(
        match.start(), match.end(), "weekday", "weekday", weekday=WEEKDAYS.index(match.group("name")), offset=offset
    )


def _duration(match: re.Match[str]) -> DateMention | None:
    text = match.group("number")
    value = 4.0 if text in VAGUE else parse_numeral(text.replace("couple of", "couple"))
    if value is None:
        return None
    days = max(1, round(value * SPANS[match.group("unit")]))
    return DateMention(match.start(), match.end(), "duration", "duration", offset=(0, days), moves=False)


def _months(rule: str, table: dict[str, tuple[int, int]]) -> Make:
    """A season or a part of a year, as a range of months."""

    def make(match: re.Match[str]) -> DateMention:
        year = int(match.group("year")) if match.groupdict().get("year") else None
        low, high = table[match.group("part")]
        later = year + 1 if year is not None and high < low else year
        return DateMention(
            match.start(), match.end(), "calendar", rule, CalendarPoint(year, low), CalendarPoint(later, high)
        )

    return make


def _same_month_day(match: re.Match[str]) -> DateMention | None:
    day = int(match.group("day"))
    if not 1 <= day <= 31:
        return None
    return DateMention(match.start(), match.end(), "calendar", "same_month_day", CalendarPoint(day=day))


def _day_alone(match: re.Match[str]) -> DateMention | None:
    """``27–29 April``, ``17 and 19 June 2015``: days that share the month named after the last of them."""
    first_day, last_day = int(match.group("first")), int(match.group("day"))
    last = _point(match, "")
    if last is None or not 1 <= first_day <= 31:
        return None
    first = CalendarPoint(last.year, last.month, first_day)
    if first_day > last_day:
        return None
    return DateMention(match.start(), match.end(), "calendar", "day_range", first, last)


def _month_first_range(match: re.Match[str]) -> DateMention | None:
    first, last_day = _point(match, ""), int(match.group("last"))
    if first is None or first.day is None or not first.day < last_day <= 31:
        return None
    last = CalendarPoint(first.year, first.month, last_day)
    return DateMention(match.start(), match.end(), "calendar", "day_range", first, last)


def _iso(match: re.Match[str]) -> DateMention | None:
    year, month, day = (int(match.group(name)) for name in ("year", "month", "day"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateMention(match.start(), match.end(), "calendar", "iso", CalendarPoint(year, month, day))


FULL = _with("", f"{DAY} {MONTH}{YEAR}?")
FULL_LAST = _with("e", f"{DAY} {MONTH}{YEAR}?")
AMERICAN = _with("", rf"{MONTH} (?P<@day>\d{{1,2}}){ORDINAL}\b(?!\s(?:people|civilians|soldiers|fighters|%)){YEAR}?")
PLACED = r"(?:in|since|until|till|by|during|throughout|from|between|of|to|through|and|before|after|for|last|next|this|late|early|mid|around|as of|on)"
TIME_WORDS = "morning|afternoon|evening|night|day|dawn|noon|midday"
TIMES = f"(?:{TIME_WORDS})"

DATE_RULES: tuple[tuple[str, str, Make], ...] = (
    ("iso", r"(?<![\d/-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])", _iso),
    ("day_range_full", FULL + DASH + FULL_LAST, _calendar("day_range_full")),
    (
        "day_range",
        rf"(?<![\d.,:])(?:the )?(?P<first>\d{{1,2}}){ORDINAL}(?:\s?[–—/-]\s?| and | to | or | until | through )(?:the )?"
        + _with("", rf"(?P<@day>\d{{1,2}}){ORDINAL}(?: of)? {MONTH}{YEAR}?"),
        _day_alone,
    ),
    ("american_range_full", AMERICAN + DASH + _with("e", rf"{MONTH} (?P<@day>\d{{1,2}}){ORDINAL}\b{YEAR}?"), _calendar("day_range_full")),
    (
        "american_range",
        _with("", rf"{MONTH} (?P<@day>\d{{1,2}}){ORDINAL}(?:\s?[–—-]\s?| and | to | through )(?P<last>\d{{1,2}})\b(?![,.]?\d){YEAR}?"),
        _month_first_range,
    ),
    ("day", r"(?<![\d.,:])" + FULL, _calendar("day")),
    ("american_day", AMERICAN, _calendar("day")),
    (
        "month_part_range",
        _with("", rf"{PART}[ -]{MONTH}{YEAR}?") + DASH + _with("e", rf"{PART}[ -]{MONTH}{YEAR}?"),
        _calendar("month_part_range"),
    ),
    ("month_part", _with("", rf"\b{PART}[ -]{MONTH}{YEAR}?"), _calendar("month_part")),
    (
        "month_range",
        _with("", rf"\b(?:(?<=in )|(?<=between )|(?<=from )|(?<=during )|(?<=throughout ))(?:{PART}[ -])?{MONTH}{YEAR}?")
        + DASH
        + _with("e", rf"(?:{PART}[ -])?{MONTH}{YEAR}?(?! \d{{1,2}}\b)"),
        _calendar("month_range"),
    ),
    (
        "month_range_dash",
        rf"\b(?P<month>{SURE}|march)\s?[–—-]\s?(?P<emonth>{SURE}|march|may)\b" + _with("e", YEAR) + "?",
        _calendar("month_range"),
    ),
    ("month_year", _with("", rf"\b{MONTH}(?:,? (?:of )?(?P<@year>(?:1[5-9]|20)\d\d)\b(?![,.]?\d))"), _calendar("month")),
    ("month_sure", rf"\b(?P<month>{SURE})\b\.?", _calendar("month")),
    (
        "month_placed",
        rf"(?:(?<=\bin )|(?<=\bby )|(?<=since )|(?<=until )|(?<=during )|(?<=throughout )|(?<=last )|(?<=between )|(?<=early )|(?<=late )|(?<=mid-))(?P<month>may|march)\b(?! (?:have|be|not))",
        _calendar("month"),
    ),
    ("year_range", r"\b(?P<year>(?:1[5-9]|20)\d\d)\s?(?:[–—-]|to|and)\s?(?P<eyear>(?:1[5-9]|20)\d\d)\b", _calendar("year")),
    (
        "year_part",
        r"\b(?:the )?(?P<part>early|mid|late|beginning|start|middle|end)(?:[ -]| of )(?P<year>(?:1[5-9]|20)\d\d)\b",
        _months("year_part", YEAR_PARTS),
    ),
    (
        "season",
        r"\b(?:the )?(?P<part>spring|summer|autumn|winter|(?<=in the )fall)(?: of)? (?P<year>(?:1[5-9]|20)\d\d)\b",
        _months("season", SEASONS),
    ),
    (
        "year_named",
        r"(?:(?<=\bthe )|(?<=during ))(?P<year>(?:1[5-9]|20)\d\d)(?= [a-z])(?! (?:people|civilians|soldiers|fighters|troops|rebels|men|were|killed))",
        lambda match: _year(match, moves=False),
    ),
    (
        "year",
        r"(?:(?<=\bin )|(?<=\bby )|(?<=since )|(?<=until )|(?<=during )|(?<=throughout )|(?<=\bof )|(?<=before )|(?<=after )|(?<=from )|(?<=year )|(?<=and )|(?<=later in )|(?<=\())"
        r"(?P<year>(?:1[5-9]|20)\d\d)\b(?![,.]?\d|%|-| (?:people|civilians|soldiers|fighters|troops|rebels|men|were|killed|houses|out|tonnes|tons|km|buildings|homes|shops)\b)",
        lambda match: _year(match),
    ),
    ("year_alone", r"\A(?P<year>(?:1[5-9]|20)\d\d)(?=\Z|[:.]| [–—-] |,)", lambda match: _year(match)),
    (
        "following_span",
        rf"\b(?:over|in|during|for|within|throughout)? ?the (?:following|next|ensuing|subsequent|coming) (?:(?P<number>\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|few|several|couple of) )?(?P<unit>day|night|week|month|year)(?P<plural>s)\b",
        lambda match: _following_plural(match),
    ),
    ("days_that_followed", r"\bin the days (?:that followed|after|following)|(?:the )?following days\b", _relative("following_span", 1, 7)),
    ("following_week", r"\b(?:over|during|throughout) the (?:following|next|ensuing) week\b", _relative("following_week", 1, 7)),
    ("week_after", r"\b(?:the )?(?:following|next) week\b", _relative("week_after", 7, 13)),
    ("next_month", r"\b(?:the )?(?:following|next) month\b|\ba month later\b", _period("next_month", "month", 1)),
    ("next_year", r"\b(?:the )?(?:following|next) year\b|\ba year later\b", _period("next_year", "year", 1)),
    ("that_month", r"\b(?:later )?(?:the same|that|in the) month\b|\blater in the month\b", _period("that_month", "month", 0)),
    ("that_year", r"\b(?:later )?(?:the same|that) year\b|\blater in the year\b", _period("that_year", "year", 0)),
    ("month_before", r"\b(?:the )?(?:previous|preceding) month\b|\ba month (?:earlier|before)\b", _period("month_before", "month", -1)),
    ("year_before", r"\b(?:the )?(?:previous|preceding) year\b|\ba year (?:earlier|before)\b", _period("year_before", "year", -1)),
    (
        "next_day",
        rf"\b(?:on |by )?(?:the )?(?:next|following) {TIMES}\b|\bthe day after\b|\b(?:a|one) day later\b|\bthe next day\b",
        _relative("next_day", 1, 1),
    ),
    (
        "day_before",
        rf"\b(?:on )?the (?:previous|preceding) {TIMES}\b|\bthe (?:day|night) before\b|\b(?:a|one) day (?:earlier|before)\b",
        _relative("day_before", -1, -1, moves=False),
    ),
    ("yesterday", r"\byesterday\b", _relative("yesterday", -1, -1, "published")),
    ("today", r"\b(?:today|tonight)\b", _relative("today", 0, 0, "published")),
    ("week_before", r"\b(?:the )?(?:previous|preceding) (?:few )?(?:days|week)\b", _relative("week_before", -7, -1, moves=False)),
    ("days_after", rf"\b{COUNT} {UNIT} (?:later|afterwards?|thereafter)\b", _counted("days_after", 1)),
    ("days_before", rf"\b{COUNT} {UNIT} (?:earlier|before|prior|ago|previously)\b", _counted("days_before", -1)),
    ("within_days", r"\bwithin (?:days|a few days)\b", _relative("within_days", 1, 7)),
    ("days_later_vague", r"\b(?:days|several days) later\b", _relative("days_later_vague", 2, 7)),
    ("weeks_later_vague", r"\bweeks later\b", _relative("weeks_later_vague", 14, 49)),
    (
        "same_day",
        rf"\b(?:later |early |earlier |also )?(?:on )?(?:the same|that|this) {TIMES}\b|\blater (?:in|on) the {TIMES}\b",
        _same("same_day"),
    ),
    (
        "weekday",
        rf"\b(?:on |early |late )?(?P<which>last |next |the following |the previous |this )?(?P<name>{'|'.join(WEEKDAYS)})(?: {TIMES})?\b(?! times)",
        _weekday,
    ),
    ("same_month_day", r"(?<=\bon the )(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! [a-z])", _same_month_day),
    ("earlier", r"\b(?:earlier|previously|shortly before|recently)(?=[,.])", _relative("earlier", -14, 0, moves=False)),
    ("for_months", r"\b(?:for|over|in recent|in past) months\b", _relative("for_months", -180, 0, moves=False)),
    (
        "beginning",
        r"\b(?:at|in|from|since) the (?:beginning|start|outset|outbreak|early stages|early days|onset) of the (?:battle|war|conflict|fighting|siege|invasion|offensive)\b|\A(?:initially|at first)(?=,)|(?<=[.] )initially(?=,)",
        _relative("beginning", 0, 12, "beginning", False),
    ),
    (
        "duration",
        rf"\b(?:for|after|over|during|within|lasting|lasted|in|through)? ?(?:almost |nearly |about |more than |over |around |at least |only |less than )*{COUNT}(?:[ -]){UNIT}\b(?: of\b)?",
        _duration,
    ),
)


def _following_plural(match: re.Match[str]) -> DateMention | None:
    unit = SPANS[match.group("unit")]
    text = match.group("number")
    value = 7.0 if text in (None, "few", "several") else parse_numeral(text.replace("couple of", "couple"))
    if value is None:
        return None
    length = 7 if text in (None, "few", "several") and unit == 1 else round(value * unit)
    return DateMention(match.start(), match.end(), "relative", "following_span", offset=(1, max(1, length)))


def _year(match: re.Match[str], moves: bool = True) -> DateMention:
    return DateMention(
        match.start(), match.end(), "calendar", "year", CalendarPoint(int(match.group("year"))), moves=moves
    )


COMPILED = tuple((name, re.compile(pattern), make) for name, pattern, make in DATE_RULES)
HINT = re.compile(
    rf"\d{{4}}|\b(?:{NAME})\b|day|night|week|month|year|morning|evening|afternoon|earlier|later|previously|recently|beginning|start of|outset|outbreak|initially|at first|spring|summer|autumn|winter|onset"
)
SINCE = re.compile(r"(?:\bsince|\bever since|\bas of|dating from|dating back to|founded in|born in|born on|established in|built in)(?: the)?(?: early| mid| late)?[ -]*$")
NAMED_FOR = re.compile(r"(?:\bthe|\btheir|\bits|'s|\bprevious|\bsubsequent) $")
EVENT_AFTER = re.compile(
    r" (?:\d{4} )?(?:[a-z]+ ){0,2}?(?:offensive|fighting|attack|counter-?offensive|agreement|ceasefire|coup|revolution|uprising|war|campaign|clashes|battle|protests|election|report|invasion|bombing|massacre|siege|truce|evacuation|convention|deal|operation)"
)


def _presupposed(folded: str, start: int, end: int) -> bool:
    """Since when something has been so, when somebody was born, and dates that only name an event govern nothing."""
    before = folded[max(0, start - 28) : start]
    return bool(SINCE.search(before)) or bool(NAMED_FOR.search(before) and EVENT_AFTER.match(folded, end))


def find_dates(folded: str) -> list[DateMention]:
    """All date mentions of a text, left to right and without overlap; earlier rules win.

    ``folded`` is lower case with straight apostrophes, as `zubda.languages.en.fold` gives it; offsets are its code points.
    """
    if not HINT.search(folded):
        return []
    taken = bytearray(len(folded))
    found: list[DateMention] = []
    for _, pattern, make in COMPILED:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            mention = make(match)
            if mention is None:
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append(replace(mention, background=True) if _presupposed(folded, start, end) else mention)
    found.sort(key=lambda mention: mention.start)
    return found
