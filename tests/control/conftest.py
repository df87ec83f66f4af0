"""An invented war on a small plain: two sides, a city with three quarters, a fort, and a road to the coast."""

from collections.abc import Callable
from datetime import date

import pytest

from zubda.model import (
    Claim,
    ControlStatement,
    DayRange,
    Party,
    Place,
    PlaceMention,
    Route,
    Side,
    Source,
    Theatre,
    claim_id,
)

FIRST = date(2030, 1, 1)


def place(
    name: str, kind: str, latitude: float, longitude: float, parent: str | None = None, held: str | None = None
) -> Place:
    return Place(name, kind, {"en": name}, (("en", name),), latitude, longitude, 300.0, "invented", parent, "", held)


@pytest.fixture(scope="session")
def war() -> Theatre:
    places = [
        place("plain", "province", 10.0, 20.0, held="red"),
        place("asor", "city", 10.0, 20.0, "plain"),
        place("north_quarter", "district", 10.02, 20.0, "asor"),
        place("south_quarter", "district", 9.98, 20.0, "asor"),
        place("east_quarter", "district", 10.0, 20.02, "asor"),
        place("fort", "military_base", 10.05, 20.05, "plain"),
        place("ford", "village", 10.1, 20.1, "plain"),
        place("mill", "village", 10.15, 20.15, "plain"),
        place("coast", "town", 10.2, 20.2, "plain"),
        place("east_farm", "village", 10.12, 20.19, "plain"),
        place("west_farm", "village", 10.18, 20.11, "plain"),
    ]
    sources = [
        Source("red_agency", "agency", {"en": "Red Agency"}, (("en", "Red Agency"),), "red"),
        Source("blue_radio", "agency", {"en": "Blue Radio"}, (("en", "Blue Radio"),), "blue"),
        Source("watch", "monitor", {"en": "Plain Watch"}, (("en", "Plain Watch"),)),
    ]
    road = Route(
        "coast_road",
        "road",
        {"en": "Coast Road"},
        ((10.0, 20.0), (10.1, 20.1), (10.2, 20.2)),
        ("asor", "ford", "mill", "coast"),
        300.0,
        "invented",
    )
    sides = [Side("red", {"en": "Red"}), Side("blue", {"en": "Blue"}), Side("civ", {"en": "Civilians"}, False, False)]
    return Theatre(
        "plain_war", "1", {"en": "War of the Plain"},
        {side.id: side for side in sides}, {}, {source.id: source for source in sources},
        {entry.id: entry for entry in places}, {road.id: road}, FIRST, date(2030, 12, 31),
    )  # fmt: skip


Say = Callable[..., Claim]


@pytest.fixture(scope="session")
def say() -> Say:
    """Makes a claim: ``say("2030-03-01", "fort", "blue", "gained")``; every claim stands in a sentence of its own."""
    number = iter(range(1_000_000))

    def make(
        days: str, places: str, holder: str = "", change: str = "", *, type: str = "territory", source: str | None = None,
        actor: str = "", target: str = "", polarity: str = "affirm", share: tuple[float, float] | None = None,
    ) -> Claim:  # fmt: skip
        first, _, last = days.partition("/")
        span = DayRange(date.fromisoformat(first), date.fromisoformat(last or first))
        names = places.split("|")
        at = next(number) * 10
        return Claim(
            id=claim_id("doc", [(at, at + 9)], type, source, span, names),
            document="doc",
            spans=((at, at + 9),),
            type=type,
            date=span,
            places=tuple(PlaceMention(name, name, 1.0) for name in names),
            actors=(Party(actor, actor),) if actor else (),
            targets=(Party(target, target),) if target else (),
            source=source,
            source_id=source,
            polarity=polarity,
            control=ControlStatement(holder, change, share) if change else None,
        )

    return make
