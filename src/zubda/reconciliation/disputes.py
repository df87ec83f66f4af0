"""Disputes: claims that cannot all be right, found in events and between statements of who holds a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from math import log2

from zubda.model import Claim, DayRange, Dispute, Event, Position, Theatre, Toll
from zubda.reconciliation.accounts import rival_accounts
from zubda.reconciliation.alliances import rival_loyalties
from zubda.reconciliation.beginnings import rival_beginnings
from zubda.reconciliation.figures import PEOPLE_HARMED
from zubda.reconciliation.grades import ACCUSING
from zubda.reconciliation.holders import holder_disputes, stages_of
from zubda.reconciliation.kinds import STATES, TALK, type_level
from zubda.reconciliation.tolls import ALL
from zubda.reconciliation.witnesses import source_label

__all__ = ["find_disputes"]

BASE = {"count": 2.0, "what": 3.0, "who": 3.0, "holder": 2.5, "when": 1.0}
"""What a dispute weighs by what it is about, before its size and its witnesses are seen."""

LESS = 0.5
MOST_SIZE = 2.0
SUMS = frozenset({"first count", "increase", "sum", "sum of days"})
BLAMED = ACCUSING | {"supply"}
"""Types about whose actor sources may differ: who did a wrong, or cut what a town lives on; in a fight both sides attack."""

COMPATIBLE = 2
STAGE_OF = 5
"""How many times larger a toll is than the count of one clash, for the clash to be a stage of what the toll counts."""

GROUND = frozenset({"territory", "clash", "withdrawal", "movement", "siege"})
FOUGHT = frozenset({"clash", "attack_on_civilians", "shelling", "airstrike", "bomb"})


def find_disputes(events: Sequence[Event], claims: Mapping[str, Claim], theatre: Theatre | None) -> tuple[Dispute, ...]:
    """All disputes, heaviest first. ``claims`` maps ids to claims."""
    found: list[Dispute] = []
    event_of = {claim: event.id for event in events for claim in event.claims}
    stages = stages_of(list(claims.values()))
    for event in events:
        members = [claims[claim] for claim in event.claims]
        found += _counts(event, claims)
        found += _denials(event, members)
        found += _actors(event, members)
        found += _days(event, members, stages)
    found += _enclosed(list(claims.values()))
    for about, topic, positions, weight, days, places in holder_disputes(list(claims.values()), theatre, stages):
        first = event_of.get(positions[0].claims[0])
        found.append(_dispute(about, topic, positions, BASE[about] * weight, first, days, places))
    found += _rival_accounts(claims.values(), event_of)
    found += _rival_beginnings(list(claims.values()), event_of)
    found += _rival_loyalties(list(claims.values()), event_of)
    return tuple(_told_once(sorted(found, key=lambda dispute: (-dispute.weight, dispute.id))))


def _told_once(ranked: Sequence[Dispute]) -> Iterator[Dispute]:
    """Disputes, heaviest first, without those whose claims a heavier one has all, or that oppose one more figure to the same one."""
    kept: list[Dispute] = []
    for dispute in ranked:
        named = _claims_of(dispute)
        if not any(named <= _claims_of(other) or _one_more_figure(dispute, other) for other in kept):
            kept.append(dispute)
            yield dispute


def _claims_of(dispute: Dispute) -> set[str]:
    return {claim for position in dispute.positions for claim in position.claims}


def _one_more_figure(dispute: Dispute, heavier: Dispute) -> bool:
    same = (dispute.about, dispute.event, dispute.topic) == ("count", heavier.event, heavier.topic)
    return same and bool(_claims_of(dispute) & _claims_of(heavier))


def _rival_accounts(claims: Iterable[Claim], event_of: Mapping[str, str]) -> Iterator[Dispute]:
    """What the text sets against each other, whatever it is about; heavier where each names another side as the one who did it."""
    for one, other in rival_accounts(list(claims)):
        positions = [_position(_says(one), [one]), _position(_says(other), [other])]
        if positions[0].says == positions[1].says:
            continue
        places = tuple(dict.fromkeys((*one.place_ids, *other.place_ids)))
        blamed = [_parties(claim)[0] - {"unknown"} for claim in (one, other)]
        about = "what" if {one.type, other.type} & TALK or not all(blamed) or blamed[0] & blamed[1] else "who"
        weight = BASE[about] * _voices(positions) * (LESS if about == "what" else 1.0)
        topic = f"who did it: {one.type}" if about == "who" else other.type
        yield _dispute(about, topic, positions, weight, event_of.get(other.id), other.date, places)


def _rival_loyalties(claims: Sequence[Claim], event_of: Mapping[str, str]) -> Iterator[Dispute]:
    for side, stands in rival_loyalties(claims):
        positions = [_position(f"{side} with {beside}", told) for beside, told in stands.items()]
        days = [claim.date for told in stands.values() for claim in told if claim.date]
        when = DayRange(min(day.first for day in days), max(day.last for day in days))
        weight = BASE["who"] * _voices(positions) * LESS
        yield _dispute("who", f"with whom: {side}", positions, weight, event_of.get(positions[0].claims[0]), when, ())


def _rival_beginnings(claims: Sequence[Claim], event_of: Mapping[str, str]) -> Iterator[Dispute]:
    for told in rival_beginnings(claims):
        days = [claim.date for claim in told if claim.date]
        positions = [
            _position(" to ".join(dict.fromkeys(day.as_list())), [claim]) for day, claim in zip(days, told, strict=True)
        ]
        weight, first = BASE["when"] * _voices(positions), told[-1]
        yield _dispute("when", "beginning", positions, weight, event_of.get(first.id), days[-1], first.place_ids)


def _says(claim: Claim) -> str:
    """What a claim says, in the words of the codebook."""
    if claim.control:
        return f"{claim.control.holder} {claim.control.change}"
    doers, done_to = ("+".join(dict.fromkeys(party.side for party in role)) for role in (claim.actors, claim.targets))
    denied = "denied: " if claim.polarity == "deny" else ""
    return f"{denied}{claim.type.replace('_', ' ')}{f' by {doers}' if doers else ''}{f' against {done_to}' if done_to else ''}"


def _dispute(
    about: str,
    topic: str,
    positions: Sequence[Position],
    weight: float,
    event: str | None,
    days: DayRange | None,
    places: tuple[str, ...],
) -> Dispute:
    key = "\x1f".join((about, *sorted(claim for position in positions for claim in position.claims)))
    name = "q" + blake2b(key.encode(), digest_size=6).hexdigest()[:11]
    return Dispute(name, about, topic, tuple(positions), round(weight, 3), event, days, places)


def _counts(event: Event, claims: Mapping[str, Claim]) -> Iterator[Dispute]:
    for row in event.toll:
        if row.group or row.rule in SUMS or (row.side == ALL and row.rule != "whole"):
            continue
        figures = _rival_figures(row, _stages(row, claims) | _denials_of(row, event))
        if len(figures) < 2:
            continue
        positions = [
            Position(
                _number(low, high), tuple(dict.fromkeys(s for s, _ in said)), tuple(dict.fromkeys(c for _, c in said))
            )
            for (low, high), said in figures.items()
        ]
        lows = [low for low, _ in figures]
        size = min(MOST_SIZE, log2((max(lows) + 1) / (min(lows) + 1)))
        weight = BASE["count"] * (1 + size) * _voices(positions) * (1.0 if row.what in PEOPLE_HARMED else LESS * LESS)
        topic = f"{row.what.replace('_', ' ')}, {row.side}"
        yield _dispute("count", topic, positions, weight, event.id, row.date or event.date, event.places)


def _denials_of(row: Toll, event: Event) -> set[str]:
    """Claims against the event that count nobody: the dispute over what happened has them."""
    return {source.claim for source in row.sources if source.high == 0} & set(event.against)


def _stages(row: Toll, claims: Mapping[str, Claim]) -> set[str]:
    """Claims whose figure the account itself gives for one clash of a fight whose toll others count many times larger."""
    most = max((source.low or 0 for source in row.sources), default=0)
    return {
        source.claim
        for source in row.sources
        if claims[source.claim].source is None
        and claims[source.claim].type == "clash"
        and (source.high or most) * STAGE_OF <= most
    }


def _rival_figures(row: Toll, left_out: set[str]) -> dict[tuple[int, int | None], list[tuple[str, str]]]:
    """Figures that do not overlap, with who gives each; one source's revisions alone are no dispute.

    ``left_out`` are claims that stand in no dispute over numbers: stages, and denials, which are another one.
    """
    figures: dict[tuple[int, int | None], list[tuple[str, str]]] = {}
    for source in row.sources:
        if source.claim not in left_out:
            figures.setdefault((source.low or 0, source.high), []).append((source.source, source.claim))
    if len({source for said in figures.values() for source, _ in said}) < 2:
        return {}
    bounds = list(figures)
    apart = {
        a
        for a in bounds
        for b in bounds
        if a != b and ((a[1] is not None and a[1] < b[0]) or (b[1] is not None and b[1] < a[0]))
    }
    return {bound: said for bound, said in figures.items() if bound in apart}


def _number(low: int | None, high: int | None) -> str:
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _denials(event: Event, members: Sequence[Claim]) -> Iterator[Dispute]:
    denying = [claim for claim in members if claim.polarity == "deny"]
    affirming = [claim for claim in members if claim.polarity == "affirm" and claim.type not in TALK]
    if not denying or not affirming:
        return
    same = [claim for claim in affirming if any(claim.type == other.type for other in denying)] or affirming
    same = [claim for claim in same if any(_parties(claim) == _parties(other) for other in denying)] or same
    positions = [_position("it happened", same), _position("denied", denying)]
    yield _dispute("what", event.type, positions, BASE["what"] * _voices(positions), event.id, event.date, event.places)


def _parties(claim: Claim) -> tuple[set[str], set[str]]:
    """The sides that act and that are acted upon."""
    return {party.side for party in claim.actors}, {party.side for party in claim.targets}


def _actors(event: Event, members: Sequence[Claim]) -> Iterator[Dispute]:
    """Different sources that name different sides as the one who did it, or as the one it was done to."""
    told = [claim for claim in members if claim.polarity == "affirm" and claim.type not in STATES | TALK]
    accused = [c for c in told if c.type in BLAMED and type_level(c.type, event.type) <= COMPATIBLE]
    blamed = _by_sides(accused, "actors")
    if len(blamed) > 1 and not _both_ways(blamed):
        positions = [_position(says, claims) for says, claims in blamed.items()]
        weight = BASE["who"] * _voices(positions)
        yield _dispute("who", f"who did it: {event.type}", positions, weight, event.id, event.date, event.places)
    fought = [claim for claim in told if claim.actors and claim.type in FOUGHT]
    aimed = _by_sides(fought, "targets")
    if len(aimed) > 1 and _one_actor(aimed.values()):
        positions = [_position(f"against {says}", claims) for says, claims in aimed.items()]
        weight = BASE["who"] * _voices(positions) * LESS
        yield _dispute("who", f"against whom: {event.type}", positions, weight, event.id, event.date, event.places)


def _by_sides(claims: Sequence[Claim], role: str) -> dict[str, list[Claim]]:
    """Claims by the sides they name in a role, where sources differ on them: sides named by one source only, and apart."""
    named: dict[frozenset[str], list[Claim]] = {}
    for claim in claims:
        sides = frozenset(party.side for party in getattr(claim, role)) - {"unknown"}
        if sides:
            named.setdefault(sides, []).append(claim)
    apart = {
        sides: told for sides, told in named.items() if not any(sides & other for other in named if other != sides)
    }
    speakers = [{source_label(claim) for claim in told} for told in apart.values()]
    if len(apart) < 2 or any(a & b for number, a in enumerate(speakers) for b in speakers[number + 1 :]):
        return {}
    return {" and ".join(sorted(sides)): told for sides, told in apart.items()}


def _one_actor(groups: Iterable[Sequence[Claim]]) -> bool:
    """Whether all groups of claims tell of one side as the actor."""
    actors = [{party.side for claim in told for party in claim.actors} for told in groups]
    return bool(set.intersection(*actors) - {"unknown"})


def _both_ways(blamed: Mapping[str, Sequence[Claim]]) -> bool:
    """Whether the sides blamed simply fight each other: one is the other's target."""
    for says, told in blamed.items():
        targets = {party.side for claim in told for party in claim.targets}
        if any(targets & set(other.split(" and ")) for other in blamed if other != says):
            return True
    return False


