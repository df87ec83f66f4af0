"""Documents to claims: the engine, which knows languages only through their interface."""

from zubda.extraction.engine import Extraction, extract
from zubda.extraction.explaining import explain

__all__ = ["Extraction", "explain", "extract"]
