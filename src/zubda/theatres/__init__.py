"""Wars as data: a folder of tables each, read and validated."""

from zubda.theatres.loading import load_theatre, theatre_names

__all__ = ["load_theatre", "theatre_names"]
