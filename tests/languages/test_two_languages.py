"""The same day told in English and in Chinese gives the same claims: our own example account, in both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

import zubda
from zubda.model import Claim

EXAMPLES = Path(__file__).parents[2] / "examples" / "aleppo"
NEUTRAL = {"unknown", "civ", "un", "other"}
DAYS, CLAIMS, SIDES = 0.75, 0.6, 0.9


@pytest.fixture(scope="module")
def told() -> dict[str, list[Claim]]:
    return {code: list(zubda.read(EXAMPLES / f"battle-of-aleppo.{code}.md", "syria").claims) for code in ("en", "zh")}


def by_day(claims: Iterable[Claim]) -> dict[date, list[Claim]]:
    found: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.date is not None and claim.date.days == 1 and claim.place_ids:
            found[claim.date.first].append(claim)
    return found


def same(one: Claim, other: Claim) -> bool:
    return one.type == other.type and bool(set(one.place_ids) & set(other.place_ids))


def agree(one: Claim, other: Claim) -> bool:
    ours, theirs = set(one.sides) - NEUTRAL, set(other.sides) - NEUTRAL
    return not ours or not theirs or bool(ours & theirs)


def test_most_days_that_both_tell_of_have_a_claim_in_common(told: dict[str, list[Claim]]) -> None:
    english, chinese = by_day(told["en"]), by_day(told["zh"])
    both = sorted(english.keys() & chinese.keys())
    assert len(both) >= 55
    shared = [day for day in both if any(same(one, other) for one in english[day] for other in chinese[day])]
    assert len(shared) / len(both) >= DAYS


def test_most_english_claims_have_a_chinese_one(told: dict[str, list[Claim]]) -> None:
    english, chinese = by_day(told["en"]), by_day(told["zh"])
    claims = [(day, claim) for day, found in english.items() if day in chinese for claim in found]
    matched = [(claim, other) for day, claim in claims for other in chinese[day] if same(claim, other)]
    assert len({id(claim) for claim, _ in matched}) / len(claims) >= CLAIMS
    assert sum(agree(one, other) for one, other in matched) / len(matched) >= SIDES
