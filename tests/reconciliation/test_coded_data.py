"""Coded event data comes through as it is: no rows merged, no figure changed. Needs the shared UCDP file."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from zubda.model import Claim, Count, DayRange, Party
from zubda.reconciliation import reconcile

UCDP = Path(__file__).parents[3] / "shared" / "data" / "ucdp_ged191_syria.csv.gz"
DEATHS = (("deaths_a", "gov"), ("deaths_b", "opp"), ("deaths_civilians", "civ"), ("deaths_unknown", "unknown"))


def number(row: dict[str, str], column: str) -> int:
    return int(float(row[column]))


def claim_of(position: int, row: dict[str, str]) -> Claim:
    counts = [Count("killed", "", "unknown", number(row, "low"), number(row, "high"), best=number(row, "best"))]
    counts += [
        Count("killed", column, side, number(row, column), number(row, column), part_of=0)
        for column, side in DEATHS
        if number(row, column)
    ]
    days = DayRange(date.fromisoformat(row["date_start"][:10]), date.fromisoformat(row["date_end"][:10]))
    return Claim(
        id=f"c{number(row, 'id'):011d}",
        document="ged",
        spans=((10 * position, 10 * position + 9),),
        type="clash" if row["type_of_violence"].startswith("1") else "attack_on_civilians",
        date=days,
        actors=(Party(row["side_a"], "gov"),),
        targets=(Party(row["side_b"], "opp"),),
        source=row["source_office"] or None,
        counts=tuple(counts),
        extractor="import:ged",
        coordinates=(float(row["latitude"]), float(row["longitude"])),
    )


@pytest.mark.skipif(not UCDP.exists(), reason="needs ../shared/data/ucdp_ged191_syria.csv.gz")
def test_low_best_and_high_of_every_row_survive() -> None:
    with gzip.open(UCDP, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    result = reconcile([claim_of(position, row) for position, row in enumerate(rows)])
    assert len(result.events) == len(rows) > 16_000
    for row in rows:
        event = result.event_of(f"c{number(row, 'id'):011d}")
        (everyone,) = (toll for toll in event.toll if toll.side == "all")
        assert (everyone.low, everyone.best, everyone.high) == tuple(
            number(row, name) for name in ("low", "best", "high")
        )
    (total,) = (toll for toll in result.tolls(what="killed") if toll.key == "all")
    assert total.best == sum(number(row, "best") for row in rows)
