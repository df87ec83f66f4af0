"""An invented war on an island, and a maker of claims about it."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from zubda.model import Claim, ControlStatement, Count, DayRange, Party, Place, PlaceMention, Side, Source, Theatre

Make = Callable[..., Claim]


def day(text: str) -> DayRange:
    """``1999-05-03`` or ``1999-05-03/1999-05-09``."""
    first, _, last = text.partition("/")
    return DayRange(date.fromisoformat(first), date.fromisoformat(last or first))


def place(name: str, kind: str, latitude: float, precision: float, parent: str | None) -> Place:
    return Place(name, kind, {"en": name}, (("en", name),), latitude, 2.0, precision, "invented", parent)


def build_theatre() -> Theatre:
    """A port with two districts and a mole, a village on a hill, two armed sides, sources of every leaning."""
    sides = {
        "red": Side("red", {"en": "Reds"}),
        "blue": Side("blue", {"en": "Blues"}),
        "civ": Side("civ", {}, False, False),
    }
    return Theatre(
        id="island",
        version="1",
        names={"en": "War of the island"},
        sides=sides,
        sources={
            "monitor": Source("monitor", "monitor", {"en": "Monitor"}, ()),
            "red_radio": Source("red_radio", "agency", {"en": "Red Radio"}, (), "red"),
            "red_paper": Source("red_paper", "agency", {"en": "Red Paper"}, (), "red", "red_radio"),
            "blue_radio": Source("blue_radio", "agency", {"en": "Blue Radio"}, (), "blue"),
        },
        places={
            "island": place("island", "province", 1.0, 60_000, None),
            "port": place("port", "city", 1.0, 5_000, "island"),
            "harbour": place("harbour", "district", 1.0, 400, "port"),
            "mole": place("mole", "poi", 1.001, 100, "harbour"),
            "market": place("market", "district", 1.05, 400, "port"),
            "hill": place("hill", "village", 1.3, 400, "island"),
        },
    )


def maker() -> Make:
    """A maker of claims from few words: type, day, place, actor and target side; counts as (what, side, low, high)."""
    number = count(1)

    def made(kind: str, when: str | None, where: str | None, who: str = "", whom: str = "", **more: Any) -> Claim:
        order = next(number)
        counts = tuple(
            entry if isinstance(entry, Count) else Count(entry[0], entry[1], entry[1], *entry[2:])
            for entry in more.pop("counts", ())
        )
        control = more.pop("control", None)
        source = more.get("source_id")
        return Claim(
            id=f"c{order:011d}",
            document=more.pop("document", "d1"),
            spans=more.pop("spans", ((order * 100, order * 100 + 50),)),
            type=kind,
            date=day(when) if when else None,
            places=tuple(PlaceMention(name, name, 1.0) for name in (where or "").split(",") if name),
            actors=(Party(who, who),) if who else (),
            targets=(Party(whom, whom),) if whom else (),
            source=more.pop("source", source),
            counts=counts,
            control=ControlStatement(*control) if control else None,
            **more,
        )

    return made
