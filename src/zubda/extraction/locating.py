"""The places that a sentence names: of the theatre, by their shape, and which of them only tell where another one lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from zubda.extraction.chains import NAMED, Located, between, lies_in, located_by, unnamed
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group
from zubda.gazetteer import Gazetteer
from zubda.languages.interface import Language
from zubda.model import PlaceMention

__all__ = ["AREA", "PIECE", "WIDE", "Located", "extent", "find_places", "takes_a_piece"]

WIDE = frozenset({"country"})
AREA = "area"
PASSED = frozenset({"and", "the", "partial", "determiner", "indefinite", "adverb", "demonym"})
TAIL_LENGTH = 24
FACILITY_WORDS, JOINING = 3, " -'’"
FACILITIES = frozenset(
    {
        "military_base", "airbase", "airport", "bridge", "dam", "hospital", "school", "mosque", "church", "prison", "landmark",
        "industrial", "police", "roundabout", "square",
    }
)  # fmt: skip
MODIFYING = frozenset({"singular", "the", "demonym", "adverb"})
PIECE = "piece"
POINTS = "place_pronoun_"
PIECE_LENGTH = 10
TAKING = frozenset({"take", "take_object", "enter", "lose"})


def find_places(
    sentence: Sentence,
    groups: Sequence[Group],
    gazetteer: Gazetteer,
    language: Language,
    told: Sequence[PlaceMention] = (),
) -> list[Located]:
    """The places that a sentence names, left to right; names in brackets after a place are the same place.

    A name that several places bear is the one of the kind that the text tells beside it, or nearest to those named with it, or
    else to those ``told`` of last.
    """
    near = _near(sentence, told)
    used = {index for group in groups for party in group.parties for index in range(party.first, party.last + 1)}
    found: list[Located] = []
    for index, mark in enumerate(sentence.marks):
        if index in used:
            continue
        surface = sentence.surface(mark.start, mark.end)
        if _of_an_age(sentence, index) or _leads(sentence, index):
            continue
        facility = _facility_of(sentence, index, language) if mark.lexeme.places else None
        if facility is not None:
            surface = sentence.surface(mark.start, facility.end)
            kind = facility.term.place_kind
            mention = gazetteer.locate(surface, kind)
            if mention.place is None:
                mention = _invented(surface)
        elif mark.lexeme.places:
            several = len(mark.lexeme.places) > 1
            beside = _kind_told(sentence, index, language) if several else ""
            mention = gazetteer.locate(surface, beside or None, near) if several else gazetteer.locate(surface)
            if mention.place is None:
                mention = _by_stem(surface, gazetteer, language, near) or PlaceMention(
                    surface, mark.lexeme.places[0], 0.6
                )
            kind = gazetteer.places[mention.place].kind if mention.place in gazetteer.places else ""
        elif mark.has("area"):
            mention, kind = PlaceMention(surface), AREA
        elif mark.name:
            named = _unknown_place(sentence, index, gazetteer, language)
            if named is None:
                continue
            mention, kind = named, ""
        else:
            continue
        if found and (_bracketed(sentence, found[-1], mark.start, mark.end) or _describes(found[-1], index, mention)):
            continue
        kind = kind or _kind_beside(sentence, index) or _kind_in_name(surface, language)
        end = facility.end if facility is not None else mark.end
        place = Located(mark.start, end, index, mention, _governor(sentence, index), kind)
        if not (kind == AREA and found and lies_in(sentence, found[-1], place, language)):
            found.append(place)
    if language.grammar.inflected:
        found += _facilities(sentence, groups, found)
        found.sort(key=_start)
        found = _one_name(sentence, found)
    if language.grammar.modifier_first:
        for number, (place, after) in enumerate(pairwise(found)):
            if lies_in(sentence, place, after, language):
                found[number] = replace(place, outer=True)
        found = between(sentence, located_by(sentence, unnamed(sentence, found, language)))
        listed = [_in_list(sentence, found, number) for number in range(len(found))]
        found = [
            replace(place, listed=True) if of_list else place for place, of_list in zip(found, listed, strict=True)
        ]
    return found


def _facility_of(sentence: Sentence, index: int, language: Language) -> Mark | None:
    """The word for a facility that a place's name modifies, where modifiers stand before it: "the X railway station", "X's port"."""
    if not language.grammar.bounded:
        return None
    mark = sentence.marks[index]
    rest = sentence.folded[mark.end - sentence.start :]
    if rest.lstrip().startswith(language.part_after) or _kind_in_name(sentence.surface(mark.start, mark.end), language):
        return None
    for after in sentence.marks[index + 1 : index + 1 + FACILITY_WORDS]:
        between = sentence.folded[mark.end - sentence.start : after.start - sentence.start]
        if not all(letter.isalpha() or letter in JOINING for letter in between):
            return None
        if after.term.place_kind:
            return after if after.term.place_kind in FACILITIES else None
        if after.term.trigger or after.term.speech or after.lexeme.actor or after.lexeme.places or after.date:
            return None
        if after.flags - MODIFYING:
            return None
    return None


