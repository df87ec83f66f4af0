"""Claims as columns of numbers, so that a million of them can be compared without an object a pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from zubda.model import CLAIM_TYPES, CONTROL_CHANGES, COUNT_KINDS, Claim, Document, Theatre
from zubda.names import letter_key
from zubda.reconciliation.places import PlaceTable, place_table
from zubda.reconciliation.referents import referents
from zubda.reconciliation.wording import wording_signatures

Number = TypeVar("Number", bound=np.generic)

__all__ = ["MAX_COUNTS", "MAX_NAMES", "MAX_PLACES", "NO_DAY", "Columns", "columns_of", "is_tally", "source_key"]

MAX_PLACES = 4
MAX_COUNTS = 4
MAX_NAMES = 4
NO_DAY = np.int32(0)
AT_LEAST = 2**31 - 1
CARRIED_PLACE = "place_of_sentence_before"
CROWD_DAYS = 15
DEAD = frozenset({"killed", "killed_or_wounded", "wounded"})
UNKNOWN_SIDE = "unknown"
PEOPLE = "people"
_DEAD = [COUNT_KINDS.index(name) for name in sorted(DEAD)]
COMMON_NAME_AT_LEAST = 10
COMMON_NAME_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Columns:
    """``n`` claims as arrays, row by row in the order they were given.

    ``first`` and ``last`` are proleptic ordinals of days, 0 where the day is not known. ``type``, ``change`` and ``what`` are
    indexes into the model's tables, -1 for none. ``places`` (n, up to 4) are rows of ``table``, -1 for none. ``actors`` and
    ``targets`` are bit sets of ``sides``. ``names`` (n, up to 4) are hashes of names, 0 for none. ``low``, ``high`` and
    ``harmed`` (a number for the side, 0 if not told) belong to ``what``, all (n, up to 4). ``sentence`` is the rank of the claim's first span
    among those of its document.

    ``crowd`` is how many claims name the claim's first place within half a month; ``tally`` marks claims that only count the
    harm of an act told elsewhere; ``refers`` is the row of the earlier claim that a claim without a place of its own must mean,
    -1 for none; ``inherits`` marks those claims, ``running`` those that carry on an earlier count. ``coded`` marks rows of coded
    event data, ``lead`` claims that stand before a document's first heading.
    """

    ids: tuple[str, ...]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    type: NDArray[np.int8]
    places: NDArray[np.int32]
    table: PlaceTable
    sides: tuple[str, ...]
    actors: NDArray[np.int64]
    targets: NDArray[np.int64]
    names: NDArray[np.uint32]
    what: NDArray[np.int8]
    low: NDArray[np.int32]
    high: NDArray[np.int32]
    harmed: NDArray[np.int8]
    source: NDArray[np.int32]
    denies: NDArray[np.bool_]
    holder: NDArray[np.int8]
    change: NDArray[np.int8]
    document: NDArray[np.int32]
    sentence: NDArray[np.int32]
    wording: NDArray[np.uint32]
    crowd: NDArray[np.int32]
    tally: NDArray[np.bool_]
    refers: NDArray[np.int64]
    inherits: NDArray[np.bool_]
    running: NDArray[np.bool_]
    coded: NDArray[np.bool_]
    lead: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def columns_of(claims: Sequence[Claim], theatre: Theatre | None, documents: Sequence[Document] = ()) -> Columns:
    """The columns of these claims. ``documents`` give the wording; claims of others have none."""
    sides = tuple({p.side: None for c in claims for p in (*c.actors, *c.targets) if p.side != UNKNOWN_SIDE})[:62]
    bit = {side: 1 << number for number, side in enumerate(sides)}
    holders = {side: number for number, side in enumerate(dict.fromkeys(c.control.holder for c in claims if c.control))}
    types = {name: number for number, name in enumerate(CLAIM_TYPES)}
    changes = {name: number for number, name in enumerate(CONTROL_CHANGES)}
    table, place_rows = place_table(claims, theatre, MAX_PLACES)
    place_rows = _used(place_rows)
    first = np.array([c.date.first.toordinal() if c.date else 0 for c in claims], np.int32)
    what, low, high, harmed = _counts(claims)
    width = _used(what).shape[1]
    sources: dict[str, int] = {}
    document, sentence = _positions(claims)
    last = np.array([c.date.last.toordinal() if c.date else 0 for c in claims], np.int32)
    type_ = np.array([types[claim.type] for claim in claims], np.int8)
    tally = np.array([is_tally(claim) for claim in claims], np.bool_)
    denies = np.array([claim.polarity == "deny" for claim in claims], np.bool_)
    inherits = np.array([_inherits_place(claim) for claim in claims], np.bool_)
    dead = np.where(np.isin(what, _DEAD), low, 0).max(axis=1)
    narrow = place_rows[:, 0].copy()
    placed = np.flatnonzero(narrow >= 0)
    narrow[placed[table.wide[narrow[placed]]]] = -1
    actors = np.array([sum({bit.get(p.side, 0) for p in c.actors}) for c in claims], np.int64)
    targets = np.array([sum({bit.get(p.side, 0) for p in c.targets}) for c in claims], np.int64)
    refers, running = referents(
        document,
        sentence,
        first,
        last,
        type_,
        inherits,
        tally | denies,
        dead,
        narrow,
        table.ancestors,
        actors | targets,
        np.where(tally, targets, 0),
    )
    told_of = np.flatnonzero(tally & inherits & (refers >= 0))
    place_rows[told_of] = place_rows[
        refers[told_of]
    ]  # where the act was, not what the sentence before the toll was about
    return Columns(
        ids=tuple(claim.id for claim in claims),
        first=first,
        last=last,
        type=type_,
        places=place_rows,
        table=table,
        sides=sides,
        actors=actors,
        targets=targets,
        names=_used(_names(claims, theatre), empty=0),
        what=what[:, :width],
        low=low[:, :width],
        high=high[:, :width],
        harmed=harmed[:, :width],
        source=np.array([sources.setdefault(source_key(claim), len(sources)) for claim in claims], np.int32),
        denies=denies,
        holder=np.array([holders[c.control.holder] if c.control else -1 for c in claims], np.int8),
        change=np.array([changes[c.control.change] if c.control else -1 for c in claims], np.int8),
        document=document,
        sentence=sentence,
        wording=wording_signatures(claims, documents),
        crowd=_crowd(place_rows[:, 0], first),
        tally=tally,
        inherits=inherits,
        refers=refers,
        running=running,
        lead=_lead(claims, documents),
        coded=np.array([claim.extractor.startswith("import:") for claim in claims], np.bool_),
    )


def source_key(claim: Claim) -> str:
    """Who says it: the source's id, else its letters; for an account's own voice and for hearsay, the document's."""
    if claim.source_id:
        return claim.source_id
    if claim.source is None or claim.source == "unnamed":
        return f"{claim.source or 'text'}:{claim.document}"
    return "~" + letter_key(claim.source)


