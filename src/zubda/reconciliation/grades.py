"""How well an event is attested, by rules modelled on the grades of Airwars."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.model import BLOWS, Claim, Theatre
from zubda.reconciliation.kinds import type_level
from zubda.reconciliation.witnesses import Witness, alignment_of

__all__ = ["ACCUSING", "GRADES", "grade"]

GRADES = {
    "confirmed": "what a source says against a side, a source aligned with that side says too: who did the harm, or lost the ground",
    "fair": "at least two independent witnesses, or one that is aligned with no side, and nobody contradicts",
    "weak": "one witness that is aligned with a side, or hearsay",
    "contested": "a witness denies it or tells it otherwise",
    "discounted": "a witness with nothing to gain denies it, and only one witness affirms it",
}
"""The grades of events and the rule of each, in the order in which `grade` tries confirmed, discounted, contested, fair, weak."""

ACCUSING = BLOWS | {"execution", "attack_on_civilians", "abduction"}
"""Types of claim that accuse their actor of a wrong; destruction is one too, but of arms it is a success."""


def grade(
    claims: Sequence[Claim], against: Sequence[str], witnesses: Sequence[Witness], theatre: Theatre | None
) -> str:
    """The grade of an event with these claims; ``against`` are ids of those that deny it or tell it otherwise."""
    denied = set(against)
    affirming = [claim for claim in claims if claim.id not in denied]
    speaks_against = {side for claim in affirming for side in _sides_spoken_against(claim)}
    if _admitted(affirming, theatre):
        return "confirmed"
    origins_for = [witness for witness in witnesses if set(witness.claims) - denied]
    if denied:
        neutral = any(
            claim.source and claim.source != "unnamed" and alignment_of(claim, theatre) not in speaks_against
            for claim in claims
            if claim.id in denied
        )
        return "discounted" if neutral and len(origins_for) <= 1 else "contested"
    named = [claim for claim in affirming if claim.source != "unnamed"]
    unaligned = any(alignment_of(claim, theatre) is None for claim in named)
    return "fair" if len(origins_for) >= 2 or unaligned else "weak"


def _admitted(affirming: Sequence[Claim], theatre: Theatre | None) -> bool:
    """Whether a side admits what another source says against it: a boast that nobody else tells is no confirmation."""
    told = [(claim, alignment_of(claim, theatre), _sides_spoken_against(claim)) for claim in affirming]
    return any(
        side == own and other != own and side in against and type_level(claim.type, accusation.type) <= 1
        for claim, own, sides in told
        for side in sides
        for accusation, other, against in told
    )


def _sides_spoken_against(claim: Claim) -> set[str]:
    """The sides that would rather not have it so: the actor of harm, the loser of ground."""
    if claim.type in ACCUSING:
        return {party.side for party in claim.actors}
    if claim.control and claim.control.change in ("lost", "withdrew"):
        return {claim.control.holder}
    if claim.control and claim.control.change in ("gained", "partial"):
        return {party.side for party in claim.targets} - {claim.control.holder}
    return set()
