"""Events from linked claims: what, when, where, who, how well attested, at what cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from zubda.model import Claim, DayRange, Event, Theatre
from zubda.reconciliation.columns import NO_DAY
from zubda.reconciliation.grades import grade
from zubda.reconciliation.kinds import STATES, TALK
from zubda.reconciliation.linkage import Linkage
from zubda.reconciliation.tolls import event_toll
from zubda.reconciliation.witnesses import Witness, source_label, witnesses_of

__all__ = ["build_events", "event_id", "members_of"]

RANK = (
    "territory",
    "clash",
    "withdrawal",
    "siege",
    "airstrike",
    "shelling",
    "suicide_bomb",
    "bomb",
    "chemical",
    "execution",
)
"""Of types that as many claims give, the one that names the event."""


def members_of(linkage: Linkage) -> list[list[int]]:
    """Rows of the claims of each event, in reading order, events in the order of their days."""
    groups: dict[int, list[int]] = {}
    columns = linkage.columns
    for row, first in enumerate(linkage.event.tolist()):
        groups.setdefault(first, []).append(row)
    days = columns.first.tolist()

    def by_day(rows: list[int]) -> tuple[int, int]:
        known = [days[row] for row in rows if days[row] != NO_DAY]
        return (min(known) if known else 2**31, rows[0])

    return sorted(
        (sorted(rows, key=lambda row: (columns.document[row], columns.sentence[row], row)) for rows in groups.values()),
        key=by_day,
    )


def event_id(claims: Sequence[Claim]) -> str:
    """An id that stays while the event's first claim does: ``e`` and that claim's digits."""
    return "e" + min(claim.id for claim in claims)[1:]


def build_events(
    linkage: Linkage, claims_by_row: Sequence[Claim], theatre: Theatre | None
) -> tuple[tuple[Event, ...], tuple[tuple[Witness, ...], ...]]:
    """The events that linkage finds among these claims, and the witnesses of each."""
    events: list[Event] = []
    witnesses: list[tuple[Witness, ...]] = []
    for rows in members_of(linkage):
        claims = [claims_by_row[row] for row in rows]
        found = witnesses_of(claims, theatre, _worded_alike(linkage, rows))
        against = _against(claims)
        events.append(
            Event(
                id=event_id(claims),
                type=_type(claims),
                date=_date(claims),
                places=_places(claims, theatre),
                sides=tuple(dict.fromkeys(side for claim in claims for side in claim.sides)),
                claims=tuple(claim.id for claim in claims),
                against=against,
                witnesses=len(found),
                grade=grade(claims, against, found, theatre),
                toll=event_toll(claims, theatre),
            )
        )
        witnesses.append(found)
    return tuple(events), tuple(witnesses)


def _worded_alike(linkage: Linkage, rows: Sequence[int]) -> dict[tuple[str, str], float]:
    """Similarity of wording, 0 to 1, of the event's claims from different documents."""
    columns = linkage.columns
    if len({int(columns.document[row]) for row in rows}) < 2 or not columns.wording.any():
        return {}
    alike: dict[tuple[str, str], float] = {}
    for a, b in combinations(rows, 2):
        if columns.document[a] != columns.document[b] and columns.wording[a, 0] and columns.wording[b, 0]:
            first, second = sorted((columns.ids[a], columns.ids[b]))
            alike[first, second] = float((columns.wording[a] == columns.wording[b]).mean())
    return alike


def _against(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Claims that deny the event, if any affirms it, and claims whose outcome excludes the one most claims give."""
    denying = [claim.id for claim in claims if claim.polarity == "deny"]
    denying = denying if len(denying) < len(claims) else []
    having = [
        claim
        for claim in claims
        if claim.control and claim.control.change in ("gained", "holds") and claim.polarity == "affirm"
    ]
    holders = Counter(claim.control.holder for claim in having if claim.control)
    if len(holders) > 1:
        winner = holders.most_common(1)[0][0]
        told = {source_label(claim) for claim in having if claim.control and claim.control.holder == winner}
        denying += [
            claim.id
            for claim in having
            if claim.control and claim.control.holder != winner and source_label(claim) not in told
        ]
    return tuple(dict.fromkeys(denying))


def _type(claims: Sequence[Claim]) -> str:
    told = [claim.type for claim in claims if claim.type not in STATES | TALK] or [claim.type for claim in claims]
    counted = Counter(told)
    return max(counted, key=lambda name: (counted[name], -RANK.index(name) if name in RANK else -len(RANK), name))


def _date(claims: Sequence[Claim]) -> DayRange | None:
    """The days that the most precise claims give: those no longer than twice the shortest."""
    known = [claim.date for claim in claims if claim.date]
    if not known:
        return None
    shortest = min(days.days for days in known)
    precise = [days for days in known if days.days <= 2 * shortest]
    return DayRange(min(days.first for days in precise), max(days.last for days in precise))


def _places(claims: Sequence[Claim], theatre: Theatre | None) -> tuple[str, ...]:
    """Ids of the places, without those that only hold another of them."""
    named = dict.fromkeys(place for claim in claims for place in claim.place_ids)
    above = {parent for place in named for parent in (theatre.ancestors(place) if theatre else ())}
    return tuple(place for place in named if place not in above)
