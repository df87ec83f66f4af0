"""An invented war to read English with: Kolmar against the Selvian Front."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zubda.model import Actor, Membership, Place, Side, Source, Theatre


def _actor(name: str, kind: str, side: str, forms: str) -> Actor:
    spoken = tuple(("und", form) for form in forms.split("|"))
    return Actor(name, kind, {"en": spoken[0][1]}, spoken, (Membership(side),))


def _place(name: str, kind: str, forms: str, parent: str | None = None) -> Place:
    spoken = tuple(("und", form) for form in forms.split("|"))
    return Place(name, kind, {"en": spoken[0][1]}, spoken, 50.0, 60.0, 500.0, "invented", parent)


@pytest.fixture(scope="session")
def war() -> Theatre:
    """Two sides, three places, one monitor."""
    sides = [
        Side("kol", {"en": "Kolmar"}),
        Side("sel", {"en": "Selvian Front"}),
        Side("civ", {"en": "Civilians"}, armed=False, holds=False),
    ]
    actors = [
        _actor("army", "army", "kol", "Kolmarian army|Kolmarian forces|Kolmarian troops|Kolmarian soldiers"),
        replace(
            kolmar := _actor("kolmar", "state", "kol", "Kolmarian|Kolmarians"),
            forms=(*kolmar.forms, ("seat", "Tornik")),
        ),
        _actor("air_force", "air force", "kol", "Kolmarian air force|Kolmarian warplanes|Kolmarian helicopters"),
        _actor("front", "group", "sel", "Selvian Front|Selvian fighters|Selvian|rebels"),
    ]
    places = [
        _place("tornik", "city", "Tornik"),
        _place("velgrad", "town", "Velgrad"),
        _place("oskar", "hill", "Oskar Hill"),
    ]
    source = Source("kestrel", "monitor", {"en": "Kestrel Monitor"}, (("und", "Kestrel Monitor"),))
    return Theatre(
        "kolmar",
        "1",
        {"en": "Kolmar"},
        {side.id: side for side in sides},
        {actor.id: actor for actor in actors},
        {source.id: source},
        {place.id: place for place in places},
    )
