"""Frames: a trigger with who does it, to whom, and what of it is no event."""

from __future__ import annotations

from dataclasses import dataclass, field

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.languages.interface import Grammar, Trigger

__all__ = ["Context", "Frame", "find_frames", "holder_in_passing"]

SYMMETRIC = frozenset({"clash", "agreement", "alliance"})
CAPTURES = frozenset({"territory", "control"})
AIMED = frozenset({"territory", "movement", "siege", "clash", "supply", "withdrawal", "control"})
MODIFIED = frozenset(
    {"territory", "control", "seizure", "arrest", "destruction", "movement", "strength", "supply", "alliance", "siege"}
)


@dataclass(slots=True)
class Context:
    """What a sentence leaves for the next: who acted, against whom, the two sides last seen fighting."""

    subject: tuple[PartyMention, ...] = ()
    target: tuple[PartyMention, ...] = ()
    fighting: tuple[PartyMention, ...] = ()


@dataclass(slots=True)
class Frame:
    """One candidate claim. ``index`` is the trigger's mark, ``weak`` that it only carries a toll, ``failed`` an attempt that failed."""

    index: int
    trigger: Trigger
    type: str
    clause: int
    start: int
    end: int
    agents: list[PartyMention] = field(default_factory=list)
    targets: list[PartyMention] = field(default_factory=list)
    weak: bool = False
    failed: bool = False
    partial: bool = False
    passive: bool = False
    rules: list[tuple[str, str, int, int]] = field(default_factory=list)


def find_frames(sentence: Sentence, groups: list[Group], context: Context, grammar: Grammar) -> list[Frame]:
    """The frames of a sentence, left to right, with their parties. Aims, relative clauses and mere mentions open none."""
    frames: list[Frame] = []
    subjects: dict[int, tuple[PartyMention, ...]] = {}
    for index, mark in enumerate(sentence.marks):
        trigger = mark.term.trigger
        if trigger is None:
            continue
        clause = sentence.clause_of(mark.start)
        status = _status(sentence, index, trigger, clause, groups)
        if status is None:
            continue
        frame = Frame(index, trigger, trigger.type, clause, mark.start, mark.end)
        frame.rules.append((trigger.rule, "type", mark.start, mark.end))
        frame.weak = status == "weak"
        _attempt(sentence, frame)
        _assign(sentence, frame, groups, subjects, context, grammar)
        frames.append(frame)
    return frames


def _clause_span(sentence: Sentence, clause: int) -> tuple[int, int]:
    start = sentence.clause_ends[clause - 1] if clause else sentence.start
    return start, sentence.clause_ends[clause]


def _in_clause(sentence: Sentence, clause: int) -> list[int]:
    start, end = _clause_span(sentence, clause)
    return [index for index, mark in enumerate(sentence.marks) if start <= mark.start < end]


def _status(sentence: Sentence, index: int, trigger: Trigger, clause: int, groups: list[Group]) -> str | None:
    """``strong``, ``weak`` (background that can carry a toll), or None for what is no event."""
    marks = sentence.marks
    mark = marks[index]
    following = marks[index + 1] if index + 1 < len(marks) else None
    touching = following is not None and following.start - mark.end == 0
    inside = _in_clause(sentence, clause)
    if _negated(sentence, index, inside):
        return None
    if touching and following is not None and following.has("the") and trigger.type in MODIFIED and not trigger.noun:
        return None
    if _aimed(marks, index, inside, sentence):
        return None
    if touching and following is not None and following.has("after") and not trigger.state:
        return "weak"
    if trigger.noun:
        return _noun_status(sentence, index, inside, groups)
    return "strong"


def _negated(sentence: Sentence, index: int, inside: list[int]) -> bool:
    mark = sentence.marks[index]
    for other in reversed([number for number in inside if number < index]):
        before = sentence.marks[other]
        if before.term.trigger is not None and not before.term.trigger.noun:
            return False
        if before.has("negation"):
            return mark.start - before.end <= 6
    return False


def _aimed(marks: list[Mark], index: int, inside: list[int], sentence: Sentence) -> bool:
    """Whether a word of purpose or possibility governs the trigger: told as an aim, not as an event (codebook rule 7)."""
    for other in reversed([number for number in inside if number < index]):
        before = marks[other]
        if before.has("purpose"):
            return True
        if before.term.speech or (before.has("clause_start") and not before.has("and")):
            return False
    return False


