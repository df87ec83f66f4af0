"""What "the city" and "this base" point back to: the last place of the kind that the text named."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.frames import Frame
from zubda.extraction.locating import Located
from zubda.extraction.marks import Sentence
from zubda.model import PlaceMention

__all__ = ["Pointing"]

UNPOINTED = frozenset({"country", "region", "river"})


class Pointing:
    """The places named so far by their kinds; what the text is about, its first place, stays the one of its kind."""

    def __init__(self) -> None:
        self.kinds: dict[str, PlaceMention] = {}
        self.subject = ""

    def remember(self, places: Sequence[Located]) -> None:
        """Take over the places of a sentence."""
        for place in places:
            if place.kind and place.kind not in UNPOINTED:
                self.subject = self.subject or place.kind
                if place.kind != self.subject or place.kind not in self.kinds:
                    self.kinds[place.kind] = place.mention

    def meant(self, sentence: Sentence, frame: Frame, carried: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
        """The place that a word of the frame's clause points back to; a bare noun ("hospital") only to one of those ``carried``."""
        for mark in sentence.in_clause(frame.clause):
            if mark.has("place_pronoun"):
                for kind, mention in self.kinds.items():
                    if mark.has("place_pronoun_bare") and mention not in carried:
                        continue
                    if mark.has(f"place_pronoun_{kind}"):
                        return (mention,)
        return ()
