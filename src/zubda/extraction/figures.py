"""What a number takes over from those told before it: the harm of the list that it goes on, the toll that another source counts too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zubda.extraction.harm_words import clause_span
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.owners import PEOPLE
from zubda.extraction.parties import PartyMention
from zubda.languages.interface import Harm
from zubda.model import Count

__all__ = [
    "THINGS",
    "Counted",
    "goes_on",
    "later_clause",
    "other_figure",
    "side_of_whole",
    "told_before",
]

THINGS = frozenset({"vehicles", "tanks", "aircraft", "weapons", "buildings", "villages"})
LIST_GAP = 12


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with its plain range, its clause, and the harm word that tells what is counted (None for forces and things).

    ``lost`` tells that things were destroyed or captured; ``single`` that it is one person named or described, not a number.
    """

    count: Count
    start: int
    end: int
    clause: int
    harm: Harm | None
    part: bool
    party: PartyMention | None
    lost: bool = False
    single: bool = False


def told_before(sentence: Sentence, mark: Mark) -> Harm | None:
    """The harm that the clauses before a part tell, where they count nobody ("many were killed, among them ...")."""
    for other in reversed(sentence.marks):
        if other.start < mark.start and other.term.harms:
            return next((harm for harm in other.term.harms if harm.suffer), None)
    return None


def other_figure(sentence: Sentence, mark: Mark, found: Sequence[Counted]) -> Harm | None:
    """The harm of a toll told before, of which another source has its own figure: "by A's count there were 12"."""
    inside = sentence.in_clause(sentence.clause_of(mark.start))
    spoken = any(other.term.speech or other.has("according") for other in inside if other.start < mark.start)
    acts = any(other.term.trigger and not other.term.trigger.noun and not other.term.speech for other in inside)
    if not spoken or acts:
        return None
    told = next((entry.harm for entry in reversed(found) if entry.harm is not None and not entry.part), None)
    if told is not None and told.what != "wounded":
        return told
    if found:
        return None
    if any(other.has("figure") for other in inside if other.start < mark.start):
        return Harm("figure", "killed", True)
    return told_before(sentence, mark)


def goes_on(sentence: Sentence, mark: Mark, found: Sequence[Counted]) -> bool:
    """Whether a number stands in a list of parts: nothing but nouns and "and" since the part before it."""
    if not found or not found[-1].part:
        return False
    last = found[-1]
    if last.count.what in THINGS and mark.count is not None and mark.count.unit == "person":
        return False
    begin = last.party.end if last.party and last.party.end > last.end else last.end
    if mark.start - begin > LIST_GAP:
        return False
    between = [other for other in sentence.marks if begin <= other.start < mark.start]
    if any(other.term.trigger or other.term.harms or other.term.speech for other in between):
        return False
    text = sentence.folded[begin - sentence.start : mark.start - sentence.start]
    broken = bool(sentence.clause_of(last.end - 1) != sentence.clause_of(mark.start))
    return not (broken and any(other.has("and") for other in between)) and len(text.strip()) <= LIST_GAP


def later_clause(sentence: Sentence, mark: Mark, harm: Harm) -> bool:
    """Whether the harm word is not in the number's own clause."""
    start, end = clause_span(sentence, sentence.clause_of(mark.start))
    return not any(harm in other.term.harms for other in sentence.marks if start <= other.start < end)


def side_of_whole(found: Sequence[Counted], party: PartyMention | None) -> str:
    """The side of a part that tells none: its whole's; of a whole people only the armed part has its side."""
    if not found:
        return "unknown"
    whole = next((entry.party for entry in reversed(found) if not entry.part), None)
    armed = whole is not None and whole.kind == PEOPLE and party is not None and party.armed
    return whole.side if armed and whole is not None else found[-1].count.side
