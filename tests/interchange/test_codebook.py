"""Claims to JSON Lines and back: nothing is lost, and malformed lines are refused with their number."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.errors import TableError
from zubda.interchange.codebook import claim_from_record, claim_to_record, read_claims, write_claims
from zubda.model import (
    CLAIM_TYPES,
    COUNT_KINDS,
    Claim,
    ControlStatement,
    Count,
    DayRange,
    FiredRule,
    Party,
    PlaceMention,
)

texts = st.text(max_size=8)
numbers = st.none() | st.integers(0, 10**7)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
claims = st.builds(
    Claim,
    id=st.from_regex(r"c[0-9a-f]{11}", fullmatch=True),
    document=texts,
    spans=st.lists(st.tuples(st.integers(0, 99), st.integers(100, 200)), min_size=1, max_size=3).map(tuple),
    type=st.sampled_from(CLAIM_TYPES),
    date=st.none() | st.tuples(days, days).map(lambda pair: DayRange(min(pair), max(pair))),
    places=st.lists(
        st.builds(PlaceMention, texts, st.none() | texts, st.sampled_from([0.0, 0.5, 1.0])), max_size=2
    ).map(tuple),
    actors=st.lists(st.builds(Party, texts, texts, st.none() | texts), max_size=2).map(tuple),
    targets=st.lists(st.builds(Party, texts, texts, st.none() | texts), max_size=2).map(tuple),
    source=st.none() | texts,
    source_id=st.none() | texts,
    polarity=st.sampled_from(["affirm", "deny"]),
    counts=st.lists(
        st.builds(
            Count, st.sampled_from(COUNT_KINDS), texts, texts, numbers, numbers, st.booleans(), st.none() | st.just(0)
        ),
        max_size=2,
    ).map(tuple),
    control=st.none() | st.builds(ControlStatement, texts, texts, st.none() | st.just((0.25, 0.5))),
    rules=st.lists(st.builds(FiredRule, texts, texts, st.integers(0, 9), st.integers(9, 20)), max_size=2).map(tuple),
    language=texts,
    extractor=texts,
    coordinates=st.none() | st.just((36.2, 37.1)),
)


@given(st.lists(claims, max_size=3))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, said: list[Claim]) -> None:
    path = tmp_path_factory.mktemp("claims") / "claims.jsonl"
    assert write_claims(path, said) == len(said)
    assert list(read_claims(path)) == said


def test_sentence_ids_become_spans_and_names_are_located() -> None:
    record = {"s": [2, 1], "type": "clash", "date": None, "places": ["Port Sorrow"], "source": None}
    claim = claim_from_record(
        record, locate=lambda name: PlaceMention(name, "port_sorrow", 1.0), sentences={1: (0, 10), 2: (10, 30)}
    )
    assert claim.spans == ((10, 30), (0, 10))
    assert claim.place_ids == ("port_sorrow",)
    assert claim_to_record(claim)["id"] == claim.id


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "table.json"),
        ('{"type": "picnic", "spans": [[0, 1]]}', "table.claim"),
        ('{"type": "clash"}', "table.claim"),
        ('{"type": "clash", "s": [9]}', "table.claim"),
        ('{"type": "clash", "spans": [[0, 1]], "date": ["2012-02-30", "2012-03-01"]}', "table.claim"),
    ],
)
def test_malformed_lines_are_refused(tmp_path: Path, line: str, code: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        list(read_claims(path))
    assert caught.value.code == code
