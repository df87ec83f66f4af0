"""Many documents: extraction over the processors of this machine, in the order of the documents."""

from zubda.corpus.pool import extract_all
from zubda.corpus.sides import agree_on_sides

__all__ = ["agree_on_sides", "extract_all"]
