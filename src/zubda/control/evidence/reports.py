"""Claims to reports: one statement about one place, with who speaks and which days it is about."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.symbols import Vocabulary
from zubda.control.evidence.tables import Speaker
from zubda.control.evidence.witnesses import (
    Draft,
    already_whole,
    crowded,
    followed,
    is_area,
    merge_copies,
    one_voice,
    overtaken,
    passed_on,
    scale_of,
)
from zubda.control.options import ControlOptions
from zubda.control.sources import TEXT, UNNAMED, Voice, in_view, voice_of
from zubda.control.transitions import STIR_KINDS
from zubda.model import Claim, Theatre

__all__ = ["Reports", "Share", "gather", "is_area"]

EVENT_TYPES = {
    "airstrike": "strike",
    "shelling": "strike",
    "bomb": "strike",
    "suicide_bomb": "strike",
    "chemical": "strike",
    "clash": "clash",
    "siege": "siege",
    "movement": "advance",
}
ADVANCE = "advance"
"""Rule of movements that gain ground; others may go over a side's own ground."""

OF_A_PIECE, SET_AGAINST = "of_a_piece", "set_against"
OF_PIECES = {"gained": "partial", "holds": "partial", "lost": "contested", "withdrew": "contested"}
"""What is said of a thing in a place, as a word about the place."""

CHANGING = frozenset({"gained", "lost", "withdrew"})
EVENT_WEIGHT = {"siege": 0.4}
WHOLE = 0.85
TAKEN_FROM = 0.6
"""Weight of what a capture from somebody says of the day before: that the place, or the part that was taken, was theirs."""

LOOSE = 0.3
"""Weight of an event in a city or a province: it happened somewhere there, or near it."""


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
    side that the report says did (``before_sign`` 1) or did not (-1) hold the place until then. ``above`` is the larger place that
    the report was said of (-1: it was said of this one), ``claims`` are indices.
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
    above: NDArray[np.int64]
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

    codes: dict[str, int] = field(default_factory=dict)

    def side(self, code: str) -> int:
        found = self.codes.get(code)
        if found is None:
            holder = self.theatre.holder_of(code)
            found = self.codes[code] = -1 if holder is None else self.sides[holder]
        return found

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
        elif self.options.use_events and _shifts(claim):
            family = EVENT_TYPES[claim.type]
            actor, target = (_one(self.side(party.side) for party in who) for who in (claim.actors, claim.targets))
            symbol = self.words.event(family, actor, target)
            weight = EVENT_WEIGHT.get(family, 1.0)
            for place, sure in _located(claim).items():
                entry = self.theatre.places.get(place)
                share = LOOSE if entry is not None and scale_of(entry.kind) in ("city", "wide") else 1.0
                draft = Draft(self.places[place], *span, symbol, spoken[0], family, "", [at], weight * sure * share)
                draft.told = _told(claim)
                self.drafts.append(draft)

    def control(self, at: int, claim: Claim, span: tuple[int, int], speaker: int, origin: str) -> None:
        assert claim.control is not None
        side, change = self.side(claim.control.holder), claim.control.change
        if side < 0 and change != "contested":
            return
        if claim.polarity == "deny":
            if not self.options.use_denials or change == "contested":
                return
            change = "holds" if change in ("lost", "withdrew") else "deny"
        actor, taken_from = (_one(self.side(party.side) for party in who) for who in (claim.actors, claim.targets))
        for place, sure in _located(claim).items():
            kind = change
            if claim.control.share is not None and change != "deny":
                low, high = claim.control.share
                self.shares.append(Share(self.places[place], *span, side, low, high, at))
                if low < WHOLE:
                    kind = "partial"
            if _fired(claim, "control", OF_A_PIECE):
                kind = OF_PIECES.get(kind, kind)
            entry = self.theatre.places.get(place)
            small = entry is None or scale_of(entry.kind) not in ("city", "wide")
            named = side
            if small and kind == "lost" and actor not in (-1, side):
                kind, named = "gained", actor
            drafts = [
                Draft(self.places[place], *span, self.words.control(kind, named), speaker, kind, origin, [at], sure)
            ]
            if small and kind in ("gained", "partial") and taken_from not in (-1, named) and span[0] > 1:
                eve, held = span[0] - 1, self.words.control("holds", taken_from)
                drafts.append(
                    Draft(self.places[place], eve, eve, held, speaker, "holds", origin, [at], TAKEN_FROM * sure)
                )
            drafts[0].whole = claim.control.share is not None and claim.control.share[0] >= WHOLE
            against = _fired(claim, "source", SET_AGAINST)
            for draft in drafts:
                draft.told, draft.against = _told(claim), against
            self.drafts += drafts


def _shifts(claim: Claim) -> bool:
    """Whether the claim is an event that shifts the odds of who holds its places."""
    gains_ground = claim.type != "movement" or _fired(claim, "type", ADVANCE)
    return claim.type in EVENT_TYPES and claim.polarity != "deny" and gains_ground


def _fired(claim: Claim, field: str, rule: str) -> bool:
    return any(fired.field == field and fired.rule == rule for fired in claim.rules)


def _told(claim: Claim) -> tuple[str, int]:
    return claim.document, claim.spans[0][0] if claim.spans else 0


def _located(claim: Claim) -> dict[str, float]:
    """Ids of the claim's places, with how sure it is that each is meant; 1 where nothing is told of that."""
    return {mention.place: mention.score or 1.0 for mention in claim.places if mention.place is not None}


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
    with _uncollected():
        for at, claim in enumerate(claims):
            if claim.date is None or not claim.places:
                continue
            if view is None or in_view(voice_of(claim, theatre), view):
                gatherer.add(at, claim)
        return _reports(gatherer, words, places)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, which would look again and again at the many values that are made here, none in a cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _reports(gatherer: _Gatherer, words: Vocabulary, places: dict[str, int]) -> Reports:
    options, theatre = gatherer.options, gatherer.theatre
    drafts = merge_copies(gatherer.drafts) if options.use_witnesses else gatherer.drafts
    if options.use_witnesses:
        crowded(drafts)
        one_voice(drafts, [speaker.aligned for speaker in gatherer.known])
    followed(drafts, words)
    already_whole(drafts, words)
    overtaken(drafts, gatherer.speakers.get(TEXT, -1))
    drafts += passed_on(drafts, theatre, places, words, options)
    speakers = tuple(gatherer.known) or (Speaker(TEXT, -1, "text"),)
    return _columns(drafts, words, speakers, tuple(gatherer.shares))


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
        before=column(named[draft.symbol] if draft.kind in signs and not draft.again else -1 for draft in drafts),
        before_sign=column(signs.get(kind, 0) for kind in kinds),
        direct=np.fromiter((draft.direct for draft in drafts), np.bool_, len(drafts)),
        above=column(draft.above for draft in drafts),
        claims=tuple(tuple(draft.claims) for draft in drafts),
        speakers=speakers,
        shares=shares,
    )
