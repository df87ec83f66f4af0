"""Whose people are told by a possessive: "the brigade rejected the plan; its commander said ..."."""

from __future__ import annotations

from dataclasses import replace

from zubda.extraction.frames import Context
from zubda.extraction.marks import Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.roles import NEUTRAL

__all__ = ["own_people"]

REACH = 3
FREE = frozenset({"and"})


def own_people(sentence: Sentence, groups: list[Group], context: Context) -> list[Group]:
    """The groups of a sentence with the side of every party that tells none, but that a possessive stands before: that of a party
    named before it, or of who acted last."""
    if "possessive" not in sentence.flags:
        return groups
    owned: list[Group] = []
    for group in groups:
        side = ""
        if any(_possessed(sentence, party) for party in group.parties):
            side = _owner(sentence, owned, group, context)
        parties = [replace(one, side=side) if side and _possessed(sentence, one) else one for one in group.parties]
        owned.append(Group(tuple(parties), group.governed, group.allied))
    return owned


def _possessed(sentence: Sentence, party: PartyMention) -> bool:
    """Whether a party without a side, armed or speaking for somebody, has a possessive right before it, but for adjectives."""
    if party.side != "unknown" or party.pronoun or not (party.armed or party.role):
        return False
    before = sentence.marks[max(0, party.first - REACH) : party.first]
    for mark in reversed(before):
        if mark.has("possessive"):
            between = sentence.folded[mark.end - sentence.start : party.start - sentence.start]
            return "," not in between and ";" not in between
        if not (mark.has("adverb") or mark.has("demonym") or mark.term.people):
            return False
    return False


def _owner(sentence: Sentence, before: list[Group], group: Group, context: Context) -> str:
    """The side of the nearest party before in the clause; at a clause's beginning of the sentence's first free party, else of who
    acted last; nothing where several may be meant."""
    clause = sentence.clause_of(group.start)
    within = [other for other in reversed(before) if sentence.clause_of(other.start) == clause]
    for other in within or before:
        sides = {party.side for party in other.parties if not party.thing} - NEUTRAL
        if (within or not other.governed - FREE) and len(sides) == 1:
            return sides.pop()
    acted = {party.side for party in context.subject} - NEUTRAL
    return acted.pop() if len(acted) == 1 else ""
