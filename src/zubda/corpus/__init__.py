"""Many documents: extraction over the processors of this machine, in the order of the documents."""

from zubda.corpus.pool import extract_all

__all__ = ["extract_all"]
