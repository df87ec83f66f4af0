"""Numbers with their units in Chinese text: hedges, ranges, vague words, shares, numbers that are names.

Bounds follow the codebook's row ``counts``.
"""

from __future__ import annotations

import re

from zubda.extraction.values import CountMention
from zubda.languages.zh.numerals import NUMERAL, parse_numeral

__all__ = ["find_counts"]

UNITS = {
    "person": "名 人 个人 位 员 兵 口人 名人 余人 多人 名士 口",
    "body": "具 具尸体 具遗体",
    "vehicle": "辆 辆车 部",
    "aircraft": "架",
    "ship": "艘",
    "weapon": "枚 支 门 挺 发 颗 枝 具火箭筒 把 件",
    "building": "座 栋 幢 间 家 所 处 个建筑",
    "village": "个村 个村庄 个镇 个城镇 座村庄",
    "force": "个旅 个营 个团 个师 个连 个军 支部队 个排 个武装",
    "place": "个街区 个社区 个地区 个区 个据点 个检查站 个城市 个村落",
    "distance": "公里 千米 米 英里 平方公里 里 海里 公尺 哩",
    "time": "天 日 月 年 小时 个小时 分钟 周 个月 个星期 点 时 秒 岁 世纪 年代 个世纪 点钟 刻钟 个多月",
    "ordinal": "楼 层 层楼 号 月份 次 届 起 场 轮 批 波 种 个方向 倍 条",
    "money": "美元 元 欧元 卢布 万美元",
    "percent": "% 个百分点",
    "thing": "个 支 伙 群 吨",
}
UNIT_OF = {form: kind for kind, forms in UNITS.items() for form in forms.split()}
UNIT = "|".join(sorted((re.escape(form) for form in UNIT_OF), key=len, reverse=True))
AT_LEAST = "至少|不少于|最少|不下|起码|不低于"
MORE = "超过|多于|逾|超出|高于|大于"
AT_MOST = "多达|最多|不超过|不到|少于|至多|不足|低于|高达"
ABOUT = "大约有|大约|约有|约|近|将近|接近|左右|大概|估计|估计有|差不多|约莫|上下"
HEDGE = rf"(?:(?P<least>{AT_LEAST})|(?P<more>{MORE})|(?P<most>{AT_MOST})|(?P<about>{ABOUT}))"
VAGUE = {
    "数十": (20, 99), "几十": (20, 99), "数百": (200, 999), "几百": (200, 999), "上百": (100, None), "成百": (100, 999),
    "数千": (2000, 9999), "几千": (2000, 9999), "上千": (1000, None), "成千": (1000, 9999), "成百上千": (100, 9999),
    "数万": (20_000, 99_999), "几万": (20_000, 99_999), "上万": (10_000, None), "成千上万": (1000, 99_999), "数十万": (200_000, 999_999),
    "数以百计": (200, 999), "数以千计": (2000, 9999), "数以万计": (20_000, 99_999), "近百": (90, 100), "近千": (900, 1000), "半数": None,
    "数百万": (2_000_000, 9_999_999), "几十万": (200_000, 999_999),
}  # fmt: skip
VAGUE_WORDS = "|".join(sorted(VAGUE, key=len, reverse=True))
NAME_BEFORE = re.compile(r"(?:第|[a-z]-?|米格-?|苏-?|图-?|卡-?|歼-?)$")
NAME_AFTER = re.compile(r"(?:号(?:基地|高地|公路|楼|院|线|公寓|检查站|地区)|公寓|团的|毫米|式|型|旅的|世纪|年|月)")
COUNT = re.compile(
    rf"{HEDGE}?(?:有|了)?(?P<low>{NUMERAL})(?P<extra>多|余|来|几)?"
    rf"(?:(?:至|到|-|—|–|~|～|、(?=[二三四五六七八九十]))(?P<high>{NUMERAL})(?P<extra2>多|余)?)?"
    rf"(?P<after>多|余)?(?P<unit>{UNIT})?(?P<tail>以上|以下|左右|上下)?"
)
VAGUE_COUNT = re.compile(rf"{HEDGE}?(?P<word>{VAGUE_WORDS})(?P<unit>{UNIT})?")
PERCENT = re.compile(
    rf"{HEDGE}?(?:(?P<low>\d+(?:\.\d+)?)%?(?:至|到|-|—|–|~)(?P<high>\d+(?:\.\d+)?)[%％]|(?P<one>\d+(?:\.\d+)?)[%％]"
    r"|百分之(?P<han>[零一二三四五六七八九十百\d]+)(?:(?:至|到|-)(?:百分之)?(?P<han2>[零一二三四五六七八九十百\d]+))?)"
)
TENTHS = re.compile(r"(?P<number>[一二三四五六七八九两])成(?P<half>半)?(?![立员功为长群份])")
FRACTION = re.compile(r"(?P<below>[二三四五六七八九十]|\d+)分之(?P<above>[一二三四五六七八九两]|\d+)")
DIGITS_NEAR = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿数几半上成]")
PART_BEFORE = re.compile(r"(?:其中|包括|含|计有)[^，。；]{0,6}$")
NO_NUMBER = frozenset("一二三四五六七八九十百千万亿零〇两")


