"""Names in texts to places."""

from zubda.gazetteer.gazetteer import Gazetteer, distance_m

__all__ = ["Gazetteer", "distance_m"]
