"""Day mentions of the reference article against its gold; the running date on small accounts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zubda.documents import read_document
from zubda.extraction.when import dates_of
from zubda.languages import load_language

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared, which is not there")
def test_day_mentions_of_the_reference_article() -> None:
    document = read_document(SHARED / "corpus" / "aleppo.zh.md")
    found = [
        (*document.offsets.span(start, end), days.as_list())
        for start, end, _, days in dates_of(document, load_language("zh"))
        if days is not None
    ]
    lines = (SHARED / "gold" / "aleppo.zh.dates.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    right = sum(
        any(start < row["end"] and row["start"] < end and days == row["date"] for start, end, days in found)
        for row in gold
    )
    assert right >= 0.97 * len(gold), f"{right} of {len(gold)}"