def _days(event: Event, members: Sequence[Claim], stages: frozenset[str]) -> Iterator[Dispute]:
    """One event put on different days by different sources, or one gain twice by one: what is told in stages is none."""
    told: dict[DayRange, list[Claim]] = {}
    for claim in members:
        if claim.date and claim.date.days <= 3 and claim.type == event.type and claim.polarity == "affirm":
            told.setdefault(claim.date, []).append(claim)
    days = sorted(told)
    if len(days) < 2 or days[0].overlap(days[-1]) or days[0].gap(days[-1]) == 0:
        return
    first, last = told[days[0]], told[days[-1]]
    where = [{place for claim in told for place in claim.place_ids} for told in (first, last)]
    if all(where) and not (where[0] & where[1]) - stages:
        return  # two quarters of one city
    one_source = {source_label(claim) for claim in first} & {source_label(claim) for claim in last}
    twice_gained = _gains(first) & _gains(last)
    if not twice_gained and (one_source or event.type in GROUND):
        return
    positions = [_position(" to ".join(dict.fromkeys(day.as_list())), told[day]) for day in (days[0], days[-1])]
    yield _dispute("when", event.type, positions, BASE["when"] * _voices(positions), event.id, event.date, event.places)


def _gains(claims: Iterable[Claim]) -> set[str]:
    return {claim.control.holder for claim in claims if claim.control and claim.control.change == "gained"}


