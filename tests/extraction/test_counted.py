"""What claims count: the corpus of tolls, read by the engine without a theatre."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from zubda.documents import read_document
from zubda.extraction import extract
from zubda.model import Count
from zubda.theatres import load_theatre

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.zh").joinpath("corpus/tolls.toml").read_text(encoding="utf-8")
)


def said(count: Count) -> str:
    bounds = "-".join("" if bound is None else str(bound) for bound in (count.low, count.high))
    return f"{count.what} {bounds}" + ("" if count.part_of is None else f" <{count.part_of}")


@pytest.mark.parametrize("example", CORPUS["example"], ids=lambda example: example["text"][10:30])
def test_claims_count_what_the_text_counts(example: dict[str, Any]) -> None:
    found = extract(read_document(example["text"].encode(), language="zh"), None)
    counts = [count for claim in found.claims for count in claim.counts]
    assert [said(count) for count in counts] == example["counts"]
    assert [count.side for count in counts] == example.get("sides", [count.side for count in counts])


SIDES = {
    "2013年1月15日，包括学生及平民在内的87人遇难。": [("killed", 87, "civ")],
    "2013年1月15日，包括平民在内的87人遇难。": [("killed", 87, "unknown")],
    "2013年1月15日，包括学生及士兵在内的87人遇难。": [("killed", 87, "unknown")],
    "2013年1月15日，冲突导致10名库尔德人丧生，包括3名武装分子。": [("killed", 10, "unknown"), ("killed", 3, "kurd")],
    "2013年1月15日，冲突导致5名库尔德武装分子丧生。": [("killed", 5, "kurd")],
}


@pytest.mark.parametrize("text", SIDES)
def test_whose_people_a_number_counts(text: str) -> None:
    found = extract(read_document(text.encode(), language="zh"), load_theatre("syria"))
    assert [(n.what, n.low, n.side) for claim in found.claims for n in claim.counts] == SIDES[text]
