"""Claims to reports: one statement about one place, with who speaks and which days it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.symbols import EVENT_FAMILIES, Vocabulary
from zubda.control.evidence.tables import Speaker
from zubda.control.options import ControlOptions
from zubda.control.sources import TEXT, UNNAMED, Voice, in_view, voice_of
from zubda.control.transitions import STIR_KINDS
from zubda.model import Claim, Theatre

__all__ = ["AREA_KINDS", "Draft", "Reports", "Share", "gather", "is_area"]

AREA_KINDS = frozenset(
    {
        "country",
        "province",
        "region",
        "county",
        "city",
        "town",
        "village",
        "settlement",
        "suburb",
        "district",
        "neighbourhood",
    }
    | {"neighborhood", "quarter", "area", "camp", "island", "raion", "oblast"}
)
"""Kinds of place that can be split; every other kind is a single site, which has one holder until it falls."""

EVENT_TYPES = {
    "airstrike": "strike",
    "shelling": "strike",
    "bomb": "strike",
    "suicide_bomb": "strike",
    "chemical": "strike",
    "clash": "clash",
    "siege": "siege",
}
CHANGING = frozenset({"gained", "lost", "withdrew"})
SETTLING = frozenset({"gained", "holds", "lost", "withdrew"})
OVERTAKEN = 0.35
EVENT_WEIGHT = {"siege": 0.4}
WHOLE = 0.85


def is_area(kind: str) -> bool:
    """Whether a place of this kind can be split between sides."""
    return kind in AREA_KINDS


@dataclass(slots=True)
class Draft:
    """A report in the making. Days are numbers of the grid, ``claims`` indices into the claims given."""

    place: int
    first: int
    last: int
    symbol: int
    speaker: int
    kind: str
    origin: str
    claims: list[int]
    weight: float = 1.0
    direct: bool = True
    told: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class Share:
    """ "35 to 40% of the city": between ``low`` and ``high`` of the places inside ``place`` are ``holder``'s, first to last day."""

    place: int
    first: int
    last: int
    holder: int
    low: float
    high: float
    claim: int


@dataclass(frozen=True, slots=True)
class Reports:
    """All reports as columns. ``kind`` is an index in `STIR_KINDS`, ``side`` the side named (of events the actor; -1: none),
    ``changes`` marks those that tell of a change of holder.

    ``throughout`` marks statements about all days of their range; others are about one day in it. ``before`` is -1, or the
    side that the report says did (``before_sign`` 1) or did not (-1) hold the place until then. ``claims`` are indices.
    """

    place: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    symbol: NDArray[np.int64]
    speaker: NDArray[np.int64]
    weight: NDArray[np.float64]
    changes: NDArray[np.bool_]
    kind: NDArray[np.int64]
    side: NDArray[np.int64]
    throughout: NDArray[np.bool_]
    before: NDArray[np.int64]
    before_sign: NDArray[np.int64]
    direct: NDArray[np.bool_]
    claims: tuple[tuple[int, ...], ...]
    speakers: tuple[Speaker, ...]
    shares: tuple[Share, ...]


