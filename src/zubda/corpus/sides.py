"""One set of sides over many documents of a war without a theatre.

Each document is read by itself and calls its sides after the party that it names most. Sides of two documents are one where they share
the names of parties; a party that one document leaves without a side is on the side that the others put it on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from zubda.languages import LANGUAGES, load_language
from zubda.model import Claim, Document, Party, Unknown

__all__ = ["agree_on_sides"]

COMMON = frozenset({"civ", "un", "other", "unknown"})
Blocs = dict[str, Counter[str]]
Rename = Callable[[str, str | None], str]


def agree_on_sides(
    documents: Sequence[Document], claims: Sequence[Claim], unknowns: Sequence[Unknown]
) -> tuple[list[Claim], list[Unknown]]:
    """The claims and unknown names of documents read without a theatre, with one code for each side over all of them.

    A side that no other document has keeps its own. The documents that name most parties lead; the same input gives the same codes.
    """
    folds = {
        document.id: load_language(document.language).fold if document.language in LANGUAGES else str.casefold
        for document in documents
    }
    told = _told(folds, claims, unknowns)
    if not told:
        return list(claims), list(unknowns)
    blocs: list[Counter[str]] = []
    numbers: dict[tuple[str, str], int] = {}
    for document in sorted(told, key=lambda document: (-sum(map(len, told[document].values())), document)):
        for label, number in _matched(told[document], blocs).items():
            numbers[document, label] = number
            blocs[number].update(told[document][label])
    codes = _codes(blocs, unknowns, folds)
    sides = _sides_of_names(blocs)

    def rename(document: str, fold: Callable[[str], str]) -> Rename:
        def side_of(side: str, actor: str | None) -> str:
            if (document, side) in numbers:
                return codes[numbers[document, side]]
            if side == "unknown" and actor is not None and fold(actor) in sides:
                return codes[sides[fold(actor)]]
            return side

        return side_of

    renames = {document: rename(document, fold) for document, fold in folds.items()}
    return (
        [_renamed(claim, renames[claim.document]) for claim in claims],
        [
            replace(row, side=renames[row.document](row.side, row.id)) if row.kind == "actor" else row
            for row in unknowns
        ],
    )


def _told(
    folds: Mapping[str, Callable[[str], str]], claims: Sequence[Claim], unknowns: Sequence[Unknown]
) -> dict[str, Blocs]:
    """For each document its sides, each with how often it names which parties on them (folded ids)."""
    told: dict[str, Blocs] = defaultdict(lambda: defaultdict(Counter))
    for row in unknowns:
        if row.kind == "actor" and row.side not in COMMON:
            told[row.document][row.side][folds[row.document](row.id)] += row.count
    for claim in claims:
        for party in (*claim.actors, *claim.targets):
            if party.actor is not None and party.side not in COMMON:
                told[claim.document][party.side][folds[claim.document](party.actor)] += 1
    return told


def _matched(sides: Blocs, blocs: list[Counter[str]]) -> dict[str, int]:
    """The bloc of each side of a document: the pairing with most shared names; a side that shares none founds one."""
    labels = sorted(sides)
    found: dict[str, int] = {}
    if blocs:
        shared = np.array([[sum((sides[label] & bloc).values()) for bloc in blocs] for label in labels], dtype=float)
        for row, column in zip(*linear_sum_assignment(-shared), strict=True):
            if shared[row, column] > 0:
                found[labels[row]] = int(column)
    for label in labels:
        if label not in found:
            found[label] = len(blocs)
            blocs.append(Counter())
    return found


def _codes(
    blocs: Sequence[Counter[str]], unknowns: Sequence[Unknown], folds: Mapping[str, Callable[[str], str]]
) -> list[str]:
    """The code of each bloc: the party most named in it, as the texts write it."""
    written: dict[str, str] = {}
    for row in unknowns:
        if row.kind == "actor":
            written.setdefault(folds[row.document](row.id), row.surface)
    codes: list[str] = []
    for bloc in blocs:
        names = sorted(bloc, key=lambda name: (-bloc[name], name))
        free = [written.get(name, name.removeprefix("x:")) for name in names]
        codes.append(next((name for name in free if name not in codes), f"{free[0]} {len(codes) + 1}"))
    return codes


def _sides_of_names(blocs: Sequence[Counter[str]]) -> dict[str, int]:
    """The bloc of each party that more than half of its mentions put on one."""
    found: dict[str, int] = {}
    for number, bloc in enumerate(blocs):
        for name, times in bloc.items():
            if 2 * times > sum(other[name] for other in blocs):
                found[name] = number
    return found


def _renamed(claim: Claim, side_of: Rename) -> Claim:
    def party(one: Party) -> Party:
        return replace(one, side=side_of(one.side, one.actor))

    return replace(
        claim,
        actors=tuple(map(party, claim.actors)),
        targets=tuple(map(party, claim.targets)),
        counts=tuple(replace(count, side=side_of(count.side, None)) for count in claim.counts),
        control=claim.control and replace(claim.control, holder=side_of(claim.control.holder, None)),
    )