def _in_list(sentence: Sentence, found: Sequence[Located], number: int) -> bool:
    """Whether nothing but a word for "and" (and tails of the names) stands between a place and the next or the last one."""
    return any(
        0 <= one < other < len(found) and _joined(sentence, found[one], found[other])
        for one, other in ((number, number + 1), (number - 1, number))
    )


def _joined(sentence: Sentence, one: Located, other: Located) -> bool:
    between = sentence.marks[one.index + 1 : other.index]
    if AREA in (one.kind, other.kind) and not all(sentence.marks[place.index].has("area") for place in (one, other)):
        return False
    plain = all(mark.has("and") or mark.has("tail") or mark.has("direction") for mark in between)
    return plain and any(mark.has("and") for mark in between) and not any(mark.has("located") for mark in between)


def extent(sentence: Sentence, places: Sequence[Located], within: tuple[int, int], language: Language) -> str:
    """How much of the places in a plain range the text speaks of: ``part`` where it is of what lies in, around or on the edge of
    every one ("villages near X"), ``whole`` where it says that it is all of them, ``piece`` where a thing in them is meant that
    has no name, or all of one part; empty where it does not tell."""
    here = [place for place in places if within[0] <= place.start < within[1]]
    if not here:
        return ""
    beside = [_beside(sentence, place, language) for place in here]
    part = all(_starts_or_ends(one, language.part_after, language.part_before) for one in beside)
    whole = all(_starts_or_ends(one, language.whole_after, language.whole_before) for one in beside)
    if part or whole:
        return PIECE if part and whole else "part" if part else "whole"
    return PIECE if language.pieces and all(_of_a_piece(sentence, place, language) for place in here) else ""


def _beside(sentence: Sentence, place: Located, language: Language) -> tuple[str, str]:
    """The words before and after a place, without articles and particles."""
    after = sentence.folded[place.end - sentence.start :][:TAIL_LENGTH].lstrip()
    after = after[1:] if after[:1] in language.particles else after
    before = sentence.folded[: place.start - sentence.start][-TAIL_LENGTH:].rstrip()
    for article in language.particles:
        before = before.removesuffix(article).rstrip()
    return before, after


def _starts_or_ends(beside: tuple[str, str], after: tuple[str, ...], before: tuple[str, ...]) -> bool:
    return beside[1].startswith(after) or beside[0].endswith(before)


def takes_a_piece(sentence: Sentence, start: int, language: Language) -> bool:
    """Whether a thing without a name follows a verb that ends at a plain offset."""
    end = min(sentence.clause_ends[sentence.clause_of(start)], start + 2 * PIECE_LENGTH)
    after = sentence.surface(start, end)
    return any(after.find(piece) > 0 for piece in language.pieces)


def _of_a_piece(sentence: Sentence, place: Located, language: Language) -> bool:
    """Whether a thing without a name follows that lies in the place: "X's heights", not "Heights X"."""
    following = sentence.marks[place.index + 1 :]
    end = next((mark.start for mark in following if mark.term.trigger), sentence.end)
    end = min(end, sentence.clause_ends[sentence.clause_of(place.start)], place.end + PIECE_LENGTH)
    after = sentence.surface(place.end, end)
    return any(after.find(piece) > 0 for piece in language.pieces)


def _by_stem(surface: str, gazetteer: Gazetteer, language: Language, near: tuple[str, ...]) -> PlaceMention | None:
    """The place that a name means together with the kind it ends with ("X heights"), if there is one of that name and kind."""
    folded = language.fold(surface)
    tail = max((tail for tail in language.tails if folded.endswith(tail)), key=len, default="")
    if not tail or len(tail) == len(surface):
        return None
    kind = language.tails[tail]
    mention = gazetteer.locate(surface[: len(surface) - len(tail)].strip(), kind, near)
    if mention.place is None or gazetteer.places[mention.place].kind != kind:
        return None
    return replace(mention, surface=surface)


