"""Dates in Chinese text: one pattern a rule, each with a name; the corpus beside this file shows what each must and must not match.

Rule = name, pattern, production, after the rule tables of Duckling. What stands around a date (since, until, already) is read in
`zubda.languages.zh.date_context`, and `zubda.languages.zh.date_search` looks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from zubda.extraction.values import CalendarPoint, DateMention
from zubda.languages.zh.numerals import parse_numeral

__all__ = ["DATE_RULES", "LENGTH", "MONTH_WORDS", "YEAR_MONTH", "YEAR_WORDS"]

Make = Callable[[re.Match[str]], DateMention | None]

NUM = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
YEAR_WORDS = {
    "同年": 0, "当年": 0, "该年": 0, "是年": 0, "同一年": 0,
    "次年": 1, "翌年": 1, "第二年": 1, "来年": 1, "明年": 1, "去年": -1, "前一年": -1, "上一年": -1,
}  # fmt: skip
MONTH_WORDS = {
    "同月": 0, "当月": 0, "该月": 0, "本月": 0, "次月": 1, "翌月": 1, "下个月": 1, "下月": 1, "上个月": -1, "上月": -1, "前一个月": -1,
}  # fmt: skip
YEAR = (
    rf"(?:(?P<@year>(?:(?:\d{{4}}|[一二三四五六七八九零〇]{{4}}|公元前?\d{{1,4}}|民国[元一二三四五六七八九十\d]{{1,3}}|(?<![\d第])\d{{2}}(?=年\d{{1,2}}月))年"
    rf"|{'|'.join(YEAR_WORDS)}))的?)"
)
TAIL = r"(?!基地|高地|公路|楼|院|线|公寓|大楼|后|之后|以后|内|之内|以内|本|报|子|常|间)"
DAY = rf"(?P<@day>{NUM})[日号號]{TAIL}"
MONTH = rf"(?:(?P<@month>{NUM})月(?!球|亮|台|花)份?|(?P<@months>{'|'.join(MONTH_WORDS)})的?)"
DASH = r"(?:起?直至|起?至|起?到|开始至|开始到|—|–|-|~|～|－|─|与|和|及|、|,|，|、和|，和|,和|以及|以及在|和在)"
THROUGH = r"(?:起?直至|起?至|起?到|开始至|开始到|—|–|-|~|～|－|─)"
TIME = r"(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|深夜|晚|夜|午夜|日间|白天|黎明|日出|入夜)?"
PARTS = {
    "初": "early", "上旬": "early", "初期": "early", "早期": "early", "月初": "early", "初旬": "early", "早些时候": "earlier", "稍早": "earlier",
    "中": "mid", "中旬": "mid", "中期": "mid", "月中": "mid",
    "末": "late", "底": "late", "下旬": "late", "尾": "late", "末期": "late", "后期": "late", "月底": "late", "月末": "late",
    "晚些时候": "later", "稍晚": "later",
}  # fmt: skip
PART = r"(?P<@part>上旬|中旬|下旬|初旬|初期|中期|末期|后期|早些时候|晚些时候|早期|初|中(?!央|国|心|学|部|校|将|尉|东|午|方|期|弹|立|有|的|，)|末|底)"
HOLIDAYS = {
    "元旦": (1, 1),
    "新年夜": (12, 31),
    "跨年夜": (12, 31),
    "平安夜": (12, 24),
    "东正教圣诞节": (1, 7),
    "圣诞节": (12, 25),
}
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 2)}
YEAR_PARTS = {"初": (1, 1), "中": (6, 7), "末": (12, 12), "底": (12, 12), "上半年": (1, 6), "下半年": (7, 12)}
COUNT = r"(?P<number>(?<![\d.])\d{1,3}|[一二两三四五六七八九十]{1,3}|几|数|若干|半)"
UNIT = r"(?P<unit>个?多?星期|个?多?礼拜|个多?月|(?<=[数几])月|天|周|日|年)"
UNIT_DAYS = {"天": 1.0, "日": 1.0, "周": 7.0, "期": 7.0, "拜": 7.0, "月": 30.44, "年": 365.25}
FEW = ("几", "数", "若干")
VAGUE_MONTHS = 180


def _with(prefix: str, *patterns: str) -> str:
    return "".join(patterns).replace("@", prefix)


def _year(text: str | None) -> int | None:
    if not text or text in YEAR_WORDS:
        return None
    digits = text.removesuffix("年")
    if digits.startswith("公元"):
        return -int(digits[3:]) if digits[2] == "前" else int(digits[2:])
    if digits.startswith("民国"):
        count = 1 if digits[2:] == "元" else parse_numeral(digits[2:])
        return 1911 + int(count) if count else None
    value = parse_numeral(digits)
    if value is None:
        return None
    return int(value) + 2000 if len(digits) == 2 else int(value)


def _point(match: re.Match[str], prefix: str, inherit: CalendarPoint | None = None) -> CalendarPoint | None:
    found = {name.removeprefix(prefix): text for name, text in match.groupdict().items() if name.startswith(prefix)}

    def number(name: str) -> int | None:
        value = parse_numeral(found.get(name) or "")
        return int(value) if value is not None else None

    said = found.get("year")
    year, month, day = _year(said), number("month"), number("day")
    years, months = YEAR_WORDS.get(said or ""), MONTH_WORDS.get(found.get("months") or "")
    if inherit:
        year, years = (inherit.year, inherit.years) if said is None else (year, years)
        month, months = (inherit.month, inherit.months) if month is None and months is None else (month, months)
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return CalendarPoint(year, month, day, PARTS.get(found.get("part") or ""), years, months)


def _calendar(match: re.Match[str], rule: str) -> DateMention | None:
    first = _point(match, "a")
    if first is None:
        return None
    told = {name[1:] for name, text in match.groupdict().items() if name[0] == "e" and text}
    last = _point(match, "e", first) if told else None
    if told and last is None:
        return None
    return DateMention(match.start(), match.end(), "calendar", rule, first, last)


def _list(match: re.Match[str], rule: str) -> DateMention | None:
    """``3日，4日和6日`` is the range that they span."""
    first = _point(match, "a")
    days = [(found.group("month"), found.group("day")) for found in LISTED.finditer(match.group("rest"))]
    if first is None or not days:
        return None
    month = next((parse_numeral(month) for month, _ in reversed(days) if month), None)
    day = parse_numeral(days[-1][1])
    if day is None or not 1 <= day <= 31:
        return None
    last = CalendarPoint(first.year, int(month) if month else first.month, int(day), None, first.years, first.months)
    return DateMention(match.start(), match.end(), "calendar", rule, first, last)


def _points(match: re.Match[str], rule: str, first: CalendarPoint, last: CalendarPoint | None = None) -> DateMention:
    return DateMention(match.start(), match.end(), "calendar", rule, first, last)


def _iso(match: re.Match[str], rule: str) -> DateMention | None:
    year, month, day = (int(match.group(name)) for name in ("year", "month", "day"))
    return _points(match, rule, CalendarPoint(year, month, day)) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _months(match: re.Match[str], rule: str) -> DateMention | None:
    first, last = parse_numeral(match.group("low")), parse_numeral(match.group("high"))
    if not first or not last or not 1 <= first < last <= 12:
        return None
    year = _year(match.groupdict().get("ayear"))
    return _points(match, rule, CalendarPoint(year, int(first)), CalendarPoint(year, int(last)))


def _year_part(match: re.Match[str], rule: str) -> DateMention | None:
    first, last = YEAR_PARTS[match.group("span").removeprefix("年")]
    said = match.group("ayear")
    year, years = _year(said), YEAR_WORDS.get(said)
    return _points(match, rule, CalendarPoint(year, first, years=years), CalendarPoint(year, last, years=years))


def _season(match: re.Match[str], rule: str) -> DateMention | None:
    first, last = SEASONS[match.group("season")]
    year, years = _year(match.group("ayear")), YEAR_WORDS.get(match.group("ayear"))
    over = year + 1 if year is not None and last < first else year
    return _points(match, rule, CalendarPoint(year, first, years=years), CalendarPoint(over, last, years=years))


def _years(match: re.Match[str], rule: str) -> DateMention | None:
    low, high = int(match.group("low")), match.group("high")
    last = int(high) if len(high) == 4 else low - low % 100 + int(high)
    return _points(match, rule, CalendarPoint(low), CalendarPoint(last)) if low <= last else None


def _decade(match: re.Match[str], rule: str) -> DateMention | None:
    digits = match.group("decade")
    year = int(digits) if len(digits) == 4 else (int(match.group("century") or 20) - 1) * 100 + int(digits)
    mention = _points(match, rule, CalendarPoint(year), CalendarPoint(year + 9))
    return DateMention(mention.start, mention.end, "calendar", rule, mention.first, mention.last, background=True)


def _holiday(match: re.Match[str], rule: str) -> DateMention | None:
    month, day = HOLIDAYS[match.group("holiday")]
    return _points(match, rule, CalendarPoint(_year(match.groupdict().get("ayear")), month, day))


def _relative(low: int, high: int, anchor: str = "running", moves: bool = True) -> Callable[..., DateMention]:
    def make(match: re.Match[str], rule: str) -> DateMention:
        return DateMention(match.start(), match.end(), "relative", rule, offset=(low, high), anchor=anchor, moves=moves)

    return make


def _length(match: re.Match[str]) -> tuple[int, int] | None:
    """Shortest and longest length in days that a count with its unit tells; vague numbers are 2 to 7 (codebook rule 17)."""
    text, unit = match.group("number"), match.group("unit")[-1]
    if text in FEW:
        return (60, VAGUE_MONTHS) if unit == "月" else (round(2 * UNIT_DAYS[unit]), round(7 * UNIT_DAYS[unit]))
    value = 0.5 if text == "半" else parse_numeral(text)
    if value is None or value > 400:
        return None
    days = round(value * UNIT_DAYS[unit])
    slack = days // 4 if unit in "月年" else 0
    return days - slack, days + slack


def _counted(match: re.Match[str], rule: str) -> DateMention | None:
    """``三天后``, ``两周前``: so many days after or before the governing date."""
    length = _length(match)
    if length is None:
        return None
    low, high = length
    after = rule == "days_after"
    if not after and match.group("unit") == "日" and match.group("number")[0].isdigit():
        return None
    if after and match.group("unit")[-1] == "月" and match.group("number") in FEW:
        low = 1
    offset = (low, high) if after else (-high, -low)
    return DateMention(match.start(), match.end(), "relative", rule, offset=offset, moves=after)


def _span(match: re.Match[str], rule: str) -> DateMention | None:
    """``之后的两天``, ``接下来的5个月``, ``过去几周``, ``头四天``: a stretch from the governing date on, up to it, or from the start."""
    text, unit = match.group("number"), match.group("unit")[-1]
    value = parse_numeral(text) if text not in (*FEW, "半") else 0.5 if text == "半" else 7.0
    if value is None or value > 400:
        return None
    if unit == "月" and text in FEW:
        value = VAGUE_MONTHS / UNIT_DAYS["月"]
    if unit in "周期拜" and text in FEW:
        value = 4.0
    days = max(1, round(value * UNIT_DAYS[unit]))
    if rule == "span_before":
        return DateMention(match.start(), match.end(), "relative", rule, offset=(-days, 0), moves=False)
    if rule == "first_days":
        return DateMention(
            match.start(), match.end(), "relative", rule, offset=(0, days - 1), anchor="episode", moves=False
        )
    return DateMention(
        match.start(), match.end(), "relative", rule, offset=(0 if unit == "月" and text not in FEW else 1, days)
    )


def _nth_day(match: re.Match[str], rule: str) -> DateMention | None:
    number = parse_numeral(match.group("number"))
    if number is None or not 3 <= number <= 60:
        return None
    days = int(number) - 1
    return DateMention(match.start(), match.end(), "relative", rule, offset=(days, days), anchor="dated")


def _same(match: re.Match[str], rule: str) -> DateMention:
    return DateMention(match.start(), match.end(), "same", rule)


def _kind(kind: str, moves: bool = False) -> Callable[..., DateMention]:
    def make(match: re.Match[str], rule: str) -> DateMention:
        return DateMention(match.start(), match.end(), kind, rule, moves=moves)

    return make


def _weekday(match: re.Match[str], rule: str) -> DateMention:
    day = "一二三四五六日天".index(match.group("name"))
    before = match.group("which") in ("上", "上个")
    return DateMention(
        match.start(), match.end(), "weekday", rule, weekday=min(day, 6), offset=(-7, -1) if before else (-6, 0)
    )


def _duration(match: re.Match[str], rule: str) -> DateMention | None:
    length = _length(match)
    if length is None or match.group() == "四周":
        return None
    return DateMention(match.start(), match.end(), "duration", rule, offset=(0, max(1, sum(length) // 2)), moves=False)


YEAR_MONTH = _with("a", YEAR, "?", MONTH)
LENGTH = COUNT + UNIT
FULL = _with("a", YEAR, "?", MONTH, DAY)
LISTED = re.compile(rf"(?:(?P<month>{NUM})月)?(?P<day>{NUM})[日号]")
REST = rf"(?P<rest>(?:{TIME}{DASH}(?:{NUM}月)?{NUM}[日号]{TAIL}){{2,}})"

DATE_RULES: tuple[tuple[str, str, Callable[[re.Match[str], str], DateMention | None]], ...] = (
    ("iso", r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _iso),
    ("named_days_before", rf"{COUNT}{UNIT}(?:之前|以前|前)的" + FULL, lambda match, rule: _named_before(match, rule)),
    ("day_list", FULL + REST, _list),
    ("day_range", FULL + TIME + rf"{DASH}(?:次日|翌日)?" + _with("e", f"{YEAR}?(?:{MONTH})?{DAY}"), _calendar),
    (
        "day_range_open",
        _with("a", f"{YEAR}?{MONTH}(?P<@day>{NUM})") + rf"(?:{THROUGH}|、|和)" + _with("e", f"(?:{MONTH})?{DAY}"),
        _calendar,
    ),
    (
        "range",
        _with("a", f"{YEAR}?{MONTH}(?:的?{PART}|{DAY})?") + rf"{TIME}间?(?:{THROUGH}|和|与)" + _with("e", f"{YEAR}?{MONTH}(?:的?{PART}|{DAY})?"),
        _calendar,
    ),
    ("day", FULL, _calendar),
    ("month_part", _with("a", f"{YEAR}?{MONTH}的?{PART}"), _calendar),
    ("month_part_bare", r"(?<![\d一二三四五六七八九十个两几数])" + _with("a", "(?P<@part>月初|月底|月末|月中(?!旬))"), _calendar),
    ("month_pair", _with("a", YEAR) + rf"?(?<!\d)(?P<low>{NUM})(?:{THROUGH}|、)(?P<high>{NUM})月(?!\d)", _months),
    ("month", _with("a", f"{YEAR}?{MONTH}") + r"(?!\d)", _calendar),
    ("year_span", rf"(?<!\d)(?P<low>\d{{4}})年?{THROUGH}(?P<high>\d{{4}}|\d{{2}})年(?!代)间?", _years),
    ("year_part", _with("a", YEAR) + r"(?P<span>年?初|年?中(?![央国心])|年?末|年?底|上半年|下半年)", _year_part),
    ("season", _with("a", YEAR) + r"(?P<season>[春夏秋冬])[季天]?", _season),
    ("decade", r"(?:(?P<century>\d{2})世纪)?(?P<decade>\d{4}|\d0)年代", _decade),
    ("holiday", _with("a", YEAR) + rf"?(?P<holiday>{'|'.join(HOLIDAYS)})(?!攻势|岛)", _holiday),
    ("year", _with("a", YEAR) + r"(?!代|级|度|间|龄|前|后|来|轻|历史|战争|冲突|革命|宪法|\d)", _calendar),
    ("day_before", r"(?:之)?前一(?:天|日|晚|夜)|前日|头一天|昨(?:天|日|晚|夜)", _relative(-1, -1, moves=False)),
    ("span_after", rf"(?:在)?(?:之后|随后|接下来|此后|其后|往后|接下|(?<![今未])后)的?{COUNT}{UNIT}(?:时间)?(?:里|中|内|间)?", _span),
    ("planned_span", rf"(?:在)?(?:今后|未来|将来)的?{COUNT}{UNIT}(?:之内|以内|里|中|内|间)?", _duration),
    ("span_before", rf"(?:在)?(?:过去|之前|此前|前)的?{COUNT}{UNIT}(?:时间)?(?:里|中|内|间|以来)?(?!前)", _span),
    ("first_days", rf"(?:头|最初的?|开头的?|起初的?){COUNT}(?P<unit>天|周|日)", _span),
    ("days_after", rf"{COUNT}{UNIT}(?:时间)?(?:之后|以后|后(?!面|方|卫))", _counted),
    ("days_before", rf"{COUNT}{UNIT}(?:之前|以前|前(?!线|方|往|面|进|后))", _counted),
    ("since_long", rf"{COUNT}{UNIT}(?:以来|来(?![自到访临往援]))(?!最|首次|规模|罕见)", lambda match, rule: _span(match, "span_before")),
    ("next_day", r"第二天|次日|翌日|隔天|隔日|转天|次晨|翌晨", _relative(1, 1)),
    ("nth_day", r"第(?P<number>\d{1,2}|[三四五六七八九十]{1,3})[天日](?!团)", _nth_day),
    ("same_day", r"当天|当日|同一?[天日]|这一?天|当晚|该日|今[天日晚]|当夜|是日|那一?天", _same),
    ("bare_day_range", rf"(?<![\d月第.\-])(?P<aday>\d{{1,2}})日?{TIME}{THROUGH}(?P<eday>\d{{1,2}})日{TAIL}", _calendar),
    ("bare_day", rf"(?<![\d月第.\-])(?P<aday>\d{{1,2}}|[一二三廿]?十[一二三四五六七八九]?)[日号]{TAIL}", _calendar),
    (
        "weekday",
        r"(?<![四两三一每几数半])(?P<which>上个?|本|这个?|下个?)?(?:星期|周|礼拜)(?P<name>[一二三四五六日天])(?![带片次些边共个年报])",
        _weekday,
    ),
    ("same_week", r"该周|本周|这一周|当周|一周之?内", _relative(-6, 0, moves=False)),
    ("finish", r"(?:(?<=[,。;])|^)(?:但|而)?最[终后](?=[^一几数两\d])", _kind("finish")),
    ("onward", r"(?:战役|之战|战斗|战争|会战)之?后(?=[,，])", _kind("onward", moves=True)),
    ("onward", r"(?<=在)此(?:之后|后|期间)|(?:(?<=[,。;])|^)此后", _kind("onward", moves=True)),
    (
        "in_all",
        r"(?<=[在于])(?:这|此)[场次](?:战役|战斗|攻势|冲突|行动|作战|会战|反攻)(?:中|期间|里)(?=[^,。;]{0,10}(?:丧生|阵亡|死亡|伤亡|身亡|遇难|牺牲|受伤))",
        lambda match, rule: DateMention(match.start(), match.end(), "same", rule, bound="so_far", moves=False),
    ),
    ("earlier", r"早些时候|此前不久|不久前|日前", _relative(-14, 0, moves=False)),
    (
        "before",
        r"(?:(?<=[，,。;:(])|^)(?:在此之前|此前|之前)(?!的|[一二三四五六七八九十几数\d])",
        _relative(-14, 0, moves=False),
    ),
    ("beginning", r"(?:战[斗役争]|战事|攻势|开战|会战)的?(?:开始)?(?:初期|一开始|之初|伊始)|(?<![军派武])一开始", _relative(0, 12, "beginning")),
    (
        "duration",
        rf"(?:(?:持续|长达|历时|为期|经过|达|激战)了?(?:近|约|长达|超过)?)?{COUNT}{UNIT}(?:之内|以内|内|的(?:激|战|围|封|炮|轰))?",
        _duration,
    ),
)  # fmt: skip


def _named_before(match: re.Match[str], rule: str) -> DateMention | None:
    """``几天前的1月28日``: the day itself, told in passing."""
    mention = _calendar(match, rule)
    if mention is None:
        return None
    return DateMention(mention.start, mention.end, "calendar", rule, mention.first, background=True)
