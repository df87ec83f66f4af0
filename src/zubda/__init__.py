"""Zubda reads what every side said about a battle and gives back the battle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zubda._version import __version__

if TYPE_CHECKING:
    from zubda.chronicle import Chronicle
    from zubda.errors import ZubdaError
    from zubda.reading import read

__all__ = ["Chronicle", "ZubdaError", "__version__", "read"]

_HOMES = {"Chronicle": "zubda.chronicle", "ZubdaError": "zubda.errors", "read": "zubda.reading"}


def __getattr__(name: str) -> Any:
    """The public names, imported when first used, so that the command line starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'zubda' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
