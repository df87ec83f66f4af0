"""Observation tables: the chance of what is said, given who holds; their priors and how they are learned.

The confusion tables of Dawid and Skene (1979), with tied cells (see `zubda.control.evidence.symbols`), one for each source,
shrunk to the table of all sources with the same alignment, which is shrunk to a prior written down here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zubda.control.evidence.symbols import (
    CONTROL_CELLS,
    CONTROL_KINDS,
    EVENT_CELLS,
    EVENT_FAMILIES,
    OWN,
    REST,
    ROW_CONTESTED,
    ROW_OTHER,
    ROW_OWN,
    TRUTH,
    Vocabulary,
)

__all__ = ["Speaker", "Tables", "control_prior", "event_prior", "family_prior"]

Floats = NDArray[np.float64]

TRUE_RATES = {"gained": 1.0, "holds": 0.8, "partial": 0.3, "lost": 0.25, "withdrew": 0.25, "deny": 0.1}
CONTESTED_RATES = {"gained": 0.09, "holds": 0.09, "partial": 0.45, "lost": 0.14, "withdrew": 0.1, "deny": 0.12}
MIX = 100.0
"""How many times more the prior weighs for who fights whom than for whom a statement names."""

FIRMNESS = {"text": 1000.0, "neutral": 30.0, "unnamed": 30.0, "aligned": 4.0}
"""How many times more the prior weighs, by kind of speaker: claims cannot tell the errors of one without a side from change, nor those of
the account itself from what was misread in it; learned, each wrong claim makes the next easier to believe."""

ERRORS = {"text": (0.05, 0.05), "neutral": (0.06, 0.06), "unnamed": (0.12, 0.12), "aligned": (0.18, 0.04)}
"""Prior share of wrong statements: for the speaker's own side (if it has one), and for any other."""


def control_prior(character: str) -> Floats:
    """Prior table, rows by cells, of a kind of speaker: ``text``, ``neutral``, ``unnamed`` or ``aligned``.

    Rows are "own side holds", "another holds", "contested"; each sums to 1. What is right is said most; a side overstates
    its own gains and seldom grants the enemy's.
    """
    own_error, error = ERRORS[character]
    table = np.zeros((3, CONTROL_CELLS))
    for at, kind in enumerate(CONTROL_KINDS):
        gone = kind in ("lost", "withdrew", "deny")
        right = TRUE_RATES[kind]
        cell = at * 3
        positive_wrong = right * error if kind != "partial" else 0.08
        own_wrong = right * own_error if kind != "partial" else 0.16
        table[ROW_OWN, cell + OWN] = 0.02 if gone else right
        table[ROW_OWN, cell + REST] = right if gone else positive_wrong
        table[ROW_OTHER, cell + TRUTH] = 0.02 if gone else right * (0.5 if character == "aligned" else 1.0)
        table[ROW_OTHER, cell + REST] = right if gone else positive_wrong
        table[ROW_OTHER, cell + OWN] = right * 0.6 if gone else own_wrong
        table[ROW_CONTESTED, cell + OWN] = 2.0 * CONTESTED_RATES[kind] * (1.0 if gone else 1.5)
        table[ROW_CONTESTED, cell + REST] = 2.0 * CONTESTED_RATES[kind]
    table[:, -1] = (0.05, 0.05, 0.6)
    if character != "aligned":
        table[:, OWN::3][:, : len(CONTROL_KINDS)] = 0.0
        table[ROW_OWN] = table[ROW_OTHER]
    table += 1e-4
    normalised: Floats = table / table.sum(axis=1, keepdims=True)
    return normalised


EVENT_HELD = {
    "strike": ((0.0, 0.0, 0.6), (0.0, 1.0, 0.15), (0.07, 0.0, 1.0), (0.05, 1.0, 0.12)),
    "clash": ((0.0, 0.0, 0.6), (0.0, 1.0, 0.3), (0.4, 0.0, 1.0), (0.35, 1.0, 0.1)),
    "siege": ((0.0, 0.0, 0.3), (0.0, 1.0, 0.1), (0.08, 0.0, 0.7), (0.05, 1.0, 0.1)),
    "advance": ((0.0, 0.0, 0.3), (0.0, 0.5, 0.3), (0.1, 0.0, 1.0), (0.1, 1.0, 0.3)),
}
EVENT_CONTESTED = {
    "strike": (0.6, 0.8, 0.8, 0.7),
    "clash": (1.0, 0.6, 0.8, 0.8),
    "siege": (0.4, 0.4, 0.4, 0.4),
    "advance": (0.4, 0.4, 1.0, 0.8),
}
FAMILY_HELD = (0.5, 0.2, 0.2, 0.08, 0.05)
FAMILY_CONTESTED = {"area": (0.35, 0.15, 0.45, 0.03, 0.1), "site": (0.5, 0.2, 0.12, 0.05, 0.05)}
"""Chances before anything is learned of who does an event and to whom, and of each family of report; see `event_prior`,
`family_prior`."""


def event_prior(family: str) -> Floats:
    """Prior table, rows "held" and "contested" by cells, of an event family: who does it and to whom, given who holds.

    Cells are groups of three (holder is the actor, is the target, is neither) for reports that name nobody, the target
    only, the actor only, and both.
    """
    table = np.full((2, EVENT_CELLS), 1e-4)
    table[0] += np.ravel(EVENT_HELD[family])
    table[1, 2::3] += EVENT_CONTESTED[family]
    normalised: Floats = table / table.sum(axis=1, keepdims=True)
    return normalised


