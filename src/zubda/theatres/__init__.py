"""Wars as data: a folder of tables each, read and validated."""

from zubda.theatres.derived import derive_theatre
from zubda.theatres.loading import load_theatre, theatre_names

__all__ = ["derive_theatre", "load_theatre", "theatre_names"]
