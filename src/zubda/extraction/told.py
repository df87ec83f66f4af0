"""Whether a predicate is told as something that happened or was so, in a language whose verbs change their form.

Aims, plans, what is denied or only possible, and nouns that merely name an event told elsewhere, open no frame (codebook rules 3 and 7).
"""

from __future__ import annotations

from zubda.extraction.clausal import Reading
from zubda.extraction.clause_ends import NEAR
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.needed import has_needed
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicate import Predicate, only_adverbs
from zubda.extraction.told_nouns import OWNER_GAP, NounTelling

__all__ = ["Telling"]

AIMED = frozenset({"territory", "siege", "clash", "supply", "control"})
TRIED = AIMED | {"movement", "withdrawal", "agreement", "displacement"}
GOVERNING = frozenset({"achieved", "attempt", "purpose", "negation", "hearsay", "cause"})


class Telling(NounTelling):
    """Whether a predicate is told as something that happened or was so."""

    def __init__(self, sentence: Sentence, groups: list[Group], reading: Reading, predicate: Predicate) -> None:
        super().__init__(sentence, groups, reading, predicate)
        self.governor = self._governor(predicate)

    def _governor(self, predicate: Predicate) -> Mark | None:
        """The word that governs an infinitive, a gerund or a noun: began to, tried to, in order to; shared over "and"."""
        marks = self.sentence.marks
        for index in range(predicate.index - 1, max(-1, predicate.index - 6), -1):
            mark = marks[index]
            governs = mark.flags & GOVERNING and not mark.has("adverb")
            if governs and only_adverbs(self.sentence, mark.end, predicate.start, marks):
                return mark
            if not (mark.has("adverb") or mark.has("negation") or mark.has("infinitive")):
                break
        before = [one for one in self.reading.predicates[: predicate.order] if not one.noun]
        if (
            before
            and before[-1].form == predicate.form in ("infinitive", "gerund")
            and predicate.subject == before[-1].subject
        ):
            joint = [mark for mark in marks[before[-1].index + 1 : predicate.index] if mark.has("and")]
            if joint and only_adverbs(self.sentence, joint[-1].end, predicate.start, marks):
                return self._governor(before[-1])
        return None

    def only_light(self) -> bool:
        """Whether a verb only carries the noun of an event: "was hit by shelling", "talks were held"."""
        predicate = self.predicate
        if predicate.noun or not predicate.mark.has("light"):
            return False
        return any(
            other.noun
            and other.told
            and other.trigger is not None
            and other.clause == predicate.clause
            and predicate in (self.reading.verb_before(other), self.reading.verb_after(other))
            for other in self.reading.predicates
        )

    def is_event(self) -> bool:
        """Whether the predicate opens a frame."""
        predicate = self.predicate
        if self._supposed():
            return False
        attempted = self.governor is not None and self.governor.has("attempt")
        if predicate.negated and not attempted:
            return False
        if attempted and self.governor is not None and self.governor.has("negation"):
            return predicate.trigger is not None and predicate.trigger.type in AIMED
        if predicate.trigger is not None and predicate.trigger.type == "strength" and self._aside():
            return False
        if predicate.noun:
            return self.told_noun()
        if predicate.form == "participle" and not predicate.doers and self._describes():
            return False
        bare = (
            "base" in predicate.mark.flags
            and not predicate.mark.flags & {"past"}
            and predicate.start == predicate.mark.start
        )
        if predicate.form == "infinitive" or (bare and not predicate.passive):
            return (
                attempted and predicate.trigger is not None and predicate.trigger.type in TRIED
            ) or self._comes_about()
        shared = predicate.sharing
        if predicate.form == "gerund" and (
            (self.governor is not None and self.governor.has("purpose")) or self._prevented()
        ):
            return False
        if predicate.form == "gerund" and shared is not None and (shared.supposed or shared.negated):
            return False
        return not self._mere_cause() and has_needed(self.sentence, predicate, self._clause_start())

    def _describes(self) -> bool:
        """ "troops stationed there": a participle that only tells where those were of whom the sentence tells something else."""
        return self.predicate.trigger is not None and self.predicate.trigger.type in ("movement", "strength")

    def _prevented(self) -> bool:
        """ "prevented them from leaving": a gerund after a word of origin, governed by a verb that denies it."""
        marks, predicate = self.sentence.marks, self.predicate
        before = marks[predicate.index - 1] if predicate.index else None
        if before is None or not before.has("from") or predicate.start - before.end > 1 or self.verb is None:
            return False
        return self.verb.mark.has("negation") or self.verb.mark.has("failure")

    def _aside(self) -> bool:
        """Whether the clause only says more of a noun: "buildings where soldiers were stationed"."""
        start = self._clause_start()
        if any(one.mark.term.speech and 0 <= start - one.end <= NEAR for one in self.reading.predicates):
            return False  # what somebody says
        opening = [mark for mark in self.sentence.marks if start <= mark.start < self.predicate.start][:2]
        return any(mark.has("relative") for mark in opening)

    def _supposed(self) -> bool:
        predicate = self.predicate
        if predicate.supposed or (self.governor is not None and self.governor.has("purpose")):
            return True
        start = self.sentence.clause_ends[predicate.clause - 1] if predicate.clause else self.sentence.start
        before = [
            one.end
            for one in self.reading.predicates[: predicate.order]
            if one.finite and one.clause == predicate.clause
        ]
        since = max((start, *before))
        return any(
            mark.has("purpose") and not mark.has("achieved") and not self._of_infinitive(mark)
            for mark in self.sentence.marks
            if since <= mark.start < predicate.start
        )

    def _of_infinitive(self, mark: Mark) -> bool:
        """Whether a word of purpose governs an infinitive before a finite verb: "an inability to call up men stalled it"."""
        predicate = self.predicate
        return predicate.finite and any(
            one.form == "infinitive"
            and one.end <= predicate.start
            and only_adverbs(self.sentence, mark.end, one.start, self.sentence.marks)
            for one in self.reading.predicates[: predicate.order]
            if one.start >= mark.end
        )

    def _comes_about(self) -> bool:
        """An infinitive that is told as done: "managed to take", "forced them to retreat", "claimed to have taken"."""
        predicate, governing = self.predicate, self.predicate.sharing
        if self.governor is not None and (self.governor.has("achieved") or self.governor.has("hearsay")):
            return True
        if predicate.perfect:
            return governing is None or not (governing.negated or governing.supposed)
        if predicate.form == "infinitive" and predicate.passive and self._foremost():
            return True
        if predicate.form != "infinitive":
            return self.governor is None and predicate.known and bool(predicate.subject)
        if governing is None or governing.negated or governing.supposed:
            return False
        if governing.form == "infinitive" and predicate.form == "infinitive":
            between = self.sentence.marks[governing.index + 1 : predicate.index]
            aim = predicate.start < predicate.mark.start and not any(mark.has("and") for mark in between)
            return governing.told and governing.trigger is not None and not aim
        purpose = any(one.noun and governing.start < one.start < predicate.start for one in self.reading.predicates)
        if purpose and predicate.start < predicate.mark.start:
            return False  # "launched an attack to take"
        near = only_adverbs(self.sentence, governing.end, predicate.start, self.sentence.marks)
        if governing.mark.term.speech == "say" and near:
            return True  # "claimed to hold", "is said to hold"
        if governing.mark.has("use") and governing.told:
            return True  # "used helicopters to bomb X"
        return governing.mark.has("cause") and not governing.mark.term.speech

    def _foremost(self) -> bool:
        """Whether the infinitive says what befell the foremost of several: "it was the first city to be captured"."""
        return any(mark.has("foremost") for mark in self.sentence.marks[: self.predicate.index])

    def _mere_cause(self) -> bool:
        """ "leaving ten dead": a verb that only joins what it causes to it."""
        predicate = self.predicate
        if not predicate.mark.has("cause"):
            return False
        after = self.reading.verb_after(predicate)
        if after is not None and after.form == "participle" and after.passive and after.start - predicate.end > 1:
            return True  # "left a bridge destroyed"
        start, end = predicate.region
        return any(
            (mark.term.harms or mark.count) and start <= mark.start < min(end, start + 60)
            for mark in self.sentence.marks
        )

    def takes_place(self, until: int) -> bool:
        """Whether a place stands right after the verb, before a plain offset."""
        return any(
            (mark.lexeme.places or mark.name) and self.predicate.end <= mark.start < until
            for mark in self.sentence.marks
        )

    def amount(self) -> tuple[PartyMention, ...]:
        """Things that only an amount stands before: "a quantity of arms"."""
        start, end = self.predicate.region
        first = next((group for group in self.groups if start <= group.start < end), None)
        if first is None or "of" not in first.governed or first.start - start > OWNER_GAP * 2:
            return ()
        return first.parties if any(party.thing for party in first.parties) else ()
