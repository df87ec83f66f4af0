"""Whether a noun of an event is told as something that happened, in a language whose verbs change their form (codebook rules 3 and 7)."""

from __future__ import annotations

from zubda.extraction.clausal import Reading
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicate import Predicate, only_adverbs
from zubda.model import BLOWS

__all__ = ["NounTelling"]

PRECISE = BLOWS | {"execution"}
BACKGROUND = frozenset({"subordinate", "at", "from"})
LINKS = frozenset({"at", "of", "from", "toward", "subordinate"})
OWNER_GAP = 22
LONG_NOUN = 48
LARGER = 100


class NounTelling:
    """A predicate of a sentence, and whether it is told as something that happened if it is a noun."""

    def __init__(self, sentence: Sentence, groups: list[Group], reading: Reading, predicate: Predicate) -> None:
        self.sentence, self.groups, self.reading, self.predicate = sentence, groups, reading, predicate
        self.verb = reading.verb_before(predicate)
        self.after = reading.verb_after(predicate)

    def told_noun(self) -> bool:
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
        if self.verb is not None and unsaid and not self.verb.told and self.object_of(self.verb) and not light:
            return predicate.trigger is not None and predicate.trigger.type == "supply"  # "did not let aid convoys in"
        if self.verb is not None and self.verb.trigger is not None:
            same = predicate.trigger is not None and predicate.trigger.type == self.verb.trigger.type == "supply"
            sides_with = self.verb.trigger.type == "alliance" and not self.verb.mark.has("light")
            if sides_with or (same and self.object_of(self.verb)):
                return self.supports()
        if self._within() or (self.verb is not None and self.verb.mark.has("intend") and self.object_of(self.verb)):
            return False
        if light and self.verb is not None and self.verb.mark.has("ending") and self._is("clash"):
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

    def _is(self, type: str) -> bool:
        return self.predicate.trigger is not None and self.predicate.trigger.type == type

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
            and (verb.told or self._tried(verb))
            and not verb.negated
            and not verb.supposed
            and self.object_of(verb)
        ):
            return verb
        if (
            after is not None
            and (after.mark.has("occurring") or (after.mark.has("light") and (after.passive or self._precise())))
            and not after.negated
            and not after.supposed
            and (not self.object_of(verb) or (verb is not None and bool(verb.mark.term.speech) and after.finite))
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

    def _tried(self, verb: Predicate) -> bool:
        """ "attempted to launch an offensive": an attempt at an attack is one."""
        before = self.sentence.marks[verb.index - 1] if verb.index else None
        tried = before is not None and before.has("attempt") and not before.has("negation")
        return tried and before is not None and verb.mark.start - before.end <= 1 and self._is("clash")

    def _came_to_nothing(self, after: Predicate) -> bool:
        """Whether the noun is told to have failed to do something: "the talks failed to end the siege"."""
        marks = self.sentence.marks
        failed = next((mark for mark in marks[self.predicate.index + 1 : after.index] if mark.has("failure")), None)
        if failed is None or not failed.has("negation") or self.object_of(self.verb):
            return False
        return after.start >= failed.end and only_adverbs(self.sentence, failed.end, after.start, marks)

    def object_of(self, verb: Predicate | None) -> bool:
        """Whether the noun is what the verb does, and stands in no phrase of its own."""
        if verb is None:
            return False
        between = self.sentence.marks[verb.index + 1 : self.predicate.index]
        links = [mark for mark in between if mark.flags & LINKS or (mark.has("by") and not verb.passive)]
        return not [mark for mark in links if not (mark.has("partial") or mark.has("phase"))] or bool(
            links and links[0].has("with")
        )

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
