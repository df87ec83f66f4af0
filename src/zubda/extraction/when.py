"""Which day a frame gets: the dates that a sentence tells, how far each reaches, and what governed before (codebook rule 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from zubda.extraction.dating import RunningDate
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.splitting import sentences
from zubda.extraction.values import DateMention
from zubda.languages.interface import Language
from zubda.model import Block, DayRange, Document

__all__ = ["SentenceDates", "ToldDate", "date_line", "dates_of", "lasted", "lasts_beyond", "steps_on"]

OPENING, CLOSING = "(（[【", ")）]】"
LASTING = frozenset({"alliance"})
NARROW_DAYS = 7
WIDE = 25
SHORT_LINE = 40
DATE_LINE_SLACK = 4


def steps_on(following: Sequence[Block], folded: str, language: Language) -> bool:
    """Whether the text below a heading, up to the next heading or short line, goes on from its date to the day after."""
    for block in following:
        text = folded[block.start : block.end]
        if block.kind == "heading" or len(text) < SHORT_LINE:
            return False
        for mention in language.find_dates(text):
            if mention.kind == "relative" and mention.offset and mention.offset[0] == 1 and mention.moves:
                return True
    return False


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A date of a sentence: plain range, days, clause, and how far it reaches.

    ``governs`` tells that it holds beyond its clause; ``event`` that it dates only what stands before it in its clause ("two days
    after the raid"); ``bracket`` is the plain range of the brackets that it stands in, ``modifies`` that a noun follows it.
    ``meaning`` are the days of the mention itself, which ``days`` may go beyond ("until the 9th"); ``until`` tells that it is the
    end of what goes on from the governing date.
    """

    start: int
    end: int
    days: DayRange
    clause: int
    governs: bool
    event: bool = False
    bracket: tuple[int, int] | None = None
    modifies: bool = False
    rule: str = ""
    meaning: DayRange | None = None
    until: bool = False


def dates_of(document: Document, language: Language) -> Iterator[tuple[int, int, str, DayRange | None]]:
    """Every date mention of a document's account with its plain range, rule and days (None where the text does not tell them)."""
    folded = language.fold(document.text)
    running = RunningDate(document.published)
    for number, block in enumerate(document.blocks):
        if not block.narrative:
            continue
        line = date_line(document.blocks, number, folded, language, running)
        if line is not None:
            for mention in line:
                yield block.start + mention.start, block.start + mention.end, mention.rule, running.meaning(mention)
            continue
        running.paragraph()
        for sentence in sentences(document, block, folded, (), language):
            for told in SentenceDates(sentence, running).told:
                yield told.start, told.end, told.rule.removeprefix("date_"), told.meaning


def date_line(
    blocks: Sequence[Block], number: int, folded: str, language: Language, running: RunningDate
) -> Sequence[DateMention] | None:
    """The dates of block ``number`` if it is a heading or a line that is nothing but a date, which move the running date; else None."""
    block = blocks[number]
    text = folded[block.start : block.end]
    if block.kind not in ("heading", "list_item", "paragraph") or (block.kind != "heading" and len(text) > SHORT_LINE):
        return None
    mentions = language.find_dates(text)
    dated = sum(mention.end - mention.start for mention in mentions)
    alone = bool(mentions) and len(text) - dated <= DATE_LINE_SLACK
    if block.kind != "heading" and not alone:
        return None
    ranged = any(mention.last for mention in mentions)
    running.heading(mentions, block.level, ranged and steps_on(blocks[number + 1 :], folded, language))
    return mentions


def lasts_beyond(type: str, days: DayRange | None) -> bool:
    """Whether what is told without a date of its own lasts: a month or a year told before does not date an alliance."""
    return type in LASTING and days is not None and (days.last - days.first).days > NARROW_DAYS


def lasted(sentence: Sentence, clause: int, days: DayRange | None) -> DayRange | None:
    """The days of a state told with its length and the day by which it had lasted so long: "besieged for ten days", "after a siege of
    two months"; as they are, if the clause tells no one length."""
    dates = [mark.date for mark in sentence.in_clause(clause)]
    lengths = [date.offset[1] for date in dates if date and date.offset and date.kind == "duration"]
    if len(lengths) != 1 or days is None or days.first != days.last:
        return days
    return DayRange(days.first - timedelta(days=lengths[0]), days.last)


