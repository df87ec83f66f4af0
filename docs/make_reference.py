"""Writes docs/reference.md: every command with its options, and every public name with its docstring, from the program itself.

``python docs/make_reference.py`` writes the page; ``--check`` only says whether it is up to date (exit status 1 if not).
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from pathlib import Path

import click
import typer

import zubda

PAGE = Path(__file__).with_name("reference.md")
HEAD = """# Reference

Written by `make reference` from the program itself; do not edit.

"""


def command_pages() -> list[str]:
    """One section a command, in the order of the program's help."""
    from zubda.cli.main import app

    root = typer.main.get_command(app)
    parts = ["## Commands\n"]
    for path, command in _commands(root, "zubda"):
        parts.append(f"### `{path}`\n\n{inspect.cleandoc(command.help or '')}\n")
        rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            parts.append("| argument or option | meaning |\n|---|---|\n" + "\n".join(rows) + "\n")
    return parts


def _commands(command: object, path: str) -> list[tuple[str, click.Command]]:
    children = getattr(command, "commands", None)
    if children is None:
        return [(path, command)]  # type: ignore[list-item]
    return [entry for name, child in children.items() for entry in _commands(child, f"{path} {name}")]


def _parameter(parameter: object) -> str:
    names = getattr(parameter, "opts", []) + getattr(parameter, "secondary_opts", [])
    value = getattr(parameter, "metavar", None)
    label = " / ".join(f"`{name}`" for name in names) + (f" `{value}`" if value else "").replace("|", "\\|")
    if not names or not names[0].startswith("-"):
        label = f"`{value or names[0].upper()}`"
    meaning = (getattr(parameter, "help", None) or "").replace("|", "\\|")
    default = getattr(parameter, "default", None)
    shown = isinstance(default, (str, int, float)) and not isinstance(default, bool) and default not in ("", None)
    return f"| {label} | {meaning}{f' Default: `{default}`.' if shown else ''} |"


def public_modules() -> list[str]:
    """Names of the packages whose ``__all__`` is the public surface: `zubda` and the packages right below it."""
    below = [info.name for info in pkgutil.iter_modules(zubda.__path__) if not info.name.startswith("_")]
    return ["zubda", *(f"zubda.{name}" for name in sorted(below) if name not in ("cli",))]


def python_pages() -> list[str]:
    """One section a package, one entry a public name."""
    parts = ["## Python\n"]
    for module_name in public_modules():
        module = importlib.import_module(module_name)
        names = list(getattr(module, "__all__", []))
        if not names:
            continue
        summary = (inspect.getdoc(module) or "").split("\n\n")[0].replace("\n", " ")
        parts.append(f"### `{module_name}`\n\n{summary}\n")
        parts.extend(_entry(module, name) for name in names)
    return parts


def _entry(module: object, name: str) -> str:
    value = getattr(module, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        text = inspect.getdoc(value) or ""
        return f"**`{name}`**: {text.split(chr(10) + chr(10))[0].replace(chr(10), ' ')}\n"
    shown = repr(value)
    return f"**`{name}`**: `{shown if len(shown) < 60 and ' at 0x' not in shown else type(value).__name__}`\n"


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join([*command_pages(), *python_pages()])


def main() -> int:
    """Write or check the page."""
    text = page()
    if "--check" in sys.argv:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
