"""Attacks that fail: who defended, that the place was kept, and one claim where the attack and its repulse are told apart."""

from __future__ import annotations

from zubda.extraction.frames import Context, Frame
from zubda.extraction.marks import Sentence
from zubda.extraction.roles import NEUTRAL, Roles

__all__ = ["settle_failures"]

REACH = 2


def settle_failures(sentence: Sentence, frames: list[Frame], roles: Roles, context: Context) -> list[Frame]:
    """The frames with every repulse turned about (the one repelled attacked) and joined to the attack that it ends."""
    if "failure" not in sentence.flags and not any(frame.failed for frame in frames):
        return frames
    kept: list[Frame] = []
    for frame in frames:
        if frame.type == "clash" and sentence.marks[frame.index].has("failure"):
            frame.failed = frame.repulse = True
            frame.agents, frame.targets = frame.targets, frame.agents
            frame.rules = [(rule, TURNED.get(field, field), low, high) for rule, field, low, high in frame.rules]
            attack = _attack_before(kept, frame)
            if attack is not None:
                _join(attack, frame)
                continue
        kept.append(frame)
    for number, frame in enumerate(kept):
        if frame.again and not frame.agents and not frame.passive:
            earlier = [other for other in kept[:number] if other.type == frame.type and other.agents]
            frame.agents = list(earlier[-1].agents) if earlier else []
    _mark_failed(sentence, kept)
    for frame in kept:
        if frame.type == "clash" and frame.failed and all(party.side in NEUTRAL for party in frame.targets):
            _defender(sentence, frame, roles, context)
    return kept


def _mark_failed(sentence: Sentence, frames: list[Frame]) -> None:
    """A word of failure tells of the last attack before it, or of the attempt that it is the background of."""
    for index, mark in enumerate(sentence.marks):
        if not mark.has("failure") or any(frame.index == index for frame in frames):
            continue
        clause = sentence.clause_of(mark.start)
        for frame in reversed(frames):
            if frame.start >= mark.start or clause - frame.clause > REACH:
                continue
            taken = frame.type in ("territory", "siege") and frame.past and frame.clause == clause
            if taken:
                frame.type = "clash"
                frame.rules.append(("attempt_failed", "type", mark.start, mark.end))
            if taken or (frame.type == "clash" and frame.trigger.rule != "fight_verb"):
                frame.failed = True
                break


TURNED = {"actor": "target", "target": "actor"}


def _attack_before(frames: list[Frame], repulse: Frame) -> Frame | None:
    """The attack, told in the same sentence, that the repulse ends."""
    for frame in reversed(frames):
        if frame.type != "clash" or frame.clause < repulse.clause - 2:
            continue
        ours = {party.side for party in frame.agents} - NEUTRAL
        theirs = {party.side for party in repulse.agents} - NEUTRAL
        if not ours or not theirs or ours & theirs or repulse.segment.clause == frame.segment.clause:
            return frame
    return None


def _join(attack: Frame, repulse: Frame) -> None:
    attack.failed = True
    attack.weak = attack.past = False
    repelling = {party.start for party in repulse.targets}
    attack.agents = [party for party in attack.agents if party.start not in repelling]
    sides = {party.side for party in attack.agents}
    if not attack.agents:
        attack.agents = repulse.agents
    if repulse.targets and not {party.side for party in repulse.targets} & sides:
        attack.targets = repulse.targets
    attack.rules += [rule for rule in repulse.rules if rule[1] != "type"]
    attack.rules.append(("repelled", "control", repulse.start, repulse.end))


def _defender(sentence: Sentence, frame: Frame, roles: Roles, context: Context) -> None:
    """Who kept the place: the subject or the doer of the word of failure, else the party that the attackers fight."""
    attackers = {party.side for party in frame.agents}
    for index, mark in enumerate(sentence.marks):
        if not mark.has("failure") or mark.start < frame.end:
            continue
        for party in roles.doers(index):
            if party.side not in attackers and party.side not in NEUTRAL:
                frame.targets = [party]
                frame.rules.append(("repelled", "target", mark.start, mark.end))
                return
    for party in roles.actors_before(frame):
        if party.side not in attackers and party.side not in NEUTRAL:
            frame.targets = [party]
            frame.rules.append(("repelled", "target", party.start, party.end))
            return
    rival = context.opponent(attackers)
    if rival is not None:
        frame.targets = [rival]
        frame.implied = True
        frame.rules.append(("opponent", "target", frame.start, frame.end))
