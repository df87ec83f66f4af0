"""The addresses of the API. All of them read; what they answer is typed in `zubda.server.api.models`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import orjson
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from zubda._version import __version__
from zubda.control import Posterior
from zubda.errors import UnknownNameError
from zubda.model import Event
from zubda.server.api import models
from zubda.server.api.queries import (
    ClaimQuery,
    DayQuery,
    DisputeQuery,
    EventQuery,
    HeldQuery,
    Paging,
    PlaceQuery,
    TollQuery,
    ViewQuery,
)
from zubda.server.api.records import Records
from zubda.server.api.selection import Selection
from zubda.server.page_data.places import source_list
from zubda.server.page_data.resources import PageData

__all__ = ["PREFIX", "api_router"]

PREFIX = "/api/v1"
ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "model": models.ErrorAnswer,
        "description": "The question cannot be answered; `error` says why and what to do.",
    }
}


def api_router(data: PageData) -> APIRouter:
    """The routes for one chronicle."""
    router = APIRouter(prefix=PREFIX, responses=ERRORS)
    answers = _Answers(data)
    _about(router, answers)
    _claims(router, answers)
    _reconciled(router, answers)
    _control(router, answers)
    _courses(router, answers)
    _lists(router, answers)
    return router


class _Answers:
    """What the routes share."""

    def __init__(self, data: PageData) -> None:
        self.data = data
        self.records = Records(data)
        self.selection = Selection(data)

    def within(self, place: str | None, box: str | None = None) -> set[str] | None:
        """Ids of a place and all inside it, of those that a box touches, or of both; None for neither."""
        in_box = None if box is None else self.selection.places_in(box)
        if place is None:
            return in_box
        found = self.data.chronicle.place_id(place)
        numbering = self.data.numbering
        inside = {found, *(other for other in numbering.places if found in numbering.theatre.ancestors(other))}
        return inside if in_box is None else inside & in_box

    def posterior(self, query: ViewQuery) -> Posterior:
        """The model fitted to the view asked for. Raises `UnknownNameError` (``unknown.view``)."""
        known = [entry.id for entry in self.data.numbering.views]
        if query.view not in known:
            hint = f"Use one of: {', '.join(known)}." if known else "No side of this war is known to hold places."
            raise UnknownNameError("view", f"There is no view {query.view!r}.", hint, known)
        return self.data.posterior(query.view)


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY), media_type="application/json")


def _page(name: str, total: int, paging: Paging, rows: Sequence[Any]) -> Response:
    after = paging.offset + paging.limit
    return _json(
        {
            "total": total,
            "offset": paging.offset,
            "limit": paging.limit,
            "next": after if after < total else None,
            name: rows,
        }
    )


def _slice(paging: Paging) -> slice:
    return slice(paging.offset, paging.offset + paging.limit)


def _about(router: APIRouter, answers: _Answers) -> None:
    data = answers.data

    @router.get("/", response_model=models.About)
    def about() -> Response:
        """The chronicle that is served here."""
        meta = orjson.loads(data.resource("meta.json"))
        first, last = data.numbering.axis
        return _json(
            {
                "program_version": __version__,
                "content": data.content,
                "title": meta["title"],
                "theatre": meta["theatre"]["id"] if meta["theatre"] else None,
                "first": first,
                "last": last,
                "sides": [side["id"] for side in meta["sides"]],
                "states": meta["states"],
                "views": [view["id"] for view in meta["views"]],
                "claims": meta["counts"]["claims"],
                "places": meta["counts"]["places"],
                "documents": len(meta["documents"]),
            }
        )


def _claims(router: APIRouter, answers: _Answers) -> None:
    records, chronicle = answers.records, answers.data.chronicle

    def claim_page(query: ClaimQuery) -> Response:
        found = answers.selection.claims(query)
        return _page("claims", len(found), query, [records.claim(int(at)) for at in found[_slice(query)]])

    @router.get("/claims", response_model=models.ClaimPage, openapi_extra=ClaimQuery.described())
    async def claims(request: Request) -> Response:
        """Claims, by day."""
        query = ClaimQuery.of(request)
        quick = query.text is None and answers.data.events.linked
        return claim_page(query) if quick else await run_in_threadpool(claim_page, query)

    @router.get("/claims/{claim}", response_model=models.ClaimDetail)
    def claim(claim: str) -> Response:
        """One claim, by its id or the beginning of it, with the rules that fired."""
        from zubda.extraction import explain

        entry = chronicle.claim(claim)
        why = [
            {"field": field, "rule": rule, "characters": characters, "description": description}
            for field, rule, characters, description in explain(entry, chronicle.document(entry.document))
        ]
        return _json({"claim": records.claim(answers.data.numbering.claim_at[entry.id]), "why": why})


def _reconciled(router: APIRouter, answers: _Answers) -> None:
    records, events = answers.records, answers.data.events

    @router.get("/events", response_model=models.EventPage, openapi_extra=EventQuery.described())
    def event_list(request: Request) -> Response:
        """Events, by day."""
        query = EventQuery.of(request)
        within = answers.within(query.place, query.bbox)
        found = [event for event in events.events if _event_fits(event, query, within)]
        return _page("events", len(found), query, [records.event(event) for event in found[_slice(query)]])

    @router.get("/events/{event}", response_model=models.EventDetail)
    def event(event: str) -> Response:
        """One event, by its id or the beginning of it, with its claims and why they are one."""
        reconciled = events.reconciled
        entry = reconciled.event(event)
        return _json(
            {
                "event": records.event(entry),
                "links": list(reconciled.links(entry.id)),
                "witnesses": {witness.origin: witness.claims for witness in reconciled.witnesses(entry.id)},
                "claims": records.claims(entry.claims),
            }
        )

    @router.get("/disputes", response_model=models.DisputePage, openapi_extra=DisputeQuery.described())
    def disputes(request: Request) -> Response:
        """Disputes, heaviest first."""
        query = DisputeQuery.of(request)
        within = answers.within(query.place, query.bbox)
        found = [
            dispute
            for dispute in events.disputes
            if (query.about is None or dispute.about == query.about)
            and _days_fit(dispute.date, query.first, query.last)
            and (within is None or not within.isdisjoint(dispute.places))
        ]
        return _page("disputes", len(found), query, [records.dispute(entry) for entry in found[_slice(query)]])

    @router.get("/tolls", response_model=models.TollPage, openapi_extra=TollQuery.described())
    def tolls(request: Request) -> Response:
        """Tolls over a period, added over events without counting anything twice."""
        query = TollQuery.of(request)
        where = answers.data.chronicle.place_id(query.place) if query.place else None
        found = events.reconciled.tolls(query.first, query.last, where, query.side, query.what, query.by)
        return _json({"by": query.by, "tolls": found})


def _event_fits(event: Event, query: EventQuery, within: set[str] | None) -> bool:
    return (
        (query.type is None or event.type == query.type)
        and (query.grade is None or event.grade == query.grade)
        and (query.side is None or query.side in event.sides)
        and _days_fit(event.date, query.first, query.last)
        and (within is None or not within.isdisjoint(event.places))
    )


def _days_fit(days: Any, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    return days is not None and days.last >= (first or date.min) and days.first <= (last or date.max)


def _control(router: APIRouter, answers: _Answers) -> None:
    data = answers.data

    @router.get("/held", response_model=models.HeldAnswer, openapi_extra=HeldQuery.described())
    def held(request: Request) -> Response:
        """Who held a place at the end of a day, how sure that is, and which claims say so."""
        query = HeldQuery.of(request)
        answer = answers.posterior(query).held(data.chronicle.place_id(query.place), query.day)
        return _json(
            {
                "place": answer.place,
                "day": answer.day,
                "holder": answer.holder,
                "probability": answer.probability,
                "probabilities": answer.probabilities,
                "claims": answer.claims,
                "method": answer.method,
                "view": query.view,
            }
        )

    @router.get("/control", response_model=models.ControlPage, openapi_extra=DayQuery.described())
    def control(request: Request) -> Response:
        """Who held every place at the end of a day; places that nobody spoke about are left out."""
        query = DayQuery.of(request)
        model = answers.posterior(query)
        table = model.probabilities(query.day)
        spoken = np.flatnonzero(~np.isnan(table).any(axis=1))
        places = [
            {"place": model.places[at], "holder": model.states[int(table[at].argmax())], "probabilities": table[at]}
            for at in spoken
        ]
        about = {"day": query.day, "view": query.view, "method": model.method}
        return _json({**about, "states": model.states, "places": places})


def _courses(router: APIRouter, answers: _Answers) -> None:
    data = answers.data

    @router.get("/changes", response_model=models.ChangesPage, openapi_extra=PlaceQuery.described())
    def changes(request: Request) -> Response:
        """When a place changed hands, each change as a range of days."""
        query = PlaceQuery.of(request)
        where = data.chronicle.place_id(query.place)
        rows = [
            {
                "holder": change.holder,
                "began": change.began.as_list(),
                "ended": change.ended.as_list(),
                "probability": change.probability,
            }
            for change in answers.posterior(query).changes(where)
        ]
        return _json({"place": where, "view": query.view, "changes": rows})

    @router.get("/ways", response_model=models.WaysPage, openapi_extra=DayQuery.described())
    def ways(request: Request) -> Response:
        """Sieges, and roads open, threatened or cut, on a day."""
        query = DayQuery.of(request)
        rows = [
            {
                "kind": way.kind,
                "id": way.id,
                "places": way.places,
                "party": way.party,
                "state": way.state,
                "probabilities": way.probabilities,
                "claims": way.claims,
            }
            for way in answers.posterior(query).access.on(query.day)
        ]
        return _json({"day": query.day, "view": query.view, "ways": rows})

    @router.get("/leanings", response_model=models.LeaningsPage, openapi_extra=ViewQuery.described())
    def leanings(request: Request) -> Response:
        """How sources lean: learned from what they say of places whose holder is known from others."""
        query = ViewQuery.of(request)
        return _json({"view": query.view, "leanings": answers.posterior(query).leanings()})


def _lists(router: APIRouter, answers: _Answers) -> None:
    records, numbering, chronicle = answers.records, answers.data.numbering, answers.data.chronicle

    @router.get("/places", response_model=models.PlacePage, openapi_extra=Paging.described())
    def places(request: Request) -> Response:
        """Places of the theatre, then those that only texts name."""
        paging = Paging.of(request)
        every = range(len(numbering.places))
        return _page("places", len(every), paging, [records.place(at) for at in every[_slice(paging)]])

    @router.get("/places/{place}", response_model=models.PlaceRow)
    def place(place: str) -> Response:
        """One place, by id or any spelling."""
        return _json(records.place(numbering.place_at[chronicle.place_id(place)]))

    @router.get("/sources", response_model=models.SourcePage)
    def sources() -> Response:
        """Everyone who says something."""
        rows = source_list(numbering)
        return _json({"total": len(rows), "sources": rows})

    @router.get("/documents", response_model=models.DocumentPage)
    def documents() -> Response:
        """The texts that were read."""
        rows = [records.document(document) for document in chronicle.documents]
        return _json({"total": len(rows), "documents": rows})

    @router.get("/documents/{document}", response_model=models.DocumentText)
    async def document(document: str) -> Response:
        """One document with its raw text."""
        entry = chronicle.document(document)
        answer = {"document": records.document(entry), "raw": entry.raw}
        return await run_in_threadpool(_json, answer)
