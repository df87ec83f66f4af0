"""``zubda serve``, ``zubda publish`` and ``zubda demo``: the page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from zubda.cli.common import ChronicleFile, open_chronicle, print_note, progress_bar

__all__ = ["register"]

DEMO = "aleppo"
INTERRUPTED = 130
"""The status that a shell expects of a program that Ctrl-C stopped."""

Port = Annotated[
    int,
    typer.Option("--port", help="Port on this machine; 0 takes a free one.", min=0, max=65535, metavar="NUMBER"),
]
Host = Annotated[
    str,
    typer.Option(
        "--host", help="Address to listen on; the loopback address unless you say otherwise.", metavar="ADDRESS"
    ),
]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")]
Areas = Annotated[
    Path | None, typer.Option("--areas", help="GeoJSON polygons of your own for the places.", metavar="FILE")
]
Basemap = Annotated[
    Path | None, typer.Option("--basemap", help="A PMTiles archive of your own to draw under the map.", metavar="FILE")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("serve")(serve_command)
    app.command("publish")(publish_command)
    app.command("demo")(demo_command)


def serve_command(
    file: ChronicleFile,
    port: Port = 0,
    host: Host = "127.0.0.1",
    open_browser: Open = True,
    areas: Areas = None,
    basemap: Basemap = None,
) -> None:
    """Show a chronicle as a page: map, timeline, claims, sentences."""
    from zubda.server import serve

    try:
        serve(file, host=host, port=port, open_browser=open_browser, areas=areas, basemap=basemap)
    except KeyboardInterrupt:
        print_note("Stopped.")
        # Threads that link the claims of a large war may still run; they write nothing, so that nobody waits for them.
        os._exit(INTERRUPTED)


def publish_command(
    file: ChronicleFile,
    directory: Annotated[Path, typer.Argument(help="A folder for the site; made if it is not there.", metavar="DIR")],
    areas: Areas = None,
    basemap: Basemap = None,
) -> None:
    """Write the page as files that need no server.

    They open from the folder or from any web host.
    """
    from zubda.server import publish

    with progress_bar("Publishing", 1) as bar:
        index = publish(
            open_chronicle(file),
            directory,
            areas=areas,
            basemap=basemap,
            progress=lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total),
        )
    print_note(f"Open {index} in a browser.")


def demo_command(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Where to write the chronicle.", metavar="FILE.zubda")
    ] = Path("demo.zubda"),
    port: Port = 0,
    open_browser: Open = True,
    basemap: Basemap = None,
) -> None:
    """Read the example accounts into a chronicle and show it."""
    from zubda.cli.read import read_command

    read_command([str(_examples())], output)
    serve_command(output, port=port, open_browser=open_browser, basemap=basemap)


def _examples() -> Path:
    """The example accounts: inside the installed package, or beside its source."""
    import zubda

    package = Path(zubda.__file__).parent
    inside = package / "examples"
    return (inside if inside.is_dir() else package.parents[1] / "examples") / DEMO
