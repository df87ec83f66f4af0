"""A claim: one thing that a text says happened or was so, with who says it.

The fields and codes are those of the project's codebook (``docs/codebook.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from zubda.model.days import DayRange

__all__ = [
    "BLOWS",
    "CLAIM_TYPES",
    "CONTROL_CHANGES",
    "COUNT_KINDS",
    "Claim",
    "ControlStatement",
    "Count",
    "FiredRule",
    "Party",
    "PlaceMention",
    "claim_id",
]

CLAIM_TYPES: tuple[str, ...] = (
    "clash",
    "territory",
    "airstrike",
    "shelling",
    "suicide_bomb",
    "bomb",
    "chemical",
    "execution",
    "attack_on_civilians",
    "abduction",
    "protest",
    "agreement",
    "defection",
    "alliance",
    "arrest",
    "release",
    "withdrawal",
    "movement",
    "siege",
    "supply",
    "seizure",
    "destruction",
    "displacement",
    "control",
    "strength",
    "casualties",
    "statement",
    "other",
)

BLOWS = frozenset({"airstrike", "shelling", "suicide_bomb", "bomb", "chemical"})
"""Types of one blow from afar or by explosives and poison, which ACLED calls explosions and remote violence."""

COUNT_KINDS: tuple[str, ...] = (
    "killed",
    "wounded",
    "killed_or_wounded",
    "killed_or_captured",
    "killed_or_missing",
    "captured",
    "executed",
    "abducted",
    "released",
    "defected",
    "displaced",
    "evacuated",
    "bodies_found",
    "fighters",
    "vehicles",
    "tanks",
    "aircraft",
    "weapons",
    "buildings",
    "villages",
    "missing",
)

CONTROL_CHANGES: tuple[str, ...] = ("gained", "lost", "holds", "partial", "contested", "withdrew")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as the text names it, and which gazetteer entry it is.

    ``surface`` is exactly what stands in the text. ``place`` is the id, None if nothing fits; ids of places
    that no theatre knows begin with ``x:``. ``score`` is 0 to 1; ``others`` are the runners-up as
    ``(id, score)``, best first.
    """

    surface: str
    place: str | None = None
    score: float = 0.0
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or target: surface form, side code (``unknown`` if the text does not tell), actor id if known."""

    surface: str
    side: str = "unknown"
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things. ``low`` and ``high`` are inclusive; ``high`` None means "at least".

    ``what`` is one of `COUNT_KINDS`, ``who`` the surface form of the group, ``side`` its code. ``approximate``
    marks "about". ``part_of`` is the index of the whole in the same claim's counts. ``best`` is a most likely value between the
    two where coded data gives one.
    """

    what: str
    who: str
    side: str
    low: int | None
    high: int | None
    approximate: bool = False
    part_of: int | None = None
    best: int | None = None


@dataclass(frozen=True, slots=True)
class ControlStatement:
    """Who holds the claim's places, by the claim. ``change`` is one of `CONTROL_CHANGES`; ``share`` lies in 0..1."""

    holder: str
    change: str
    share: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class FiredRule:
    """One rule that fired: its name, the claim's field it set, and the raw characters it rests on."""

    rule: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. ``spans`` are raw code-point ranges ``(start, end)``, end exclusive, that carry it.

    ``source`` is the surface form of who says it, ``"unnamed"`` for hearsay, None for the text's own voice;
    ``source_id`` the theatre's (or an ``x:`` id) for it. ``polarity`` is ``affirm`` or ``deny``. ``extractor`` tells how the
    claim was made: ``rules``, ``llm:<model>:<prompt version>``, or ``import:<format>``. ``coordinates`` is
    ``(latitude, longitude)`` only where coded data gives a point of its own.
    """

    id: str
    document: str
    spans: tuple[tuple[int, int], ...]
    type: str
    date: DayRange | None = None
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    source: str | None = None
    source_id: str | None = None
    polarity: str = "affirm"
    counts: tuple[Count, ...] = ()
    control: ControlStatement | None = None
    rules: tuple[FiredRule, ...] = ()
    language: str = ""
    extractor: str = "rules"
    coordinates: tuple[float, float] | None = None

    @property
    def place_ids(self) -> tuple[str, ...]:
        """Ids of the places that were located, in the order of the text."""
        return tuple(mention.place for mention in self.places if mention.place is not None)

    @property
    def sides(self) -> tuple[str, ...]:
        """Side codes of actors, then targets, without ``unknown`` and without repeats."""
        seen = dict.fromkeys(party.side for party in (*self.actors, *self.targets))
        seen.pop("unknown", None)
        return tuple(seen)


def claim_id(
    document: str,
    spans: Sequence[tuple[int, int]],
    type: str,
    source: str | None,
    date: DayRange | None,
    places: Sequence[str],
) -> str:
    """An id that stays the same when the same document is read again: ``c`` and 11 hexadecimal digits.

    Human decisions are kept by these ids, so they rest on what the claim says and where, not on its number.
    """
    said = (document, *map(str, spans), type, str(source), str(date and date.as_list()), *places)
    return "c" + blake2b("\x1f".join(said).encode(), digest_size=6).hexdigest()[:11]
