"""Every resource of the page by its path, worked out when first asked for. What each holds: ``docs/page-data.md``."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from hashlib import blake2b
from threading import Lock
from typing import Any

import numpy as np
import orjson

from zubda._version import __version__
from zubda.chronicle import Chronicle
from zubda.control import Posterior
from zubda.errors import UnknownNameError
from zubda.model import CLAIM_TYPES, CONTROL_CHANGES, COUNT_KINDS
from zubda.server.page_data.claims import ClaimData
from zubda.server.page_data.columns import CHUNK, day_number
from zubda.server.page_data.control import days_of, month_frames, shares, undone
from zubda.server.page_data.events import EventData
from zubda.server.page_data.geometry import Cells, basemap, tessellate
from zubda.server.page_data.numbering import Numbering
from zubda.server.page_data.places import place_forms, place_list, place_page, source_list, source_page
from zubda.server.page_data.ways import ways
from zubda.server.tiles import Tiles

__all__ = ["FORMAT", "PageData", "content_hash"]

FORMAT = 1
KEPT_BYTES = 256 * 2**20
JSON_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
NUMBERED = re.compile(r"(claims|events|disputes|documents|places|sources)/(\d{1,9})\.json")
OF_VIEW = re.compile(r"(control|routes)/([a-z0-9_-]+?)(?:/(\d{4}-\d{2}|shares)\.bin|\.json)")


def content_hash(chronicle: Chronicle, areas: Cells | None = None, tiles: Tiles | None = None) -> str:
    """16 hexadecimal digits over everything that page and answers are made of, the program's version included."""
    digest = blake2b(digest_size=8)
    digest.update(f"{FORMAT}\0{__version__}\0".encode())
    for document in chronicle.documents:
        digest.update(f"{document.id}\0{document.sha256}\0{document.title}\0".encode())
    digest.update(orjson.dumps([chronicle.claims, chronicle.decisions, chronicle.theatre]))
    if areas is not None:
        digest.update(orjson.dumps(areas.geojson({place: at for at, place in enumerate(areas.polygons)})))
    if tiles is not None:
        digest.update(tiles.digest.encode())
    return digest.hexdigest()


