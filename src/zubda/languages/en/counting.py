"""Numbers with their units in English text: hedges, ranges, vague words, shares, numbers that are names.

Bounds follow the codebook's row ``counts`` and its rule 20.
"""

from __future__ import annotations

import re

from zubda.extraction.values import CountMention
from zubda.languages.en.numerals import NUMERAL, parse_numeral
from zubda.languages.interface import read_tables
from zubda.languages.scanning import Taken

__all__ = ["find_counts"]

AT_LEAST = "at least|no fewer than|no less than|not less than|a minimum of|minimum of"
MORE = "more than|over|in excess of|upwards of|exceeding|above|well over|greater than"
FEWER = "fewer than|less than|under|below"
MOST = "up to|as many as|at most|no more than|a maximum of|as much as|not more than"
ABOUT = "approximately|roughly|about|around|some|an estimated|estimated|nearly|almost|close to|circa|an additional estimated"
HEDGE = rf"(?:(?P<least>{AT_LEAST})|(?P<more>{MORE})|(?P<fewer>{FEWER})|(?P<most>{MOST})|(?P<about>{ABOUT}))"
VAGUE = {
    "dozens": (24, 99), "several dozen": (24, 99), "a few dozen": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "several hundred": (200, 999),
    "a few hundred": (200, 999), "thousands": (2000, 9999), "several thousand": (2000, 9999), "a few thousand": (2000, 9999),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999), "millions": (2_000_000, 9_999_999),
    "several million": (2_000_000, 9_999_999), "half a dozen": (6, 6), "a dozen": (12, 12), "two dozen": (24, 24), "three dozen": (36, 36),
    "a couple": (2, 2), "a pair": (2, 2),
}  # fmt: skip
VAGUE_COUNT = re.compile(
    rf"\b(?:{HEDGE} )?(?P<word>{'|'.join(sorted(VAGUE, key=len, reverse=True))})\b(?: of(?= ))?(?!-)"
)
COUNT = re.compile(
    rf"(?<![\w.,:/$€£-])(?:{HEDGE} )?(?:between |from )?(?P<low>{NUMERAL})(?P<plus>\+)?"
    rf"(?:(?:\s?[–—-]\s?| (?:to|and|or) (?:even )?(?:about )?)(?P<high>{NUMERAL}))?(?P<after> or more| or so)?(?![\w])"
)
PERCENT = re.compile(
    r"(?:(?P<least>at least |more than |over |about |around |nearly |up to )?)(?P<low>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)?"
    r"(?:\s?(?:[–—-]|to|and)\s?(?P<high>\d+(?:\.\d+)?))?\s?(?:%|percent\b|per cent\b)"
)
FRACTIONS = {
    "half of": (0.5, 0.5), "a third of": (1 / 3, 1 / 3), "one third of": (1 / 3, 1 / 3), "one-third of": (1 / 3, 1 / 3), "two thirds of": (2 / 3, 2 / 3),
    "two-thirds of": (2 / 3, 2 / 3), "a quarter of": (0.25, 0.25), "one quarter of": (0.25, 0.25), "three quarters of": (0.75, 0.75),
    "three-quarters of": (0.75, 0.75), "3/4 of": (0.75, 0.75), "2/3 of": (2 / 3, 2 / 3), "1/3 of": (1 / 3, 1 / 3), "1/2 of": (0.5, 0.5), "1/4 of": (0.25, 0.25),
}  # fmt: skip
FRACTION = re.compile(rf"\b(?P<word>{'|'.join(sorted(FRACTIONS, key=len, reverse=True))})\b|(?<!\d)[1-3]/[2-4] of\b")
PART_BEFORE = re.compile(
    r"(?:\bincluding|\bamong (?:them|whom|the dead|those killed)|\bof whom|\bof them|\bamong which|"
    r"\bwhom|\bmost of them|\bcounting|\bof which|\bof those killed,?)(?: were| was| are)?(?: at "
    r"least| more than| about| over| some)?\s?$"
)
NAME_BEFORE = re.compile(
    r"(?:\b(?:base|hill|resolution|brigade|battalion|division|regiment|highway|road|route|building|"
    r"article|chapter|operation|mig|su|tu|channel|line|point|checkpoint|no\.?|number|phase|type|"
    r"section|area|bm|btr|bmp|t|f|m|mi|mig|kh|an|il|ka|uss|week|day|version|model|school|page|"
    r"protocol|unit|sector|district|block|world war|cnn|france|group|camp|station|hospital|"
    r"street)[ -]|[a-z]-)$"
)
YEARLIKE = re.compile(r"(?:1[5-9]|20)\d\d$")
ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b")
NEXT = re.compile(
    r"[ -](?:(?:more|other|additional|further|new|wounded|dead|injured|square|unarmed|young) )*(?P<word>[a-z][a-z'-]*)"
)
UNIT_OF = {
    form: kind for kind, table in read_tables("zubda.languages.en", "units.toml").items() for form in table["forms"]
}
BARE = re.compile(
    r"(?: (?:more|others?|of (?:them|whom|those)|in all|in total))?(?:[.,;:)]|$| (?:and|or|in|at|by|"
    r"on|during|from|near|when|while|after|as|were|was|are|have|had|of whom|dead|killed|wounded|"
    r"injured|captured|missing|died|including|people|lost|arrested|others|more)\b)"
)
HARM_BEFORE = re.compile(
    r"(?:kill|wound|injur|captur|arrest|execut|dead|death|lives|detain|evacuat|displac|kidnap|abduct|"
    r"releas|free|massacr|hurt|toll)[a-z]*(?: (?:of|to|at|least|and|a|total|another|an|additional|"
    r"further|estimated|or|wounding|injuring|wounded|injured))*\s?$"
)
TOLL_BEFORE = re.compile(
    r"\b(?:toll|number (?:of dead|of deaths|killed))\b[^.;,\d]{0,48}\b(?:at|to|of|was|reached|exceeded|as|hit|passed)"
    r"(?: (?:close|near|nearly|over|around|about|least|more|than|to|at))* ?$"
)
HARM_AFTER = re.compile(
    r"(?: (?:more|others?|of (?:them|whom|those)|in all|in total))?(?: (?:were|was|are|have been|had "
    r"been|being|had|have))?(?: (?:reportedly|also|later|seriously|severely|allegedly))?"
    r" (?:dead|killed|wounded|injured|hurt|captured|missing|died|arrested|executed|evacuated|displaced|"
    r"abducted|kidnapped|perished|casualties|fatalities|deaths|bodies|injuries)\b"
)
DIGITS_NEAR = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty|one|"
    r"hundreds?|thousands?|millions?|dozens?|scores|half|third|quarters?|couple|pair)\b"
)
NOT_COUNT_BEFORE = re.compile(
    r"\b(?:no|the|any|every|each|only|this|that|which|some|least|either|another|not|day|as|at) $"
)