def _noun_status(sentence: Sentence, index: int, inside: list[int], groups: list[Group]) -> str | None:
    marks = sentence.marks
    mark = marks[index]
    clause_marks = [marks[number] for number in inside if number != index]
    light = any(other.has("light") for other in clause_marks)
    background = any(
        other.has("at")
        and other.start < mark.start
        and not any(marks[n].lexeme.places for n in inside if other.start < marks[n].start < mark.start)
        and mark.start - other.end <= 14
        for other in clause_marks
    )
    harmed = any(other.term.harms and other is not mark for other in marks)
    if background and not _opens(marks, index, inside):
        return "weak" if harmed else ("strong" if light and not background else "weak")
    if light or harmed:
        return "strong"
    joined = any(group.end <= mark.start and mark.start - group.end <= 3 for group in groups)
    governed = any(group.governed & {"toward", "with"} and group.end <= mark.start for group in groups)
    return "strong" if joined or governed else None


def _opens(marks: list[Mark], index: int, inside: list[int]) -> bool:
    """Whether a light verb stands right before the noun: "fighting broke out"."""
    return any(
        marks[number].has("light") and 0 <= marks[index].start - marks[number].end <= 8
        for number in inside
        if number < index
    ) or any(
        marks[number].has("light") and 0 <= marks[number].start - marks[index].end <= 4
        for number in inside
        if number > index
    )


def _attempt(sentence: Sentence, frame: Frame) -> None:
    """An attempt is a clash; where the sentence tells that it failed, the defender holds (codebook rule 7)."""
    start, end = _clause_span(sentence, frame.clause)
    marks = sentence.marks
    attempted = any(mark.has("attempt") and start <= mark.start < frame.start for mark in marks)
    failed = any(mark.has("failure") and mark.start > frame.start for mark in marks)
    if attempted and frame.type in AIMED:
        frame.rules.append(("attempt", "type", frame.start, frame.end))
        frame.type = "clash"
        frame.failed = failed
    elif frame.type == "clash" and failed:
        frame.failed = True
    frame.partial = any(mark.has("partial") and start <= mark.start < end for mark in marks)


def _assign(
    sentence: Sentence,
    frame: Frame,
    groups: list[Group],
    subjects: dict[int, tuple[PartyMention, ...]],
    context: Context,
    grammar: Grammar,
) -> None:
    start, end = _clause_span(sentence, frame.clause)
    marks = sentence.marks
    spoken = max(
        (mark.end for mark in marks if (mark.term.speech or mark.has("hearsay")) and start <= mark.start < frame.start),
        default=start,
    )
    here = [
        group for group in groups if spoken <= group.start < end or (spoken == start and start <= group.start < end)
    ]
    before = [group for group in here if group.end <= frame.start]
    after = [group for group in here if group.start >= frame.end]
    voice = _passive(marks, frame, start)
    if voice is not None:
        frame.passive = True
        _assign_passive(frame, before, voice, subjects, context)
    else:
        _assign_active(sentence, frame, before, after, subjects, context)
    if frame.agents and not frame.passive:
        subjects[frame.clause] = tuple(frame.agents)
    elif frame.passive and frame.targets:
        subjects[frame.clause] = tuple(frame.targets)


def _passive(marks: list[Mark], frame: Frame, start: int) -> Mark | None:
    """The passive word that governs the trigger: before it in the clause, with no other verb between."""
    for index in range(frame.index - 1, -1, -1):
        mark = marks[index]
        if mark.start < start:
            return None
        if mark.has("passive"):
            return mark
        if (
            mark.term.trigger is not None
            and not mark.term.trigger.noun
            and not mark.has("light")
            and not mark.has("the")
        ):
            following = marks[index + 1]
            if not following.has("and") and not following.has("the") and mark.term.trigger.type != frame.trigger.type:
                return None
    return None


def _assign_passive(
    frame: Frame,
    before: list[Group],
    voice: Mark,
    subjects: dict[int, tuple[PartyMention, ...]],
    context: Context,
) -> None:
    doers = [group for group in before if group.start >= voice.end]
    suffering = [
        group for group in before if group.end <= voice.start and not group.governed & {"toward", "from", "at"}
    ]
    if doers:
        frame.agents = list(doers[-1].parties)
        frame.rules.append(("passive_agent", "actor", doers[-1].start, doers[-1].end))
    if suffering:
        frame.targets = list(suffering[-1].parties)
        frame.rules.append(("passive_subject", "target", suffering[-1].start, suffering[-1].end))
    elif frame.clause and frame.clause - 1 in subjects:
        frame.targets = list(subjects[frame.clause - 1])
        frame.rules.append(("shared_subject", "target", frame.start, frame.end))
    _resolve_pronouns(frame, context)


