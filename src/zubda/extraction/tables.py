"""Tables: what a row says by its columns, and which of its cells are read as an account of the row's place.

A row with a place and a holder is a claim about who holds the place, in the text's own voice, for the day that the row gives. What
stands in the other cells is told of that place, under that day, and in the voice of the row's source if it names one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zubda.extraction.attribution import Voice
from zubda.extraction.dating import RunningDate
from zubda.extraction.parties import PartyMention, find_groups
from zubda.extraction.splitting import sentences
from zubda.extraction.vocabulary import Lexeme, Vocabulary
from zubda.gazetteer import Gazetteer
from zubda.languages.columns import table_words
from zubda.languages.interface import Language
from zubda.model import Block, Claim, ControlStatement, DayRange, Document, FiredRule, PlaceMention, Theatre, claim_id

__all__ = ["OWN_PLACE", "Row", "TableReader", "in_order", "settled"]

Found = Sequence[tuple[int, int, Lexeme]]

NUMERIC_DAY = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
LONGEST_NAME = 60
SAME_SCORE = 0.02
OWN_PLACE = frozenset({"territory", "control", "withdrawal"})
"""Types of claims that a row's cells tell of the row's own place."""
READ_AS_TEXT = ("", "narrative")


@dataclass(frozen=True)
class Row:
    """What one row says: claims by its columns, and ``parts`` to be read as sentences about ``places`` on ``days`` by ``voice``."""

    claims: tuple[Claim, ...] = ()
    parts: tuple[Block, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    days: DayRange | None = None
    voice: Voice | None = None


class TableReader:
    """Reads the rows of one document's tables in their order; the heading row of each sets what the columns mean."""

    def __init__(
        self,
        document: Document,
        theatre: Theatre | None,
        language: Language,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
    ) -> None:
        self.document = document
        self.theatre = theatre
        self.language = language
        self.vocabulary = vocabulary
        self.gazetteer = gazetteer
        self.words = table_words(language)
        self.roles: tuple[str, ...] = ()

    def head(self, block: Block, folded: str) -> None:
        """Learn from a table's heading row what its columns mean; with fewer than two known ones, none means anything."""
        roles = tuple(self.words.role(folded[start:end]) for start, end in block.cells)
        self.roles = roles if sum(map(bool, roles)) > 1 else ()

    def row(self, block: Block, folded: str, found: Found) -> Row:
        """What the row says. ``folded`` is the document's folded text, ``found`` the vocabulary matches in the row."""
        cells: dict[str, tuple[int, int]] = {}
        for role, cell in zip(self.roles, block.cells, strict=False):
            if role and cell[0] < cell[1]:
                cells.setdefault(role, cell)
        places = self._places(block, cells, folded, found)
        days = self._days(cells, folded)
        claims = self._held(block, cells, places, days, folded, found)
        voice = self._voice(cells, folded, found)
        return Row(claims, tuple(self._parts(block, folded, found)), places, days, voice)

    def _places(
        self, block: Block, cells: dict[str, tuple[int, int]], folded: str, found: Found
    ) -> tuple[PlaceMention, ...]:
        if "place" not in cells:
            return ()
        start, end = cells["place"]
        text = self.document.text[start:end]
        named = [(a, b) for a, b, lexeme in found if start <= a and b <= end and lexeme.places]
        if any(b - a == end - start for a, b in named) or ("holder" in cells and len(text) <= LONGEST_NAME):
            named = [(start, end)]
        around = self._around(block, cells, found)
        return tuple(self._place(self.document.text[a:b], around) for a, b in named)

    def _around(
        self, block: Block, cells: dict[str, tuple[int, int]], found: Found
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the places that the headings above the row name, and of those that its region names, with all that contains them."""
        start, end = cells.get("region", (0, 0))
        region = {place for a, b, lexeme in found if start <= a and b <= end for place in lexeme.places}
        return self._with_outer({place for title in block.section for place in self._named(title)}), self._with_outer(
            region
        )

    def _with_outer(self, places: set[str]) -> frozenset[str]:
        above = {outer for place in places if self.theatre for outer in self.theatre.ancestors(place)}
        return frozenset(places | above)

    def _named(self, title: str) -> Iterator[str]:
        for _, _, lexeme in self.vocabulary.find(self.language.fold(title)):
            yield from lexeme.places

    def _place(self, surface: str, around: tuple[frozenset[str], frozenset[str]]) -> PlaceMention:
        """The place of that name; of several, the one within the most of what the headings name, then of what the region names."""
        mention = self.gazetteer.locate(surface)
        if mention.place is None:
            return PlaceMention(surface, "x:" + "_".join(surface.casefold().split()), 0.5, mention.others)
        best = max((mention.score, *(score for _, score in mention.others)))
        rivals = {mention.place: best} | {place: score for place, score in mention.others if score >= best - SAME_SCORE}
        if len(rivals) < 2 or not any(around) or self.theatre is None:
            return mention
        within = {place: {place, *self.theatre.ancestors(place)} for place in rivals}
        inside = {place: tuple(len(named & outer) for named in around) for place, outer in within.items()}
        chosen = max(rivals, key=lambda place: (inside[place], place == mention.place))
        certain = sum(value == inside[chosen] for value in inside.values()) == 1
        others = tuple((place, score) for place, score in rivals.items() if place != chosen)
        return PlaceMention(surface, chosen, 1.0 if certain else mention.score, others)

    def _days(self, cells: dict[str, tuple[int, int]], folded: str) -> DayRange | None:
        found = [self._day(folded[slice(*cells[role])]) for role in ("date", "first_day", "last_day") if role in cells]
        known = [days for days in found if days is not None]
        if not known:
            return None
        return DayRange(min(days.first for days in known), max(days.last for days in known))

    def _day(self, text: str) -> DayRange | None:
        numeric = NUMERIC_DAY.fullmatch(text)
        if numeric:
            try:
                return DayRange.of_day(date(*map(int, numeric.groups())))
            except ValueError:
                return None
        running = RunningDate(self.document.published)
        days = [running.resolve(mention) for mention in self.language.find_dates(text)]
        return next((day for day in days if day is not None), None)

    def _parties(self, cell: tuple[int, int], day: date | None, folded: str, found: Found) -> list[PartyMention]:
        block = Block("table_row", *cell)
        return [
            party
            for sentence in sentences(self.document, block, folded, _inside(found, *cell), self.language)
            for group in find_groups(sentence, self.theatre, day, self.language.grammar)
            for party in group.parties
        ]

    def _voice(self, cells: dict[str, tuple[int, int]], folded: str, found: Found) -> Voice | None:
        if "source" not in cells:
            return None
        start, end = cells["source"]
        parties = self._parties((start, end), None, folded, found)
        surface = self.document.text[start:end].replace("\n", " ").strip()
        known = next((party for party in parties if party.source or party.actor), None)
        source = (known.source or known.actor) if known else None
        return Voice(0, surface, source, "say", known, "table_source", (start, end))

    def _held(
        self,
        block: Block,
        cells: dict[str, tuple[int, int]],
        places: tuple[PlaceMention, ...],
        days: DayRange | None,
        folded: str,
        found: Found,
    ) -> tuple[Claim, ...]:
        if "holder" not in cells or not places:
            return ()
        day = days.last if days else None
        parties = self._parties(cells["holder"], day, folded, found)
        by_side = {party.side: party for party in parties if party.side != "unknown"}
        holders = {self.theatre.holder_of(side) or side if self.theatre else side for side in by_side}
        start, end = cells["holder"]
        fought_over = any(
            lexeme.term.trigger is not None and lexeme.term.trigger.change == "contested"
            for _, _, lexeme in _inside(found, start, end)
        )
        if not holders:
            return ()
        contested = len(holders) > 1 or fought_over
        holder = next(iter(by_side))
        control = ControlStatement(holder, "contested" if contested else "holds")
        offsets = self.document.offsets
        fired = [FiredRule("table_holder", "control", *offsets.span(start, end))]
        fired.append(FiredRule("table_place", "places", *offsets.span(*cells["place"])))
        if "date" in cells and days:
            fired.append(FiredRule("table_date", "date", *offsets.span(*cells["date"])))
        spans = (offsets.span(block.start, max(end for start, end in block.cells if end > start)),)
        names = [mention.place or mention.surface for mention in places]
        return (
            Claim(
                claim_id(self.document.id, spans, "control", None, days, names),
                self.document.id,
                spans,
                "control",
                days,
                places,
                actors=tuple(party.as_party() for party in by_side.values()),
                control=control,
                rules=tuple(fired),
                language=self.language.code,
            ),
        )

    def _parts(self, block: Block, folded: str, found: Found) -> Iterator[Block]:
        """The cells that are read as text, cut at line breaks and where full stops are left out; pointers elsewhere are left."""
        roles = self.roles if len(self.roles) >= len(block.cells) else ("",) * len(block.cells)
        position = 0
        while position < len(block.cells):
            start, end = block.cells[position]
            role = roles[position]
            position += 1
            if role == "group" and position < len(block.cells) and roles[position] == "toll":
                yield replace(block, start=start, end=block.cells[position][1], cells=())
                position += 1
            elif (role in READ_AS_TEXT or role == "toll") and start < end:
                yield from self._cut(block, start, end, folded, found)

    def _cut(self, block: Block, start: int, end: int, folded: str, found: Found) -> Iterator[Block]:
        cuts = {at + 1 for at in range(start, end) if folded[at] == "\n"}
        days = [(start + date.start, start + date.end) for date in self.language.find_dates(folded[start:end])]
        for at, _, lexeme in _inside(found, start, end):
            trigger = lexeme.term.trigger
            if any(first <= at < last for first, last in days):
                continue  # the month of March is no movement
            told = trigger is not None and not trigger.noun and trigger.type in OWN_PLACE
            if told and self.document.text[at].isupper():
                cuts.add(at)
        edges = [start, *sorted(cuts - {start}), end]
        for a, b in itertools.pairwise(edges):
            text = folded[a:b].strip()
            if text and not self._points_elsewhere(text):
                yield replace(block, start=a, end=b, cells=())

    def _points_elsewhere(self, text: str) -> bool:
        bounded = self.language.grammar.bounded
        return any(
            text.startswith(word) and not (bounded and text[len(word) : len(word) + 1].isalnum())
            for word in self.words.cross_reference
        )


def in_order(told: Sequence[Claim], beginning: date | None, held: Sequence[Claim] = ()) -> list[Claim]:
    """The claims of a row's cells, with vague days of changes narrowed: a row tells the changes of its place one after the other.

    What was taken "in 2022" and retaken on a day of that year was taken up to that day, and not before the war's ``beginning``; what
    ``held``, the row itself, says the last taker to hold on a day was taken by then.
    """
    kept = list(told)
    following: date | None = None
    takers = [claim.control.holder for claim in told if claim.control and claim.control.change == "gained"]
    for claim in held:
        if takers and claim.date and claim.control == ControlStatement(takers[-1], "holds"):
            following = claim.date.last
    for number in range(len(kept) - 1, -1, -1):
        claim = kept[number]
        if claim.date is None or claim.control is None or claim.control.change != "gained":
            continue
        first, last = claim.date.first, claim.date.last
        if following is not None and first <= following < last:
            last = following
        if beginning is not None and first < beginning <= last:
            first = beginning
        kept[number] = replace(claim, date=DayRange(first, last))
        following = first
    return kept


def settled(held: Claim, told: Sequence[Claim]) -> Claim:
    """The row's claim of who holds the place, on no earlier day than that on which its own notes say that the holder took it.

    The day of a table is that of somebody's last look; a state cannot be older than the change that made it.
    """
    if held.date is None or held.control is None or held.control.change != "holds":
        return held
    gains = [
        claim.date.last
        for claim in told
        if claim.date is not None
        and (claim.date.days == 1 or claim.date.first > held.date.last)
        and claim.control is not None
        and (claim.control.holder, claim.control.change) == (held.control.holder, "gained")
    ]
    last = max(gains, default=held.date.last)
    return replace(held, date=DayRange.of_day(last)) if last > held.date.last else held


def _inside(found: Found, start: int, end: int) -> list[tuple[int, int, Lexeme]]:
    return [entry for entry in found if start <= entry[0] and entry[1] <= end]