def find_counts(folded: str) -> list[CountMention]:
    """All counts of a text, left to right and without overlap. Offsets are code points of ``folded``.

    A number inside a name or a date, an ordinal, and "one" that stands for a person already told are no counts.
    """
    if not DIGITS_NEAR.search(folded):
        return []
    taken = Taken(len(folded))
    found: list[CountMention] = []
    for finder, words in FINDERS:
        if any(word in folded for word in words):
            found += [mention for mention in finder(folded) if taken.claim(mention.start, mention.end)]
    found.sort(key=lambda mention: mention.start)
    return found


def _percents(folded: str) -> list[CountMention]:
    found = []
    for match in PERCENT.finditer(folded):
        low = float(match.group("low"))
        high = float(match.group("high")) if match.group("high") else low
        if low <= high <= 100:
            ratio = (round(low / 100, 4), round(high / 100, 4))
            found.append(CountMention(match.start(), match.end(), None, None, "share", "percent", ratio=ratio))
    return found


def _fractions(folded: str) -> list[CountMention]:
    found = []
    for match in FRACTION.finditer(folded):
        low, high = FRACTIONS.get(match.group(), (0.0, 0.0))
        if high:
            ratio = (round(low, 4), round(high, 4))
            found.append(CountMention(match.start(), match.end(), None, None, "share", "fraction", ratio=ratio))
    return found


