"""The running document date: mentions as the text puts them to days, without ever inventing one.

Conventions are those of the codebook: the nearest date governs until the next (rule 8), parts of months (field ``date``), vague
relative dates (rule 17).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from zubda.extraction.values import CalendarPoint, DateMention
from zubda.model import DayRange

__all__ = ["RunningDate"]

PARTS = {"early": (1, 10), "mid": (11, 20)}
FAR_YEARS = 15


class RunningDate:
    """Fed with a document's headings and mentions in their order, it knows which day governs.

    ``published`` is the document's own day; ``beginning`` the first day of the battle, taken from the first full date if not told.
    """

    def __init__(self, published: date | None = None, beginning: date | None = None) -> None:
        self.published = published
        self.beginning = beginning
        self.year: int | None = None
        self.current: DayRange | None = None

    def heading(self, mentions: list[DateMention], level: int) -> None:
        """A heading: a year alone sets the year and ends the governing date, a day or month governs what follows."""
        for mention in mentions:
            if mention.kind != "calendar" or mention.first is None:
                continue
            if mention.first.month is None and mention.first.year is not None:
                self.year = mention.first.year
                whole = self._calendar(mention)
                self.current = whole if mention.last is None else self.current
            else:
                self.resolve(mention)
            return
        if level <= 2 and not mentions:
            self.current = self.current and self._whole_year(self.current)

    def _whole_year(self, current: DayRange) -> DayRange | None:
        return DayRange.of_year(current.last.year)

    def resolve(self, mention: DateMention) -> DayRange | None:
        """The days a mention means, None where the text does not tell; a mention that moves becomes the governing date."""
        days = self._resolve(mention)
        if days is not None and mention.moves and not mention.background and not self._far(mention, days):
            self.current = days
            self.year = days.last.year
            if self.beginning is None and days.days == 1:
                self.beginning = days.first
        return days

    def _far(self, mention: DateMention, days: DayRange) -> bool:
        """A year told in full that lies years away from the running one is history or outlook, and does not govern."""
        if mention.first is None or mention.first.year is None or self.year is None or self.current is None:
            return False
        return abs(days.first.year - self.year) > FAR_YEARS

    def _resolve(self, mention: DateMention) -> DayRange | None:
        if mention.kind == "calendar":
            return self._calendar(mention)
        if mention.kind == "same":
            return self._last_day()
        if mention.kind == "relative":
            return self._relative(mention)
        if mention.kind == "weekday":
            return self._weekday(mention)
        return None

    def _last_day(self) -> DayRange | None:
        if self.current is None or self.current.days > 31:
            return self.current
        return self.current if self.current.days <= 1 else DayRange.of_day(self.current.last)

    def _relative(self, mention: DateMention) -> DayRange | None:
        if mention.offset is None:
            return None
        if mention.anchor == "published":
            anchor = self.published
        elif mention.anchor == "beginning":
            anchor = self.beginning
        else:
            governing = self.current
            if governing is None or governing.days > 31:
                return governing
            anchor = governing.first if mention.offset[0] > 0 and 1 < governing.days <= 3 else governing.last
        if anchor is None:
            return self.current
        low, high = mention.offset
        try:
            return DayRange(anchor + timedelta(days=low), anchor + timedelta(days=high))
        except OverflowError:
            return None

    def _weekday(self, mention: DateMention) -> DayRange | None:
        if self.current is None or self.current.days > 31 or mention.weekday is None or mention.offset is None:
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
        year = point.year if point.year is not None else after.first.year if after else self._year_for(point)
        if year is None or not 1 <= year <= 9999:
            return None
        month = point.month
        if month is None and point.day is not None and self.current is not None:
            month = (after or self.current).last.month
        if month is None:
            return DayRange.of_year(year) if point.day is None else None
        length = monthrange(year, month)[1]
        if point.day is not None:
            return DayRange.of_day(date(year, month, point.day)) if point.day <= length else None
        if point.part is not None:
            low, high = PARTS.get(point.part, (21, length))
            return DayRange(date(year, month, low), date(year, month, high))
        return DayRange.of_month(year, month)

    def _year_for(self, point: CalendarPoint) -> int | None:
        """The year of a month or day told without one: the running year, or the next where December runs into January."""
        if self.year is None:
            return self.published.year if self.published and self.current is None and point.month is not None else None
        if self.current is not None and self.current.days <= 92 and point.month is not None:
            ahead = (point.month - self.current.last.month) % 12
            if self.current.last.month >= 11 and point.month <= 2 and ahead <= 3:
                return self.current.last.year + 1
            if self.current.first.month <= 2 and point.month >= 11 and ahead >= 9:
                return self.current.first.year - 1
        return self.year


def _with_year(point: CalendarPoint, year: int) -> CalendarPoint:
    return CalendarPoint(year, point.month, point.day, point.part)
