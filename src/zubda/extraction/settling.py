"""Settling the type of a draft by what stands around its trigger (codebook rules 3 to 6, 10, 11, 14 and 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zubda.extraction.building import Draft
from zubda.extraction.marks import Sentence
from zubda.extraction.opening import INSTRUMENTS
from zubda.extraction.parties import PartyMention
from zubda.extraction.results import results_told
from zubda.extraction.roles import NEUTRAL
from zubda.extraction.taking import clause_marks, rename, settle_capture, settle_hold
from zubda.model import BLOWS

__all__ = ["settle"]

HARMFUL = frozenset(
    {"killed", "wounded", "killed_or_wounded", "killed_or_captured", "killed_or_missing", "missing", "bodies_found"}
)
PRECISE = BLOWS | {"execution"}
NEEDS_AGENT = frozenset({"movement", "seizure", "control", "withdrawal"})
GROUND_MACHINES = frozenset({"vehicles", "tanks"})
ATTACKED = BLOWS | {"clash"}
STRIKING = ATTACKED | {"abduction", "attack_on_civilians"}  # befall somebody on the way
MAKE_UP, SIZE = "make_up", "size"
BOMBING = "bombing"
BOMBERS = "bombers"
SEND, LEAVING = "send", "leaving"
YIELDING = frozenset({"statement", "alliance", "strength"})
SWALLOWED = frozenset({"attack", "fight_verb", "offensive", "counter"})
MISSING, COST = "gone_missing", "cost"
PEOPLE = frozenset({"person", "body"})
CLAIMED = "responsibility"
CLOSE = 12
SHARED = frozenset({"shared_subject", "subject_of_sentence_before"})


def settle(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence with their final types; what claims nothing by itself is left out."""
    kept = []
    for draft in drafts:
        if draft.frame.supports and (draft.carried_place or not draft.places):
            located = [one.places for one in drafts if one.places and not one.carried_place]
            draft.places = located[0] if located else draft.places
        settled = _settle(sentence, draft, drafts)
        if settled is not None and not _empty(settled):
            kept.append(settled)
    _shared_targets(kept)
    _of_retreats(kept)
    return results_told(sentence, kept)


def _shared_targets(drafts: Sequence[Draft]) -> None:
    """ "They bombed A, and flew thirty raids": the second blow of the same hand strikes the same target."""
    for number, draft in enumerate(drafts):
        for before in drafts[:number]:
            if (
                draft.type == before.type
                and draft.type in BLOWS
                and draft.agents == before.agents
                and not draft.targets
            ):
                draft.targets = list(before.targets)


