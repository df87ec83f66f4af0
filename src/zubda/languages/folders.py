"""What the folders of all languages say together, for what must be known before the language of a text is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["tables_of_all"]


@cache
def tables_of_all(name: str) -> dict[str, dict[str, Any]]:
    """The TOML file of that name of every language that has one, by the language's code."""
    folders = sorted(resources.files("zubda.languages").iterdir(), key=lambda folder: folder.name)
    files = {folder.name: folder.joinpath(name) for folder in folders}
    return {code: tomllib.loads(file.read_text(encoding="utf-8")) for code, file in files.items() if file.is_file()}
