"""``zubda theatre``: the wars that come with the program, and users' own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zubda.cli.common import JsonFlag, counted, parse_day, print_json, print_note, print_table

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="List, check and begin theatres: wars as tables."
    )
    group.command("list")(list_command)
    group.command("check")(check_command)
    group.command("new")(new_command)
    app.add_typer(group, name="theatre")


def list_command(as_json: JsonFlag = False) -> None:
    """List the theatres that come with the program."""
    from zubda.theatres import load_theatre, theatre_names

    theatres = [load_theatre(name) for name in theatre_names()]
    facts = [
        {
            "id": theatre.id,
            "name": theatre.names.get("en") or next(iter(theatre.names.values())),
            "first": theatre.first,
            "sides": list(theatre.holders()),
            "places": len(theatre.places),
            "actors": len(theatre.actors),
            "sources": len(theatre.sources),
            "version": theatre.version,
        }
        for theatre in theatres
    ]
    if as_json:
        print_json(facts)
        return
    columns = ("id", "name", "first", "sides", "places", "actors", "sources")
    print_table(
        "Theatres",
        ("theatre", "war", "first day", "who can hold places", "places", "actors", "sources"),
        ([", ".join(row[key]) if key == "sides" else row[key] for key in columns] for row in facts),  # type: ignore[arg-type]
    )


def check_command(
    theatre: Annotated[str, typer.Argument(help="A bundled theatre or a theatre's folder.", metavar="NAME|DIR")],
    as_json: JsonFlag = False,
) -> None:
    """Check a theatre: every fault at once, and what is worth a look."""
    from zubda.theatres import load_theatre
    from zubda.theatres.making import remarks

    checked = load_theatre(theatre)
    notes = remarks(checked)
    counts = {
        "sides": len(checked.sides),
        "actors": len(checked.actors),
        "sources": len(checked.sources),
        "places": len(checked.places),
        "routes": len(checked.routes),
    }
    if as_json:
        print_json({"theatre": checked.id, "version": checked.version, **counts, "faults": [], "remarks": notes})
        return
    for note in notes:
        print_note(f"Look at: {note}")
    told = ", ".join(counted(count, name.removesuffix("s")) for name, count in counts.items())
    print_note(f"The theatre {checked.id} has no faults: {told}.")


def new_command(
    folder: Annotated[Path, typer.Argument(help="A folder that is new or empty.", metavar="DIR")],
    name: Annotated[str, typer.Option("--name", help="The war's name.", metavar="TEXT")] = "A war",
    first: Annotated[
        str, typer.Option("--first", help="The war's first day, YYYY-MM-DD.", metavar="DAY")
    ] = "2031-01-01",
) -> None:
    """Begin a theatre: its tables, with invented rows to replace."""
    from datetime import date

    from zubda.theatres.making import new_theatre

    files = new_theatre(folder, name, parse_day(first) or date(2031, 1, 1))
    print_note(f"Written: {', '.join(str(file) for file in files)}.")
    print_note(f"Replace the rows by your war's; then: zubda theatre check {folder}")
