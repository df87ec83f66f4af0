"""A small chronicle of an invented war, made without reading anything."""

from datetime import date

import pytest

from zubda.chronicle import Chronicle
from zubda.model import (
    Block,
    Claim,
    ControlStatement,
    Count,
    DayRange,
    Document,
    FiredRule,
    Link,
    Membership,
    OffsetMap,
    Party,
    Place,
    PlaceMention,
    Side,
    Source,
    Theatre,
    Unknown,
)
from zubda.model.theatre import Actor, Route

TEXT = "On 3 May the Reds took Port Sorrow. The Blues say that Port Sorrow is theirs."


@pytest.fixture
def theatre() -> Theatre:
    return Theatre(
        id="sorrow",
        version="1",
        names={"en": "War of Sorrow", "zh": "悲港之战"},
        sides={"red": Side("red", {"en": "Reds"}), "blue": Side("blue", {"en": "Blues"}, hue=1)},
        actors={
            "red_guard": Actor(
                "red_guard", "army", {"en": "Red Guard"}, (("en", "Reds"),), (Membership("red", date(1999, 1, 1)),)
            )
        },
        sources={"blue_radio": Source("blue_radio", "agency", {"en": "Blue Radio"}, (("en", "The Blues"),), "blue")},
        places={
            "port_sorrow": Place(
                "port_sorrow", "town", {"en": "Port Sorrow"}, (("en", "Port Sorrow"),), 1.5, 2.5, 400.0, "invented"
            )
        },
        routes={
            "coast": Route(
                "coast", "road", {"en": "Coast road"}, ((1.0, 2.0), (1.5, 2.5)), ("port_sorrow",), 500.0, "invented"
            )
        },
        first=date(1999, 5, 1),
    )


@pytest.fixture
def chronicle(theatre: Theatre) -> Chronicle:
    document = Document(
        id="d0123456789ab",
        title="Sorrow",
        origin="sorrow.txt",
        sha256="0" * 64,
        language="en",
        media_type="text/plain",
        raw=TEXT,
        text=TEXT,
        offsets=OffsetMap((0,), (0,), (len(TEXT),)),
        blocks=(Block("paragraph", 0, len(TEXT), section=("War",)),),
        links=(Link(23, 34, "Port Sorrow"),),
        published=date(1999, 6, 1),
        warnings=("one warning",),
    )
    place = PlaceMention("Port Sorrow", "port_sorrow", 0.9, (("x:sorrow", 0.25),))
    claims = (
        Claim(
            "c00000000001",
            document.id,
            ((0, 35),),
            "territory",
            DayRange.of_day(date(1999, 5, 3)),
            (place,),
            (Party("Reds", "red", "red_guard"),),
            counts=(
                Count("killed", "men", "blue", 3, None, True),
                Count("killed", "officers", "blue", 1, 1, part_of=0),
            ),
            control=ControlStatement("red", "gained", (0.25, 0.5)),
            rules=(FiredRule("took", "type", 18, 22),),
            language="en",
        ),
        Claim(
            "c00000000002",
            document.id,
            ((36, 77),),
            "control",
            None,
            (place,),
            source="The Blues",
            source_id="blue_radio",
            polarity="deny",
            control=ControlStatement("blue", "holds"),
        ),
    )
    unknowns = (Unknown("x:sorrow", "Sorrow", "place", "town", 2, document.id, (0, 5)),)
    return Chronicle([document], claims, theatre, unknowns)