def _settle(sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    rule, kind = draft.frame.trigger.rule, draft.type
    if rule == MAKE_UP:
        sized = any(other.frame.trigger.rule == SIZE and other.agents == draft.agents for other in drafts)
        return None if sized else _made_up(draft, drafts)
    if kind == "airstrike":
        return _air_or_artillery(sentence, draft)
    if kind == "clash":
        return _clash(sentence, draft, drafts)
    if kind == "bomb" and any(_bomber(sentence, party) for party in draft.agents):
        return rename(draft, "suicide_bomb", "bomber_dies")
    if kind == "bomb" and any(party.thing == "aircraft" for party in draft.agents):
        return rename(draft, "airstrike", "aircraft_named")
    if rule == LEAVING and any(party.role for party in draft.agents):
        return None  # where one man goes
    if kind == "movement" and draft.frame.past and _struck_on_the_way(draft, drafts):
        return None
    if kind in ("withdrawal", "movement") and any(party.side == "civ" and not party.thing for party in draft.agents):
        return _flight(draft, drafts)
    if kind == "movement" and draft.frame.nominal and not draft.frame.region[1]:
        return _progress(draft, drafts)
    if rule in INSTRUMENTS:
        struck = any(other.type in BLOWS and other.frame.trigger.rule not in INSTRUMENTS for other in drafts)
        return None if kind == "bomb" and struck else _with_parties(draft, drafts)
    if kind == "defection" and any(other.type == "alliance" and other.agents == draft.agents for other in drafts):
        return None if draft.agents and all(party.side == "civ" for party in draft.agents) else draft
    if kind == "alliance" and any(other.type == "protest" for other in _following(draft, drafts)):
        return None
    if rule == SEND and _near(draft, drafts, BLOWS | {"clash"}):
        return None
    if kind == "bomb" and any(other.type == "suicide_bomb" for other in drafts):
        return None
    if rule == kind == "attack_on_civilians" and not draft.targets and _near(draft, drafts, BLOWS):
        return None
    if kind == "attack_on_civilians" and draft.targets and all(map(_fights, draft.targets)):
        return rename(draft, "clash", "target_is_armed")
    if kind == "arrest":
        return _arrest(draft, drafts)
    if kind == "release" and any(
        sentence.marks[party.last].term.harms
        for party in draft.targets
        if sentence.start <= party.start < sentence.end  # not one carried from a sentence before
    ):
        return None  # the wounded are helped, not set free
    if rule in (MISSING, COST):
        return _numbered(sentence, draft)
    if kind == "destruction":
        return _destruction(sentence, draft, drafts)
    if kind == "casualties":
        return _losses(draft, drafts)
    if kind in ("control", "territory"):
        told = [mark.count.ratio for mark in sentence.in_clause(draft.frame.clause) if mark.count and mark.count.ratio]
        draft.frame.share = told[0] if len(told) == 1 else draft.frame.share
    if kind == "control":
        return settle_hold(sentence, draft)
    if kind == "territory":
        return settle_capture(sentence, draft)
    if kind == "protest":
        draft.agents = [replace(party, side="civ") if party.side == "unknown" else party for party in draft.agents]
        return draft
    if kind == "statement" and draft.frame.passive and not draft.agents:
        return None
    if kind in ("strength", "statement", "alliance", "supply", "other"):
        return _state(draft, drafts)
    return draft


def _bomber(sentence: Sentence, party: PartyMention) -> bool:
    """Whether the party is called one who dies in his attack."""
    people = sentence.marks[party.last].term.people
    return people is not None and people.rule == BOMBERS


def _numbered(sentence: Sentence, draft: Draft) -> Draft | None:
    """A number of missing or lost people is a toll; what was lost is told with its number."""
    numbers = [mark.count for mark in clause_marks(sentence, draft) if mark.count and mark.count.unit != "name"]
    if draft.frame.trigger.rule == MISSING:
        return None if numbers else draft
    after = [mark.count for mark in clause_marks(sentence, draft) if mark.count and mark.start >= draft.frame.end]
    return draft if after and after[0].unit not in PEOPLE else None


def _fights(party: PartyMention) -> bool:
    """Whether a party belongs to a side of the war, or bears arms."""
    return party.side not in NEUTRAL or (party.armed and party.side == "unknown")


def _losses(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Heavy losses told without a number are those of the attack that the sentence tells, if it tells one."""
    blow = next((other for other in drafts if other.type in ATTACKED and not other.frame.again), None)
    if blow is None or blow.frame.weak:
        return draft if draft.targets else None
    if not blow.targets and not any(party in blow.agents for party in draft.targets):
        blow.targets = list(draft.targets)
    return None


def _empty(draft: Draft) -> bool:
    """Whether what makes a claim of the type is missing."""
    if draft.type in NEEDS_AGENT:
        return not draft.agents
    if draft.type == "territory":
        return not draft.agents and not draft.places
    return draft.type == "siege" and not (draft.agents or draft.targets or draft.places)


def _flight(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """People who leave are displaced; those who come are not."""
    if draft.type == "withdrawal":
        return rename(draft, "displacement", "people_leave")
    return None if any(other.type in ("displacement", "withdrawal") for other in drafts) else draft


def _made_up(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """A force made up of others is its make-up; a force that people make up is an alliance."""
    if draft.frame.passive:
        draft.agents, draft.targets = draft.targets, []
        draft = rename(draft, "strength", "made_up_of")
        return draft if draft.agents else None
    return _state(draft, drafts)


def _air_or_artillery(sentence: Sentence, draft: Draft) -> Draft:
    """Bombing is from the air unless artillery is named; with both it is two claims (rule 10)."""
    marks = clause_marks(sentence, draft)
    artillery = any(mark.term.trigger and mark.term.trigger.type == "shelling" for mark in marks)
    aircraft = any(mark.term.people and mark.term.people.what == "aircraft" for mark in marks)
    if artillery and not aircraft and draft.frame.trigger.rule == BOMBING:
        named = [mark for mark in marks if mark.term.trigger and mark.term.trigger.type == "shelling"]
        if all(mark.start < draft.frame.start for mark in named):
            return rename(draft, "shelling", "artillery_named")
    return draft


def _near(draft: Draft, drafts: Sequence[Draft], types: frozenset[str]) -> list[Draft]:
    """Other drafts of these types in the draft's clause, nearest first."""
    others = [
        other
        for other in drafts
        if other is not draft and other.frame.clause == draft.frame.clause and other.frame.type in types
    ]
    return sorted(others, key=lambda other: abs(other.frame.start - draft.frame.start))


def _following(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts after this one in its clause."""
    return [
        other for other in drafts if other.frame.clause == draft.frame.clause and other.frame.start > draft.frame.start
    ]


def _clash(sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    shared = any(rule in SHARED and field == "actor" for rule, field, *_ in draft.rules)
    sides = {party.side for party in draft.agents}
    before = sentence.marks[draft.frame.index - 1] if draft.frame.index else None
    summed = before is not None and before.has("sum") and before.end == draft.frame.start
    if summed and not any(other.type == "clash" and other.frame.start < draft.frame.start for other in drafts):
        return rename(draft, "casualties", "summed")
    if shared and draft.targets and sides == {party.side for party in draft.targets} and not sides & NEUTRAL:
        draft.agents = []
    if draft.frame.again and any(other.frame.trigger.rule == CLAIMED for other in drafts):
        return None
    if (
        {party.side for party in draft.targets if party.thing in ("", "vehicles")} == {"civ"}
        and not draft.frame.trigger.noun
        and draft.agents
    ):
        draft = rename(draft, "attack_on_civilians", "target_is_civilian")
    if any(party.thing == "aircraft" for party in draft.agents) and not draft.frame.nominal:
        return rename(draft, "airstrike", "aircraft_named")
    precise = _near(draft, drafts, PRECISE) if draft.frame.trigger.rule in SWALLOWED else []
    if precise and abs(precise[0].frame.start - draft.frame.start) < CLOSE and not draft.frame.failed:
        return None
    return draft


def _with_parties(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """The weapon of an attack has the parties of the verb that it serves."""
    near = _near(draft, drafts, frozenset({"clash", "airstrike", "shelling", "attack_on_civilians"}))
    if near:
        draft.agents = draft.agents or near[0].agents
        draft.targets = near[0].targets or draft.targets
        draft.places = near[0].places or draft.places
    return draft


def _struck_on_the_way(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether somebody is only told to have been on the way to a place when he was struck: it happened there."""
    struck = [other for other in _following(draft, drafts) if other.type in STRIKING]
    for other in struck:
        other.places = other.places or draft.places
        other.targets = other.targets or list(draft.agents)
    return bool(struck)


def _progress(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Progress told as a noun, without a subject of its own or beside what it consists of, adds nothing."""
    shared = any(rule in SHARED and field == "actor" for rule, field, *_ in draft.rules)
    return None if shared or any(other is not draft for other in drafts) else draft


def _destruction(sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """What an attack wrecks is told with the attack; the thing "destroyed by" it is its target."""
    if sentence.marks[draft.frame.index].has("passive"):
        blows = [other for other in drafts if other.type in BLOWS and other.frame.segment is draft.frame.segment]
        if blows:
            blows[0].targets = blows[0].targets or draft.targets or draft.agents
            return None
    noun = next((other for other in reversed(drafts) if other.frame.start < draft.frame.start), None)
    if noun is not None and noun.type in BLOWS and noun.frame.nominal and noun.frame.clause == draft.frame.clause:
        noun.targets = noun.targets or draft.targets  # "a strike destroyed X"
        return None
    wrecked = {party.thing for party in draft.targets}
    blows = [other for other in drafts if other.type in BLOWS and other.frame.start < draft.frame.start]
    if wrecked == {"buildings"} and blows and blows[-1].agents == draft.agents:
        return None
    if not wrecked <= {"buildings"} and any(other.type == "clash" and other.frame.weak for other in drafts):
        return None
    fights = [
        other
        for other in drafts
        if other.frame.trigger.rule == "fight_verb" and 0 <= draft.frame.clause - other.frame.clause <= 1
    ]
    joined = bool(wrecked & GROUND_MACHINES) and not draft.frame.region[1]
    if fights and (joined or fights[-1].frame.clause == draft.frame.clause):
        return None
    if draft.frame.segment.opened == "pivot" and any(
        other.type in BLOWS and other.frame.start < draft.frame.start for other in drafts
    ):
        return None
    return draft


def _arrest(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Prisoners of a fight are told with it; who is taken to be executed is executed."""
    executed = any(other.type == "execution" and other.frame.start > draft.frame.start for other in drafts)
    if executed and not draft.counts:
        return None
    if draft.frame.passive and not draft.counts:
        fought = any(other.type == "clash" and other.frame.start < draft.frame.start for other in drafts)
        return None if fought and all(party.side in NEUTRAL for party in draft.targets) else draft
    fights = [
        other for other in drafts if other.type in ("territory", "clash") and other.frame.start < draft.frame.start
    ]
    ours = {party.side for party in draft.agents} - NEUTRAL
    for fight in reversed(fights):
        if draft.counts and (not ours or ours == {party.side for party in fight.agents} - NEUTRAL):
            fight.counts += draft.counts
            return None
    return draft


def _state(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """What only describes gives way to what is told to have happened in the same clause."""
    others = [other for other in drafts if other is not draft]
    if (
        draft.type == "strength"
        and draft.frame.spoils
        and all(party.thing == "buildings" for party in draft.frame.spoils)
    ):
        return None
    if draft.frame.trigger.rule == CLAIMED and all(other.frame.again for other in others):
        return draft
    rivals = [
        other
        for other in others
        if other.frame.clause == draft.frame.clause
        and not (
            other.frame.weak
            or (other.frame.again and draft.frame.trigger.rule == CLAIMED)
            or (draft.type != "statement" and other.type in YIELDING - {draft.type})
            or {draft.type, other.type} == {"strength", "supply"}
        )
    ]
    if draft.type == "statement" and rivals:
        return None
    if any(other.type != draft.type for other in rivals):
        return None
    if draft.type == "other" and draft.frame.region[1] and not draft.frame.nominal:
        return draft
    return draft if draft.agents or draft.targets or (draft.type in ("supply", "other") and draft.places) else None


def _of_retreats(drafts: Sequence[Draft]) -> None:
    """Who is told to leave next was the target of the blow, the attack or the capture before."""
    for number, draft in enumerate(drafts):
        if draft.type not in ATTACKED | {"territory"} or draft.targets or not draft.agents:
            continue
        ours = {party.side for party in draft.agents}
        for after in drafts[number + 1 : number + 3]:
            leaving = [party for party in after.agents if party.side not in ours | NEUTRAL]
            if after.type == "withdrawal" and leaving and after.frame.clause - draft.frame.clause <= 1:
                draft.targets = leaving
                break
