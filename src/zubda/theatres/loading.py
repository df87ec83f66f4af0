"""A theatre's folder to a `Theatre`, validated whole: every fault is told at once."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from zubda.errors import TheatreError, UnknownNameError
from zubda.model import Theatre
from zubda.theatres import tables
from zubda.theatres.tables import Faults, Row

__all__ = ["load_theatre", "theatre_folder", "theatre_names"]

FILES = ("theatre.toml", "sides.csv", "actors.csv", "sources.csv", "places.csv", "routes.csv")


def _bundled() -> Path:
    return Path(str(resources.files("zubda.theatres")))


def theatre_names() -> tuple[str, ...]:
    """Names of the theatres that come with the program, sorted."""
    return tuple(sorted(entry.name for entry in _bundled().iterdir() if (entry / "theatre.toml").is_file()))


def theatre_folder(name: str | Path) -> Path | None:
    """The folder of a bundled theatre, or the one given; None if there is none."""
    if isinstance(name, str) and "/" not in name and name in theatre_names():
        return _bundled() / name
    return Path(name) if Path(name).is_dir() else None


def load_theatre(name: str | Path) -> Theatre:
    """The bundled theatre of that name, or the one in that folder.

    Raises `UnknownNameError` (``unknown.theatre``) and `TheatreError` (``theatre.faults``), whose ``faults`` lists every fault
    as ``file:line: what is wrong``.
    """
    folder = theatre_folder(name)
    if folder is not None:
        return _load(folder, _fingerprint(folder))
    near = get_close_matches(str(name), theatre_names(), n=3, cutoff=0.4)
    raise UnknownNameError(
        "theatre",
        f"There is no theatre {str(name)!r}.",
        f"Bundled: {', '.join(theatre_names())}; or give a folder, or `none`.",
        near,
    )


def _fingerprint(folder: Path) -> str:
    digest = sha256()
    for file in FILES:
        path = folder / file
        digest.update(file.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()[:12]


@lru_cache(maxsize=8)
def _load(folder: Path, version: str) -> Theatre:
    faults = Faults()
    facts = _facts(folder, faults)
    sides = tables.read_sides(folder, faults)
    actors = tables.read_actors(folder, faults)
    sources = tables.read_sources(folder, faults)
    places = tables.read_places(folder, faults)
    routes = tables.read_routes(folder, faults)
    for side, row in sides.values():
        _known(row, "ally", side.ally, sides)
    for actor, row in actors.values():
        _known(row, "parent", actor.parent, actors)
        for member in actor.memberships:
            _known(row, "side", member.side, sides)
    for source, row in sources.values():
        _known(row, "alignment", source.alignment, sides)
        _known(row, "passes_on", source.origin, sources)
    for place, row in places.values():
        _known(row, "parent", place.parent, places)
        _no_cycle(row, place.id, places)
        _known(row, "held_at_start", place.held_at_start, sides)
        if place.held_at_start in sides and not sides[place.held_at_start][0].holds:
            row.wrong(f"held_at_start {place.held_at_start!r} is a side that holds no places")
    for route, row in routes.values():
        for stop in route.stops:
            _known(row, "stop", stop, places)
    _eve(facts, places, sides, faults)
    if faults.found:
        count = len(faults.found)
        raise TheatreError(
            "faults", f"The theatre in {folder.name} has {count} fault{'s' * (count > 1)}.", "Mend them:", faults.found
        )
    first, last = _day(facts.get("first")), _day(facts.get("last"))
    return Theatre(
        id=str(facts.get("id") or folder.name),
        version=version,
        names=dict(facts.get("names", {})),
        sides={key: value for key, (value, _) in sides.items()},
        actors={key: value for key, (value, _) in actors.items()},
        sources={key: value for key, (value, _) in sources.items()},
        places={key: value for key, (value, _) in places.items()},
        routes={key: value for key, (value, _) in routes.items()},
        first=first,
        last=last,
    )


def _facts(folder: Path, faults: Faults) -> dict[str, Any]:
    path = folder / "theatre.toml"
    if not path.is_file():
        faults.add("theatre.toml", 1, "the file is missing")
        return {}
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        faults.add("theatre.toml", 1, f"no TOML: {problem}")
        return {}
    for key in ("first", "last"):
        if key in facts and _day(facts[key]) is None:
            faults.add("theatre.toml", 1, f"{key} is no day of the form 2012-07-19: {facts[key]!r}")
    if not isinstance(facts.get("names"), dict) or not facts["names"]:
        faults.add("theatre.toml", 1, "[names] is missing: at least one language = name")
    return facts


def _eve(facts: dict[str, Any], places: dict[str, Any], sides: dict[str, Any], faults: Faults) -> None:
    """Set who held whole areas at the start, from the table ``[held_at_start]``: a place's id = a side's."""
    for place, side in dict(facts.get("held_at_start", {})).items():
        if place not in places or side not in sides or not sides[side][0].holds:
            faults.add(
                "theatre.toml", 1, f"[held_at_start] {place} = {side!r}: a place and a side that can hold it are wanted"
            )
            continue
        entry, row = places[place]
        places[place] = replace(entry, held_at_start=side), row


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _known(row: Row, what: str, wanted: str | None, known: dict[str, Any]) -> None:
    if wanted is None or wanted in known:
        return
    near = get_close_matches(wanted, known, n=1, cutoff=0.6)
    row.wrong(f"{what} {wanted!r} is in no row" + (f"; did you mean {near[0]!r}?" if near else ""))


def _no_cycle(row: Row, start: str, places: dict[str, Any]) -> None:
    seen = {start}
    parent = places[start][0].parent
    while parent in places:
        if parent in seen:
            row.wrong(f"{start!r} lies within itself by way of {parent!r}")
            return
        seen.add(parent)
        parent = places[parent][0].parent
