"""Numbers with their units in Chinese text: hedges, ranges, vague words, shares, numbers that are names.

Bounds follow the codebook's row ``counts``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from zubda.extraction.values import CountMention
from zubda.languages.scanning import Taken, matches_from, starts_of
from zubda.languages.zh.numerals import NUMERAL, parse_numeral

__all__ = ["find_counts"]

UNITS = {
    "person": "名 人 个人 位 口人 口",
    "body": "具 具尸体 具遗体",
    "vehicle": "辆 辆车",
    "aircraft": "架",
    "ship": "艘",
    "weapon": "枚 支 门 挺 发 颗 枝 具火箭筒 把 件",
    "building": "座 栋 幢 间 家 所 处 个建筑",
    "village": "个村 个村庄 个镇 个城镇 座村庄",
    "force": "个旅 个营 个团 个师 个连 个军 支部队 个排 个武装",
    "place": "个街区 个社区 个地区 个区 个据点 个检查站 个城市 个村落",
    "distance": "公里 千米 米 英里 平方公里 里 海里 公尺 哩",
    "time": "天 日 月 年 小时 个小时 分钟 周 个月 个星期 点 时 秒 岁 世纪 年代 个世纪 点钟 刻钟 个多月",
    "ordinal": "架次 艘次 人次 楼 层 层楼 号 月份 次 届 起 场 轮 批 波 种 个方向 倍 条",
    "money": "美元 元 欧元 卢布 万美元",
    "percent": "% 个百分点",
    "thing": "个 支 伙 群 吨",
}
UNIT_OF = {form: kind for kind, forms in UNITS.items() for form in forms.split()}
SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
UNIT = "|".join(sorted((re.escape(form) for form in UNIT_OF), key=len, reverse=True))
AT_LEAST = "至少有|至少|不少于|最少|不下|起码|不低于"
MORE = "超过|多于|逾|超出|高于|大于"
AT_MOST = "多达|最多|不超过|不到|少于|至多|不足|低于|高达"
ABOUT = "大约有|大约|约有|约|近|将近|接近|左右|大概|估计|估计有|差不多|约莫|上下"
HEDGE = rf"(?:(?P<least>{AT_LEAST})|(?P<more>{MORE})|(?P<most>{AT_MOST})|(?P<about>{ABOUT}))"
HEDGE_STARTS = "".join(sorted({word[0] for words in (AT_LEAST, MORE, AT_MOST, ABOUT) for word in words.split("|")}))
VAGUE = {
    "数十": (20, 99), "几十": (20, 99), "数百": (200, 999), "几百": (200, 999), "上百": (100, None), "成百": (100, 999),
    "数千": (2000, 9999), "几千": (2000, 9999), "上千": (1000, None), "成千": (1000, 9999), "成百上千": (100, 9999),
    "数万": (20_000, 99_999), "几万": (20_000, 99_999), "上万": (10_000, None), "成千上万": (1000, 99_999), "数十万": (200_000, 999_999),
    "数以百计": (200, 999), "数以千计": (2000, 9999), "数以万计": (20_000, 99_999),
    "数百万": (2_000_000, 9_999_999), "几十万": (200_000, 999_999),
}  # fmt: skip
VAGUE_WORDS = "|".join(sorted(VAGUE, key=len, reverse=True))
SPOKEN = re.compile(
    rf"{HEDGE}?(?P<one>[一二两三四五六七八九])(?P<two>[二三四五六七八九])(?P<scale>[十百千万]{{0,2}})(?P<extra>多|余)?(?P<unit>{UNIT})"
)
HALF = re.compile(r"(?:超过|将近|近|约|大约)?(?:一半|半数|过半|大半)")
NAME_BEFORE = re.compile(r"(?:第|[a-z]-?|米格-?|苏-?|图-?|卡-?|歼-?)$")
ARMS = "摩步|空降|步兵|装甲|坦克|炮兵|机步|机械化|近卫|山地|海军|骑兵|特种|工兵|防空|摩托化步兵|空中突击|混成|合成"
NAME_AFTER = re.compile(
    rf"(?:号(?!人|员)|公寓|毫米|式|型|世纪|年|月|(?:(?:{ARMS})*(?:旅|团|师|营|军|连|集团军|大队|中队|纵队|支队))(?!人|民|事|火|官|械|用|队伍|火库|长))"
)
COUNT = re.compile(
    rf"(?:{HEDGE}(?:有|了)?)?(?P<low>{NUMERAL})(?P<extra>多|余|来|几)?"
    rf"(?:(?:至|到|-|—|–|~|～|、(?=[二三四五六七八九十]))(?P<high>{NUMERAL})(?P<extra2>多|余)?)?"
    rf"(?P<scale>[百千万亿])?(?P<after>多|余)?(?P<unit>{UNIT})?(?P<tail>以上|以下|左右|上下|(?:或|及)以上)?"
)
COUNT_START = re.compile(rf"[\d零〇一二两三四五六七八九十百千万亿{HEDGE_STARTS}]")
VAGUE_COUNT = re.compile(rf"{HEDGE}?(?P<word>{VAGUE_WORDS})(?P<unit>{UNIT})?")
PERCENT = re.compile(
    rf"{HEDGE}?(?:(?P<low>\d+(?:\.\d+)?)%?(?:至|到|-|—|–|~)(?P<high>\d+(?:\.\d+)?)[%％]|(?P<one>\d+(?:\.\d+)?)[%％]"
    r"|百分之(?P<han>[零一二三四五六七八九十百\d]+)(?:(?:至|到|-)(?:百分之)?(?P<han2>[零一二三四五六七八九十百\d]+))?)"
)
TENTHS = re.compile(r"(?P<number>[一二三四五六七八九两])成(?P<half>半)?(?![立员功为长群份])")
FRACTION = re.compile(r"(?P<below>[二三四五六七八九十]|\d+)分之(?P<above>[一二三四五六七八九两]|\d+)")
DEAD_AND_HURT = re.compile(
    rf"(?P<killed>{NUMERAL})[人名]?死(?:亡)?[、,，]?(?P<wounded>{NUMERAL})[人名]?(?:受)?伤"
    rf"|死(?:亡)?(?P<dead>{NUMERAL})[人名]?[、,，]?(?:受)?伤(?P<hurt>{NUMERAL})[人名]?"
)
SPREAD = re.compile(r"[^,，。;；:：\d]{0,14}(?:和|与|及|以及|、|或)$")
LOOSE_HEDGE = re.compile(rf"(?:(?P<least>{AT_LEAST})|(?P<more>{MORE}))[^,，。;；:：、\d有]{{1,8}}(?:有|了)?$")
IDIOM = re.compile(
    "四处|五花八门|万家灯火|千家万户|乱七八糟|千方百计|三三两两|四面八方|九死一生|五湖四海|一塌糊涂|七零八落|四分五裂|千军万马|接二连三"
)
DIGITS_NEAR = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿数几半上成]")
PART_BEFORE = re.compile(r"(?:其中|包括|含|计有)[^，。；]{0,6}$")
NO_NUMBER = frozenset("一二三四五六七八九十百千万亿零〇两")
DIGIT_LIKE = frozenset((*NO_NUMBER, *"0123456789第初星期周"))
HEDGEABLE = frozenset({"person", "body", "vehicle", "aircraft", "weapon", "building", "village", "thing"})


def find_counts(folded: str) -> list[CountMention]:
    """All counts of a text, left to right and without overlap. Offsets are code points of ``folded``.

    A bare Chinese numeral without a unit is no count (一些, 万一, 十分); neither is a number inside a name or a date.
    """
    if not DIGITS_NEAR.search(folded):
        return []
    taken = Taken(len(folded))
    for match in IDIOM.finditer(folded):
        taken.claim(*match.span())
    found: list[CountMention] = []
    for finder, core in FINDERS:
        if core.search(folded):
            found += [mention for mention in finder(folded) if taken.claim(mention.start, mention.end)]
    found.sort(key=lambda mention: mention.start)
    return _spread(folded, found)


def _spread(folded: str, found: list[CountMention]) -> list[CountMention]:
    """``至少24名甲和20名乙``: the hedge holds for both; ``至少击毙了40名``: it may stand before the verb."""
    done: list[CountMention] = []
    for mention in found:
        hedged = mention
        if mention.rule == "exact" and mention.unit in HEDGEABLE:
            last = done[-1] if done else None
            loose = LOOSE_HEDGE.search(folded, max(0, mention.start - 12), mention.start)
            if last is not None and last.rule in ("at_least", "more_than") and last.unit == mention.unit:
                if SPREAD.fullmatch(folded, last.end, mention.start):
                    hedged = replace(mention, high=None, rule="at_least")
            elif loose and mention.low is not None:
                more = bool(loose.group("more"))
                hedged = replace(mention, low=mention.low + more, high=None, rule="more_than" if more else "at_least")
        done.append(hedged)
    return done


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


def _halves(folded: str) -> list[CountMention]:
    return [_share(match, 0.5, 0.5, "half") for match in HALF.finditer(folded)]


def _dead_and_hurt(folded: str) -> list[CountMention]:
    """``12死30伤``, ``死12人伤30人``: two numbers that tell themselves what they count."""
    found = []
    for match in DEAD_AND_HURT.finditer(folded):
        for name, harm in (("killed", "killed"), ("wounded", "wounded"), ("dead", "killed"), ("hurt", "wounded")):
            value = parse_numeral(match.group(name)) if match.group(name) else None
            if value is not None:
                start, end = match.span(name)
                noun = (end, end + 1) if folded[end : end + 1] == "人" else None
                end = noun[1] if noun else end
                number = int(value)
                found.append(CountMention(start, end, number, number, "person", "dead_and_hurt", noun=noun, harm=harm))
    return found


def _spoken(folded: str) -> list[CountMention]:
    """``三四十名``, ``两三百人``: from the one to the other."""
    found = []
    for match in SPOKEN.finditer(folded):
        one, two = parse_numeral(match.group("one")), parse_numeral(match.group("two"))
        before = folded[match.start("one") - 1 : match.start("one")] if match.start("one") else ""
        if not one or not two or (two - one != 1 and (one, two) != (3, 5)) or before in DIGIT_LIKE:
            continue
        size = parse_numeral("一" + match.group("scale")) or 1
        unit = UNIT_OF.get(match.group("unit"), "none")
        part = bool(PART_BEFORE.search(folded[max(0, match.start() - 12) : match.start()]))
        found.append(
            CountMention(match.start(), match.end(), int(one * size), int(two * size), unit, "spoken_range", part=part)
        )
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
        part = bool(PART_BEFORE.search(folded[max(0, match.start() - 12) : match.start()]))
        found.append(CountMention(match.start(), match.end(), low, high, unit, "vague", part=part))
    return found


def _plain(folded: str) -> list[CountMention]:
    found = []
    for match in matches_from(COUNT, folded, starts_of(COUNT_START, folded)):
        mention = _one(folded, match)
        if mention is not None:
            found.append(mention)
    return found


def _one(folded: str, match: re.Match[str]) -> CountMention | None:
    text = match.group("low")
    unit = UNIT_OF.get(match.group("unit") or "", "none")
    start = match.start()
    named = NAME_BEFORE.search(folded[max(0, match.start("low") - 3) : match.start("low")])
    if named and named.group()[-1].isascii() and named.group()[-1].isalpha() and not text[0].isdigit():
        named = None  # a Latin name and the number of what it names
    if named or NAME_AFTER.match(folded, match.end("low")):
        return CountMention(match.start("low"), match.end("low"), None, None, "name", "number_in_name")
    if (
        unit == "none"
        and not (_hedged(match) or match.group("scale"))
        and not (match.group("high") and text[0].isdigit())
    ):
        return None
    if (
        unit == "none"
        and folded[match.end() : match.end() + 1].isascii()
        and folded[match.end() : match.end() + 1].isalnum()
    ):
        return None
    value = parse_numeral(text)
    if value is None or value > 1e9:
        return None
    low, high, rule = _bounds(match, value)
    part = bool(PART_BEFORE.search(folded[max(0, start - 12) : start]))
    about = bool(match.group("about")) or match.group("tail") in ("左右", "上下")
    if rule == "exact" and folded[start - 1 : start] in ("这", "那", "该", "此"):
        rule = "definite"
    if unit == "place" and low == high == 1:  # "a checkpoint" is one thing, whose noun is to be read
        return CountMention(start, match.start("unit") + 1, low, high, "thing", rule, about, part=part)
    near = match.group("unit") in ("人", "个人", "口人")
    noun = (match.end("unit") - 1, match.end("unit")) if near else None
    return CountMention(start, match.end(), low, high, unit, rule, about, noun=noun, part=part)


def _hedged(match: re.Match[str]) -> bool:
    return any(match.group(name) for name in ("least", "more", "most", "about"))


def _bounds(match: re.Match[str], value: float) -> tuple[int | None, int | None, str]:
    scale = SCALES.get(match.group("scale") or "", 1)
    number = round(value * scale)
    if match.group("high"):
        upper = parse_numeral(match.group("high"))
        if upper is not None:
            spoken = round(upper * scale)
            if (
                spoken > 100
                and number < 100
                and match.group("high")[-1] in SCALES
                and match.group("low")[-1] not in SCALES
            ):
                number *= SCALES[match.group("high")[-1]]
            low = number if number <= spoken else int(value)
            return (low, spoken, "range") if low <= spoken else (number, number, "exact")
    if match.group("extra") or match.group("after"):
        low, high = _and_more(int(value) if match.group("extra") else number)
        factor = scale if match.group("extra") else 1
        return low if factor == 1 else (low - 1) * factor + 1, (high + 1) * factor - 1, "and_more"
    if match.group("least") or (match.group("tail") or "").endswith("以上"):
        return number, None, "at_least"
    if match.group("more"):
        return number + 1, None, "more_than"
    if match.group("most") in ("不到", "少于", "不足", "低于"):
        return None, number - 1, "fewer_than"
    if match.group("most") in ("最多", "不超过", "至多"):
        return None, number, "at_most"
    return number, number, "exact"


def _and_more(number: int) -> tuple[int, int]:
    """``十余`` is 11 to 19, ``二十多`` 21 to 29, ``500多`` 501 to 599: up to the next round number."""
    size = 10
    while number % (size * 10) == 0 and size * 10 <= number:
        size *= 10
    return number + 1, number + size - 1


FINDERS = (
    (_percents, re.compile(r"[%％]|百分之")),
    (_tenths, re.compile(r"成")),
    (_fractions, re.compile(r"分之")),
    (_halves, re.compile(r"半")),
    (_dead_and_hurt, re.compile(r"死")),
    (_vague, re.compile(VAGUE_WORDS)),
    (_spoken, re.compile(r"[一二两三四五六七八九][二三四五六七八九]")),
    (_plain, re.compile(NUMERAL)),
)
"""What finds counts, each with what every one of its counts holds."""
