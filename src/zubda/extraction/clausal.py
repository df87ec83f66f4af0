"""Who does what to whom in a language whose verbs change their form: predicates joined to the parties around them.

One pass from left to right over predicates, parties and the words that part clauses. A finite verb takes the first free party of its
stretch; without one it shares the subject of the verb before, of what a relative pronoun points back to, or of an apposition.
"""

from __future__ import annotations

from dataclasses import dataclass

from zubda.extraction.clause_ends import BREAKS, FREE, NEAR, clause_ends_of
from zubda.extraction.marks import Mark, Segment, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicate import WORD, Predicate, only_adverbs
from zubda.extraction.predicates import find_predicates

__all__ = ["Reading", "read_clauses"]

COORDINATE = 30


def _teller(before: list[Predicate]) -> Predicate | None:
    """The last verb of saying: who "said that they had left, adding that all was quiet" adds it."""
    return next((one for one in reversed(before) if one.finite and one.mark.term.speech and one.subject), None)


@dataclass(slots=True)
class Reading:
    """A sentence read: its predicates with their parties, and where its clauses end (plain offsets)."""

    predicates: list[Predicate]
    clause_ends: list[int]

    def verb_before(self, predicate: Predicate) -> Predicate | None:
        """The verb that the predicate stands behind, in its clause."""
        for other in reversed(self.predicates[: predicate.order]):
            if not other.noun:
                return other if other.clause == predicate.clause else None
        return None

    def verb_after(self, predicate: Predicate) -> Predicate | None:
        """The verb that follows the predicate in its clause."""
        for other in self.predicates[predicate.order + 1 :]:
            if not other.noun:
                return other if other.clause == predicate.clause else None
        return None


