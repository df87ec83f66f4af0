"""Frames of a language whose verbs change their form: which predicates are events, and who fills them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from zubda.extraction.blows import one_for_each_blow
from zubda.extraction.clausal import Reading
from zubda.extraction.frames import Context, Frame
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicate import Predicate, only_adverbs
from zubda.extraction.told import Telling
from zubda.languages.interface import Trigger
from zubda.model import BLOWS

__all__ = ["find_inflected_frames"]

AIMED = frozenset({"territory", "siege", "clash", "supply", "control"})
OWNED = frozenset({"supply", "siege"})
LOOT = frozenset({"weapons", "tanks", "vehicles", "aircraft"})
CAPTURING = frozenset({"take", "take_object"})
FLOWN = frozenset({"clash", "destruction"})
SYMMETRIC = frozenset({"clash", "agreement"})
LOST_WITHIN = 4
COME_TO = frozenset({"territory", "siege", "supply", "withdrawal"})
HELD = frozenset({"territory", "control"})
DRIVING = "drive"
STATES = frozenset({"strength", "control"})


def find_inflected_frames(sentence: Sentence, groups: list[Group], context: Context, reading: Reading) -> list[Frame]:
    """The frames of a sentence, left to right."""
    found: list[Frame] = []
    openings = [Telling(sentence, groups, reading, predicate) for predicate in reading.predicates]
    for opening in sorted(openings, key=_nouns_last):
        opening.predicate.told = opening.is_event()
    for opening in openings:
        predicate, trigger = opening.predicate, _losses(opening) or opening.predicate.trigger
        if trigger is None or not predicate.told or opening.only_light():
            continue
        trigger = replace(trigger, noun=predicate.noun)
        if predicate.passive and not predicate.doers and predicate.mark.term.harms and trigger.type == "clash":
            continue  # who was killed by nobody told is a toll
        start, segment = predicate.mark.start, sentence.segment_of(predicate.mark.start)
        frame = Frame(predicate.index, trigger, trigger.type, predicate.clause, start, predicate.end, segment)
        frame.region, frame.nominal = predicate.region, predicate.noun
        frame.rules.append((trigger.rule, "type", predicate.mark.start, predicate.end))
        frame.passive = predicate.passive
        frame.another = predicate.noun and opening.indefinite()
        frame.supports = predicate.noun and opening.supports()
        _attempt(sentence, frame, predicate, opening)
        _fill(sentence, frame, predicate, opening, reading)
        if not frame.agents and _of_event_before(sentence, frame):
            frame.agents = list(context.subject)
            frame.rules.append(("subject_of_sentence_before", "actor", frame.start, frame.end))
        _resolve(frame, context, _earlier(reading, predicate))
        if not _told_with(sentence, found, frame, predicate, reading):
            found += _in_parts(sentence, frame)
            found += _gone_on(sentence, groups, frame, reading)
    return one_for_each_blow(sentence, found, reading)


def _of_event_before(sentence: Sentence, frame: Frame) -> bool:
    """Whether a capture or the like is told as what the event before came to: "this culminated in the capture of X"."""
    opening = sentence.marks[:2]
    if not frame.nominal or frame.type not in COME_TO or not (len(opening) > 1 and opening[0].has("event_pronoun")):
        return False
    return opening[1].has("achieved") and opening[1].start - opening[0].end <= 1 and frame.clause == 0


def _losses(opening: Telling) -> Trigger | None:
    """ "They suffered heavy casualties", "they drowned": a toll that is told without a number, of those who bear it."""
    predicate, marks = opening.predicate, opening.sentence.marks
    if predicate.noun or predicate.passive or not predicate.subject:
        return None
    start, end = predicate.region
    inside = [mark for mark in marks if start <= mark.start < end][:LOST_WITHIN]
    harmed = any(not mark.flags & {"past", "participle"} and _lost(mark) for mark in inside)
    harms = predicate.mark.term.harms
    single = "singular" in marks[predicate.subject[-1].last].flags
    perishes = not single and bool(harms) and all(harm.suffer and harm.what == "killed" for harm in harms)
    bears = harmed and predicate.mark.has("bear")
    if not (bears or (perishes and predicate.trigger is None)):
        return None
    return Trigger("losses", "casualties")


def _lost(mark: Mark) -> bool:
    return any(harm.suffer and harm.what in ("killed", "killed_or_wounded") for harm in mark.term.harms)


def _in_parts(sentence: Sentence, frame: Frame) -> list[Frame]:
    """The frame, parted in two where it took whole places and parts of others: "captured X and most of Y"."""
    start, end = frame.region
    inside = [mark for mark in sentence.marks if start <= mark.start < end]
    joined = [number for number, mark in enumerate(inside) if mark.has("and") and _part_follows(inside[number + 1 :])]
    if frame.type not in HELD or frame.passive or frame.nominal or not joined:
        return [frame]
    whole, rest = inside[: joined[0]], inside[joined[0] :]
    if any(mark.has("partial") for mark in whole) or not (_named(whole) and _named(rest)):
        return [frame]
    again = replace(frame, region=(rest[0].start, end), rules=list(frame.rules), partial=True)
    again.agents, again.targets = list(frame.agents), list(frame.targets)
    frame.region, frame.partial = (start, rest[0].start), False
    return [frame, again]


def _part_follows(marks: Sequence[Mark]) -> bool:
    """Whether what "and" joins is part of a place ("the rebel-held parts of X")."""
    before = next((number for number, mark in enumerate(marks) if mark.has("partial")), len(marks))
    return before < len(marks) and not any(mark.flags & {"at", "and"} or mark.lexeme.places for mark in marks[:before])


def _named(marks: Sequence[Mark]) -> bool:
    return any(mark.lexeme.places or mark.name for mark in marks)


def _gone_on(sentence: Sentence, groups: list[Group], frame: Frame, reading: Reading) -> list[Frame]:
    """The frame once more for every place with a date of its own that follows: "took X on the 9th, Y on the 10th"."""
    marks = sentence.marks
    more: list[Frame] = []
    if frame.nominal or not any(mark.date and frame.region[0] <= mark.start < frame.region[1] for mark in marks):
        return more
    for clause in range(frame.clause + 1, len(sentence.clause_ends)):
        start, end = sentence.clause_ends[clause - 1], sentence.clause_ends[clause]
        inside = [mark for mark in marks if start <= mark.start < end]
        told = any(one.clause == clause for one in reading.predicates) or any(
            start <= group.start < end for group in groups
        )
        listed = [mark for mark in inside if not mark.has("and")]
        if told or not listed or not listed[0].lexeme.places or not any(mark.date for mark in inside):
            break
        again = replace(frame, clause=clause, start=listed[0].start, end=listed[0].end, region=(start, end))
        again.agents, again.targets, again.rules = list(frame.agents), list(frame.targets), list(frame.rules)
        more.append(again)
    return more


def _told_with(sentence: Sentence, found: list[Frame], frame: Frame, predicate: Predicate, reading: Reading) -> bool:
    """Whether a frame only goes on with a movement by the same subject: "advanced, reaching X", "pushed on and took Y".

    The movement takes over its places and whom it was done to, or, having no place itself, gives way to the capture.
    """
    before = next((one for one in reversed(reading.predicates[: predicate.order]) if not one.noun), None)
    if before is None or not found or found[-1].index != before.index or found[-1].type != "movement":
        return False
    moved = found[-1]
    if [party.surface for party in moved.agents] != [party.surface for party in frame.agents] or predicate.noun:
        return False
    if frame.type == "movement" or (frame.type == "clash" and predicate.form == "gerund" and not frame.failed):
        moved.region = (moved.region[0], frame.region[1])
        moved.targets = moved.targets or [party for party in frame.targets if party.side != "unknown"]
        return True
    if frame.type == "territory" and predicate.form == before.form and _one_move(sentence, before, predicate):
        found.pop()
    return False


def _one_move(sentence: Sentence, before: Predicate, predicate: Predicate) -> bool:
    """Whether a movement is told only as how something was taken: "to advance and take X", "converged and entered the city"."""
    if predicate.form == "infinitive":
        return True
    between = sentence.marks[before.index + 1 : predicate.index]
    joined = bool(between) and between[0].has("and") and only_adverbs(sentence, before.end, between[0].start, [])
    return joined and only_adverbs(sentence, between[0].end, predicate.start, sentence.marks)


def _nouns_last(opening: Telling) -> bool:
    return opening.predicate.noun


def _attempt(sentence: Sentence, frame: Frame, predicate: Predicate, opening: Telling) -> None:
    """An attempt is a clash; where the sentence tells that it failed, the defender holds (codebook rule 7)."""
    start, end = _clause_span(sentence, predicate.clause)
    marks = sentence.marks
    governor = opening.governor
    failed = any(
        mark.has("failure") and (start <= mark.start < end or mark.start > predicate.end)
        and not mark.flags & {"gerund"} and mark is not predicate.mark
        for mark in marks
    )  # fmt: skip
    if governor is not None and governor.has("attempt") and frame.type in AIMED | {"movement"}:
        frame.rules.append(("attempt", "type", predicate.mark.start, predicate.end))
        frame.type = "clash"
        frame.failed = failed or governor.has("failure")
    elif frame.type == "clash" and failed and predicate.noun:
        frame.failed = True
    frame.partial = any(
        mark.has("partial") and predicate.end <= mark.start < predicate.region[1] for mark in marks
    ) or (predicate.passive and any(mark.has("partial") and start <= mark.start < predicate.start for mark in marks))


def _clause_span(sentence: Sentence, clause: int) -> tuple[int, int]:
    return (sentence.clause_ends[clause - 1] if clause else sentence.start), sentence.clause_ends[clause]


def _fill(sentence: Sentence, frame: Frame, predicate: Predicate, opening: Telling, reading: Reading) -> None:
    """Actor and target by voice and kind of predicate."""
    frame.rules += predicate.notes
    if predicate.noun:
        _fill_noun(frame, predicate, opening)
    elif predicate.passive:
        frame.agents, frame.targets = list(predicate.doers), list(predicate.subject)
    else:
        frame.agents = list(predicate.subject)
        frame.targets = list(predicate.objects or predicate.against)
    if (
        frame.type == "territory"
        and predicate.form == "participle"
        and predicate.sharing is not None
        and not frame.agents
    ):
        things = {party.thing for party in predicate.subject}
        frame.agents = list(predicate.sharing.subject) if things & LOOT else []
    if frame.type == "movement" and predicate.passive and not frame.agents:
        frame.agents, frame.targets = frame.targets, []
    if frame.type in SYMMETRIC:
        _between(frame, predicate, opening.groups)
    if frame.type == "casualties":
        frame.agents, frame.targets = [], list(predicate.subject)
    change = frame.trigger.change
    if change == "fell":
        frame.agents, frame.targets = list(predicate.objects or predicate.doers or predicate.against), []
    elif change == "lost" and not predicate.passive:
        frame.agents, frame.targets = list(predicate.against), list(predicate.subject)
    elif frame.type == "territory" and not predicate.noun and not predicate.passive:
        frame.targets = list(predicate.against)
    if frame.type == "control" and predicate.noun and opening.verb is not None and opening.verb.mark.has("becoming"):
        frame.type = "territory"
        frame.trigger = replace(frame.trigger, type="territory", change="gained", state=False)
    _by_object(frame, predicate, opening)
    if frame.trigger.rule == DRIVING and _out_of_place(sentence, predicate):
        frame.type = "territory"
        frame.trigger = replace(frame.trigger, type="territory", change="gained" if frame.agents else "lost")
    if frame.type == "supply" and not predicate.noun and not frame.targets:
        frame.targets = _whose_route(predicate, opening, reading)
    if frame.type in STATES and not frame.agents:
        frame.agents, frame.targets = frame.targets, []


def _whose_route(predicate: Predicate, opening: Telling, reading: Reading) -> list[PartyMention]:
    """Those whose route the verb cuts or opens: "severed the last rebel supply line"."""
    following = reading.predicates[predicate.order + 1 :]
    route = next((one for one in following if one.noun and one.clause == predicate.clause), None)
    if route is None or route.trigger is None or route.trigger.type != "supply":
        return []
    doers = {party.side for party in predicate.subject}
    owners = Telling(opening.sentence, opening.groups, reading, route).owner()
    return [party for party in owners if party.side not in doers]


def _out_of_place(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether somebody is driven out of a place, and so loses it, not only back from it."""
    start, end = predicate.region
    inside = [mark for mark in sentence.marks if start <= mark.start < end]
    return any(mark.has("out") and after.lexeme.places for mark, after in pairwise(inside))


