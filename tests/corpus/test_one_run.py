"""A war of 72 articles, a third of them here: no error, thousands of claims, nearly all places known."""

from __future__ import annotations

from pathlib import Path

import pytest

import zubda

ARTICLES = Path(__file__).parents[2].parent / "shared" / "corpus" / "ukraine"


def test_articles_are_read_in_one_run() -> None:
    files = sorted(ARTICLES.glob("*.md"))[::3]
    if not files:
        pytest.skip("needs ../shared/corpus/ukraine")
    chronicle = zubda.read(files, "ukraine-2022")
    assert len(chronicle.documents) == len(files) == 24
    assert len(chronicle.claims) >= 1_000
    named = [mention.place or "x:" for claim in chronicle.claims for mention in claim.places]
    known = sum(not place.startswith("x:") for place in named)
    assert known >= 0.85 * len(named)
    assert {claim.document for claim in chronicle.claims} == {document.id for document in chronicle.documents}
