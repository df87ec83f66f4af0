"""Who is an independent witness: ten papers with one communiqué are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zubda.model import Claim, Theatre
from zubda.reconciliation.columns import source_key

__all__ = ["Copy", "Witness", "alignment_of", "origin_of", "source_label", "witnesses_of"]

SAME_WORDING = 0.75
TELLING_FIGURE = 10


@dataclass(frozen=True, slots=True)
class Copy:
    """``claim`` repeats ``of``; ``why``: ``same source``, ``passes on`` (by the theatre), ``same wording`` or ``same figures``."""

    claim: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Witness:
    """One independent origin: its key, its claims in reading order, and which of them are copies of an earlier one."""

    origin: str
    claims: tuple[str, ...]
    copies: tuple[Copy, ...] = ()


def origin_of(claim: Claim, theatre: Theatre | None) -> str:
    """The source whose words a claim passes on as a rule: the theatre's chain of origins, followed to its end."""
    key = source_key(claim)
    seen: set[str] = set()
    while theatre and key in theatre.sources and key not in seen:
        seen.add(key)
        above = theatre.sources[key].origin
        if above is None:
            break
        key = above
    return key


def source_label(claim: Claim) -> str:
    """The source as results name it: its id or surface form, ``text`` for the account's own voice."""
    return claim.source_id or claim.source or "text"


def alignment_of(claim: Claim, theatre: Theatre | None) -> str | None:
    """The side that the claim's source is aligned with, None if none is known."""
    source = theatre.sources.get(claim.source_id) if theatre and claim.source_id else None
    return source.alignment if source else None


def witnesses_of(
    claims: Sequence[Claim], theatre: Theatre | None, alike: Mapping[tuple[str, str], float] | None = None
) -> tuple[Witness, ...]:
    """The independent origins among claims about one event, given in reading order.

    ``alike`` is the similarity of wording (0 to 1) of pairs of ids from different documents. Claims of different sources are one
    witness if one passes on the other, if they are worded alike, or if they share the same two or more figures.
    """
    groups: dict[str, list[Claim]] = {}
    copies: dict[str, list[Copy]] = {}
    for claim in claims:
        origin = origin_of(claim, theatre)
        why = ""
        if origin in groups:
            first = groups[origin][0]
            why = "same source" if source_key(first) == source_key(claim) else "passes on"
        else:
            origin, why = _copied(claim, groups, alike or {}) or (origin, "")
        members = groups.setdefault(origin, [])
        if why:
            copies.setdefault(origin, []).append(Copy(claim.id, members[0].id, why))
        members.append(claim)
    return tuple(
        Witness(origin, tuple(claim.id for claim in members), tuple(copies.get(origin, ())))
        for origin, members in groups.items()
    )


def _copied(
    claim: Claim, groups: Mapping[str, Sequence[Claim]], alike: Mapping[tuple[str, str], float]
) -> tuple[str, str] | None:
    for origin, members in groups.items():
        for member in members:
            pair = (min(claim.id, member.id), max(claim.id, member.id))
            if member.document != claim.document and alike.get(pair, 0.0) >= SAME_WORDING:
                return origin, "same wording"
            if member.document != claim.document and len(_figures(claim) & _figures(member)) >= 2:
                return origin, "same figures"
    return None


def _figures(claim: Claim) -> set[tuple[str, int | None, int | None]]:
    return {(count.what, count.low, count.high) for count in claim.counts if (count.low or 0) >= TELLING_FIGURE}
