"""A block of text to sentences with what was found in them, clauses and segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zubda.extraction.facilities import name_facilities
from zubda.extraction.marks import Mark, Segment, Sentence
from zubda.extraction.values import CountMention, DateMention
from zubda.extraction.vocabulary import NO_TERM, Lexeme
from zubda.languages.interface import Language
from zubda.languages.scanning import Taken
from zubda.model import Block, Document

__all__ = ["sentences"]

NAME = re.compile(
    r"(?:[Aa]l-|[Aa]l |[Ee]l-|[Aa]s-|[Aa]z-)?['’‘ʿ`]?[A-Z][A-Za-zÀ-ÿ'’ʿ`]*(?:[- ](?:al-|el-|as-|al |ibn |bin |de |of )?[A-Z0-9][A-Za-zÀ-ÿ'’ʿ`]*)*"
)
TITLE = re.compile(r"[《〈][^》〉]*[》〉]")
NONE: frozenset[str] = frozenset()
BRACKET = re.compile(r"\(([^()]*)\)")


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
        if text[start : start + 1].isspace():
            start = end - len(text[start:end].lstrip())
        position = end
        if start >= end:
            continue
        here = []
        while taken < len(marks) and marks[taken].start < block.start + end:
            here.append(marks[taken])
            taken += 1
        here = name_facilities(folded, text[start:end], block.start + start, here, language)
        sentence = Sentence(
            block.start + start,
            block.start + end,
            block,
            document.text[block.start + start : block.start + end],
            text[start:end],
            here,
            flags=NONE.union(*[mark.flags for mark in here]),
        )
        sentence.clause_ends = _clause_ends(sentence, language)
        if not language.grammar.inflected:  # else they are the clauses that the verbs make
            sentence.segments = _segments(sentence)
        yield sentence


def _clause_ends(sentence: Sentence, language: Language) -> list[int]:
    inside = [
        (mark.start, mark.end)
        for mark in sentence.marks
        if mark.end - mark.start > 1 and (mark.date or mark.count or mark.lexeme.places)
    ]
    first = sentence.start
    ends = {sentence.end}
    for match in language.grammar.clause_end.finditer(sentence.folded):
        at = first + match.start()
        if not any(start < at < end for start, end in inside):
            ends.add(first + match.end())
    for match in BRACKET.finditer(sentence.folded) if "(" in sentence.folded else ():
        start, end = first + match.start(), first + match.end()
        if any(mark.term.trigger and start < mark.start < end for mark in sentence.marks):
            ends.update((start + 1, end))
    return sorted(ends)


def _segments(sentence: Sentence) -> list[Segment]:
    found: list[Segment] = []
    start, taken, marks = sentence.start, 0, sentence.marks
    for clause, end in enumerate(sentence.clause_ends):
        opened = "aside" if start > sentence.start and sentence.folded[start - sentence.start - 1] == "(" else "clause"
        cuts = [(start, opened)]
        while taken < len(marks) and marks[taken].start < end:
            mark = marks[taken]
            taken += 1
            if mark.term.speech or "pivot" in mark.flags:
                cuts.append((mark.end, "speech" if mark.term.speech else "pivot"))
            elif "conjunction" in mark.flags and mark.start > start:
                cuts.append((mark.start, "and"))
        for number, (begin, how) in enumerate(cuts):
            stop = cuts[number + 1][0] if number + 1 < len(cuts) else end
            if begin < stop:
                found.append(Segment(len(found), begin, stop, clause, how))
        start = end
    return found


def _marks(
    text: str,
    block: Block,
    found: Sequence[tuple[int, int, Lexeme]],
    dates: Sequence[DateMention],
    counts: Sequence[CountMention],
) -> list[Mark]:
    """Everything found, without overlap: names of the theatre first, then dates, counts, terms, and names that nobody knows."""
    marks: list[Mark] = []
    origin = block.start
    taken = Taken(block.end - origin)
    titles = [title.span() for title in TITLE.finditer(text, block.start, block.end)]
    for start, end, lexeme in found:
        if (lexeme.places or lexeme.actor or lexeme.source) and end - start > 1:
            titled = titles and not lexeme.source and any(low < start < high for low, high in titles)
            if not titled and taken.claim(start - origin, end - origin):
                marks.append(Mark(start, end, lexeme))
    told = (
        [(start, end) for start, end, lexeme in found if lexeme.term.trigger is not None and end - start > 1]
        if dates
        else []
    )
    for date in dates:
        low, high = block.start + date.start, block.start + date.end
        for start, end in told:
            if start <= low < end < high - 1:
                low = end  # "fought | for months"
            elif low < start < high < end:
                high = start  # "ten months of | siege"
        if taken.claim(low - origin, high - origin):
            marks.append(Mark(low, high, date=date))
    marks += [
        Mark(origin + count.start, origin + count.end, count=count)
        for count in counts
        if taken.claim(count.start, count.end)
    ]
    for start, end, lexeme in found:
        titled = titles and any(low < start < high for low, high in titles)
        if lexeme.term is not NO_TERM and not titled and taken.claim(start - origin, end - origin):
            marks.append(Mark(start, end, lexeme))
    numbers = {mark.start for mark in marks if mark.count is not None}
    marks = [mark for mark in marks if "adjacent" not in mark.flags or mark.end in numbers]
    for match in NAME.finditer(text, block.start, block.end):
        start = match.start()
        name = text[start : origin + taken.free_until(start - origin, match.end() - origin)].rstrip(" -")
        if len(name) > 1 and taken.claim(start - origin, start - origin + len(name)):
            marks.append(Mark(start, start + len(name), name=True))
    marks.sort(key=_start)
    return marks


def _start(mark: Mark) -> int:
    return mark.start