def read_clauses(sentence: Sentence, groups: list[Group]) -> Reading:
    """Predicates, parties and clauses of a sentence; the sentence's ``clause_ends`` are set to the clauses found."""
    predicates = find_predicates(sentence, groups)
    ends = clause_ends_of(sentence, predicates, groups)
    sentence.clause_ends = ends
    starts = [sentence.start, *ends[:-1]]
    sentence.segments = [
        Segment(number, start, end, number, "clause")
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    for predicate in predicates:
        predicate.clause = sentence.clause_of(predicate.start)
    reading = Reading(predicates, ends)
    _Joiner(sentence, groups, reading).join()
    return reading


class _Joiner:
    """Joins the predicates of one sentence to their parties."""

    def __init__(self, sentence: Sentence, groups: list[Group], reading: Reading) -> None:
        self.sentence, self.groups, self.reading = sentence, groups, reading
        self.main: Predicate | None = None
        self.waiting: list[Predicate] = []
        self.asides: set[int] = set()

    def join(self) -> None:
        """Set regions, subjects and objects of every predicate."""
        for predicate in self.reading.predicates:
            predicate.region = (predicate.end, self._region_end(predicate))
            if not predicate.noun:
                self._subject(predicate)
            self._complements(predicate)
        for one, other in zip(reversed(self.reading.predicates[:-1]), reversed(self.reading.predicates), strict=False):
            if one.noun and other.noun and self._coordinate(one, other):
                one.against = one.against or other.against
                one.doers = one.doers or other.doers
                one.region = (one.region[0], other.region[1])

    def _coordinate(self, one: Predicate, other: Predicate) -> bool:
        """Whether two nouns of events are joined and share what follows: "strikes and shelling against X"."""
        between = self.sentence.marks[one.index + 1 : other.index]
        return (
            other.start - one.end <= COORDINATE
            and any(mark.has("and") for mark in between)
            and all(mark.has("and") or mark.has("adverb") or mark.has("indefinite") for mark in between)
        )

    def _region_end(self, predicate: Predicate) -> int:
        """A verb's complements reach to the next verb or the end of the clause; appositions and lists after it are its own."""
        end = self.sentence.clause_ends[predicate.clause]
        for other in self.reading.predicates[predicate.order + 1 :]:
            if (predicate.noun or not other.noun) and other.start < end:
                return other.start
        return end

    def _stretch(self, predicate: Predicate) -> int:
        """Where the stretch begins in which the verb looks for its subject."""
        start = self.sentence.clause_ends[predicate.clause - 1] if predicate.clause else self.sentence.start
        for other in self.reading.predicates[: predicate.order]:
            if (
                not other.noun
                and not other.reduced
                and other.form in ("finite", "gerund", "infinitive")
                and start <= other.end <= predicate.start
            ):
                start = other.end
        return start

    def _subject(self, predicate: Predicate) -> None:
        if predicate.form == "infinitive" and not predicate.governed:
            self._controlled(predicate)
            return
        start = self._stretch(predicate)
        inside = [group for group in self.groups if start <= group.start and group.end <= predicate.start]
        if predicate.form == "participle":
            self._modified(predicate, inside)
        elif predicate.form == "gerund":
            self._gerund(predicate, inside)
        else:
            self._finite(predicate, start, inside)

    def _finite(self, predicate: Predicate, start: int, inside: list[Group]) -> None:
        opener = self._opener(start, predicate.start)
        clause_start = self.sentence.clause_ends[predicate.clause - 1] if predicate.clause else self.sentence.start
        if self._aside(clause_start, predicate):
            self.asides.add(predicate.clause)
        free = [group for group in inside if not group.governed - FREE]
        listed = self._listed_before(predicate)
        if free:
            self._give(predicate, (*listed, *self._headed(free[0], inside)), "subject", free[0])
        elif listed:
            predicate.subject, predicate.known = listed, True
            predicate.notes.append(("subject", "actor", listed[0].start, listed[-1].end))
        elif opener is not None and opener.has("relative") and self._bare_gap(opener.end, predicate.start):
            self._antecedent(predicate, opener)
        elif self._bare_gap(opener.end if opener else start, predicate.start):
            self._share(predicate)
        else:
            predicate.known = True
            self._second_of_aside(predicate)
        aside = predicate.clause in self.asides or (opener is not None and opener.has("subordinate"))
        if not aside or self.main is None:
            self.main = predicate
        for gerund in self.waiting:
            gerund.subject, gerund.known = predicate.subject, True
            gerund.sharing = predicate
        self.waiting = []

    def _second_of_aside(self, predicate: Predicate) -> None:
        """ "those who were with them left": a second verb after a relative clause has what the clause is said of as its subject."""
        before = [
            one for one in self.reading.predicates[: predicate.order] if one.finite and one.clause == predicate.clause
        ]
        start = self.sentence.clause_ends[predicate.clause - 1] if predicate.clause else self.sentence.start
        opener = self._opener(start, predicate.start)
        if len(before) == 1 and opener is not None and opener.has("relative"):
            self._antecedent(predicate, opener)

    def _bare_gap(self, start: int, end: int) -> bool:
        """Whether nothing that could be a subject stands between two plain offsets."""
        text = self.sentence.folded[start - self.sentence.start : end - self.sentence.start].strip(" ,;:\"'-–—()")
        if not text:
            return True
        begin = start + self.sentence.folded[start - self.sentence.start :].index(text)
        marks = self.sentence.marks
        for word in WORD.finditer(text):
            at = begin + word.start()
            mark = next((one for one in marks if one.start <= at < one.end), None)
            if mark is None:
                if not word.group().endswith("ly"):
                    return False
            elif not (
                (mark.has("by") and self._before_date(mark))
                or mark.has("adverb") or mark.has("negation") or mark.has("hearsay") or mark.date or mark.has("clause_start")
                or mark.has("and") or mark.has("subordinate") or mark.has("at") or mark.has("achieved")
            ):  # fmt: skip
                return False
        return True

    def _before_date(self, mark: Mark) -> bool:
        following = next((one for one in self.sentence.marks if one.start >= mark.end), None)
        return following is not None and following.date is not None

    def _opener(self, start: int, end: int) -> Mark | None:
        """The word that opens the stretch."""
        for mark in self.sentence.marks:
            if mark.start >= end:
                return None
            if mark.start >= start and mark.flags & BREAKS:
                return mark
        return None

    def _headed(self, group: Group, inside: list[Group]) -> tuple[PartyMention, ...]:
        """ "units of the army": the party behind a head that tells no side."""
        if all(party.side == "unknown" for party in group.parties):
            for other in inside:
                gap = other.start - group.end
                if "of" in other.governed and 0 < gap <= 30 and any(party.side != "unknown" for party in other.parties):
                    return other.parties
        return group.parties

    def _give(self, predicate: Predicate, parties: tuple[PartyMention, ...], rule: str, group: Group) -> None:
        predicate.subject, predicate.known = parties, True
        predicate.notes.append((rule, "actor", group.start, group.end))

    def _antecedent(self, predicate: Predicate, relative: Mark) -> None:
        predicate.known = True
        before = [group for group in self.groups if group.end <= relative.start]
        if before and relative.start - before[-1].end <= NEAR:
            self._give(predicate, before[-1].parties, "relative_subject", before[-1])

    def _share(self, predicate: Predicate) -> None:
        """No subject of its own: that of the finite verb before, or a party left over before an apposition."""
        opening = self.sentence.in_clause(predicate.clause)[:1]
        joined = self.main is not None and any(mark.has("and") and mark.start < predicate.start for mark in opening)
        left = None if joined else self._left_over(predicate)  # "took X, a village, and went on"
        if left is not None and (self.main is None or self.main.clause in self.asides or left.start > self.main.end):
            self._give(predicate, left.parties, "subject", left)
        elif self.main is not None:
            shared = self._joined_finite(predicate) or self.main
            predicate.subject, predicate.known = shared.subject, shared.known
            predicate.sharing = shared
            predicate.notes.append(("shared_subject", "actor", predicate.start, predicate.end))

    def _joined_finite(self, predicate: Predicate) -> Predicate | None:
        """The verb right before, of a subordinate clause, that "and" joins the verb to: "when they came and took it"."""
        before = [one for one in self.reading.predicates[: predicate.order] if not one.noun]
        if not before or not before[-1].finite or before[-1] is self.main or not before[-1].subject:
            return None
        text = self.sentence.folded[before[-1].end - self.sentence.start : predicate.start - self.sentence.start]
        pronoun = any(party.pronoun for party in before[-1].subject)
        return None if "," in text or pronoun else before[-1]

    def _left_over(self, predicate: Predicate) -> Group | None:
        """A free party of an earlier clause without a finite verb: "the army, backed by its allies, took ..."."""
        for clause in range(predicate.clause - 1, -1, -1):
            start = self.sentence.clause_ends[clause - 1] if clause else self.sentence.start
            end = self.sentence.clause_ends[clause]
            verbs = [one for one in self.reading.predicates if one.clause == clause and one.finite]
            if verbs:
                if self._aside(start, verbs[0]):
                    continue
                return self._told_of(verbs[-1], end)
            free = [group for group in self.groups if start <= group.start < end and not group.governed - FREE]
            if free and not any(
                one.clause == clause and not one.noun and one.start < free[0].start for one in self.reading.predicates
            ):
                return self._apposed_to(free[0], clause) or free[0]
        return None

    def _told_of(self, verb: Predicate, end: int) -> Group | None:
        """The party that a verb of saying speaks of at the clause's end: "said that A, holding the town, were killed"."""
        after = [group for group in self.groups if verb.end <= group.start < end and not group.governed - FREE]
        return after[0] if verb.mark.term.speech and len(after) == 1 and end - after[0].end <= NEAR else None

    def _apposed_to(self, group: Group, clause: int) -> Group | None:
        """The party that ends the clause before, which a role only says more of: "X, head of the council, said"."""
        if not clause or not all(
            (party.role or self._one_of(party)) and party.side == "unknown" for party in group.parties
        ):
            return None
        start = self.sentence.clause_ends[clause - 2] if clause > 1 else self.sentence.start
        end = self.sentence.clause_ends[clause - 1]
        before = [one for one in self.groups if start <= one.start < end and not one.governed - FREE]
        verbs = any(one.clause == clause - 1 and not one.noun for one in self.reading.predicates)
        return before[-1] if before and not verbs and end - before[-1].end <= NEAR else None

    def _one_of(self, party: PartyMention) -> bool:
        """Whether an article that leaves it open which one is meant stands before: "the front, a coalition of militias"."""
        before = self.sentence.marks[party.first - 1] if party.first else None
        return before is not None and before.has("indefinite") and party.start - before.end <= NEAR * 4

    def _listed_before(self, predicate: Predicate) -> tuple[PartyMention, ...]:
        """Parties of the verbless clauses before one that begins with "and": "the guards, the militia, and others were ..."."""
        marks = self.sentence.in_clause(predicate.clause)
        if not marks or not marks[0].has("and") or not predicate.clause:
            return ()
        found: tuple[PartyMention, ...] = ()
        for clause in range(predicate.clause - 1, -1, -1):
            start = self.sentence.clause_ends[clause - 1] if clause else self.sentence.start
            end = self.sentence.clause_ends[clause]
            here = [group for group in self.groups if start <= group.start < end]
            if any(one.clause == clause and not one.noun for one in self.reading.predicates):
                return ()
            if not here or here[0].governed - FREE:
                break
            found = (*here[0].parties, *found)
        return found

    def _aside(self, start: int, verb: Predicate) -> bool:
        """Whether a clause is only said of what stands before it: "many of whom were old", "who had left"."""
        opening = [mark for mark in self.sentence.marks if start <= mark.start < verb.start][:2]
        if any(one.mark.term.speech and 0 <= start - one.end <= NEAR for one in self.reading.predicates):
            return False  # what somebody says
        if any(mark.has("relative") for mark in opening):
            return True
        joined = bool(opening) and opening[0].has("and") and verb.order > 0
        return joined and self.reading.predicates[verb.order - 1].clause in self.asides

    def _gerund(self, predicate: Predicate, inside: list[Group]) -> None:
        before = [one for one in self.reading.predicates[: predicate.order] if not one.noun]
        accused = before[-1] if before and before[-1].mark.term.speech == "accuse" and before[-1].objects else None
        if accused is not None and not accused.passive:
            predicate.subject, predicate.known, predicate.sharing = accused.objects, True, accused
            predicate.notes.append(("accused", "actor", predicate.start, predicate.end))
        elif self._joined_gerund(predicate, before):
            predicate.subject, predicate.known, predicate.sharing = before[-1].subject, True, before[-1]
        elif inside and predicate.start - inside[-1].end <= 2:
            self._give(predicate, inside[-1].parties, "subject", inside[-1])
        elif self.main is not None:
            main = (_teller(before) if predicate.mark.term.speech else self._said(before)) or self.main
            predicate.subject, predicate.known, predicate.sharing = main.subject, main.known, main
            if main.passive and (main.doers or predicate.mark.term.harms):
                predicate.subject = main.doers
            predicate.notes.append(("shared_subject", "actor", predicate.start, predicate.end))
        else:
            left = self._left_over(predicate)
            if left is not None and predicate.start - left.end <= NEAR:
                self._give(predicate, left.parties, "subject", left)
            self.waiting.append(predicate)

    def _said(self, before: list[Predicate]) -> Predicate | None:
        """The verb of what somebody says, right before: "said that they had left after taking it"."""
        if self.main is None or not self.main.mark.term.speech or not before:
            return None
        last = before[-1]
        return last if last.finite and last is not self.main and last.subject and not last.mark.term.speech else None

    def _joined_gerund(self, predicate: Predicate, before: list[Predicate]) -> bool:
        """ "withdrawing from X and retreating to Y": the second gerund shares the subject of the first."""
        if not before or before[-1].form != "gerund" or not before[-1].subject:
            return False
        joint = [mark for mark in self.sentence.marks[before[-1].index + 1 : predicate.index] if mark.has("and")]
        return bool(joint) and only_adverbs(self.sentence, joint[-1].end, predicate.start, self.sentence.marks)

    def _modified(self, predicate: Predicate, inside: list[Group]) -> None:
        """A passive participle: what stands right before it suffers."""
        predicate.known, predicate.sharing = True, self.main
        if inside and predicate.start - inside[-1].end <= 14:
            self._give(predicate, inside[-1].parties, "passive_subject", inside[-1])

    def _controlled(self, predicate: Predicate) -> None:
        """An infinitive is done by the object of a verb of causing, otherwise by the subject of the verb before."""
        before = [one for one in self.reading.predicates[: predicate.order] if not one.noun]
        if not before:
            return
        governing = before[-1]
        caused = governing.mark.has("cause") and not governing.passive
        predicate.sharing = governing
        predicate.subject = governing.objects if caused and governing.objects else governing.subject
        predicate.known = True

    def _complements(self, predicate: Predicate) -> None:
        start, end = predicate.region
        after = [group for group in self.groups if start <= group.start < end]
        limit = self._event_after(predicate, end)
        for group in after:
            if "by" in group.governed:
                if (predicate.passive or predicate.noun) and self._owns(group):
                    predicate.doers = predicate.doers or group.parties
            elif group.governed & {"toward"} and not group.governed & {"from"}:
                predicate.against = predicate.against or group.parties
            elif "from" in group.governed:
                if not predicate.objects:
                    predicate.against = predicate.against or group.parties
            elif not group.governed - FREE - {"partial"} and group.start < limit and not predicate.noun:
                if group.end <= limit and self._owns(group):
                    predicate.objects = predicate.objects or group.parties
            elif "of" in group.governed and predicate.noun:
                predicate.objects = predicate.objects or group.parties

    def _event_after(self, predicate: Predicate, end: int) -> int:
        for other in self.reading.predicates[predicate.order + 1 :]:
            if other.noun and other.start < end:
                return other.start
        return end

    def _owns(self, group: Group) -> bool:
        """Whether the group is no mere modifier: of an event, of a place, of a thing."""
        marks = self.sentence.marks
        following = marks[group.last + 1] if group.last + 1 < len(marks) else None
        if following is None or following.start - group.end > 2:
            return True
        if following.has("held") or following.term.place_kind:
            return False
        event = following.term.trigger is not None and bool(following.term.flags & {"singular", "plural"})
        return not event
