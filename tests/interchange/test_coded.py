"""Coded event data as claims: figures unchanged, names and places the theatre's, wrong tables and rows told."""

from __future__ import annotations

import csv
import gzip
import io
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zubda
from zubda.chronicle import Chronicle
from zubda.documents import read_document
from zubda.errors import TableError
from zubda.extraction.extracting import Extraction
from zubda.interchange.coded import coded_claims, open_table
from zubda.model import Claim, Count, DayRange, Theatre
from zubda.theatres import load_theatre

SYRIA = Path(__file__).parents[2].parent / "shared" / "data" / "ucdp_ged191_syria.csv.gz"
GED = (
    "id,type_of_violence,side_a,side_b,source_original,where_coordinates,adm_1,latitude,longitude,date_start,date_end,"
    "deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high\n"
)
ACLED = "event_id_cnty;event_date;time_precision;event_type;sub_event_type;actor1;actor2;location;latitude;longitude;source;notes;fatalities\n"


@pytest.fixture(scope="module")
def theatre() -> Theatre:
    return load_theatre("syria")


def coded(text: str, theatre: Theatre | None, name: str = "events.csv") -> Extraction:
    return coded_claims(read_document(text.encode(), origin=name), theatre)


def ged(theatre: Theatre | None, row: str) -> Claim:
    (claim,) = coded(GED + row + "\n", theatre).claims
    return claim


def test_a_ged_event_is_one_claim(theatre: Theatre) -> None:
    claim = ged(
        theatre,
        '7,1,Government of Syria,"IS, HTS","SOHR, HRW",Aleppo town,Aleppo Governorate,36.2012,37.1612,2016-01-02,2016-01-04,3,2,1,0,5,6,9',
    )
    assert (claim.type, claim.extractor) == ("clash", "import:ged")
    assert claim.date == DayRange(date(2016, 1, 2), date(2016, 1, 4))
    assert claim.place_ids == ("aleppo_city",)
    assert claim.coordinates == (36.2012, 37.1612)
    assert [(party.surface, party.side) for party in claim.actors] == [("Government of Syria", "gov")]
    assert [(party.surface, party.side) for party in claim.targets] == [("IS", "isis"), ("HTS", "opp")]
    assert (claim.source, claim.source_id) == ("SOHR, HRW", "sohr")
    assert claim.counts == (
        Count("killed", "", "unknown", 5, 9, best=6),
        Count("killed", "Government of Syria", "gov", 3, 3, part_of=0, best=3),
        Count("killed", "IS, HTS", "isis", 2, 2, part_of=0, best=2),
        Count("killed", "civilians", "civ", 1, 1, part_of=0, best=1),
    )


def test_where_all_dead_are_of_one_side_the_estimate_is_that_sides(theatre: Theatre) -> None:
    claim = ged(theatre, "8,3,IS,Civilians,,Aleppo town,,36.2,37.16,2016-01-02,2016-01-02,0,0,4,0,4,4,12")
    assert claim.type == "attack_on_civilians"
    assert claim.counts == (Count("killed", "civilians", "civ", 4, 12, best=4),)
    assert claim.targets[0].side == "civ"


def test_a_place_of_that_name_elsewhere_is_another_place(theatre: Theatre) -> None:
    claim = ged(theatre, "9,1,IS,SDF,,Aleppo town,,34.0,40.0,2016-01-02,2016-01-02,1,0,0,0,1,1,1")
    assert claim.place_ids == ("x:aleppo",)
    assert claim.coordinates == (34.0, 40.0)


def test_without_a_theatre_rows_are_read_too() -> None:
    claim = ged(None, "9,2,Reds,Blues,,Olm town,,50.0,10.0,2031-01-02,2031-01-02,1,2,0,0,2,3,3")
    assert claim.place_ids == ("x:olm",)
    assert {party.side for party in (*claim.actors, *claim.targets)} == {"unknown"}


def acled(theatre: Theatre | None, row: str) -> Claim:
    (claim,) = coded(ACLED + row + "\n", theatre).claims
    return claim


def test_an_acled_event_is_one_claim(theatre: Theatre) -> None:
    claim = acled(
        theatre,
        "SYR1;03 August 2016;1;Battles;Government regains territory;Military Forces of Syria (2000-);Islamic State (Syria);Aleppo;36.2012;"
        '37.1612;"SOHR; SANA";Taken.;7',
    )
    assert (claim.type, claim.extractor, claim.place_ids) == ("territory", "import:acled", ("aleppo_city",))
    assert claim.date == DayRange.of_day(date(2016, 8, 3))
    assert claim.control is not None
    assert (claim.control.holder, claim.control.change) == ("gov", "gained")
    assert [party.side for party in claim.targets] == ["isis"]
    assert (claim.source, claim.source_id) == ("SOHR; SANA", "sohr")
    assert claim.counts == (Count("killed", "", "unknown", 7, 7, best=7),)


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("1", date(2016, 8, 3), date(2016, 8, 3)),
        ("2", date(2016, 7, 31), date(2016, 8, 6)),
        ("3", date(2016, 8, 1), date(2016, 8, 31)),
    ],
)
def test_a_day_is_no_surer_than_its_precision(precision: str, first: date, last: date) -> None:
    row = f"A1;2016-08-03;{precision};Explosions/Remote violence;Air/drone strike;A;B;Olm;50;10;S;n;0"
    claim = acled(None, row)
    assert (claim.type, claim.date, claim.counts) == ("airstrike", DayRange(first, last), ())