class SentenceDates:
    """The dates of one sentence; making it moves the document's running date.

    ``first`` is the day that governs at the sentence's beginning or, if it tells a date, the first one it tells.
    """

    def __init__(self, sentence: Sentence, running: RunningDate) -> None:
        self.sentence = sentence
        self.before = running.current
        self.told: list[ToldDate] = []
        for index, mark in enumerate(sentence.marks):
            mention = mark.date
            if mention is not None and mention.kind != "duration":
                told = self._tell(index, mark, mention, running)
                if told is not None:
                    self.told.append(told)
        self.after = running.current
        self.telling: frozenset[int] = frozenset()
        self.first = self.told[0].days if self.told else running.current

    def _tell(self, index: int, mark: Mark, mention: DateMention, running: RunningDate) -> ToldDate | None:
        bracket = self._bracket(mark.start)
        moves = mention.moves and not mention.background and bracket is None and not mention.event
        before = running.current
        meaning, days = running.meaning(mention), running.resolve(mention, moves=moves)
        if days is None:
            return None
        governs = moves and (running.current is not before or mention.kind == "same")
        modifies = self._modifies(index)
        clause = self.sentence.clause_of(mark.start)
        rule = f"date_{mention.rule}"
        until = mention.bound == "until"
        return ToldDate(
            mark.start, mark.end, days, clause, governs, mention.event, bracket, modifies, rule, meaning, until
        )

    def _modifies(self, index: int) -> bool:
        """Whether a noun that is no event follows the date, so that it dates the noun ("the losses of the 4th")."""
        marks = self.sentence.marks
        following = marks[index + 1 : index + 3]
        if not following or not following[0].has("the") or following[0].start != marks[index].end:
            return False
        noun = following[1].term.trigger if len(following) > 1 else None
        return noun is None or not noun.noun or following[1].start != following[0].end

    def _bracket(self, position: int) -> tuple[int, int] | None:
        sentence, at = self.sentence, position - self.sentence.start
        opened = max(sentence.text.rfind(bracket, 0, at) for bracket in OPENING)
        if opened < 0 or any(bracket in sentence.text[opened:at] for bracket in CLOSING):
            return None
        closed = min((found for bracket in CLOSING if (found := sentence.text.find(bracket, at)) >= 0), default=-1)
        return (sentence.start + opened, sentence.start + closed) if closed >= 0 else None

    def follow_clauses(self, telling: Collection[int]) -> None:
        """The sentence's clauses were found anew: put every date into its clause again. ``telling`` are the clauses with a verb."""
        self.telling = frozenset(telling)
        self.told = [replace(told, clause=self.sentence.clause_of(told.start)) for told in self.told]

    def at(
        self, start: int, end: int, region: tuple[int, int] = (0, 0)
    ) -> tuple[DayRange | None, str, tuple[int, int]]:
        """The days of the frame that stands at plain ``start`` to ``end``, the rule that tells them, and its plain range."""
        clause = self.sentence.clause_of(start)
        own = [
            told
            for told in self.told
            if region[0] <= told.start < region[1] and told.clause == clause and not told.modifies and told.governs
        ]
        if own and not own[0].event:
            return own[0].days, own[0].rule, (own[0].start, own[0].end)
        reaching = [told for told in self.told if self._reaches(told, start)]
        here = [told for told in reaching if told.clause == clause]
        chosen = self._in_clause(here, start)
        if chosen is None or (chosen.start > end and self._recalls(chosen, clause)):
            earlier = [
                told for told in reaching if told.clause < clause and (told.governs or self._leads_to(told, clause))
            ]
            chosen = earlier[-1] if earlier else chosen
        if chosen is None and self.telling:
            chosen = self._trailing(clause)
        if chosen is not None:
            ended = self._beaten_off(chosen, end)
            return ended or chosen.days, chosen.rule, (chosen.start, chosen.end)
        later = [told for told in self.told if told.start >= end and told.governs]
        return (self.before if later and self.before is not None else self.after), "date_goes_on", (start, end)

    def _recalls(self, told: ToldDate, clause: int) -> bool:
        """Whether a date only tells since when, or of what, another thing was so, where the sentence opened with a day of its own:
        "on the 21st, they took the quarter that had been held since 2012"."""
        if told.governs or told.event or told.bracket is not None or not self.telling:
            return False
        return any(other.governs and other.clause < clause and other.clause not in self.telling for other in self.told)

    def _trailing(self, clause: int) -> ToldDate | None:
        """The date of a clause after this one that tells nothing itself: "..., a town in the south, on 4 May"."""
        for told in self.told:
            if told.clause > clause and not any(clause < other <= told.clause for other in self.telling):
                return told
        return None

    def _beaten_off(self, chosen: ToldDate, end: int) -> DayRange | None:
        """The days of an attack that the sentence goes on to tell was beaten off on a later day."""
        for told in self.told:
            if (
                told.start >= end
                and told.until
                and told.clause > chosen.clause
                and told.days.first == chosen.days.first
            ):
                clause = self.sentence.in_clause(told.clause)
                following = (
                    self.sentence.in_clause(told.clause + 1) if told.clause + 1 < len(self.sentence.clause_ends) else []
                )
                if any(mark.has("failure") for mark in (*clause, *following)):
                    return told.days
        return None

    @staticmethod
    def _reaches(told: ToldDate, position: int) -> bool:
        if told.bracket is not None and not told.bracket[0] <= position <= told.bracket[1]:
            return False
        return not told.event or position < told.start

    def _in_clause(self, here: list[ToldDate], start: int) -> ToldDate | None:
        """The last date before the frame, else the first after it that is no modifier; of two that nest the narrower."""
        before = [told for told in here if told.start < start]
        after = [told for told in here if told.start > start and not told.modifies]
        inner = [told for told in here if told.bracket is not None or told.event]
        chosen = inner[-1] if inner else before[-1] if before else after[0] if after else None
        if chosen is None:
            return None
        narrower = [
            told
            for told in (*before, *after)
            if told.days.days < chosen.days.days and told.days.overlap(chosen.days) == told.days.days
        ]
        return narrower[-1] if narrower and chosen.days.days > WIDE else chosen

    def _leads_to(self, told: ToldDate, clause: int) -> bool:
        """Whether a date that governs only its clause is an adverbial before the clause: its own clause tells nothing."""
        if told.clause != clause - 1 or told.modifies:
            return False
        low = self.sentence.clause_ends[told.clause - 1] if told.clause else self.sentence.start
        high = self.sentence.clause_ends[told.clause]
        return not any(mark.term.trigger for mark in self.sentence.marks if low <= mark.start < high)
