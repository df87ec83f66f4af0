"""Languages as folders of data and rules behind one interface."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from zubda.compiled import use_compiled
from zubda.errors import UnknownNameError

use_compiled()

from zubda.languages.interface import Language  # noqa: E402 (it may be a compiled module)

__all__ = ["LANGUAGES", "Language", "load_language"]

LANGUAGES: tuple[str, ...] = ("en", "zh")
"""Codes of the languages that can be read."""


@cache
def load_language(code: str) -> Language:
    """The language with this code. Raises `UnknownNameError` (``unknown.language``)."""
    if code not in LANGUAGES:
        raise UnknownNameError(
            "language",
            f"There is no language {code!r}.",
            f"Languages that are read: {', '.join(LANGUAGES)}.",
            LANGUAGES,
        )
    module = import_module(f"zubda.languages.{code}")
    language: Language = module.language()
    return language