def test_rows_that_cannot_be_are_left_out_and_counted(theatre: Theatre) -> None:
    good = "1,1,IS,SDF,,Olm,,36.2,37.16,2016-01-02,2016-01-02,1,0,0,0,1,1,1\n"
    bad = [
        "2,9,IS,SDF,,Olm,,36.2,37.16,2016-01-02,2016-01-02,1,0,0,0,1,1,1\n",
        "3,1,IS,SDF,,Olm,,36.2,37.16,2016-01-02,2015-01-02,1,0,0,0,1,1,1\n",
        "4,1,IS,SDF,,Olm,,96.2,37.16,2016-01-02,2016-01-02,1,0,0,0,1,1,1\n",
        "5,1,IS,SDF,,Olm,,36.2,37.16,soon,2016-01-02,1,0,0,0,1,1,1\n",
        "6,1,IS,SDF,,Olm,,36.2,37.16,2016-01-02,2016-01-02,1,0,0,0,-1,1,1\n",
        "7,1,IS,SDF,,Olm,,36.2,37.16,2016-01-02,2016-01-02,1,0,0,0,many,1,1\n",
    ]
    found = coded(GED + good + "".join(bad), theatre)
    assert len(found.claims) == 1
    assert found.warnings[0].startswith("6 rows were left out; the first: line 3: type_of_violence must be 1, 2 or 3")
    with pytest.raises(TableError) as problem:
        coded(GED + bad[0], theatre)
    assert problem.value.code == "table.values"


@pytest.mark.parametrize("text", ["a,b\n1,2\n", GED.replace("side_b", "sideb") + "1,2\n", "x\n"])
def test_a_table_of_another_kind_is_told(text: str) -> None:
    with pytest.raises(TableError) as problem:
        coded(text, None)
    assert problem.value.code == "table.columns"


def test_rows_know_where_they_stand() -> None:
    raw = 'a,b\r\n"x\r\ny",2\r\n\r\n3,"q""r"\n4,5'
    columns, rows = open_table(raw, "t.csv")
    found = list(rows)
    assert columns == ("a", "b")
    assert [raw[slice(*row.span)] for row in found] == ['"x\r\ny",2', '3,"q""r"', "4,5"]
    assert [row.text("b") for row in found] == ["2", 'q"r', "5"]


def test_accounts_and_coded_data_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("2016年8月3日，政府军攻占了阿勒颇的一个城区。", encoding="utf-8")
    rows = "1,1,Government of Syria,IS,SOHR,Aleppo town,,36.2,37.16,2016-08-03,2016-08-03,1,2,0,0,3,3,4\n"
    with gzip.open(tmp_path / "ged.csv.gz", "wt", encoding="utf-8") as file:
        file.write(GED + rows)
    read = zubda.read([tmp_path / "a.md", tmp_path / "ged.csv.gz"], "syria")
    assert {claim.extractor for claim in read.claims} == {"rules", "import:ged"}
    coded_claim = next(claim for claim in read.claims if claim.extractor == "import:ged")
    assert read.sentence(coded_claim) == rows.strip()
    read.save(tmp_path / "both.zubda")
    assert Chronicle.open(tmp_path / "both.zubda") == read


def test_every_figure_of_the_syrian_events_survives(tmp_path: Path) -> None:
    if not SYRIA.is_file():
        pytest.skip("needs ../shared/data/ucdp_ged191_syria.csv.gz")
    with gzip.open(SYRIA, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = coded_claims(read_document(SYRIA), load_theatre("syria"))
    assert found.warnings == ()
    assert len(found.claims) == len(rows) == 16_566
    for claim, row in zip(found.claims, rows, strict=True):
        whole = claim.counts[0]
        assert [whole.low, whole.best, whole.high] == [int(float(row[name])) for name in ("low", "best", "high")]
        assert claim.date is not None
        assert claim.date.as_list() == [row["date_start"], row["date_end"]]
        assert claim.coordinates == (float(row["latitude"]), float(row["longitude"]))


CELLS = st.one_of(
    st.sampled_from(["", "1", "3", "-1", "1e999", "inf", "nan", "2016-01-02", "2016-13-02", "36.2", "x", '"', "\n", "A, B", "Aleppo town"]),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=8),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=20), max_size=4))
def test_any_table_is_read_or_told(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    try:
        found = coded(GED + written.getvalue(), None)
    except TableError:
        return
    assert len(found.claims) <= len(rows)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='ab,;"\n\r\t\x00', max_size=60))
def test_any_text_is_a_table_or_told(text: str) -> None:
    with suppress(TableError):
        columns, rows = open_table(text, "t.csv")
        assert all(text[slice(*row.span)] for row in rows)
        assert isinstance(columns, tuple)
