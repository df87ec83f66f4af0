"""Who is said to be with whom: a side that is told to fight beside two enemies, or to stay neutral, at about one time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from zubda.model import Claim
from zubda.reconciliation.witnesses import source_label

__all__ = ["rival_loyalties"]

NEUTRAL = "nobody"
FOUGHT = frozenset({"clash", "territory", "airstrike", "shelling"})
UNARMED = frozenset({"civ", "un", "other", "unknown"})
MOST_DAYS = 31
LEAST_FIGHTS = 2
ENEMIES = 0.1

Stand = tuple[str, Claim]


def rival_loyalties(claims: Sequence[Claim]) -> Iterator[tuple[str, dict[str, list[Claim]]]]:
    """A side, and the claims by whom it is told to stand with: other sides that are each other's enemies, or ``nobody``.

    A side stands with those it joins, and with those beside whom it fights. Two sides are enemies if they are told to fight each
    other, and not seldom. Stands of a side are one dispute if each is at most a month from the next, and sources differ.
    """
    told = [claim for claim in claims if claim.polarity == "affirm" and claim.date is not None]
    enemies = _enemies(told)
    stands: dict[str, list[Stand]] = {}
    for claim in told:
        for side, beside in _stands(claim):
            stands.setdefault(side, []).append((beside, claim))
    for side, found in stands.items():
        found.sort(key=_day)
        for group in _near_in_time(found):
            positions = _opposed(group, enemies)
            if len(positions) > 1 and _sources_differ(positions):
                yield side, positions


def _day(stand: Stand) -> tuple[int, tuple[tuple[int, int], ...]]:
    claim = stand[1]
    return (claim.date.first.toordinal() if claim.date else 0), claim.spans


def _stands(claim: Claim) -> Iterator[tuple[str, str]]:
    actors = dict.fromkeys(party.side for party in claim.actors if party.side not in UNARMED)
    targets = dict.fromkeys(party.side for party in claim.targets if party.side not in UNARMED)
    if claim.type == "alliance":
        if any(rule.rule == "neutrality" for rule in claim.rules):
            yield from ((side, NEUTRAL) for side in actors)
        yield from ((side, other) for side in actors for other in targets if other != side)
    elif claim.type not in FOUGHT:
        return
    if len(actors) > 1:
        yield from ((side, other) for side in actors for other in actors if other != side)


def _enemies(claims: Sequence[Claim]) -> set[frozenset[str]]:
    fights: Counter[frozenset[str]] = Counter()
    for claim in claims:
        if claim.type in FOUGHT:
            actors, targets = {party.side for party in claim.actors}, {party.side for party in claim.targets}
            fights.update(frozenset((a, b)) for a in actors - UNARMED for b in targets - UNARMED - actors)
    most = max(fights.values(), default=0)
    return {pair for pair, times in fights.items() if times >= max(LEAST_FIGHTS, ENEMIES * most)}


def _near_in_time(stands: Sequence[Stand]) -> Iterator[list[Stand]]:
    group: list[Stand] = []
    for stand in stands:
        last, days = group[-1][1].date if group else None, stand[1].date
        if last is not None and days is not None and last.gap(days) > MOST_DAYS:
            yield group
            group = []
        group.append(stand)
    if group:
        yield group


def _opposed(group: Sequence[Stand], enemies: set[frozenset[str]]) -> dict[str, list[Claim]]:
    """The claims of a group by stand, without stands that none of the others excludes."""
    named: dict[str, list[Claim]] = {}
    for beside, claim in group:
        named.setdefault(beside, []).append(claim)

    def opposed(beside: str) -> bool:
        return any(
            other != beside and (NEUTRAL in (beside, other) or frozenset((beside, other)) in enemies) for other in named
        )

    return {beside: claims for beside, claims in named.items() if opposed(beside)}


def _sources_differ(positions: dict[str, list[Claim]]) -> bool:
    return len({source_label(claim) for told in positions.values() for claim in told}) > 1
