"""The chronicle as Python sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zubda._version import __version__
from zubda.chronicle import store
from zubda.chronicle.replay import check_decision, replay
from zubda.errors import UnknownNameError, UsageError
from zubda.model import CLAIM_TYPES, Claim, Decision, Dispute, Document, Event, Held, Theatre, Unknown

if TYPE_CHECKING:
    import polars
    import xarray

    from zubda.control import Posterior
    from zubda.gazetteer import Gazetteer
    from zubda.reconciliation import Reconciliation

__all__ = ["Chronicle"]


class Chronicle:
    """Documents, the claims in them, the theatre they were read with, and the decisions of people; all values immutable.

    What follows from the claims (`events`, `disputes`, `tolls`, `posterior`) is worked out when first asked for and kept.
    Make one with `zubda.read`, open one with `Chronicle.open`.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        claims: Iterable[Claim],
        theatre: Theatre | None = None,
        unknowns: Iterable[Unknown] = (),
        decisions: Iterable[Decision] = (),
        *,
        program_version: str = __version__,
        path: Path | None = None,
    ) -> None:
        self.documents = tuple(documents)
        self.extracted = tuple(claims)
        self.theatre = theatre
        self.unknowns = tuple(unknowns)
        self.decisions = tuple(decisions)
        self.program_version = program_version
        self.path = path

    @classmethod
    def open(cls, path: Path | str) -> Chronicle:
        """The chronicle in the file at ``path``, equal to the one that was saved.

        Raises `ChronicleError`: ``chronicle.missing``, ``chronicle.not_a_chronicle``, ``chronicle.newer``, ``chronicle.damaged``.
        """
        where = Path(path)
        content = store.load(where)
        return cls(
            content.documents,
            content.claims,
            content.theatre,
            content.unknowns,
            content.decisions,
            program_version=content.program_version,
            path=where,
        )

    def save(self, path: Path | str) -> Chronicle:
        """Write the chronicle to ``path`` in one step and return it as that file. An older file there is replaced at the end.

        Raises `ChronicleError` (``chronicle.unwritable``); what was there before then stays as it was.
        """
        where = Path(path)
        content = store.Content(
            self.documents, self.extracted, self.theatre, self.unknowns, self.decisions, self.program_version
        )
        store.save(where, content)
        self.path = where
        return self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Chronicle):
            return NotImplemented
        return (self.documents, self.extracted, self.theatre, self.unknowns, self.decisions) == (
            other.documents,
            other.extracted,
            other.theatre,
            other.unknowns,
            other.decisions,
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        name = self.theatre.id if self.theatre else "none"
        return f"<Chronicle: {len(self.documents)} documents, {len(self.claims)} claims, theatre {name}>"

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims with people's decisions replayed over them: rejected ones left out, corrected ones corrected."""
        return replay(self.extracted, self.decisions)

    @cached_property
    def evidence(self) -> tuple[Claim, ...]:
        """The claims that events, tolls and control are worked out from.

        Where a language model's claims stand beside others, its claims count only once a person has accepted them; where there are no
        others, all count.
        """
        others = [claim for claim in self.claims if not claim.extractor.startswith("llm:")]
        if not others or len(others) == len(self.claims):
            return self.claims
        accepted = {decision.claims[0] for decision in self.decisions if decision.kind == "accept"}
        return tuple(claim for claim in self.claims if not claim.extractor.startswith("llm:") or claim.id in accepted)

    def only(self, extractor: str) -> Chronicle:
        """The chronicle with the claims of one extractor: ``rules``, ``llm``, ``import``, or more of the name, such as ``import:ged``."""
        return Chronicle(
            self.documents,
            (claim for claim in self.extracted if made_by(claim, extractor)),
            self.theatre,
            self.unknowns,
            self.decisions,
            program_version=self.program_version,
        )

    @cached_property
    def _by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def _documents_by_id(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    def claim(self, claim: str) -> Claim:
        """The claim with this id, or the only one whose id begins so. Raises `UnknownNameError` (``unknown.claim``)."""
        if claim in self._by_id:
            return self._by_id[claim]
        near = [key for key in self._by_id if claim and key.startswith(claim)]
        if len(near) == 1:
            return self._by_id[near[0]]
        if near:
            what, hint = f"{len(near)} claims begin with {claim!r}.", f"Write more of it: {', '.join(near[:5])}."
        else:
            what, hint = f"There is no claim {claim!r}.", "List them: zubda claims FILE.zubda"
        raise UnknownNameError("claim", what, hint, near[:5])

    def document(self, document: str) -> Document:
        """The document with this id. Raises `UnknownNameError` (``unknown.document``)."""
        if document not in self._documents_by_id:
            raise UnknownNameError(
                "document",
                f"There is no document {document!r}.",
                "A claim names its document by id.",
                list(self._documents_by_id),
            )
        return self._documents_by_id[document]

    def sentence(self, claim: Claim) -> str:
        """The raw characters that carry the claim, its spans joined by a space."""
        raw = self.document(claim.document).raw
        return " ".join(raw[start:end] for start, end in claim.spans)

    def quote(self, claim: Claim) -> str:
        """What `sentence` gives, as a person reads it: without markup, links and notes."""
        document = self.document(claim.document)
        spans = (document.offsets.plain_span(start, end) for start, end in claim.spans)
        return " ".join(" ".join(document.text[start:end].split()) for start, end in spans)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names to places, of this chronicle's theatre."""
        from zubda.gazetteer import Gazetteer

        return Gazetteer(self.theatre)

    def place_id(self, place: str) -> str:
        """The id of a place, by id or by any spelling in any script.

        Raises `UnknownNameError` (``unknown.place``) with the nearest names.
        """
        from zubda.names import letter_key

        met = self._met_places
        if place in met or (self.theatre and place in self.theatre.places):
            return place
        same = [key for key, surface in met.items() if letter_key(surface) == letter_key(place)]
        if same:
            return same[0]
        return self.gazetteer.find(place)[0][0]

    def place_name(self, place: str) -> str:
        """The name of a place or road to show, by its id: English, else the theatre's first, else as the text has it."""
        entry = self.theatre and (self.theatre.places.get(place) or self.theatre.routes.get(place))
        if entry:
            return _shown(entry.names, place)
        return self._met_places.get(place) or place.removeprefix("x:")

    def source_name(self, source: str) -> str:
        """The name of a source to show, by its id (an actor's or a side's too): English, else the theatre's first, else as it is met."""
        war = self.war
        entry = war.sources.get(source) or war.actors.get(source) or war.sides.get(source)
        return _shown(entry.names, source) if entry else source.removeprefix("x:")

    @cached_property
    def _met_places(self) -> dict[str, str]:
        """Ids of places that the text names and the theatre does not know, with the first surface form."""
        met: dict[str, str] = {}
        for claim in self.claims:
            for mention in claim.places:
                if mention.place and mention.place.startswith("x:"):
                    met.setdefault(mention.place, mention.surface)
        return met

    @cached_property
    def war(self) -> Theatre:
        """The theatre it was read with; without one, the sides that the claims themselves tell of."""
        from zubda.theatres import derive_theatre

        return self.theatre or derive_theatre(self.claims)

    @cached_property
    def posterior(self) -> Posterior:
        """Who held each place on each day: the model fitted to the `evidence`."""
        from zubda.control import fit

        return fit(self.evidence, self.war)

    @property
    def control(self) -> xarray.DataArray:
        """Probabilities by place, day and holder, as an array with those three dimensions."""
        array: xarray.DataArray = self.posterior.to_xarray()
        return array

    def view(self, sources: Collection[str]) -> Posterior:
        """The same model fitted to chosen sources only.

        ``sources`` are ids of sources, ``side:<code>`` for all that are aligned with a side, ``text`` for the account's own voice.
        """
        from zubda.control import fit

        return fit(self.evidence, self.war, view=sources)

    def held(self, place: str, on: date | str) -> Held:
        """Who held ``place`` (id or any spelling) at the end of the day ``on`` (a date, or ISO text).

        Raises `UnknownNameError` (``unknown.place``) and `UsageError` (``usage.date``).
        """
        return self.posterior.held(self.place_id(place), as_day(on))

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """Claims linked to events, with the reasons, the disputes and the tolls."""
        from zubda.reconciliation import reconcile

        return reconcile(self.evidence, self.theatre, self.decisions, self.documents)

    @property
    def events(self) -> tuple[Event, ...]:
        """Events, in the order of their first day."""
        return self.reconciliation.events

    def disputes(self) -> tuple[Dispute, ...]:
        """Claims that contradict each other, heaviest first."""
        return self.reconciliation.disputes

    def tolls(self, **filters: Any) -> Any:
        """Tolls over a period, place, side and kind of harm; the filters are those of `Reconciliation.tolls`."""
        return self.reconciliation.tolls(**filters)

    def decide(self, decisions: Sequence[Decision]) -> Chronicle:
        """A chronicle with these decisions added to its log; if it has a file, they are added there too.

        Raises `UsageError` (``usage.decision``) for one that cannot be replayed, before anything is kept.
        """
        for decision in decisions:
            check_decision(decision)
        if self.path:
            store.append_decisions(self.path, decisions)
        return Chronicle(
            self.documents,
            self.extracted,
            self.theatre,
            self.unknowns,
            (*self.decisions, *decisions),
            program_version=self.program_version,
            path=self.path,
        )

    def to_polars(self) -> polars.DataFrame:
        """One row a claim; the columns are those of `zubda.chronicle.frame.claims_frame`."""
        from zubda.chronicle.frame import claims_frame

        return claims_frame(self)


def _shown(names: Mapping[str, str], identity: str) -> str:
    return names.get("en") or next(iter(names.values()), identity)


def made_by(claim: Claim, extractor: str) -> bool:
    """Whether an extractor of that name, or whose name begins with it and a colon, made the claim."""
    return claim.extractor == extractor or claim.extractor.startswith(f"{extractor}:")


def claim_type(name: str) -> str:
    """The claim type of that name. Raises `UsageError` (``usage.type``)."""
    if name not in CLAIM_TYPES:
        raise UsageError("type", f"There is no claim type {name!r}.", f"The types are: {', '.join(CLAIM_TYPES)}.")
    return name


def as_day(day: date | str) -> date:
    """A date from a date or ISO text. Raises `UsageError` (``usage.date``)."""
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as problem:
        raise UsageError("date", f"{day!r} is no day.", "Write it as year-month-day, such as 2012-08-08.") from problem
