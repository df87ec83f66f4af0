"""Roads and sieges of one view over the whole time, as spans of one state each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from zubda.control import Posterior
from zubda.control.access import Access, AccessModel
from zubda.server.page_data.columns import day_number
from zubda.server.page_data.numbering import Numbering

__all__ = ["ways"]

QUIET_DAYS = 30
MOST_LOOKS, FEWEST_LOOKS = 300, 24
PLACES_LOOKED_AT = 60_000
"""Places times days looked at, at most: the work grows with both."""

TELLING = frozenset({"siege", "supply"})
BEHIND = 6
STATUS = {"open": "open", "threatened": "contested", "cut": "cut"}

Way = tuple[str, str, str]
"""Kind, id and side of a way."""

States = Mapping[Way, tuple[str, float]]


class _StatesFirst(AccessModel):
    """The same answers without the claims behind them, which take longer than the states, until they are asked for."""

    explains = False

    def _told(self, *subject: Any) -> tuple[str, ...]:
        return super()._told(*subject) if self.explains else ()

    def _behind(self, *place: Any) -> tuple[str, ...]:
        return super()._behind(*place) if self.explains else ()


def ways(numbering: Numbering, posterior: Posterior) -> dict[str, Any]:
    """``routes/<view>.json``: for each road and side, and each encircled place, the spans in which it was in one state.

    The war is looked at on the days that claims on control, sieges and supply are about, and once a month; where they are more
    than a war of its size has time for, on so many of them, evenly chosen.
    """
    last = numbering.axis[1]
    model = _StatesFirst(posterior)
    seen = dict(_looks(numbering, model))
    model.explains = True
    roads: dict[str, list[dict[str, Any]]] = defaultdict(list)
    sieges: dict[tuple[str, date, date], list[tuple[str, float]]] = defaultdict(list)
    for (kind, name, side), state, begin, end, chance in _spans(seen, last):
        if kind == "route":
            claims = model.route(name, side, begin).claims
            roads[name].append(
                {
                    "side": side,
                    "status": STATUS[state],
                    "first": day_number(begin),
                    "last": day_number(end),
                    "probability": round(chance, 3),
                    "claims": numbering.positions(claims[:BEHIND]),
                }
            )
        elif state == "encircled":
            sieges[side, begin, end].append((name, chance))
    return {
        "roads": [{"route": name, "spans": spans} for name, spans in roads.items()],
        "sieges": [_siege(numbering, model, *key, places) for key, places in sieges.items()],
    }


def _siege(
    numbering: Numbering, model: AccessModel, side: str, begin: date, end: date, places: list[tuple[str, float]]
) -> dict[str, Any]:
    claims = dict.fromkeys(claim for place, _ in places for claim in model.place(place, side, begin).claims[:BEHIND])
    return {
        "places": [numbering.place_at[place] for place, _ in places],
        "side": side,
        "by": None,
        "first": day_number(begin),
        "last": day_number(end),
        "probability": round(sum(chance for _, chance in places) / len(places), 3),
        "claims": numbering.positions(list(claims)[:BEHIND]),
    }


def _looks(numbering: Numbering, model: AccessModel) -> Iterator[tuple[date, States]]:
    """Days looked at, with the states of all ways on them."""
    for day in _telling_days(numbering):
        yield day, {_key(way): (way.state, way.probability) for way in model.on(day) if way.kind in ("route", "place")}


def _telling_days(numbering: Numbering) -> list[date]:
    """Both ends of the axis, a day in every month, and the first and last days of claims on control, sieges and supply."""
    first, last = numbering.axis
    days = {first, last, *(first + timedelta(days=at) for at in range(0, (last - first).days, QUIET_DAYS))}
    for claim in numbering.claims:
        if claim.date and (claim.control or claim.type in TELLING):
            days |= {claim.date.first, claim.date.last}
    inside = sorted(day for day in days if first <= day <= last)
    most = max(FEWEST_LOOKS, min(MOST_LOOKS, PLACES_LOOKED_AT // len(numbering.places)))
    if len(inside) <= most:
        return inside
    return [inside[round(at * (len(inside) - 1) / (most - 1))] for at in range(most)]


def _key(way: Access) -> Way:
    return way.kind, way.id, way.party


def _spans(seen: Mapping[date, States], last: date) -> Iterator[tuple[Way, str, date, date, float]]:
    """Way, state, first and last day, and the mean probability over the days looked at."""
    open_: dict[Way, tuple[str, date, list[float]]] = {}
    for day, states in seen.items():
        for way in [way for way in open_ if states.get(way, ("", 0.0))[0] != open_[way][0]]:
            state, begin, chances = open_.pop(way)
            yield way, state, begin, day - timedelta(days=1), sum(chances) / len(chances)
        for way, (state, chance) in states.items():
            open_.setdefault(way, (state, day, []))[2].append(chance)
    for way, (state, begin, chances) in open_.items():
        yield way, state, begin, last, sum(chances) / len(chances)
