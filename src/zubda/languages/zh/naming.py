"""Names in Chinese text by their shape: written by sound, with a dot, cut short before "army", before a kind of place or of group.

What a shape finds is only a candidate; `zubda.extraction.discovery` weighs all that the document says of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.extraction.values import NameMention
from zubda.languages.interface import Naming, load_naming, read_tables

__all__ = ["find_names", "naming"]

PACKAGE = "zubda.languages.zh"
DOTS = "·•・‧"
LONGEST, LONGEST_GROUP = 8, 12
COUNTRY, JAPAN = "国", "日"
NO_START = "派于因约"
NO_END = "于内来万日南西东北因"
QUOTES = '“「『"《'
LONGEST_QUOTED, LONGEST_LATIN = 12, 30
LATIN = re.compile(r"(?<![a-z0-9])(?:al-|el-|as-)?[a-z][a-z']{2,}(?:[ -](?:al-|el-)?[a-z']{2,}){0,3}(?![a-z0-9-])")
LATIN_END = re.compile(r"(?<![a-z0-9])(?:al-|el-|as-)?[a-z][a-z']{2,}(?:[ -](?:al-|el-)?[a-z']{2,}){0,3}$")
MODEL = re.compile(r"-\d")
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
ORDINAL = re.compile(r"^(?:第?[一二三四五六七八九十\d]+[次届场轮]|\d+年(?:\d+月)?(?:至\d+年)?)")


@cache
def _tables() -> dict[str, Any]:
    return dict(read_tables(PACKAGE, "names.toml"))


@cache
def _characters() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Characters that write names by sound, those of them that ordinary words use as well, and those that end a name."""
    table = read_tables(PACKAGE, "transliteration.toml")
    sounds = frozenset("".join(table["sounds"].values()))
    return sounds, frozenset(table["ordinary"]["characters"]), frozenset(_tables()["stops"]["characters"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    sounds, ordinary, _ = _characters()
    every, plain = "".join(sorted(sounds)), "".join(sorted(sounds - ordinary))
    tables = _tables()
    tails = sorted({tail for kind in read_tables(PACKAGE, "places.toml")["kinds"].values() for tail in kind}, key=len)
    groups = sorted(tables["groups"]["tails"], key=len)
    sources = sorted(tables["sources"]["tails"], key=len)
    heads = sorted(tables["short"]["heads"], key=len, reverse=True)
    return {
        "person": re.compile(rf"[{every}]{{1,8}}(?:[{DOTS}][{every}]{{1,8}})+"),
        "sound": re.compile(rf"[{every}]*[{plain}][{every}]+(?:-[{every}]{{2,}})*"),
        "short": re.compile(
            rf"(?P<name>[\u4e00-\u9fff])(?:{'|'.join(heads)})(?![队事官人用火备区营方长士种力校团舰机衔阀政民需械工委机情刀装旗心令属家会务际防内土王旅])"
        ),
        "place": re.compile("|".join(map(re.escape, reversed(tails)))),
        "group": re.compile("|".join(map(re.escape, reversed(groups)))),
        "source": re.compile("|".join(map(re.escape, reversed(sources)))),
        "unit": re.compile(
            r"(?<![a-z0-9-])第?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})(?:独立|摩托化|机械化|近卫|山地|空中突击)*(?:摩步|空降|步兵|装甲|坦克|炮兵|机步|特种)?"
            r"(?:师|旅|团|集团军|军|营)(?![人民事火官械用长年机])"
            r"|(?:第[一二三四五六七八九十\d]{1,3}|(?<![a-z0-9])[a-z])连(?![续接])"
        ),
    }


@cache
def naming() -> Naming:
    """How Chinese finds and judges names."""
    cut = frozenset(read_tables(PACKAGE, "world.toml")["armies"]["letters"])
    return replace(load_naming(_tables(), find_names, names_in_title), ends=_characters()[2], cut=cut)


@cache
def _world() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Names of countries and cities that need no evidence, as an automaton and as a list."""
    table = read_tables(PACKAGE, "world.toml")
    names = tuple(dict.fromkeys([*table["countries"]["names"], *table["cities"]["names"]]))
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest), names


@cache
def _names_of_the_world() -> frozenset[str]:
    return frozenset(_world()[1])


@cache
def _bodies() -> AhoCorasick:
    """Armed movements and alliances whose names have no shape of a group's."""
    return AhoCorasick(read_tables(PACKAGE, "world.toml")["bodies"]["names"], matchkind=MatchKind.LeftmostLongest)


@cache
def _cities() -> frozenset[str]:
    return frozenset(read_tables(PACKAGE, "world.toml")["cities"]["names"])


def find_names(folded: str, terms: Sequence[tuple[int, int]]) -> list[NameMention]:
    """Candidates for names, left to right within each shape.

    ``folded`` is folded text, ``terms`` the spans of the language's own words in it, which bound a name. Shapes are ``person``,
    ``sound``, ``short`` (a country cut to one character before "army", or before "country", which is its tail), ``place``,
    ``group`` and ``source`` (with the tail that tells them), ``unit``, and ``word``: a stretch between words, to be judged by how
    often it comes; ``latin`` is a name in Latin letters, ``country`` and ``city`` are those of the world.
    """
    bounds = bytearray(len(folded) + 1)
    for start, end in terms:
        bounds[start:end] = (b"\x02" if end - start > 2 else b"\x01") * (end - start)
    inner = frozenset(start + 1 for start, end in terms if end - start == 2)
    sound = _by_sound(folded, bounds, inner)
    longer = {name.start: name.end for name in sound if _patterns()["place"].match(folded, name.end)}
    found = [*sound, *_short(folded, bounds)]
    automaton, names = _world()
    found += [
        NameMention(start, end, "city" if names[number] in _cities() else "country")
        for number, start, end in automaton.find_matches_as_indexes(folded)
        if (start not in inner or len(names[number]) > 2) and longer.get(start, end) <= end
    ]
    found += [NameMention(start, end, "group") for _, start, end in _bodies().find_matches_as_indexes(folded)]
    found += [NameMention(match.start(), match.end(), "unit") for match in _patterns()["unit"].finditer(folded)]
    found += [
        NameMention(match.start(), match.end(), "latin")
        for match in LATIN.finditer(folded)
        if not any(bounds[match.start() : match.end()])
    ]
    for shape in ("place", "group", "source"):
        found += _with_tail(folded, bounds, shape)
    found += _words(folded, bounds)
    common = _common()
    sources = tuple(_tables()["sources"]["tails"])
    return [
        name
        for name in found
        if (name.shape in ("city", "country") or not _is_common(folded[name.start : name.end], common))
        and not (name.shape == "group" and folded.endswith(sources, 0, name.end))
    ]


def _is_common(form: str, common: frozenset[str]) -> bool:
    """Whether a form is an ordinary word, one with a character before it, or one with a generic tail ("big city", "no-fly zone")."""
    if form in common or form[1:] in common:
        return True
    return any(form.endswith(tail) and form.removesuffix(tail) in common for tail in _strip())


@cache
def _common() -> frozenset[str]:
    return frozenset(_tables()["common"]["words"])


@cache
def _strip() -> tuple[str, ...]:
    return tuple(read_tables(PACKAGE, "places.toml")["strip"]["forms"])


def names_in_title(title: str) -> list[str]:
    """The names in a folded title: itself, or what an event of that title was about (the Xia of "second battle of Xia")."""
    event = next(
        (tail for tail in sorted(_tables()["events"]["tails"], key=len, reverse=True) if title.endswith(tail)), ""
    )
    parts = re.split(r"[\s-]|与|和|对", ORDINAL.sub("", title.removesuffix(event))) if event else [title]
    return [part for part in parts if part not in _common() and not any(letter.isdigit() for letter in part)]


def _by_sound(folded: str, bounds: bytearray, inner: frozenset[int]) -> list[NameMention]:
    """Names written by sound; ``inner`` are the second characters of words of two, with which no name begins."""
    sounds, ordinary, stops = _characters()
    found: list[NameMention] = []
    taken = -1
    for match in _patterns()["person"].finditer(folded):
        start, end = match.start(), _trimmed_end(folded, match.start(), match.end())
        while _no_start(folded, start, bounds, inner):
            start += 1
        if start < end and folded[start] not in DOTS:
            found.append(NameMention(start, end, "person"))
    persons = {position for name in found for position in range(name.start, name.end)}
    for match in _patterns()["sound"].finditer(folded):
        start, end = match.span()
        if start in persons or start < taken:
            continue
        while start < end and (bounds[start] == 2 or start in inner):
            start += 1
        end = next((position for position in range(start, end) if bounds[position] == 2), end)
        while start < end and folded[start] in stops:
            start += 1
        end = _trimmed_end(folded, start, end)
        if folded[start : end - 1] in _names_of_the_world():
            end -= 1
        start = _country_at_end(folded, start, end, ordinary)
        own = sum(letter in sounds and letter not in ordinary for letter in folded[start:end])
        placed = end - start > 2 and own > 0 and _patterns()["place"].match(folded, end)
        if end - start >= 2 and (own >= 2 or placed):
            found.append(NameMention(start, end, "sound"))
            taken = end
    return found


def _country_at_end(folded: str, start: int, end: int, ordinary: frozenset[str]) -> int:
    """Where the name of a country begins that ends the stretch, if nothing but characters of ordinary words stand before it."""
    for position in range(start + 1, end - 1):
        if folded[position - 1] not in ordinary:
            break
        if folded[position:end] in _names_of_the_world():
            return position
    return start


def _no_start(folded: str, start: int, bounds: bytearray, inner: frozenset[int]) -> bool:
    """Whether a character written like the beginning of a name ends a word, or is a small word after another character."""
    if start in inner:
        return True
    return folded[start] in NO_START and start > 0 and "\u4e00" <= folded[start - 1] <= "\u9fff"


def _trimmed_end(folded: str, start: int, end: int) -> int:
    """A name by sound ends before words that happen to be written with its characters (directions, "in", "from")."""
    while end - start > 2 and (folded[end - 1] in NO_END or MODEL.match(folded, end)):
        end -= 1
    return end


def _short(folded: str, bounds: bytearray) -> list[NameMention]:
    excluded = _tables()["short"]["excluded"]
    _, _, stops = _characters()
    found = []
    for match in _patterns()["short"].finditer(folded):
        name, at = match.group("name"), match.start()
        free = at == 0 or not "\u4e00" <= folded[at - 1] <= "\u9fff" or bounds[at - 1] or folded[at - 1] in stops
        if free and not bounds[at] and name not in excluded and (name not in stops or name == JAPAN):
            found.append(NameMention(at, match.end(), "short", COUNTRY if folded[at + 1] == COUNTRY else ""))
    return found


def _cause(folded: str, end: int) -> int:
    """Length of the words of a cause that end there (the Liberation of a Liberation Front), which may be verbs elsewhere."""
    causes = tuple(_tables()["groups"]["causes"])
    start = end
    while folded.endswith(causes, 0, start):
        start -= max(len(cause) for cause in causes if folded.endswith(cause, 0, start))
    return end - start


def _stretch(folded: str, bounds: bytearray, end: int, longest: int) -> int:
    """Where the stretch of at most so many free characters begins that ends at ``end``."""
    _, _, stops = _characters()
    start = end
    while start > max(0, end - longest):
        letter = folded[start - 1]
        if not "\u4e00" <= letter <= "\u9fff" or letter in stops or bounds[start - 1]:
            break
        start -= 1
    return start


def _with_tail(folded: str, bounds: bytearray, shape: str) -> list[NameMention]:
    common = _common()
    found = []
    for match in _patterns()[shape].finditer(folded):
        latin = LATIN_END.search(folded, max(0, match.start() - LONGEST_LATIN), match.start())
        if latin and shape == "place":
            found.append(NameMention(latin.start(), match.end(), shape, match.group()))
            continue
        longest = LONGEST_GROUP if shape == "group" else LONGEST
        cause = _cause(folded, match.start()) if shape == "group" else 0
        start = _stretch(folded, bounds, match.start() - cause, longest - cause)
        quoted = max(folded.rfind(quote, max(0, match.start() - LONGEST_QUOTED), match.start()) for quote in QUOTES)
        if quoted >= 0 and HAN.fullmatch(folded, quoted + 1, match.start()):
            start = quoted + 1
        name = folded[start : match.start()]
        verbal = any(word in name for word in _tables()["stops"]["words"])
        plain = cause == 0 and name in common
        if 1 < len(name) <= longest - 2 and not (plain or verbal) and not _inside_word(folded, match.end()):
            found.append(NameMention(start, match.end(), shape, folded[match.start() : match.end()]))
    return found


def _inside_word(folded: str, end: int) -> bool:
    """Whether the tail is only the beginning of a longer word or name (a party is no member, a republic no guard of one)."""
    if folded.startswith(tuple(_tables()["groups"]["tails"]), end) or folded[end - 1 : end + 1] in _common():
        return True
    return folded[end : end + 1] in ("员", "长", "民", "内", "派", "人", "体", "委")


def _words(folded: str, bounds: bytearray) -> list[NameMention]:
    _, _, stops = _characters()
    found = []
    start = 0
    for position in range(len(folded) + 1):
        letter = folded[position : position + 1]
        if letter and "\u4e00" <= letter <= "\u9fff" and letter not in stops and not bounds[position]:
            continue
        if 2 <= position - start <= 6:
            found.append(NameMention(start, position, "word"))
        start = position + 1
    return found
