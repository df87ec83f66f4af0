"""How far two posteriors differ: the same war as told by some sources and as told by others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zubda.errors import UnknownNameError, UsageError
from zubda.names import letter_key

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior
    from zubda.model import Theatre

__all__ = ["divergence", "divergence_array", "source_key"]

Floats = NDArray[np.float64]


def divergence(one: Posterior, other: Posterior, day: date) -> dict[str, float]:
    """Jensen–Shannon divergence in bits, 0 to 1, of every place that both views know something about, on a day.

    Raises `UsageError` (``usage.view``) for posteriors of different theatres.
    """
    _same_war(one, other)
    theirs = dict(zip(other.places, other.probabilities(day), strict=True))
    found = {}
    for place, chances in zip(one.places, one.probabilities(day), strict=True):
        rival = theirs.get(place)
        if rival is not None and not np.isnan(chances[0]) and not np.isnan(rival[0]):
            found[place] = float(_bits(chances[None], rival[None])[0])
    return found


def divergence_array(one: Posterior, other: Posterior) -> Any:
    """Divergence (see `divergence`) by ``place`` and ``day`` as an ``xarray.DataArray``, over the days that both cover."""
    import xarray

    _same_war(one, other)
    mine, theirs = xarray.align(one.to_xarray(), other.to_xarray(), join="inner")
    bits = _bits(mine.transpose("place", "day", "side").values, theirs.transpose("place", "day", "side").values)
    coordinates = {"place": mine["place"], "day": mine["day"]}
    return xarray.DataArray(bits, coordinates, ("place", "day"), "divergence", {"one": one.view, "other": other.view})


def source_key(theatre: Theatre, name: str) -> str:
    """The key of a view for a name: ``text``, ``unnamed``, a side's code, a source's id or any of its names.

    Raises `UnknownNameError` (``unknown.source``) with the nearest names.
    """
    if name in ("text", "unnamed") or name in theatre.sources or name.startswith("x:"):
        return name
    if name.removeprefix("side:") in theatre.sides:
        return name
    names = {letter_key(form): key for key, source in theatre.sources.items() for _, form in source.forms}
    names |= {letter_key(form): key for key, source in theatre.sources.items() for form in source.names.values()}
    found = names.get(letter_key(name))
    if found is not None:
        return found
    from rapidfuzz import process

    near = [key for key, _, _ in process.extract(name, list(theatre.sources), limit=3)]
    raise UnknownNameError(
        "source",
        f"There is no source {name!r}.",
        f"Did you mean {', '.join(near)}?" if near else "Say `text`, `unnamed`, or the code of a side.",
        near,
    )


def _same_war(one: Posterior, other: Posterior) -> None:
    if one.states != other.states:
        raise UsageError(
            "view",
            f"Views with the holders {', '.join(one.states)} and {', '.join(other.states)} cannot be compared.",
            "Compare two views of one chronicle.",
        )


def _bits(one: Floats, other: Floats) -> Floats:
    middle = (one + other) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(table > 0, table * np.log2(table / middle), 0.0).sum(axis=-1) for table in (one, other)]
    missing = np.isnan(one[..., 0]) | np.isnan(other[..., 0])
    bits: Floats = np.where(missing, np.nan, np.clip((parts[0] + parts[1]) / 2, 0.0, 1.0))
    return bits
