"""What the words beside a name say that it is: a place, a party, a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.extraction.vocabulary import Lexeme
from zubda.languages.interface import Language, Naming
from zubda.model import Document

__all__ = ["DiscoveredName", "Found", "weigh_names"]

Found = Sequence[tuple[int, int, Lexeme]]

AT = frozenset({"at", "from", "toward_place"})
BESIDE = frozenset({"with", "toward", "passive"})
TAKEN = frozenset({"territory", "airstrike", "shelling", "siege", "movement", "withdrawal", "clash", "control"})


@dataclass(slots=True)
class DiscoveredName:
    """A name with what it was judged to be.

    ``form`` is its folded form, ``surface`` how it stands first, ``core`` the name without the ``tail`` that tells its kind (or
    the single character that a country is cut to). ``place``, ``party`` and ``person`` are how much the words beside it said that
    it is one; ``heads`` are the nouns after it that make a party of it. ``detail`` is the kind of place that a tail tells,
    ``times`` how often it is mentioned, ``first`` the plain range of the first mention, ``linked`` that the document links to it,
    ``titled`` that its title calls a battle after it.
    """

    form: str
    shape: str
    core: str
    tail: str = ""
    surface: str = ""
    times: int = 0
    first: tuple[int, int] = (0, 0)
    place: int = 0
    party: int = 0
    person: int = 0
    linked: bool = False
    titled: bool = False
    detail: str = ""
    heads: Counter[str] = field(default_factory=Counter)

    @property
    def id(self) -> str:
        """``x:`` and the surface without spaces."""
        return "x:" + "_".join(self.surface.casefold().split())


def weigh_names(
    document: Document,
    folded: str,
    found: Found,
    language: Language,
    naming: Naming,
    names: dict[str, DiscoveredName],
    known: Sequence[tuple[int, int]],
) -> None:
    """Count what the words right before and after each mention say."""
    if not names:
        return
    forms = list(names)
    blocked = bytearray(len(folded) + 1)
    for start, end in known:
        blocked[start:end] = b"\x01" * (end - start)
    before = {end: (start, lexeme) for start, end, lexeme in found}
    after = {start: (end, lexeme) for start, end, lexeme in found}
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    gap = 1 if language.grammar.bounded else 0
    listed: list[tuple[DiscoveredName, DiscoveredName]] = []
    for block in document.blocks:
        if not block.narrative:
            continue
        last: tuple[DiscoveredName, int] | None = None
        for number, low, high in automaton.find_matches_as_indexes(folded[block.start : block.end]):
            start, end = block.start + low, block.start + high
            if blocked[start] or not _whole(folded, start, end, language):
                continue
            name = names[forms[number]]
            if not name.times:
                name.first, name.surface = (start, end), document.text[start:end]
            name.times += 1
            left = _left(before, start)
            right = after.get(end) or after.get(end + gap)
            _weigh_one(name, folded, start, end, left, right[1] if right else None, language, naming)
            if last is not None and _listed(folded, last[1], start, after):
                listed.append((last[0], name))
            last = (name, end)
    _spread(listed)


def _left(before: Mapping[int, tuple[int, Lexeme]], start: int) -> Lexeme | None:
    """The word before a name, over an article ("captured the X")."""
    found = before.get(start) or before.get(start - 1)
    if found is not None and "determiner" in found[1].term.flags:
        found = before.get(found[0]) or before.get(found[0] - 1)
    return found[1] if found else None


def _listed(folded: str, end: int, start: int, after: Mapping[int, tuple[int, Lexeme]]) -> bool:
    """Whether nothing but a word for "and" stands between two names."""
    while end < start and folded[end] == " ":
        end += 1
    following = after.get(end)
    return following is not None and "and" in following[1].term.flags and folded[following[0] : start].strip() == ""


def _spread(listed: Sequence[tuple[DiscoveredName, DiscoveredName]]) -> None:
    """What stands in one list with a place is a place, in either direction, where nothing says otherwise."""
    for pairs in (listed, listed[::-1]):
        for one, other in pairs:
            for told, silent in ((one, other), (other, one)):
                if (
                    told.place > told.party
                    and (told.place > 1 or not told.party)
                    and not silent.heads
                    and silent.place <= silent.party + 1
                ):
                    silent.place += 1 + (silent.place == 0)


def _whole(folded: str, start: int, end: int, language: Language) -> bool:
    """Whether a match is no part of a longer Latin word."""
    if not (language.grammar.bounded or folded[start] < "\u0250"):
        return True
    return not any(
        letter.isalnum() and letter < "\u0250" for letter in (folded[start - 1 : start], folded[end : end + 1])
    )


def _starts(folded: str, position: int, forms: Iterable[str]) -> str:
    position += folded[position : position + 1] == " "
    if not folded.startswith(tuple(forms), position):
        return ""
    return next((form for form in forms if folded.startswith(form, position)), "")


def _ends(folded: str, position: int, forms: Iterable[str]) -> str:
    position -= folded[position - 1 : position] == " "
    if not folded.endswith(tuple(forms), 0, position):
        return ""
    return next((form for form in forms if folded.endswith(form, 0, position)), "")


def _weigh_one(
    name: DiscoveredName,
    folded: str,
    start: int,
    end: int,
    left: Lexeme | None,
    right: Lexeme | None,
    language: Language,
    naming: Naming,
) -> None:
    heads = tuple(naming.heads)
    led = folded.startswith(heads, end)
    head = max((form for form in heads if folded.startswith(form, end)), key=len) if led else ""
    if head:
        name.heads[head] += 1
        name.party += 2
        return
    tail = _starts(folded, end, language.tails)
    name.detail = name.detail or language.tails.get(tail or name.tail, "")
    if _starts(folded, end, naming.near_after) or tail or _starts(folded, end, naming.events):
        name.place += 2
    if _ends(folded, start, naming.near_before) or _ends(folded, start, language.tails):
        name.place += 2
    if _ends(folded, start, naming.person_beside) or _starts(folded, end, naming.person_beside):
        name.person += 2
    elif _starts(folded, end, naming.person_after):
        name.person += 1
    if left is not None:
        flags = left.term.flags
        if flags & AT:
            name.place += 1 + ("at" in flags)
        elif flags & BESIDE and "and" not in flags:
            name.party += 1
        elif left.term.trigger and not left.term.trigger.noun and left.term.trigger.type in TAKEN:
            name.place += 1
    if right is not None:
        trigger = right.term.trigger
        if trigger is not None and trigger.change == "fell":
            name.place += 2
        elif right.term.people or (trigger and not trigger.noun) or _beside(right):
            name.party += 1


def _beside(lexeme: Lexeme) -> bool:
    """Whether a word makes a party of the name beside it; a word for "and" joins anything."""
    return bool(lexeme.term.flags & BESIDE) and "and" not in lexeme.term.flags
