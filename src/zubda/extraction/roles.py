"""Roles: who does it and to whom, by word order, passives, prepositions, and what goes without saying."""

from __future__ import annotations

from zubda.extraction.frames import Frame, holds_in_passing
from zubda.extraction.marks import Mark
from zubda.extraction.opening import INSTRUMENTS
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.subjects import INERT, NEUTRAL, OBLIQUE, STRUCK, Subjects
from zubda.model import BLOWS

__all__ = ["NEUTRAL", "Roles"]

STRONGHOLD = "stronghold"
SYMMETRIC = frozenset({"clash", "agreement", "alliance"})
ATTACKS = BLOWS | {"clash"}
TARGETED = ATTACKS | {
    "execution", "attack_on_civilians", "abduction", "arrest", "release", "siege", "alliance", "defection", "agreement",
    "destruction", "statement", "protest", "seizure", "territory", "other", "supply", "displacement", "casualties",
}  # fmt: skip
DOERS_KNOWN = frozenset({"territory", "withdrawal", "movement", "seizure", "control", "release"})
TAKEN = frozenset({"territory", "siege"})
OBTAINED = frozenset({"supply", "movement", "strength", "seizure", "territory"})


class Roles(Subjects):
    """The parties of the frames of a sentence."""

    def assign(self, frame: Frame) -> None:
        """Fill the frame's agents and targets."""
        passive = self._passive(frame)
        if frame.again and self._done_by(frame):
            frame.passive = True
        elif passive is not None:
            frame.passive = True
            self._assign_passive(frame, passive)
        elif frame.type in ("bomb", "suicide_bomb") and self._happens(frame):
            pass
        elif self._suffers_in_it(frame):
            subject = self._subject(frame.segment, frame.start)
            if subject is not None and not any(party.thing for party in subject.parties):
                frame.targets = list(subject.parties)
                frame.rules.append(("suffers_in_it", "target", subject.start, subject.end))
        elif frame.trigger.rule == STRONGHOLD:
            self._owner(frame)
        elif self._killed_in_it(frame):
            frame.passive = True
            self._assign_passive(frame, self.sentence.marks[frame.index])
        else:
            self._assign_active(frame)
        if frame.type == "supply" and "provision_cut" in self.sentence.flags:
            self._cut_off(frame)
        if frame.trigger.rule in INSTRUMENTS and not frame.agents and not frame.passive:
            self._owner_of_weapon(frame)
        self._resolve_pronouns(frame)
        before = [mark for mark in self.sentence.marks[: frame.index] if mark.start >= frame.segment.start]
        frame.headed = any(mark.has("toward") or mark.has("from") for mark in before)
        stop = self._next_verb(frame)
        after = [group for group in self._inside(frame.segment) if frame.end <= group.start < stop]
        frame.spoils = [party for party in after[0].parties if party.thing] if after else []
        if frame.past and not frame.agents and not frame.passive:
            self._of_main_clause(frame)
        self._supporters(frame)
        if not frame.nominal or not frame.weak:
            frame.agents = [party for party in frame.agents if not self._inert(frame, party)]
        else:
            frame.agents = []
        if frame.type not in TARGETED:
            frame.targets = []

    def _supporters(self, frame: Frame) -> None:
        """Named forces that support the attack take part in it."""
        if not frame.agents or frame.passive or "support" not in self.sentence.flags:
            return
        for group in self.groups:
            if self._supports(group) and group.end <= frame.start:
                frame.agents += [party for party in group.parties if party.side not in NEUTRAL and not party.thing]

    @staticmethod
    def _inert(frame: Frame, party: PartyMention) -> bool:
        """Whether a thing cannot act, or is what was hit."""
        return party.thing in INERT or (bool(party.thing) and party.side == "civ" and frame.type in ATTACKS)

    def _passive(self, frame: Frame) -> Mark | None:
        """The passive word that governs the trigger: before it in the segment, with no other verb between."""
        marks = self.sentence.marks
        if frame.trigger.passive:
            return marks[frame.index]
        relative = False
        for index in range(frame.index - 1, -1, -1):
            mark = marks[index]
            if mark.start < frame.segment.start:
                return None
            verb = marks[index + 1] if index + 1 < len(marks) else None
            aim = mark.has("aim_verb") and verb is not None and verb.start == mark.end and verb.term.trigger is not None
            if (
                mark.has("passive")
                and not relative
                and not (aim and index + 1 != frame.index)
                and not (mark.has("passive_obtain") and frame.type in OBTAINED)
                and not self._holder_after(mark, frame)
            ):
                return mark
            trigger = mark.term.trigger
            relative = trigger is not None and self._held(index)
            if trigger is not None and not trigger.noun and not mark.has("light") and not mark.has("the"):
                following = marks[index + 1]
                if not following.has("and") and not following.has("the") and trigger.type != frame.trigger.type:
                    return None
        return None

    def _holder_after(self, passive: Mark, frame: Frame) -> bool:
        """Whether the passive word only tells who holds a place: "bombed the town held by X"."""
        doers = [
            group for group in self._inside(frame.segment) if passive.end <= group.start and group.end <= frame.start
        ]
        return bool(doers) and holds_in_passing(self.sentence, doers[0])

    def _assign_passive(self, frame: Frame, passive: Mark) -> None:
        inside = self._inside(frame.segment)
        doers = [group for group in inside if passive.end <= group.start and group.end <= frame.start]
        doers = [group for group in doers if not any(party.thing in INERT for party in group.parties)]
        suffering = self._subject(frame.segment, passive.start)
        if not doers and frame.trigger.passive:
            captors = [group for group in inside if group.end <= frame.start and group.governed & {"toward"}]
            doers = [group for group in captors if all(party.side not in NEUTRAL for party in group.parties)]
        if doers:
            frame.agents = list(doers[0].parties)
            frame.rules.append(("passive_agent", "actor", doers[0].start, doers[0].end))
        else:
            self._who_causes(frame)
        if suffering is not None:
            frame.targets = list(suffering.parties)
            frame.rules.append(("passive_subject", "target", suffering.start, suffering.end))
            return
        inert = [group for group in inside if group.end <= passive.start and not group.governed & OBLIQUE]
        held = [group for group in inert if holds_in_passing(self.sentence, group)]
        if held and frame.type in STRUCK:
            frame.targets = list(held[-1].parties)
            frame.rules.append(("holder_struck", "target", held[-1].start, held[-1].end))
            return
        if inert:
            frame.targets = list(inert[-1].parties)
            frame.rules.append(("passive_subject", "target", inert[-1].start, inert[-1].end))
        elif self.topics[frame.segment.number] and frame.trigger.type not in ("territory", "control"):
            frame.targets = list(self.topics[frame.segment.number])
            frame.rules.append(("shared_subject", "target", frame.start, frame.end))

    def _who_causes(self, frame: Frame) -> None:
        """Who makes others suffer acts: "A wrecked their posts and inflicted losses on B"."""
        segment = frame.segment
        before = self.sentence.segments[segment.number - 1] if segment.number else None
        if segment.opened != "pivot" or before is None or before.clause != segment.clause or frame.type != "clash":
            return
        cause = self.topics[before.number]
        if cause and all(party.side not in NEUTRAL and not party.thing for party in cause):
            frame.agents = list(cause)
            frame.rules.append(("shared_subject", "actor", frame.start, frame.end))

    def _assign_active(self, frame: Frame) -> None:
        segment = frame.segment
        subject = self._inner_subject(frame) or self._subject(segment, frame.start)
        if subject is not None:
            self._take_subject(frame, subject)
        elif not self._existential(frame):
            self._inherit(frame)
        before = [group for group in self._inside(segment) if group.end <= frame.start]
        towards = [group for group in before if group.governed & {"toward", "object"} or self._oblique(segment, group)]
        together = [group for group in before if group.governed & {"with"} and group is not subject]
        towards = [group for group in towards if not self._only_lives_there(frame, group)]
        towards = [group for group in towards if any(party.thing != "weapons" for party in group.parties)]
        direct = [
            group
            for group in towards
            if group.governed & {"toward", "object"} and not all(party.pronoun for party in group.parties)
        ]
        if towards:
            towards = direct or towards
            frame.targets = list(towards[-1].parties)
            frame.rules.append(("toward_whom", "target", towards[-1].start, towards[-1].end))
        elif together and frame.type in SYMMETRIC:
            frame.targets = list(together[-1].parties)
            frame.rules.append(("with_whom", "target", together[-1].start, together[-1].end))
        elif not frame.targets:
            self._object(frame)

    def _inner_subject(self, frame: Frame) -> Group | None:
        """Who acts within a phrase: "37 people died in the bombing by X"."""
        marks = self.sentence.marks
        within = marks[frame.index + 1 : frame.index + 2]
        if not frame.nominal or not any(mark.has("within") for mark in within):
            return None
        inside = [index for index in self.sentence.in_segment(frame.segment) if index < frame.index]
        opens = [index for index in inside if marks[index].has("at") or marks[index].has("passive")]
        if not opens:
            return None
        groups = [
            group for group in self._inside(frame.segment) if opens[-1] < group.first and group.end <= frame.start
        ]
        free = [
            group
            for group in groups
            if not group.governed & (OBLIQUE - {"passive"})
            and not (self._in_place(group) or holds_in_passing(self.sentence, group))
            and not self._oblique(frame.segment, group)
        ]
        return free[0] if free and any(party.armed for party in free[0].parties) else None

    def _take_subject(self, frame: Frame, subject: Group) -> None:
        """A group of two sides joined by "with" in a fight is attacker and opponent; otherwise all of it acts."""
        parties = list(subject.parties)
        first = parties[0].side
        if (
            not self._alongside(frame)
            and frame.type in SYMMETRIC
            and len({party.side for party in parties}) > 1
            and not subject.allied
        ):
            frame.agents = [party for party in parties if party.side == first]
            frame.targets = [party for party in parties if party.side != first]
            frame.rules.append(("fight_between", "actor", subject.start, subject.end))
            return
        frame.agents = parties
        frame.rules.append(("subject", "actor", subject.start, subject.end))

    def _happens(self, frame: Frame) -> bool:
        """Whether the blast is told to have happened where the subject is: "a blast occurred at the army building"."""
        marks = self.sentence.marks
        inside = [number for number in self.sentence.in_segment(frame.segment) if number < frame.index]
        return any(marks[number].has("light_happen") for number in inside) and not any(
            group.governed & {"toward"} for group in self._inside(frame.segment) if group.end <= frame.start
        )

    def _suffers_in_it(self, frame: Frame) -> bool:
        """Whether the subject is told to have suffered in the event: "the mayor died in a bombing"."""
        marks = self.sentence.marks
        inside = self.sentence.in_segment(frame.segment)
        after = [marks[number] for number in inside if number > frame.index]
        if not frame.nominal or len(after) < 2 or not after[0].has("within") or after[0].start != frame.end:
            return False
        if any(
            group.governed & {"toward", "with"} for group in self._inside(frame.segment) if group.end <= frame.start
        ):
            return False
        phrase = [number for number in inside if number < frame.index and marks[number].has("at")]
        if not phrase or any(phrase[-1] < group.first < frame.index for group in self.groups):
            return False
        return any(harm.suffer for harm in after[1].term.harms) if after[1].term.harms else False

    def _alongside(self, frame: Frame) -> bool:
        """Whether those joined by "with" fight on one side: "A and B fought side by side"."""
        if "alongside" not in self.sentence.flags:
            return False
        return any(self.sentence.marks[number].has("alongside") for number in self.sentence.in_segment(frame.segment))

    def _object(self, frame: Frame) -> None:
        stop = self._next_verb(frame)
        for group in self._inside(frame.segment):
            if not frame.end <= group.start < stop or group.governed & {"from", "with"}:
                continue
            taken = frame.type in TAKEN and holds_in_passing(self.sentence, group)  # "took X, guarded by G until then"
            if group.governed & {"passive"} and not taken:
                continue
            if any(mark.has("because") for mark in self.sentence.marks[frame.index : group.first]):
                return
            if not self._struck(frame, group):
                continue
            if all(party.thing in INERT and party.side in NEUTRAL for party in group.parties) and not (
                frame.type == "attack_on_civilians" or self._installation(frame, group)
            ):
                continue
            if frame.trigger.change == "fell":
                frame.agents = list(group.parties)
                frame.rules.append(("fell_to", "actor", group.start, group.end))
                return
            frame.targets = list(group.parties)
            frame.rules.append(("object", "target", group.start, group.end))
            return

    def _installation(self, frame: Frame, group: Group) -> bool:
        """Whether buildings without a name are attacked or wrecked."""
        return frame.type in ATTACKS | {"destruction"} and all(party.thing == "buildings" for party in group.parties)

    def _next_verb(self, frame: Frame) -> int:
        for index in self.sentence.in_segment(frame.segment):
            mark = self.sentence.marks[index]
            trigger = mark.term.trigger
            verb = trigger is not None and not trigger.noun and mark.start - frame.end > 1 and not mark.has("stationed")
            if index > frame.index and verb and not self._held(index):
                return mark.start + 1
        return frame.segment.end

    def _existential(self, frame: Frame) -> bool:
        """ "Fighting broke out in X": nobody is told to act."""
        if not frame.trigger.noun and not frame.again and not self._goes_on_by_itself(frame):
            return False
        if any(group.governed & {"with"} for group in self._inside(frame.segment) if group.end <= frame.start):
            return False
        here = [segment for segment in self.sentence.segments if segment.clause == frame.clause]
        if any(self._subject(segment, self._first_verb(segment)) for segment in here if segment.end <= frame.start):
            return False
        marks = self.sentence.marks
        near = [number for number in range(frame.index - 2, frame.index + 3) if 0 <= number < len(marks)]
        lit = any(marks[number].has("light") for number in near if number != frame.index)
        return lit or frame.weak or self._goes_on_by_itself(frame)

    def _goes_on_by_itself(self, frame: Frame) -> bool:
        """Whether the fight is the subject of its own clause: "the fighting around the base continued"."""
        if frame.trigger.type != "clash":
            return False
        marks = self.sentence.marks
        inside = self.sentence.in_segment(frame.segment)
        if any(marks[number].has("light") for number in inside if number < frame.index):
            return False
        following = [marks[number] for number in inside if number > frame.index]
        lit = next((place for place, mark in enumerate(following) if mark.has("light")), None)
        return lit is not None and not any(mark.term.trigger or mark.has("with") for mark in following[:lit])

    def _inherit(self, frame: Frame) -> None:
        topic = self.topics[frame.segment.number]
        if frame.segment.number in self.placed:
            return
        if topic:
            frame.agents = list(topic)
            frame.rules.append(("shared_subject", "actor", frame.start, frame.end))
        elif frame.type in DOERS_KNOWN and frame.segment.opened != "speech" and not frame.trigger.noun:
            frame.agents = [party for party in self.context.subject if party.side not in NEUTRAL]
            if frame.agents:
                frame.rules.append(("subject_of_sentence_before", "actor", frame.start, frame.end))

    def _done_by(self, frame: Frame) -> bool:
        """ "This attack was carried out by X": the doer stands after the noun."""
        marks = self.sentence.marks
        for index in self.sentence.in_segment(frame.segment):
            if index <= frame.index or not marks[index].has("passive"):
                continue
            doers = [group for group in self._inside(frame.segment) if group.first == index + 1]
            if not doers:
                continue
            beaten = any(mark.has("failure") for mark in marks[doers[0].last + 1 : doers[0].last + 3])
            if beaten:
                frame.targets, frame.failed = list(doers[0].parties), True
                rival = self.context.opponent({party.side for party in frame.targets})
                frame.agents = [rival] if rival is not None else []
            else:
                frame.agents = list(doers[0].parties)
            role = ("repelled", "target") if beaten else ("passive_agent", "actor")
            frame.rules.append((*role, doers[0].start, doers[0].end))
            return True
        return False

    def _of_main_clause(self, frame: Frame) -> None:
        """ "After taking X, they withdrew": the background has the subject of the clause that it is told with."""
        for segment in self.sentence.segments[frame.segment.number + 1 :]:
            subject = self._subject(segment, self._first_verb(segment))
            if subject is not None and not self._modifies(subject):
                frame.agents = list(subject.parties)
                frame.rules.append(("subject_of_main_clause", "actor", subject.start, subject.end))
                return

    def _resolve_pronouns(self, frame: Frame) -> None:
        for role in ("agents", "targets"):
            parties: list[PartyMention] = getattr(frame, role)
            if not any(party.pronoun for party in parties):
                continue
            resolved: list[PartyMention] = []
            for party in parties:
                if party.pronoun == "they":
                    resolved += self._antecedent(party)
                elif party.pronoun == "both":
                    resolved += self.context.fighting
                else:
                    resolved.append(party)
            if any(party.pronoun == "both" for party in parties) and role == "agents" and len(resolved) > 1:
                frame.agents, frame.targets = resolved[:1], resolved[1:]
            else:
                setattr(frame, role, resolved)

    def _antecedent(self, pronoun: PartyMention) -> list[PartyMention]:
        """Whom "they" means: the last subject before it in the sentence, else that of the sentence before."""
        before = [
            party
            for group in self.groups
            for party in group.parties
            if party.end <= pronoun.start and not party.pronoun and party.armed
        ]
        return before[-1:] or list(self.context.subject)
