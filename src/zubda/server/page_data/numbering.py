"""Positions of everything the page speaks of: claims, places, sources, sides, documents, and the views it offers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from zubda.chronicle import Chronicle
from zubda.control.interface import claim_span
from zubda.control.sources import TEXT, UNNAMED, Voice, voice_of
from zubda.model import Claim, DayRange, Side, Theatre

__all__ = ["Numbering", "View"]

HUES = 8
LEAST_CLAIMS = 2
MOST_SOURCES = 24
PLAIN = re.compile(r"[a-z0-9_]{1,60}")
MONTH = 31
FEW, LONG_GAP = 20, 730


@dataclass(frozen=True, slots=True)
class View:
    """A choice of sources to see the war by. ``id`` is safe in paths, ``kind`` is ``all``, ``side`` or ``source``."""

    id: str
    kind: str
    key: str
    claims: int


class Numbering:
    """The lists that positions in page data point into, of one chronicle. Everything is worked out once, when asked for."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.chronicle = chronicle
        self.theatre: Theatre = chronicle.war

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims by first day, then last day, document and place in it; those without a day last."""
        never = date.max
        return tuple(
            sorted(
                self.chronicle.claims,
                key=lambda claim: (
                    claim.date.first if claim.date else never,
                    claim.date.last if claim.date else never,
                    self.document_at.get(claim.document, 0),
                    claim.spans,
                    claim.id,
                ),
            )
        )

    @cached_property
    def claim_at(self) -> dict[str, int]:
        """Position of every claim id."""
        return {claim.id: at for at, claim in enumerate(self.claims)}

    @cached_property
    def document_at(self) -> dict[str, int]:
        """Position of every document id."""
        return {document.id: at for at, document in enumerate(self.chronicle.documents)}

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Ids of the theatre's places, then those that claims added."""
        added = dict.fromkeys(place for claim in self.chronicle.claims for place in claim.place_ids)
        return tuple(dict.fromkeys((*self.theatre.places, *added)))

    @cached_property
    def place_at(self) -> dict[str, int]:
        """Position of every place id."""
        return {place: at for at, place in enumerate(self.places)}

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Who says each claim, in the order of `claims`."""
        return tuple(voice_of(claim, self.theatre) for claim in self.claims)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Keys of sources: the text's own voice, hearsay, then the others by how much they say."""
        said = Counter(voice.source for voice in self.voices)
        rest = sorted(said.keys() - {TEXT, UNNAMED}, key=lambda key: (-said[key], key))
        return (TEXT, UNNAMED, *rest)

    @cached_property
    def source_at(self) -> dict[str, int]:
        """Position of every source key."""
        return {source: at for at, source in enumerate(self.sources)}

    @cached_property
    def claims_of_source(self) -> list[list[int]]:
        """Positions of claims for each source."""
        found: list[list[int]] = [[] for _ in self.sources]
        for at, voice in enumerate(self.voices):
            found[self.source_at[voice.source]].append(at)
        return found

    @cached_property
    def claims_of_place(self) -> list[list[int]]:
        """Positions of claims for each place."""
        found: list[list[int]] = [[] for _ in self.places]
        for at, claim in enumerate(self.claims):
            for place in dict.fromkeys(claim.place_ids):
                found[self.place_at[place]].append(at)
        return found

    @cached_property
    def claims_of_document(self) -> list[list[int]]:
        """Positions of claims for each document."""
        found: list[list[int]] = [[] for _ in self.chronicle.documents]
        for at, claim in enumerate(self.claims):
            if claim.document in self.document_at:
                found[self.document_at[claim.document]].append(at)
        return found

    @cached_property
    def alignments(self) -> dict[str, str | None]:
        """The side that each source is aligned with, None if none is known."""
        found: dict[str, str | None] = {}
        for voice in self.voices:
            found[voice.source] = found.get(voice.source) or voice.alignment
        return found

    @cached_property
    def surfaces(self) -> dict[str, dict[str, str]]:
        """Names, as texts give them, of the places and sources that no theatre knows."""
        found: dict[str, dict[str, str]] = {}
        for claim, voice in zip(self.claims, self.voices, strict=True):
            if claim.source:
                found.setdefault(voice.source, {}).setdefault(claim.language or "und", claim.source)
            for mention in claim.places:
                if mention.place and mention.place not in self.theatre.places:
                    found.setdefault(mention.place, {}).setdefault(claim.language or "und", mention.surface)
        return found

    def source_names(self, key: str) -> Mapping[str, str]:
        """Names of a source by language: the theatre's, or as texts name it; none for the text's own voice and hearsay."""
        if key in (TEXT, UNNAMED):
            return {}
        known = self.theatre.sources.get(key) or self.theatre.actors.get(key) or self.theatre.sides.get(key)
        return known.names if known else self.surfaces.get(key, {})

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The theatre's sides, then those that only claims tell of, each with a hue of its own as long as there are any."""
        codes: dict[str, None] = {}
        for claim in self.claims:
            codes.update(dict.fromkeys(party.side for party in (*claim.actors, *claim.targets)))
            codes.update(dict.fromkeys(count.side for count in claim.counts))
            if claim.control:
                codes[claim.control.holder] = None
        met = [code for code in codes if code not in self.theatre.sides and code not in ("", "all")]
        known = tuple(self.theatre.sides.values())
        return known + tuple(
            Side(code, {}, holds=False, hue=(len(known) + at) % HUES) for at, code in enumerate(sorted(met))
        )

    @cached_property
    def side_at(self) -> dict[str, int]:
        """Position of every side code."""
        return {side.id: at for at, side in enumerate(self.sides)}

    @cached_property
    def control_claims(self) -> Counter[str]:
        """Claims about who holds a place, dated and located, by source key."""
        return Counter(
            voice.source
            for claim, voice in zip(self.claims, self.voices, strict=True)
            if claim.control and claim.date and claim.place_ids
        )

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The reconciled view, one for each side that sources are aligned with, one for each source that says enough.

        None where no side is known that could hold places.
        """
        if not self.theatre.holders():
            return ()
        aligned: Counter[str] = Counter()
        for key, claims in self.control_claims.items():
            side = self.alignments[key]
            if side:
                aligned[side] += claims
        chosen = [key for key, claims in self.control_claims.most_common(MOST_SOURCES) if claims >= LEAST_CLAIMS]
        return (
            View("all", "all", "all", self.control_claims.total()),
            *(
                View(_safe("side", side, self.side_at[side]), "side", side, aligned[side])
                for side in self.theatre.holders()
                if aligned[side]
            ),
            *(
                View(_safe("source", key, self.source_at[key]), "source", key, self.control_claims[key])
                for key in chosen
            ),
        )

    @cached_property
    def axis(self) -> tuple[date, date]:
        """First and last day of the time axis: those of claims dated to a month or better, within the war and no lone strays."""
        first, last = claim_span(self.claims, self.theatre)
        opening = self.theatre.first - timedelta(days=MONTH) if self.theatre.first else first
        spans = [
            claim.date
            for claim in self.claims
            if claim.date and claim.date.days <= MONTH and opening <= claim.date.first and claim.date.last <= last
        ]
        if not spans:
            return first, last
        spans = _without_strays(spans)
        return spans[0].first, max(span.last for span in spans)

    @cached_property
    def months(self) -> tuple[str, ...]:
        """``year-month`` of every month of the axis."""
        first, last = self.axis
        numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers)

    def positions(self, claims: Sequence[str]) -> list[int]:
        """Positions of claims by id; ids that are no claim's any more are left out."""
        return [self.claim_at[claim] for claim in claims if claim in self.claim_at]


def _safe(kind: str, key: str, at: int) -> str:
    """An id for paths: the key if it is plain, else its position, which no plain key can be taken for."""
    return f"{kind}-{key}" if PLAIN.fullmatch(key) else f"{kind}--{at}"


def _without_strays(spans: Sequence[DayRange]) -> list[DayRange]:
    """Ranges by first day, without the few (up to 1 in `FEW`) that lie more than `LONG_GAP` days before or after all others."""
    kept = sorted(spans)
    few = len(kept) // FEW
    gaps = [at for at, (one, other) in enumerate(pairwise(kept), start=1) if (other.first - one.first).days > LONG_GAP]
    begin = max((at for at in gaps if at <= few), default=0)
    end = min((at for at in gaps if len(kept) - at <= few), default=len(kept))
    return kept[begin:end]