def _used(column: NDArray[Number], empty: int = -1) -> NDArray[Number]:
    """The column without what no claim fills at its right end; never less than one wide."""
    filled = np.flatnonzero((column != empty).any(axis=0))
    return np.ascontiguousarray(column[:, : int(filled[-1]) + 1 if len(filled) else 1])


def _counts(
    claims: Sequence[Claim],
) -> tuple[NDArray[np.int8], NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    kinds = {name: number for number, name in enumerate(COUNT_KINDS)}
    what = np.full((len(claims), MAX_COUNTS), -1, np.int8)
    low = np.zeros((len(claims), MAX_COUNTS), np.int32)
    high = np.zeros((len(claims), MAX_COUNTS), np.int32)
    harmed = np.full((len(claims), MAX_COUNTS), -1, np.int8)
    sides: dict[str, int] = {UNKNOWN_SIDE: 0}
    for row, claim in enumerate(claims):
        for place, count in enumerate(claim.counts[:MAX_COUNTS]):
            what[row, place] = kinds.get(count.what, -1)
            harmed[row, place] = sides.setdefault(count.side, len(sides)) % 127
            low[row, place] = min(count.low or 0, AT_LEAST)
            high[row, place] = AT_LEAST if count.high is None else min(count.high, AT_LEAST)
    return what, low, high, harmed


def _names(claims: Sequence[Claim], theatre: Theatre | None) -> NDArray[np.uint32]:
    """Hashes of actors that few claims name: known ones by id and by what they belong to, so that scripts meet, others by
    their letters; no peoples."""
    peoples = {actor.id for actor in theatre.actors.values() if actor.kind == PEOPLE} if theatre else set()
    parent = {actor.id: actor.parent for actor in theatre.actors.values()} if theatre else {}
    found = [
        dict.fromkeys(
            name
            for party in (*claim.actors, *claim.targets)
            if (party.actor or _is_name(party.surface)) and party.actor not in peoples
            for name in (party.actor or letter_key(party.surface), parent.get(party.actor or ""))
            if name
        )
        for claim in claims
    ]
    met = Counter(chain.from_iterable(found))
    common = max(COMMON_NAME_AT_LEAST, COMMON_NAME_SHARE * len(claims))
    names = np.zeros((len(claims), MAX_NAMES), np.uint32)
    for row, own in enumerate(found):
        for place, name in enumerate([name for name in own if met[name] < common][:MAX_NAMES]):
            names[row, place] = crc32(name.encode()) or 1
    return names


def _crowd(place: NDArray[np.int32], day: NDArray[np.int32]) -> NDArray[np.int32]:
    """How many claims, itself among them, have the same first place and a first day within `CROWD_DAYS`."""
    key = (place.astype(np.int64) << 24) + day
    ordered = np.sort(key)
    count = np.searchsorted(ordered, key + CROWD_DAYS, "right") - np.searchsorted(ordered, key - CROWD_DAYS, "left")
    return count.astype(np.int32)


def is_tally(claim: Claim) -> bool:
    """Whether a claim is a toll that names no act: ``casualties``, or a fight told by its dead alone, without a place."""
    if claim.type == "casualties":
        return True
    counts = any(count.what in DEAD and count.high != 1 for count in claim.counts)
    return claim.type == "clash" and claim.control is None and counts and _inherits_place(claim)


def _lead(claims: Sequence[Claim], documents: Sequence[Document]) -> NDArray[np.bool_]:
    """Whether each claim stands before the first section of its document: an introduction that sums up what follows."""
    ends: dict[str, int] = {}
    for document in documents:
        sections = [block for block in document.blocks if block.section and block.kind != "heading"]
        ends[document.id] = document.offsets.to_raw(sections[0].start) if sections else 0
    return np.array([bool(c.spans) and c.spans[0][0] < ends.get(c.document, 0) for c in claims], np.bool_)


def _inherits_place(claim: Claim) -> bool:
    """No place, or only such as the extraction took over from an earlier sentence."""
    told = [rule.rule for rule in claim.rules if rule.field == "places"]
    return not claim.places or (bool(told) and all(rule == CARRIED_PLACE for rule in told))


@lru_cache(maxsize=65_536)
def _is_name(surface: str) -> bool:
    """A name in letters that have case, written with a capital: what texts in scripts without case keep in Latin, too."""
    return any(word[:1].isupper() and len(word) > 2 for word in surface.split())


def _positions(claims: Sequence[Claim]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    documents = {name: number for number, name in enumerate(dict.fromkeys(claim.document for claim in claims))}
    document = np.array([documents[claim.document] for claim in claims], np.int32)
    start = np.array([claim.spans[0][0] if claim.spans else -1 for claim in claims], np.int64)
    order = np.lexsort((start, document))
    new_document = np.r_[True, document[order][1:] != document[order][:-1]] if len(claims) else np.zeros(0, np.bool_)
    new_span = np.r_[True, start[order][1:] != start[order][:-1]] | new_document if len(claims) else new_document
    rank = np.cumsum(new_span)
    sentence = np.empty(len(claims), np.int32)
    sentence[order] = rank
    return document, sentence
