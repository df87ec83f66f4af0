"""Dates as the corpora write them, and a running date that a day governs."""

from __future__ import annotations

from datetime import date

from zubda.extraction.dating import RunningDate
from zubda.model import DayRange

__all__ = ["days", "governed", "said"]


def days(text: str) -> DayRange | None:
    """What `said` gives, back."""
    if text in ("", "none"):
        return None
    first, _, last = text.partition("/")
    return DayRange(date.fromisoformat(first), date.fromisoformat(last or first))


def said(found: DayRange | None) -> str:
    """Days as a corpus writes them: one day, first/last, or none."""
    return "none" if found is None else "/".join(dict.fromkeys(found.as_list()))


def governed(day: str) -> RunningDate:
    """The running date after a heading of that day."""
    running = RunningDate()
    running.current = days(day)
    running.year = running.current.first.year if running.current else None
    return running
