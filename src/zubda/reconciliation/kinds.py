"""Which types of claim can be about one event: the same act under two names, an act and its result, an act and talk of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zubda.model import BLOWS, CLAIM_TYPES

__all__ = ["FAMILIES", "STATES", "TALK", "TYPE_LEVELS", "family_of", "type_level"]

STATES = frozenset({"control", "strength"})
"""Types that say how things are, not what happened."""

TALK = frozenset({"statement"})
"""Types that carry words about an event, never the event."""

FAMILIES: dict[str, frozenset[str]] = {
    "ground": frozenset({"clash", "territory", "withdrawal", "movement", "siege", "control"}),
    "strike": BLOWS | {"destruction"},
    "killing": frozenset({"execution", "attack_on_civilians", "abduction", "arrest", "release"}),
    "people": frozenset({"displacement", "agreement", "protest"}),
    "politics": frozenset({"alliance", "defection"}),
    "goods": frozenset({"supply", "seizure"}),
    "other": frozenset({"casualties", "statement", "strength", "other"}),
}
"""Families of types, for blocking only."""

KIN = (
    ("clash", "territory"),
    ("clash", "withdrawal"),
    ("territory", "withdrawal"),
    ("bomb", "suicide_bomb"),
    ("bomb", "destruction"),
    ("suicide_bomb", "destruction"),
    ("execution", "attack_on_civilians"),
    ("abduction", "arrest"),
    ("territory", "control"),
    ("alliance", "defection"),
    ("casualties", "clash"),
    ("casualties", "airstrike"),
    ("casualties", "shelling"),
    ("casualties", "bomb"),
    ("casualties", "suicide_bomb"),
    ("casualties", "chemical"),
    ("casualties", "execution"),
    ("casualties", "attack_on_civilians"),
    ("displacement", "agreement"),
    ("siege", "supply"),
    ("destruction", "airstrike"),
    ("destruction", "shelling"),
)
COMPATIBLE = (
    ("clash", "movement"),
    ("clash", "seizure"),
    ("territory", "seizure"),
    ("territory", "movement"),
    ("withdrawal", "movement"),
    ("clash", "shelling"),
    ("clash", "suicide_bomb"),
    ("clash", "bomb"),
    ("clash", "destruction"),
    ("clash", "siege"),
    ("siege", "movement"),
    ("siege", "territory"),
    ("siege", "withdrawal"),
    ("clash", "attack_on_civilians"),
    ("clash", "arrest"),
    ("airstrike", "shelling"),
    ("airstrike", "attack_on_civilians"),
    ("shelling", "attack_on_civilians"),
    ("bomb", "attack_on_civilians"),
    ("suicide_bomb", "attack_on_civilians"),
    ("airstrike", "chemical"),
    ("shelling", "chemical"),
    ("shelling", "bomb"),
    ("territory", "destruction"),
    ("territory", "shelling"),
    ("territory", "airstrike"),
    ("territory", "execution"),
    ("clash", "supply"),
    ("supply", "territory"),
    ("casualties", "territory"),
    ("casualties", "displacement"),
    ("clash", "control"),
    ("withdrawal", "control"),
)

EXCLUSIVE = (
    *(
        (blow, deed)
        for blow in BLOWS
        for deed in ("execution", "abduction", "arrest", "release", "defection", "protest")
    ),
    *((blow, "withdrawal") for blow in BLOWS),
    ("arrest", "release"),
    ("abduction", "release"),
    ("suicide_bomb", "airstrike"),
    ("bomb", "airstrike"),
    ("agreement", "clash"),
    ("execution", "release"),
    ("territory", "protest"),
)
"""Acts so unlike that a common day and place do not make them one."""


def _levels() -> NDArray[np.uint8]:
    index = {name: number for number, name in enumerate(CLAIM_TYPES)}
    levels = np.full((len(CLAIM_TYPES), len(CLAIM_TYPES)), 4, np.uint8)
    np.fill_diagonal(levels, 0)
    for level, pairs in ((1, KIN), (2, COMPATIBLE), (5, EXCLUSIVE)):
        for a, b in pairs:
            levels[index[a], index[b]] = levels[index[b], index[a]] = level
    for talk in TALK:
        levels[index[talk], :] = levels[:, index[talk]] = 3
        levels[index[talk], index[talk]] = 0
    return levels


TYPE_LEVELS = _levels()
"""Level of agreement of two types, by their places in `CLAIM_TYPES`: 0 same, 1 kin, 2 compatible, 3 talk, 4 different,
5 exclusive."""


def type_level(a: str, b: str) -> int:
    """The level of agreement of two types by name."""
    return int(TYPE_LEVELS[CLAIM_TYPES.index(a), CLAIM_TYPES.index(b)])


def family_of(type: str) -> int:
    """Number of the family that a type belongs to."""
    return next(number for number, members in enumerate(FAMILIES.values()) if type in members)
