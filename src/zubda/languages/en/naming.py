"""Names in English text by their capitals and by the last word of the name.

What a shape finds is only a candidate; `zubda.extraction.discovery` weighs all that the document says of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from zubda.extraction.values import NameMention
from zubda.languages.interface import Naming, load_naming, read_tables

__all__ = ["find_names", "naming"]

LONGEST_TAIL = 3
PACKAGE = "zubda.languages.en"
PARTICLE = r"(?:al|el|as|az|ar|ad|an|at|ash|ibn|bin|de|van|von|der)"
WORD = rf"(?:{PARTICLE}-['’]?)?[A-Z][\w'’]*(?:-(?:{PARTICLE}-)?['’]?\w[\w'’]*)*"
NAME = re.compile(
    rf"(?<![\w-])(?:{PARTICLE}[- ])?{WORD}(?: [A-Z]\.(?= [A-Z])| (?:{PARTICLE}[- ])?{WORD}| of(?: the)? {WORD}(?= ?{WORD})?)*"
)
UNIT = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th) (?:[A-Z][\w-]* ){0,4}(?:Brigade|Regiment|Division|Battalion|Corps|Army|Company)\b"
)
SENTENCE_START = re.compile(r"(?:^|[.!?]['\"”’)\]]*\s+|\n\s*|[:;]\s+|['\"“‘(]\s*)$")
TITLE = re.compile(
    r"^(?:\w+ )?(?:battles?|siege|fall|capture|liberation|bombing|shelling|attack|assault|offensive|massacre) (?:of|on|in|at) (?:the )?"
)
PEOPLE = re.compile(r"(?:ians?|ists|ims|ites|[^r]eans)$")
LOOSE = re.compile(r"[\w'’-]+")
OF = re.compile(r" of(?: the)? ")
NUMBER = re.compile(r"(?<![\w.,-])\d{2,4} $")
YEAR = re.compile(r"(?:1[89]|20)\d\d ")
INDEFINITE = re.compile(r"\b[Aa]n? $")
POSSESSIVE = re.compile(r"['’]s?$")


@cache
def _tables() -> dict[str, Any]:
    return dict(read_tables(PACKAGE, "names.toml"))


@cache
def _common() -> frozenset[str]:
    return frozenset(_tables()["common"]["words"])


@cache
def _tails() -> tuple[tuple[str, str], ...]:
    """Last words of names with the shape they tell, longest first."""
    tables = _tables()["tails"]
    places = {word for words in read_tables(PACKAGE, "places.toml")["kinds"].values() for word in words}
    pairs = [(tail, shape) for shape in ("group", "source") for tail in tables[shape]]
    pairs += [(tail, "place") for tail in places]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _beginnings() -> tuple[str, ...]:
    """Words that begin the name of no place and no party."""
    return tuple(_tables()["common"]["before"])


@cache
def _endings() -> tuple[str, ...]:
    """Last words of names of no place and no party."""
    return tuple(f" {word}" for word in _tables()["common"]["after"])


@cache
def _titles() -> frozenset[str]:
    """Words for offices and ranks that stand before the name of the person who bears them."""
    return frozenset(_tables()["persons"]["titles"])


@cache
def _shapes() -> dict[str, str]:
    """The shape that each last word of a name tells."""
    return dict(reversed(_tails()))


@cache
def naming() -> Naming:
    """How English finds and judges names."""
    return replace(load_naming(_tables(), find_names, names_in_title, before_head=" "), cased=True)


def find_names(text: str, terms: Sequence[tuple[int, int]]) -> list[NameMention]:
    """Candidates for names in text as it stands, left to right.

    A single word at the beginning of a sentence is none unless it stands capitalised elsewhere, nor is one
    that stands without a capital more often. Shapes are ``unit``, ``group``,
    ``source`` and ``place`` (with the tail that tells them), and ``sound`` for all other names. ``terms`` are not needed: capitals
    bound a name.
    """
    found = [NameMention(match.start(), match.end(), "unit") for match in UNIT.finditer(text)]
    taken = {position for name in found for position in range(name.start, name.end)}
    words = Counter(LOOSE.findall(text))
    candidates = []
    inner: set[str] = set()
    for match in NAME.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        start = _after_title(text, start, end)
        if end - start < 2 or start in taken:
            continue
        opening = bool(SENTENCE_START.search(text[max(0, start - 6) : start]))
        if not opening:
            inner.add(text[start:end])
        candidates.append((start, end, opening))
    for start, end, opening in candidates:
        form = text[start:end]
        if " " not in form and ((opening and form not in inner) or (words[form.lower()] > words[form])):
            continue
        if form.lower().endswith(_endings()):
            continue
        name = _shaped(form, start, end)
        if name.shape == "place":
            if INDEFINITE.search(text[max(0, start - 4) : start]):
                continue  # "an Air Defense Base" names none
            name = NameMention(start - _number_before(text, start), end, name.shape, name.tail)
        found.append(name)
    found.sort(key=lambda name: name.start)
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without words at the beginning that are no part of a name, a possessive at the end, and what "of" joins to a lone word."""
    if text[start:end].lower().startswith(_beginnings()):
        return end, end
    while True:
        first = text[start:end].split(" ", 1)[0]
        if not first or (first.lower() not in _common() and first != "of"):
            break
        start = min(end, start + len(first) + 1)
        if start >= end:
            return end, end
    possessive = POSSESSIVE.search(text[start:end])
    end = start + possessive.start() if possessive else end
    linked = OF.search(text[start:end])
    if linked and text[start : start + linked.start()].lower().rpartition(" ")[2] not in _shapes():
        end = start + linked.start()
    return start, end


def _after_title(text: str, start: int, end: int) -> int:
    """Where a person's name of two words or more begins behind the last title: "Prime Minister X Y"."""
    words = [(start + word.start(), word.group().lower().rstrip(".")) for word in LOOSE.finditer(text[start:end])]
    titles = [number for number, (_, word) in enumerate(words) if word in _titles()]
    if not titles or len(words) - titles[-1] <= 2 or words[-1][1] in _shapes():
        return start
    return words[titles[-1] + 1][0]


def _number_before(text: str, start: int) -> int:
    """Length of the number that a place's name begins with ("the 1070 Housing Project"); a year is none."""
    number = NUMBER.search(text[max(0, start - 6) : start])
    return 0 if number is None or YEAR.match(number.group()) else len(number.group())


def _shaped(form: str, start: int, end: int) -> NameMention:
    lowered = form.lower()
    if PEOPLE.search(lowered):
        return NameMention(start, end, "group")
    words = lowered.split(" ")
    for count in range(min(LONGEST_TAIL, len(words) - 1), 0, -1):
        tail = " ".join(words[-count:])
        if tail in _shapes():
            return NameMention(start, end, _shapes()[tail], " " + tail)
    return NameMention(start, end, "sound")


def names_in_title(title: str) -> list[str]:
    """The names in a folded title: itself, or what an event of that title was about (the X of "second battle of X")."""
    match = TITLE.match(title)
    parts = re.split(r" and |[-–/,]", title[match.end() :]) if match else [title]
    return [part.strip() for part in parts if part.strip() and not any(letter.isdigit() for letter in part)]