def _near(sentence: Sentence, told: Sequence[PlaceMention]) -> tuple[str, ...]:
    """Ids of the places that the sentence names without doubt, or if there are none, of those told of last."""
    named = [mark.lexeme.places[0] for mark in sentence.marks if len(mark.lexeme.places) == 1]
    return tuple(sorted({*named} or {mention.place for mention in told if mention.place is not None}))


def _kind_told(sentence: Sentence, index: int, language: Language) -> str:
    """The kind of place that the text tells of a name: by the word beside it, or by what it ends with."""
    mark = sentence.marks[index]
    rest = sentence.folded[mark.end - sentence.start : mark.end - sentence.start + TAIL_LENGTH].lstrip()
    tail = max((tail for tail in language.tails if rest.startswith(tail)), key=len, default="")
    return _kind_beside(sentence, index) or language.tails.get(tail, "")


def _kind_beside(sentence: Sentence, index: int) -> str:
    """The kind of place that a word right after a name, or before it with a word for "of", tells."""
    marks = sentence.marks
    if index + 1 < len(marks) and marks[index + 1].start - marks[index].end <= 1 and marks[index + 1].term.place_kind:
        return marks[index + 1].term.place_kind
    if index > 1 and marks[index - 1].has("of"):
        return marks[index - 2].term.place_kind or _pronoun_kind(marks[index - 2])
    return ""


def _pronoun_kind(mark: Mark) -> str:
    """The kind of place that a word which else points back tells before "of": "the city of X"."""
    kinds = (flag.removeprefix(POINTS) for flag in sorted(mark.flags) if flag.startswith(POINTS))
    return next((kind for kind in kinds if kind not in ("bare", "forms")), "")


def _kind_in_name(surface: str, language: Language) -> str:
    """The kind of place that a name ends with ("the Textile Factory")."""
    folded = language.fold(surface)
    if not language.grammar.modifier_first:
        words = folded.split(" ")
        lasts = (" ".join(words[at:]) for at in range(1, len(words)))
        return next((language.tails[last] for last in lasts if last in language.tails), "")
    return next((language.tails[folded[at:]] for at in range(1, len(folded)) if folded[at:] in language.tails), "")


def _facilities(sentence: Sentence, groups: Sequence[Group], found: Sequence[Located]) -> list[Located]:
    """Buildings and bases named by whom they belong to: "the Guard Command headquarters"."""
    facilities = []
    taken = {place.index for place in found}
    for party in (party for group in groups for party in group.parties):
        following = party.last + 1
        if party.actor is None or not party.surface[:1].isupper() or " " not in party.surface or following in taken:
            continue
        head = sentence.marks[following] if following < len(sentence.marks) else None
        if head is None or head.start - party.end > 1:
            head = sentence.marks[party.last]
        building = head.term.people is not None and head.term.people.what == "buildings"
        if head.term.place_kind or building:
            surface = sentence.surface(party.start, head.end)
            mention = _invented(surface)
            governed = _governor(sentence, party.first)
            facilities.append(Located(party.start, head.end, party.first, mention, governed, head.term.place_kind))
    return facilities


def _invented(surface: str) -> PlaceMention:
    """A place that only the text knows."""
    return PlaceMention(surface, "x:" + "_".join(surface.casefold().split()), 0.5)


def _one_name(sentence: Sentence, found: list[Located]) -> list[Located]:
    """The places with a facility that is named after the place right before it as one: "X Military Academy"."""
    kept: list[Located] = []
    for place in found:
        before = kept[-1] if kept else None
        beside = before is not None and sentence.surface(before.end, place.start) == " "
        unknown = (place.mention.place or "").startswith("x:")
        if before is None or not beside or not (unknown or place.kind not in NAMED):
            kept.append(place)
            continue
        surface = sentence.surface(before.start, place.end)
        mention = _invented(surface) if unknown else replace(place.mention, surface=surface)
        kept[-1] = replace(place, start=before.start, index=before.index, mention=mention, governed=before.governed)
    return kept


def _start(place: Located) -> int:
    return place.start


