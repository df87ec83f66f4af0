"""What every model of control answers, and the simplest one that does: the last claim wins."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from zubda.control.sources import in_view, voice_of
from zubda.errors import UnknownNameError
from zubda.model import Claim, Held, Influence, Theatre

__all__ = ["CONTESTED", "ControlModel", "LastClaimWins", "claim_span", "place_index", "states_of"]

WHOLE = 0.85

CONTESTED = "contested"
"""The state of a place that is split, or fought over with no side holding the whole of it."""


@runtime_checkable
class ControlModel(Protocol):
    """Who held which place on which day, by some method.

    ``places`` are ids in a fixed order, ``first`` and ``last`` the days that claims speak of, ``states`` the ids of the
    sides that can hold places and, last, ``contested``. ``view`` names the sources that were asked.
    """

    @property
    def places(self) -> tuple[str, ...]: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def states(self) -> tuple[str, ...]: ...
    @property
    def method(self) -> str: ...
    @property
    def view(self) -> str: ...

    def held(self, place_id: str, day: date) -> Held:
        """The holder at the end of the day. Raises `UnknownNameError` (``unknown.place``) for an id not in ``places``."""
        ...

    def probabilities(self, day: date) -> NDArray[np.float64]:
        """Places by states, each row summing to 1; a row of NaN where nobody said anything about the place."""
        ...


def states_of(theatre: Theatre) -> tuple[str, ...]:
    """The states of a place in this theatre: its holders in the order of the files, then `CONTESTED`."""
    return (*theatre.holders(), CONTESTED)


def place_index(places: Sequence[str], place_id: str, index: dict[str, int]) -> int:
    """Position of a place, or `UnknownNameError` with the nearest ids."""
    found = index.get(place_id)
    if found is not None:
        return found
    from rapidfuzz import process

    near = [name for name, _, _ in process.extract(place_id, places, limit=3)]
    raise UnknownNameError(
        "place", f"No place has the id {place_id!r}.", "Use an id of the theatre, or look the name up first.", near
    )


def claim_span(claims: Sequence[Claim], theatre: Theatre) -> tuple[date, date]:
    """First and last day that dated claims and the theatre speak of; one day, 1970-01-01, if neither does.

    Claims that end before the theatre's first day tell how things stood when it began: they widen the span, unless the theatre
    itself says who held what then. Claims dated more than thirty years off the rest of the war are history, and do not.
    """
    dates = [claim.date for claim in claims if claim.date is not None and claim.place_ids]
    near = date(theatre.first.year - 30, 1, 1) if theatre.first else date.min
    if theatre.first and any(place.held_at_start for place in theatre.places.values()):
        near = theatre.first
    dates = [span for span in dates if span.last >= near]
    first = [max(span.first, near) for span in dates] + ([theatre.first] if theatre.first else [])
    last = [span.last for span in dates] + ([theatre.last] if theatre.last else [])
    if not first or not last:
        return date(1970, 1, 1), date(1970, 1, 1)
    return min(first), max(*last, min(first)) if len(last) > 1 else max(last[0], min(first))


class LastClaimWins:
    """Last-claim-wins by place and day: the holder named by the latest claim that is not denied.

    A claim counts from the last day of its range. One about a whole larger place counts for the places inside it. A side
    that lost or left a place leaves it ``contested`` unless only one other side can hold places. The answer has
    probability 1, since the method knows no doubt. ``view`` limits it to chosen sources, as in `zubda.control.fit`.
    """

    def __init__(self, claims: Sequence[Claim], theatre: Theatre, *, view: Collection[str] | None = None) -> None:
        self._states = states_of(theatre)
        self._first, self._last = claim_span(claims, theatre)
        self._view = "all" if view is None else ", ".join(sorted(view))
        self._theatre = theatre
        told: dict[str, list[tuple[date, int, str, str]]] = defaultdict(list)
        for order, claim in enumerate(claims):
            if claim.control is None or claim.date is None or claim.polarity == "deny":
                continue
            if view is not None and not in_view(voice_of(claim, theatre), view):
                continue
            holder = self._holder(claim.control.holder, claim.control.change)
            for place in claim.place_ids:
                if holder is not None and (claim.control.share is None or claim.control.share[0] >= WHOLE):
                    told[place].append((claim.date.last, order, holder, claim.id))
        self._places = tuple(dict.fromkeys((*theatre.places, *told)))
        self._index = {place: at for at, place in enumerate(self._places)}
        self._told = {place: sorted(rows) for place, rows in told.items()}

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the theatre's places and of those that claims added."""
        return self._places

    @property
    def first(self) -> date:
        """First day that claims speak of."""
        return self._first

    @property
    def last(self) -> date:
        """Last day that claims speak of."""
        return self._last

    @property
    def states(self) -> tuple[str, ...]:
        """Side ids, then ``contested``."""
        return self._states

    @property
    def method(self) -> str:
        """``last-claim-wins``."""
        return "last-claim-wins"

    @property
    def view(self) -> str:
        """The sources asked, or ``all``."""
        return self._view

    def held(self, place_id: str, day: date) -> Held:
        """The holder by the latest claim; raises `UnknownNameError` (``unknown.place``) for an id that nobody knows."""
        place_index(self._places, place_id, self._index)
        latest = self._latest(place_id, day)
        if latest is None:
            return Held(place_id, day, None, {}, (), self.method, self._view)
        probabilities = {state: float(state == latest[2]) for state in self._states}
        return Held(place_id, day, latest[2], probabilities, (Influence(latest[3], 1.0),), self.method, self._view)

    def probabilities(self, day: date) -> NDArray[np.float64]:
        """Places by states: ones and zeros, NaN where nobody said anything."""
        table = np.full((len(self._places), len(self._states)), np.nan)
        for row, place in enumerate(self._places):
            latest = self._latest(place, day)
            if latest is not None:
                table[row] = 0.0
                table[row, self._states.index(latest[2])] = 1.0
        return table

    def _latest(self, place: str, day: date) -> tuple[date, int, str, str] | None:
        found = []
        for name in (place, *self._theatre.ancestors(place)):
            rows = self._told.get(name, [])
            at = bisect_right(rows, day, key=lambda row: row[0])
            if at:
                found.append(rows[at - 1])
        return max(found, default=None)

    def _holder(self, side: str, change: str) -> str | None:
        if change == CONTESTED:
            return CONTESTED
        holder = self._theatre.holder_of(side)
        if holder is None or change not in ("lost", "withdrew"):
            return holder
        others = [state for state in self._states[:-1] if state != holder]
        return others[0] if len(others) == 1 else CONTESTED
