"""What "the city" and "this base" point back to: the last place of the kind that the text named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from zubda.extraction.carrying import points_back
from zubda.extraction.frames import Frame
from zubda.extraction.locating import AREA, Located
from zubda.extraction.marks import Mark, Sentence
from zubda.model import PlaceMention

__all__ = ["Pointing"]

UNPOINTED = frozenset({"country", "region", "river"})
ALSO = {
    "airbase": ("military_base", "airport"),
    "neighbourhood": ("district",),
    "camp": ("district",),
    "town": ("city",),
}
SETTLEMENTS = ("city", "town", "village")
TOWNS = ("city", "town")
RECENT, RECENT_BY_NAME = 10, 30


class Pointing:
    """The places named so far by their kinds and the nouns that their names end with; what the text is about, its first place, stays the one of its kind."""

    def __init__(self) -> None:
        self.kinds: dict[str, tuple[PlaceMention, int]] = {}
        self.nouns: dict[str, tuple[PlaceMention, int]] = {}
        self.subject: tuple[str, ...] = ()
        self.number = 0
        self.alone: tuple[PlaceMention, int] | None = None

    def as_named(self, sentence: Sentence, place: Located) -> Located:
        """A place that only a word like "the whole city" tells of, with the name that the text gave it before."""
        if not sentence.marks[place.index].has("place_pronoun") or place.mention.place is None:
            return place
        told = [mention for mention, _ in self.kinds.values() if mention.place == place.mention.place]
        return replace(place, mention=told[0]) if told else place

    def remember(self, places: Sequence[Located]) -> None:
        """Take over the places of a sentence. Of several of one kind none is meant by "the town"."""
        self.number += 1
        if len(places) == 1 and not places[0].kind:
            self.alone = places[0].mention, self.number
        named = Counter(kind for place in places for kind in _kinds(place))
        for place in places:
            self.nouns[_last_word(place.mention.surface)] = place.mention, self.number
            for kind in _kinds(place):
                self.subject = self.subject or _kinds(place)
                if kind in self.subject and kind in self.kinds:
                    continue
                if named[kind] == 1 or kind not in self.kinds:
                    self.kinds[kind] = place.mention, self.number

    def meant(
        self, sentence: Sentence, frame: Frame, places: Sequence[Located], carried: Sequence[PlaceMention]
    ) -> tuple[tuple[PlaceMention, ...], int]:
        """The place that a word of the frame's clause, or of one before it, points back to, and that clause's number (-1: none).

        A bare noun ("hospital") points only to one of those ``carried``. What was named in the sentence before the word comes first,
        and what was named long ago is not meant, but for what the text is about.
        """
        whole = any(mark.has("whole_account") for mark in sentence.in_clause(frame.clause))
        if whole and self.subject:
            return (self.kinds[self.subject[0]][0],), -1
        for clause in range(frame.clause, -1, -1):
            inside = sentence.in_clause(clause)
            for index, mark in enumerate(inside):
                if points_back(inside, index):
                    found = self._named_so(sentence, mark, places) or self._of_kind(mark, places, carried)
                    if found is not None or _tells_kind(mark):
                        return ((found,), clause) if found is not None else ((), -1)
            if any(
                low <= place.start < sentence.clause_ends[clause] and place.kind != AREA
                for low in (_begin(sentence, clause),)
                for place in places
            ):
                break
        return (), -1

    def _named_so(self, sentence: Sentence, mark: Mark, places: Sequence[Located]) -> PlaceMention | None:
        """The last place whose name ends with the noun that points back: "the academy" is the Northern Academy."""
        noun = _last_word(sentence.surface(mark.start, mark.end))
        if not noun:
            return None
        for place in reversed(places):
            if place.end <= mark.start and _last_word(place.mention.surface) == noun:
                return place.mention
        mention, number = self.nouns.get(noun, (None, 0))
        return mention if self.number - number < RECENT_BY_NAME else None

    def _of_kind(self, mark: Mark, places: Sequence[Located], carried: Sequence[PlaceMention]) -> PlaceMention | None:
        bare = mark.has("place_pronoun_bare")
        if not bare:
            for place in reversed(places):
                if place.end <= mark.start and any(mark.has(f"place_pronoun_{kind}") for kind in _kinds(place)):
                    return place.mention
        settled = any(mark.has(f"place_pronoun_{kind}") for kind in SETTLEMENTS)
        here = self._town_told(mark, carried)
        if here is not None:
            return here
        about = any(mark.has(f"place_pronoun_{kind}") for kind in self.subject)
        if self.alone is not None and settled and not (bare or about) and self.alone[1] == self.number:
            return self.alone[0]
        for kind, (mention, number) in self.kinds.items():
            if not mark.has(f"place_pronoun_{kind}") or (bare and mention not in carried and self.number > number):
                continue
            if kind in self.subject or self.number - number < RECENT:
                return mention
        return None

    def _town_told(self, mark: Mark, carried: Sequence[PlaceMention]) -> PlaceMention | None:
        """The city or town that the text was told of last, or what it is all about, for a word of either: "all of the city"."""
        if not any(mark.has(f"place_pronoun_{kind}") for kind in TOWNS):
            return None
        told = [self.kinds[kind][0] for kind in SETTLEMENTS if kind in self.kinds and self.kinds[kind][0] in carried]
        if told:
            return told[0]
        about = [kind for kind in self.subject if mark.has(f"place_pronoun_{kind}")]
        return self.kinds[about[0]][0] if about and mark.has("place_pronoun_bare") else None


def _tells_kind(mark: Mark) -> bool:
    """Whether a word that points back tells a kind of place, as "the site" does not."""
    return any(flag.startswith("place_pronoun_") for flag in mark.flags)


def _last_word(surface: str) -> str:
    """The last of several words, empty for one alone."""
    return surface.casefold().rpartition(" ")[2] if " " in surface else ""


def _kinds(place: Located) -> tuple[str, ...]:
    return () if not place.kind or place.kind in UNPOINTED else (place.kind, *ALSO.get(place.kind, ()))


def _begin(sentence: Sentence, clause: int) -> int:
    return sentence.clause_ends[clause - 1] if clause else sentence.start
