"""When the battle began: a text that gives one day at its beginning and an earlier one where it tells the story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from zubda.model import Claim

__all__ = ["rival_beginnings"]

BEGINS = "begins"
PRECISE_DAYS = 3
MOST_DAYS = 10


def rival_beginnings(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims, the later day first, that tell of the same side that it began the battle on days that have none in common.

    Only the place that most claims name counts, where the battle is, and only its first beginning: fights begin on every day of
    a battle. Of one text the later day must be told first, as no story does that goes on.
    """
    begun = [claim for claim in claims if claim.rules and _begins(claim)]
    if not begun:
        return
    named = Counter(place for claim in claims for place in claim.place_ids)
    stage = max(named, key=lambda place: (named[place], place), default="")
    begun = [claim for claim in begun if stage in claim.place_ids]
    if not begun:
        return
    first = min(begun, key=lambda claim: (claim.date.first.toordinal() if claim.date else 0, claim.spans))
    for claim in begun:
        if claim.date is None or first.date is None or not _sides(claim) & _sides(first):
            continue
        told_before = claim.document != first.document or claim.spans < first.spans
        if told_before and 0 < claim.date.gap(first.date) <= MOST_DAYS:
            yield claim, first


def _begins(claim: Claim) -> bool:
    told = claim.polarity == "affirm" and claim.date is not None and claim.date.days <= PRECISE_DAYS
    return told and any(rule.rule == BEGINS for rule in claim.rules)


def _sides(claim: Claim) -> set[str]:
    return {party.side for party in claim.actors} - {"unknown"}
