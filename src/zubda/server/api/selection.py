"""Choosing claims by their fields, with arrays, so that a filter over a hundred thousand takes no time to speak of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zubda.chronicle.chronicle import claim_type
from zubda.errors import UnknownNameError, UsageError
from zubda.model import CLAIM_TYPES
from zubda.server.api.queries import ClaimQuery
from zubda.server.page_data.columns import NO_DAY, day_number
from zubda.server.page_data.resources import PageData

__all__ = ["Selection"]

Mask = NDArray[np.bool_]


class Selection:
    """The claims of one chronicle by position, ready to be filtered."""

    def __init__(self, data: PageData) -> None:
        self.data = data
        self.numbering = data.numbering

    def claims(self, query: ClaimQuery) -> NDArray[np.int64] | range:
        """Positions that fit, in order. Raises `UnknownNameError` and `UsageError` for values that can fit nothing."""
        tests = [
            test(self, getattr(query, field)) for field, test in TESTS.items() if getattr(query, field) is not None
        ]
        if query.place is not None:
            tests.append(self.at_place(query.place, query.inside))
        if not tests:
            return range(len(self.numbering.claims))
        return np.flatnonzero(np.logical_and.reduce(tests))

    @cached_property
    def _columns(self) -> dict[str, NDArray[np.int64]]:
        index = self.data.claims.index
        return {name: index.column(name) for name in index.description()["columns"]}

    def at_place(self, place: str, inside: bool) -> Mask:
        """Claims that name a place, or one inside it."""
        found = self.data.chronicle.place_id(place)
        wanted = {found}
        if inside:
            wanted |= {other for other in self.numbering.places if found in self.numbering.theatre.ancestors(other)}
        return self._about(wanted)

    def in_box(self, box: str) -> Mask:
        """Claims about a place that a box touches."""
        return self._about(self.places_in(box))

    def places_in(self, box: str) -> set[str]:
        """Places whose point, or the box around whose cell, a box touches. Raises `UsageError` (``usage.parameter``)."""
        west, south, east, north = (float(degrees) for degrees in box.split(","))
        if not (-180 <= min(west, east) <= max(west, east) <= 180 and -90 <= south <= north <= 90):
            raise UsageError(
                "parameter",
                f"bbox cannot be {box!r}: longitudes are -180 to 180, latitudes -90 to 90, south below north.",
                "Give west,south,east,north in degrees.",
            )
        least_west, least_south, most_east, most_north = self._reaches.T
        across = (least_west <= east) & (most_east >= west)
        if west > east:
            across = (least_west <= east) | (most_east >= west)
        found = np.flatnonzero(across & (least_south <= north) & (most_north >= south))
        return {self.numbering.places[at] for at in found}

    @cached_property
    def _reaches(self) -> NDArray[np.float64]:
        """The box around each place's point and cell, as a row; not a number where nobody knows where the place is."""
        boxes = np.full((len(self.numbering.places), 4), np.nan)
        for place in self.numbering.theatre.places.values():
            at = self.numbering.place_at[place.id]
            boxes[at] = (place.longitude, place.latitude, place.longitude, place.latitude)
        for name, polygon in self.data.cells.polygons.items():
            if name in self.numbering.place_at:
                boxes[self.numbering.place_at[name]] = polygon.bounds
        return boxes

    def _about(self, places: set[str]) -> Mask:
        mask = np.zeros(len(self.numbering.claims), np.bool_)
        for entry in places & self.numbering.place_at.keys():
            mask[self.numbering.claims_of_place[self.numbering.place_at[entry]]] = True
        return mask

    def since(self, day: date) -> Mask:
        """Dated claims that end on the day or after it."""
        return _mask((self._columns["last"] >= day_number(day)) & (self._columns["last"] != NO_DAY))

    def until(self, day: date) -> Mask:
        """Dated claims that begin on the day or before it."""
        return _mask((self._columns["first"] <= day_number(day)) & (self._columns["first"] != NO_DAY))

    def of_side(self, side: str) -> Mask:
        """Claims in which a side acts or is acted upon."""
        bit = 1 << self._side(side)
        return _mask(((self._columns["actors"] | self._columns["targets"]) & bit) != 0)

    def of_holder(self, side: str) -> Mask:
        """Claims by which a side holds the place."""
        return _mask(self._columns["holder"] == self._side(side) + 1)

    def _side(self, side: str) -> int:
        if side not in self.numbering.side_at:
            known = list(self.numbering.side_at)
            raise UnknownNameError("side", f"No side has the code {side!r}.", f"Use one of: {', '.join(known)}.", known)
        return self.numbering.side_at[side]

    def of_source(self, source: str) -> Mask:
        """Claims of a source by its id, or of all whose name holds the words."""
        at = self.numbering.source_at.get(source)
        if at is not None:
            return _mask(self._columns["source"] == at)
        words = source.casefold()
        found = [
            at
            for at, key in enumerate(self.numbering.sources)
            if any(words in name.casefold() for name in (*self.numbering.source_names(key).values(), key))
        ]
        if not found or not words:
            raise UnknownNameError("source", f"No source is called {source!r}.", "They are listed at /api/v1/sources.")
        return _mask(np.isin(self._columns["source"], found))

    def of_type(self, kind: str) -> Mask:
        """Claims of a type."""
        return _mask(self._columns["type"] == CLAIM_TYPES.index(claim_type(kind)))

    def of_document(self, document: str) -> Mask:
        """Claims that stand in a document."""
        self.data.chronicle.document(document)
        return _mask(self._columns["document"] == self.numbering.document_at[document])

    def of_event(self, event: str) -> Mask:
        """Claims about an event."""
        found = self.data.events.reconciled.event(event)
        column = self.data.events.of_claims.column("event")
        return _mask(column == self.data.events.event_at[found.id] + 1)

    def of_polarity(self, polarity: str) -> Mask:
        """Claims that say it is so, or that deny it."""
        return _mask((self._columns["flags"] & 1) == (polarity == "deny"))

    def with_words(self, words: str) -> Mask:
        """Claims whose text holds the words, whatever their case."""
        wanted = words.casefold()
        return np.array([wanted in text for text in self._texts], np.bool_)

    @cached_property
    def _texts(self) -> list[str]:
        return [self.data.claims.text(at).casefold() for at in range(len(self.numbering.claims))]


def _mask(array: Any) -> Mask:
    return np.asarray(array, np.bool_)


TESTS: dict[str, Callable[[Selection, Any], Mask]] = {
    "first": Selection.since,
    "last": Selection.until,
    "side": Selection.of_side,
    "holder": Selection.of_holder,
    "source": Selection.of_source,
    "type": Selection.of_type,
    "document": Selection.of_document,
    "event": Selection.of_event,
    "polarity": Selection.of_polarity,
    "text": Selection.with_words,
    "bbox": Selection.in_box,
}
"""For each field of a query, what makes a mask of its value."""
