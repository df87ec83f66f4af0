"""Documents to claims: the engine, which knows languages only through their interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zubda.compiled import use_compiled

if TYPE_CHECKING:
    from zubda.extraction.explaining import explain
    from zubda.extraction.extracting import Extraction, extract

__all__ = ["Extraction", "explain", "extract"]

use_compiled()

_HOMES = {"Extraction": "extracting", "explain": "explaining", "extract": "extracting"}


def __getattr__(name: str) -> Any:
    """The public names, imported when first used: languages need the values of this package, and the engine needs languages."""
    if name not in _HOMES:
        raise AttributeError(f"module 'zubda.extraction' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"zubda.extraction.{_HOMES[name]}"), name)
