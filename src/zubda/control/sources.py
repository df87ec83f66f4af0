"""Who speaks: the key of a claim's source, the side it is aligned with, and whose words it passes on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zubda.model import Claim, Theatre

__all__ = ["TEXT", "UNNAMED", "Voice", "in_view", "voice_of"]

TEXT = "text"
"""Key of the account's own voice."""

UNNAMED = "unnamed"
"""Key of hearsay without a name."""


@dataclass(frozen=True, slots=True)
class Voice:
    """``source`` is the key of who speaks, ``alignment`` the holding side it is aligned with (None if none is known),
    ``origin`` the key of the source whose words it passes on, itself if it speaks for itself."""

    source: str
    alignment: str | None
    origin: str


def voice_of(claim: Claim, theatre: Theatre) -> Voice:
    """Who says the claim. A source that the theatre does not list keeps its surface form as key and has no alignment,
    unless the theatre knows an actor or a side of that id."""
    if claim.source is None and claim.source_id is None:
        return Voice(TEXT, None, f"{TEXT}:{claim.document}")
    if claim.source == UNNAMED and claim.source_id is None:
        return Voice(UNNAMED, None, f"{UNNAMED}:{claim.document}")
    key = claim.source_id or f"x:{claim.source}"
    source = theatre.sources.get(key)
    if source is not None:
        return Voice(key, theatre.holder_of(source.alignment) if source.alignment else None, source.origin or key)
    actor = theatre.actors.get(key)
    if actor is not None:
        return Voice(key, theatre.holder_of(actor.side_on(claim.date.last if claim.date else None)), key)
    return Voice(key, theatre.holder_of(key), key)


def in_view(voice: Voice, view: Collection[str]) -> bool:
    """Whether a view asks this voice: by its key, by its origin, or by the side it is aligned with (``gov`` or ``side:gov``)."""
    if voice.source in view or voice.origin in view:
        return True
    return voice.alignment is not None and (voice.alignment in view or f"side:{voice.alignment}" in view)