def _vague(folded: str) -> list[CountMention]:
    found = []
    for match in VAGUE_COUNT.finditer(folded):
        low, high = VAGUE[match.group("word")]
        upper: int | None = high
        if match.group("least"):
            upper = None
        elif match.group("more"):
            low, upper = low + 1, None
        about = bool(match.group("about"))
        unit, _ = _unit(folded, match.start(), match.end())
        part = bool(PART_BEFORE.search(folded[max(0, match.start() - 60) : match.start()]))
        found.append(CountMention(match.start(), match.end(), low, upper, unit, "vague", about, part=part))
    return found


def _plain(folded: str) -> list[CountMention]:
    found = []
    for match in COUNT.finditer(folded):
        mention = _one(folded, match)
        if mention is not None:
            found.append(mention)
    return found


def _unit(folded: str, start: int, end: int) -> tuple[str, bool]:
    """The unit of a number by the word after it, or by a word of harm beside it; and whether any word of a noun follows."""
    if HARM_AFTER.match(folded, end):
        return "person", True
    following = NEXT.match(folded, end)
    word = following.group("word") if following else ""
    if word in UNIT_OF:
        return UNIT_OF[word], True
    before = folded[max(0, start - 60) : start]
    if BARE.match(folded, end) and (HARM_BEFORE.search(before) or TOLL_BEFORE.search(before)):
        return "person", True
    return "none", bool(word)


def _one(folded: str, match: re.Match[str]) -> CountMention | None:
    text, start, end = match.group("low"), match.start(), match.end()
    before = folded[max(0, match.start("low") - 24) : match.start("low")]
    if NAME_BEFORE.search(before) or ORDINAL_AFTER.match(folded, match.end("low")):
        return CountMention(match.start("low"), match.end("low"), None, None, "name", "number_in_name")
    if text == "one" and (
        NOT_COUNT_BEFORE.search(before) or re.match(r" (?:of (?:the|these|those)|another|hand|side)\b", folded[end:])
    ):
        return None
    value = parse_numeral(text)
    if value is None or value > 1e9 or value != int(value):
        return None
    if YEARLIKE.match(text) and not _hedged(match) and not HARM_AFTER.match(folded, end):
        unit, _ = _unit(folded, start, end)
        if unit == "none":
            return None
    low, high, rule = _bounds(match, int(value))
    if rule == "broken_range":
        end = match.end("low")
        low = high = int(value)
        rule = "exact"
    unit, noun = _unit(folded, start, end)
    if unit == "none" and not noun:
        return None
    about = bool(match.group("about")) or match.group("after") == " or so"
    part = bool(PART_BEFORE.search(folded[max(0, start - 60) : start]))
    return CountMention(start, end, low, high, unit, rule, about, part=part)


def _hedged(match: re.Match[str]) -> bool:
    return any(match.group(name) for name in ("least", "more", "fewer", "most", "about"))


def _bounds(match: re.Match[str], number: int) -> tuple[int | None, int | None, str]:
    if match.group("high"):
        upper = parse_numeral(match.group("high"))
        if (
            upper is None
            or upper <= number
            or (" and " in match.group()[: -len(match.group("high"))] and "between" not in match.group())
        ):
            return number, number, "broken_range"
        return number, int(upper), "range"
    if match.group("least") or match.group("plus") or match.group("after") == " or more":
        return number, None, "at_least"
    if match.group("more"):
        return number + 1, None, "more_than"
    if match.group("fewer"):
        return None, number - 1, "fewer_than"
    return number, number, "exact"


FINDERS = (
    (_percents, ("%", "percent", "per cent")),
    (_fractions, ("half of", "third of", "thirds of", "quarter of", "quarters of", "/")),
    (_vague, ("dozen", "scores", "hundred", "thousand", "million", "a couple", "a pair")),
    (_plain, ("",)),
)
"""What finds counts, each with words of which every one of its counts holds one."""
