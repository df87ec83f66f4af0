"""Values between a language's rules and the engine: dates, counts and parties as the text puts them, before they are worked out."""

from __future__ import annotations

from dataclasses import dataclass

from zubda.model import Party

__all__ = ["CalendarPoint", "CountMention", "DateMention", "Group", "NameMention", "PartyMention"]


@dataclass(frozen=True, slots=True)
class CalendarPoint:
    """A point of the calendar with what the text leaves out left out.

    ``part`` of a month is ``early`` (1–10), ``mid`` (11–20) or ``late`` (21–end), or ``earlier`` and ``later``: up to the governing
    date, or from it on, where that lies in the month. ``years`` and ``months`` count from the governing year and month ("the same
    year" 0, "the next month" 1), None where the text does not.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    years: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in the text, from ``start`` up to ``end`` (plain code points, exclusive).

    ``kind`` is one of

    * ``calendar``: ``first`` and, for a range, ``last`` (inclusive) are `CalendarPoint` values;
    * ``relative``: ``offset`` is ``(low, high)`` days from ``anchor``: ``running`` (the governing date), ``published`` (the
      document's own day: yesterday, today), ``beginning`` (the first day of the battle that the text tells of), ``dated`` (the last
      date of the calendar that was told) or ``episode`` (the first one of the paragraph or section);
    * ``onward`` and ``finish``: in a lead, from the governing date to the end of all, and that end; elsewhere the governing date
      goes on;
    * ``same``: the governing date goes on (that day, then, at the same time);
    * ``weekday``: ``weekday`` 0 Monday to 6 Sunday, the nearest one on the side of the governing date that ``offset`` tells;
    * ``month``, ``year``: the month or year ``offset`` after the governing one (the following month, that year);
    * ``whole``: all that the text's lead tells of (in the course of the battle);
    * ``duration``: a length of time that dates nothing by itself (for three days); ``offset`` holds its days.

    ``moves`` tells whether the mention becomes the governing date for what follows; ``background`` marks the date of
    something presupposed (a flashback, a birth year), which never governs. ``event`` marks a distance from something told in the
    same clause ("two days after the raid"): it dates that, not what follows; ``begins`` that the text says that the battle or war
    began then. ``rule`` names the rule.

    ``bound`` tells that the mention is one end of a range: ``since`` (from then to the governing date), ``until`` (from the
    governing date to then), ``so_far`` (from the beginning of what is told to then), ``before`` (a term, which governs nothing),
    ``past`` (told as past: governs only if it is later than the governing date).
    """

    start: int
    end: int
    kind: str
    rule: str
    first: CalendarPoint | None = None
    last: CalendarPoint | None = None
    offset: tuple[int, int] | None = None
    anchor: str = "running"
    weekday: int | None = None
    moves: bool = True
    background: bool = False
    bound: str = ""
    event: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class CountMention:
    """A number with its unit as it stands in the text, from ``start`` up to ``end`` (plain code points, exclusive).

    ``low`` and ``high`` are inclusive (codebook, ``counts``); ``high`` None is "at least". ``unit`` is a class of the language's
    unit lexicon: ``person``, ``body``, ``tank``, ``vehicle``, ``aircraft``, ``weapon``, ``building``, ``village``, ``percent``,
    ``share``, ``force`` (brigades, battalions), ``place``, ``distance``, ``time``, ``ordinal``, ``name`` (part of a name: Base 80) or
    ``none``. ``noun`` is the range of the counted noun, if it follows. A share has ``ratio`` in 0..1 instead of whole numbers.
    ``harm`` is what befell those counted, where the number itself tells it ("12 dead 30 hurt" written as one word).
    """

    start: int
    end: int
    low: int | None
    high: int | None
    unit: str
    rule: str
    approximate: bool = False
    noun: tuple[int, int] | None = None
    ratio: tuple[float, float] | None = None
    part: bool = False
    harm: str = ""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A stretch of text, from ``start`` up to ``end``, that may be a name, with the shape that says so and its telling ``tail``."""

    start: int
    end: int
    shape: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class PartyMention:
    """One party as it stands in the text. ``first`` and ``last`` are indices of its marks; ``thing`` is what a number of it counts, ``kind`` the actor's."""

    start: int
    end: int
    first: int
    last: int
    surface: str
    side: str
    actor: str | None = None
    source: str | None = None
    armed: bool = False
    role: bool = False
    thing: str = ""
    pronoun: str = ""
    kind: str = ""

    def as_party(self) -> Party:
        """The value for a claim."""
        return Party(self.surface, self.side, self.actor)


@dataclass(frozen=True, slots=True)
class Group:
    """Parties joined by words for "and", with the word class that governs them (``toward``, ``with``, ``passive``, ... or empty)."""

    parties: tuple[PartyMention, ...]
    governed: frozenset[str]
    allied: bool = False

    @property
    def start(self) -> int:
        """Where its first party begins."""
        return self.parties[0].start

    @property
    def end(self) -> int:
        """Where its last party ends."""
        return self.parties[-1].end

    @property
    def first(self) -> int:
        """Index of the first mark."""
        return self.parties[0].first

    @property
    def last(self) -> int:
        """Index of the last mark."""
        return self.parties[-1].last
