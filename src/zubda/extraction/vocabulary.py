"""One automaton for everything that has a form: the language's terms and the theatre's names, matched in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.languages.interface import Language, Term
from zubda.model import Theatre

__all__ = ["Lexeme", "Vocabulary"]

NO_TERM = Term()
SEAT = "seat"
BEYOND = 30
LONGEST_ACRONYM = 4
SHOUTED = 8  # letters on either side of a form in capitals that are capitals too, in a text that is written so
PARTING = re.compile(r"[\s-]")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What one form may be: a term of the language, places, an actor, a source of the theatre.

    ``seat`` is the actor that is called after the city where he sits, where it speaks.
    """

    term: Term = NO_TERM
    places: tuple[str, ...] = ()
    actor: str | None = None
    source: str | None = None
    seat: str | None = None


class Vocabulary:
    """Forms to lexemes for one language and one theatre; `Vocabulary.extended` adds names learned from a document."""

    def __init__(self, language: Language, theatre: Theatre | None, base: Vocabulary | None = None) -> None:
        self.bounded, self.language = language.grammar.bounded, language
        self.base = base
        self.acronyms: frozenset[str] = base.acronyms if base else _acronyms(language, theatre)
        if base is not None:
            return
        entries: dict[str, Lexeme] = {form: Lexeme(term) for form, term in language.terms.items()}
        for form, lexeme in _names(language, theatre):
            known = entries.get(form)
            entries[form] = _merged(known, lexeme) if known else lexeme
        if self.bounded:
            entries = {
                form: _headed(form, lexeme, language)
                for form, lexeme in entries.items()
                if not _event(form, lexeme, language, entries)
            }
        self._index(entries)

    def extended(self, extra: Iterable[tuple[str, Lexeme]]) -> Vocabulary:
        """The same with further names, which are matched by an automaton of their own: one document's names are few."""
        layer = Vocabulary(self.language, None, self)
        entries: dict[str, Lexeme] = {}
        for form, lexeme in extra:
            number = self.numbers.get(form)
            known = entries.get(form) or (self.lexemes[number] if number is not None else None)
            entries[form] = _merged(known, lexeme) if known else lexeme
        layer._index(
            {form: _headed(form, lexeme, self.language) if self.bounded else lexeme for form, lexeme in entries.items()}
        )
        return layer

    def _index(self, entries: Mapping[str, Lexeme]) -> None:
        if self.bounded:
            entries = {**_led(entries, self.base.rests if self.base else _rests(entries)), **entries}
            self.rests: dict[str, str] = _rests(entries)
        self.forms = [form for form in entries if form]
        self.lexemes = [entries[form] for form in self.forms]
        self.numbers = {form: number for number, form in enumerate(self.forms)}
        self.edges = [self._edges(form) for form in self.forms]
        self.automaton = AhoCorasick(self.forms, matchkind=MatchKind.LeftmostLongest)

    def _edges(self, form: str) -> tuple[bool, bool]:
        """Whether a form begins and ends with a Latin letter, and so must not match within a longer word."""
        latin = self.bounded or form[0] < "\u0250"
        return latin and _letter(form[0]), latin and _letter(form[-1])

    def as_written(self, start: int, end: int, lexeme: Lexeme, text: str) -> Lexeme:
        """What a match means by its capitals: "IS" is a group, "is" a verb. ``text`` is the text as it stands."""
        form = text[start:end]
        if len(form) > LONGEST_ACRONYM or form.lower() not in self.acronyms:
            return lexeme
        if form.isupper() and not text[max(0, start - SHOUTED) : end + SHOUTED].isupper():
            return replace(lexeme, term=NO_TERM)
        return Lexeme(lexeme.term)

    def find(
        self, folded: str, known: Iterable[tuple[int, int, Lexeme]] | None = None
    ) -> Iterator[tuple[int, int, Lexeme]]:
        """Start, end and lexeme of every match in folded text, left to right; of two that overlap the first, then the longer.

        ``known`` is what the vocabulary that this one extends finds there, if that was looked up before.
        """
        if self.base is None:
            yield from self._find(folded) if known is None else known
            return
        end = 0
        below = self.base.find(folded) if known is None else known
        for match in sorted((*self._find(folded), *below), key=_leftmost_longest):
            if match[0] >= end:
                yield match
                end = match[1]

    def _find(self, folded: str) -> Iterator[tuple[int, int, Lexeme]]:
        """Start, end and lexeme of every match in folded text, left to right; a form within a longer Latin word is none."""
        lexemes, bounded, edges = self.lexemes, self.bounded, self.edges
        for number, start, end in self.automaton.find_matches_as_indexes(folded):
            first, last = edges[number]
            if (first and _letter(folded[start - 1 : start])) or (last and _letter(folded[end : end + 1])):
                if bounded and PARTING.search(folded, start, end):
                    yield from self._within(folded, start, end)
                continue
            yield start, end, lexemes[number]

    def _within(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int, Lexeme]]:
        """The forms of whole words inside a match that begins or ends within a word."""
        words = [(start + word.start(), start + word.end()) for word in WORD.finditer(folded[start : end + BEYOND])]
        whole = [(low, high) for low, high in words if _parted(folded, low, high)]
        taken = start
        for low, _ in whole:
            for _, high in reversed(whole):
                if taken <= low < min(high, end) and folded[low:high] in self.numbers:
                    yield low, high, self.lexemes[self.numbers[folded[low:high]]]
                    taken = high
                    break


