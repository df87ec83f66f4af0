"""What a language is to the engine: data and a few functions. The engine knows no word of any language but through this.

``docs/engine.md`` tells how to write one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from re import Pattern
from typing import TYPE_CHECKING, Any

from zubda.languages.language import Language

if TYPE_CHECKING:  # the engine imports this module
    from zubda.extraction.values import NameMention

__all__ = [
    "Grammar",
    "Harm",
    "Inflector",
    "Language",
    "Naming",
    "People",
    "Term",
    "Trigger",
    "load_terms",
    "read_tables",
]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that opens a frame of a claim type; ``rule`` names it.

    ``change`` is what the claim says of who holds its places (a control change, ``fell`` where the word's subject is the place,
    or empty), ``state`` that no change is told, ``noun`` that the word names the event and needs a subject, a light verb or a toll,
    ``needs`` what the verb must be done to (``party``), or it tells something else.
    """

    rule: str
    type: str
    change: str = ""
    state: bool = False
    noun: bool = False
    passive: bool = False
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of harm: ``what`` is counted; ``suffer`` words follow the people counted, the others precede them.

    ``own`` words stand before the number and tell what their subject itself lost ("they lost 30 men").
    """

    rule: str
    what: str
    suffer: bool
    own: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """A word for people or things.

    ``side`` if the word tells it, ``what`` how a number of them is counted, ``single`` that it means one person unless told
    otherwise (commander, minister).
    """

    rule: str
    side: str = ""
    armed: bool = False
    role: bool = False
    what: str = ""
    single: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """All that one surface form may be. ``noun`` is the trigger as which it reads where it is a noun.

    ``flags`` are the grammar's word classes (``passive``, ``toward``, ``hearsay``, ...) and the names of inflected forms.
    """

    trigger: Trigger | None = None
    harms: tuple[Harm, ...] = ()
    speech: str = ""
    people: People | None = None
    flags: frozenset[str] = frozenset()
    place_kind: str = ""
    noun: Trigger | None = None

    def merged(self, other: Term) -> Term:
        """Both readings of one form; the first keeps its trigger and people."""
        return Term(
            self._verbal() or other._verbal() or self.trigger or other.trigger,
            (*self.harms, *(harm for harm in other.harms if harm not in self.harms)),
            self.speech or other.speech,
            _both(self.people, other.people),
            self.flags | other.flags,
            self.place_kind or other.place_kind,
            self.noun or other.noun,
        )

    def _verbal(self) -> Trigger | None:
        """The trigger, unless the form is only a noun of an event."""
        return None if self.noun is not None and self.noun is self.trigger else self.trigger


def _both(one: People | None, other: People | None) -> People | None:
    """Two readings of one word for people: the first, counted as the thing that the second says it is."""
    if one is None or other is None or one.what:
        return one or other
    return replace(one, what=other.what)


@dataclass(frozen=True)
class Grammar:
    """Word order and punctuation.

    ``sentence_end`` matches what ends a sentence (with closing quotes), ``clause_end`` what parts clauses within one.
    ``passive_before`` tells that the doer of a passive stands before the verb, after the passive word; otherwise it follows a word
    of the class ``by``. ``modifier_first`` tells that what modifies a noun stands before it (the holder of "X-held Y" before both).
    ``bounded`` tells that words are parted by spaces, so that a form must not match inside a longer word.
    ``inflected`` tells that verbs change their form, so that voice and finiteness are read off the word (``base``, ``third``, ``past``,
    ``participle``, ``gerund``) and the small words before it, and that an object follows its verb.
    """

    sentence_end: Pattern[str]
    clause_end: Pattern[str]
    passive_before: bool
    modifier_first: bool
    bounded: bool
    inflected: bool = False


@dataclass(frozen=True)
class Naming:
    """How names that no theatre knows are found and what the words beside them make of them; all forms are folded.

    ``find`` gives candidates by shape from folded text (``cased``: from the text as it stands, since capitals tell a name) and the
    spans of known words, ``from_title`` those in the title of an
    article (the place of a battle, the name itself). ``heads`` are nouns that make a party of a
    name before them (in a language that modifies backwards, after them), by class: ``regular``, ``state``, ``rebel``, ``people``;
    ``generic`` are nouns that are a party by themselves, by class. ``events`` are nouns before which a name is a place or a party.
    ``near_after`` and ``near_before`` tell a place beside a name, ``person_beside`` and ``person_after`` a person; ``against`` and
    ``together`` stand between two names that do. ``meet`` are what two joined by "and" do against each other; else they act together. ``parted``
    part the two sides of a war between their names ("on the other side"); ``versus`` are words for "and" that may set one side
    against the other, so that whoever is listed after them stands together; ``called`` open
    a bracket with another name of the same party. ``ends`` are characters that are no part of a name,
    ``cut`` those to which the name of a country may be cut.
    """

    find: Callable[[str, Sequence[tuple[int, int]]], list[NameMention]]
    from_title: Callable[[str], list[str]]
    heads: Mapping[str, str]
    generic: Mapping[str, str]
    events: tuple[str, ...]
    near_after: tuple[str, ...]
    near_before: tuple[str, ...]
    person_beside: tuple[str, ...]
    person_after: tuple[str, ...]
    against: tuple[str, ...]
    together: tuple[str, ...]
    meet: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()
    versus: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    ends: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    cased: bool = False


def read_tables(package: str, name: str) -> Mapping[str, Any]:
    """A TOML file of a language's folder."""
    return tomllib.loads(resources.files(package).joinpath(name).read_text(encoding="utf-8"))


