"""A document to claims: its own names and the sides of its war first, then sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass

from zubda.extraction.belligerents import find_belligerents, unknowns_of
from zubda.extraction.collecting import RareCollections
from zubda.extraction.discovery import discover_names
from zubda.extraction.engine import Reader
from zubda.extraction.tongues import read_in, vocabulary_of
from zubda.gazetteer import Gazetteer
from zubda.languages import LANGUAGES, load_language
from zubda.languages.interface import Language
from zubda.model import Claim, Document, Theatre, Unknown

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True)
class Extraction:
    """What was found in one document: claims in the order of the text, names that the theatre does not know, warnings with counts."""

    claims: tuple[Claim, ...]
    unknowns: tuple[Unknown, ...] = ()
    warnings: tuple[str, ...] = ()


def extract(
    document: Document,
    theatre: Theatre | None,
    language: Language | None = None,
    gazetteer: Gazetteer | None = None,
) -> Extraction:
    """The claims of a document, by the rules of its language and the names of the theatre (None: without one).

    ``language`` defaults to the document's; a document in a language that is not read gives no claims and a warning.
    """
    if language is None:
        if document.language not in LANGUAGES:
            return Extraction((), (), (_not_read(document.language),))
        language = load_language(document.language)
    with RareCollections():
        return _extract(document, theatre, language, gazetteer or Gazetteer(theatre))


def _not_read(language: str) -> str:
    """The warning of a document in a language that no rules read, or in none that its letters tell."""
    if language == "und":
        return f"No claims: its text is in no language that is read ({', '.join(LANGUAGES)}), or too short to tell; say it with --lang."
    return f"No claims: the language {language!r} is not read."


def _extract(document: Document, theatre: Theatre | None, language: Language, gazetteer: Gazetteer) -> Extraction:
    vocabulary = vocabulary_of(language, theatre)
    main = read_in(document, language, vocabulary)
    names = discover_names(document, main.folded, main.found, language)
    if not names:
        return Extraction(*Reader(document, theatre, main, vocabulary, gazetteer).read())
    found = find_belligerents(document, main.folded, names, language, theatre)
    vocabulary = vocabulary.extended(found.extra)
    main = read_in(document, language, vocabulary, main.folded, main.found)
    if theatre is None:
        first, _ = Reader(document, found.theatre, main, vocabulary, gazetteer).read()
        found = found.with_sides(first)
    claims, unknowns = Reader(document, found.theatre, main, vocabulary, gazetteer).read()
    return Extraction(claims, unknowns_of(document, found, unknowns))
