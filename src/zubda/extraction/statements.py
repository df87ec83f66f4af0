"""Who says something that tells of no event: a statement (codebook rule 6)."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.attribution import Voice
from zubda.extraction.building import Draft
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.memory import Scene
from zubda.extraction.values import PartyMention

__all__ = ["addressed", "spoken_alone", "without_heralds"]

OWN_SPEECH = frozenset({"speech", "speech_by_role"})


def spoken_alone(scene: Scene, told: Sequence[Draft]) -> list[Voice]:
    """The voice of a sentence, if any, none of whose words are an event; ``told`` are the claims of the sentence."""
    spoken = [voice for voice in scene.voices if voice.party is not None and voice.rule not in ("row", "")]
    spoken = [voice for voice in spoken if not _only_names(scene.sentence, voice)]
    if told:
        heard = {draft.voice.source for draft in told}
        spoken = [voice for voice in spoken if voice.source not in heard and _speaks_himself(scene, voice)]
    return spoken[:1]


def addressed(scene: Scene, voice: Voice, verb: Mark) -> list[PartyMention]:
    """Whom somebody accuses, threatens or calls upon: the first party after the verb of saying, in its clause."""
    sentence = scene.sentence
    clause = sentence.clause_of(verb.start)
    direct = voice.mode == "accuse" or (verb.term.trigger is not None and verb.term.trigger.type == "statement")
    after = [group for group in scene.groups if group.start >= verb.end and sentence.clause_of(group.start) == clause]
    if not direct or not after or any(party.pronoun or party.thing for party in after[0].parties):
        return []
    said = voice.party.side if voice.party is not None else ""
    return [party for party in after[0].parties if party.side not in ("unknown", said)]


def without_heralds(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without statements that only announce what is told: "the government announced that ten had died"."""
    told = {draft.voice.source for draft in drafts if draft.type != "statement"} - {None}
    return [
        draft
        for draft in drafts
        if draft.type != "statement"
        or draft.voice.source not in told
        or not sentence.marks[draft.frame.index].term.speech
    ]


def _speaks_himself(scene: Scene, voice: Voice) -> bool:
    """Whether somebody says something of his own: not what another says, and the text does not tell that he did not."""
    if voice.rule not in OWN_SPEECH:
        return False
    sentence = scene.sentence
    clause = sentence.clause_of(voice.at[1] - 1)
    within = [
        other for other in scene.voices if other.at[0] > voice.at[0] and sentence.clause_of(other.at[0]) == clause
    ]
    verb = [mark for mark in sentence.marks if voice.at[0] <= mark.start < voice.at[1]]
    return not within and not any(mark.has("negation") for mark in verb)


def _only_names(sentence: Sentence, voice: Voice) -> bool:
    """Whether nothing is said: a report is named as a thing ("a lack of reports from the people there"), or something is given a
    name ("they call the river ...")."""
    index = next((number for number, mark in enumerate(sentence.marks) if mark.end == voice.at[1]), 0)
    verb, before = sentence.marks[index], sentence.marks[index - 1]
    if not verb.term.speech or voice.rule != "speech":
        return False
    if index and before.has("the") and before.end == verb.start:
        return True
    said = [mark for mark in sentence.in_clause(sentence.clause_of(verb.start)) if mark.start > verb.start]
    named = verb.has("calling") and any(mark.has("aim_verb") and mark.start > verb.end for mark in said)
    return named and not any(mark.term.trigger for mark in said)
