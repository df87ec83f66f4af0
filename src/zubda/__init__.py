"""Zubda reads what every side said about a battle and gives back the battle."""

from zubda._version import __version__

__all__ = ["__version__"]
