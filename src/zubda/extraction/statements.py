"""Who says something that tells of no event: a statement (codebook rule 6)."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.attribution import Voice
from zubda.extraction.building import Draft
from zubda.extraction.memory import Scene

__all__ = ["spoken_alone"]

OWN_SPEECH = frozenset({"speech", "speech_by_role"})


def spoken_alone(scene: Scene, told: Sequence[Draft]) -> list[Voice]:
    """The voice of a sentence, if any, none of whose words are an event; ``told`` are the claims of the sentence."""
    spoken = [voice for voice in scene.voices if voice.party is not None and voice.rule not in ("row", "")]
    if told:
        heard = {draft.voice.source for draft in told}
        spoken = [voice for voice in spoken if voice.source not in heard and _speaks_himself(scene, voice)]
    return spoken[:1]


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
