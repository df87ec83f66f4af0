"""A user's own war: a new theatre's folder to begin from, and what a person should look at in one."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from zubda.errors import UsageError
from zubda.model import Actor, Place, Source, Theatre
from zubda.theatres.tables import COLUMNS

__all__ = ["new_theatre", "remarks"]

DOT_M = 3_000.0
SETTLEMENTS = frozenset({"city", "town", "village"})
EXAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "sides.csv": (
        {"id": "red", "name_en": "Reds", "armed": "yes", "holds": "yes", "hue": "0"},
        {"id": "blue", "name_en": "Blues", "armed": "yes", "holds": "yes", "hue": "1"},
        {"id": "civ", "name_en": "Civilians", "armed": "no", "holds": "no"},
        {"id": "un", "name_en": "United Nations", "armed": "no", "holds": "no"},
        {"id": "other", "name_en": "Others", "armed": "no", "holds": "no"},
    ),
    "actors.csv": (
        {"id": "red_army", "kind": "army", "name_en": "Red Army", "forms": "Red Army|Reds|red troops", "sides": "red"},
        {"id": "river_militia", "kind": "militia", "name_en": "River Militia", "forms": "River Militia|militiamen of the river",
         "sides": "blue::2031-05-31|red:2031-06-01:"},
    ),
    "sources.csv": (
        {"id": "red_radio", "kind": "agency", "name_en": "Red Radio", "forms": "Red Radio", "alignment": "red"},
        {"id": "watch", "kind": "monitor", "name_en": "Olm Watch", "forms": "Olm Watch|the Watch"},
    ),
    "places.csv": (
        {"id": "olm_province", "kind": "province", "name_en": "Olm Province", "forms": "Olm Province", "latitude": "50.10",
         "longitude": "10.20", "precision_m": "60000", "origin": "recalled"},
        {"id": "olm", "kind": "city", "name_en": "Olm", "forms": "Olm|Ulm on the River", "latitude": "50.0021", "longitude": "10.1005",
         "precision_m": "2000", "origin": "recalled", "parent": "olm_province", "held_at_start": "red"},
        {"id": "karu", "kind": "village", "name_en": "Karu", "forms": "Karu|Karoo", "latitude": "50.0613", "longitude": "10.1522",
         "precision_m": "500", "origin": "recalled", "parent": "olm_province", "held_at_start": "blue"},
    ),
    "routes.csv": (
        {"id": "river_road", "kind": "road", "name_en": "River road", "forms": "River road", "points": "50.0021 10.1005; 50.0613 10.1522",
         "stops": "olm|karu", "precision_m": "500", "origin": "recalled"},
    ),
}  # fmt: skip
LANGUAGES = ("name_zh",)


def new_theatre(folder: Path, name: str, first: date) -> tuple[Path, ...]:
    """Write a theatre with a few invented rows into a new or empty folder; returns the files, which hold no fault.

    ``name`` is the war's English name, ``first`` its first day. Raises `UsageError` (``usage.folder``) for a folder that holds files.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("folder", f"{folder} is there already and holds something.", "Give the path of a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "theatre.toml"]
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    written[0].write_text(
        f'# docs/theatres.md tells what stands in which table.\nfirst = {first.isoformat()}\n\n[names]\nen = "{quoted}"\n',
        encoding="utf-8",
    )
    for table, rows in EXAMPLES.items():
        (folder / table).write_text(_table(table, rows), encoding="utf-8")
        written.append(folder / table)
    return tuple(written)


def _table(name: str, rows: tuple[Mapping[str, str], ...]) -> str:
    columns = list(COLUMNS[name])
    after = columns.index("name_en") + 1
    columns[after:after] = LANGUAGES
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def remarks(theatre: Theatre) -> tuple[str, ...]:
    """What is no fault and yet worth a look: names that several entries share, points that are rough, sides that nobody belongs to."""
    found = [
        f"{', '.join(owners)} share {', '.join(map(repr, forms))}; only the text around can tell them apart."
        for owners, forms in sorted(_shared(theatre).items())
    ]
    rough = [place.id for place in theatre.places.values() if place.precision_m > DOT_M]
    if rough:
        found.append(
            f"{len(rough)} of {len(theatre.places)} places are known to no better than 3 km and are never drawn as dots."
        )
    recalled = sum(place.origin == "recalled" for place in theatre.places.values())
    if recalled:
        found.append(f"{recalled} of {len(theatre.places)} points are recalled, from no gazetteer.")
    used = {member.side for actor in theatre.actors.values() for member in actor.memberships}
    idle = [side.id for side in theatre.sides.values() if side.armed and side.id not in used]
    if idle:
        found.append(f"No actor belongs to {', '.join(idle)}.")
    told = [place for place in theatre.places.values() if place.kind in SETTLEMENTS]
    untold = [place.id for place in told if theatre.held_at_start(place.id) is None]
    if untold and len(untold) < len(told):
        found.append(f"{len(untold)} of {len(told)} towns and villages have no holder at the start of the war.")
    return tuple(found)


def _shared(theatre: Theatre) -> dict[tuple[str, ...], list[str]]:
    """Names that several entries of one table share, by these entries; a country that is an actor, too, is nothing odd."""
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    tables: Mapping[str, Mapping[str, Actor | Place | Source]] = {
        "place": theatre.places,
        "actor": theatre.actors,
        "source": theatre.sources,
    }
    for kind, table in tables.items():
        owners: dict[str, set[str]] = defaultdict(set)
        for entry in table.values():
            for _, form in entry.forms:
                owners[form].add(f"{kind} {entry.id}")
        for form, ids in owners.items():
            if len(ids) > 1:
                shared[tuple(sorted(ids))].append(form)
    return shared
