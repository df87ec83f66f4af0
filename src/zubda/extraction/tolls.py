"""Counts to claims: which claim takes which count, what is part of what, and tolls that no other claim takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from zubda.extraction.building import Draft
from zubda.extraction.counting import THINGS, Counted
from zubda.model import Count

__all__ = ["attach_counts", "counts_of", "tolls_alone"]

VIOLENT = frozenset(
    {
        "clash", "airstrike", "shelling", "suicide_bomb", "bomb", "chemical", "execution", "attack_on_civilians", "casualties",
    }
)  # fmt: skip
HARMING = VIOLENT | frozenset({"territory", "siege", "destruction", "abduction", "arrest", "release", "other"})
OWN = {
    "captured": frozenset({"arrest", "territory", "clash", "seizure"}),
    "executed": frozenset({"execution", "arrest", "attack_on_civilians", "clash"}),
    "abducted": frozenset({"abduction", "arrest"}),
    "released": frozenset({"release", "territory", "clash"}),
    "defected": frozenset({"defection", "alliance"}),
    "displaced": frozenset({"displacement"}),
    "evacuated": frozenset({"displacement", "withdrawal", "agreement"}),
    "bodies_found": frozenset({"execution", "attack_on_civilians", "casualties", "other"}),
    "fighters": frozenset(
        {"strength", "movement", "clash", "alliance", "territory", "withdrawal", "siege", "defection"}
    ),
    "villages": frozenset({"territory", "control", "withdrawal", "destruction"}),
    "weapons": frozenset(
        {"shelling", "airstrike", "seizure", "destruction", "strength", "territory", "supply", "movement"}
    ),
    "buildings": frozenset({"destruction", "territory", "airstrike", "shelling", "bomb"}),
}
EQUIPMENT = frozenset(
    {"destruction", "seizure", "strength", "movement", "defection", "clash", "territory", "withdrawal"}
)
BLOWS = frozenset({"airstrike", "shelling", "suicide_bomb", "bomb", "chemical"})
TOLLED = BLOWS | {"clash", "territory", "execution"}
HARMFUL = frozenset({"killed", "wounded", "killed_or_wounded", "killed_or_captured", "bodies_found"})


def attach_counts(drafts: Sequence[Draft], counted: Sequence[Counted]) -> list[Counted]:
    """Give each count to the draft it belongs to; returns those that no draft takes. Parts go where their whole went."""
    left: list[Counted] = []
    whole: Draft | None = None
    for entry in counted:
        draft = whole if entry.part and whole is not None else _taker(drafts, entry)
        if not entry.part:
            whole = draft
        if draft is None:
            left.append(entry)
        else:
            draft.counts.append(entry)
    return left


def _taker(drafts: Sequence[Draft], entry: Counted) -> Draft | None:
    what = entry.count.what
    types = OWN.get(what, EQUIPMENT if what in THINGS else HARMING)
    fitting = [draft for draft in drafts if draft.type in types and not (entry.single and draft.frame.weak)]
    return min(fitting, key=lambda draft: _distance(draft, entry)) if fitting else None


def _distance(draft: Draft, entry: Counted) -> tuple[float, int]:
    """How far a count is from a draft: clauses between, those after it and captures counting more, then characters."""
    clauses = entry.clause - draft.frame.clause
    away = float(clauses) if clauses >= 0 else 1.5 - clauses
    if entry.harm is not None and draft.type not in VIOLENT and entry.count.what in HARMFUL:
        away += 0.75
    if entry.lost and draft.type not in ("destruction", "seizure"):
        away += 0.5
    return away, abs(draft.frame.start - entry.start)


def counts_of(entries: Sequence[Counted]) -> tuple[Count, ...]:
    """The counts of a claim, in the order of the text, with parts pointing at their whole: the last count that is no part."""
    counts: list[Count] = []
    whole: int | None = None
    for entry in sorted(entries, key=lambda entry: entry.start):
        count = entry.count
        if entry.part and whole is not None:
            what = count.what if entry.harm is None or count.what == "executed" else counts[whole].what
            counts.append(replace(count, what=what, part_of=whole))
            continue
        whole = len(counts)
        counts.append(count)
    return tuple(counts)


def tolls_alone(
    make: Callable[[Counted, str], Draft], left: Sequence[Counted], event: Draft | None, located: bool
) -> list[Draft]:
    """Claims for tolls that no frame took: of the event just told, a clash where somebody inflicted them, else a toll by itself.

    ``event`` is what the sentence before told, ``located`` whether this sentence names a place.
    """
    harms = [entry for entry in left if entry.harm is not None and entry.count.what in HARMFUL]
    if not harms:
        return []
    first = harms[0]
    inflicted = (first.harm is not None and not first.harm.suffer) or first.single
    draft = make(first, "clash" if inflicted else "casualties")
    if event is not None and event.type in TOLLED and not located:
        same_day = draft.date == event.date
        if same_day or event.type in BLOWS:
            draft.type = event.type
        if same_day:
            draft.places, draft.agents = event.places, list(event.agents)
    draft.counts = list(harms)
    targets = [entry.party for entry in harms if entry.party and entry.party.side != "unknown"]
    draft.targets = list(dict.fromkeys(replace(party) for party in targets))
    return [draft]
