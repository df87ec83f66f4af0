"""Shares as soft constraints: "35 to 40% of the city" pulls the places in it, all together, towards that share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.reports import Share
from zubda.control.evidence.witnesses import is_area
from zubda.control.problem import Problem
from zubda.control.timeline import Grid
from zubda.model import Theatre

__all__ = ["ShareConstraints"]

Ints = NDArray[np.int64]

STRENGTH = 1.0
MOST = 1.0


@dataclass(frozen=True, slots=True)
class ShareConstraints:
    """Each share with the indices of the smallest areas inside its place."""

    shares: tuple[Share, ...]
    inside: tuple[Ints, ...]

    @classmethod
    def of(cls, shares: Sequence[Share], theatre: Theatre, index: dict[str, int]) -> ShareConstraints:
        """Find the areas inside every place that a share is told of; shares of places without any are left out."""
        inside: dict[int, list[int]] = {}
        for place, at in index.items():
            if place in theatre.places and is_area(theatre.places[place].kind):
                for above in theatre.ancestors(place):
                    inside.setdefault(index[above], []).append(at)
        kept = [share for share in shares if len(inside.get(share.place, ())) >= 3]
        return cls(tuple(kept), tuple(np.array(inside[share.place], np.int64) for share in kept))

    def keys(self, grid: Grid) -> Ints:
        """Place-days at which a share pulls."""
        found = [places * grid.days + share.last for share, places in zip(self.shares, self.inside, strict=True)]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *found]))

    def field(self, problem: Problem, marginal: NDArray[np.float64], log_emission: NDArray[np.float64]) -> None:
        """Add each share's pull, given the current posterior, to the log emissions of its places' knots, in place."""
        for share, places in zip(self.shares, self.inside, strict=True):
            knots = problem.knot_of(places, np.full(len(places), share.last))
            now = marginal[knots, share.holder].mean()
            short = share.low - now if now < share.low else share.high - now if now > share.high else 0.0
            pull = np.clip(
                STRENGTH * np.log((np.clip(now + short, 0.02, 0.98)) / np.clip(now, 0.02, 0.98)), -MOST, MOST
            )
            log_emission[knots, share.holder] += pull
