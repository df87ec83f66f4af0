"""Rival accounts: what the text itself sets against each other, "A says ..., but B says ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from zubda.model import Claim
from zubda.reconciliation.kinds import STATES, TALK, type_level
from zubda.reconciliation.witnesses import source_label

__all__ = ["rival_accounts"]

SET_AGAINST = "set_against"
SENTENCES_BACK = 2
DIFFERENT = 4


def rival_accounts(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of different sources, the second of which its text sets against the first, nearest first.

    The first stands in the same sentence or one of the two before, is of days that overlap, of a place that both can mean, and
    of a type that both can be about; in one sentence any two acts can that do not exclude each other. ``claims`` may be in any
    order.
    """
    for _, told in groupby(sorted(claims, key=_position), key=lambda claim: claim.document):
        yield from _in_document(list(told))


def _position(claim: Claim) -> tuple[str, tuple[tuple[int, int], ...], int]:
    return claim.document, claim.spans, min((rule.start for rule in claim.rules if rule.field == "type"), default=0)


def _in_document(told: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    rank = {span: number for number, span in enumerate(dict.fromkeys(claim.spans[0] for claim in told if claim.spans))}
    for number, claim in enumerate(told):
        if not any(rule.rule == SET_AGAINST for rule in claim.rules):
            continue
        for other in reversed(told[:number]):
            back = rank[claim.spans[0]] - rank[other.spans[0]]
            if back > SENTENCES_BACK:
                break
            if source_label(other) != source_label(claim) and _about_one_thing(other, claim, back == 0):
                yield other, claim
                break


def _about_one_thing(one: Claim, other: Claim, together: bool) -> bool:
    if one.date is None or other.date is None or not one.date.overlap(other.date):
        return False
    if one.place_ids and other.place_ids and not set(one.place_ids) & set(other.place_ids):
        return False
    counted, also = ({count.what for count in claim.counts} for claim in (one, other))
    if counted and also and not counted & also:
        return False
    if {one.type, other.type} <= STATES | TALK:
        return False  # what two say of things in general is seldom about one thing
    return type_level(one.type, other.type) < DIFFERENT + together
