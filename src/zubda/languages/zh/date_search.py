"""Looks for dates in Chinese text: each rule is tried only where one can begin (`zubda.languages.scanning`)."""

from __future__ import annotations

import re
from re import Pattern

from zubda.extraction.values import DateMention
from zubda.languages.scanning import Taken, matches_from, starts_of
from zubda.languages.zh.date_context import in_context
from zubda.languages.zh.dating import DATE_RULES, LENGTH, MONTH_WORDS, YEAR_MONTH, YEAR_WORDS

__all__ = ["find_dates"]

NEEDS: dict[str, tuple[str, ...]] = {
    "iso": ("-/.",), "named_days_before": ("前", "月"), "day_list": ("月", "日号"), "day_range": ("月", "日号"),
    "day_range_open": ("月", "日号"), "range": ("月",), "day": ("月", "日号"), "month_part": ("月",), "month_part_bare": ("月",),
    "month_pair": ("月", "直至到—–-~～|－─、"), "month": ("月",), "year_span": ("年",), "year_part": ("年",), "season": ("春夏秋冬",), "decade": ("年",),
    "holiday": ("旦夜诞",), "year": ("年",), "day_before": ("前昨头",), "span_after": ("后来",), "planned_span": ("后来",),
    "span_before": ("前去",), "first_days": ("头初",), "days_after": ("后",), "days_before": ("前",), "since_long": ("来",),
    "next_day": ("次翌二隔转",), "nth_day": ("第",), "same_day": ("当同这今该那是",), "bare_day_range": ("日",), "bare_day": ("日号",),
    "weekday": ("周期拜",), "same_week": ("周",), "finish": ("最",), "onward": ("后此",), "in_all": ("次场",), "earlier": ("早前",),
    "before": ("前",), "beginning": ("始初伊",), "duration": ("天周日年月期拜",),
}  # fmt: skip
"""Characters without which a rule matches nothing, one of each string: most texts need only a few of the patterns."""

NEEDED = sorted({need for needs in NEEDS.values() for need in needs})
NEEDED_BITS = {
    letter: sum(1 << number for number, need in enumerate(NEEDED) if letter in need) for letter in "".join(NEEDED)
}
DIGITS = r"\d零〇一二两三四五六七八九十廿卅几数若半"
STARTS: dict[str, Pattern[str]] = {
    YEAR_MONTH: re.compile(f"[{DIGITS}公民{''.join(sorted({word[0] for word in (*YEAR_WORDS, *MONTH_WORDS)}))}]"),
    LENGTH: re.compile(f"[{DIGITS}]"),
}
"""What several rules begin with, each with its first characters; where it stands is looked up once for all of them."""
LEADS = {lead: re.compile(lead) for lead in STARTS}
FIRST = {
    "iso": r"\d", "bare_day_range": r"\d", "bare_day": r"[\d一二三廿十]", "year_span": r"\d", "decade": r"\d", "month_part_bare": r"月",
    "duration": f"[持长历为经达激{DIGITS}]", "weekday": r"[上本这下星周礼]",
}  # fmt: skip
"""First characters of rules of which the regular expressions do not tell them at once."""
COMPILED = tuple(
    (
        name,
        re.compile(pattern),
        make,
        sum(1 << NEEDED.index(need) for need in NEEDS.get(name, ())),
        next((lead for lead in LEADS if pattern.startswith(lead)), ""),
        re.compile(FIRST[name]) if name in FIRST else None,
    )
    for name, pattern, make in DATE_RULES
)
HINT = re.compile(r"[年月日天周号星礼前后初始今昨元圣旦夜晨晚时来此最]|\d{4}[-/.]\d")


def find_dates(folded: str) -> list[DateMention]:
    """All date mentions of a text, left to right and without overlap; earlier rules win.

    ``folded`` is simplified, half width and lower case, as `zubda.languages.zh.fold` gives it; offsets are its code points.
    """
    if not HINT.search(folded):
        return []
    taken = Taken(len(folded))
    found: list[DateMention] = []
    held = 0
    for letter in set(folded):
        held |= NEEDED_BITS.get(letter, 0)
    leads: dict[str, list[int]] = {}
    for name, pattern, make, needs, lead, first in COMPILED:
        if held & needs != needs:
            continue
        if lead:
            if lead not in leads:
                begins = LEADS[lead].match
                leads[lead] = [start for start in starts_of(STARTS[lead], folded) if begins(folded, start)]
            matches = matches_from(pattern, folded, leads[lead])
        elif first is not None:
            matches = matches_from(pattern, folded, starts_of(first, folded))
        else:
            matches = pattern.finditer(folded)
        for match in matches:
            if taken.free(*match.span()):
                mention = make(match, name)
                if mention is not None:
                    taken.claim(*match.span())
                    found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return in_context(folded, found)