def _acronyms(language: Language, theatre: Theatre | None) -> frozenset[str]:
    """Folded forms of the theatre, written in capitals, that in small letters are words of the language, or short enough to be some."""
    if theatre is None or not language.grammar.bounded:
        return frozenset()
    places = (form for place in theatre.places.values() for _, form in place.forms)
    actors = (form for actor in theatre.actors.values() for _, form in actor.forms)
    sources = (form for source in theatre.sources.values() for _, form in source.forms)
    forms = (form for form in chain(places, actors, sources) if form.isupper())
    short = (form for form in forms if len(form) <= LONGEST_ACRONYM)
    return frozenset(
        key for form in short if len(key := language.fold(form)) < LONGEST_ACRONYM or key in language.terms
    )


def _rests(entries: Mapping[str, Lexeme]) -> dict[str, str]:
    """What follows a determiner in forms that begin with one ("the army"), with the determiner."""
    parts = ((form.partition(" "), lexeme) for form, lexeme in entries.items() if lexeme.actor or lexeme.source)
    return {
        rest: first
        for (first, _, rest), _ in parts
        if rest and first in entries and "determiner" in entries[first].term.flags
    }


def _led(entries: Mapping[str, Lexeme], rests: Mapping[str, str]) -> dict[str, Lexeme]:
    """Names that begin like one after a determiner, with that determiner: "the army of the north" is not "the army"."""
    led: dict[str, Lexeme] = {}
    for form, lexeme in entries.items():
        words = form.split(" ")
        for count in range(1, len(words)):
            first = rests.get(" ".join(words[:count]))
            if first is not None:
                led[f"{first} {form}"] = lexeme
    return led


def _leftmost_longest(match: tuple[int, int, Lexeme]) -> tuple[int, int]:
    return match[0], -match[1]


def _parted(folded: str, start: int, end: int) -> bool:
    """Whether no letter stands right before or after."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (before and _letter(before)) and not (after and _letter(after))


def _letter(character: str) -> bool:
    return character < "\u0250" and character.isalnum()


def _merged(one: Lexeme, other: Lexeme) -> Lexeme:
    return Lexeme(
        one.term.merged(other.term) if other.term is not NO_TERM else one.term,
        one.places or other.places,
        one.actor or other.actor,
        one.source or other.source,
        one.seat or other.seat,
    )


def _event(form: str, lexeme: Lexeme, language: Language, entries: Mapping[str, Lexeme]) -> bool:
    """Whether an actor's form is another form of the actor and a noun of an event, which the two tell by themselves."""
    before, _, last = form.rpartition(" ")
    return bool(lexeme.actor and before in entries and language.terms.get(last, NO_TERM).noun)


def _headed(form: str, lexeme: Lexeme, language: Language) -> Lexeme:
    """An actor's name with the reading of its last word: "Dalmerian tanks" are tanks."""
    if not lexeme.actor or lexeme.term is not NO_TERM or " " not in form:
        return lexeme
    head = language.terms.get(form.rpartition(" ")[2], NO_TERM)
    if head.people is None:
        return lexeme
    return replace(lexeme, term=Term(people=head.people, flags=head.flags & frozenset({"singular", "plural"})))


def _described(language: Language, form: str) -> bool:
    """Whether a form counts one thing ("a base near X") or says where it lies: a description of something without a name."""
    counts = language.find_counts(form)
    one = any(count.low == count.high == 1 and count.unit not in ("name", "none", "ordinal") for count in counts)
    lies = any("located" in term.flags and form.startswith(word) for word, term in language.located.items())
    return one or lies


def _names(language: Language, theatre: Theatre | None) -> Iterator[tuple[str, Lexeme]]:
    if theatre is None:
        return
    found: dict[str, Lexeme] = {}

    def enter(form: str, lexeme: Lexeme) -> None:
        key = language.fold(form)
        if len(key) < 2 or (lexeme.places and _described(language, key)):
            return
        known = found.get(key)
        if known is None:
            found[key] = lexeme
        else:
            places = tuple(dict.fromkeys((*known.places, *lexeme.places)))
            actor, source = known.actor or lexeme.actor, known.source or lexeme.source
            found[key] = Lexeme(NO_TERM, places, actor, source, known.seat or lexeme.seat)

    for place in theatre.places.values():
        for spoken, form in place.forms:
            if spoken in ("und", language.code, "en"):
                enter(form, Lexeme(places=(place.id,)))
    for actor in theatre.actors.values():
        for spoken, form in actor.forms:
            if spoken in ("und", language.code, "en"):
                enter(form, Lexeme(actor=actor.id))
            elif spoken == SEAT:
                enter(form, Lexeme(seat=actor.id))
    for source in theatre.sources.values():
        for spoken, form in source.forms:
            if spoken in ("und", language.code, "en"):
                enter(form, Lexeme(source=source.id))
    yield from found.items()
