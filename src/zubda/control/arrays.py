"""The posterior in the forms that other tools take."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from zubda.errors import MissingExtraError

if TYPE_CHECKING:
    from zubda.control.posterior import Posterior

__all__ = ["to_geodataframe", "to_xarray"]


def to_xarray(posterior: Posterior) -> Any:
    """Probability by ``place``, ``day`` and ``side`` as an ``xarray.DataArray``; NaN where nobody said anything."""
    import xarray

    days = [posterior.grid.day(number) for number in range(posterior.grid.days)]
    table = np.stack([posterior.probabilities(day) for day in days], axis=1)
    return xarray.DataArray(
        table,
        dims=("place", "day", "side"),
        coords={
            "place": list(posterior.places),
            "day": np.array(days, dtype="datetime64[ns]"),
            "side": list(posterior.states),
        },
        name="control",
        attrs={"method": posterior.method, "view": posterior.view, "theatre": posterior.theatre.id},
    )


def to_geodataframe(posterior: Posterior, day: date) -> Any:
    """A ``geopandas.GeoDataFrame`` (WGS84) of the places on a day: id, kind, holder, one column of probabilities for each
    state, precision in metres. Places without a point are left out. Raises `MissingExtraError` without the extra ``geo``."""
    try:
        import geopandas
    except ImportError as missing:
        raise MissingExtraError(
            "geo",
            "A GeoDataFrame needs geopandas, which is not installed.",
            "Install it with: pip install 'zubda[geo]'",
        ) from missing
    table = posterior.probabilities(day)
    rows: list[dict[str, Any]] = []
    for at, place_id in enumerate(posterior.places):
        place = posterior.theatre.places.get(place_id)
        if place is None:
            continue
        known = not np.isnan(table[at, 0])
        row: dict[str, Any] = {"place": place_id, "kind": place.kind}
        row["holder"] = posterior.states[int(table[at].argmax())] if known else None
        row.update({state: float(table[at, n]) if known else None for n, state in enumerate(posterior.states)})
        row.update(precision_m=place.precision_m, longitude=place.longitude, latitude=place.latitude)
        rows.append(row)
    points = geopandas.points_from_xy([row.pop("longitude") for row in rows], [row.pop("latitude") for row in rows])
    return geopandas.GeoDataFrame(rows, geometry=points, crs="EPSG:4326")
