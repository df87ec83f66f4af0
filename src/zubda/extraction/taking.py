"""What a capture, or a state of holding, claims: a share of a place, arms, command, or a mere visit take no place."""

from __future__ import annotations

from zubda.extraction.building import Draft
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import PartyMention

__all__ = ["clause_marks", "rename", "settle_capture", "settle_hold"]

ARMS = frozenset({"weapons", "vehicles", "tanks", "aircraft"})


def settle_hold(sentence: Sentence, draft: Draft) -> Draft:
    """A state; where somebody managed to take hold, it is a capture."""
    inside = [sentence.marks[index] for index in sentence.in_segment(draft.frame.segment)]
    if draft.agents and any(mark.has("achieve") and mark.start < draft.frame.start for mark in inside):
        return rename(draft, "territory", "managed_to_hold")
    if not draft.agents and draft.targets:
        draft.agents, draft.targets = draft.targets, []
    return draft


def settle_capture(sentence: Sentence, draft: Draft) -> Draft | None:
    """A share of a place told to be taken is a state (codebook, ``control``); arms that are taken are a seizure.

    Who only walks into a church or a shop takes no place.
    """
    if _takes_no_place(sentence, draft):
        return None
    spoils = {party.thing for party in draft.frame.spoils}
    if spoils and spoils <= ARMS and not draft.located:
        return rename(draft, "seizure", "arms_taken")
    if (
        draft.frame.trigger.rule == "enter"
        and not draft.located
        and any(map(_civil_building, (*draft.targets, *draft.frame.spoils)))
    ):
        return None
    into = any(
        mark.has("place_pronoun") and 0 <= mark.start - draft.frame.end <= 1 for mark in clause_marks(sentence, draft)
    )
    if draft.frame.trigger.rule == "enter" and draft.frame.headed and not (draft.located or into):
        draft.targets = []
        return rename(draft, "movement", "on_the_way")
    marks = [mark for mark in sentence.marks if draft.frame.segment.start <= mark.start < draft.frame.segment.end]
    if any(mark.count and mark.count.ratio for mark in marks):
        if draft.voice.source is not None and draft.frame.of_city:
            return rename(draft, "control", "share_of_place")
        draft.frame.partial = True
    if draft.frame.trigger.change == "lost" and draft.agents and not draft.targets:
        draft.agents, draft.targets = [], draft.agents
    return draft


def _takes_no_place(sentence: Sentence, draft: Draft) -> bool:
    """Whether it is command or the initiative that is taken, or things that fall into hands."""
    if any(mark.has("abstract") and mark.start >= draft.frame.end for mark in clause_marks(sentence, draft)):
        return True
    places = any(mark.has("place_pronoun") or mark.has("area") or mark.lexeme.places for mark in sentence.marks)
    return draft.frame.trigger.rule == "fall_into" and not (places or draft.located)


def _civil_building(party: PartyMention) -> bool:
    return party.thing == "buildings" and party.side == "civ"


def clause_marks(sentence: Sentence, draft: Draft) -> list[Mark]:
    return sentence.in_clause(draft.frame.clause)


def rename(draft: Draft, kind: str, rule: str) -> Draft:
    draft.type = kind
    draft.rules.append((rule, "type", draft.frame.start, draft.frame.end))
    return draft
