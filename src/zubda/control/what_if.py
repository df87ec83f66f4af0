"""What if a side had held a place on a day: the posterior given that."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from zubda.control.interface import place_index
from zubda.errors import UnknownNameError

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["supposing"]

CERTAIN = 30.0


def supposing(posterior: Posterior, place_id: str, holder: str, day: date) -> Posterior:
    """The posterior given that ``holder`` (a side, or ``contested``) held the place on the day; parameters stay as learned.

    The day is moved to the nearest day on or before it that something is said about the place. Raises `UnknownNameError`.
    """
    at = place_index(posterior.place_ids, place_id, posterior.index)
    code = posterior.theatre.holder_of(holder) or holder
    if code not in posterior.state_ids:
        raise UnknownNameError(
            "side", f"No side that can hold places has the code {holder!r}.",
            "Use one of: " + ", ".join(posterior.state_ids) + ".", posterior.state_ids,
        )  # fmt: skip
    problem = posterior.problem
    knot = int(problem.knot_of(np.array([at]), np.array([posterior.grid.number(day)]))[0])
    emission = posterior.log_emission.copy()
    emission[knot] -= CERTAIN
    emission[knot, posterior.state_ids.index(code)] += CERTAIN
    result = posterior.inferred(emission)
    heard = posterior.heard.copy()
    heard[at] = True
    return posterior.changed(log_emission=emission, result=result, heard=heard)
