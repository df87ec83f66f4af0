"""Formats that Zubda reads and writes beside its own file."""
