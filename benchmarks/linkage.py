"""Linkage of synthetic claims whose duplicates are known, against Splink.

Events of an invented war are told one to six times, each telling with its own slips: a day off, a day blurred to a week, the
district's name lost to the town's, a neighbouring type of act, another count, no sides. Splink gets the same claims, the same fields
and blocking by the same keys (place and days; town, day and family of act), and joins what it finds more likely than not.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.record import Figure, sample
from zubda.model import Claim, Count, DayRange, Party, Place, PlaceMention, Side, Source, Theatre

__all__ = ["Synthetic", "pairwise", "run", "synthetic_claims"]

Result = TypeVar("Result")

SIZES = (10_000, 100_000, 1_000_000)
SPLINK_SIZES = (10_000, 100_000)
FIRST = date(2031, 1, 1)
TYPES = ("clash", "airstrike", "shelling", "territory", "bomb", "attack_on_civilians", "abduction", "displacement")
KIN = {"clash": "territory", "territory": "clash", "bomb": "suicide_bomb", "abduction": "arrest"}
SIDES = ("north", "south", "coast")
DISTRICTS_A_TOWN = 12


@dataclass(frozen=True)
class Synthetic:
    """Claims, the theatre that they belong to, and for each the number of the event that it tells."""

    claims: list[Claim]
    theatre: Theatre
    event: NDArray[np.int64]


def synthetic_claims(size: int, seed: int = 7) -> Synthetic:
    """About ``size`` claims, exactly. The war grows with them: more towns and more days, not more events a place and day."""
    random = np.random.default_rng(seed)
    towns = max(4, int(size**0.5 / 12))
    days = max(120, int(size**0.5 * 2))
    theatre = _theatre(towns)
    told = random.choice([1, 2, 3, 4, 6], size=size, p=[0.35, 0.3, 0.2, 0.1, 0.05])
    event = np.repeat(np.arange(size), told)[:size]
    events = int(event[-1]) + 1
    district = random.integers(0, towns * DISTRICTS_A_TOWN, events)
    day = random.integers(0, days, events)
    kind = random.integers(0, len(TYPES), events)
    actor, target = random.integers(0, 3, events), random.integers(0, 4, events)
    dead = np.minimum(random.geometric(0.06, events), 400)
    slip = random.random((size, 6))
    shift = random.choice([-1, 1], size)
    jitter = random.integers(1, 6, size)
    source = (random.integers(0, 12, events)[event] + np.arange(size)) % 12  # no source tells an event twice
    order = random.permutation(size)
    claims = []
    for row in order.tolist():
        of = int(event[row])
        claims.append(
            _telling(
                row,
                int(district[of]),
                FIRST + timedelta(days=int(day[of])),
                TYPES[kind[of]],
                (int(actor[of]), int(target[of])),
                int(dead[of]),
                slip[row],
                (int(shift[row]), int(jitter[row]), int(source[row])),
            )
        )
    return Synthetic(claims, theatre, event[order])


def _telling(
    row: int,
    district: int,
    day: date,
    kind: str,
    sides: tuple[int, int],
    dead: int,
    slip: NDArray[np.float64],
    luck: tuple[int, int, int],
) -> Claim:
    shift, jitter, source = luck
    place = f"d{district}" if slip[0] > 0.05 else f"t{district // DISTRICTS_A_TOWN}"
    days = DayRange.of_day(day)
    if slip[1] < 0.06:
        days = DayRange.of_day(day + timedelta(days=shift))
    elif slip[1] < 0.10:
        days = DayRange(day - timedelta(days=jitter % 3), day + timedelta(days=3))
    if slip[2] < 0.08:
        kind = KIN.get(kind, kind)
    low = dead if slip[3] > 0.15 else max(0, dead + shift * jitter)
    harmed = (*SIDES, "civ")[sides[1]]
    return Claim(
        id=f"c{row:011x}",
        document=f"x{row:07d}",
        spans=((0, 1),),
        type=kind,
        date=days,
        places=(PlaceMention(place, place, 1.0),),
        actors=(Party(SIDES[sides[0]], SIDES[sides[0]]),) if slip[4] > 0.1 else (),
        targets=(Party(harmed, harmed),) if slip[4] > 0.05 else (),
        source=f"s{source}",
        source_id=f"s{source}",
        counts=(Count("killed", harmed, harmed, low, low),) if slip[5] > 0.2 else (),
        extractor="import:synthetic",
    )


def _theatre(towns: int) -> Theatre:
    places = {"land": Place("land", "country", {}, (), 10.0, 10.0, 200_000, "invented")}
    for town in range(towns):
        latitude, longitude = 5 + (town // 40) * 0.25, 5 + (town % 40) * 0.25
        places[f"t{town}"] = Place(f"t{town}", "city", {}, (), latitude, longitude, 6_000, "invented", "land")
        for number in range(DISTRICTS_A_TOWN):
            name = f"d{town * DISTRICTS_A_TOWN + number}"
            north, east = number // 4 * 0.03, number % 4 * 0.03
            places[name] = Place(
                name, "district", {}, (), latitude + north, longitude + east, 400, "invented", f"t{town}"
            )
    sides = {side: Side(side, {}) for side in (*SIDES, "civ")}
    sources = {f"s{number}": Source(f"s{number}", "agency", {}, ()) for number in range(12)}
    return Theatre("synthetic", "1", {}, sides, sources=sources, places=places)


def pairwise(found: NDArray[np.int64], true: NDArray[np.int64]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs, from two labels a claim."""

    def pairs(*labels: NDArray[np.int64]) -> int:
        _, counts = np.unique(np.stack(labels, axis=1), axis=0, return_counts=True)
        return int((counts.astype(np.int64) * (counts - 1) // 2).sum())

    both, said, there = pairs(found, true), pairs(found), pairs(true)
    precision, recall = both / max(1, said), both / max(1, there)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _splink_frame(data: Synthetic) -> Any:
    import pandas

    return pandas.DataFrame([_splink_row(number, claim, data.theatre) for number, claim in enumerate(data.claims)])


def _splink(frame: Any) -> NDArray[np.int64]:
    """Splink's clusters, from claims in a table: weights learned, pairs predicted and joined."""
    import warnings

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.AbsoluteTimeDifferenceAtThresholds(
                "first", input_is_string=False, metrics=["day", "day"], thresholds=[1, 3]
            ),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("type"),
            cl.ExactMatch("actor"),
            cl.ExactMatch("target"),
            cl.ExactMatch("killed"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("place", "stretch"),
            block_on("place", "stretch_between"),
            block_on("town", "day", "family"),
        ],
        retain_intermediate_calculation_columns=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker = Linker(DuckDBAPI().register(frame), settings, log_level="ERROR")
        linker.training.estimate_probability_two_random_records_match(
            [block_on("place", "day", "type"), block_on("place", "day", "killed")], recall=0.7
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("place", "day"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("town", "type", "killed", "actor"))
        predicted = linker.inference.predict(threshold_match_probability=0.5)
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.5).as_pandas_dataframe()  # type: ignore[no-untyped-call]
    label = clusters.sort_values("unique_id")["cluster_id"].to_numpy()
    return np.asarray(np.unique(label, return_inverse=True)[1], np.int64)


def _splink_row(number: int, claim: Claim, theatre: Theatre) -> dict[str, Any]:
    place = claim.place_ids[0]
    days = claim.date or DayRange.of_day(FIRST)
    ordinal = days.first.toordinal()
    return {
        "unique_id": number,
        "first": days.first,
        "day": ordinal,
        "stretch": ordinal // 8,
        "stretch_between": (ordinal + 4) // 8,
        "place": place,
        "town": place if place.startswith("t") else theatre.places[place].parent,
        "type": claim.type,
        "family": claim.type,
        "actor": claim.actors[0].side if claim.actors else None,
        "target": claim.targets[0].side if claim.targets else None,
        "killed": claim.counts[0].low if claim.counts else None,
    }


@dataclass(slots=True)
class _Watch:
    """Wall seconds and processor seconds, all threads, of each run: the second one holds on a busy machine too."""

    wall: list[float]
    processor: list[float]

    def time(self, work: Callable[[], Result]) -> Result:
        begin, used = time.perf_counter(), time.process_time()
        result = work()
        self.wall.append(time.perf_counter() - begin)
        self.processor.append(time.process_time() - used)
        return result

    def figures(self, what: str, note: str) -> list[Figure]:
        return [
            sample(f"{what}, seconds", self.wall, "s", note),
            sample(f"{what}, processor seconds", self.processor, "s", "all threads"),
        ]


def _score(what: str, found: NDArray[np.int64], data: Synthetic) -> Figure:
    precision, recall, f1 = pairwise(found, data.event)
    return Figure.once(f"{what}, pairwise F1", f1, "", f"precision {precision:.3f}, recall {recall:.3f}")


def run(sizes: Sequence[int] = SIZES) -> list[Figure]:
    """Seconds, F1 and memory at each size, and Splink's at those it is given; the table that Splink gets is made before its clock starts."""
    from zubda.reconciliation import link_claims

    figures = []
    link_claims(synthetic_claims(30_000).claims)  # so that no run pays for compiling and loading
    for size in sizes:
        data = synthetic_claims(size)
        frame = _splink_frame(data) if size in SPLINK_SIZES else None
        ours, theirs = _Watch([], []), _Watch([], [])
        for _ in range(3 if size <= 100_000 else 1):  # in turns, so that a busy machine is busy for both
            linkage = ours.time(lambda data=data: link_claims(data.claims, data.theatre))  # type: ignore[misc]
            if frame is not None:
                label = theirs.time(lambda frame=frame: _splink(frame))  # type: ignore[misc]
        what = f"{size:,} claims"
        figures += ours.figures(what, f"{linkage.pairs:,} pairs compared")
        figures.append(_score(what, linkage.event, data))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        figures.append(Figure.once(f"{what}, peak memory with the claims", peak, "GiB"))
        if frame is not None:
            figures += theirs.figures(f"{what}, Splink", "DuckDB, in turns with ours")
            figures.append(_score(f"{what}, Splink", label, data))
    return figures