def load_naming(
    tables: Mapping[str, Any],
    find: Callable[[str, Sequence[tuple[int, int]]], list[NameMention]],
    from_title: Callable[[str], list[str]],
    before_head: str = "",
) -> Naming:
    """How a language finds and judges names, by the tables of its names.toml; ``before_head`` stands between a name and its head."""

    def longest_first(table: str, row: str) -> tuple[str, ...]:
        return tuple(sorted(tables[table].get(row, ()), key=len, reverse=True))

    return Naming(
        find,
        from_title,
        heads={before_head + form: kind for kind, forms in tables["heads"].items() for form in forms},
        generic={form: kind for kind, forms in tables["generic"].items() for form in forms},
        events=longest_first("events", "tails"),
        near_after=longest_first("near", "after"),
        near_before=longest_first("near", "before"),
        person_beside=longest_first("persons", "beside"),
        person_after=longest_first("persons", "after"),
        against=longest_first("stance", "against"),
        together=longest_first("stance", "together"),
        meet=longest_first("stance", "meet"),
        parted=longest_first("stance", "parted"),
        versus=longest_first("stance", "versus"),
        called=longest_first("stance", "called"),
    )


Inflector = Callable[[str], Iterable[tuple[str, str]]]
"""From a lemma to its forms, each with the name of the form (``past``, ``plural``)."""


def load_terms(
    package: str, fold: Callable[[str], str], verbs: Inflector | None = None, nouns: Inflector | None = None
) -> dict[str, Term]:
    """The terms of a language's folder: triggers.toml, casualties.toml, grammar.toml, people.toml, places.toml.

    ``verbs`` and ``nouns`` give the forms of a lemma where words change their form; the names of the forms become flags.
    """
    loader = _Loader(package, fold, verbs, nouns)
    loader.triggers()
    loader.casualties()
    loader.grammar()
    loader.people()
    if nouns is not None:
        loader.places(nouns)
    return loader.terms


class _Loader:
    def __init__(self, package: str, fold: Callable[[str], str], verbs: Inflector | None, nouns: Inflector | None):
        self.package, self.fold = package, fold
        self.inflectors = {"verbs": verbs, "nouns": nouns}
        self.terms: dict[str, Term] = {}

    def enter(self, form: str, term: Term) -> None:
        key = self.fold(form)
        self.terms[key] = self.terms[key].merged(term) if key in self.terms else term

    def inflected(self, kind: str, lemmas: Iterable[str], term: Term) -> None:
        """Every form of every lemma, with the form's name as a flag."""
        inflector = self.inflectors[kind]
        if inflector is None:
            return
        for lemma in lemmas:
            for form, name in inflector(lemma):
                self.enter(form, replace(term, flags=term.flags | {name}))

    def entries(self, table: Mapping[str, Any], term: Term) -> None:
        """``forms`` as they stand, ``verbs`` and ``nouns`` in all their forms."""
        for form in table.get("forms", ()):
            self.enter(form, term)
        for kind in self.inflectors:
            self.inflected(kind, table.get(kind, ()), term)

    def triggers(self) -> None:
        for rule, table in read_tables(self.package, "triggers.toml").items():
            trigger = Trigger(
                rule,
                table["type"],
                table.get("change", ""),
                table.get("state") == "yes",
                table.get("noun") == "yes",
                table.get("passive") == "yes",
                table.get("needs", ""),
            )
            self.entries({**table, "nouns": ()}, Term(trigger=trigger))
            self.inflected("nouns", table.get("nouns", ()), Term(trigger=trigger, noun=trigger))

    def casualties(self) -> None:
        for what, table in read_tables(self.package, "casualties.toml").items():
            suffer, inflict = Harm(f"harm_{what}", what, True), Harm(f"harm_{what}", what, False)
            lose = Harm(f"harm_{what}", what, True, own=True)
            for harm, key in ((suffer, "suffer"), (inflict, "inflict"), (lose, "lose")):
                for form in table.get(key, ()):
                    self.enter(form, Term(harms=(harm,)))
            self.inflected("verbs", table.get("verbs", ()), Term(harms=(inflict, suffer)))
            self.inflected("verbs", table.get("suffering_verbs", ()), Term(harms=(suffer,)))
            self.inflected("nouns", table.get("nouns", ()), Term(harms=(inflict, suffer)))

    def grammar(self) -> None:
        for flag, table in read_tables(self.package, "grammar.toml").items():
            for key, forms in table.items():
                if key in self.inflectors:
                    self.inflected(key, forms, Term(flags=frozenset({flag})))
                elif flag == "speech" and self.inflectors["verbs"]:
                    self.inflected("verbs", forms, Term(speech=key, flags=frozenset({flag})))
                else:
                    extra = frozenset({flag} if key == "forms" or flag == "speech" else {flag, f"{flag}_{key}"})
                    for form in forms:
                        self.enter(form, Term(speech=key if flag == "speech" else "", flags=extra))

    def people(self) -> None:
        for rule, table in read_tables(self.package, "people.toml").items():
            people = People(
                rule,
                table.get("side", ""),
                table.get("armed") == "yes",
                table.get("role") == "yes",
                table.get("what", ""),
                table.get("single") == "yes",
            )
            self.entries(table, Term(people=people))

    def places(self, nouns: Inflector) -> None:
        """Words that tell the kind of the place named beside them."""
        for kind, words in read_tables(self.package, "places.toml")["kinds"].items():
            for word in words:
                for form, _ in nouns(word):
                    self.enter(form, Term(place_kind=kind))
