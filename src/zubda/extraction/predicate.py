"""What a predicate is: a verb or a noun of an event with what it governs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import PartyMention
from zubda.languages.interface import Trigger

__all__ = ["WORD", "Predicate", "only_adverbs"]

WORD = re.compile(r"[^\W\d_][\w'-]*")
MANNER = re.compile(r"ly\b")


@dataclass(slots=True)
class Predicate:
    """A verb or a noun of an event. ``start`` takes in its auxiliaries; ``form`` is ``finite``, ``participle`` (a passive one without
    auxiliary), ``gerund``, ``infinitive`` or ``noun``.

    ``subject`` are the parties that do it (of a passive: that suffer it), ``known`` that the sentence tells a subject, party or not.
    ``perfect`` tells that it is told as done before, ``governed`` that a word like "began to" makes it an infinitive.
    ``told`` is set where the predicate is read: whether it is told as something that happened. ``objects`` follow it
    ungoverned, ``doers`` after the word of agency, ``against`` after a word of direction.
    """

    index: int
    mark: Mark
    start: int
    end: int
    form: str
    passive: bool = False
    negated: bool = False
    supposed: bool = False
    told: bool = True
    perfect: bool = False
    governed: bool = False
    order: int = 0
    clause: int = 0
    subject: tuple[PartyMention, ...] = ()
    known: bool = False
    objects: tuple[PartyMention, ...] = ()
    doers: tuple[PartyMention, ...] = ()
    against: tuple[PartyMention, ...] = ()
    sharing: Predicate | None = None
    region: tuple[int, int] = (0, 0)
    notes: list[tuple[str, str, int, int]] = field(default_factory=list)

    reduced: bool = False

    @property
    def trigger(self) -> Trigger | None:
        """The trigger as which the word reads here."""
        return self.mark.term.noun or self.mark.term.trigger if self.noun else self.mark.term.trigger

    @property
    def noun(self) -> bool:
        """Whether it is a noun of an event."""
        return self.form == "noun"

    @property
    def finite(self) -> bool:
        """Whether it can head a clause."""
        return self.form == "finite"


def only_adverbs(sentence: Sentence, start: int, end: int, marks: list[Mark]) -> bool:
    """Whether nothing but adverbs and negations stands between two plain offsets."""
    text = sentence.folded[start - sentence.start : end - sentence.start]
    for word in WORD.finditer(text):
        at = start + word.start()
        mark = next((one for one in marks if one.start <= at < one.end), None)
        if mark is not None:
            if not (mark.has("adverb") or mark.has("negation") or mark.has("hearsay") or mark.date):
                return False
        elif not MANNER.search(word.group()):
            return False
    return "," not in text and ";" not in text
