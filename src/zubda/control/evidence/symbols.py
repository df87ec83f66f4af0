"""What a report can say, as symbols, and which cell of a table gives the chance of saying it.

A table has few cells, because what matters of a report is the relation of the side it names to the side that holds the
place and to the side the speaker is aligned with: says that its own side gained what another holds, admits a loss, and so
on. A cell holds the chance that a report falls into it, given who holds; the symbols in a cell share that chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["CONTROL_KINDS", "EVENT_FAMILIES", "FAMILIES", "Vocabulary"]

CONTROL_KINDS: tuple[str, ...] = ("gained", "holds", "partial", "lost", "withdrew", "deny")
"""Kinds of control report that name a side; ``deny`` is a denial that the side holds the place."""

EVENT_FAMILIES: tuple[str, ...] = ("strike", "clash", "siege", "advance")
"""Kinds of event that shift the odds of who holds the place."""

FAMILIES: tuple[str, ...] = ("control", *EVENT_FAMILIES)

OWN, TRUTH, REST = 0, 1, 2
ROW_OWN, ROW_OTHER, ROW_CONTESTED = 0, 1, 2
OPPONENTS = 1.3
"""A side at a place fights hardly more than one other there, however many there are in the war."""

CONTROL_CELLS = len(CONTROL_KINDS) * 3 + 1
EVENT_CELLS = 12


@dataclass(frozen=True)
class Vocabulary:
    """Symbols and cells for ``holders`` sides; the states are the sides in order, then contested (index ``holders``)."""

    holders: int

    @property
    def states(self) -> int:
        """Number of states of a place."""
        return self.holders + 1

    @property
    def controls(self) -> int:
        """Number of control symbols; they come first, the last of them is "contested"."""
        return len(CONTROL_KINDS) * self.holders + 1

    @property
    def size(self) -> int:
        """Number of symbols."""
        return self.controls + len(EVENT_FAMILIES) * (self.holders + 1) ** 2

    def control(self, kind: str, holder: int) -> int:
        """Symbol of a control report; ``holder`` is ignored for ``contested``."""
        if kind == "contested":
            return self.controls - 1
        return CONTROL_KINDS.index(kind) * self.holders + holder

    def event(self, family: str, actor: int, target: int) -> int:
        """Symbol of an event; ``actor`` and ``target`` are side indices, -1 where the report names none that can hold."""
        width = self.holders + 1
        return self.controls + EVENT_FAMILIES.index(family) * width * width + (actor + 1) * width + target + 1

    @cached_property
    def family(self) -> NDArray[np.int64]:
        """Index in `FAMILIES` of every symbol."""
        width = (self.holders + 1) ** 2
        return np.concatenate(
            [np.zeros(self.controls, np.int64), *(np.full(width, at + 1) for at in range(len(EVENT_FAMILIES)))]
        )

    def named(self, symbol: int) -> tuple[str, int]:
        """Kind and side of a control symbol, ``("contested", -1)`` for the last; for events the family and the actor."""
        if symbol == self.controls - 1:
            return "contested", -1
        if symbol < self.controls:
            return CONTROL_KINDS[symbol // self.holders], symbol % self.holders
        width = self.holders + 1
        family, pair = divmod(symbol - self.controls, width * width)
        return EVENT_FAMILIES[family], pair // width - 1

    def rows(self, aligned: int) -> NDArray[np.int64]:
        """Row of a control table for every state, for a speaker aligned with side ``aligned`` (-1: with none)."""
        rows = np.full(self.states, ROW_OTHER, np.int64)
        rows[self.holders] = ROW_CONTESTED
        if aligned >= 0:
            rows[aligned] = ROW_OWN
        return rows

    def control_cells(self, aligned: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Cell (within its row) and number of symbols that share it, for every state and control symbol."""
        cells = np.empty((self.states, self.controls), np.int64)
        for state in range(self.states):
            for symbol in range(self.controls - 1):
                kind, side = divmod(symbol, self.holders)
                relation = OWN if side == aligned else TRUTH if side == state else REST
                cells[state, symbol] = kind * 3 + relation
            cells[state, self.controls - 1] = CONTROL_CELLS - 1
        return cells, self._shared(cells, limit=2)

    def event_cells(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Cell and number of symbols that share it, for every state and every pair of actor and target of one family."""
        width = self.holders + 1
        cells = np.empty((self.states, width * width), np.int64)
        for state in range(self.states):
            for pair in range(width * width):
                actor, target = pair // width - 1, pair % width - 1
                named = (actor >= 0) * 2 + (target >= 0)
                relation = 0 if actor == state else 1 if target == state else 2
                if actor == target == state:
                    relation = 2
                cells[state, pair] = named * 3 + relation
        shared = self._shared(cells, limit=2)
        facing = cells[: self.holders] % 3 < 2
        shared[: self.holders][facing] = np.minimum(shared[: self.holders][facing], OPPONENTS)
        return cells, shared

    def _shared(self, cells: NDArray[np.int64], limit: int) -> NDArray[np.float64]:
        """How many symbols share a cell. Of a contested place two sides are speakers' matter, whichever they are."""
        shared = np.empty(cells.shape)
        for state in range(self.states):
            counts = np.bincount(cells[state])
            shared[state] = counts[cells[state]]
        shared[self.holders] = np.minimum(shared[self.holders], limit)
        return shared