def family_prior(areas: bool) -> Floats:
    """Prior chance of each family of report, rows "held" and "contested". Fighting inside an area leaves it contested;
    an attack on a single site mostly does not."""
    table = np.array([FAMILY_HELD, FAMILY_CONTESTED["area" if areas else "site"]])
    normalised: Floats = table / table.sum(axis=1, keepdims=True)
    return normalised


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as the tables see it: key, index of the side it is aligned with (-1: none), prior character."""

    key: str
    aligned: int
    character: str

    @property
    def group(self) -> tuple[int, str]:
        """Speakers of one group share a table that each is shrunk to."""
        return self.aligned, self.character


class Tables:
    """All tables of a fit. ``control`` is speakers by rows by cells; the last speaker stands for "the day before a change".

    ``classes`` are the kinds of place for event tables: 0 areas, 1 single sites.
    """

    def __init__(self, vocabulary: Vocabulary, speakers: Sequence[Speaker]) -> None:
        self.vocabulary = vocabulary
        self.speakers = tuple(speakers)
        self.groups = tuple(dict.fromkeys(speaker.group for speaker in speakers))
        self._group_of = np.array([self.groups.index(speaker.group) for speaker in speakers], np.int64)
        self._prior = np.stack([control_prior(character) for _, character in self.groups])
        self.group_tables = self._prior.copy()
        self.control = self._prior[self._group_of]
        self.control_counts = np.zeros_like(self.control)
        self.events = np.stack([np.stack([event_prior(family) for family in EVENT_FAMILIES])] * 2)
        self.families = np.stack([family_prior(True), family_prior(False)])
        self._event_prior = self.events.copy()
        self._cells = {aligned: vocabulary.control_cells(aligned) for aligned, _ in self.groups}
        self._event_cells = vocabulary.event_cells()

    def log_likelihood(self) -> tuple[Floats, Floats]:
        """Logarithms of the chance of each symbol in each state: (speakers x controls x states, classes x symbols x states).

        The second holds events whole, and for control symbols the chance that a report is one of control at all.
        """
        words = self.vocabulary
        said = np.empty((len(self.speakers), words.controls, words.states))
        for at, speaker in enumerate(self.speakers):
            cells, shared = self._cells[speaker.aligned]
            rows = words.rows(speaker.aligned)
            said[at] = np.log(self.control[at][rows[:, None], cells] / shared).T
        happened = np.zeros((2, words.size, words.states))
        row = np.zeros(words.states, np.int64)
        row[words.holders] = 1
        cells, shared = self._event_cells
        width = (words.holders + 1) ** 2
        for place_class in range(2):
            chance = self.families[place_class][row]
            happened[place_class] = np.log(chance[:, words.family]).T
            for at in range(len(EVENT_FAMILIES)):
                start = words.controls + at * width
                table = self.events[place_class, at]
                happened[place_class, start : start + width] += np.log(table[row[:, None], cells] / shared).T
        return said, happened

    def learn(
        self, said: Floats, happened: Floats, table_strength: float, source_strength: float, per_source: bool
    ) -> None:
        """One maximisation from expected counts.

        ``said`` is speakers x controls x states, ``happened`` classes x symbols x states.
        """
        words = self.vocabulary
        counts = np.zeros_like(self.control)
        for at, speaker in enumerate(self.speakers):
            cells, _ = self._cells[speaker.aligned]
            rows = words.rows(speaker.aligned)
            np.add.at(counts[at], (np.broadcast_to(rows[:, None], cells.shape), cells), said[at].T)
        self.control_counts = counts
        grouped = np.zeros_like(self._prior)
        firmness = np.array([FIRMNESS[character] for _, character in self.groups])[:, None, None]
        np.add.at(grouped, self._group_of, counts)
        self.group_tables = _control_shrunk(grouped, self._prior, table_strength * firmness)
        shared = self.group_tables[self._group_of]
        self.control = (
            _control_shrunk(counts, shared, source_strength * firmness[self._group_of]) if per_source else shared
        )
        self._learn_events(happened, table_strength * MIX)

    def _learn_events(self, happened: Floats, strength: float) -> None:
        """Who does what to whom in a place that a side holds is learned. How often fights are told of places that are held or
        contested stays at the prior: it is what "contested" means, and learning would make it mean "told of"."""
        words = self.vocabulary
        cells, _ = self._event_cells
        width = (words.holders + 1) ** 2
        for place_class in range(2):
            for at in range(len(EVENT_FAMILIES)):
                start = words.controls + at * width
                counts = np.zeros(EVENT_CELLS)
                block = happened[place_class, start : start + width].T
                np.add.at(counts, cells[: words.holders], block[: words.holders])
                self.events[place_class, at, 0] = _shrunk(counts, self._event_prior[place_class, at, 0], strength)


def _control_shrunk(counts: Floats, prior: Floats, strength: Floats) -> Floats:
    """Whom a report names is learned kind by kind. Which kinds are told at all stays at the prior, since it is what "contested"
    means: of a contested place little is told but parts taken, whatever would fit best."""
    shape = (*counts.shape[:-1], len(CONTROL_KINDS), 3)
    seen, told = counts[..., :-1].reshape(shape), prior[..., :-1].reshape(shape)
    by_kind = told.sum(axis=-1, keepdims=True)
    weight = strength[..., None] * by_kind
    named = (seen + weight * told / by_kind) / (seen.sum(axis=-1, keepdims=True) + weight)
    whole = (named * by_kind).reshape(*counts.shape[:-1], -1)
    joined: Floats = np.concatenate([whole, prior[..., -1:]], axis=-1)
    return joined


def _shrunk(counts: Floats, prior: Floats, strength: Floats | float) -> Floats:
    total = counts.sum(axis=-1, keepdims=True) + strength
    shrunk: Floats = (counts + strength * prior) / total
    return shrunk