@dataclass(slots=True)
class _Gatherer:
    theatre: Theatre
    places: dict[str, int]
    words: Vocabulary
    start: date
    days: int
    opening: int
    options: ControlOptions
    sides: dict[str, int]
    speakers: dict[str, int] = field(default_factory=dict)
    known: list[Speaker] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)

    def side(self, code: str) -> int:
        holder = self.theatre.holder_of(code)
        return -1 if holder is None else self.sides[holder]

    def speaker(self, voice: Voice) -> int:
        found = self.speakers.get(voice.source)
        if found is None:
            aligned = -1 if voice.alignment is None else self.sides[voice.alignment]
            character = {TEXT: "text", UNNAMED: "unnamed"}.get(voice.source, "neutral" if aligned < 0 else "aligned")
            found = self.speakers[voice.source] = len(self.known)
            self.known.append(Speaker(voice.source, aligned, character))
        return found

    def add(self, at: int, claim: Claim) -> None:
        assert claim.date is not None
        first, last = (claim.date.first - self.start).days, (claim.date.last - self.start).days
        if last < 1 or first >= self.days:
            return
        if claim.control is not None and claim.control.change in CHANGING and first < self.opening <= last:
            first = self.opening
        span = max(first, 1), min(last, self.days - 1)
        voice = voice_of(claim, self.theatre)
        spoken = self.speaker(voice), (TEXT if voice.source == TEXT else voice.origin)
        if claim.control is not None:
            self.control(at, claim, span, *spoken)
        elif self.options.use_events and claim.type in EVENT_TYPES and claim.polarity != "deny":
            family = EVENT_TYPES[claim.type]
            actor, target = (_one(self.side(party.side) for party in who) for who in (claim.actors, claim.targets))
            symbol = self.words.event(family, actor, target)
            weight = EVENT_WEIGHT.get(family, 1.0)
            for place in dict.fromkeys(claim.place_ids):
                self.drafts.append(
                    Draft(self.places[place], *span, symbol, spoken[0], family, "", [at], weight, told=_told(claim))
                )

    def control(self, at: int, claim: Claim, span: tuple[int, int], speaker: int, origin: str) -> None:
        assert claim.control is not None
        side, change = self.side(claim.control.holder), claim.control.change
        if side < 0 and change != "contested":
            return
        if claim.polarity == "deny":
            if not self.options.use_denials or change == "contested":
                return
            change = "holds" if change in ("lost", "withdrew") else "deny"
        for place in dict.fromkeys(claim.place_ids):
            kind = change
            if claim.control.share is not None and change != "deny":
                low, high = claim.control.share
                self.shares.append(Share(self.places[place], *span, side, low, high, at))
                if low < WHOLE:
                    kind = "partial"
            symbol = self.words.control(kind, side)
            self.drafts.append(Draft(self.places[place], *span, symbol, speaker, kind, origin, [at], told=_told(claim)))


def _told(claim: Claim) -> tuple[str, int]:
    return claim.document, claim.spans[0][0] if claim.spans else 0


def _one(sides: Iterable[int]) -> int:
    found = {side for side in sides if side >= 0}
    return found.pop() if len(found) == 1 else -1


def gather(
    claims: Sequence[Claim],
    theatre: Theatre,
    places: dict[str, int],
    start: date,
    days: int,
    opening: int,
    options: ControlOptions,
    view: Collection[str] | None = None,
) -> Reports:
    """Reports of all dated and located claims, copies merged, with what is said of a place passed on to those in and around it.

    ``places`` maps ids to indices, ``start`` is day 0, ``opening`` the day number on which the war begins: a change dated
    to a year that the war began in is a change since it began. ``view`` limits the sources.
    """
    holders = theatre.holders()
    words = Vocabulary(len(holders))
    sides = {side: index for index, side in enumerate(holders)}
    gatherer = _Gatherer(theatre, places, words, start, days, opening, options, sides)
    for at, claim in enumerate(claims):
        if claim.date is None or not claim.places:
            continue
        if view is None or in_view(voice_of(claim, theatre), view):
            gatherer.add(at, claim)
    drafts = merge_copies(gatherer.drafts) if options.use_witnesses else gatherer.drafts
    overtaken(drafts)
    drafts += passed_on(drafts, theatre, places, words, options)
    return _columns(drafts, words, tuple(gatherer.known), tuple(gatherer.shares))


def merge_copies(drafts: Sequence[Draft]) -> list[Draft]:
    """One report for all copies: the same words of the same origin about the same place and overlapping days.

    The narrowest days are kept. Events are the same whoever tells them, so their origin is empty.
    """
    groups: dict[tuple[str, int, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.origin, draft.place, draft.symbol].append(draft)
    merged: list[Draft] = []
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda draft: (draft.last - draft.first, draft.first))
        kept: list[Draft] = []
        for draft in group:
            same = next((k for k in kept if k.first <= draft.last and draft.first <= k.last), None)
            if same is None:
                kept.append(draft)
            else:
                same.claims.extend(draft.claims)
        merged.extend(kept)
    return merged


