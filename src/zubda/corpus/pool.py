"""Extraction of many documents on several processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from zubda.extraction import Extraction, extract
from zubda.gazetteer import Gazetteer
from zubda.model import Document, Theatre

__all__ = ["extract_all"]

WORTH_A_PROCESS = 400_000
"""Characters below which starting processes costs more than it saves."""


def extract_all(
    documents: Sequence[Document], theatre: Theatre | None, processes: int | None = None
) -> Iterator[Extraction]:
    """The extraction of each document, in their order, the same however many processes work.

    ``processes`` defaults to the processors that may be used; small corpora are read in this process.
    """
    workers = min(processes or len(os.sched_getaffinity(0)), len(documents))
    if workers < 2 or (processes is None and sum(len(document.raw) for document in documents) < WORTH_A_PROCESS):
        gazetteer = Gazetteer(theatre)
        yield from (extract(document, theatre, gazetteer=gazetteer) for document in documents)
        return
    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(theatre,)) as pool:
        yield from pool.map(_extract, documents)


_theatre: Theatre | None = None


def _prepare(theatre: Theatre | None) -> None:
    """Each process gets the theatre once, not with every document."""
    global _theatre
    _theatre = theatre


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(_theatre)


def _extract(document: Document) -> Extraction:
    return extract(document, _theatre, gazetteer=_gazetteer())
