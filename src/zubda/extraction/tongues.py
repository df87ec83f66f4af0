"""A document in one of the languages that its passages are in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zubda.extraction.vocabulary import Lexeme, Vocabulary
from zubda.languages import load_language
from zubda.languages.interface import Language
from zubda.model import Block, Document, Theatre

__all__ = ["Tongue", "read_in", "vocabulary_of"]

NOTHING = Lexeme()


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language to read passages in: with its folded form of the document and what its vocabulary finds there."""

    language: Language
    folded: str
    found: Sequence[tuple[int, int, Lexeme]]
    starts: Sequence[int]

    def inside(self, block: Block) -> Sequence[tuple[int, int, Lexeme]]:
        """What was found in a block."""
        return self.found[bisect_left(self.starts, block.start) : bisect_left(self.starts, block.end)]


@lru_cache(maxsize=8)
def _vocabulary(language: str, theatre: int, version: str) -> Vocabulary:
    return Vocabulary(load_language(language), _THEATRES[theatre])


_THEATRES: dict[int, Theatre | None] = {}


def vocabulary_of(language: Language, theatre: Theatre | None) -> Vocabulary:
    """The vocabulary of a language and a theatre, kept for the next document."""
    key = hash((theatre.id, theatre.version)) if theatre else 0
    _THEATRES[key] = theatre
    return _vocabulary(language.code, key, theatre.version if theatre else "")


def read_in(
    document: Document,
    language: Language,
    vocabulary: Vocabulary,
    folded: str | None = None,
    known: Sequence[tuple[int, int, Lexeme]] | None = None,
) -> Tongue:
    """The whole document folded by a language, and what a vocabulary finds in it.

    ``folded`` is the text folded already, ``known`` what the vocabulary without the document's own names found in it.
    """
    if folded is None:
        folded = language.fold(document.text)
    found = list(vocabulary.find(folded, known))
    if vocabulary.acronyms:
        written = [
            (start, end, vocabulary.as_written(start, end, lexeme, document.text)) for start, end, lexeme in found
        ]
        found = [entry for entry in written if entry[2] != NOTHING]
    return Tongue(language, folded, found, [start for start, _, _ in found])
