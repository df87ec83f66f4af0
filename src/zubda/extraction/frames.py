"""Frames: a trigger with who does it and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from zubda.extraction.marks import Mark, Segment, Sentence
from zubda.extraction.opening import Opening, open_trigger, stands_as_noun
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.relative import cleft
from zubda.languages.interface import Grammar, Trigger
from zubda.model import BLOWS

__all__ = ["Context", "Frame", "find_frames", "holder_in_passing"]

CAPTURES = frozenset({"territory", "control"})
WISHED = frozenset({"strength", "statement", "alliance", "displacement", "attack_on_civilians", "protest", "other"})
REMARKED = frozenset({"territory", "movement"})  # "this is the first time that they entered" tells what was told
STATIONED_REACH = 6
LEAVING = "leaving"
AIMED = frozenset({"territory", "siege", "clash", "supply", "control"})


@dataclass(slots=True)
class Context:
    """What a sentence leaves for the next: who acted, against whom, the two sides last seen fighting, whom each side fights, the
    type of the attack told last, how often which side was told to have which kind of machine, and how often each side was named."""

    subject: tuple[PartyMention, ...] = ()
    target: tuple[PartyMention, ...] = ()
    fighting: tuple[PartyMention, ...] = ()
    opponents: dict[str, dict[str, tuple[float, PartyMention]]] = field(default_factory=dict)
    attack: str = ""
    owners: dict[str, dict[str, int]] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    def opponent(self, sides: set[str]) -> PartyMention | None:
        """The party that these sides were most often told to fight."""
        met = [entry for side in sorted(sides) for entry in self.opponents.get(side, {}).values()]
        met = [entry for entry in met if entry[1].side not in sides]
        return max(met, key=self._weight)[1] if met else None

    def _weight(self, entry: tuple[float, PartyMention]) -> float:
        """How often a party was fought, by how often its side is named at all: a war of many has its main sides."""
        return entry[0] * (1 + self.named.get(entry[1].side, 0))


@dataclass(slots=True)
class Frame:
    """One candidate claim. ``index`` is the trigger's mark, ``segment`` the stretch that it stands in.

    * ``weak``: it only carries a toll; ``past``: told as the background of something else, in a phrase that ends at ``until``;
      ``again``: a mention of the event told before; ``another``: one more of its kind; ``supports``: it
      helps what else the sentence tells; ``nominal``: the word stands as a noun;
    * ``failed``: an attempt or attack that failed; ``repulse``: it tells how an attack was beaten off; ``implied``: the target is
      not named but follows from the fight; ``partial``: a part of the place; ``passive``: the subject suffers it;
      ``share``: how much of the place, 0..1; ``of_city``: the place is a city;
    * ``headed``: a word of direction stands before the verb; ``spoils``: the things after it; ``region``: where its complements
      stand, if its language tells (plain offsets).
    """

    index: int
    trigger: Trigger
    type: str
    clause: int
    start: int
    end: int
    segment: Segment
    agents: list[PartyMention] = field(default_factory=list)
    targets: list[PartyMention] = field(default_factory=list)
    weak: bool = False
    past: bool = False
    again: bool = False
    failed: bool = False
    partial: bool = False
    share: tuple[float, float] | None = None
    of_city: bool = False
    passive: bool = False
    implied: bool = False
    region: tuple[int, int] = (0, 0)
    repulse: bool = False
    until: int = 0
    headed: bool = False
    another: bool = False
    supports: bool = False
    nominal: bool = False
    spoils: list[PartyMention] = field(default_factory=list)
    rules: list[tuple[str, str, int, int]] = field(default_factory=list)


def find_frames(sentence: Sentence, groups: list[Group], context: Context, grammar: Grammar) -> list[Frame]:
    """The frames of a sentence, left to right, with their parties. Aims, relative clauses and mere mentions open none."""
    from zubda.extraction.defence import settle_failures
    from zubda.extraction.roles import Roles

    if not any(mark.term.trigger for mark in sentence.marks):
        return []
    frames: list[Frame] = []
    roles = Roles(sentence, groups, context)
    for index, mark in enumerate(sentence.marks):
        trigger = mark.term.trigger
        if trigger is None:
            continue
        segment = sentence.segment_of(mark.start)
        opening = open_trigger(sentence, index, trigger, segment, groups, grammar)
        if opening is None:
            continue
        frame = Frame(index, trigger, trigger.type, segment.clause, mark.start, mark.end, segment)
        frame.rules.append((trigger.rule, "type", mark.start, mark.end))
        frame.nominal = stands_as_noun(sentence, index, trigger) or opening in (Opening.WEAK, Opening.AGAIN)
        frame.another = "another" in sentence.flags and any(
            sentence.marks[number].has("another") for number in sentence.in_segment(segment)
        )
        frame.weak, frame.past = opening == Opening.WEAK, opening == Opening.PAST
        if frame.past:
            after = [number for number in sentence.in_segment(segment) if number > index]
            ends = [sentence.marks[number].start for number in after if sentence.marks[number].has("after")]
            frame.until = ends[0] if ends else segment.end
        remark = sentence.marks[0].has("demonstrative_is")
        if remark and trigger.type in REMARKED:
            continue
        frame.again = opening == Opening.AGAIN or remark
        again = frame.again or (trigger.type == "clash" and any(other.again for other in frames))
        here = [other.type for other in frames if other.type in BLOWS and not (other.again or other.past)]
        told = here or [context.attack]
        if (again or _also(sentence, frame)) and trigger.type in ("clash", "bomb") and told[-1]:
            frame.type = told[-1]
            frame.rules.append(("attack_told_before", "type", mark.start, mark.end))
        if not _attempt(sentence, frame):
            continue
        roles.assign(frame)
        frames.append(frame)
    return settle_failures(sentence, frames, roles, context)


def _also(sentence: Sentence, frame: Frame) -> bool:
    """Whether a place or party is told to have suffered "the attack, too": one like that told before."""
    if frame.trigger.rule != "attack" or "also" not in sentence.flags:
        return False
    here = [mark for mark in sentence.marks[: frame.index] if mark.start >= frame.segment.start]
    return any(mark.has("also") for mark in here) and any(mark.has("passive") for mark in here)


def _attempt(sentence: Sentence, frame: Frame) -> bool:
    """An attempt is a clash; where the sentence tells that it failed, the defender holds (codebook rule 7).

    False for what is only wished for.
    """
    marks = sentence.marks
    start = sentence.clause_ends[frame.clause - 1] if frame.clause else sentence.start
    end = sentence.clause_ends[frame.clause]
    attempts = []
    if "attempt" in sentence.flags:
        attempts = [mark for mark in marks if mark.has("attempt") and start <= mark.start < frame.start]
    vain = any(mark.has("attempt_failed") for mark in attempts)
    if attempts and not vain and (frame.nominal or marks[frame.index].has("failure")):
        return False
    if attempts and frame.type in AIMED and not (vain and frame.type == "supply"):
        frame.rules.append(("attempt", "type", attempts[-1].start, attempts[-1].end))
        frame.type = "clash"
        frame.failed = vain
    elif attempts and (frame.type in WISHED or frame.trigger.rule == LEAVING):
        return False
    if "partial" in sentence.flags:
        parts = [number for number, mark in enumerate(marks) if mark.has("partial") and start <= mark.start < end]
        share = any(not _lies_there(marks, number) for number in parts)
        reach = sentence.clause_ends[min(frame.clause + 1, len(sentence.clause_ends) - 1)]
        frame.partial = share and not any(_opens_examples(mark) and start <= mark.start < reach for mark in marks)
    return True


def _opens_examples(mark: Mark) -> bool:
    """Whether places named as examples follow: each of them is meant whole, whatever share of the rest."""
    return mark.has("including") or mark.has("such_as")


def _lies_there(marks: list[Mark], number: int) -> bool:
    """Whether a word of a part only tells where the place taken lies: "the town in the east of the province"."""
    if not marks[number].has("direction") or number + 1 >= len(marks):
        return False
    return marks[number + 1].has("the") and marks[number + 1].start == marks[number].end


def holder_in_passing(sentence: Sentence, groups: list[Group]) -> list[tuple[Group, int, int, bool]]:
    """Holders told in passing ("rebel-held X"): the group, the plain range of the words, and whether they name an area of X
    rather than X (codebook rules 12 and 19)."""
    found: list[tuple[Group, int, int, bool]] = []
    marks = sentence.marks
    for group in groups:
        if group.last + 1 >= len(marks):
            continue
        mark = marks[group.last + 1]
        if mark.has("held") and sentence.surface(group.end, mark.start) == "-":
            found.append((group, group.start, mark.end, False))
        elif mark.has("held_area") and mark.start - group.end <= 2:
            found.append((group, group.start, mark.end, True))
        elif holds_in_passing(sentence, group) and not _stationed(sentence, group):
            found.append((group, group.start, mark.end, False))
    return found


def _stationed(sentence: Sentence, group: Group) -> bool:
    """Whether the group is told to be in the place that its relative clause describes: "the market where A is stationed"."""
    if "stationed" not in sentence.flags:
        return False
    for mark in reversed(sentence.marks[: group.first]):
        if group.start - mark.end > STATIONED_REACH or not (mark.count or mark.has("several") or mark.has("stationed")):
            return False
        if mark.has("stationed"):
            return True
    return False


def holds_in_passing(sentence: Sentence, group: Group) -> bool:
    """Whether a word of holding and "the" follow the group: the relative clause of a place; or who is stationed there."""
    following = group.last + 1
    marks = sentence.marks
    if following >= len(marks):
        return False
    mark = marks[following]
    if mark.start - group.end > 2:
        return False
    if mark.has("held_area") or (mark.has("the") and _stationed(sentence, group)):
        return True
    if following + 1 >= len(marks):
        return False
    after = marks[following + 1]
    trigger = mark.term.trigger
    modifies = bool(trigger and trigger.type in CAPTURES and after.has("the") and after.start - mark.end <= 1)
    return modifies and not cleft(sentence, following)
