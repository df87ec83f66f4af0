"""Made-up wars: who held which place is known, and sources that lean tell of it. Seeded, so that each war can be made again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from zubda.model import (
    Claim,
    ControlStatement,
    DayRange,
    Party,
    Place,
    PlaceMention,
    Side,
    Source,
    Theatre,
    claim_id,
)

__all__ = ["SETTINGS", "Setting", "War", "make_war"]

FIRST = date(2030, 1, 1)
SIDES = ("red", "blue", "green")
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Setting:
    """What kind of war, and how it is told.

    ``attacks`` is the chance of an attack on a place in a day (trebled at a front), ``told`` the chance that a source tells of
    a change on its day, ``asides`` the chance that it says on a day who holds a place. ``leans`` are, for each side's sources, how
    often they name their own side while another holds the place; ``errors`` is how often any source names a wrong side
    besides. ``vague`` is the share of dates told as ranges, ``copies`` the share of statements that others repeat.
    """

    name: str
    places: int = 100
    days: int = 365
    sides: int = 2
    attacks: float = 0.003
    told: float = 0.35
    asides: float = 0.004
    leans: tuple[float, ...] = (0.15, 0.15, 0.15)
    errors: float = 0.03
    vague: float = 0.15
    copies: float = 0.2
    monitors: int = 2
    agencies: int = 2


SETTINGS: tuple[Setting, ...] = (
    Setting("even"),
    Setting("leaning", leans=(0.35, 0.25, 0.25)),
    Setting("one side lies", leans=(0.6, 0.05, 0.05), agencies=3, monitors=1),
    Setting("seldom told", told=0.15, asides=0.001),
    Setting("fast", attacks=0.006, days=240),
    Setting("three sides", sides=3, leans=(0.25, 0.15, 0.1)),
    Setting("vague dates", vague=0.6),
)
"""The wars that the validation runs on."""


@dataclass(frozen=True, slots=True)
class War:
    """``truth`` is places x days of states (sides in order, then contested); ``leaned`` is, for each source aligned with a side, the
    share of what it said about places of other sides that named its own."""

    theatre: Theatre
    claims: tuple[Claim, ...]
    truth: Ints
    leaned: dict[str, float]


def make_war(setting: Setting, seed: int) -> War:
    """A war of this kind; the same for the same seed."""
    random = np.random.default_rng([seed, len(setting.name), setting.places, setting.days])
    theatre = _theatre(setting)
    truth, fights = _history(setting, random)
    teller = _Teller(setting, theatre, truth, random)
    claims = sorted(teller.tell(fights), key=lambda claim: (str(claim.date), claim.id))
    leaned = {name: own / said for name, (own, said) in teller.counted.items() if said}
    return War(theatre, tuple(claims), truth, leaned)


def _theatre(setting: Setting) -> Theatre:
    width = int(np.ceil(np.sqrt(setting.places)))
    sides = {name: Side(name, {"en": name.title()}) for name in SIDES[: setting.sides]}
    places = {}
    for at in range(setting.places):
        row, column = divmod(at, width)
        name = f"place_{at}"
        held = SIDES[_home(column, width, setting.sides)]
        places[name] = Place(
            name, "district", {"en": name}, (), 10 + 0.1 * row, 20 + 0.1 * column, 500.0, "made up", None, "", held
        )
    sources = {}
    for side in sides:
        for number in range(setting.agencies):
            name = f"{side}_agency_{number}"
            sources[name] = Source(name, "agency", {"en": name}, (), side)
    for number in range(setting.monitors):
        sources[f"monitor_{number}"] = Source(f"monitor_{number}", "monitor", {"en": f"monitor {number}"}, ())
    last = FIRST + timedelta(days=setting.days - 1)
    return Theatre(f"synthetic_{setting.name}", "1", {"en": setting.name}, sides, {}, sources, places, {}, FIRST, last)


def _home(column: int, width: int, sides: int) -> int:
    return min(column * sides // width, sides - 1)


@dataclass(frozen=True, slots=True)
class _Fight:
    place: int
    first: int
    last: int
    attacker: int
    defender: int
    winner: int


def _history(setting: Setting, random: np.random.Generator) -> tuple[Ints, list[_Fight]]:
    """Fronts move: attacks come from neighbours, leave a place contested for some days, and end one way or the other."""
    width = int(np.ceil(np.sqrt(setting.places)))
    contested = setting.sides
    holder = np.array([_home(at % width, width, setting.sides) for at in range(setting.places)], np.int64)
    truth = np.empty((setting.places, setting.days), np.int64)
    under: dict[int, _Fight] = {}
    fights: list[_Fight] = []
    strength = random.dirichlet(np.full(setting.sides, 8.0))
    for day in range(setting.days):
        if day % 60 == 59:
            strength = random.dirichlet(np.full(setting.sides, 8.0))
        for at in range(setting.places):
            if at in under:
                if day >= under[at].last:
                    holder[at] = under.pop(at).winner
                continue
            around = [n for n in (at - 1, at + 1, at - width, at + width) if 0 <= n < setting.places and n not in under]
            foes = [int(holder[n]) for n in around if holder[n] != holder[at]]
            chance = setting.attacks * (3.0 if foes else 0.15)
            if random.random() < chance:
                others = [side for side in range(setting.sides) if side != holder[at]]
                attacker = int(random.choice(foes or others))
                length = int(random.geometric(0.25)) - 1
                wins = random.random() < strength[attacker] / (strength[attacker] + strength[holder[at]])
                fight = _Fight(at, day, day + length, attacker, int(holder[at]), attacker if wins else int(holder[at]))
                fights.append(fight)
                if length == 0:
                    holder[at] = fight.winner
                else:
                    under[at] = fight
        truth[:, day] = holder
        truth[list(under), day] = contested
    return truth, fights


class _Teller:
    def __init__(self, setting: Setting, theatre: Theatre, truth: Ints, random: np.random.Generator) -> None:
        self.setting, self.theatre, self.truth, self.random = setting, theatre, truth, random
        self.sources = list(theatre.sources.values())
        self.number = 0
        self.counted: dict[str, tuple[int, int]] = {}

    def tell(self, fights: list[_Fight]) -> Iterator[Claim]:
        for fight in fights:
            for source in self.sources:
                yield from self._of_fight(fight, source)
        chances = self.random.random((len(self.sources), *self.truth.shape)) < self.setting.asides
        for which, at, day in np.argwhere(chances):
            side = self._says(self.sources[which], int(self.truth[at, day]))
            if side is not None:
                yield from self._said(self.sources[which], "control", int(at), int(day), side, "holds")

    def _of_fight(self, fight: _Fight, source: Source) -> Iterator[Claim]:
        told = self.setting.told
        for day in range(fight.first, min(fight.last, self.setting.days)):
            if self.random.random() < told:
                yield self._claim(source, "clash", fight.place, day, actor=fight.attacker, target=fight.defender)
        if fight.last >= self.setting.days or self.random.random() >= told:
            return
        side = self._says(source, fight.winner)
        if side is None:
            return
        change = "holds" if side == fight.defender else "gained"
        yield from self._said(
            source, "clash" if change == "holds" else "territory", fight.place, fight.last, side, change
        )

    def _says(self, source: Source, true: int) -> int | None:
        """The side that a source names as holder; None where it keeps quiet about a contested place."""
        sides = self.setting.sides
        own = SIDES.index(source.alignment) if source.alignment else None
        if true == sides:
            return own if own is not None and self.random.random() < self.setting.leans[own] else None
        if own is not None and true != own and self.random.random() < self.setting.leans[own]:
            return own
        if self.random.random() < self.setting.errors:
            return int(self.random.choice([side for side in range(sides) if side != true]))
        return true

    def _said(self, source: Source, type: str, place: int, day: int, side: int, change: str) -> Iterator[Claim]:
        if source.alignment:
            own, said = self.counted.get(source.id, (0, 0))
            true = int(self.truth[place, day])
            if true not in (SIDES.index(source.alignment), self.setting.sides):
                self.counted[source.id] = own + (SIDES[side] == source.alignment), said + 1
        claim = self._claim(source, type, place, day, side=side, change=change)
        yield claim
        if self.random.random() < self.setting.copies:
            self.number += 1
            yield replace(
                claim, id=f"{claim.id}-again", document="press", spans=((self.number * 10, self.number * 10 + 9),)
            )

    def _claim(
        self, source: Source, type: str, place: int, day: int, *, side: int = -1, change: str = "", actor: int = -1,
        target: int = -1,
    ) -> Claim:  # fmt: skip
        self.number += 1
        first = last = day
        if self.random.random() < self.setting.vague:
            first = max(0, day - int(self.random.integers(0, 10)))
            last = min(self.setting.days - 1, first + 9)
        days = DayRange(FIRST + timedelta(days=first), FIRST + timedelta(days=last))
        name, spans = f"place_{place}", ((self.number * 10, self.number * 10 + 9),)
        return Claim(
            id=claim_id("account", spans, type, source.id, days, [name]), document="account", spans=spans, type=type, date=days,
            places=(PlaceMention(name, name, 1.0),), source=source.id, source_id=source.id,
            actors=(Party(SIDES[actor], SIDES[actor]),) if actor >= 0 else (),
            targets=(Party(SIDES[target], SIDES[target]),) if target >= 0 else (),
            control=ControlStatement(SIDES[side], change) if change else None,
        )  # fmt: skip
