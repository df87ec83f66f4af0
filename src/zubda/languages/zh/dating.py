"""Dates in Chinese text: one pattern a rule, each with a name; the corpus beside this file shows what each must and must not match.

Rule = name, pattern, production, after the rule tables of Duckling.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from zubda.extraction.values import CalendarPoint, DateMention
from zubda.languages.zh.numerals import parse_numeral

__all__ = ["DATE_RULES", "find_dates"]

NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
YEAR = r"(?:(?P<@year>\d{4}|[一二三四五六七八九零〇]{4}|公元前\d{1,4}|民国[元一二三四五六七八九十\d]{1,3}|(?<=[到在])\d{2}(?=年\d))年)"
DAY = rf"(?P<@day>{NUM})[日号號](?!基地|高地|公路|楼|院|线|公寓|大楼)"
MONTH = rf"(?P<@month>{NUM})月(?!球|亮|台)份?"
DASH = r"(?:至|到|直至|—|–|-|~|～|－|─|与|和|及|、|,|，)"
TIME = r"(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|晚|夜|午夜|日间|白天|黎明|日出|入夜)?"
PARTS = {
    "初": "early", "上旬": "early", "初期": "early", "早些时候": "earlier", "早期": "early", "月初": "early",
    "中": "mid", "中旬": "mid", "中期": "mid",
    "末": "late", "底": "late", "下旬": "late", "晚些时候": "later", "尾": "late", "末期": "late", "后期": "late",
}  # fmt: skip
PART = r"(?P<@part>上旬|中旬|下旬|初期|中期|末期|后期|早些时候|晚些时候|早期|初|中(?!央|国|心|学|部|校|将|尉|东|午|方|期)|末|底)"


def _with(prefix: str, pattern: str) -> str:
    return pattern.replace("@", prefix)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if text.startswith("公元前"):
        return -int(text[3:])
    if text.startswith("民国"):
        count = 1 if text[2:] == "元" else parse_numeral(text[2:])
        return 1911 + int(count) if count else None
    value = parse_numeral(text)
    if value is None:
        return None
    return int(value) + 2000 if len(text) == 2 else int(value)


def _point(match: re.Match[str], prefix: str, inherit: CalendarPoint | None = None) -> CalendarPoint | None:
    found = match.groupdict()

    def number(name: str) -> int | None:
        text = found.get(prefix + name)
        value = parse_numeral(text) if text else None
        return int(value) if value is not None else None

    year, month, day = _year(found.get(prefix + "year")), number("month"), number("day")
    part = PARTS.get(found.get(prefix + "part") or "")
    if inherit:
        year = year if year is not None else inherit.year
        month = month if month is not None else inherit.month
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return CalendarPoint(year, month, day, part)


def _calendar(rule: str) -> Callable[[re.Match[str]], DateMention | None]:
    def make(match: re.Match[str]) -> DateMention | None:
        first = _point(match, "")
        if first is None:
            return None
        last = (
            _point(match, "e", first)
            if any(match.groupdict().get("e" + name) for name in ("year", "month", "day", "part"))
            else None
        )
        if first.day is None and last and last.day is not None and match.groupdict().get("emonth") is None:
            return None
        return DateMention(match.start(), match.end(), "calendar", rule, first, last)

    return make


def _relative(
    rule: str, low: int, high: int, anchor: str = "running", moves: bool = True
) -> Callable[[re.Match[str]], DateMention]:
    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), "relative", rule, offset=(low, high), anchor=anchor, moves=moves)

    return make


VAGUE_MONTHS = 180
MONTH_DAYS = 30.44
SPANS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个星期": 7, "个月": 30, "年": 365, "个礼拜": 7}


def _counted(rule: str, sign: int) -> Callable[[re.Match[str]], DateMention | None]:
    """``三天后``, ``两周前``: so many days after or before the governing date; vague numbers are 2 to 7 (codebook rule 17)."""

    def make(match: re.Match[str]) -> DateMention | None:
        unit = SPANS[match.group("unit")]
        text = match.group("number")
        if text in ("几", "数", "若干"):
            low, high = (1, VAGUE_MONTHS) if unit == 30 else (2 * unit, 7 * unit)
        else:
            value = parse_numeral(text)
            if value is None or value > 400:
                return None
            low = high = round(value * unit)
            if unit >= 30:
                slack = unit // 4
                low, high = low - slack, high + slack
        offset = (low, high) if sign > 0 else (-high, -low)
        return DateMention(match.start(), match.end(), "relative", rule, offset=offset, moves=sign > 0)

    return make


def _span_after(match: re.Match[str]) -> DateMention | None:
    """``之后的两天``, ``接下来的5个月``: from the day after the governing date on, for so long."""
    text = match.group("number")
    unit = SPANS[match.group("unit")]
    value = 4 if text in ("几", "数") else parse_numeral(text)
    if value is None or value > 400:
        return None
    length = round(value * (MONTH_DAYS if unit == 30 else unit))
    if text in ("几", "数"):
        length = VAGUE_MONTHS if unit == 30 else 7 * unit
    first = 0 if unit == 30 else 1
    return DateMention(match.start(), match.end(), "relative", "span_after", offset=(first, length))


def _same(rule: str) -> Callable[[re.Match[str]], DateMention]:
    def make(match: re.Match[str]) -> DateMention:
        return DateMention(match.start(), match.end(), "same", rule)

    return make


def _weekday(match: re.Match[str]) -> DateMention:
    day = "一二三四五六日天".index(match.group("name"))
    before = match.group("which") in ("上", "上个")
    return DateMention(
        match.start(), match.end(), "weekday", "weekday", weekday=min(day, 6), offset=(-7, -1) if before else (-6, 0)
    )


def _duration(match: re.Match[str]) -> DateMention | None:
    text = match.group("number")
    value = 4 if text in ("几", "数") else parse_numeral(text)
    if value is None:
        return None
    days = max(1, round(value * SPANS[match.group("unit")]))
    return DateMention(match.start(), match.end(), "duration", "duration", offset=(0, days), moves=False)


def _year_alone(match: re.Match[str]) -> DateMention | None:
    first = _point(match, "")
    if first is None or first.year is None or not -3000 < first.year < 2200:
        return None
    last = _point(match, "e") if match.groupdict().get("eyear") else None
    return DateMention(match.start(), match.end(), "calendar", "year", first, last)


def _same_month(match: re.Match[str]) -> DateMention | None:
    day = parse_numeral(match.group("day")) if match.group("day") else None
    if day is None or not 1 <= day <= 31:
        return None
    return DateMention(match.start(), match.end(), "calendar", "same_month_day", CalendarPoint(day=int(day)))


def _iso(match: re.Match[str]) -> DateMention | None:
    year, month, day = (int(match.group(name)) for name in ("year", "month", "day"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateMention(match.start(), match.end(), "calendar", "iso", CalendarPoint(year, month, day))


COUNT = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3}|几|数)"
UNIT = r"(?P<unit>个?星期|个?礼拜|个月|天|周|日|年)"
FULL = _with("", f"{YEAR}?{MONTH}{DAY}")

DATE_RULES: tuple[tuple[str, str, Callable[[re.Match[str]], DateMention | None]], ...] = (
    ("iso", r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _iso),
    (
        "day_range",
        FULL + TIME + rf"(?:{DASH})" + r"(?:次日|翌日)?" + _with("e", f"{YEAR}?(?:{MONTH})?{DAY}"),
        _calendar("day_range"),
    ),
    (
        "day_range_open",
        _with("", f"{YEAR}?{MONTH}(?P<day>{NUM})") + r"(?:至|到|-|—|–|~)" + _with("e", f"(?:{MONTH})?{DAY}"),
        _calendar("day_range_open"),
    ),
    (
        "month_part_range",
        _with("", f"{YEAR}?{MONTH}{PART}") + rf"{DASH}" + _with("e", f"{YEAR}?(?:{MONTH})(?:{PART})?"),
        _calendar("month_part_range"),
    ),
    ("day", FULL, _calendar("day")),
    ("month_part", _with("", f"{YEAR}?{MONTH}的?{PART}"), _calendar("month_part")),
    (
        "month_range",
        _with("", f"{YEAR}?{MONTH}") + r"(?:至|到|—|–|-|~|间至)" + _with("e", f"{YEAR}?{MONTH}"),
        _calendar("month_range"),
    ),
    ("month", _with("", f"{YEAR}?{MONTH}") + r"(?!\d)", _calendar("month")),
    ("year_range", _with("", YEAR) + r"?(?:至|到|—|–|-|~)" + _with("e", YEAR), _year_alone),
    ("year_part", _with("", YEAR) + r"(?:的)?(?P<part>年?初|年?中(?!央|国|心)|年?末|年?底)", lambda m: _year_part(m)),
    ("year", _with("", YEAR) + r"(?!代|级|度|间|龄|前|后|来|轻|的历史)", _year_alone),
    (
        "span_after",
        rf"(?:在)?(?:之后|随后|接下来|此后|其后|往后|接下)的?(?:的)?{COUNT}{UNIT}(?:里|中|内|间)?",
        _span_after,
    ),
    ("span_after_vague", r"随后几(?:天|日)|接下来几(?:天|日)|之后几(?:天|日)", _relative("span_after_vague", 1, 7)),
    ("days_after", rf"{COUNT}{UNIT}(?:之后|以后|后(?!面|方|卫))", _counted("days_after", 1)),
    ("days_before", rf"{COUNT}{UNIT}(?:之前|以前|前(?!线|方|往|面|进))", _counted("days_before", -1)),
    ("next_day", r"第二天|次日|翌日|隔天|隔日|转天|一天后|一天之后|一日后", _relative("next_day", 1, 1)),
    ("day_before", r"前一天|前一日|前日|头一天|之前一天|昨天|昨日", _relative("day_before", -1, -1, moves=False)),
    ("third_day", r"第三天", _relative("third_day", 2, 2)),
    ("same_day", r"当天|当日|同一天|同日|这一天|这天|当晚|同天|该日|今天|今日|当夜|是日", _same("same_day")),
    ("same_month_day", rf"(?:同月|当月|该月|本月)(?P<day>{NUM})[日号]", _same_month),
    ("bare_day", r"(?<![\d月第.\-])(?P<day>\d{1,2})日(?!本|内|之内|之后|后|前|之前|报|子|常)", _same_month),
    ("weekday", r"(?P<which>上个?|本|这个?|下个?)?(?:星期|周|礼拜)(?P<name>[一二三四五六日天])", _weekday),
    ("same_week", r"该周|本周|这一周|当周|一周之内", _relative("same_week", -6, 0, moves=False)),
    ("earlier", r"早些时候|此前不久|先前(?!的)|不久前|日前", _relative("earlier", -14, 0, moves=False)),
    ("days_later_vague", r"几天之后|数天之后|几天后|数天后|数日后|几日后", _relative("days_later_vague", 2, 7)),
    ("for_months", r"数月以来|几个月来|数月来", _relative("for_months", -180, 0, moves=False)),
    (
        "beginning",
        r"战斗开始初期|战役一开始|战争初期|战役初期|开战初期|一开始",
        _relative("beginning", 0, 12, "beginning", False),
    ),
    (
        "duration",
        rf"(?:(?:持续|长达|历时|为期|经过|达|激战)了?(?:近|约|长达|超过)?)?{COUNT}{UNIT}(?:之内|以内|内|来|以来|的(?:激|战|围|封|炮|轰))?",
        _duration,
    ),
)


def _year_part(match: re.Match[str]) -> DateMention | None:
    year = _year(match.group("year"))
    if year is None:
        return None
    last = match.group("part")[-1]
    point = {"初": (1, 1), "中": (6, 7), "末": (12, 12), "底": (12, 12)}[last]
    return DateMention(
        match.start(),
        match.end(),
        "calendar",
        "year_part",
        CalendarPoint(year, point[0]),
        CalendarPoint(year, point[1]),
    )


COMPILED = tuple((name, re.compile(pattern), make) for name, pattern, make in DATE_RULES)
HINT = re.compile(r"[年月日天周号星礼前后初始今昨]|\d{4}[-/.]\d")


SINCE = re.compile(r"(?:自从?|从|直到|早在)$")
UNTIL_NOW = re.compile(r"[^，。；]{0,8}(?:以来|起|爆发以来|开始)")
BORN = re.compile(r"[^，。；]{0,3}(?:出生|生于|成立于|建于|建立|革命)")


def _presupposed(folded: str, start: int, end: int) -> bool:
    """Since when something has been so, or when somebody was born, is told in passing and governs nothing."""
    return bool(SINCE.search(folded[max(0, start - 2) : start]) and UNTIL_NOW.match(folded, end)) or bool(
        BORN.match(folded, end)
    )


def find_dates(folded: str) -> list[DateMention]:
    """All date mentions of a text, left to right and without overlap; earlier rules win.

    ``folded`` is simplified, half width and lower case, as `zubda.languages.zh.fold` gives it; offsets are its code points.
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
