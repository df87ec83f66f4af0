"""Who stands with whom: parties as the nodes of a signed graph, blocs as the parts that agree with it best.

Fighting parts, fighting together joins (structural balance: the enemy of an enemy stands on one's own side; Cartwright & Harary
1956). The partition is found by growing two blocs from the strongest enmity and moving single parties while that helps; a party
that fights both blocs founds another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from zubda.model import Claim

__all__ = ["Edges", "attackers", "claim_edges", "find_blocs"]

Edges = dict[tuple[str, str], float]

FOUGHT = {
    "clash": 1.0, "territory": 1.0, "airstrike": 1.0, "shelling": 1.0, "siege": 1.0, "suicide_bomb": 1.0, "bomb": 1.0, "arrest": 0.7,
    "execution": 0.5, "attack_on_civilians": 0.5, "seizure": 1.0, "destruction": 0.7, "chemical": 1.0, "abduction": 0.5,
}  # fmt: skip
JOINED = {"alliance": 0.6, "movement": 0.3}
SAME_ROLE = 0.6
BACK = -0.4
COUNTER = "counter"
MOST_BLOCS = 5
ROUNDS = 20
OWN_SHARE = 0.25
FOUNDER_SHARE = 0.05


def edge(edges: Edges, one: str, other: str, weight: float) -> None:
    """Add a weight between two parties: negative for enmity, positive for standing together."""
    if one != other:
        key = (one, other) if one < other else (other, one)
        edges[key] = edges.get(key, 0.0) + weight


def claim_edges(claims: Iterable[Claim], nodes: Sequence[str]) -> Edges:
    """What claims tell of parties whose side codes are ``nodes``: actor against target, actor beside actor.

    Only parties that the text names count, not those whose side goes without saying.
    """
    edges: Edges = {}
    known = set(nodes)
    claims = list(claims)
    _taken_back(edges, claims, known)
    for claim in claims:
        if claim.polarity == "deny":
            continue
        actors, targets = (
            sorted({party.side for party in role if party.actor} & known) for role in (claim.actors, claim.targets)
        )
        weight = -FOUGHT.get(claim.type, 0.0) or JOINED.get(claim.type, 0.0)
        for one in actors:
            for other in targets:
                edge(edges, one, other, weight)
        for role in (actors, targets):
            for one, other in combinations(role, 2):
                if claim.type not in ("clash", "agreement", "statement"):
                    edge(edges, one, other, SAME_ROLE)
    return edges


def _taken_back(edges: Edges, claims: Iterable[Claim], known: set[str]) -> None:
    """Who strikes back at, or takes, a place that another party took before fights that party."""
    holders: dict[str, str] = {}
    for claim in claims:
        if claim.polarity == "deny":
            continue
        won = claim.control is not None and claim.type == "territory" and claim.control.change == "gained"
        back = won or any(rule.rule == COUNTER for rule in claim.rules)
        for place in (mention.place for mention in claim.places if mention.place is not None):
            if back and place in holders:
                for actor in {party.side for party in claim.actors if party.actor} & known:
                    edge(edges, holders[place], actor, BACK)
            if won and claim.control is not None and claim.control.holder in known:
                holders[place] = claim.control.holder


def attackers(claims: Iterable[Claim], nodes: Sequence[str]) -> list[str]:
    """Who captured or stormed something, once for each claim of it."""
    known = set(nodes)
    return [
        side
        for claim in claims
        if claim.type == "territory" and claim.polarity != "deny" and claim.control is not None
        for side in sorted({party.side for party in claim.actors if party.actor} & known)
    ]


def find_blocs(
    edges: Mapping[tuple[str, str], float],
    sizes: Mapping[str, int],
    unnamed: Collection[str] = (),
    units: Collection[str] = (),
) -> dict[str, int]:
    """The bloc of each party, 0 for that of the party most named; parties that nothing ties to a bloc are left out.

    ``sizes`` is how often each party is named; parties that are ``unnamed`` (just "the rebels") found no third bloc. ``units``,
    whose numbers both armies may have, join the blocs last and tie no others together. The result is the same for the same input.
    """
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), weight in edges.items():
        if weight and one in sizes and other in sizes:
            near[one][other] = near[other][one] = weight
    enmities = [pair for pair, weight in edges.items() if weight < 0 and pair[0] in sizes and pair[1] in sizes]
    if not enmities:
        return {}
    enmities = [pair for pair in enmities if not set(pair) & set(units)] or enmities
    seed = min(enmities, key=lambda pair: (edges[pair] * min(sizes[pair[0]], sizes[pair[1]]), pair))
    blocs = {seed[0]: 0, seed[1]: 1}
    whole = {
        party: {other: weight for other, weight in ties.items() if other not in units}
        for party, ties in near.items()
        if party not in units
    }
    _grow(whole, blocs, 2, sizes)
    _grow(near, blocs, 2, sizes)
    total = sum(sizes.values())
    for count in range(3, MOST_BLOCS + 1):
        outsiders = [
            party
            for party in sorted(near)
            if party not in seed
            and party not in unnamed
            and sizes[party] >= FOUNDER_SHARE * total
            and _fights_all(near, blocs, party)
        ]
        if not outsiders:
            break
        founder = min(outsiders, key=lambda party: (-sizes[party], party))
        blocs[founder] = count - 1
        _improve(near, blocs, count, (*seed, founder))
    return _renumbered(blocs, sizes)


def _pull(near: Mapping[str, Mapping[str, float]], blocs: Mapping[str, int], party: str, count: int) -> list[float]:
    """How well a party would sit in each bloc: friends in it and, among two blocs, enemies outside it."""
    pull = [0.0] * count
    for other, weight in near.get(party, {}).items():
        bloc = blocs.get(other)
        if bloc is None:
            continue
        pull[bloc] += weight
        if weight < 0:
            for elsewhere in range(count):
                if elsewhere != bloc:
                    pull[elsewhere] -= weight / (count - 1)
    return pull


def _grow(near: Mapping[str, Mapping[str, float]], blocs: dict[str, int], count: int, sizes: Mapping[str, int]) -> None:
    """Take in the party that is tied most clearly, until none is."""
    fixed = tuple(blocs)
    while True:
        best: tuple[float, int, str, int] | None = None
        for party in sorted(near):
            if party in blocs:
                continue
            pull = _pull(near, blocs, party, count)
            bloc = max(range(count), key=lambda number: pull[number])
            lead = pull[bloc] - sorted(pull)[-2]
            if lead > 0 and (best is None or (lead, sizes[party]) > (best[0], best[1])):
                best = (lead, sizes[party], party, bloc)
        if best is None:
            break
        blocs[best[2]] = best[3]
    _improve(near, blocs, count, fixed)


def _improve(near: Mapping[str, Mapping[str, float]], blocs: dict[str, int], count: int, fixed: Sequence[str]) -> None:
    """Move single parties to the bloc that they sit best in, while any moves."""
    for _ in range(ROUNDS):
        moved = False
        for party in sorted(blocs):
            if party in fixed:
                continue
            pull = _pull(near, blocs, party, count)
            best = max(range(count), key=lambda number: pull[number])
            if pull[best] > pull[blocs[party]] + 1e-9:
                blocs[party], moved = best, True
        if not moved:
            return


def _fights_all(near: Mapping[str, Mapping[str, float]], blocs: Mapping[str, int], party: str) -> bool:
    """Whether a party has more enmity than friendship with every bloc, and much of it with its own."""
    sums: dict[int, float] = dict.fromkeys(blocs.values(), 0.0)
    for other, weight in near.get(party, {}).items():
        if other in blocs:
            sums[blocs[other]] += weight
    return all(total <= min(-1.5, OWN_SHARE * min(sums.values())) for total in sums.values())


def _renumbered(blocs: Mapping[str, int], sizes: Mapping[str, int]) -> dict[str, int]:
    weight: dict[int, int] = defaultdict(int)
    for party, bloc in blocs.items():
        weight[bloc] += sizes[party]
    order = {bloc: number for number, bloc in enumerate(sorted(weight, key=lambda bloc: (-weight[bloc], bloc)))}
    return {party: order[bloc] for party, bloc in blocs.items()}
