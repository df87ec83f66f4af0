"""A sentence with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from zubda.extraction.values import CountMention, DateMention
from zubda.extraction.vocabulary import Lexeme
from zubda.languages.interface import Term
from zubda.model import Block

__all__ = ["Mark", "Segment", "Sentence"]

EMPTY = Lexeme()


@dataclass(slots=True)
class Mark:
    """Something found: ``start`` and ``end`` in the document's plain text; at most one of ``date`` and ``count`` is set.

    ``name`` marks a capitalised Latin name that nothing knows; ``term`` is the language's reading, ``flags`` its word classes.
    """

    start: int
    end: int
    lexeme: Lexeme = EMPTY
    date: DateMention | None = None
    count: CountMention | None = None
    name: bool = False
    term: Term = field(init=False)
    flags: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.term = self.lexeme.term
        self.flags = self.term.flags

    def has(self, flag: str) -> bool:
        """Whether the mark is of that word class."""
        return flag in self.flags


@dataclass(frozen=True, slots=True)
class Segment:
    """The stretch of a clause, from ``start`` up to ``end`` (plain offsets), in which one subject goes with its verbs.

    A verb of saying opens one (what is said has its own subject), so does a causative ("forced them to leave"), a word that starts
    a clause, and a bracket: ``opened`` is ``clause``, ``speech``, ``pivot``, ``and`` or ``aside``.
    """

    number: int
    start: int
    end: int
    clause: int
    opened: str


@dataclass(slots=True)
class Sentence:
    """One sentence: plain offsets, its marks left to right, where its clauses end, the block it stands in.

    ``flags`` are the word classes of all its marks.
    """

    start: int
    end: int
    block: Block
    text: str
    folded: str
    marks: list[Mark] = field(default_factory=list)
    clause_ends: list[int] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    flags: frozenset[str] = frozenset()
    _inside: list[list[int]] = field(default_factory=list)

    def surface(self, start: int, end: int) -> str:
        """The plain characters between two plain offsets."""
        return self.text[start - self.start : end - self.start]

    def clause_of(self, position: int) -> int:
        """Number of the clause that holds a plain offset."""
        for number, end in enumerate(self.clause_ends):
            if position < end:
                return number
        return max(0, len(self.clause_ends) - 1)

    def in_clause(self, clause: int) -> list[Mark]:
        """The marks of a clause."""
        start = self.clause_ends[clause - 1] if clause else self.start
        return [mark for mark in self.marks if start <= mark.start < self.clause_ends[clause]]

    def segment_of(self, position: int) -> Segment:
        """The segment that holds a plain offset."""
        for segment in self.segments:
            if position < segment.end:
                return segment
        return self.segments[-1]

    def in_segment(self, segment: Segment) -> list[int]:
        """Indices of the marks of a segment."""
        if len(self._inside) != len(self.segments):
            self._inside = [
                [index for index, mark in enumerate(self.marks) if part.start <= mark.start < part.end]
                for part in self.segments
            ]
        return self._inside[segment.number]
