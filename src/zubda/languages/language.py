"""One language, as the engine sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # both import this module
    from zubda.extraction.values import CountMention, DateMention
    from zubda.languages.interface import Grammar, Naming, Term

__all__ = ["Language"]


@dataclass(frozen=True, eq=False)  # there is one of each
class Language:
    """One language: folding (length preserving), its terms by folded form, its grammar, and its finders of dates and counts.

    ``part_after`` and ``part_before`` are the words right after or before a place that speak of what lies in it, around it or on
    its edge, not of the whole of it, ``whole_after`` and ``whole_before`` those that speak of all of it; ``pieces`` are words for things
    in a place that are not the place, and stand after its name; ``topical`` how headings begin below which an account goes by topics rather than by days.
    """

    code: str
    fold: Callable[[str], str]
    terms: Mapping[str, Term]
    grammar: Grammar
    find_dates: Callable[[str], list[DateMention]]
    find_counts: Callable[[str], list[CountMention]]
    tails: Mapping[str, str] = field(default_factory=dict)
    strip: tuple[str, ...] = ()
    part_after: tuple[str, ...] = ()
    part_before: tuple[str, ...] = ()
    whole_after: tuple[str, ...] = ()
    whole_before: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    topical: tuple[str, ...] = ()
    generic: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    naming: Naming | None = None

    @cached_property
    def located(self) -> dict[str, Term]:
        """The words that say where something lies, by folded form."""
        return {form: term for form, term in self.terms.items() if "located" in term.flags}