def _by_object(frame: Frame, predicate: Predicate, opening: Telling) -> None:
    """What is taken tells the type: a place is territory, weapons are a seizure, people prisoners; civilians moved are displaced."""
    if predicate.noun and frame.type not in ("clash", "attack_on_civilians"):
        return
    done_to = predicate.subject if predicate.passive else predicate.objects or opening.amount()
    things = {party.thing for party in done_to}
    people = (
        bool(done_to)
        and not any(things)
        and all(_persons(party, opening) for party in done_to)
        and (predicate.passive or not opening.takes_place(done_to[0].start))
    )
    if frame.trigger.rule in CAPTURING and things & LOOT:
        frame.type, frame.targets = "seizure", list(done_to)
    elif frame.trigger.rule in CAPTURING and any(
        (noun := opening.sentence.marks[party.last].term.noun) and noun.type == "abduction" for party in done_to
    ):
        frame.type, frame.targets = "abduction", list(done_to)
    elif frame.trigger.rule in CAPTURING and people:
        frame.type, frame.targets = "arrest", list(done_to)
    elif (
        frame.type in FLOWN and frame.agents and all(map(_flies, frame.agents)) and not any(map(_flies, frame.targets))
    ):
        frame.type = "airstrike"
    elif frame.type == "clash" and frame.agents and {party.thing for party in frame.agents} == {"weapons"}:
        frame.type = "shelling"
    elif frame.type == "territory" and frame.agents and {party.side for party in frame.agents} == {"civ"}:
        frame.type = "movement"
    elif frame.type == "attack_on_civilians" and any(
        party.armed and party.side not in ("civ", "unknown") for party in frame.targets
    ):
        frame.type = "clash"
    elif frame.type == "movement" and done_to and {party.side for party in done_to} == {"civ"}:
        frame.type, frame.targets = "displacement", list(done_to)
    else:
        return
    frame.rules.append(("type_by_object", "type", predicate.start, predicate.end))