def _of_an_age(sentence: Sentence, index: int) -> bool:
    """Whether the name only dates something: "in Soviet times", "5 p.m. Moscow time"."""
    following = sentence.marks[index + 1 : index + 2]
    return any(mark.has("era") and mark.start - sentence.marks[index].end <= 1 for mark in following)


def _leads(sentence: Sentence, index: int) -> bool:
    """Whether the name is that of a person under whom others fight: "under the leadership of X" (在X的领导下)."""
    after = sentence.marks[index + 1 : index + 3]
    return len(after) > 1 and after[0].has("the") and after[1].has("support") and after[1].has("led")


def _describes(before: Located, index: int, mention: PlaceMention) -> bool:
    """Whether a name that no theatre knows stands right behind a known place: "the X Torvian quarter" is X."""
    known = before.mention.place is not None and not before.mention.place.startswith("x:")
    return known and index == before.index + 1 and (mention.place or "").startswith("x:") and before.kind != "city"


def _bracketed(sentence: Sentence, before: Located, start: int, end: int) -> bool:
    between = sentence.surface(before.end, start)
    return between in ("(", "（", " (", " （") and sentence.surface(end, end + 1) in (")", "）", "")


def _unknown_place(sentence: Sentence, index: int, gazetteer: Gazetteer, language: Language) -> PlaceMention | None:
    """A name that nobody knows is a place if what follows it says so, or if a word of place governs it."""
    mark = sentence.marks[index]
    rest = sentence.folded[mark.end - sentence.start : mark.end - sentence.start + TAIL_LENGTH].lstrip()
    tail = next((tail for tail in language.strip + tuple(language.tails) if rest.startswith(tail)), "")
    kind = language.tails.get(tail)
    before = sentence.marks[index - 1] if index else None
    after = sentence.marks[index + 1] if index + 1 < len(sentence.marks) else None
    if tail and after is not None and after.term.place_kind and index + 2 < len(sentence.marks):
        tail = "" if sentence.marks[index + 2].has("of") else tail  # "the Dalmerian town of X"
    governed = before is not None and mark.start - before.end <= 1 and (before.has("at") or before.has("toward_place"))
    governed = governed and before is not None and not before.has("of")
    if before is not None and before.has("of") and index > 1 and sentence.marks[index - 2].term.place_kind:
        governed, kind = True, kind or sentence.marks[index - 2].term.place_kind
    if not (tail or governed) and after is not None and after.lexeme.actor and after.start - mark.end <= 1:
        return None  # whose the party is that follows
    surface = sentence.surface(mark.start, mark.end)
    located = gazetteer.locate(surface, kind)
    if located.place is not None:
        return located
    if not (tail or governed or (language.grammar.modifier_first and _taken(sentence, index))):
        return None
    return PlaceMention(surface, "x:" + "_".join(surface.casefold().split()), 0.5, located.others)


def _taken(sentence: Sentence, index: int) -> bool:
    """Whether a name in Latin letters is the object of a verb of taking, or stands in a list with such a one."""
    marks = sentence.marks
    surface = sentence.folded[marks[index].start - sentence.start : marks[index].end - sentence.start]
    while index > 1 and marks[index - 1].has("and") and marks[index - 2].name:
        index -= 2
    verb, after = marks[index - 1] if index else None, marks[index + 1] if index + 1 < len(marks) else None
    owner = after is not None and (
        after.has("the") or (after.term.people is not None and after.term.people.what != "villages")
    )
    if (
        verb is None
        or owner
        or sentence.surface(marks[index].start, marks[index].end).isupper()
        or not surface.isascii()
    ):
        return False
    if verb.has("the") and index > 2 and (marks[index - 2].lexeme.places or marks[index - 2].has("direction")):
        verb = next((mark for mark in reversed(marks[: index - 1]) if mark.term.trigger), verb)
    trigger = verb.term.trigger
    return trigger is not None and not trigger.noun and trigger.rule in TAKING


def _governor(sentence: Sentence, index: int) -> frozenset[str]:
    mark = sentence.marks[index]
    clause = sentence.clause_of(mark.start)
    for other in range(index - 1, max(-1, index - 8), -1):
        before = sentence.marks[other]
        if sentence.clause_of(before.start) != clause:
            return frozenset()
        if before.lexeme.places or before.name or before.term.place_kind or before.flags & PASSED:
            continue
        if mark.start - before.end > 20 and not before.has("from"):
            return frozenset()
        return before.flags & frozenset({"from", "toward_place", "at", "toward", "with"})
    return frozenset()