def _assign_active(
    sentence: Sentence,
    frame: Frame,
    before: list[Group],
    after: list[Group],
    subjects: dict[int, tuple[PartyMention, ...]],
    context: Context,
) -> None:
    marks = sentence.marks
    free = [
        group
        for group in before
        if not group.governed & {"toward", "from", "object", "toward_place"} and not _modifies(sentence, group, frame)
    ]
    towards = [group for group in before if group.governed & {"toward", "object"}]
    if free:
        subject = free[0]
        _take_subject(frame, subject, sentence)
        others = [group for group in free[1:] if group.governed & {"with", "passive"}]
        if frame.type in SYMMETRIC and others and not frame.targets:
            frame.targets = list(others[-1].parties)
            frame.rules.append(("with_whom", "target", others[-1].start, others[-1].end))
    elif not _existential(marks, frame):
        _inherit(frame, subjects, context)
    if towards:
        frame.targets = list(towards[-1].parties)
        frame.rules.append(("toward_whom", "target", towards[-1].start, towards[-1].end))
    elif not frame.targets:
        stop = _next_verb(sentence, frame)
        objects = [group for group in after if group.start < stop and not group.governed & {"from", "passive"}]
        objects = [group for group in objects if not _holds_in_passing(sentence, group)]
        if objects:
            frame.targets = list(objects[0].parties)
            frame.rules.append(("object", "target", objects[0].start, objects[0].end))
    _resolve_pronouns(frame, context)


def _take_subject(frame: Frame, subject: Group, sentence: Sentence) -> None:
    """A group of two sides joined by "with" in a fight is attacker and opponent; otherwise all of it acts."""
    parties = list(subject.parties)
    sides = [party.side for party in parties]
    if frame.type in SYMMETRIC and len(parties) > 1 and len(set(sides)) > 1:
        first = sides[0]
        frame.agents = [party for party in parties if party.side == first]
        frame.targets = [party for party in parties if party.side != first]
        frame.rules.append(("fight_between", "actor", subject.start, subject.end))
        return
    frame.agents = parties
    frame.rules.append(("subject", "actor", subject.start, subject.end))


def _modifies(sentence: Sentence, group: Group, frame: Frame) -> bool:
    """Whether the group only modifies a noun: "the rebels' base", "government-held Midan"."""
    following = group.last + 1
    marks = sentence.marks
    if following >= len(marks) or following == frame.index:
        return False
    mark = marks[following]
    if mark.start - group.end > 2:
        return False
    if mark.has("the"):
        return following + 1 != frame.index and not (
            following + 1 < len(marks) and marks[following + 1].start - mark.end > 6 and frame.trigger.noun
        )
    return _holds_in_passing(sentence, group)


def _holds_in_passing(sentence: Sentence, group: Group) -> bool:
    following = group.last + 1
    marks = sentence.marks
    if following + 1 >= len(marks):
        return False
    mark, after = marks[following], marks[following + 1]
    trigger = mark.term.trigger
    return bool(
        trigger
        and trigger.type in CAPTURES
        and mark.start - group.end <= 2
        and after.has("the")
        and after.start == mark.end
    )


def _existential(marks: list[Mark], frame: Frame) -> bool:
    """ "Fighting broke out in X": nobody is told to act."""
    return (
        frame.trigger.noun
        and frame.index > 0
        and any(
            marks[number].has("light")
            for number in range(max(0, frame.index - 2), min(len(marks), frame.index + 3))
            if number != frame.index
        )
    )


def _inherit(frame: Frame, subjects: dict[int, tuple[PartyMention, ...]], context: Context) -> None:
    for clause in range(frame.clause, -1, -1):
        if clause in subjects:
            frame.agents = list(subjects[clause])
            frame.rules.append(("shared_subject", "actor", frame.start, frame.end))
            return


def _next_verb(sentence: Sentence, frame: Frame) -> int:
    end = sentence.clause_ends[frame.clause]
    for mark in sentence.marks[frame.index + 1 :]:
        if mark.start >= end:
            break
        if mark.term.trigger is not None and not mark.term.trigger.noun and mark.start - frame.end > 1:
            return mark.start + 1
    return end


def _resolve_pronouns(frame: Frame, context: Context) -> None:
    for role in ("agents", "targets"):
        parties: list[PartyMention] = getattr(frame, role)
        if not any(party.pronoun for party in parties):
            continue
        resolved: list[PartyMention] = []
        for party in parties:
            if party.pronoun == "they":
                resolved += context.subject
            elif party.pronoun == "both":
                resolved += context.fighting
            else:
                resolved.append(party)
        if any(party.pronoun == "both" for party in parties) and role == "agents" and len(resolved) > 1:
            frame.agents, frame.targets = resolved[:1], resolved[1:]
        else:
            setattr(frame, role, resolved)


def holder_in_passing(sentence: Sentence, groups: list[Group]) -> list[tuple[str, int, int]]:
    """Holders told in passing ("rebel-held X"): side, and the plain range of the relative clause (codebook rule 12)."""
    found = []
    for group in groups:
        if _holds_in_passing(sentence, group):
            mark = sentence.marks[group.last + 1]
            found.append((group.parties[0].side, group.start, mark.end))
    return found
