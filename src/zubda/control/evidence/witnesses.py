"""Reports that are one witness, that are overtaken, and that speak of more places than the one they name."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zubda.control.evidence.symbols import EVENT_FAMILIES, Vocabulary
from zubda.control.options import ControlOptions
from zubda.model import Theatre

__all__ = [
    "Draft",
    "already_whole",
    "crowded",
    "followed",
    "is_area",
    "merge_copies",
    "one_voice",
    "overtaken",
    "passed_on",
    "scale_of",
]

AREA_KINDS = frozenset(
    {
        "country",
        "province",
        "region",
        "county",
        "city",
        "town",
        "village",
        "settlement",
        "suburb",
        "district",
        "neighbourhood",
    }
    | {"neighborhood", "quarter", "area", "camp", "island", "raion", "oblast"}
)
"""Kinds of place that can be split; every other kind is a single site, which has one holder until it falls."""

WIDE_KINDS = frozenset({"country", "province", "governorate", "oblast", "region", "raion", "county"})

SETTLING = frozenset({"gained", "holds", "lost", "withdrew"})
OVERTAKEN = 0.35
REBUTTED = 0.5

PASSED_DOWN = frozenset({"gained", "holds", "lost", "withdrew"})
NEAR_DAYS = 5
FOLLOW_DAYS = 2
WHOLE_DAYS = 7
CROWD_DAYS = 7
EVENT_SPAN = 10
ONE_VOICE = 0.8
"""Events of one kind at a place within so many days weigh as the root of their number: a battle told blow by blow is one battle,
and still a longer one than a raid."""

PASSED = {"city": 1.0, "quarter": 1.0, "settlement": 1.0, "site": 1.0, "wide": 0.4}
""" A word about a province says less of a village in it than a word about a city of its quarters; about a country, nothing."""
SITES = 0.5
"""What is left of a word about a whole for a single site in it: a base can hold out in a city that fell."""

OUTWEIGHED = 0.15
"""What is left of a word about a whole for a part that is spoken of by name within `NEAR_DAYS`."""


def is_area(kind: str) -> bool:
    """Whether a place of this kind can be split between sides."""
    return kind in AREA_KINDS


def scale_of(kind: str) -> str:
    """How large a place of a kind is, as a fight in it goes: one of `zubda.control.transitions.SCALES`."""
    if kind in WIDE_KINDS or kind == "city":
        return "city" if kind == "city" else "wide"
    if kind not in AREA_KINDS:
        return "site"
    return "settlement" if kind in ("town", "village", "settlement") else "quarter"


@dataclass(slots=True)
class Draft:
    """A report in the making. Days are numbers of the grid, ``claims`` indices into the claims given; ``whole`` marks what is said of all of
    a place in so many words, ``again`` a gain told after one of the same side,
    ``against`` what the account sets against the word of another ("but")."""

    place: int
    first: int
    last: int
    symbol: int
    speaker: int
    kind: str
    origin: str
    claims: list[int]
    weight: float = 1.0
    direct: bool = True
    told: tuple[str, int] = ("", 0)
    above: int = -1
    whole: bool = False
    again: bool = False
    against: bool = False


def merge_copies(drafts: Sequence[Draft]) -> list[Draft]:
    """One report for all copies: the same words of the same origin about the same place and overlapping days.

    The narrowest days are kept. Events are the same whoever tells them, so their origin is empty.
    """
    groups: dict[tuple[str, int, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.origin, draft.place, draft.symbol].append(draft)
    merged: list[Draft] = []
    for group in groups.values():
        if len(group) == 1:
            merged += group
            continue
        group.sort(key=lambda draft: (draft.last - draft.first, draft.first))
        kept: list[Draft] = []
        for draft in group:
            same = next((other for other in kept if _meet(other, draft)), None)
            if same is None:
                kept.append(draft)
            else:
                same.claims.extend(draft.claims)
        merged.extend(kept)
    return merged


def _meet(one: Draft, other: Draft) -> bool:
    """Whether the days of two reports overlap; what went on for weeks is not what happened on a day of them."""
    brief = EVENT_SPAN if one.kind in EVENT_FAMILIES else math.inf
    apart = (other.last - other.first) - (one.last - one.first)
    return one.first <= other.last and other.first <= one.last and abs(apart) < brief


def overtaken(drafts: Sequence[Draft], text: int) -> None:
    """An account tells a day in its order: what a later sentence says of the same place and day outweighs what came before.

    Reports that a later one of the same document and day settles (a side gained, lost, left or held) lose weight, in place, if
    the same speaker says it or the text itself (speaker ``text``, -1: none); rival sources outweigh each other so only where the
    account sets the later one against what was said. Events of
    a day whose outcome is told lose weight wherever they stand.
    """
    groups: dict[tuple[int, int, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.first == draft.last:
            groups[draft.place, draft.last, draft.told[0]].append(draft)
    for group in groups.values():
        settled: dict[int, int] = {}
        for draft in group:
            if draft.kind in SETTLING:
                settled[draft.speaker] = max(settled.get(draft.speaker, -1), draft.told[1])
        if not settled:
            continue
        rebutted = max((draft.told[1] for draft in group if draft.against), default=-1)
        for draft in group:
            if draft.told[1] < rebutted and draft.kind not in EVENT_FAMILIES:
                draft.weight *= REBUTTED
            later = max(settled.get(draft.speaker, -1), settled.get(text, -1))
            if draft.told[1] < later or draft.kind in EVENT_FAMILIES:
                draft.weight *= OVERTAKEN


def followed(drafts: Sequence[Draft], words: Vocabulary) -> None:
    """Where one side left a place or lost it, another that enters it within `FOLLOW_DAYS` takes the whole of it: its report of a part
    becomes one of a gain, in place."""
    left: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind in ("withdrew", "lost"):
            left[draft.place].append(draft)
    for draft in drafts:
        if draft.kind != "partial" or draft.place not in left:
            continue
        side = words.named(draft.symbol)[1]
        if any(
            words.named(gone.symbol)[1] != side and 0 <= draft.last - gone.last <= FOLLOW_DAYS
            for gone in left[draft.place]
        ):
            draft.kind, draft.symbol = "gained", words.control("gained", side)


def already_whole(drafts: Sequence[Draft], words: Vocabulary) -> None:
    """Who took or kept the whole of a place has every part of it: within `WHOLE_DAYS` after, a part that he takes weighs less, and
    that he takes the place tells nothing of the day before. In place."""
    settled: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for draft in drafts:
        if draft.kind in SETTLING:
            side = words.named(draft.symbol)[1]
            settled[draft.place].append((draft.last, side if draft.kind in ("gained", "holds") else -1))
    for days in settled.values():
        days.sort()
    for draft in drafts:
        if draft.kind not in ("partial", "gained"):
            continue
        side = words.named(draft.symbol)[1]
        before = [had for day, had in settled[draft.place] if 0 < draft.first - day <= WHOLE_DAYS]
        if before and before[-1] == side:
            if draft.kind == "partial":
                draft.weight *= OVERTAKEN
            else:
                draft.again = True


def crowded(drafts: Sequence[Draft]) -> None:
    """Share weight among events of one kind at a place that follow each other closely, in place."""
    groups: dict[tuple[int, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind in EVENT_FAMILIES:
            groups[draft.place, draft.kind].append(draft)
    for group in groups.values():
        days = sorted(draft.last for draft in group)
        for draft in group:
            near = bisect_right(days, draft.last + CROWD_DAYS) - bisect_left(days, draft.last - CROWD_DAYS)
            draft.weight *= near**-0.5


def one_voice(drafts: Sequence[Draft], aligned: Sequence[int]) -> None:
    """Share weight among sources of one side that say the same of a place within `CROWD_DAYS`, in place: they speak with one voice.
    ``aligned`` has each speaker's side, -1 for none."""
    groups: dict[tuple[int, int, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind not in EVENT_FAMILIES and aligned[draft.speaker] >= 0:
            groups[draft.place, draft.symbol, aligned[draft.speaker]].append(draft)
    for group in groups.values():
        for draft in group:
            near = {other.speaker for other in group if abs(other.last - draft.last) <= CROWD_DAYS}
            draft.weight *= len(near) ** -ONE_VOICE


def passed_on(
    drafts: Sequence[Draft], theatre: Theatre, places: dict[str, int], words: Vocabulary, options: ControlOptions
) -> list[Draft]:
    """What is said of a whole larger place, said weakly of the places in it; what happens in a part, said weakly of the whole."""
    inside: dict[int, list[int]] = defaultdict(list)
    parents: dict[int, int] = {}
    for place, index in places.items():
        above = theatre.ancestors(place)
        for ancestor in above:
            inside[places[ancestor]].append(index)
        if above:
            parents[index] = places[above[0]]
    areas = {
        index for place, index in places.items() if place not in theatre.places or is_area(theatre.places[place].kind)
    }
    shares = {
        index: options.down * PASSED[scale_of(theatre.places[place].kind)]
        for place, index in places.items()
        if place in theatre.places and theatre.places[place].kind != "country"
    }
    own = _days_spoken_of(drafts)
    found: list[Draft] = []
    for draft in drafts:
        if draft.kind in PASSED_DOWN and options.down > 0:
            found += _down(draft, inside.get(draft.place, []), own, shares.get(draft.place, 0.0), options.down, areas)
        above_it = parents.get(draft.place, -1)
        if draft.kind in ("gained", "partial") and options.up > 0 and above_it in areas:
            symbol = words.control("partial", words.named(draft.symbol)[1])
            weight = options.up * (1.0 if draft.place in areas else 0.5)
            found.append(
                Draft(above_it, draft.first, draft.last, symbol, draft.speaker, "part", "", draft.claims, weight, False)
            )
    return found


def _days_spoken_of(drafts: Sequence[Draft]) -> dict[int, list[int]]:
    """Last days of the reports that settle who holds a place by its own name, in order."""
    days: dict[int, list[int]] = defaultdict(list)
    for draft in drafts:
        if draft.kind in SETTLING or draft.kind == "partial":
            days[draft.place].append(draft.last)
    return {place: sorted(told) for place, told in days.items()}


def _down(
    draft: Draft, inside: Sequence[int], own: dict[int, list[int]], share: float, down: float, areas: set[int]
) -> Iterator[Draft]:
    for child in inside if share > 0 else ():
        told = own.get(child, [])
        near = bisect_left(told, draft.first - NEAR_DAYS) < bisect_right(told, draft.last + NEAR_DAYS)
        passed = share / down if draft.whole else share * (1.0 if child in areas else SITES)
        weight = passed * draft.weight * (OUTWEIGHED if near else 1.0)
        yield Draft(
            child, draft.first, draft.last, draft.symbol, draft.speaker, draft.kind, "", draft.claims, weight, False,
            above=draft.place,
        )  # fmt: skip