def _persons(party: PartyMention, opening: Telling) -> bool:
    """Whether a party are people: told by a word for them, or fighting for a side."""
    marks = opening.sentence.marks
    last, after = marks[party.last], marks[party.last + 1 : party.last + 2]
    if party.pronoun or last.has("ground") or any(_ground(mark) and mark.start <= last.end + 1 for mark in after):
        return False
    joined = opening.sentence.surface(party.start - 1, party.start) == "-"
    return not joined and (party.side != "unknown" or last.term.people is not None)


def _ground(mark: Mark) -> bool:
    return mark.has("ground") or mark.has("partial")


def _flies(party: PartyMention) -> bool:
    return party.thing == "aircraft" or party.kind == "air force"


def _fill_noun(frame: Frame, predicate: Predicate, opening: Telling) -> None:
    light = opening.light()
    if light is not None and light is opening.after:
        frame.region = (predicate.end, light.region[1])
    agents = predicate.doers or opening.owner()
    if (
        light is not None
        and light is opening.verb
        and not light.passive
        and _sideless(agents)
        and not _sideless(light.subject)
    ):
        agents = light.subject or agents  # "fired X missiles"
    if light is not None and light.mark.has("failure"):
        beaten = light.doers if light.passive else light.subject
        frame.agents, frame.targets, frame.failed = list(predicate.doers or opening.owner()), list(beaten), True
        return
    if light is not None and light is opening.verb and light.mark.has("bear") and frame.type == "destruction":
        frame.agents, frame.targets = list(predicate.doers), list(light.subject)
        return
    owner_suffers = light is not None and light is opening.verb and not light.passive and frame.type in OWNED
    if owner_suffers and light is not None and light.subject and not predicate.doers:
        frame.agents, frame.targets = list(light.subject), list(agents)
        return
    if not agents and light is not None and light is not predicate:
        agents = light.doers if light.passive else light.subject
        tells = light.mark.term.speech and all(party.source and not party.actor for party in light.subject)
        if (light.passive and not light.doers) or tells:
            agents = ()  # "the monitor reported fighting"
        if light is opening.after and not light.passive:
            agents = ()
    if frame.type == "bomb" and light is not None and light.mark.has("airdrop"):
        frame.type = "airstrike"
    frame.agents = list(agents)
    struck: tuple[PartyMention, ...] = ()
    if light is not None and light is not predicate and light.trigger is not None and frame.type in BLOWS:
        struck = light.subject if light.passive else light.objects if light is opening.after else ()
    frame.targets = list(predicate.against or predicate.objects or struck)
    if frame.trigger.change == "gained":
        frame.targets = [party for party in frame.targets if party not in predicate.objects]


