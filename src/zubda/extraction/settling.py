"""Settling the type of a draft by what stands around its trigger (codebook rules 3 to 6, 10, 11, 14 and 15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zubda.extraction.building import Draft
from zubda.extraction.counting import Counted
from zubda.extraction.marks import Sentence

__all__ = ["settle_type"]

PRECISE = frozenset({"airstrike", "shelling", "suicide_bomb", "bomb", "chemical", "execution"})
ARMED_SIDES_NEED = frozenset({"clash"})


def settle_type(sentence: Sentence, draft: Draft, drafts: Sequence[Draft], counted: Sequence[Counted]) -> list[Draft]:
    """The draft with its final type, none if it claims nothing, two where the codebook wants two."""
    if draft.frame.trigger.type == "airstrike":
        return _air_or_artillery(sentence, draft)
    if draft.type == "clash":
        return _clash(sentence, draft, drafts)
    if draft.type == "shelling":
        return _shelling(sentence, draft)
    if draft.type == "bomb" and any(other.type == "suicide_bomb" for other in drafts):
        return []
    if draft.type == "control":
        return _control(sentence, draft)
    if draft.type in ("strength", "statement", "alliance", "supply"):
        return _state(draft, drafts)
    return [draft]


def _clause_has(sentence: Sentence, draft: Draft, test: Callable[[object], bool]) -> bool:
    clause = draft.frame.clause
    start = sentence.clause_ends[clause - 1] if clause else sentence.start
    end = sentence.clause_ends[clause]
    return any(test(mark) for mark in sentence.marks if start <= mark.start < end)


def _trigger_types(sentence: Sentence, draft: Draft) -> set[str]:
    clause = draft.frame.clause
    start = sentence.clause_ends[clause - 1] if clause else sentence.start
    end = sentence.clause_ends[clause]
    return {
        mark.term.trigger.type
        for mark in sentence.marks
        if mark.term.trigger and start <= mark.start < end and mark.start != draft.frame.start
    }


def _things(sentence: Sentence, draft: Draft) -> set[str]:
    clause = draft.frame.clause
    start = sentence.clause_ends[clause - 1] if clause else sentence.start
    return {
        mark.term.people.what
        for mark in sentence.marks
        if mark.term.people and mark.term.people.what and start <= mark.start < draft.frame.start
    }


def _air_or_artillery(sentence: Sentence, draft: Draft) -> list[Draft]:
    """Bombing is from the air unless artillery is named; with both it is two claims (rule 10)."""
    if "shelling" not in _trigger_types(sentence, draft):
        return [draft]
    if "aircraft" in _things(sentence, draft):
        return [draft]
    draft.type = "shelling"
    draft.rules.append(("artillery_named", "type", draft.frame.start, draft.frame.end))
    return [draft]


def _shelling(sentence: Sentence, draft: Draft) -> list[Draft]:
    """The name of a gun is an attack only beside a verb of attack, and then it is the attack."""
    return [draft]


def _clash(sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    sides = {party.side for party in draft.targets}
    if sides == {"civ"} and not draft.frame.trigger.noun and draft.agents:
        draft.type = "attack_on_civilians"
        draft.rules.append(("target_is_civilian", "type", draft.frame.start, draft.frame.end))
    precise = [
        other
        for other in drafts
        if other is not draft and other.frame.clause == draft.frame.clause and other.frame.type in PRECISE
    ]
    if precise and abs(precise[0].frame.start - draft.frame.start) < 12:
        return []
    return [draft]


def _control(sentence: Sentence, draft: Draft) -> list[Draft]:
    if not draft.agents and not draft.targets:
        return []
    if not draft.agents and draft.targets:
        draft.agents, draft.targets = draft.targets, []
    return [draft]


def _state(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """What only describes gives way to what is told to have happened in the same clause."""
    rivals = [
        other
        for other in drafts
        if other is not draft and other.frame.clause == draft.frame.clause and not other.frame.weak
    ]
    if draft.type == "statement" and [other for other in drafts if other is not draft]:
        return []
    if rivals and draft.type in ("strength", "alliance", "supply"):
        return []
    if not draft.agents and not draft.targets:
        return []
    return [draft]
