"""Who holds a place, told in passing ("the rebel-held X", codebook rules 12 and 19)."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.building import Held
from zubda.extraction.frames import holder_in_passing
from zubda.extraction.locating import Located
from zubda.extraction.marks import Sentence
from zubda.extraction.parties import Group
from zubda.languages.interface import Language

__all__ = ["held_in_passing"]

REACH = 16
REACH_IN_WORDS = 24


def held_in_passing(
    sentence: Sentence, groups: Sequence[Group], places: Sequence[Located], language: Language
) -> list[Held]:
    """Holders told in passing with the place that the words stand beside: after them, or right before an area's."""
    found = []
    bounded = language.grammar.bounded
    reach = REACH_IN_WORDS if bounded else REACH
    for group, start, end, area in holder_in_passing(sentence, list(groups)):
        after = [place for place in places if 0 <= place.start - end <= reach and not place.outer]
        if bounded and after and _not_the_place(sentence, end, after[0]):
            after = []
        before = [place for place in places if 0 <= start - place.end <= 2]
        chosen = before[-1:] if area else after[:1]
        surface = chosen[0].mention.surface if chosen else None
        found.append(Held(group.parties[0], surface, area, start, end))
    return found


def _not_the_place(sentence: Sentence, start: int, place: Located) -> bool:
    """Whether the words from ``start`` on speak of no named part of a whole city ("rebel-held parts of X", rule 19), or of what
    only lies near the place."""
    between = [mark for mark in sentence.marks if start <= mark.start < place.start]
    return "toward_place" in place.governed or (place.kind == "city" and any(mark.has("partial") for mark in between))
