"""How each source leans: how often it says that its own side holds what another holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zubda.control.evidence.symbols import CONTROL_KINDS, OWN, REST, ROW_OTHER, TRUTH

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["Leaning", "leanings_of"]

POSITIVE = ("gained", "holds")


@dataclass(frozen=True, slots=True)
class Leaning:
    """Of what ``source`` says by claims of ``kind`` while another side holds the place, the part that names its own side.

    For a source with no known alignment, the part that names any wrong side. ``kind`` is one of the kinds of control claim that
    name a holder, or ``all`` of them. ``low`` and ``high`` bound 90% of the belief about ``rate``; ``claims`` is the number
    of its statements behind it (expected, so no whole number), ``alignment`` the side it is aligned with.
    """

    source: str
    alignment: str | None
    kind: str
    rate: float
    low: float
    high: float
    claims: float


def leanings_of(posterior: Posterior) -> tuple[Leaning, ...]:
    """A leaning for every source and kind of claim, in the order that the sources were met."""
    tables = posterior.parameters.tables
    strength = posterior.options.source_strength
    found: list[Leaning] = []
    for at, speaker in enumerate(tables.speakers):
        group = tables.group_tables[tables.groups.index(speaker.group)]
        counts = tables.control_counts[at]
        belief = counts + strength * group
        aligned = speaker.aligned >= 0
        wrong, right = (OWN, TRUTH) if aligned else (REST, TRUTH)
        for kind in (*POSITIVE, "all"):
            cells = [CONTROL_KINDS.index(name) * 3 for name in (POSITIVE if kind == "all" else (kind,))]
            bad = sum(float(belief[ROW_OTHER, cell + wrong]) for cell in cells)
            good = sum(float(belief[ROW_OTHER, cell + right]) for cell in cells)
            rest = sum(float(belief[ROW_OTHER, cell + REST]) for cell in cells) if aligned else 0.0
            seen = sum(float(counts[ROW_OTHER, cell : cell + 3].sum()) for cell in cells)
            low, high = _interval(bad, good + rest)
            side = posterior.state_ids[speaker.aligned] if aligned else None
            found.append(Leaning(speaker.key, side, kind, bad / (bad + good + rest), low, high, seen))
    return tuple(found)


def _interval(bad: float, good: float) -> tuple[float, float]:
    from scipy.special import betaincinv

    a, b = bad + 0.5, good + 0.5
    return float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95))
