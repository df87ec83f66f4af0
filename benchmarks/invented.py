"""An invented war of any size, with its texts, claims and theatre, for tests and measurements. Nothing in it is about a real place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import numpy as np

from zubda.chronicle import Chronicle
from zubda.model import (
    Block,
    Claim,
    ControlStatement,
    Count,
    DayRange,
    Document,
    FiredRule,
    Membership,
    OffsetMap,
    Party,
    Place,
    PlaceMention,
    Side,
    Source,
    Theatre,
    claim_id,
)
from zubda.model.theatre import Actor, Route

__all__ = ["invented_chronicle", "invented_theatre"]

FIRST = date(2031, 3, 1)
SIDES = ("north", "south", "coast")
ROOTS = (
    "Bel",
    "Cor",
    "Dun",
    "Esk",
    "Far",
    "Gal",
    "Hol",
    "Ilm",
    "Jor",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Osk",
    "Pel",
    "Quor",
    "Ras",
    "Sel",
    "Tor",
    "Ulm",
)
ENDS = ("by", "den", "fell", "gate", "ham", "ik", "mere", "ness", "ova", "port", "stead", "ton", "um", "vale", "wick")
KINDS = ("clash", "airstrike", "shelling", "bomb", "displacement", "statement", "casualties", "siege")
VERBS = {
    "clash": "fought over",
    "airstrike": "bombed",
    "shelling": "shelled",
    "bomb": "set off a mine in",
    "displacement": "drove people out of",
    "statement": "threatened",
    "casualties": "lost men in",
    "siege": "encircled",
}
SPACING_DEGREES = 0.012
CENTRE = (-41.5, 141.5)


def _name(number: int) -> str:
    root, end = ROOTS[number % len(ROOTS)], ENDS[number // len(ROOTS) % len(ENDS)]
    more = number // (len(ROOTS) * len(ENDS))
    return f"{root}{end}" if not more else f"{root}{end} {more + 1}"


def invented_theatre(places: int = 60, sources: int = 12) -> Theatre:
    """A theatre of three sides on a grid of districts within an outline, with sources for each side and some for none."""
    across = int(np.ceil(np.sqrt(places)))
    generator = np.random.default_rng(7)
    entries = {}
    for number in range(places):
        row, column = divmod(number, across)
        shift = generator.uniform(-0.3, 0.3, 2) * SPACING_DEGREES
        entries[f"p{number}"] = Place(
            f"p{number}", "district", {"en": _name(number), "zh": f"第{number + 1}区"}, (("en", _name(number)), ("zh", f"第{number + 1}区")),
            CENTRE[0] + row * SPACING_DEGREES + float(shift[0]), CENTRE[1] + column * SPACING_DEGREES + float(shift[1]),
            400.0, "invented",
        )  # fmt: skip
    south, west = CENTRE[0] - SPACING_DEGREES, CENTRE[1] - SPACING_DEGREES
    north, east = CENTRE[0] + across * SPACING_DEGREES, CENTRE[1] + across * SPACING_DEGREES
    corners = ((south, west), (south, east), (north, east), (north, west), (south, west))
    middle = (south + north) / 2
    routes = {
        "outline": Route("outline", "outline", {"en": "Invented city"}, corners, (), 500.0, "invented"),
        "road": Route("road", "road", {"en": "Middle road"}, ((middle, west), (middle, east)),
                      tuple(f"p{across * (across // 2) + at}" for at in range(across) if across * (across // 2) + at < places),
                      500.0, "invented"),
    }  # fmt: skip
    return Theatre(
        id="invented",
        version="1",
        names={"en": "The invented war", "zh": "虚构之战"},
        sides={side: Side(side, {"en": side.title(), "zh": zh}, hue=hue)
               for hue, (side, zh) in enumerate(zip(SIDES, ("北方", "南方", "海岸"), strict=True))}
        | {"civ": Side("civ", {"en": "Civilians"}, armed=False, holds=False)},
        actors={f"{side}_army": Actor(f"{side}_army", "army", {"en": f"{side.title()} army"}, (("en", f"{side} army"),),
                                      (Membership(side),)) for side in SIDES},
        sources={f"s{at}": Source(f"s{at}", "agency" if at % 4 < 3 else "monitor", {"en": f"Herald {at + 1}"},
                                  (("en", f"Herald {at + 1}"),), SIDES[at % 4] if at % 4 < 3 else None)
                 for at in range(sources)},
        places=entries,
        routes=routes,
        first=FIRST,
    )  # fmt: skip


@dataclass(slots=True)
class _Writer:
    """A document in the making: sentences one after the other."""

    parts: list[str]
    length: int = 0

    def add(self, sentence: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(sentence + " ")
        self.length += len(sentence) + 1
        return start, start + len(sentence)


def invented_chronicle(
    claims: int = 600, places: int = 60, days: int = 400, sources: int = 12, documents: int = 3, seed: int = 0
) -> Chronicle:
    """A chronicle of so many claims and places; the same for the same arguments.

    The truth is a front that moves: places change hands now and then, towards the side of a neighbour. Sources see it, and
    those of a side now and then give a place to their own.
    """
    generator = np.random.default_rng(seed)
    theatre = invented_theatre(places, sources)
    truth = _truth(generator, places, days)
    found: list[Claim] = []
    texts: list[Document] = []
    for number in range(documents):
        share = range(number * claims // documents, (number + 1) * claims // documents)
        writer = _Writer([])
        drafts = list(_drafts(generator, theatre, truth, len(share), writer))
        document = _document(number, "".join(writer.parts))
        texts.append(document)
        found += [_claim(document.id, *draft) for draft in drafts]
    return Chronicle(texts, {claim.id: claim for claim in found}.values(), theatre)


def _truth(generator: np.random.Generator, places: int, days: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    across = int(np.ceil(np.sqrt(places)))
    now = np.array([min(2, at % across * 3 // across) for at in range(places)])
    held = np.empty((days, places), np.int64)
    for day in range(days):
        for at in generator.integers(0, places, max(1, places // 150)):
            near = int(at) + int(generator.choice((-1, 1, -across, across)))
            if 0 <= near < places:
                now[at] = now[near]
        held[day] = now
    return held


def _drafts(
    generator: np.random.Generator, theatre: Theatre, truth: np.ndarray, amount: int, writer: _Writer
) -> Iterator[tuple]:  # type: ignore[type-arg]
    days, places = truth.shape
    heralds = [None, *theatre.sources.values()]
    for day in np.sort(generator.integers(0, days, amount)):
        at = int(generator.integers(0, places))
        herald = heralds[int(generator.integers(0, len(heralds)))]
        side = int(truth[day, at])
        if herald is not None and herald.alignment in SIDES and generator.random() < 0.25:
            side = SIDES.index(herald.alignment)
        when = FIRST + timedelta(days=int(day))
        yield _sentence(generator, theatre.places[f"p{at}"], herald, side, when, writer)


def _sentence(
    generator: np.random.Generator, place: Place, herald: Source | None, side: int, when: date, writer: _Writer
) -> tuple:  # type: ignore[type-arg]
    says = f"{herald.names['en']} says that on" if herald else "On"
    name, army = place.names["en"], f"the {SIDES[side]} army"
    about = generator.random()
    if about < 0.35:
        kind, told = ("territory", "gained") if about < 0.2 else ("control", "holds")
        text = f"{says} {when.day} {when:%B} {when.year} {army} {'took' if told == 'gained' else 'held'} {name}."
        return (writer.add(text), kind, when, place, herald, side, ControlStatement(SIDES[side], told), None)
    kind = str(generator.choice(KINDS))
    killed = int(generator.integers(1, 60)) if generator.random() < 0.4 else None
    toll = f", and {killed} were killed" if killed else ""
    text = f"{says} {when.day} {when:%B} {when.year} {army} {VERBS[kind]} {name}{toll}."
    return (writer.add(text), kind, when, place, herald, side, None, killed)


def _claim(
    document: str, span: tuple[int, int], kind: str, when: date, place: Place, herald: Source | None, side: int,
    control: ControlStatement | None, killed: int | None,
) -> Claim:  # fmt: skip
    source = herald.names["en"] if herald else None
    days = DayRange.of_day(when)
    return Claim(
        claim_id(document, (span,), kind, source, days, (place.names["en"],)),
        document,
        (span,),
        kind,
        days,
        (PlaceMention(place.names["en"], place.id, 1.0),),
        (Party(f"the {SIDES[side]} army", SIDES[side], f"{SIDES[side]}_army"),),
        source=source,
        source_id=herald.id if herald else None,
        counts=(Count("killed", "people", "unknown", killed, killed),) if killed else (),
        control=control,
        rules=(FiredRule("invented", "type", span[0], span[0] + 4),),
        language="en",
    )


def _document(number: int, text: str) -> Document:
    digest = sha256(text.encode()).hexdigest()
    return Document(
        id=f"d{digest[:12]}",
        title=f"Annals of the invented war, book {number + 1}",
        origin=f"annals-{number + 1}.txt",
        sha256=digest,
        language="en",
        media_type="text/plain",
        raw=text,
        text=text,
        offsets=OffsetMap((0,), (0,), (len(text),)),
        blocks=(Block("paragraph", 0, len(text)),),
    )
