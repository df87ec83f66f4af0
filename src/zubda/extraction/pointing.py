"""What "the city" and "this base" point back to: the last place of the kind that the text named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zubda.extraction.carrying import points_back
from zubda.extraction.frames import Frame
from zubda.extraction.locating import Located
from zubda.extraction.marks import Mark, Sentence
from zubda.model import PlaceMention

__all__ = ["Pointing"]

UNPOINTED = frozenset({"country", "region", "river"})
ALSO = {"airbase": ("military_base", "airport"), "neighbourhood": ("district",)}
RECENT = 10


class Pointing:
    """The places named so far by their kinds; what the text is about, its first place, stays the one of its kind."""

    def __init__(self) -> None:
        self.kinds: dict[str, tuple[PlaceMention, int]] = {}
        self.subject = ""
        self.number = 0

    def remember(self, places: Sequence[Located]) -> None:
        """Take over the places of a sentence. Of several of one kind none is meant by "the town"."""
        self.number += 1
        named = Counter(kind for place in places for kind in _kinds(place))
        for place in places:
            for kind in _kinds(place):
                self.subject = self.subject or kind
                if kind == self.subject and kind in self.kinds:
                    continue
                if named[kind] == 1 or kind not in self.kinds:
                    self.kinds[kind] = place.mention, self.number

    def meant(
        self, sentence: Sentence, frame: Frame, places: Sequence[Located], carried: Sequence[PlaceMention]
    ) -> tuple[tuple[PlaceMention, ...], bool]:
        """The place that a word of the frame's clause, or of one before it, points back to, and whether it is in the frame's own.

        A bare noun ("hospital") points only to one of those ``carried``. What was named in the sentence before the word comes first,
        and what was named long ago is not meant, but for what the text is about.
        """
        for clause in range(frame.clause, -1, -1):
            inside = sentence.in_clause(clause)
            for index, mark in enumerate(inside):
                if points_back(inside, index):
                    found = self._of_kind(mark, places, carried)
                    return ((found,), clause == frame.clause) if found is not None else ((), False)
            if any(
                low <= place.start < sentence.clause_ends[clause]
                for low in (_begin(sentence, clause),)
                for place in places
            ):
                break
        return (), False

    def _of_kind(self, mark: Mark, places: Sequence[Located], carried: Sequence[PlaceMention]) -> PlaceMention | None:
        bare = mark.has("place_pronoun_bare")
        if not bare:
            for place in reversed(places):
                if place.end <= mark.start and any(mark.has(f"place_pronoun_{kind}") for kind in _kinds(place)):
                    return place.mention
        for kind, (mention, number) in self.kinds.items():
            if not mark.has(f"place_pronoun_{kind}") or (bare and mention not in carried):
                continue
            if kind == self.subject or self.number - number < RECENT:
                return mention
        return None


def _kinds(place: Located) -> tuple[str, ...]:
    return () if not place.kind or place.kind in UNPOINTED else (place.kind, *ALSO.get(place.kind, ()))


def _begin(sentence: Sentence, clause: int) -> int:
    return sentence.clause_ends[clause - 1] if clause else sentence.start
