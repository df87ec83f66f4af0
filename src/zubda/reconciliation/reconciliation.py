"""The whole of it: claims in; events, disputes and tolls out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from zubda.errors import UnknownNameError
from zubda.model import Claim, Decision, Dispute, Document, Event, LinkReason, Theatre
from zubda.reconciliation.disputes import find_disputes
from zubda.reconciliation.events import build_events
from zubda.reconciliation.linkage import Linkage, link_claims
from zubda.reconciliation.periods import PeriodToll, Selection, SeriesPoint, period_tolls, toll_series
from zubda.reconciliation.witnesses import Witness

__all__ = ["Reconciliation", "reconcile"]


@dataclass(frozen=True)
class Reconciliation:
    """Claims joined to events, with the reasons, the disputes and the tolls. All lazily worked out parts are kept."""

    claims: tuple[Claim, ...]
    theatre: Theatre | None
    linkage: Linkage

    @cached_property
    def _built(self) -> tuple[tuple[Event, ...], tuple[tuple[Witness, ...], ...]]:
        return build_events(self.linkage, self.claims, self.theatre)

    @property
    def events(self) -> tuple[Event, ...]:
        """Events, in the order of their first day."""
        return self._built[0]

    @cached_property
    def _by_id(self) -> dict[str, Event]:
        return {event.id: event for event in self.events}

    @cached_property
    def _event_of(self) -> dict[str, Event]:
        return {claim: event for event in self.events for claim in event.claims}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {claim.id: row for row, claim in enumerate(self.claims)}

    def event(self, event: str) -> Event:
        """The event with this id, or the only one whose id begins so. Raises `UnknownNameError` (``unknown.event``)."""
        if event in self._by_id:
            return self._by_id[event]
        near = [key for key in self._by_id if event and key.startswith(event)]
        if len(near) == 1:
            return self._by_id[near[0]]
        hint = f"It could be {', '.join(near[:5])}." if near else "List them: zubda events FILE.zubda"
        raise UnknownNameError("event", f"There is no event {event!r}.", hint, near[:5])

    def event_of(self, claim: str) -> Event:
        """The event that a claim is about. Raises `UnknownNameError` (``unknown.claim``)."""
        self._row(claim)
        return self._event_of[claim]

    def witnesses(self, event: str) -> tuple[Witness, ...]:
        """The independent origins behind an event, with who copied whom."""
        return self._built[1][self.events.index(self.event(event))]

    def why(self, a: str, b: str) -> LinkReason:
        """Why two claims are, or are not, about one event. Raises `UnknownNameError` (``unknown.claim``)."""
        return self.linkage.explain(self._row(a), self._row(b))

    def links(self, event: str) -> Iterator[LinkReason]:
        """For each claim of an event but the first, the strongest link that ties it to one before it."""
        rows = [self._row(claim) for claim in self.event(event).claims]
        for number, row in enumerate(rows[1:], start=1):
            reasons = [self.linkage.explain(other, row) for other in rows[:number]]
            yield max(reasons, key=lambda reason: (reason.decided == "person", reason.decided == "model", reason.total))

    def _row(self, claim: str) -> int:
        if claim not in self._rows:
            raise UnknownNameError("claim", f"There is no claim {claim!r}.", "List them: zubda claims FILE.zubda")
        return self._rows[claim]

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """Claims that cannot all be right, heaviest first."""
        return find_disputes(self.events, self._claims, self.theatre)

    def tolls(
        self,
        first: date | None = None,
        last: date | None = None,
        place: str | None = None,
        side: str | None = None,
        what: str | None = None,
        by: str = "side",
    ) -> tuple[PeriodToll, ...]:
        """Tolls over a time, a place (id, with all inside it), a side and a kind of harm, added over events by ``by``.

        ``by`` is ``side``, ``source``, ``place``, ``month`` or ``perpetrator`` (as alleged). Raises `UsageError` (``usage.by``,
        ``usage.what``) and `UnknownNameError` (``unknown.side``).
        """
        return period_tolls(self.events, self._claims, self.theatre, self._chosen(first, last, place, side, what, by))

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    def _chosen(self, *which: Any) -> Selection:
        chosen = Selection(*which)
        chosen.check(self.theatre)
        return chosen

    def series(
        self,
        first: date | None = None,
        last: date | None = None,
        place: str | None = None,
        side: str | None = None,
        what: str = "killed",
        by: str = "side",
    ) -> dict[str, tuple[SeriesPoint, ...]]:
        """The same, cumulative by day: for each key the points at which it grows, with the band from low to high."""
        return toll_series(self.events, self._claims, self.theatre, self._chosen(first, last, place, side, what, by))


def reconcile(
    claims: Sequence[Claim],
    theatre: Theatre | None = None,
    decisions: Sequence[Decision] = (),
    documents: Sequence[Document] = (),
) -> Reconciliation:
    """Join claims to events. ``documents`` give their wording; ``decisions`` on pairs of claims win over the weights."""
    return Reconciliation(tuple(claims), theatre, link_claims(claims, theatre, decisions, documents))
