"""Where a frame happens: the places of its segment, of its sentence, or of the sentence before (codebook, ``places``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zubda.extraction.carrying import ToldBefore, goes_on, vague_place
from zubda.extraction.chains import Located, between, lies_in, located_by, unnamed
from zubda.extraction.frames import Frame
from zubda.extraction.marks import Sentence
from zubda.extraction.parties import Group
from zubda.gazetteer import Gazetteer
from zubda.languages.interface import Language
from zubda.model import PlaceMention, Theatre

__all__ = ["Located", "choose_places", "find_places"]

OBJECT_TYPES = frozenset(
    {
        "territory",
        "siege",
        "shelling",
        "airstrike",
        "withdrawal",
        "movement",
        "control",
        "clash",
        "destruction",
        "supply",
    }
)
LEAVING = frozenset({"withdrawal", "displacement", "seizure"})
WIDE = frozenset({"country"})
AREA = "area"
PASSED = frozenset({"and", "the", "partial", "determiner", "indefinite", "adverb", "demonym"})
TAIL_LENGTH = 24
CLAUSE_SCOPE, OWN_SCOPES = 1, 2


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
        if _of_an_age(sentence, index):
            continue
        if mark.lexeme.places:
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
        if found and _bracketed(sentence, found[-1], mark.start, mark.end):
            continue
        kind = kind or _kind_beside(sentence, index) or _kind_in_name(surface, language)
        place = Located(mark.start, mark.end, index, mention, _governor(sentence, index), kind)
        if not (kind == AREA and found and lies_in(sentence, found[-1], place, language)):
            found.append(place)
    if language.grammar.inflected:
        found += _facilities(sentence, groups, found)
        found.sort(key=_start)
    if language.grammar.modifier_first:
        found = [
            replace(place, outer=number + 1 < len(found) and lies_in(sentence, place, found[number + 1], language))
            for number, place in enumerate(found)
        ]
        found = between(sentence, located_by(sentence, unnamed(sentence, found, language)))
        found = [replace(place, listed=_in_list(sentence, found, number)) for number, place in enumerate(found)]
    return found


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


def only_in_part(sentence: Sentence, places: Sequence[Located], within: tuple[int, int], language: Language) -> bool:
    """Whether the text speaks of what lies in, around or on the edge of every place in a plain range ("villages near X")."""
    here = [place for place in places if within[0] <= place.start < within[1]]
    return bool(here) and all(_in_part(sentence, place, language) for place in here)


def _in_part(sentence: Sentence, place: Located, language: Language) -> bool:
    after = sentence.folded[place.end - sentence.start :][:TAIL_LENGTH].lstrip()
    after = after[1:] if after[:1] in language.particles else after
    before = sentence.folded[: place.start - sentence.start][-TAIL_LENGTH:].rstrip()
    for article in language.particles:
        before = before.removesuffix(article).rstrip()
    return after.startswith(language.part_after) or before.endswith(language.part_before)


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
        return marks[index - 2].term.place_kind
    return ""


def _kind_in_name(surface: str, language: Language) -> str:
    """The kind of place that a name ends with, where names end with their kind."""
    if not language.grammar.modifier_first:
        return ""
    folded = language.fold(surface)
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
            mention = PlaceMention(surface, "x:" + "_".join(surface.casefold().split()), 0.5)
            governed = _governor(sentence, party.first)
            facilities.append(Located(party.start, head.end, party.first, mention, governed, head.term.place_kind))
    return facilities


def _start(place: Located) -> int:
    return place.start


def _of_an_age(sentence: Sentence, index: int) -> bool:
    """Whether the name only dates something: "in Soviet times", "5 p.m. Moscow time"."""
    following = sentence.marks[index + 1 : index + 2]
    return any(mark.has("era") and mark.start - sentence.marks[index].end <= 1 for mark in following)


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
    surface = sentence.surface(mark.start, mark.end)
    located = gazetteer.locate(surface, kind)
    if located.place is not None:
        return located
    if not (tail or governed):
        return None
    return PlaceMention(surface, "x:" + "_".join(surface.casefold().split()), 0.5, located.others)


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


def choose_places(
    frame: Frame,
    sentence: Sentence,
    places: Sequence[Located],
    theatre: Theatre | None,
    told: ToldBefore,
) -> tuple[tuple[PlaceMention, ...], str, tuple[int, int]]:
    """Places of a frame, the rule that chose them, and the plain range they stand in."""
    carried, at = told.pointed or told.places, (frame.start, frame.end)
    if frame.region[1]:
        from zubda.extraction.regions import places_by_region

        chosen, kept, rule = places_by_region(frame, sentence, places, carried, told.paragraph)
        return _result(chosen, theatre, rule) if chosen else (kept, rule, at)
    fitting = [place for place in places if not place.outer and place.kind not in WIDE]
    if frame.until:
        fitting = [place for place in fitting if place.start < frame.until] or fitting
    inner = [place for place in fitting if not place.governed & {"from", "toward_place"}]
    leaving = [place for place in fitting if "from" in place.governed] if frame.type in LEAVING else []
    for number, (start, end) in enumerate(_scopes(sentence, frame)):
        if number == OWN_SCOPES and told.own:
            return told.pointed, "place_of_sentence_before", at
        if number == OWN_SCOPES and vague_place(sentence, frame):
            return (), "", at
        here = [place for place in (*leaving, *inner) if start <= place.start < end]
        if number == CLAUSE_SCOPE:
            here = [place for place in here if not _of_later_verb(frame, sentence, place)]
        chosen = _nearest(frame, here)
        if chosen:
            chosen = _list_before(sentence, start, inner) + chosen if end <= frame.segment.start else chosen
            chosen += _listed(frame, sentence, inner)
            return _result(chosen, theatre, "place_in_clause" if end >= frame.end else "place_of_clause_before")
    later = _later(frame, sentence, inner)
    if later:
        return _result(later, theatre, "place_of_clause_after")
    roads = [place for place in fitting if "toward_place" in place.governed]
    if roads and frame.type in ("supply", "movement", "territory"):
        return _result(roads, theatre, "place_of_road")
    if carried and goes_on(frame, sentence, told):
        return carried, "place_of_sentence_before", at
    return (), "", at


def _bare_clauses(frame: Frame, sentence: Sentence) -> int:
    """The last clause after the frame's that no verb and no party of its own makes a statement of."""
    last = frame.clause
    for clause in range(frame.clause + 1, len(sentence.clause_ends)):
        marks = sentence.in_clause(clause)
        if any(mark.term.trigger or mark.term.speech or mark.lexeme.actor or mark.term.people for mark in marks):
            break
        if any(mark.has("place_pronoun") or mark.has("conjunction") for mark in marks[:1]):
            break
        if any(mark.date for mark in marks):
            break
        last = clause
    return last


