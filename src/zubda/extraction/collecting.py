"""The garbage collector while a document is read: its values hold no cycles, and looking for some among them takes time."""

from __future__ import annotations

import gc
from threading import Lock

__all__ = ["RareCollections"]

ALLOCATIONS = 50_000


class RareCollections:
    """Within it the collector runs after every 50,000 values that were made and not freed; the last thread to leave sets it back.

    A threshold of 0 (no collector at all) is left alone.
    """

    _lock = Lock()
    _inside = 0
    _before = (0, 0, 0)

    def __enter__(self) -> None:
        kind = type(self)
        with kind._lock:
            if not kind._inside:
                kind._before = gc.get_threshold()
                first, *others = kind._before
                gc.set_threshold(max(first, ALLOCATIONS) if first else 0, *others)
            kind._inside += 1

    def __exit__(self, *_: object) -> None:
        kind = type(self)
        with kind._lock:
            kind._inside -= 1
            if not kind._inside:
                gc.set_threshold(*kind._before)
