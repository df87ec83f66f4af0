"""Whether a predicate is told as something that happened or was so, in a language whose verbs change their form.

Aims, plans, what is denied or only possible, and nouns that merely name an event told elsewhere, open no frame (codebook rules 3 and 7).
"""

from __future__ import annotations

from zubda.extraction.clausal import Reading
from zubda.extraction.clause_ends import NEAR
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicate import Predicate, only_adverbs

__all__ = ["Telling"]

AIMED = frozenset({"territory", "siege", "clash", "supply", "control"})
TRIED = AIMED | {"movement", "withdrawal", "agreement", "displacement"}
PRECISE = frozenset({"airstrike", "shelling", "suicide_bomb", "bomb", "chemical", "execution"})
BACKGROUND = frozenset({"subordinate", "at", "from"})
GOVERNING = frozenset({"achieved", "attempt", "purpose", "negation", "hearsay", "cause"})
LINKS = frozenset({"at", "of", "from", "toward", "subordinate"})
OWNER_GAP = 22
LONG_NOUN = 48
LARGER = 100


class Telling:
    """Whether a predicate is told as something that happened or was so."""

    def __init__(self, sentence: Sentence, groups: list[Group], reading: Reading, predicate: Predicate) -> None:
        self.sentence, self.groups, self.reading, self.predicate = sentence, groups, reading, predicate
        self.governor = self._governor(predicate)
        self.verb = reading.verb_before(predicate)
        self.after = reading.verb_after(predicate)

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
            return self._noun()
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
        return not self._mere_cause() and self._has_needed()

    def _prevented(self) -> bool:
        """ "prevented them from leaving": a gerund after a word of origin, governed by a verb that denies it."""
        marks, predicate = self.sentence.marks, self.predicate
        before = marks[predicate.index - 1] if predicate.index else None
        if before is None or not before.has("from") or predicate.start - before.end > 1 or self.verb is None:
            return False
        return self.verb.mark.has("negation") or self.verb.mark.has("failure")

    def _has_needed(self) -> bool:
        """Whether a verb that tells an event only if it is done to somebody has somebody it is done to."""
        predicate = self.predicate
        needs = predicate.trigger.needs if predicate.trigger is not None else ""
        lost = predicate.objects and all(self.sentence.marks[party.last].term.harms for party in predicate.objects)
        if lost and not predicate.passive and predicate.trigger is not None and predicate.trigger.change == "gained":
            return False  # "took heavy casualties"
        if needs == "place":
            return self._has_place()
        if needs != "party":
            return True
        done_to = predicate.subject if predicate.passive else predicate.objects
        return any(not party.thing for party in done_to)

    def _aside(self) -> bool:
        """Whether the clause only says more of a noun: "buildings where soldiers were stationed"."""
        start = self._clause_start()
        if any(one.mark.term.speech and 0 <= start - one.end <= NEAR for one in self.reading.predicates):
            return False  # what somebody says
        opening = [mark for mark in self.sentence.marks if start <= mark.start < self.predicate.start][:2]
        return any(mark.has("relative") for mark in opening)

    def _has_place(self) -> bool:
        """Whether a place, or a share of one, is what the verb is done to."""
        predicate = self.predicate
        start, end = (self._clause_start(), predicate.start) if predicate.passive else predicate.region
        if predicate.trigger is not None and predicate.trigger.change == "fell":
            start = self._clause_start()
        return any(
            start <= mark.start < end
            and (
                mark.lexeme.places
                or mark.name
                or mark.term.place_kind
                or mark.has("place_pronoun")
                or (mark.count and mark.count.ratio)
            )
            and not (mark.has("adverb") and mark.has("partial"))
            for mark in self.sentence.marks
        )

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
        return governing.mark.has("cause") and not governing.mark.term.speech

    def _mere_cause(self) -> bool:
        """ "leaving ten dead": a verb that only joins what it causes to it."""
        predicate = self.predicate
        if not predicate.mark.has("cause"):
            return False
        start, end = predicate.region
        return any(
            (mark.term.harms or mark.count) and start <= mark.start < min(end, start + 60)
            for mark in self.sentence.marks
        )

    def _noun(self) -> bool:
        predicate = self.predicate
        marks = self.sentence.marks
        before = marks[predicate.index - 1] if predicate.index else None
        introduced = next(
            (
                mark
                for mark in reversed(marks[max(0, predicate.index - 5) : predicate.index])
                if mark.has("determiner") or mark.has("indefinite")
            ),
            None,
        )
        definite = introduced is not None and introduced.has("determiner") and self._introduces(introduced)
        if introduced is not None and introduced.has("indefinite_one"):
            return False
        filled = bool(predicate.doers or predicate.against or predicate.objects or self.owner() or self._of_place())
        light = self.light() is not None
        background = self._background()
        precise = self._precise()
        if before is not None and before.has("held"):
            return False
        unsaid = self.verb is not None and (not self.verb.passive or self.verb.negated or self.verb.supposed)
        if self.verb is not None and unsaid and not self.verb.told and self._object_of(self.verb) and not light:
            return False
        if self.verb is not None and self.verb.trigger is not None:
            same = predicate.trigger is not None and predicate.trigger.type == self.verb.trigger.type == "supply"
            if self.verb.trigger.type == "alliance" or (same and self._object_of(self.verb)):
                return self.supports()
        if self._within() or (self.verb is not None and self.verb.mark.has("intend") and self._object_of(self.verb)):
            return False
        if light and not (background and definite):
            return True
        if background and not definite and predicate.trigger is not None and predicate.trigger.type == "protest":
            return self._of_place()  # "was shot during a demonstration in X"
        if definite and predicate.mark.has("war"):
            return False
        if background:
            done_to = bool(predicate.doers or predicate.against or (self._of_place() and not definite))
            told = precise and (bool(self.owner()) or (not definite and self._kills()))
            return done_to or (filled and not definite) or told
        if definite and not filled:
            return False
        by_it = self._by() and self.verb is not None and self.verb.passive
        return filled or (precise and self._harms()) or by_it

    def _by(self) -> bool:
        """Whether the noun stands right behind the word of agency."""
        return any(
            mark.has("by") for mark in self.sentence.marks[max(0, self.predicate.index - 2) : self.predicate.index]
        )

    def supports(self) -> bool:
        """Whether somebody's blow supports what else is told: "the army, backed by X airstrikes, advanced"."""
        verb = self.verb
        if verb is None or verb.trigger is None or verb.trigger.type != "alliance" or not verb.passive:
            return False
        return self._precise() and bool(self.owner()) and self._by()

    def indefinite(self) -> bool:
        """Whether the noun brings in something not told before: "an attack"."""
        marks = self.sentence.marks
        for mark in reversed(marks[max(0, self.predicate.index - 5) : self.predicate.index]):
            if mark.has("determiner") or mark.has("indefinite"):
                return mark.has("indefinite") and self._introduces(mark)
        return False

    def _precise(self) -> bool:
        """Whether the noun names a weapon's blow."""
        return self.predicate.trigger is not None and self.predicate.trigger.type in PRECISE

    def _introduces(self, mark: Mark) -> bool:
        """Whether an article belongs to the noun: only adjectives, names and dates stand between."""
        predicate = self.predicate
        if predicate.start - mark.end > LONG_NOUN:
            return False
        between = self.sentence.marks[self.sentence.marks.index(mark) + 1 : predicate.index]
        return all(
            one.lexeme.actor
            or one.date
            or one.has("demonym")
            or one.has("adverb")
            or one.count
            or one.name
            or one.term.people
            or one.has("the")
            for one in between
        )

    def owner(self) -> tuple[PartyMention, ...]:
        """The party that modifies the noun: "rebel shelling", "the army's offensive"."""
        predicate, marks = self.predicate, self.sentence.marks
        for group in reversed(self.groups):
            if group.end > predicate.start:
                continue
            if predicate.start - group.end > OWNER_GAP or self.sentence.clause_of(group.start) != predicate.clause:
                return ()
            between = marks[group.last + 1 : predicate.index]
            if not between or all(
                mark.has("the") or mark.date or mark.has("adverb") or (mark.term.trigger and mark.flags & {"singular", "plural", "gerund"})
                for mark in between
            ):  # fmt: skip
                text = self.sentence.folded[group.end - self.sentence.start : predicate.start - self.sentence.start]
                return group.parties if "," not in text and not any(p.pronoun for p in group.parties) else ()
            return ()
        return ()

    def _of_place(self) -> bool:
        """Whether a place follows that the noun is done to: "the capture of X", "an assault on X"."""
        predicate = self.predicate
        following = self.sentence.marks[predicate.index + 1 : predicate.index + 8]
        linked, protest = False, predicate.trigger is not None and predicate.trigger.type == "protest"
        for mark in following:
            if mark.start >= predicate.region[1]:
                return False
            linked = linked or mark.has("of") or mark.has("toward") or (protest and mark.has("at"))
            if mark.lexeme.places or mark.name:
                return linked and mark.start - predicate.end <= 60
        return bool(
            predicate.mark.term.trigger
            and linked
            and following
            and any(mark.has("place_pronoun") for mark in following[:3])
        )

    def light(self) -> Predicate | None:
        """The light verb that the noun stands with: "launched an attack", "fighting broke out"."""
        verb, after = self.verb, self.after
        if (
            verb is not None
            and verb.mark.has("light")
            and verb.told
            and not verb.negated
            and not verb.supposed
            and self._object_of(verb)
        ):
            return verb
        if (
            after is not None
            and (after.mark.has("occurring") or (after.mark.has("light") and (after.passive or self._precise())))
            and not after.negated
            and not after.supposed
            and (not self._object_of(verb) or (verb is not None and bool(verb.mark.term.speech) and after.finite))
        ):
            return after
        if after is not None and self._came_to_nothing(after):
            return after
        opened = [
            mark
            for mark in self.sentence.marks[max(0, self.predicate.index - 4) : self.predicate.index]
            if mark.has("light")
        ]
        return (
            self.predicate
            if opened and not opened[-1].term.flags & {"past", "base", "gerund", "participle", "third"}
            else None
        )

    def _came_to_nothing(self, after: Predicate) -> bool:
        """Whether the noun is told to have failed to do something: "the talks failed to end the siege"."""
        marks = self.sentence.marks
        failed = next((mark for mark in marks[self.predicate.index + 1 : after.index] if mark.has("failure")), None)
        if failed is None or not failed.has("negation") or self._object_of(self.verb):
            return False
        return after.start >= failed.end and only_adverbs(self.sentence, failed.end, after.start, marks)

    def _object_of(self, verb: Predicate | None) -> bool:
        """Whether the noun is what the verb does, and stands in no phrase of its own."""
        if verb is None:
            return False
        between = self.sentence.marks[verb.index + 1 : self.predicate.index]
        links = [mark for mark in between if mark.flags & LINKS or (mark.has("by") and not verb.passive)]
        return not [mark for mark in links if not mark.has("partial")] or bool(links and links[0].has("with"))

    def _background(self) -> bool:
        """Whether a word of time or circumstance governs the noun: "during the battle"."""
        marks = self.sentence.marks
        for mark in reversed(marks[max(0, self.predicate.index - 6) : self.predicate.index]):
            if self.predicate.start - mark.end > 40 or mark.end <= self._clause_start():
                return False
            if mark.has("within"):
                return True
            if mark.has("light") or mark.has("by"):
                return False
            if mark.flags & BACKGROUND and not mark.has("by"):
                return True
            if not (
                mark.has("determiner")
                or mark.has("indefinite")
                or mark.lexeme.actor
                or mark.date
                or mark.count
                or mark.has("the")
                or mark.term.people
            ):
                return False
        return False

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

    def _within(self) -> bool:
        """Whether the noun only names the larger event that the sentence's event is part of."""
        return any(
            mark.has("within") and 0 <= self.predicate.start - mark.end <= LARGER
            for mark in self.sentence.marks[: self.predicate.index]
        )

    def _clause_start(self) -> int:
        return self.sentence.clause_ends[self.predicate.clause - 1] if self.predicate.clause else self.sentence.start

    def _kills(self) -> bool:
        """Whether what the noun stands with only tells whom it harmed: "wounded from shelling"."""
        predicate, verb = self.predicate, self.verb
        if verb is not None and verb.trigger is not None and not verb.mark.term.harms:
            return False
        before = [mark for mark in self.sentence.marks[: predicate.index] if mark.term.harms]
        return bool(before) and 0 <= predicate.clause - self.sentence.clause_of(before[-1].start) <= 1

    def _harms(self) -> bool:
        """Whether a word of harm stands in the clause or the next."""
        clause = self.predicate.clause
        return any(
            mark.term.harms
            and clause <= self.sentence.clause_of(mark.start) <= clause + 1
            and mark is not self.predicate.mark
            for mark in self.sentence.marks
        )