def find_counts(folded: str) -> list[CountMention]:
    """All counts of a text, left to right and without overlap. Offsets are code points of ``folded``.

    A bare Chinese numeral without a unit is no count (一些, 万一, 十分); neither is a number inside a name or a date.
    """
    if not DIGITS_NEAR.search(folded):
        return []
    taken = bytearray(len(folded))
    found: list[CountMention] = []
    for finder in (_percents, _tenths, _fractions, _vague, _plain):
        for mention in finder(folded):
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
                found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return found


def _share(match: re.Match[str], low: float, high: float, rule: str) -> CountMention:
    return CountMention(match.start(), match.end(), None, None, "share", rule, ratio=(round(low, 4), round(high, 4)))


def _percents(folded: str) -> list[CountMention]:
    found = []
    for match in PERCENT.finditer(folded):
        if match.group("one"):
            low = high = float(match.group("one"))
        elif match.group("low"):
            low, high = float(match.group("low")), float(match.group("high"))
        else:
            first = parse_numeral(match.group("han"))
            second = parse_numeral(match.group("han2")) if match.group("han2") else first
            if first is None or second is None:
                continue
            low, high = first, second
        if low <= high <= 100:
            found.append(_share(match, low / 100, high / 100, "percent"))
    return found


def _tenths(folded: str) -> list[CountMention]:
    found = []
    for match in TENTHS.finditer(folded):
        value = (parse_numeral(match.group("number")) or 0) / 10 + (0.05 if match.group("half") else 0)
        found.append(_share(match, value, value, "tenths"))
    return found


def _fractions(folded: str) -> list[CountMention]:
    found = []
    for match in FRACTION.finditer(folded):
        above, below = parse_numeral(match.group("above")), parse_numeral(match.group("below"))
        if above and below and above <= below:
            found.append(_share(match, above / below, above / below, "fraction"))
    return found


def _vague(folded: str) -> list[CountMention]:
    found = []
    for match in VAGUE_COUNT.finditer(folded):
        bounds = VAGUE[match.group("word")]
        if bounds is None:
            continue
        low, high = bounds
        if match.group("least") or match.group("more"):
            high = None
        unit = UNIT_OF.get(match.group("unit") or "", "none")
        part = bool(PART_BEFORE.search(folded[: match.start()]))
        found.append(CountMention(match.start(), match.end(), low, high, unit, "vague", part=part))
    return found


def _plain(folded: str) -> list[CountMention]:
    found = []
    for match in COUNT.finditer(folded):
        mention = _one(folded, match)
        if mention is not None:
            found.append(mention)
    return found


def _one(folded: str, match: re.Match[str]) -> CountMention | None:
    text = match.group("low")
    unit = UNIT_OF.get(match.group("unit") or "", "none")
    start = match.start()
    if NAME_BEFORE.search(folded[max(0, match.start("low") - 3) : match.start("low")]) or NAME_AFTER.match(
        folded, match.end("low")
    ):
        return CountMention(match.start("low"), match.end("low"), None, None, "name", "number_in_name")
    if unit == "none" and (text[0] in NO_NUMBER or not match.group("after")) and not _hedged(match):
        if text[0] in NO_NUMBER and len(text) < 3:
            return None
        if text[0].isdigit() and (
            folded[match.end() : match.end() + 1].isascii() and folded[match.end() : match.end() + 1].isalnum()
        ):
            return None
    value = parse_numeral(text)
    if value is None or value > 1e9:
        return None
    low, high, rule = _bounds(match, value)
    part = bool(PART_BEFORE.search(folded[max(0, start - 12) : start]))
    about = bool(match.group("about")) or match.group("tail") in ("左右", "上下")
    return CountMention(start, match.end(), low, high, unit, rule, about, part=part)


def _hedged(match: re.Match[str]) -> bool:
    return any(match.group(name) for name in ("least", "more", "most", "about"))


def _bounds(match: re.Match[str], value: float) -> tuple[int | None, int | None, str]:
    number = int(value)
    if match.group("high"):
        upper = parse_numeral(match.group("high"))
        if upper is not None and int(upper) >= number:
            return number, int(upper), "range"
    if match.group("extra") or match.group("after"):
        return (*_and_more(match.group("low"), number), "and_more")
    if match.group("least") or match.group("tail") == "以上":
        return number, None, "at_least"
    if match.group("more"):
        return number + 1, None, "more_than"
    if match.group("most") in ("不到", "少于", "不足", "低于"):
        return None, number - 1, "fewer_than"
    return number, number, "exact"


def _and_more(text: str, number: int) -> tuple[int, int]:
    """``十余`` is 11 to 19, ``二十多`` 21 to 29, ``500多`` 501 to 599: up to the next round number."""
    size = 10
    while number % (size * 10) == 0 and size * 10 <= number:
        size *= 10
    return number + 1, number + size - 1
