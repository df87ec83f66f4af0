"""The chronicle: documents, claims, theatre and decisions in one file, and the answers that follow from them."""

from zubda.chronicle.chronicle import Chronicle

__all__ = ["Chronicle"]
