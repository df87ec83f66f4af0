"""What an attack or a capture led to: "A attacked, which led to fighting at X" is one fight, and A fought it."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.building import Draft
from zubda.extraction.marks import Sentence
from zubda.extraction.roles import NEUTRAL

__all__ = ["results_told"]

FIGHT = "fight"
CAUSING = frozenset({"clash", "territory", "movement"})


def results_told(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence; fighting without a doer that follows an attack or a capture is fought by whoever did that.

    Where an attack that names no place of its own caused the fighting, both are one claim, at the places of the fighting.
    """
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        if before is None or not _led_to(before, draft):
            kept.append(draft)
            continue
        if _one_fight(sentence, before, draft):
            before.places, before.carried_place = draft.places, draft.carried_place
            before.rules = [rule for rule in before.rules if rule[1] != "places"] + draft.rules
            before.counts += draft.counts
            continue
        if not draft.agents:
            draft.agents = list(before.agents)
            draft.targets = draft.targets or list(before.targets)
            draft.rules.append(("shared_subject", "actor", draft.frame.start, draft.frame.end))
        kept.append(draft)
    return kept


def _led_to(cause: Draft, fight: Draft) -> bool:
    """Whether the fighting, told without who fights, follows in the clause after what somebody did."""
    return (
        not fight.frame.region[1]
        and fight.type == "clash"
        and fight.frame.trigger.rule == FIGHT
        and fight.frame.nominal
        and not (fight.frame.weak or fight.frame.past)
        and cause.type in CAUSING
        and not (cause.frame.past or cause.frame.failed)
        and any(party.side not in NEUTRAL for party in cause.agents)
        and all(party.side in NEUTRAL for party in fight.agents)
        and fight.frame.clause - cause.frame.clause == 1
        and cause.voice.source == fight.voice.source
    )


def _one_fight(sentence: Sentence, cause: Draft, fight: Draft) -> bool:
    """Whether the fighting is told as what the attack led to, and the attack has no place of its own but perhaps its aim."""
    if cause.type != "clash" or fight.frame.segment.opened != "pivot" or not fight.places or fight.carried_place:
        return False
    start = cause.frame.segment.start
    aim = any(
        mark.has("purpose") or mark.has("attempt") for mark in sentence.marks if start <= mark.start < cause.frame.start
    )
    return aim or not cause.places or cause.carried_place
