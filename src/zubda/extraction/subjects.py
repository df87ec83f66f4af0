"""Subjects: who a segment is about, and what of it only stands in a phrase, a relative clause or a place."""

from __future__ import annotations

from dataclasses import replace

from zubda.extraction.frames import Context, Frame, holds_in_passing
from zubda.extraction.marks import Segment, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.relative import cleft
from zubda.model import BLOWS

__all__ = ["INERT", "NEUTRAL", "OBLIQUE", "STRUCK", "Subjects"]

OBLIQUE = frozenset({"toward", "from", "object", "toward_place", "with", "support", "passive", "by"})
STRUCK = BLOWS | {"clash", "territory", "siege"}
NEUTRAL = frozenset({"unknown", "civ", "other", "un"})
MEETINGS = frozenset({"clash", "agreement"})
PEOPLE = "people"
NEAR = 4
FROM_AFAR = frozenset({"airstrike", "shelling"})
INERT = frozenset({"buildings", "villages", "weapons"})


class Subjects:
    """The subjects of a sentence's segments."""

    def __init__(self, sentence: Sentence, groups: list[Group], context: Context) -> None:
        self.sentence = sentence
        self.groups = groups
        self.context = context
        self.topics: dict[int, tuple[PartyMention, ...]] = {}
        self.placed: set[int] = set()
        self._verbs: dict[int, int] = {}
        self._topics()

    def _topics(self) -> None:
        """The subject that each segment hands to those after it; what is caused or said inside does not change it."""
        topic: tuple[PartyMention, ...] = ()
        place = False
        for segment in self.sentence.segments:
            topic = () if segment.opened == "speech" else topic
            subject = self._subject(segment, self._first_verb(segment))
            if subject is None:
                place = place or self._about_place(segment)
                if place:
                    self.placed.add(segment.number)
                self.topics[segment.number] = () if place else topic
                continue
            place = False
            self.topics[segment.number] = subject.parties
            if self._in_time_phrase(segment, subject):
                continue
            if segment.opened not in ("pivot", "aside"):
                topic = self._first_of(segment, subject)

    def _about_place(self, segment: Segment) -> bool:
        """Whether the segment begins with a place to tell what or where it is, so that the place goes on as the subject."""
        marks = [self.sentence.marks[number] for number in self.sentence.in_segment(segment)]
        if not marks or not (marks[0].has("place_pronoun") or (marks[0].lexeme.places and not marks[0].lexeme.actor)):
            return False
        rest = [mark for mark in marks[1:] if not mark.has("tail")]
        return bool(rest) and (rest[0].has("located") or rest[0].has("copula"))

    def _first_of(self, segment: Segment, subject: Group) -> tuple[PartyMention, ...]:
        """Who goes on as the subject: of two sides that met only the first ("A made a deal with B, and withdrew")."""
        triggers = [self.sentence.marks[number].term.trigger for number in self.sentence.in_segment(segment)]
        met = any(trigger is not None and trigger.type in MEETINGS for trigger in triggers)
        first = subject.parties[0].side
        if not met or subject.allied or first in NEUTRAL:
            return subject.parties
        return tuple(party for party in subject.parties if party.side == first)

    def _in_time_phrase(self, segment: Segment, group: Group) -> bool:
        """Whether the group acts in a phrase of time only: "after X had bombed, ..."."""
        marks = self.sentence.marks
        inside = self.sentence.in_segment(segment)
        opens = any(marks[number].has("at") for number in inside if number < group.first)
        return opens and any(marks[number].has("after") for number in inside[-2:] if number > group.last)

    def _first_verb(self, segment: Segment) -> int:
        known = self._verbs.get(segment.number)
        if known is None:
            known = self._verbs[segment.number] = self._find_first_verb(segment)
        return known

    def _find_first_verb(self, segment: Segment) -> int:
        inside = self.sentence.in_segment(segment)
        for index in inside:
            mark = self.sentence.marks[index]
            verb = mark.term.trigger is not None and not mark.term.trigger.noun
            if (mark.has("passive") or verb) and not self._subordinate(index, inside):
                return mark.start
        return segment.end

    def _subordinate(self, index: int, inside: list[int]) -> bool:
        """Whether a verb or passive word stands in a relative clause or a phrase of time."""
        marks = self.sentence.marks
        if marks[index].has("from") and any(marks[number].has("the") for number in inside if number > index):
            return True
        for number in inside:
            if number < index:
                continue
            if self._held(number) or marks[number].has("held_area"):
                return marks[number].term.trigger is not None or number == index
            if number > index and marks[number].has("after"):
                return True
            trigger = marks[number].term.trigger
            if number > index and trigger is not None and not trigger.noun:
                return False
        return False

    def _held(self, index: int) -> bool:
        marks = self.sentence.marks
        if index + 1 >= len(marks) or not marks[index + 1].has("the") or cleft(self.sentence, index):
            return False
        return marks[index + 1].start - marks[index].end <= 1

    def _inside(self, segment: Segment) -> list[Group]:
        return [group for group in self.groups if segment.start <= group.start < segment.end]

    def _subject(self, segment: Segment, position: int) -> Group | None:
        """The first party before ``position`` that no word governs and that modifies nothing."""
        fallback = None
        position = min(position, self._first_verb(segment)) if position < segment.end else position
        for group in self._inside(segment):
            if group.end > position or group.governed & OBLIQUE or self._oblique(segment, group):
                continue
            if all(party.thing in INERT for party in group.parties):
                continue
            if holds_in_passing(self.sentence, group) or self._supports(group) or self._in_place(group):
                continue
            if self._made_up(segment, group):
                continue
            if self._modifies(group):
                fallback = fallback or group
                continue
            return group
        return fallback

    def _made_up(self, segment: Segment, group: Group) -> bool:
        """Whether the group stands in a relative passive: "the brigade made up of A and B"."""
        marks = self.sentence.marks
        inside = self.sentence.in_segment(segment)
        passive = [number for number in inside if number < group.first and marks[number].has("passive")]
        held = [number for number in inside if number > group.last and self._held(number)]
        return bool(passive and held) and not any(
            marks[number].term.trigger for number in inside if passive[-1] < number < group.first
        )

    def _supports(self, group: Group) -> bool:
        """Whether a word of support follows the group: "with the support of X"."""
        following = self.sentence.marks[group.last + 1 : group.last + 3]
        return any(mark.has("support") and mark.start - group.end <= 2 for mark in following)

    def _in_place(self, group: Group) -> bool:
        """Whether the group only tells whose quarter a place is ("the Christian district"), or what something is near."""
        following = self.sentence.marks[group.last + 1 : group.last + 2]
        if any((mark.has("tail") or mark.has("settled")) and mark.start == group.end for mark in following):
            return True
        return self._near_it(group)

    def _near_it(self, group: Group) -> bool:
        """Whether a word of place opens a phrase before the group that a word of direction ends right behind it: "near A's depot"."""
        marks = self.sentence.marks
        after = marks[group.last + 1] if group.last + 1 < len(marks) else None
        if after is None or not after.has("direction") or after.start - group.end > NEAR:
            return False
        for index in range(group.first - 1, -1, -1):
            mark = marks[index]
            if mark.term.trigger is not None or self.sentence.clause_of(mark.start) != self.sentence.clause_of(
                group.start
            ):
                return False
            if mark.has("at"):
                return True
        return False

    def _oblique(self, segment: Segment, group: Group) -> bool:
        """Whether a word of direction before the group opens a phrase that the group stands in: "at X, held by B, they fired"."""
        marks = self.sentence.marks
        for index in range(group.first - 1, -1, -1):
            mark = marks[index]
            if mark.start < segment.start:
                return False
            if (
                mark.term.trigger is not None
                and not mark.has("stationed")
                and not any(between.has("the") for between in marks[index + 1 : group.first])
            ):
                return False
            if mark.has("toward") or mark.has("object"):
                return True
        return False

    def _modifies(self, group: Group) -> bool:
        marks = self.sentence.marks
        following = group.last + 1
        if following >= len(marks) or marks[following].start - group.end > 2:
            return False
        mark = marks[following]
        if mark.has("the"):
            return True
        return bool(mark.lexeme.places) and mark.start == group.end and not mark.lexeme.actor

    def _struck(self, frame: Frame, group: Group) -> bool:
        """Whether a group may be what the frame is aimed at: whoever only holds a place is so where the place is attacked."""
        if self._in_place(group):
            return False
        if not holds_in_passing(self.sentence, group):
            return True
        return frame.type in STRUCK and not (frame.type in FROM_AFAR and self._holds_named(group))

    def _only_lives_there(self, frame: Frame, group: Group) -> bool:
        """Whether what is aimed at is only the place that the group lives in or holds, not the group."""
        after = self.sentence.marks[group.last + 1 : group.last + 2]
        people = any(party.kind == PEOPLE for party in group.parties)
        if any(mark.has("settled") or (people and mark.has("tail")) for mark in after):
            return True
        return holds_in_passing(self.sentence, group) and not self._struck(frame, group)

    def _holds_named(self, group: Group) -> bool:
        """Whether the place that the group is told to hold has a name: bombing it strikes the place, bombing "their area" them."""
        after = self.sentence.marks[group.last + 3 : group.last + 4]
        return any(mark.lexeme.places or mark.name for mark in after)

    def _owner(self, frame: Frame) -> None:
        """Whose stronghold it is: "X is the stronghold of G"."""
        owners = [group for group in self._inside(frame.segment) if group.start <= frame.start]
        owners = [group for group in owners if all(party.side not in NEUTRAL for party in group.parties)]
        if owners:
            frame.agents = [replace(party, thing="") for party in owners[-1].parties]
            frame.rules.append(("owner", "actor", owners[-1].start, owners[-1].end))

    def _owner_of_weapon(self, frame: Frame) -> None:
        """Whose weapon struck: "a missile of A hit X"."""
        owner = next((group for group in self.groups if group.first <= frame.index <= group.last), None)
        if owner is not None and all(party.side not in NEUTRAL for party in owner.parties):
            frame.agents = [replace(party, thing="") for party in owner.parties]
            frame.rules.append(("owner", "actor", owner.start, owner.end))

    def _cut_off(self, frame: Frame) -> None:
        """Whose line is cut: "A cut B's last supply line", "B's supply line was cut"."""
        marks = self.sentence.marks
        inside = self.sentence.in_segment(frame.segment)
        cut = next((number for number in inside if marks[number].has("provision_cut")), None)
        if cut is None:
            return
        owners = [group for group in self._inside(frame.segment) if group.end <= max(frame.start, marks[cut].start)]
        owners = [group for group in owners if all(party.side not in NEUTRAL for party in group.parties)]
        passive = any(marks[number].has("passive") for number in inside if number < cut)
        if not passive:
            owners = [group for group in owners if group.first > cut]
        if owners:
            frame.targets = list(owners[-1].parties)
            frame.agents = [] if passive else frame.agents
            frame.rules.append(("passive_subject" if passive else "object", "target", owners[-1].start, owners[-1].end))

    def actors_before(self, frame: Frame) -> list[PartyMention]:
        """The subjects of the clauses before the frame's, nearest first."""
        earlier = [segment for segment in self.sentence.segments if segment.end <= frame.segment.start]
        found = [self._subject(segment, self._first_verb(segment)) for segment in reversed(earlier)]
        return [party for group in found if group is not None for party in group.parties]

    def doers(self, index: int) -> tuple[PartyMention, ...]:
        """Who does what the mark at ``index`` tells: the doer of a passive, or the subject."""
        mark = self.sentence.marks[index]
        segment = self.sentence.segment_of(mark.start)
        inside = [group for group in self._inside(segment) if group.end <= mark.start]
        passive = [
            other for other in self.sentence.marks[:index] if other.has("passive") and other.start >= segment.start
        ]
        if passive:
            after = [group for group in inside if group.start >= passive[-1].end]
            return after[-1].parties if after else ()
        subject = self._subject(segment, mark.start)
        return subject.parties if subject else ()

    def _killed_in_it(self, frame: Frame) -> bool:
        """Whether a counted subject of a verb of killing without an object is who was killed: "twenty rebels killed in the battle"."""
        harms = self.sentence.marks[frame.index].term.harms
        if not harms or any(harm.suffer for harm in harms) or frame.nominal:
            return False
        inside = self.sentence.in_segment(frame.segment)
        clefted = cleft(self.sentence, frame.index)
        if any(number > frame.index for number in inside) and not clefted:
            return False
        subject = self._subject(frame.segment, frame.start)
        if clefted:
            copula = max(number for number in range(frame.index) if self.sentence.marks[number].has("copula"))
            counted = self.sentence.marks[copula - 1].count if copula else None
            if subject is None and counted is not None and counted.noun:
                return True  # "51 of them were executed"
            return subject is not None and subject.last < copula
        if subject is None or not subject.first:
            return False
        before = self.sentence.marks[subject.first - 1]
        return (
            before.count is not None
            and before.count.unit != "name"
            and frame.index - 1 not in range(subject.first, subject.last + 1)
        )