def _list_before(sentence: Sentence, start: int, places: Sequence[Located]) -> list[Located]:
    """Places of the clauses before ``start`` that hold nothing but places: "in A, in B, near C, they fought"."""
    found: list[Located] = []
    for clause in range(sentence.clause_of(start) - 1, -1, -1):
        marks = sentence.in_clause(clause)
        here = [place for place in places if sentence.clause_of(place.start) == clause]
        named = any(mark.term.trigger or mark.term.speech or mark.lexeme.actor or mark.date for mark in marks)
        if not here or named:
            break
        found = here + found
    return found


def _listed(frame: Frame, sentence: Sentence, places: Sequence[Located]) -> list[Located]:
    """Places of the clauses that only go on with the list: "took A, B, and C"."""
    start, end = sentence.clause_ends[frame.clause], sentence.clause_ends[_bare_clauses(frame, sentence)]
    return [place for place in places if start <= place.start < end]


def _later(frame: Frame, sentence: Sentence, places: Sequence[Located]) -> list[Located]:
    """Places of the clause after a frame that has none before it: a list of them, or what the action aims at."""
    listed = _listed(frame, sentence, places)
    if listed or frame.clause + 1 >= len(sentence.clause_ends):
        return listed
    marks = sentence.in_clause(frame.clause + 1)
    if not marks or not any(mark.has("purpose") or mark.has("attempt") for mark in marks[:2]):
        return []
    end = sentence.clause_ends[frame.clause + 1]
    return [place for place in places if sentence.clause_ends[frame.clause] <= place.start < end]


def _scopes(sentence: Sentence, frame: Frame) -> list[tuple[int, int]]:
    """Where to look, nearest first: the frame's segment, its clause, the clauses before it backwards."""
    found = [(frame.segment.start, frame.segment.end)]
    for clause in range(frame.clause, -1, -1):
        start = sentence.clause_ends[clause - 1] if clause else sentence.start
        found.append((start, sentence.clause_ends[clause]))
    return found


def _of_later_verb(frame: Frame, sentence: Sentence, place: Located) -> bool:
    """Whether the place stands behind a later verb of the clause, joined by "and": "shelled them and reached X"."""
    segment = sentence.segment_of(place.start)
    shared = not sentence.surface(frame.end, frame.segment.end).strip()  # "stormed and took X"
    if shared or segment.number <= frame.segment.number or segment.opened != "and":
        return False
    return any(
        mark.term.trigger is not None and not mark.term.trigger.noun and mark.start < place.start
        for mark in sentence.marks
        if segment.start <= mark.start < segment.end
    )


def _nearest(frame: Frame, here: list[Located]) -> list[Located]:
    """The object's places after a verb, else those before it, else those after a noun."""
    if any(place.kind != AREA for place in here):
        here = [place for place in here if place.kind != AREA or place.listed]
    after = [place for place in here if place.start >= frame.end]
    before = [place for place in here if place.start < frame.start]
    if frame.trigger.change == "fell" and before:
        return before
    if after and frame.type in OBJECT_TYPES and not frame.trigger.noun:
        return after
    return before or after


def _result(
    places: Sequence[Located], theatre: Theatre | None, rule: str
) -> tuple[tuple[PlaceMention, ...], str, tuple[int, int]]:
    """Most specific places only: a city named beside its district is where the district lies, not where it happened."""
    ids = [place.mention.place for place in places]
    above = {outer for place in ids if place and theatre for outer in theatre.ancestors(place)}
    kept: dict[str, PlaceMention] = {}
    for place in places:
        key = place.mention.place or place.mention.surface
        if (key not in above or place.listed) and key not in kept:
            kept[key] = place.mention
    return tuple(kept.values()), rule, (places[0].start, places[-1].end)
