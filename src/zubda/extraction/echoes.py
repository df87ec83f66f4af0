"""Claims that are only taken up: "B confirmed this", "B denied it", and two sources in one predicate (codebook rules 6, 14, 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zubda.extraction.attribution import Voice
from zubda.extraction.building import Draft
from zubda.extraction.marks import Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.model import BLOWS

__all__ = ["DEEDS", "accusations", "echoes", "one_for_each_source", "own_words"]

BLAME = "responsibility"
DEEDS = BLOWS | {"clash", "execution", "attack_on_civilians", "abduction", "destruction"}
"""Types of what somebody may be held responsible for, in the same breath or in the sentence before."""
TAKEN_UP = frozenset({"confirm", "deny"})


def one_for_each_source(draft: Draft) -> list[Draft]:
    """The draft, and a copy for every further source of the same predicate."""
    copies = [draft]
    for party in draft.voice.others:
        voice = replace(
            draft.voice, source=party.surface, source_id=party.source or party.actor, party=party, others=()
        )
        copies.append(_copy(draft, voice, draft.polarity))
    return copies


def own_words(draft: Draft) -> None:
    """Who demands, threatens or condemns says so himself: a statement of the text's voice has its actor as source."""
    if draft.type != "statement" or draft.voice.source is not None or not draft.agents:
        return
    party = draft.agents[0]
    at = (party.start, party.end)
    draft.voice = Voice(
        draft.frame.start, party.surface, party.source or party.actor, "say", party, "speaks_for_itself", at
    )
    draft.rules.append(("speaks_for_itself", "source", *at))


def echoes(sentence: Sentence, groups: Sequence[Group], drafts: Sequence[Draft], before: Draft | None) -> list[Draft]:
    """Copies of what was told just before for a source that confirms or denies it without telling it again.

    ``drafts`` are those of the sentence, ``before`` is what the sentence before told, if anything.
    """
    found: list[Draft] = []
    if "speech" not in sentence.flags:
        return found
    for index, mark in enumerate(sentence.marks):
        if mark.term.speech not in TAKEN_UP or any(draft.frame.start > mark.start for draft in drafts):
            continue
        told = [draft for draft in drafts if draft.frame.start < mark.start]
        original = told[-1] if told else before
        speakers = _speakers(sentence, groups, index)
        if original is None or not speakers or speakers[0].surface == original.voice.source:
            continue
        if not told and _tells_else(sentence, index):
            continue
        speaker = speakers[0]
        at = (speaker.start, mark.end)
        source = speaker.source or speaker.actor
        voice = Voice(
            mark.start, speaker.surface, source, mark.term.speech, speaker, "taken_up", at, tuple(speakers[1:])
        )
        copy = _copy(original, voice, "deny" if mark.term.speech == "deny" else "affirm")
        copy.spans = [*copy.spans, (sentence.start, sentence.end)] if not told else copy.spans
        copy.rules.append(("taken_up", "source", *at))
        found += one_for_each_source(copy)
    return found


def _tells_else(sentence: Sentence, index: int) -> bool:
    """Whether the verb has words of its own for what happened, with who did it: another thing is denied than what was told."""
    mark = sentence.marks[index]
    end = sentence.clause_ends[sentence.clause_of(mark.start)]
    after = [other for other in sentence.marks[index + 1 :] if other.start < end]
    verbs = [other for other in after if other.term.trigger is not None and not other.term.trigger.noun]
    back = any(other.has("demonstrative") or other.has("place_pronoun") for other in after)
    return not back and any(verb.term.trigger and verb.term.trigger.type != "statement" for verb in verbs)


def accusations(
    sentence: Sentence, groups: Sequence[Group], drafts: Sequence[Draft], before: Draft | None
) -> tuple[list[Draft], list[Draft]]:
    """ "A said that B was to blame for it": the event told before with B as its actor and A as its source (codebook rule 6).

    Returns the drafts of the sentence without those that only accuse, and the events that the accusations tell.
    """
    found: list[Draft] = []
    kept = list(drafts)
    if "speech" not in sentence.flags:
        return kept, found
    for index, mark in enumerate(sentence.marks):
        clause = sentence.clause_of(mark.start)
        accused = _accused(sentence, groups, index)
        speakers = _speakers(sentence, groups, index)
        told = [draft for draft in drafts if draft.frame.clause < clause and draft.type in DEEDS]
        original = told[-1] if told else before
        if not accused or not speakers or original is None or original.type not in DEEDS:
            continue
        at = (speakers[0].start, mark.end)
        source = speakers[0].source or speakers[0].actor
        others = tuple(speakers[1:])
        voice = Voice(mark.start, speakers[0].surface, source, "accuse", speakers[0], "taken_up", at, others)
        copy = _copy(original, voice, "affirm")
        copy.agents, copy.counts = list(accused[0].parties), []
        copy.spans = [(sentence.start, sentence.end)]
        copy.rules += [("taken_up", "source", *at), ("accused", "actor", accused[0].start, accused[0].end)]
        found += one_for_each_source(copy)
        kept = [draft for draft in kept if draft.type != "statement" or draft.frame.clause != clause]
    return kept, found


def _accused(sentence: Sentence, groups: Sequence[Group], index: int) -> list[Group]:
    """Who is told, by the verb of saying at ``index``, to have done what was told before: "A blamed it on B", "A said that B did it"."""
    mark = sentence.marks[index]
    end = sentence.clause_ends[sentence.clause_of(mark.start)]
    after = [number for number in range(index + 1, len(sentence.marks)) if sentence.marks[number].start < end]
    named = [group for group in groups if after and index < group.first <= after[-1]]
    rules = {number: sentence.marks[number].term.trigger for number in after}
    blamed = [number for number, trigger in rules.items() if trigger is not None and trigger.rule == BLAME]
    done = [number for number in after if sentence.marks[number].has("deed_of")]
    if (blamed and mark.term.speech == "accuse") or done:
        return [group for group in named if group.first < (blamed or done)[0]]
    before = [other for other in sentence.in_clause(sentence.clause_of(mark.start)) if other.start < mark.start]
    it = any(other.has("blame") or other.has("demonstrative") for other in before)
    lone = all(trigger is None or trigger.noun for trigger in rules.values())
    return named if mark.has("shifting") and it and lone else []


def _speakers(sentence: Sentence, groups: Sequence[Group], index: int) -> list[PartyMention]:
    """Who confirms or denies: the parties before the verb in its clause, nearest to it."""
    mark = sentence.marks[index]
    clause = sentence.clause_of(mark.start)
    before = [
        group for group in groups if group.parties[-1].end <= mark.start and sentence.clause_of(group.start) == clause
    ]
    return [party for party in before[-1].parties if not party.pronoun] if before else []


def _copy(draft: Draft, voice: Voice, polarity: str) -> Draft:
    return replace(
        draft,
        voice=voice,
        polarity=polarity,
        agents=list(draft.agents),
        targets=list(draft.targets),
        spans=list(draft.spans),
        counts=list(draft.counts),
        rules=[rule for rule in draft.rules if rule[1] != "source"],
    )
