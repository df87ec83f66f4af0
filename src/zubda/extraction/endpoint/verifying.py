"""From a model's answer to claims: each field must quote characters that stand in the passage, or it is refused and counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from zubda.extraction.endpoint.prompt import Passage
from zubda.gazetteer import Gazetteer
from zubda.model import (
    CLAIM_TYPES,
    CONTROL_CHANGES,
    COUNT_KINDS,
    Claim,
    ControlStatement,
    Count,
    DayRange,
    Document,
    FiredRule,
    Party,
    PlaceMention,
    Theatre,
    claim_id,
)

__all__ = ["Verifier", "parse_answer"]

FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)
Span = tuple[int, int]


def parse_answer(answer: str) -> list[Any] | None:
    """The list of claims in an answer, None if it is not the JSON that was asked for."""
    fenced = FENCE.match(answer)
    try:
        listed = json.loads(fenced.group(1) if fenced else answer)["claims"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return listed if isinstance(listed, list) else None


@dataclass
class Verifier:
    """Verifies answers for one document. ``refused`` counts what was refused, by field; ``answer`` is an answer that was no JSON."""

    document: Document
    theatre: Theatre | None
    gazetteer: Gazetteer
    extractor: str
    refused: Counter[str] = field(default_factory=Counter)

    def claims(self, passage: Passage, answer: str) -> list[Claim]:
        """The claims of an answer that hold up."""
        listed = parse_answer(answer)
        if listed is None:
            self.refused["answer"] += 1
            return []
        found = [self._claim(passage, entry) for entry in listed]
        return [claim for claim in found if claim is not None]

    def _stands(self, passage: Passage, entry: Any, within: Span | None = None) -> Span | None:
        """Plain range in the document of an entry's quote, None if it does not stand in the passage where it says."""
        if not isinstance(entry, dict) or not isinstance(entry.get("quote"), str) or not entry["quote"].strip():
            return None
        quote, start = entry["quote"], entry.get("start")
        if isinstance(start, int) and not isinstance(start, bool):
            at = start if start >= 0 and passage.text.startswith(quote, start) else -1
        else:
            at = self._only(passage.text, quote, within)
        return None if at < 0 else (passage.start + at, passage.start + at + len(quote))

    @staticmethod
    def _only(text: str, quote: str, within: Span | None) -> int:
        """Where a quote stands: within the claim's own characters if it does there, else where it stands alone in the passage."""
        if within is not None:
            inside = text.find(quote, within[0], within[1])
            if inside >= 0:
                return inside
        at = text.find(quote)
        return at if at >= 0 and text.find(quote, at + 1) < 0 else -1

    def _claim(self, passage: Passage, entry: Any) -> Claim | None:
        if not isinstance(entry, dict) or entry.get("type") not in CLAIM_TYPES:
            self.refused["type"] += 1
            return None
        span = self._stands(passage, entry)
        if span is None:
            self.refused["quote"] += 1
            return None
        within = span[0] - passage.start, span[1] - passage.start
        fired: list[tuple[str, Span]] = [("type", span)]
        days = self._date(passage, entry.get("date"), within, fired)
        places = self._places(passage, entry.get("places"), within, fired)
        source = self._source(passage, entry.get("source"), within, fired)
        offsets = self.document.offsets
        spans = (offsets.span(*span),)
        return Claim(
            claim_id(
                self.document.id,
                spans,
                entry["type"],
                source,
                days,
                [self.extractor, *(place.surface for place in places)],
            ),
            self.document.id,
            spans,
            entry["type"],
            days,
            places,
            self._parties(passage, entry.get("actors"), "actor", within, fired),
            self._parties(passage, entry.get("targets"), "target", within, fired),
            source,
            self._source_id(source),
            "deny" if entry.get("polarity") == "deny" else "affirm",
            self._counts(passage, entry.get("counts"), within, fired),
            self._control(passage, entry.get("control"), within, fired),
            tuple(FiredRule(self.extractor, name, *offsets.span(*at)) for name, at in fired),
            self.document.language,
            self.extractor,
        )

    def _date(self, passage: Passage, entry: Any, within: Span, fired: list[tuple[str, Span]]) -> DayRange | None:
        if entry is None:
            return None
        span = self._stands(passage, entry, within)
        if span is None:
            self.refused["date"] += 1
            return None
        try:
            first = date.fromisoformat(str(entry.get("first")))
            days = DayRange(first, date.fromisoformat(str(entry.get("last") or entry.get("first"))))
        except ValueError:
            self.refused["date"] += 1
            return None
        fired.append(("date", span))
        return days

    def _listed(self, entries: Any, name: str) -> list[Any]:
        if entries is None:
            return []
        if not isinstance(entries, list):
            self.refused[name] += 1
            return []
        return entries

    def _places(
        self, passage: Passage, entries: Any, within: Span, fired: list[tuple[str, Span]]
    ) -> tuple[PlaceMention, ...]:
        found: dict[str, PlaceMention] = {}
        for entry in self._listed(entries, "places"):
            span = self._stands(passage, entry, within)
            if span is None:
                self.refused["places"] += 1
                continue
            surface = self.document.text[slice(*span)]
            mention = self.gazetteer.locate(surface)
            if mention.place is None:
                mention = PlaceMention(surface, "x:" + "_".join(surface.casefold().split()), 0.5, mention.others)
            found.setdefault(surface, mention)
            fired.append(("places", span))
        return tuple(found.values())

    def _side(self, entry: Any) -> str:
        side = entry.get("side")
        known = self.theatre is None or side in self.theatre.sides
        if isinstance(side, str) and side and known:
            return side
        if side not in (None, "", "unknown"):
            self.refused["side"] += 1
        return "unknown"

    def _parties(
        self, passage: Passage, entries: Any, role: str, within: Span, fired: list[tuple[str, Span]]
    ) -> tuple[Party, ...]:
        found = []
        for entry in self._listed(entries, f"{role}s"):
            span = self._stands(passage, entry, within)
            if span is None:
                self.refused[f"{role}s"] += 1
                continue
            surface = self.document.text[slice(*span)]
            found.append(Party(surface, self._side(entry), self._actors.get(surface.casefold())))
            fired.append((role, span))
        return tuple(dict.fromkeys(found))

    @cached_property
    def _actors(self) -> dict[str, str]:
        """Ids of the theatre's actors by their casefolded forms."""
        actors = self.theatre.actors.values() if self.theatre else ()
        return {form.casefold(): actor.id for actor in actors for _, form in actor.forms}

    def _source(self, passage: Passage, entry: Any, within: Span, fired: list[tuple[str, Span]]) -> str | None:
        if entry is None:
            return None
        if entry == "unnamed":
            return "unnamed"
        span = self._stands(passage, entry, within)
        if span is None:
            self.refused["source"] += 1
            return None
        fired.append(("source", span))
        return self.document.text[slice(*span)]

    def _source_id(self, source: str | None) -> str | None:
        if source is None or self.theatre is None:
            return None
        for entry in self.theatre.sources.values():
            if any(form.casefold() == source.casefold() for _, form in entry.forms):
                return entry.id
        return self._actors.get(source.casefold())

    def _counts(self, passage: Passage, entries: Any, within: Span, fired: list[tuple[str, Span]]) -> tuple[Count, ...]:
        found = []
        for entry in self._listed(entries, "counts"):
            span = self._stands(passage, entry, within)
            low, high = (entry.get("low"), entry.get("high")) if isinstance(entry, dict) else (None, None)
            numbers = [number for number in (low, high) if number is not None]
            fits = all(isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in numbers)
            ordered = not (fits and low is not None and high is not None and low > high)
            if span is None or not numbers or not fits or not ordered or entry.get("what") not in COUNT_KINDS:
                self.refused["counts"] += 1
                continue
            found.append(Count(entry["what"], self.document.text[slice(*span)], self._side(entry), low, high))
            fired.append(("counts", span))
        return tuple(found)

    def _control(
        self, passage: Passage, entry: Any, within: Span, fired: list[tuple[str, Span]]
    ) -> ControlStatement | None:
        if entry is None:
            return None
        span = self._stands(passage, entry, within)
        holder = entry.get("holder") if isinstance(entry, dict) else None
        known = isinstance(holder, str) and holder and (self.theatre is None or holder in self.theatre.sides)
        if span is None or not known or entry.get("change") not in CONTROL_CHANGES:
            self.refused["control"] += 1
            return None
        fired.append(("control", span))
        return ControlStatement(str(holder), entry["change"])
