"""Which discovered names are one party: long and short forms, names cut to a character, spellings by sound, peoples of a country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from zubda.extraction.discovery import COUNTRY, DOTS, SPOT
from zubda.extraction.weighing import DiscoveredName
from zubda.languages.interface import Naming
from zubda.names import sound_similarity

__all__ = ["bare_forms", "namesakes", "same_parties"]

SHORTEST, SHARED, SAME_SOUND = 3, 4, 0.85


def same_parties(parties: Sequence[DiscoveredName], naming: Naming) -> dict[str, str]:
    """Party names by the form of the party that they are: the longer with the name it holds, the short with the one it cuts."""
    by_form = {name.form: name for name in parties}
    whole = [name for name in parties if name.shape in ("sound", "word", "link", "group", SPOT, COUNTRY)]
    found: dict[str, str] = {}
    for name in parties:
        target = name
        if name.shape == "short":
            longer = [other for other in whole if other.form.startswith(name.core)]
            target = max(longer, key=lambda other: other.times, default=name)
            same = [other for other in parties if other.shape == "short" and other.core == name.core]
            if target is name:
                target = max(same, key=lambda other: other.times)
            whose = [other for other in parties if other.shape == "short" and other.core == name.form[-1]]
            if target is name and whose and whose[0] is not name:  # the Xia Reds are the Reds of "the Red army"
                target = whose[0]
        elif name.shape == "person":
            last = name.form[max(name.form.rfind(dot) for dot in DOTS) + 1 :]
            target = by_form.get(last, name)
        elif name.shape == "unit":
            target = max((other for other in parties if _same_unit(name, other)), key=_often)
        else:
            target = _contained(name, whole, naming) or name
        found[name.form] = target.form
    for name in sorted(parties, key=lambda name: (name.times, name.form)):
        if found[name.form] == name.form:
            found[name.form] = _variant(name, parties, found)
    return {form: _root(found, form, by_form) for form in found}


def bare_forms(
    folded: str, names: Sequence[DiscoveredName], parties: Sequence[DiscoveredName]
) -> dict[str, DiscoveredName]:
    """Groups that the text also calls without the name of the country before theirs ("the People's Army"), by that short form.

    A form that two groups share, and one that is a name by itself, is none.
    """
    known = {name.form for name in names}
    found: dict[str, DiscoveredName] = {}
    twice: set[str] = set()
    for group in (name for name in parties if name.shape == "group"):
        owner = max((form for form in known if group.form.startswith(form) and form != group.form), key=len, default="")
        for bare in {group.form.removeprefix(owner) if owner else "", group.tail}:
            if len(bare) < SHORTEST or bare in known or folded.count(bare) == folded.count(group.form):
                continue
            if bare in found and found[bare] is not group:
                twice.add(bare)
            found[bare] = group
    return {form: group for form, group in found.items() if form not in twice}


def _same_unit(name: DiscoveredName, other: DiscoveredName) -> bool:
    """Whether two units have the same number and noun ("the 163rd Rifle Division", "the 163rd Division")."""
    numbers = [re.findall(r"\d+", unit.form) for unit in (name, other)]
    if other.form == name.form:
        return True
    return other.shape == "unit" and numbers[0] == numbers[1] != [] and name.form[-1] == other.form[-1]


def _often(name: DiscoveredName) -> tuple[int, str]:
    return name.times, name.form


def namesakes(parties: Sequence[DiscoveredName]) -> Iterator[tuple[str, str]]:
    """Groups with the persons after whom they are called ("the Oruvel group" of Tarik Oruvel), by their forms."""
    groups = {group.core: group.form for group in parties if group.shape == "group" and group.core != group.form}
    for name in parties:
        if name.shape != "person":
            continue
        last = name.form[max(name.form.rfind(dot) for dot in DOTS) + 1 :]
        if last in groups:
            yield groups[last], name.form


def _variant(name: DiscoveredName, parties: Sequence[DiscoveredName], found: Mapping[str, str]) -> str:
    """A name more often used that is the same one by sound, or the people of the same country ("Oruvel", "Oruvelian")."""
    if name.shape not in ("sound", "person", "word", COUNTRY) or len(name.form) < SHORTEST:
        return name.form
    for other in parties:
        if other.times <= name.times or other.form == name.form or found[other.form] == name.form:
            continue
        if other.form.isascii() != name.form.isascii() or " " in name.form + other.form:
            continue
        if name.form.isascii():
            shared = sum(
                1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name.form, other.form, strict=False))
            )
            alike = shared >= max(SHARED, min(len(name.form), len(other.form)) - 2)
        else:
            alike = len(name.form) == len(other.form) and sound_similarity(name.form, other.form) >= SAME_SOUND
        if alike:
            return other.form
    return name.form


def _contained(name: DiscoveredName, whole: Sequence[DiscoveredName], naming: Naming) -> DiscoveredName | None:
    """The party that a longer name is: the name before a noun for its state or its forces, or the name that it ends with."""
    tail = naming.heads.get(name.tail, "")
    stem = name.core if tail in ("state", "regular") else name.form
    ends = [other for other in whole if other.form != name.form and stem.endswith(other.form)]
    return max(ends, key=lambda other: (len(other.form), other.times), default=None)


def _root(found: Mapping[str, str], form: str, by_form: Mapping[str, DiscoveredName]) -> str:
    seen = {form}
    while found[form] != form and found[form] not in seen:
        form = found[form]
        seen.add(form)
    return by_form[form].surface