def overtaken(drafts: Sequence[Draft]) -> None:
    """An account tells a day in its order: what a later sentence says of the same place and day outweighs what came before.

    Reports that a later one of the same document and day settles (a side gained, lost, left or held) lose weight, in place;
    so do the events of a day whose outcome is told, wherever they stand.
    """
    groups: dict[tuple[int, int, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.first == draft.last:
            groups[draft.place, draft.last, draft.told[0]].append(draft)
    for group in groups.values():
        settled = max((draft.told[1] for draft in group if draft.kind in SETTLING), default=-1)
        for draft in group:
            if settled >= 0 and (draft.told[1] < settled or draft.kind in EVENT_FAMILIES):
                draft.weight *= OVERTAKEN


def passed_on(
    drafts: Sequence[Draft], theatre: Theatre, places: dict[str, int], words: Vocabulary, options: ControlOptions
) -> list[Draft]:
    """What is said of a whole larger place, said weakly of the places in it; what happens in a part, said weakly of the whole."""
    inside: dict[int, list[int]] = defaultdict(list)
    areas = {
        index for place, index in places.items() if place not in theatre.places or is_area(theatre.places[place].kind)
    }
    parents: dict[int, int] = {}
    for place, index in places.items():
        above = theatre.ancestors(place)
        for ancestor in above:
            inside[places[ancestor]].append(index)
        if above:
            parents[index] = places[above[0]]
    found: list[Draft] = []
    for draft in drafts:
        if draft.kind in ("gained", "holds") and options.down > 0:
            weight = options.down * draft.weight
            found += [
                Draft(
                    child,
                    draft.first,
                    draft.last,
                    draft.symbol,
                    draft.speaker,
                    draft.kind,
                    "",
                    draft.claims,
                    weight,
                    False,
                )
                for child in inside.get(draft.place, ())
            ]
        above_it = parents.get(draft.place, -1)
        if draft.kind in ("gained", "partial") and options.up > 0 and above_it in areas:
            symbol = words.control("partial", words.named(draft.symbol)[1])
            weight = options.up * (1.0 if draft.place in areas else 0.5)
            found.append(
                Draft(above_it, draft.first, draft.last, symbol, draft.speaker, "part", "", draft.claims, weight, False)
            )
    return found


def _columns(
    drafts: Sequence[Draft], words: Vocabulary, speakers: tuple[Speaker, ...], shares: tuple[Share, ...]
) -> Reports:
    def column(values: Iterable[int], kind: type = np.int64) -> NDArray[np.int64]:
        return np.fromiter(values, kind, len(drafts))

    kinds = [draft.kind for draft in drafts]
    named = {symbol: words.named(symbol)[1] for symbol in {draft.symbol for draft in drafts}}
    signs = {"gained": -1, "lost": 1, "withdrew": 1}
    return Reports(
        place=column(draft.place for draft in drafts),
        first=column(draft.first for draft in drafts),
        last=column(draft.last for draft in drafts),
        symbol=column(draft.symbol for draft in drafts),
        speaker=column(draft.speaker for draft in drafts),
        weight=np.fromiter((draft.weight for draft in drafts), np.float64, len(drafts)),
        changes=np.fromiter((kind in CHANGING for kind in kinds), np.bool_, len(drafts)),
        kind=column(STIR_KINDS.index(kind) for kind in kinds),
        side=column(named[draft.symbol] for draft in drafts),
        throughout=np.fromiter((kind in ("holds", "deny", "part") for kind in kinds), np.bool_, len(drafts)),
        before=column(named[draft.symbol] if draft.kind in signs else -1 for draft in drafts),
        before_sign=column(signs.get(kind, 0) for kind in kinds),
        direct=np.fromiter((draft.direct for draft in drafts), np.bool_, len(drafts)),
        claims=tuple(tuple(draft.claims) for draft in drafts),
        speakers=speakers,
        shares=shares,
    )
