"""The program ``zubda``."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import Annotated

import typer
from typer.core import TyperGroup

from zubda._version import __version__
from zubda.cli import claims, control, events, read, serve, theatre
from zubda.errors import ZubdaError

__all__ = ["app", "run"]


class _Group(TyperGroup):
    """Commands in the order they are registered; a mistyped one is answered with the nearest."""

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def]
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            near = get_close_matches(name, self.list_commands(ctx), n=3, cutoff=0.5)
            hint = f"Did you mean {' or '.join(near)}?" if near else "List the commands: zubda --help"
            ctx.fail(f"There is no command {name!r}. {hint}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Read what every side said about a battle, and get back the battle.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"zubda {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read what every side said about a battle, and get back the battle."""


for _module in (read, claims, control, events, theatre, serve):
    _module.register(app)


def run() -> None:
    """Run the program: exit status 0 for success, 1 for an error of ours (said on standard error), 2 for wrong usage."""
    try:
        app()
    except ZubdaError as error:
        if "--json" in sys.argv:
            import orjson

            sys.stdout.write(orjson.dumps({"error": error.as_dict()}).decode() + "\n")
        typer.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