def _position(says: str, claims: Sequence[Claim]) -> Position:
    return Position(says, tuple(dict.fromkeys(map(source_label, claims))), tuple(claim.id for claim in claims))


def _voices(positions: Sequence[Position]) -> float:
    """More for positions that several sources hold (the smaller one decides) and for two named ones than for the account's own."""
    named = sum(any(source not in ("text", "unnamed") for source in position.sources) for position in positions)
    return (0.8 + 0.2 * min(named, 2)) * (1 + log2(min(len(position.sources) for position in positions)))


def _enclosed(claims: Sequence[Claim]) -> Iterator[Dispute]:
    """A place said to be besieged by one side while another side is said to have a way into it."""
    ways: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.type == "supply" and claim.actors and claim.date:
            for place in claim.place_ids:
                ways.setdefault(place, []).append(claim)
    for siege in claims:
        if siege.type != "siege" or not siege.actors or siege.date is None or siege.polarity == "deny":
            continue
        besieger = {party.side for party in siege.actors}
        near = {way.id: way for place in siege.place_ids for way in ways.get(place, ())}
        for way in near.values():
            if way.date is None or not way.date.overlap(siege.date) or besieger & {party.side for party in way.actors}:
                continue
            shared = tuple(place for place in siege.place_ids if place in way.place_ids)
            if source_label(siege) != source_label(way):
                positions = [_position("besieged", [siege]), _position("has a way in", [way])]
                yield _dispute("what", "siege", positions, BASE["what"] * LESS, None, siege.date, shared)