def _sideless(agents: Sequence[PartyMention]) -> bool:
    """Whether somebody is named, but only by words that tell no side, as the make of a weapon does."""
    return bool(agents) and all(party.side == "unknown" for party in agents)


def _between(frame: Frame, predicate: Predicate, groups: Sequence[Group]) -> None:
    """ "Fighting between A and B": the first one named attacks."""
    low, high = predicate.end, max(frame.region[1], predicate.region[1])
    fought = next((group for group in groups if "between" in group.governed and low <= group.start < high), None)
    if fought is None or len(fought.parties) < 2:
        return
    first = fought.parties[0].side
    frame.agents = [party for party in fought.parties if party.side == first][:1]
    frame.targets = [party for party in fought.parties if party not in frame.agents]
    frame.rules.append(("fight_between", "actor", fought.start, fought.end))


def _earlier(reading: Reading, predicate: Predicate) -> tuple[PartyMention, ...]:
    """The subject told before in the sentence, in another clause: what a pronoun stands for first."""
    for other in reversed(reading.predicates[: predicate.order]):
        named = other.subject and not any(party.pronoun for party in other.subject)
        if named and other.mark.term.speech:
            return other.subject
        if other.finite and other.clause != predicate.clause and named:
            return other.subject
    return ()


def _resolve(frame: Frame, context: Context, earlier: tuple[PartyMention, ...]) -> None:
    """Pronouns to the parties they stand for."""
    for role in ("agents", "targets"):
        parties: list[PartyMention] = getattr(frame, role)
        if not any(party.pronoun for party in parties):
            continue
        resolved: list[PartyMention] = []
        for party in parties:
            they = (earlier if role == "agents" else ()) or context.subject
            resolved += they if party.pronoun == "they" else context.fighting if party.pronoun else (party,)
        if role == "agents" and any(party.pronoun == "both" for party in parties) and len(resolved) > 1:
            frame.agents, frame.targets = resolved[:1], resolved[1:]
        else:
            setattr(frame, role, list(dict.fromkeys(resolved)))
