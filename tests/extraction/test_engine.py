"""The engine as a whole: nothing breaks it, every field is accounted for, and it reads the articles as well as it did."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.extraction import explain, extract
from zubda.model import Claim, Document
from zubda.theatres import load_theatre

SHARED = Path(__file__).parents[2].parent / "shared"
CORPUS = SHARED / "corpus"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared, which is not there")
FILES = sorted(CORPUS.rglob("*.md")) if CORPUS.exists() else []
SMALL = 4000


def accounted(claim: Claim) -> set[str]:
    """The fields in which the claim says something."""
    values = {
        "type": True,
        "date": claim.date,
        "places": claim.places,
        "actor": claim.actors,
        "target": claim.targets,
        "source": claim.source,
        "polarity": claim.polarity == "deny",
        "counts": claim.counts,
        "control": claim.control,
    }
    return {field for field, value in values.items() if value}


def check(document: Document, claims: tuple[Claim, ...]) -> None:
    """What holds for every claim of any text."""
    size = len(document.raw)
    for claim in claims:
        assert claim.spans
        assert all(0 <= start < end <= size for start, end in claim.spans)
        assert all(0 <= rule.start <= rule.end <= size for rule in claim.rules)
        assert accounted(claim) <= {rule.field for rule in claim.rules}, claim
        assert all(count.part_of is None or 0 <= count.part_of < len(claim.counts) for count in claim.counts)


@needs_shared
@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name.lower() != "readme.md"], ids=lambda path: path.name
)
def test_every_article_gives_claims(path: Path) -> None:
    document = read_document(path)
    claims = extract(document, load_theatre("syria") if "aleppo" in path.name else None).claims
    assert claims
    check(document, claims)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.text(
        alphabet="北方军南联盟攻占了被遭在对向的、，。（）《》声称据报道击退从12月日名人并而使得后中试图", max_size=60
    )
)
def test_any_order_of_small_words_is_read(text: str) -> None:
    document = read_document(f"# 2031年\n\n{text}\n".encode(), origin="words.md", language="zh")
    check(document, extract(document, None).claims)


def test_the_same_text_gives_the_same_claims() -> None:
    raw = "# 2031年5月3日\n\n第七师攻占了白石镇，第九师则炮击柳河村。\n".encode()
    one = extract(read_document(raw, origin="a.md"), None).claims
    assert one == extract(read_document(raw, origin="a.md"), None).claims
    assert {claim.type for claim in one} == {"territory", "shelling"}


def test_every_rule_is_explained_in_words() -> None:
    raw = "# 2031年5月3日\n\n据报道，第七师在白石镇击退了第九师的进攻，打死30名士兵。\n".encode()
    document = read_document(raw, origin="a.md")
    claims = extract(document, None).claims
    assert claims
    for claim in claims:
        for field, rule, quoted, description in explain(claim, document):
            assert field in accounted(claim) | {"date"}
            assert rule
            assert description
            assert quoted in document.raw


@cache
def gold(name: str) -> list[dict[str, object]]:
    """The gold of a text."""
    lines = (SHARED / "gold" / f"{name}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@needs_shared
@pytest.mark.parametrize(
    ("name", "theatre", "least"),
    [("aleppo.zh", "syria", 0.70), ("aleppo-2016-summer.zh", "syria", 0.70), ("chechnya-1994.zh", None, 0.45)],
)
def test_types_are_found_where_the_gold_has_them(name: str, theatre: str | None, least: float) -> None:
    """For each gold claim some claim of its type in one of its sentences: a floor that a broken rule falls through."""
    sentences = json.loads((CORPUS / f"{name}.sentences.json").read_text(encoding="utf-8"))
    where = {entry["id"]: (entry["start"], entry["end"]) for entry in sentences if entry.get("id")}
    document = read_document(CORPUS / f"{name}.md")
    claims = extract(document, load_theatre(theatre) if theatre else None).claims
    hits = 0
    for wanted in gold(name):
        spans = [where[number] for number in wanted["s"] if number in where]  # type: ignore[attr-defined]
        hits += any(
            claim.type == wanted["type"] and start < high and low < end
            for claim in claims
            for start, end in claim.spans
            for low, high in spans
        )
    assert hits >= least * len(gold(name)), f"{hits} of {len(gold(name))}"
