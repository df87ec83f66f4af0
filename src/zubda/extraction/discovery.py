"""Names that no theatre knows: found by shape, judged by all that the document says beside them, given ids ``x:...``.

A name's shape (written by sound, before a kind of place, before a kind of group, linked) makes it a candidate; the words beside its
mentions (in, captured, near; troops, government; general, said) tell what it is. A name may be a place and a party at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.extraction.values import NameMention
from zubda.extraction.weighing import DiscoveredName, Found, weigh_names
from zubda.languages.interface import Language, Naming
from zubda.model import Document

__all__ = ["CITY", "COUNTRY", "SPOT", "discover_names"]

BRACKETS = re.compile(r"[(（\[].*$")
LINK_WEIGHT = 2
SHORT_TIMES, LONGEST_LINK, OPENING = 2, 14, 24
WORD_SHARE = 0.2
GOVERNED = 1.5
DOTS = "·•・‧ "
NATURAL = frozenset({"hill", "river", "island", "town", "village", "district"})
TAILED = frozenset({"place", "word"})
PLACED, PARTY = b"\x01", b"\x02"
SPOT, COUNTRY, CITY = "spot", "country", "city"
"""Shapes of a name: that stands before a kind of place which is no part of it; of a country or a city of the world."""


def discover_names(document: Document, folded: str, found: Found, language: Language) -> list[DiscoveredName]:
    """The names of a document that the vocabulary does not know, most mentioned first.

    ``folded`` is the folded text, ``found`` all matches of the vocabulary in it.
    """
    naming = language.naming
    if naming is None:
        return []
    known = [(start, end) for start, end, lexeme in found if lexeme.places or lexeme.actor or lexeme.source]
    names = _candidates(document, folded, found, language, naming)
    weigh_names(document, folded, found, language, naming, names, known)
    for name in names.values():
        last = names.get(name.form[max(name.form.rfind(dot) for dot in DOTS) + 1 :]) if name.shape == "person" else None
        if last is not None:
            last.shape = "person"
    accepted = {form: name for form, name in names.items() if _accepted(name, naming.cased)}
    kept = [name for name in accepted.values() if not _echo(name, accepted, language)]
    kept.sort(key=lambda name: (-name.times, name.first))
    return kept


def _candidates(
    document: Document, folded: str, found: Found, language: Language, naming: Naming
) -> dict[str, DiscoveredName]:
    covered = bytearray(len(folded) + 1)
    for start, end, lexeme in found:
        if lexeme.places or lexeme.source or lexeme.actor:
            covered[start:end] = (PLACED if lexeme.places or lexeme.source else PARTY) * (end - start)
    narrative = bytearray(len(folded) + 1)
    for block in document.blocks:
        if block.narrative:
            narrative[block.start : block.end] = b"\x01" * (block.end - block.start)
    met: Counter[str] = Counter()
    shapes: dict[str, tuple[str, str]] = {}
    terms = [(start, end) for start, end, _ in found] + _generic_spans(folded, naming)
    for mention in naming.find(document.text if naming.cased else folded, terms):
        tail = mention.tail or _generic_tail(folded, mention, language)
        core = folded[mention.start : mention.end - len(tail)]
        stripped = tail != "" and mention.shape in TAILED and len(core) > 1 and _spot(folded, core, tail, language)
        form = core if stripped else folded[mention.start : mention.end]
        if not narrative[mention.start] or _a_word(form, mention, language) or _known(covered, mention, naming):
            continue
        met[form] += 1
        if form not in shapes or shapes[form][0] == "word" or mention.shape in (COUNTRY, CITY):
            shapes[form] = (SPOT if stripped else mention.shape, tail if stripped else mention.tail)
    names = {}
    cut = _cut_countries(shapes, met) | naming.cut
    for form, (shape, tail) in shapes.items():
        least = 2 if shape == "word" else 1
        if (form[0] in cut if shape == "short" else met[form] >= least) or (shape == "sound" and len(form) > 2):
            core = form[0] if shape == "short" else form.removesuffix(tail) or form
            names[form] = DiscoveredName(form, shape, core, tail)
            names[form].linked = core != form and core in shapes and shapes[core][0] == "sound"
    for form in _linked(document, language, naming):
        if form in folded and form not in language.terms:
            names.setdefault(form, DiscoveredName(form, "link", form)).linked = True
    for form in _titled(document, folded, naming):
        if form in names:
            names[form].titled = True
            names[form].place += 2
    _drop_overlong(names, met)
    return names


def _a_word(form: str, mention: NameMention, language: Language) -> bool:
    """Whether a candidate is a word of the language; a kind of place of several words written as a name ("the Military Academy")
    is a name."""
    term = language.terms.get(form)
    return term is not None and not (mention.shape == "place" and " " in form and term.place_kind)


def _known(covered: bytearray, mention: NameMention, naming: Naming) -> bool:
    """Whether the vocabulary knows what a candidate names; a party that a place is named after does not tell the place."""
    inside = covered[mention.start : mention.end]
    if naming.cased and mention.shape == "place" and PLACED not in inside:
        return PARTY in inside[-len(mention.tail) :]
    return any(inside)


def _titled(document: Document, folded: str, naming: Naming) -> set[str]:
    """Places that headings, and the first words of the text, call a battle after ("the Battle of X was ...")."""
    titles = [folded[block.start : block.end] for block in document.blocks if block.kind == "heading"]
    first = next((block for block in document.blocks if block.narrative and block.kind != "heading"), None)
    if first is not None:
        opening = folded[first.start : min(first.end, first.start + OPENING)]
        ends = [opening.find(event) + len(event) for event in naming.events if event in opening]
        titles += [opening[: min(ends)]] if ends else []
    return {
        form for title in titles if title.endswith(naming.events) for form in naming.from_title(title.strip()) if form
    }


def _generic_tail(folded: str, mention: NameMention, language: Language) -> str:
    """The generic tail ("area", "district") that a stretch between words ends with, which is no part of its name."""
    if mention.shape != "word":
        return ""
    form = folded[mention.start : mention.end]
    return next((tail for tail in language.strip if form.endswith(tail)), "")


def _spot(folded: str, core: str, tail: str, language: Language) -> bool:
    """Whether the tail that tells the kind of a place is no part of its name.

    Generic tails are none; kinds of landscape are none after a name in another script, or where the name stands alone as well.
    """
    if tail in language.strip:
        return True
    natural = language.tails.get(tail) in NATURAL
    return natural and (core.isascii() != tail.isascii() or folded.count(core) > folded.count(core + tail))


def _cut_countries(shapes: Mapping[str, tuple[str, str]], met: Mapping[str, int]) -> set[str]:
    """First characters that stand for a country: met twice before "army" and the like, or beginning a name that is written out."""
    bare: Counter[str] = Counter()
    for form, (shape, _) in shapes.items():
        if shape == "short" and len(form) == 2:
            bare[form[0]] += met[form]
    written = {
        form[0] for form, (shape, _) in shapes.items() if shape in ("sound", COUNTRY, CITY, "link") and len(form) > 2
    }
    return {letter for letter, times in bare.items() if times >= SHORT_TIMES} | written


def _generic_spans(folded: str, naming: Naming) -> list[tuple[int, int]]:
    forms = list(naming.generic)
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest) if forms else None
    return [(start, end) for _, start, end in automaton.find_matches_as_indexes(folded)] if automaton else []


def _linked(document: Document, language: Language, naming: Naming) -> set[str]:
    """Names in the titles that the document links to, without what stands in brackets."""
    forms: set[str] = set()
    for link in document.links:
        title = language.fold(BRACKETS.sub("", link.target).strip().replace("_", " "))
        forms.update(part for part in naming.from_title(title) if 2 <= len(part) <= LONGEST_LINK)
    return forms


def _drop_overlong(names: dict[str, DiscoveredName], met: Mapping[str, int]) -> None:
    """A form by sound that holds another one, met oftener by itself, is that name beside the end or beginning of a word.

    A stretch between words that begins with a name by sound, or of a country, is that name before a noun.
    """
    sure = tuple(form for form, name in names.items() if name.shape in ("sound", COUNTRY, CITY) and len(form) > 1)
    for form in [form for form, name in names.items() if name.shape == "word" and form.startswith(sure)]:
        if form not in sure:
            names.pop(form)
    for form in [form for form, name in names.items() if name.shape in ("sound", "person")]:
        if names[form].shape == "person":
            parts = {form[:-1], form[:-2]}
        else:
            parts = {form[:cut] for cut in range(2, len(form))} | {form[cut:] for cut in range(1, len(form) - 1)}
        shape = names[form].shape
        if any(part in names and names[part].shape == shape and met[form] < met[part] for part in parts):
            names.pop(form)


def _accepted(name: DiscoveredName, cased: bool) -> bool:
    """Whether enough says that a candidate is a name, and of what; a shape that tells is enough.

    Where capitals tell a name (``cased``), a kind of place written with one is a name by itself ("the Textile Factory").
    """
    if not name.times:
        return False
    said = name.place + name.party + name.person
    if name.shape in ("person", "short", "unit", "source", COUNTRY, CITY):
        return True
    if name.shape in ("place", "group", SPOT):
        return said > 0 or name.times > 1 or name.linked or (cased and name.shape == "place")
    if name.shape == "latin":
        return said > 1 and not name.surface.isupper()  # abbreviations name bodies and weapons
    if name.shape == "sound":
        return said > 0 or name.times > 1 or len(name.form) > 3
    if name.shape == "link":
        return said >= LINK_WEIGHT and (name.times > 1 or name.place > 1 or name.person > 1)
    if name.titled and name.shape == "word" and name.place > name.party:
        return True
    if name.shape == "word" and name.times > 1 and name.place >= GOVERNED * name.times and name.place > 3 * name.party:
        return True
    led = sum(name.heads.values())
    return (led >= 2 and led >= WORD_SHARE * name.times) or (name.linked and said >= LINK_WEIGHT)


def _echo(name: DiscoveredName, names: Mapping[str, DiscoveredName], language: Language) -> bool:
    """Whether a form is another name with a generic tail ("the X area"), or with the end of a word before it."""
    if name.shape in (SPOT, "word"):
        inside = (
            names.get(name.form[low:high])
            for low in range(len(name.form))
            for high in range(low + 2, len(name.form) + 1)
        )
        if any(
            other and other is not name and other.times > name.times and other.shape in ("sound", COUNTRY, CITY)
            for other in inside
        ):
            return True
    if name.core == name.form or name.shape == "source":
        return False
    return (name.core in names and name.tail in language.strip) or any(
        name.core[cut:] in names for cut in range(1, len(name.core) - 1)
    )
