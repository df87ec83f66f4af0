"""A theatre for a war that nobody has described yet: the sides and places that the claims themselves tell of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from zubda.model import Claim, Side, Theatre

__all__ = ["derive_theatre"]

UNARMED = ("civ", "un", "other")
HUES = 8


def derive_theatre(claims: Iterable[Claim]) -> Theatre:
    """The sides that act or hold in the claims, most named first, every armed one able to hold places.

    It has no places of its own: places that claims name (``x:...``) have no point, and are added by what answers from claims.
    """
    met: Counter[str] = Counter()
    for claim in claims:
        met.update(party.side for party in (*claim.actors, *claim.targets))
        if claim.control:
            met[claim.control.holder] += 1
    met.pop("unknown", None)
    armed = [side for side, _ in sorted(met.items(), key=lambda pair: (-pair[1], pair[0])) if side not in UNARMED]
    sides = {side: Side(side, {"und": side}, hue=hue % HUES) for hue, side in enumerate(armed)}
    sides |= {side: Side(side, {"und": side}, armed=False, holds=False) for side in UNARMED if side in met}
    return Theatre(id="derived", version="", names={"und": "derived"}, sides=sides)
