"""Which claims are about the same event, and why."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.model import Claim, Decision, Document, LinkReason, Theatre
from zubda.reconciliation.blocking import candidate_pairs
from zubda.reconciliation.clustering import cluster
from zubda.reconciliation.columns import Columns, columns_of
from zubda.reconciliation.comparison import FIELDS, LEVELS, compare
from zubda.reconciliation.constraints import kept_apart, out_of_reach
from zubda.reconciliation.weights import Weights, learn_weights

__all__ = ["Linkage", "link_claims"]

CHUNK = 200_000
LINKED_BITS = 0.0
"""A link is taken if it is more likely than not."""

APART_BITS = -9.0
NEAR_BITS, STRONG_BITS = 3.0, 5.0
"""What it takes to join groups of neighbouring places: by a pair that is itself from both, and by any other."""

MOST_BITS = 6.0
NEAR_LEVEL = LEVELS["place"].index("near")

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class Linkage:
    """Claims joined to events. ``event`` holds, for each claim, the row of its event's first claim.

    ``links`` are the rows and the weight in bits of the pairs that the weights join, strongest first;
    ``pairs`` is how many were compared.
    """

    columns: Columns
    weights: Weights
    event: NDArray[np.int64]
    links: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]
    same: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()
    pairs: int = 0

    def explain(self, a: int, b: int) -> LinkReason:
        """The weight of every field for two rows: a waterfall from the prior to the total. A person's decision stands above it."""
        codes = compare(self.columns, np.array([a]), np.array([b]))[0]
        weights = [("prior", round(self.weights.prior, 3))]
        for field, code, bits in zip(FIELDS, codes, self.weights.bits, strict=True):
            weights.append((f"{field}: {LEVELS[field][code]}", round(bits[code], 3)))
        pair = (min(a, b), max(a, b))
        decided = "person" if pair in self.same or pair in self.apart else "model"
        barred = kept_apart(self.columns, np.array([a]), np.array([b]), codes[None, :]) | out_of_reach(codes[None, :])
        if decided == "model" and barred[0]:
            decided = "constraint"
        total = round(sum(bits for _, bits in weights), 3)
        return LinkReason(self.columns.ids[a], self.columns.ids[b], tuple(weights), total, decided)


def link_claims(
    claims: Sequence[Claim],
    theatre: Theatre | None = None,
    decisions: Sequence[Decision] = (),
    documents: Sequence[Document] = (),
) -> Linkage:
    """Join claims to events. Decisions on pairs of claims win over the weights; those on claims that are not there wait."""
    columns = columns_of(claims, theatre, documents)
    found = candidate_pairs(columns)
    pairs = found.a, found.b
    patterns, which = _patterns(columns, pairs)
    weights = learn_weights(patterns, np.bincount(which[found.neighbours], minlength=len(patterns)))
    bits = weights.score(patterns)[which]
    barred = _barred(columns, pairs, patterns, which)
    same, apart = _decided(columns, decisions)
    chosen = np.flatnonzero((bits > LINKED_BITS) & ~barred & ~out_of_reach(patterns)[which])
    chosen = chosen[np.lexsort((pairs[1][chosen], pairs[0][chosen], -bits[chosen]))]
    near = patterns[which[chosen], FIELDS.index("place")] == NEAR_LEVEL
    neighbours = bits[chosen] >= np.where(near, NEAR_BITS, STRONG_BITS)
    forced = np.array(sorted(same), np.int64).reshape(-1, 2)
    never_decided = np.array(sorted(apart), np.int64).reshape(-1, 2)
    group = _linked_groups(len(columns), np.r_[forced[:, 0], pairs[0][chosen]], np.r_[forced[:, 1], pairs[1][chosen]])
    weighed = np.flatnonzero(group[pairs[0]] == group[pairs[1]])
    never = weighed[barred[weighed] | (bits[weighed] < APART_BITS)]
    event = cluster(
        columns,
        (np.r_[forced[:, 0], pairs[0][chosen]], np.r_[forced[:, 1], pairs[1][chosen]]),
        (np.r_[never_decided[:, 0], pairs[0][never]], np.r_[never_decided[:, 1], pairs[1][never]]),
        len(forced),
        len(never_decided),
        np.r_[np.zeros(len(forced), np.bool_), neighbours],
        ((pairs[0][weighed], pairs[1][weighed]), np.clip(bits[weighed], -MOST_BITS, MOST_BITS)),
    )
    links = (pairs[0][chosen], pairs[1][chosen], bits[chosen])
    return Linkage(columns, weights, event, links, frozenset(same), frozenset(apart), len(bits))


def _linked_groups(count: int, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int32]:
    """For each row the number of the group that chains of links could join it to; pairs across groups do not matter."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not len(one):
        return np.arange(count, dtype=np.int32)
    links = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], np.int32)


def _patterns(columns: Columns, pairs: Pairs) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Distinct patterns of levels and, for each pair, which it shows: pairs are many, patterns few."""
    sizes = np.array([len(levels) for levels in LEVELS.values()], np.int64)
    place = np.r_[1, np.cumprod(sizes[:-1])]
    coded = np.empty(len(pairs[0]), np.int64)

    def code(part: slice) -> None:
        coded[part] = compare(columns, pairs[0][part], pairs[1][part]).astype(np.int64) @ place

    _in_parts(code, len(coded))
    met = np.zeros(
        int(np.prod(sizes)), np.bool_
    )  # all patterns that could be are few enough to mark: faster than sorting pairs
    met[coded] = True
    distinct = np.flatnonzero(met)
    number = np.zeros(len(met), np.int32)
    number[distinct] = np.arange(len(distinct), dtype=np.int32)
    return ((distinct[:, None] // place) % sizes).astype(np.uint8), number[coded].astype(np.int64)


def _barred(columns: Columns, pairs: Pairs, patterns: NDArray[np.uint8], which: NDArray[np.int64]) -> NDArray[np.bool_]:
    barred = np.zeros(len(which), np.bool_)

    def bar(part: slice) -> None:
        barred[part] = kept_apart(columns, pairs[0][part], pairs[1][part], patterns[which[part]])

    _in_parts(bar, len(which))
    return barred


def _in_parts(work: Callable[[slice], None], count: int) -> None:
    """Do the work on stretches of pairs, on all cores: memory stays bounded, and NumPy lets threads run side by side."""
    parts = [slice(start, start + CHUNK) for start in range(0, count, CHUNK)]
    if len(parts) < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(work, parts))


def _decided(columns: Columns, decisions: Sequence[Decision]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs of rows that people joined and kept apart; the last decision on a pair wins."""
    rows = {name: row for row, name in enumerate(columns.ids)}
    said: dict[tuple[int, int], bool] = {}
    for decision in decisions:
        if decision.kind in ("same_event", "not_same_event") and all(name in rows for name in decision.claims):
            a, b = sorted(rows[name] for name in decision.claims)
            said.pop((a, b), None)
            said[a, b] = decision.kind == "same_event"
    return {pair for pair, same in said.items() if same}, {pair for pair, same in said.items() if not same}
