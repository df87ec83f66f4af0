"""Claims as page data: columns of all of them, full objects by the chunk, and the documents they stand in."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Any

from zubda.model import CLAIM_TYPES, CONTROL_CHANGES, Claim, Document
from zubda.server.page_data.columns import CHUNK, Columns, day_number
from zubda.server.page_data.numbering import Numbering

__all__ = ["ClaimData", "PlainMap"]

DENIED, CODED, COUNTED, HARM, LANGUAGE_MODEL = 1, 2, 4, 8, 16
HARMS = frozenset({"killed", "wounded", "killed_or_wounded", "killed_or_captured", "killed_or_missing", "executed"})
HARMS |= {"bodies_found"}


class PlainMap:
    """From raw offsets of a document back to its plain text."""

    def __init__(self, document: Document) -> None:
        offsets = document.offsets
        self._runs = sorted(zip(offsets.raw, offsets.plain, offsets.lengths, strict=True))
        self._raw = [run[0] for run in self._runs]

    def offset(self, raw: int) -> int:
        """Plain offset of a raw one; of a character that the plain text lacks, the end of the run before it."""
        at = bisect_right(self._raw, raw) - 1
        if at < 0:
            return 0
        start, plain, length = self._runs[at]
        return plain + min(raw - start, length)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Plain ``(start, end)`` of a raw range, end exclusive."""
        first = self.offset(start)
        at = bisect_right(self._raw, end - 1) - 1
        if at < 0:
            return first, first
        began, plain, length = self._runs[at]
        return first, max(first, plain + min(end - began, length))


class ClaimData:
    """Resources of claims and documents."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self._maps: dict[int, PlainMap] = {}

    @property
    def chunks(self) -> int:
        """Number of files of full claims."""
        return -(-len(self.numbering.claims) // CHUNK)

    @cached_property
    def index(self) -> Columns:
        """The columns of all claims."""
        numbering, claims = self.numbering, self.numbering.claims
        types = {name: at for at, name in enumerate(CLAIM_TYPES)}
        columns = Columns(len(claims))
        columns.add("first", [day_number(claim.date.first if claim.date else None) for claim in claims], "int32")
        columns.add("last", [day_number(claim.date.last if claim.date else None) for claim in claims], "int32")
        columns.add("type", [types[claim.type] for claim in claims])
        columns.add("source", [numbering.source_at[voice.source] for voice in numbering.voices])
        columns.add("document", [numbering.document_at.get(claim.document, 0) for claim in claims])
        columns.add("flags", list(map(_flags, claims)))
        columns.add("actors", [self._bits(party.side for party in claim.actors) for claim in claims], "uint32")
        columns.add("targets", [self._bits(party.side for party in claim.targets) for claim in claims], "uint32")
        columns.add("holder", [self._holder(claim) for claim in claims])
        changes = {name: at for at, name in enumerate(CONTROL_CHANGES, start=1)}
        columns.add("change", [changes[claim.control.change] if claim.control else 0 for claim in claims])
        located = [list(dict.fromkeys(numbering.place_at[place] for place in claim.place_ids)) for claim in claims]
        columns.add_lists("places", located)
        return columns

    def _bits(self, sides: Any) -> int:
        found = 0
        for side in sides:
            at = self.numbering.side_at.get(side, 32)
            found |= 1 << at if at < 32 else 0
        return found

    def _holder(self, claim: Claim) -> int:
        return self.numbering.side_at.get(claim.control.holder, -1) + 1 if claim.control else 0

    def ids(self) -> list[str]:
        """Ids of all claims by position."""
        return [claim.id for claim in self.numbering.claims]

    def chunk(self, number: int) -> list[dict[str, Any]]:
        """The full claims of one chunk."""
        return [self.full(at) for at in range(number * CHUNK, min((number + 1) * CHUNK, len(self.numbering.claims)))]

    def full(self, at: int) -> dict[str, Any]:
        """One claim with everything the page shows of it; characters are those of the plain text."""
        numbering, claim = self.numbering, self.numbering.claims[at]
        document = numbering.document_at[claim.document]
        text = numbering.chronicle.documents[document].text
        plain = self.plain_map(document)
        spans = [plain.span(start, end) for start, end in claim.spans]
        return {
            "id": claim.id,
            "type": claim.type,
            "first": day_number(claim.date.first if claim.date else None),
            "last": day_number(claim.date.last if claim.date else None),
            "document": document,
            "text": " ".join(text[start:end] for start, end in spans),
            "spans": spans,
            "raw_spans": claim.spans,
            "places": [
                {
                    "surface": place.surface,
                    "place": numbering.place_at[place.place] if place.place else -1,
                    "score": place.score,
                }
                for place in claim.places
            ],
            "actors": claim.actors,
            "targets": claim.targets,
            "source": numbering.source_at[numbering.voices[at].source],
            "said_by": claim.source,
            "polarity": claim.polarity,
            "counts": claim.counts,
            "control": claim.control,
            "rules": [_rule(fired, text, plain) for fired in claim.rules],
            "language": claim.language,
            "extractor": claim.extractor,
            "coordinates": claim.coordinates,
        }

    def text(self, at: int) -> str:
        """The words that carry a claim, as plain text."""
        claim = self.numbering.claims[at]
        document = self.numbering.document_at[claim.document]
        text, plain = self.numbering.chronicle.documents[document].text, self.plain_map(document)
        spans = [plain.span(start, end) for start, end in claim.spans]
        return " ".join(text[start:end] for start, end in spans)

    def plain_map(self, document: int) -> PlainMap:
        """The way back to the plain text of a document."""
        found = self._maps.get(document)
        if found is None:
            found = self._maps[document] = PlainMap(self.numbering.chronicle.documents[document])
        return found

    def document(self, number: int) -> dict[str, Any]:
        """One document: its plain text, blocks, and where each claim stands."""
        document = self.numbering.chronicle.documents[number]
        plain = self.plain_map(number)
        marks = [
            (at, *plain.span(start, end))
            for at in self.numbering.claims_of_document[number]
            for start, end in self.numbering.claims[at].spans
        ]
        return {
            "id": document.id,
            "title": document.title,
            "origin": document.origin,
            "language": document.language,
            "published": document.published,
            "sha256": document.sha256,
            "text": document.text,
            "astral": [at for at, character in enumerate(document.text) if character > "\uffff"],
            "blocks": document.blocks,
            "claims": sorted(marks, key=lambda mark: mark[1:] + mark[:1]),
        }


def _flags(claim: Claim) -> int:
    found = DENIED if claim.polarity == "deny" else 0
    found |= CODED if claim.extractor.startswith("import:") else 0
    found |= LANGUAGE_MODEL if claim.extractor.startswith("llm:") else 0
    found |= COUNTED if claim.counts else 0
    harm = claim.type == "execution" or any(count.what in HARMS for count in claim.counts)
    return found | (HARM if harm else 0)


def _rule(fired: Any, text: str, plain: PlainMap) -> dict[str, Any]:
    start, end = plain.span(fired.start, fired.end)
    return {"rule": fired.rule, "field": fired.field, "spans": [(start, end)], "characters": text[start:end]}
