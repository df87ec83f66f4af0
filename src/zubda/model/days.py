"""Days and ranges of days, both ends inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DayRange"]


@dataclass(frozen=True, slots=True, order=True)
class DayRange:
    """First and last day, inclusive. A month that the text leaves open is the whole month, never a day."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a range ends before it begins: {self.first} to {self.last}")

    @classmethod
    def of_day(cls, day: date) -> DayRange:
        """The range that is one day."""
        return cls(day, day)

    @classmethod
    def of_month(cls, year: int, month: int) -> DayRange:
        """The whole month."""
        after = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), after - timedelta(days=1))

    @classmethod
    def of_year(cls, year: int) -> DayRange:
        """The whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.last - self.first).days + 1

    @property
    def precision(self) -> str:
        """``day``, ``days`` (up to 11), ``month`` (up to 31), ``months`` or ``year`` and more."""
        for name, longest in (("day", 1), ("days", 11), ("month", 31), ("months", 364)):
            if self.days <= longest:
                return name
        return "year"

    def overlap(self, other: DayRange) -> int:
        """Number of days that both ranges hold, 0 if none."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)

    def gap(self, other: DayRange) -> int:
        """Number of days between the nearer ends, 0 if the ranges touch or overlap."""
        return max(0, (max(self.first, other.first) - min(self.last, other.last)).days)

    def as_list(self) -> list[str]:
        """The two days in ISO form, as the codebook writes a date."""
        return [self.first.isoformat(), self.last.isoformat()]