class PageData:
    """The resources of one chronicle. ``areas`` are a user's own polygons; without them places are tessellated.
    ``tiles`` are a user's own basemap.

    Safe to ask from several threads: each resource, and each view of the war, is worked out once, and others do not wait for it.
    """

    def __init__(self, chronicle: Chronicle, areas: Cells | None = None, tiles: Tiles | None = None) -> None:
        self.chronicle = chronicle
        self.numbering = Numbering(chronicle)
        self.events = EventData(self.numbering)
        self._areas = areas
        self._tiles = tiles
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._kept_bytes = 0
        self._making: dict[str, Lock] = {}
        self._posteriors: dict[str, Posterior] = {}
        self._locks: dict[str, Lock] = {view.id: Lock() for view in self.numbering.views}
        self._lock = Lock()

    @cached_property
    def content(self) -> str:
        """Hash of everything that the resources are made of."""
        return content_hash(self.chronicle, self._areas, self._tiles)

    @cached_property
    def cells(self) -> Cells:
        """The polygons of places."""
        if self._areas:
            return self._areas
        told = {place for claim in self.chronicle.claims for place in claim.place_ids}
        return tessellate(self.numbering.theatre, told)

    @cached_property
    def claims(self) -> ClaimData:
        """Claims and documents."""
        return ClaimData(self.numbering)

    def paths(self) -> Iterator[str]:
        """Every path there is."""
        yield from self._single
        for view in self.numbering.views:
            yield from (f"control/{view.id}/{month}.bin" for month in self.numbering.months)
            yield f"control/{view.id}/shares.bin"
            yield f"routes/{view.id}.json"
        for kind, count in self._counts.items():
            yield from (f"{kind}/{number}.json" for number in range(count()))

    def resource(self, path: str) -> bytes:
        """The bytes of a resource, worked out once. Raises `UnknownNameError` (``unknown.resource``)."""
        make = self._maker(path)
        with self._lock:
            making = self._making.setdefault(path, Lock())
        with making:
            with self._lock:
                if path in self._kept:
                    self._kept.move_to_end(path)
                    return self._kept[path]
            made = make()
            found = made if isinstance(made, bytes) else orjson.dumps(made, option=JSON_OPTIONS)
            self._keep(path, found)
            return found

    def _keep(self, path: str, content: bytes) -> None:
        with self._lock:
            self._kept[path] = content
            self._kept_bytes += len(content)
            while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
                self._kept_bytes -= len(self._kept.popitem(last=False)[1])

    def posterior(self, view: str) -> Posterior:
        """The model fitted to a view, by the view's id; fitted once, however many ask."""
        entry = next(entry for entry in self.numbering.views if entry.id == view)
        with self._locks[view]:
            if view not in self._posteriors:
                whole = entry.kind == "all"
                self._posteriors[view] = self.chronicle.posterior if whole else self.chronicle.view([entry.key])
            return self._posteriors[view]

    @property
    def reconciled(self) -> Posterior | None:
        """The model fitted to all claims; None where nobody could hold places."""
        return self.posterior("all") if self.numbering.views else None

    @cached_property
    def _single(self) -> dict[str, Callable[[], Any]]:
        return {
            "meta.json": self._meta,
            "places.json": lambda: place_list(self.numbering, self.cells),
            "places/forms.json": lambda: place_forms(self.numbering),
            "cells.json": lambda: self.cells.geojson(self.numbering.place_at),
            "basemap.json": lambda: basemap(self.numbering.theatre),
            "claims/index.json": lambda: self.claims.index.description(),
            "claims/index.bin": lambda: self.claims.index.pack(),
            "claims/events.json": lambda: self.events.of_claims.description(),
            "claims/events.bin": lambda: self.events.of_claims.pack(),
            "claims/ids.json": lambda: self.claims.ids(),
            "events/index.json": lambda: self.events.index.description(),
            "events/index.bin": lambda: self.events.index.pack(),
            "disputes/index.json": lambda: {"count": len(self.events.disputes), "chunk": CHUNK},
            "tolls.json": self.events.tolls,
            "tolls/series.json": self.events.series,
            "rules.json": self._rules,
        }

    @cached_property
    def _counts(self) -> dict[str, Callable[[], int]]:
        return {
            "claims": lambda: self.claims.chunks,
            "events": lambda: -(-len(self.events.events) // CHUNK),
            "disputes": lambda: -(-len(self.events.disputes) // CHUNK),
            "documents": lambda: len(self.chronicle.documents),
            "places": lambda: len(self.numbering.places),
            "sources": lambda: len(self.numbering.sources),
        }

    @cached_property
    def _numbered(self) -> dict[str, Callable[[int], Any]]:
        return {
            "claims": self.claims.chunk,
            "events": self.events.chunk,
            "disputes": self.events.dispute_chunk,
            "documents": self.claims.document,
            "places": lambda at: place_page(self.numbering, at, self.reconciled),
            "sources": lambda at: source_page(self.numbering, at, self.reconciled),
        }

    def _maker(self, path: str) -> Callable[[], Any]:
        """What works a resource out. Raises `UnknownNameError` (``unknown.resource``)."""
        if path in self._single:
            return self._single[path]
        numbered = NUMBERED.fullmatch(path)
        if numbered and int(numbered[2]) < self._counts[numbered[1]]() and str(int(numbered[2])) == numbered[2]:
            return partial(self._numbered[numbered[1]], int(numbered[2]))
        viewed = OF_VIEW.fullmatch(path)
        if viewed and any(view.id == viewed[2] for view in self.numbering.views):
            if viewed[1] == "routes" and viewed[3] is None:
                return partial(self._ways, viewed[2])
            if viewed[1] == "control" and viewed[3] == "shares":
                return partial(self._shares, viewed[2])
            if viewed[1] == "control" and viewed[3] in self.numbering.months:
                return partial(self._month, viewed[2], viewed[3])
        raise UnknownNameError(
            "resource", f"The page has no data at {path!r}.", "The paths are described in docs/page-data.md."
        )

    def _month(self, view: str, month: str) -> bytes:
        return month_frames(self.posterior(view), month)

    def _shares(self, view: str) -> bytes:
        numbering = self.numbering
        first, last = numbering.axis
        places, states = len(numbering.places), len(numbering.theatre.holders()) + 1
        areas = self.cells.areas()
        weights = np.array([areas.get(place, 0.0) if areas else 1.0 for place in numbering.places])
        drawn = np.flatnonzero(weights)
        months = []
        for month in numbering.months:
            inside = np.array([first <= day <= last for day in days_of(month)])
            months.append(undone(self.resource(f"control/{view}/{month}.bin"), places, states)[inside][:, drawn])
        return shares(np.concatenate(months), weights[drawn])

    def _ways(self, view: str) -> dict[str, Any]:
        """Roads and sieges; a single source says too little of them to draw any."""
        kind = next(entry.kind for entry in self.numbering.views if entry.id == view)
        return {"roads": [], "sieges": []} if kind == "source" else ways(self.numbering, self.posterior(view))

    def _rules(self) -> dict[str, str]:
        from zubda.extraction.explaining import RULES
        from zubda.reconciliation import RULES as TOLL_RULES

        return {**RULES, **TOLL_RULES, **self.events.grades}

    def _meta(self) -> dict[str, Any]:
        numbering, chronicle = self.numbering, self.chronicle
        theatre = chronicle.theatre
        first, last = numbering.axis
        return {
            "format": FORMAT,
            "content": self.content,
            "program_version": __version__,
            "method": "hidden Markov model" if numbering.views else None,
            "title": _title(chronicle),
            "theatre": {"id": theatre.id, "version": theatre.version, "names": theatre.names} if theatre else None,
            "tiles": self._tiles.described() if self._tiles else None,
            "first": day_number(first),
            "last": day_number(last),
            "busiest": self._busiest(),
            "months": numbering.months,
            "states": (*numbering.theatre.holders(), "contested") if numbering.views else (),
            "sides": [
                {"id": side.id, "names": side.names, "hue": side.hue, "holds": side.holds, "armed": side.armed}
                for side in numbering.sides
            ],
            "sources": source_list(numbering),
            "documents": [
                {
                    "id": document.id,
                    "title": document.title,
                    "origin": document.origin,
                    "language": document.language,
                    "published": document.published,
                    "characters": len(document.text),
                    "claims": len(numbering.claims_of_document[at]),
                    "warnings": document.warnings,
                }
                for at, document in enumerate(chronicle.documents)
            ],
            "views": [
                {
                    "id": view.id,
                    "kind": view.kind,
                    "key": view.key,
                    "names": self._view_names(view.kind, view.key),
                    "claims": view.claims,
                }
                for view in numbering.views
            ],
            "types": CLAIM_TYPES,
            "changes": CONTROL_CHANGES,
            "count_kinds": COUNT_KINDS,
            "grades": tuple(self.events.grades),
            "counts": {
                "claims": len(numbering.claims),
                "dated": sum(claim.date is not None for claim in numbering.claims),
                "places": len(numbering.places),
            },
        }

    def _view_names(self, kind: str, key: str) -> Any:
        if kind == "side":
            return self.numbering.theatre.sides[key].names
        return self.numbering.source_names(key) if kind == "source" else {}

    def _busiest(self) -> int:
        """The day with most claims of that day alone, the last of several; the first of the axis where there is none."""
        first, last = self.numbering.axis
        days = Counter(claim.date.first for claim in self.numbering.claims if claim.date and claim.date.days == 1)
        inside = {day: count for day, count in days.items() if first <= day <= last}
        return day_number(max(inside, key=lambda day: (inside[day], day)) if inside else first)


def _title(chronicle: Chronicle) -> str:
    if len(chronicle.documents) == 1:
        return chronicle.documents[0].title
    names = chronicle.theatre.names if chronicle.theatre else {}
    return (
        names.get("en")
        or next(iter(names.values()), "")
        or (chronicle.documents[0].title if chronicle.documents else "")
    )
