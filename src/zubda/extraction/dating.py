"""The running document date: mentions as the text puts them to days, without ever inventing one.

Conventions are those of the codebook: the nearest date governs until the next (rule 8), parts of months (field ``date``), vague
relative dates (rule 17).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from zubda.extraction.values import CalendarPoint, DateMention
from zubda.model import DayRange

__all__ = ["RunningDate"]

PARTS = {"early": (1, 10), "mid": (11, 20)}
FAR_YEARS = 15
FEW_DAYS = 4
SHORT_DAYS = 31
SEASON_DAYS = 92
FAR_DAYS = 300


class RunningDate:
    """Fed with a document's headings, paragraphs and mentions in their order, it knows which day governs.

    ``published`` is the document's own day; ``beginning`` the first day of the battle, taken from the mention that tells it or from
    the first full date. ``current`` are the governing days, None where the text tells none; ``whole`` all that the lead
    tells of, ``sectioned`` whether there are sections after the lead.
    """

    def __init__(self, published: date | None = None, beginning: date | None = None) -> None:
        self.published = published
        self.beginning = beginning
        self.year: int | None = None
        self.current: DayRange | None = None
        self._told_beginning = False
        self.sectioned = False
        self.whole: DayRange | None = None
        self._finish: DayRange | None = None
        self._lead: DayRange | None = None
        self._sections = 0
        self._line: DayRange | None = None
        self._episode: DayRange | None = None
        self._paragraph: DayRange | None = None
        self._dated: DayRange | None = None
        self._since: DayRange | None = None
        self._ahead: DayRange | None = None
        self._ahead_in = self._paragraphs = 0

    def heading(self, mentions: Sequence[DateMention], level: int, steps: bool = False) -> None:
        """A heading or a line that is nothing but a date.

        A year alone sets the year and ends the governing date, a day or month governs what follows. ``steps`` tells that what
        follows goes on to "the next day", so that of a range of few days the first one governs.
        """
        self._line = self._paragraph = None
        self._return()
        if level <= 3:
            self._episode = None
        calendar = next((mention for mention in mentions if mention.kind == "calendar" and mention.first), None)
        part = level == 2 or (level == 1 and self._dated is not None)  # a title is no part
        if part and not calendar:
            self._new_part()
        elif part:
            self._sections += 1
        if calendar is None or calendar.first is None:
            return
        if calendar.first.month is None and calendar.first.year is not None:
            self.year = calendar.first.year
            self.current = self._calendar(calendar) or self.current
            return
        days = self.resolve(calendar)
        if days is not None and steps and 1 < days.days <= FEW_DAYS:
            self.current = DayRange.of_day(days.first)
        if days is not None and days.days <= SHORT_DAYS:
            self._line = days
        self._ahead = None

    def _return(self) -> None:
        """A last date of a section that runs ahead of all that the lead tells of holds for its section only."""
        if self._ahead is not None:
            self.current, self.year, self._ahead = self._ahead, self._ahead.last.year, None

    def _new_part(self) -> None:
        """A new main section tells again from the start.

        After the lead its year is the lead's first, and nothing governs; after a section of history months are of the lead's first
        year again, while what has no date goes on from where the history ended.
        """
        self._sections += 1
        if self._sections == 1:
            self.current = None
        elif self.current is not None and self.year is not None:
            within = self.whole is not None and self.current.last >= self.whole.first
            self.current = self.whole if within else DayRange.of_year(self.year)
        if self._lead is not None and (self._sections == 1 or (self.year or 0) < self._lead.first.year):
            self.year = self._lead.first.year

    def govern(self, days: DayRange | None) -> None:
        """Let these days govern what follows, as a table's row does with its day."""
        self.current = days
        self.year = days.last.year if days else None

    def paragraph(self, topical: bool = False) -> None:
        """A new paragraph begins; in a lead it speaks of the whole that the lead has told of, until it tells a date.

        A date of history, far from all that the lead tells of, holds for its own paragraph only, and so does every date of a
        section that goes by topics (``topical``).
        """
        self._paragraph = self._since = None
        self._paragraphs += 1
        if self.sectioned and self._sections == 0 and self.whole is not None:
            self.current = self.whole
        elif topical or (self._lead is not None and self.current and not self._near(self._lead, self.current)):
            self.current = None

    def resolve(self, mention: DateMention, moves: bool | None = None) -> DayRange | None:
        """The days a mention means, None where the text does not tell; a mention that moves becomes the governing date.

        ``moves`` overrules what the mention says of itself and its background.
        """
        if moves is None:
            moves = mention.moves and not mention.background
        days = self.meaning(mention)
        if days is None:
            return None
        if mention.bound:
            return self._bounded(mention, days, moves)
        if moves and not self._flashback(mention, days):
            self._govern(mention, days)
        return days

    def _govern(self, mention: DateMention, days: DayRange) -> None:
        beyond = self.whole is not None and days.last.year > self.whole.last.year
        far = self.current is not None and (days.last - self.current.last).days > FAR_DAYS
        if beyond and far and self._sections:
            self._ahead, self._ahead_in = self.current, self._paragraphs
        elif self._paragraphs != self._ahead_in:
            self._ahead = None
        self.current = days
        self.year = days.last.year
        if mention.kind == "calendar":
            self._dated = days
        if self._sections == 0:
            if mention.last and self.whole is not None and self.whole.overlap(days) == days.days < self.whole.days:
                self._lead = self.whole = (
                    None  # "the war of 1991, from August to November": the range tells more than the year
                )
            if self._lead is None or days.first < self._lead.first:
                self._lead = days
            end = self.meaning(replace(mention, first=mention.last, last=None)) if mention.last else days
            if self.whole is None or days.last > self.whole.last:
                self._finish = end
            self.whole = DayRange(self._lead.first, max(days.last, self.whole.last if self.whole else days.last))
        self._paragraph = self._paragraph or days
        self._episode = self._episode or days
        if not self._told_beginning and days.days == 1 and (mention.begins or self.beginning is None):
            self.beginning = days.first
            self._told_beginning = mention.begins

    def _flashback(self, mention: DateMention, days: DayRange) -> bool:
        """A date before the line it stands under, one told as past, or a year far away does not govern what follows."""
        if self.current is None or mention.kind != "calendar":
            return False
        if self._line is not None and days.last < self._line.first:
            return True
        if mention.first is None or mention.first.year is None or self.year is None:
            return False
        homes = (self.year, self._lead.first.year) if self._lead else (self.year,)
        return all(abs(days.first.year - home) > FAR_YEARS for home in homes)

    def _bounded(self, mention: DateMention, days: DayRange, moves: bool) -> DayRange | None:
        """A mention that is one end of a range."""
        governing = self.current
        if mention.bound == "since":
            self._since = days
            if governing is None or governing.last < days.first:
                return days
            return DayRange(days.first, governing.last) if self._near(days, governing) else None
        if mention.bound == "before" and mention.kind == "calendar":
            return governing or days
        if mention.bound == "past":
            if moves and (governing is None or days.first >= governing.first):
                self._govern(mention, days)
            return days
        start = governing
        if mention.bound == "so_far":
            start = (
                self._since or (self._paragraph if mention.kind == "calendar" else None) or self._episode or governing
            )
        self._since = None
        joined = days
        if start is not None and start.first <= days.first and self._near(start, days):
            joined = DayRange(start.first, days.last)
        if mention.bound != "before" or mention.kind == "relative":
            self._govern(mention, joined if mention.bound == "before" else days)
        return joined

    @staticmethod
    def _near(one: DayRange, other: DayRange) -> bool:
        return abs((other.last - one.first).days) <= FAR_YEARS * 366

    def meaning(self, mention: DateMention) -> DayRange | None:
        """The days that the mention itself means here, without what it bounds and without moving anything."""
        if mention.kind == "calendar":
            return self._calendar(mention)
        if mention.kind == "same":
            return self._last_day()
        if mention.kind == "whole":
            wide = self.current is None or self.current.days > SEASON_DAYS
            return self.whole if wide and self.whole is not None else self.current
        if mention.kind in ("onward", "finish"):
            return self._of_lead(mention)
        if mention.kind == "relative":
            return self._relative(mention)
        if mention.kind == "weekday":
            return self._weekday(mention)
        if mention.kind in ("month", "year"):
            return self._period(mention)
        return None

    def _period(self, mention: DateMention) -> DayRange | None:
        """The month or year that lies so many after the governing one."""
        if self.current is None or mention.offset is None:
            return None
        step, day = mention.offset[0], self.current.last
        if mention.kind == "year":
            return DayRange.of_year(day.year + step)
        if self.current.days > SEASON_DAYS:
            return self.current
        months = day.year * 12 + day.month - 1 + step
        return DayRange.of_month(months // 12, months % 12 + 1)

    def _of_lead(self, mention: DateMention) -> DayRange | None:
        """In a lead that has told how long all lasted, what came after goes on to its end, and what came last is its end as told."""
        if self._sections or self.whole is None or self.current is None or self.whole.days <= SEASON_DAYS:
            return self.current
        if mention.kind == "finish":
            return self._finish or self.current
        return DayRange(self.current.first, max(self.current.last, self.whole.last))

    def _last_day(self) -> DayRange | None:
        if self.current is None or self.current.days > SHORT_DAYS:
            return self.current
        return DayRange.of_day(self.current.last)

    def _anchor(self, mention: DateMention) -> DayRange | None:
        if mention.anchor == "published":
            return DayRange.of_day(self.published) if self.published else None
        if mention.anchor == "beginning":
            return DayRange.of_day(self.beginning) if self.beginning else None
        if mention.anchor == "dated":
            return self._dated or self.current
        if mention.anchor == "episode":
            return self._paragraph or self._episode or self.current
        return self.current

    def _relative(self, mention: DateMention) -> DayRange | None:
        """Days counted from an anchor; of a range of few days from its first, since what follows is told against its beginning."""
        anchor = self._anchor(mention)
        if anchor is None or mention.offset is None:
            return self.current if mention.anchor != "running" else None
        low, high = mention.offset
        if anchor.days > SHORT_DAYS:
            return anchor
        day = anchor.first if anchor.days <= FEW_DAYS or low < 0 < anchor.days - 1 else anchor.last
        if mention.anchor == "running" and low <= 0 and high <= 0 and anchor.days > FEW_DAYS:
            day = anchor.last
        try:
            return DayRange(day + timedelta(days=low), day + timedelta(days=high))
        except OverflowError:
            return None

    def _weekday(self, mention: DateMention) -> DayRange | None:
        if self.current is None or self.current.days > SHORT_DAYS or mention.weekday is None or mention.offset is None:
            return self.current
        for back in range(-mention.offset[1], -mention.offset[0] + 1):
            day = self.current.last - timedelta(days=back)
            if day.weekday() == mention.weekday:
                return DayRange.of_day(day)
        return self.current

    def _calendar(self, mention: DateMention) -> DayRange | None:
        first = self._point(mention.first, None)
        if first is None:
            return None
        if mention.last is None:
            return first
        last = self._point(mention.last, first)
        if last is None:
            return first
        if last.last < first.first:
            later = self._point(_with_year(mention.last, first.first.year + 1), first)
            if later is None or mention.last.year is not None or (later.last - first.first).days > 300:
                return first
            last = later
        return DayRange(first.first, last.last)

    def _point(self, point: CalendarPoint | None, after: DayRange | None) -> DayRange | None:
        if point is None:
            return None
        year = point.year
        if year is None:
            year = after.first.year if after and point.years is None else self._year_for(point)
        if year is None or not 1 <= year <= 9998:
            return None
        month = point.month
        if point.months is not None:
            return self._other_month(point, point.months)
        if month is None and (point.day is not None or point.part is not None) and (after or self.current) is not None:
            governing = after or self.current
            month = governing.last.month if governing is not None and governing.days <= SEASON_DAYS else None
        if month is None:
            return DayRange.of_year(year) if point.day is None and point.part is None else None
        length = monthrange(year, month)[1]
        if point.day is not None:
            return DayRange.of_day(date(year, month, point.day)) if 1 <= point.day <= length else None
        if point.part is not None:
            return self._part(year, month, point.part)
        return DayRange.of_month(year, month)

    def _other_month(self, point: CalendarPoint, months: int) -> DayRange | None:
        """The month so many months from the governing one, or a day or part of it."""
        if self.current is None or self.current.days > SHORT_DAYS:
            return None
        number = self.current.last.year * 12 + self.current.last.month - 1 + months
        return self._point(CalendarPoint(number // 12, number % 12 + 1, point.day, point.part), None)

    def _part(self, year: int, month: int, part: str) -> DayRange:
        whole = DayRange.of_month(year, month)
        inside = self.current if self.current is not None and self.current.overlap(whole) == self.current.days else None
        if part == "earlier" and inside is not None and inside.days < whole.days and inside.first > whole.first:
            return DayRange(whole.first, inside.first)
        if part == "later" and inside is not None and inside.days < whole.days:
            return DayRange(inside.last, whole.last)
        low, high = PARTS.get("early" if part == "earlier" else part, (21, whole.days))
        return DayRange(date(year, month, low), date(year, month, high))

    def _year_for(self, point: CalendarPoint) -> int | None:
        """The year of a month or day told without one: the running year, or the next where December runs into January."""
        if self.year is None:
            return self.published.year if self.published and self.current is None and point.month is not None else None
        current = self.current
        if point.years is not None:
            return (current.last.year if current is not None else self.year) + point.years
        if current is None or point.month is None:
            return self.year
        if current.days > SEASON_DAYS:
            if current.last.year < self.year:
                return self.year
            later = point.month < current.first.month and current.last.year > current.first.year
            return current.first.year + 1 if later else current.first.year
        ahead = (point.month - current.last.month) % 12
        if current.last.month >= 11 and point.month <= 2 and ahead <= 3:
            return current.last.year + 1
        if current.first.month <= 2 and point.month >= 11 and ahead >= 9:
            return current.first.year - 1
        return self.year


def _with_year(point: CalendarPoint, year: int) -> CalendarPoint:
    return CalendarPoint(year, point.month, point.day, point.part, None, point.months)
