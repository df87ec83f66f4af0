"""A sentence with what was found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zubda.extraction.values import CountMention, DateMention
from zubda.extraction.vocabulary import NO_TERM, Lexeme
from zubda.languages.interface import Language, Term
from zubda.model import Block, Document

__all__ = ["Mark", "Sentence", "sentences"]

NAME = re.compile(
    r"(?:[Aa]l-|[Aa]l |[Ee]l-|[Aa]s-|[Aa]z-)?[A-Z][A-Za-zÀ-ÿ'’ʿ`]*(?:[- ](?:al-|el-|as-|al |ibn |bin |de |of )?[A-Z0-9][A-Za-zÀ-ÿ'’ʿ`]*)*"
)
EMPTY = Lexeme()


@dataclass(slots=True)
class Mark:
    """Something found: ``start`` and ``end`` in the document's plain text; at most one of ``date`` and ``count`` is set.

    ``name`` marks a capitalised Latin name that nothing knows.
    """

    start: int
    end: int
    lexeme: Lexeme = EMPTY
    date: DateMention | None = None
    count: CountMention | None = None
    name: bool = False

    @property
    def term(self) -> Term:
        """The language's reading."""
        return self.lexeme.term

    def has(self, flag: str) -> bool:
        """Whether the mark is of that word class."""
        return flag in self.lexeme.term.flags


@dataclass(slots=True)
class Sentence:
    """One sentence: plain offsets, its marks left to right, where its clauses end, the block it stands in."""

    start: int
    end: int
    block: Block
    text: str
    folded: str
    marks: list[Mark] = field(default_factory=list)
    clause_ends: list[int] = field(default_factory=list)

    def surface(self, start: int, end: int) -> str:
        """The plain characters between two plain offsets."""
        return self.text[start - self.start : end - self.start]

    def clause_of(self, position: int) -> int:
        """Number of the clause that holds a plain offset."""
        for number, end in enumerate(self.clause_ends):
            if position < end:
                return number
        return max(0, len(self.clause_ends) - 1)


def sentences(
    document: Document, block: Block, folded: str, found: Sequence[tuple[int, int, Lexeme]], language: Language
) -> Iterator[Sentence]:
    """The sentences of one block. ``folded`` is the whole plain text folded, ``found`` the block's vocabulary matches."""
    text = folded[block.start : block.end]
    dates = language.find_dates(text)
    counts = language.find_counts(text)
    marks = _marks(document.text, block, found, dates, counts)
    position = 0
    taken = 0
    ends = [match.end() for match in language.grammar.sentence_end.finditer(text)]
    for end in (*ends, len(text)):
        start = position
        while start < end and text[start].isspace():
            start += 1
        position = end
        if start >= end:
            continue
        here = []
        while taken < len(marks) and marks[taken].start < block.start + end:
            here.append(marks[taken])
            taken += 1
        sentence = Sentence(
            block.start + start,
            block.start + end,
            block,
            document.text[block.start + start : block.start + end],
            text[start:end],
            here,
        )
        sentence.clause_ends = _clause_ends(sentence, language)
        yield sentence


def _clause_ends(sentence: Sentence, language: Language) -> list[int]:
    inside = [
        (mark.start, mark.end)
        for mark in sentence.marks
        if mark.end - mark.start > 1 and (mark.date or mark.count or mark.lexeme.places)
    ]
    ends = []
    for match in language.grammar.clause_end.finditer(sentence.folded):
        at = sentence.start + match.start()
        if not any(start < at < end for start, end in inside):
            ends.append(sentence.start + match.end())
    if not ends or ends[-1] < sentence.end:
        ends.append(sentence.end)
    return ends


def _marks(
    text: str,
    block: Block,
    found: Sequence[tuple[int, int, Lexeme]],
    dates: Sequence[DateMention],
    counts: Sequence[CountMention],
) -> list[Mark]:
    """Everything found, without overlap: names of the theatre first, then dates, counts, terms, and names that nobody knows."""
    marks: list[Mark] = []
    taken = bytearray(block.end - block.start)

    def enter(mark: Mark) -> None:
        low, high = mark.start - block.start, mark.end - block.start
        if low < high and not any(taken[low:high]):
            taken[low:high] = b"\x01" * (high - low)
            marks.append(mark)

    for start, end, lexeme in found:
        if (lexeme.places or lexeme.actor or lexeme.source) and end - start > 1:
            enter(Mark(start, end, lexeme))
    for date in dates:
        enter(Mark(block.start + date.start, block.start + date.end, date=date))
    for count in counts:
        enter(Mark(block.start + count.start, block.start + count.end, count=count))
    for start, end, lexeme in found:
        if lexeme.term is not NO_TERM:
            enter(Mark(start, end, lexeme))
    for match in NAME.finditer(text, block.start, block.end):
        if match.end() - match.start() > 1:
            enter(Mark(match.start(), match.end(), name=True))
    marks.sort(key=_start)
    return marks


def _start(mark: Mark) -> int:
    return mark.start
