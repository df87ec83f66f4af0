"""Dates in English text: one pattern a rule, each with a name; the corpus beside this file shows what each must and must not match.

Rule = name, pattern, production, after the rule tables of Duckling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.extraction.values import DateMention
from zubda.languages.en.date_makers import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    YEAR_PARTS,
    Make,
    calendar,
    counted,
    days_of_month,
    duration,
    following_span,
    iso,
    month_first_range,
    months,
    period,
    relative,
    same,
    same_month_day,
    weekday,
    whole,
    year,
)
from zubda.languages.scanning import Taken, matches_from, starts_of

__all__ = ["DATE_RULES", "find_dates"]

NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
SURE = "|".join(
    name for name in sorted(MONTHS, key=len, reverse=True) if name not in ("may", "march", "mar", "sep", "jan", "jun")
)
ORDINAL = r"(?:st|nd|rd|th)?"
DAY = rf"(?:the )?(?P<@day>\d{{1,2}}){ORDINAL}(?: of)?"
MONTH = rf"(?P<@month>{NAME})\b\.?"
YEAR = r"(?:,? (?:of )?(?P<@year>(?:1[5-9]|20)\d\d)\b(?![,.]?\d| (?:people|civilians|soldiers|fighters|troops|rebels|men)\b))"
DASH = r"(?:\s?[–—-]\s?| (?:and|to|until|till|through|or|into) (?:the )?)"
PART = (
    r"(?P<@part>early|mid|middle|late|the beginning of|the start of|the middle of|the end of|the "
    r"first days of|the last days of|beginning of|end of|start of)"
)
COUNT = r"(?P<number>\d{1,3}|an?(?: single)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|a couple of|several|some)"
UNIT = r"(?P<unit>day|night|week|fortnight|month|year)s?"


def prefixed(prefix: str, pattern: str) -> str:
    return pattern.replace("@", prefix)


FULL = prefixed("", f"{DAY} {MONTH}{YEAR}?")
FULL_LAST = prefixed("e", f"{DAY} {MONTH}{YEAR}?")
AMERICAN = prefixed("", rf"{MONTH} (?P<@day>\d{{1,2}}){ORDINAL}\b(?!\s(?:people|civilians|soldiers|fighters|%)){YEAR}?")
TIME_WORDS = "morning|afternoon|evening|night|day|dawn|noon|midday"
TIMES = f"(?:{TIME_WORDS})"

DATE_RULES: tuple[tuple[str, str, Make], ...] = (
    ("iso", r"(?<![\d/-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])", iso),
    ("day_range_full", FULL + DASH + FULL_LAST, calendar("day_range_full")),
    (
        "day_range",
        rf"(?<![\d.,:])(?:the )?(?P<first>\d{{1,2}}){ORDINAL}(?:\s?[–—/-]\s?| and | to | or | until | through )(?:the )?"
        + prefixed("", rf"(?P<@day>\d{{1,2}}){ORDINAL}(?: of)? {MONTH}{YEAR}?"),
        days_of_month,
    ),
    (
        "american_range_full",
        AMERICAN + DASH + prefixed("e", rf"{MONTH} (?P<@day>\d{{1,2}}){ORDINAL}\b{YEAR}?"),
        calendar("day_range_full"),
    ),
    (
        "american_range",
        prefixed(
            "",
            rf"{MONTH} (?P<@day>\d{{1,2}}){ORDINAL}(?:\s?[–—-]\s?| and | to | through )(?P<last>\d{{1,2}})\b(?![,.]?\d){YEAR}?",
        ),
        month_first_range,
    ),
    ("day", r"(?<![\d.,:])" + FULL, calendar("day")),
    ("american_day", AMERICAN, calendar("day")),
    (
        "month_part_range",
        prefixed("", rf"{PART}[ -]{MONTH}{YEAR}?") + DASH + prefixed("e", rf"{PART}[ -]{MONTH}{YEAR}?"),
        calendar("month_part_range"),
    ),
    ("month_part", prefixed("", rf"\b{PART}[ -]{MONTH}{YEAR}?"), calendar("month_part")),
    (
        "month_range",
        prefixed(
            "", rf"\b(?:(?<=in )|(?<=between )|(?<=from )|(?<=during )|(?<=throughout ))(?:{PART}[ -])?{MONTH}{YEAR}?"
        )
        + DASH
        + prefixed("e", rf"(?:{PART}[ -])?{MONTH}{YEAR}?(?! \d{{1,2}}\b)"),
        calendar("month_range"),
    ),
    (
        "month_range_dash",
        rf"\b(?P<month>{SURE}|march)\s?[–—-]\s?(?P<emonth>{SURE}|march|may)\b" + prefixed("e", YEAR) + "?",
        calendar("month_range"),
    ),
    (
        "month_year",
        prefixed("", rf"\b{MONTH}(?:,? (?:of )?(?P<@year>(?:1[5-9]|20)\d\d)\b(?![,.]?\d))"),
        calendar("month"),
    ),
    ("month_sure", rf"\b(?P<month>{SURE})\b\.?", calendar("month")),
    (
        "month_placed",
        r"(?=ma)(?:(?<=\bin )|(?<=\bby )|(?<=since )|(?<=until )|(?<=during )|(?<=throughout )|(?<=last )|"
        r"(?<=between )|(?<=early )|(?<=late )|(?<=mid-))(?P<month>may|march)\b(?! (?:have|be|not))",
        calendar("month"),
    ),
    (
        "year_range",
        r"\b(?P<year>(?:1[5-9]|20)\d\d)\s?(?:[–—-]|to|and)\s?(?P<eyear>(?:1[5-9]|20)\d\d)\b",
        calendar("year"),
    ),
    (
        "year_part",
        r"\b(?:the )?(?P<part>early|mid|late|beginning|start|middle|end)(?:[ -]| of )(?P<year>(?:1[5-9]|20)\d\d)\b",
        months("year_part", YEAR_PARTS),
    ),
    (
        "season",
        r"\b(?:the )?(?P<part>spring|summer|autumn|winter|(?<=in the )fall)(?: of)? (?P<year>(?:1[5-9]|20)\d\d)\b",
        months("season", SEASONS),
    ),
    (
        "year_named",
        r"(?=[12])(?:(?<=\bthe )|(?<=during ))(?P<year>(?:1[5-9]|20)\d\d)(?= [a-z])(?! (?:people|civilians|soldiers|fighters|troops|rebels|men|were|killed))",
        lambda match: year(match, moves=False),
    ),
    (
        "year",
        r"(?=[12])(?:(?<=\bin )|(?<=\bby )|(?<=since )|(?<=until )|(?<=during )|(?<=throughout )|(?<=\bof )|"
        r"(?<=before )|(?<=after )|(?<=from )|(?<=year )|(?<=and )|(?<=later in )|(?<=\())"
        r"(?P<year>(?:1[5-9]|20)\d\d)\b(?![,.]?\d|%|-| (?:people|civilians|soldiers|fighters|troops|"
        r"rebels|men|were|killed|houses|out|tonnes|tons|km|buildings|homes|shops)\b)",
        lambda match: year(match),
    ),
    ("year_alone", r"\A(?P<year>(?:1[5-9]|20)\d\d)(?=\Z|[:.]| [–—-] |,)", year),
    (
        "following_span",
        r"\b(?:over|in|during|for|within|throughout)? ?the (?:following|next|ensuing|subsequent|coming) "
        r"(?:(?P<number>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|few|several|couple of) "
        r")?(?P<unit>day|night|week|month|year)(?P<plural>s)\b",
        following_span,
    ),
    (
        "days_that_followed",
        r"\bin the days (?:that followed|after|following)|(?:the )?following days\b",
        relative("following_span", 1, 7),
    ),
    (
        "following_week",
        r"\b(?:over|during|throughout) the (?:following|next|ensuing) week\b",
        relative("following_week", 1, 7),
    ),
    ("week_after", r"\b(?:the )?(?:following|next) week\b", relative("week_after", 7, 13)),
    ("next_month", r"\b(?:the )?(?:following|next) month\b|\ba month later\b", period("next_month", "month", 1)),
    ("next_year", r"\b(?:the )?(?:following|next) year\b|\ba year later\b", period("next_year", "year", 1)),
    (
        "that_month",
        r"\b(?:later )?(?:the same|that|in the) month\b|\blater in the month\b",
        period("that_month", "month", 0),
    ),
    ("that_year", r"\b(?:later )?(?:the same|that) year\b|\blater in the year\b", period("that_year", "year", 0)),
    (
        "month_before",
        r"\b(?:the )?(?:previous|preceding) month\b|\ba month (?:earlier|before)\b",
        period("month_before", "month", -1),
    ),
    (
        "year_before",
        r"\b(?:the )?(?:previous|preceding) year\b|\ba year (?:earlier|before)\b",
        period("year_before", "year", -1),
    ),
    (
        "next_day",
        rf"\b(?:on |by )?(?:the )?(?:next|following) {TIMES}\b|\bthe day after\b|\b(?:a|one) day later\b|\bthe next day\b",
        relative("next_day", 1, 1),
    ),
    (
        "day_before",
        rf"\b(?:on )?the (?:previous|preceding) {TIMES}\b|\bthe (?:day|night) before\b|\b(?:a|one) day (?:earlier|before)\b",
        relative("day_before", -1, -1, moves=False),
    ),
    ("yesterday", r"\byesterday\b", relative("yesterday", -1, -1, "published")),
    ("today", r"\b(?:today|tonight)\b", relative("today", 0, 0, "published")),
    (
        "week_before",
        r"\b(?:the )?(?:previous|preceding) (?:few )?(?:days|week)\b",
        relative("week_before", -7, -1, moves=False),
    ),
    ("days_after", rf"\b{COUNT} {UNIT} (?:later|afterwards?|thereafter)\b", counted("days_after", 1)),
    ("days_before", rf"\b{COUNT} {UNIT} (?:earlier|before|prior|ago|previously)\b", counted("days_before", -1)),
    ("within_days", r"\bwithin (?:days|a few days)\b", relative("within_days", 1, 7)),
    ("days_later_vague", r"\b(?:days|several days) later\b", relative("days_later_vague", 2, 7)),
    ("weeks_later_vague", r"\bweeks later\b", relative("weeks_later_vague", 14, 49)),
    (
        "same_day",
        rf"\b(?:later |early |earlier |also )?(?:on )?(?:the same|that|this) {TIMES}\b|\blater (?:in|on) the {TIMES}\b",
        same("same_day"),
    ),
    (
        "weekday",
        rf"\b(?:on |early |late )?(?P<which>last |next |the following |the previous |this )?(?P<name>{'|'.join(WEEKDAYS)})(?: {TIMES})?\b(?! times)",
        weekday,
    ),
    (
        "same_month_day",
        r"(?<=\bon the )(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! (?:brigade|division|regiment|battalion|army|corps|anniversary|century|company|floor|minute|hour))",
        same_month_day,
    ),
    ("earlier", r"\b(?:earlier|previously|shortly before|recently)(?=[,.])", relative("earlier", -14, 0, moves=False)),
    ("for_months", r"\b(?:for|over|in recent|in past) months\b", relative("for_months", -180, 0, moves=False)),
    (
        "beginning",
        r"\b(?:at|in|from|since) the (?:beginning|start|outset|outbreak|early stages|early days|onset) of "
        r"(?:the )?(?:battle|war|conflict|fighting|siege|invasion|offensive|uprising)\b|\A(?:initially|at first)(?=,)|"
        r"(?<=[.] )initially(?=,)",
        relative("beginning", 0, 12, "beginning"),
    ),
    (
        "whole",
        r"\b(?:during|in|over|throughout) the (?:course|entirety|whole) of the (?:battle|war|conflict|fighting|siege)\b"
        r"|\b(?:during|throughout) the (?:battle|siege)\b(?! (?:of|for))",
        whole,
    ),
    (
        "duration",
        rf"\b(?:for|after|over|during|within|lasting|lasted|in|through)? ?(?:almost |nearly |about |more "
        rf"than |over |around |at least |only |less than )*{COUNT}(?:[ -]){UNIT}\b(?: of\b)?",
        duration,
    ),
)


YEAR_HINT = re.compile(r"\d{4}")
DATING = (
    "day", "night", "week", "month", "year", "morning", "evening", "afternoon", "earlier", "later", "previously", "recently", "beginning",
    "start of", "outset", "outbreak", "initially", "at first", "spring", "summer", "autumn", "winter", "onset",
)  # fmt: skip
"""A text without one of these, the name of a month, a year or a day ("on the 5th") tells no date."""
ON_THE_DAY = re.compile(r"on the \d")
DATE_START = re.compile(r"\d|\b[abdefjlmnost]")
BEFORE_MONTH = 40
"""No rule that needs the name of a month begins more characters before it ("the 11th through the 12th of September": 30)."""

CENTURIES = ("15", "16", "17", "18", "19", "20")
HINTS: dict[str, tuple[str, ...]] = {
    "iso": ("-",),
    "year_range": CENTURIES,
    "year_part": CENTURIES,
    "season": ("spring", "summer", "autumn", "winter", "fall"),
    "year_named": CENTURIES,
    "year": CENTURIES,
    "year_alone": CENTURIES,
    "following_span": ("following", "next", "ensuing", "subsequent", "coming"),
    "days_that_followed": ("days",),
    "following_week": ("week",),
    "week_after": ("week",),
    "next_month": ("month",),
    "next_year": ("year",),
    "that_month": ("month",),
    "that_year": ("year",),
    "month_before": ("month",),
    "year_before": ("year",),
    "next_day": ("next", "following", "day after", "day later"),
    "day_before": ("previous", "preceding", "before", "earlier"),
    "yesterday": ("yesterday",),
    "today": ("today", "tonight"),
    "week_before": ("previous", "preceding"),
    "days_after": ("later", "afterward", "thereafter"),
    "days_before": ("earlier", "before", "prior", "ago", "previously"),
    "within_days": ("within",),
    "days_later_vague": ("later",),
    "weeks_later_vague": ("later",),
    "same_day": ("same", "that", "this", "later in", "later on"),
    "weekday": ("day",),
    "same_month_day": ("on the ",),
    "earlier": ("earlier", "previously", "shortly before", "recently"),
    "for_months": ("months",),
    "beginning": ("beginning", "start", "outset", "outbreak", "early", "onset", "initially", "at first"),
    "whole": ("course", "entirety", "whole", "during", "throughout"),
    "duration": ("day", "night", "week", "fortnight", "month", "year"),
}
"""Rules not listed here need the name of a month; the listed ones need one of these strings."""
ALSO: dict[str, tuple[str, ...]] = {
    "year_part": ("early", "mid", "late", "beginning", "start", "end"),
    "same_day": tuple(TIME_WORDS.split("|")),
    "whole": ("battle", "war", "conflict", "fighting", "siege"),
}
"""And one of these."""
FIRST = {"iso": r"\d", "year_range": r"\b[12]", "year_named": r"[12]", "year": r"[12]", "weekday": r"\b[oeltnfmtws]"}
"""What rules begin with of which the regular expressions do not tell it at once."""
WORDS = sorted({*MONTHS, *DATING, *(word for table in (HINTS, ALSO) for words in table.values() for word in words)})
WORD_FINDER = AhoCorasick(WORDS, matchkind=MatchKind.Standard)
MONTH_NUMBERS = frozenset(WORDS.index(name) for name in MONTHS)
DATING_NUMBERS = frozenset(WORDS.index(word) for word in DATING)


def _numbers(words: Iterable[str]) -> frozenset[int]:
    return frozenset(map(WORDS.index, words))


COMPILED = tuple(
    (
        re.compile(pattern),
        make,
        _numbers(HINTS[name]) if name in HINTS else None,
        _numbers(ALSO.get(name, WORDS)),
        re.compile(FIRST[name]) if name in FIRST else None,
    )
    for name, pattern, make in DATE_RULES
)
SINCE = re.compile(
    r"(?:\bsince|\bever since|\bas of|dating from|dating back to|founded in|born in|born on|"
    r"established in|built in)(?: the)?(?: early| mid| late)?[ -]*$"
)
NAMED_FOR = re.compile(r"(?:\bthe|\btheir|\bits|'s|\bprevious|\bsubsequent) $")
EVENT_AFTER = re.compile(
    r" (?:\d{4} )?(?:[a-z]+ ){0,2}?(?:offensive|fighting|attack|counter-?offensive|agreement|"
    r"ceasefire|coup|revolution|uprising|war|campaign|clashes|battle|protests|election|report|"
    r"invasion|bombing|massacre|siege|truce|evacuation|convention|deal|operation)"
)


def _presupposed(folded: str, start: int, end: int) -> bool:
    """Since when something has been so, when somebody was born, and dates that only name an event govern nothing."""
    before = folded[max(0, start - 28) : start]
    return bool(SINCE.search(before)) or bool(NAMED_FOR.search(before) and EVENT_AFTER.match(folded, end))


def _near_months(folded: str, months: Iterable[tuple[int, int, int]]) -> list[int]:
    """Where a date with the name of a month may begin; ``months`` are matches of their names, by their ends."""
    starts: list[int] = []
    for _, start, end in months:
        inside = start > 0 and _in_word(folded[start - 1])
        if inside or (end < len(folded) and _in_word(folded[end])):
            continue
        low = max(start - BEFORE_MONTH, starts[-1] + 1 if starts else 0)
        starts += [match.start() for match in DATE_START.finditer(folded, low, start + 1)]
    return starts


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def find_dates(folded: str) -> list[DateMention]:
    """All date mentions of a text, left to right and without overlap; earlier rules win.

    ``folded`` is lower case with straight apostrophes, as `zubda.languages.en.fold` gives it; offsets are its code points.
    """
    words = WORD_FINDER.find_matches_as_indexes(folded, overlapping=True)
    held = {number for number, _, _ in words}
    near_months = _near_months(folded, (word for word in words if word[0] in MONTH_NUMBERS))
    if not (near_months or held & DATING_NUMBERS or YEAR_HINT.search(folded) or ON_THE_DAY.search(folded)):
        return []
    taken = Taken(len(folded))
    found: list[DateMention] = []
    for pattern, make, hints, also, first in COMPILED:
        if hints is None:
            matches = matches_from(pattern, folded, near_months)
        elif held.isdisjoint(hints) or held.isdisjoint(also):
            continue
        elif first is not None:
            matches = matches_from(pattern, folded, starts_of(first, folded))
        else:
            matches = pattern.finditer(folded)
        for match in matches:
            start, end = match.span()
            mention = make(match) if taken.free(start, end) else None
            if mention is not None:
                taken.claim(start, end)
                found.append(replace(mention, background=True) if _presupposed(folded, start, end) else mention)
    found.sort(key=lambda mention: mention.start)
    return found
