"""The program's version, written into every chronicle."""

__version__ = "0.1.0"
