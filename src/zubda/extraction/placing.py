"""Where a frame happens: the places of its segment, of its sentence, or of the sentence before (codebook, ``places``)."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.carrying import ToldBefore, goes_on, vague_place
from zubda.extraction.chains import Located
from zubda.extraction.frames import Frame
from zubda.extraction.locating import AREA, WIDE
from zubda.extraction.marks import Sentence
from zubda.model import PlaceMention, Theatre

__all__ = ["choose_places"]

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
LEAVES_FOR = "withdrawal_to"
ROAD = frozenset({"from", "toward_place"})
ROADS = frozenset({"street", "road", "highway", "bridge", "crossing"})
BY_ROAD = frozenset({"supply", "movement", "territory", "airstrike", "shelling"})
CLAUSE_SCOPE, OWN_SCOPES = 1, 2


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
    if frame.trigger.rule == LEAVES_FOR:
        fitting = [place for place in fitting if not frame.end <= place.start < frame.segment.end]
    inner = [place for place in fitting if not place.governed & {"from", "toward_place"}]
    leaving = [place for place in fitting if "from" in place.governed] if frame.type in LEAVING else []
    for number, (start, end) in enumerate(_scopes(sentence, frame)):
        if number >= OWN_SCOPES and told.clause > frame.clause - number + 1:
            return told.pointed, "place_of_sentence_before", at
        if number == OWN_SCOPES and frame.type == "supply":
            ends = [
                place
                for place in fitting
                if place.governed & ROAD and sentence.segment_of(place.start) is frame.segment
            ]
            begins = any("from" in place.governed for place in ends)
            if ends and (begins or not any(place.kind in ROADS for place in inner)):
                return _result(ends, theatre, "place_of_road")
        if number == OWN_SCOPES and vague_place(sentence, frame):
            meant = _above_all(frame, sentence, inner)
            return _result(meant, theatre, "place_of_clause_after") if meant else ((), "", at)
        here = [place for place in (*leaving, *inner) if start <= place.start < end]
        if number == CLAUSE_SCOPE:
            here = [place for place in here if not _of_later_verb(frame, sentence, place)]
        chosen = _nearest(frame, here)
        if chosen:
            chosen = _list_before(sentence, start, inner) + chosen if end <= frame.segment.start else chosen
            chosen += _listed(frame, sentence, inner)
            return _result(chosen, theatre, "place_in_clause" if end >= frame.end else "place_of_clause_before")
    later = _later(frame, sentence, inner, fitting)
    if later:
        return _result(later, theatre, "place_of_clause_after")
    roads = [place for place in fitting if "toward_place" in place.governed]
    if roads and frame.type in BY_ROAD:
        return _result(roads, theatre, "place_of_road")
    if carried and goes_on(frame, sentence, told):
        return carried, "place_of_sentence_before", at
    return (), "", at


def _above_all(frame: Frame, sentence: Sentence, places: Sequence[Located]) -> list[Located]:
    """Places that a later clause names of the several meant: "fighting in some districts, especially in X"."""
    if "especially" not in sentence.flags:
        return []
    named = [mark.start for mark in sentence.marks if mark.has("especially") and mark.start > frame.end]
    end = sentence.clause_ends[sentence.clause_of(named[0])] if named else 0
    return [place for place in places if named and named[0] < place.start < end]


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


def _later(frame: Frame, sentence: Sentence, places: Sequence[Located], left: Sequence[Located] = ()) -> list[Located]:
    """Places of the clause after a frame that has none before it: a list of them, what the action aims at, or, where it only tells
    what was before, those of the main clause (``left``: also those that somebody leaves)."""
    listed = _listed(frame, sentence, places)
    if listed or frame.clause + 1 >= len(sentence.clause_ends):
        return listed
    marks, own = sentence.in_clause(frame.clause + 1), sentence.in_clause(frame.clause)
    aimed = any(mark.has("purpose") or mark.has("attempt") for mark in marks[:2])
    led_by = own[:1] and own[0].has("aim_verb")  # "with car bombs in front, they attacked X"
    before = bool(own) and own[-1].has("after")
    if not (aimed or led_by or before):
        return []
    places = (left or places) if before else places
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
