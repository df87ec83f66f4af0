"""Rows of tables as claims: places by their region, holders, days, sources, and cells told of the row's place."""

from __future__ import annotations

from datetime import date

import pytest

from zubda.documents import read_document
from zubda.extraction import extract
from zubda.model import Claim, DayRange, Theatre
from zubda.theatres import load_theatre

FILES = {
    "theatre.toml": 'id = "olmaria"\nfirst = 2031-01-01\n[names]\nzh = "奥尔马战争"\n',
    "sides.csv": "id,name_en,name_zh,armed,holds\nred,Reds,红方,yes,yes\nblue,Blues,蓝方,yes,yes\nciv,Civilians,平民,no,no\n",
    "actors.csv": "id,kind,name_en,forms,sides\nred_army,army,Red Army,红军|▲▲,red\nblue_guard,army,Blue Guard,蓝卫队|■■,blue\n",
    "sources.csv": "id,kind,name_en,forms,alignment\npost,agency,Olm Post,奥尔姆邮报,\n",
    "places.csv": (
        "id,kind,name_en,forms,latitude,longitude,precision_m,origin,parent\n"
        "north,province,Norther,北省,50,10,90000,recalled,\n"
        "south,province,Souther,南省,40,10,90000,recalled,\n"
        "hill_county,county,Hillcounty,山县,40,11,30000,recalled,south\n"
        "lake_county,county,Lakecounty,湖县,40,9,30000,recalled,south\n"
        "karu_north,town,Karu,卡鲁,50,10,500,recalled,north\n"
        "karu_hill,town,Karu,卡鲁,40,11,500,recalled,hill_county\n"
        "karu_lake,town,Karu,卡鲁,40,9,500,recalled,lake_county\n"
        "port,town,Portus,波尔图斯,41,10,500,recalled,south\n"
    ),
}


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    folder = tmp_path_factory.mktemp("olmaria")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_theatre(folder)


def claims_of(text: str, theatre: Theatre | None) -> tuple[Claim, ...]:
    return extract(read_document(text.encode(), origin="t.md", language="zh"), theatre).claims


HEAD = "| 地点 | 地区 | 控制方 | 截至 | 备注 |\n| --- | --- | --- | --- | --- |\n"


@pytest.mark.parametrize(
    ("section", "region", "place"),
    [
        ("北省", "", "karu_north"),
        ("南省", "山县", "karu_hill"),
        ("南省", "湖县", "karu_lake"),
        ("前线", "湖县", "karu_lake"),
    ],
)
def test_of_places_with_one_name_the_row_means_the_one_in_its_region(
    theatre: Theatre, section: str, region: str, place: str
) -> None:
    (claim,) = claims_of(f"## {section}\n\n{HEAD}| 卡鲁 | {region} | 红军 | 2031年5月2日 | |\n", theatre)
    assert claim.place_ids == (place,)


@pytest.mark.parametrize(
    ("holder", "side", "change"),
    [
        ("红军", "red", "holds"),
        ("■■", "blue", "holds"),
        ("▲▲ ■■", "red", "contested"),
        ("蓝卫队、红军", "blue", "contested"),
    ],
)
def test_the_holder_column_is_a_claim_about_control(theatre: Theatre, holder: str, side: str, change: str) -> None:
    (claim,) = claims_of(f"{HEAD}| 波尔图斯 | 南省 | {holder} | 2031年5月2日 | |\n", theatre)
    assert claim.type == "control"
    assert claim.source is None
    assert claim.control is not None
    assert (claim.control.holder, claim.control.change) == (side, change)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2031-5-2", date(2031, 5, 2), date(2031, 5, 2)),
        ("2031-05-02", date(2031, 5, 2), date(2031, 5, 2)),
        ("2031年5月2日", date(2031, 5, 2), date(2031, 5, 2)),
        ("2031年5月", date(2031, 5, 1), date(2031, 5, 31)),
        ("2031-13-02", None, None),
        ("", None, None),
    ],
)
def test_the_day_of_a_row(theatre: Theatre, cell: str, first: date | None, last: date | None) -> None:
    (claim,) = claims_of(f"{HEAD}| 波尔图斯 | 南省 | 红军 | {cell} | |\n", theatre)
    assert claim.date == (DayRange(first, last) if first and last else None)


def test_what_the_notes_tell_is_told_of_the_rows_place(theatre: Theatre) -> None:
    held, taken, retaken = claims_of(
        f"{HEAD}| 波尔图斯 | 南省 | 红军 | 2031-5-2 | 2031年3月1日被蓝卫队攻占。4月2日被红军攻占。 |\n", theatre
    )
    assert held.control is not None
    assert held.control.change == "holds"
    for claim, side, day in ((taken, "blue", date(2031, 3, 1)), (retaken, "red", date(2031, 4, 2))):
        assert claim.place_ids == ("port",)
        assert claim.date == DayRange.of_day(day)
        assert claim.control is not None
        assert (claim.control.holder, claim.control.change) == (side, "gained")


def test_a_pointer_to_another_article_claims_nothing(theatre: Theatre) -> None:
    found = claims_of(f"{HEAD}| 波尔图斯 | 南省 | 红军 | 2031-5-2 | *参见卡鲁被蓝卫队攻占* |\n", theatre)
    assert [claim.type for claim in found] == ["control"]


def test_the_source_column_says_what_the_row_says(theatre: Theatre) -> None:
    head = "| 部队 | 伤亡 | 期间 | 来源 |\n| --- | --- | --- | --- |\n"
    (claim,) = claims_of(f"{head}| 红军士兵 | 30人死亡 | 2031年5月 | 奥尔姆邮报 |\n", theatre)
    assert (claim.source, claim.source_id) == ("奥尔姆邮报", "post")
    assert claim.date == DayRange(date(2031, 5, 1), date(2031, 5, 31))
    assert [(count.what, count.low, count.high) for count in claim.counts] == [("killed", 30, 30)]


def test_a_place_that_nobody_knows_is_kept_by_its_name(theatre: Theatre) -> None:
    found = extract(
        read_document(f"{HEAD}| 维索 | 南省 | 红军 | 2031-5-2 | |\n".encode(), origin="t.md", language="zh"), theatre
    )
    assert found.claims[0].place_ids == ("x:维索",)
    assert [unknown.surface for unknown in found.unknowns] == ["维索"]


def test_a_row_does_not_date_what_follows_the_table(theatre: Theatre) -> None:
    found = claims_of(
        f"2031年1月5日，红军攻占卡鲁。\n\n{HEAD}| 波尔图斯 | 南省 | 红军 | 2032-5-2 | |\n\n当天，蓝卫队炮击波尔图斯。\n",
        theatre,
    )
    assert found[-1].type == "shelling"
    assert found[-1].date == DayRange.of_day(date(2031, 1, 5))


def test_a_table_whose_columns_say_nothing_known_is_read_as_text(theatre: Theatre) -> None:
    found = claims_of("| 甲 | 乙 |\n| --- | --- |\n| 2031年5月2日红军攻占波尔图斯 | 12 |\n", theatre)
    assert [claim.type for claim in found] == ["territory"]


def test_a_month_that_is_also_a_verb_does_not_cut_its_date(theatre: Theatre) -> None:
    row = "| Name | Held by | As of | Notes |\n| --- | --- | --- | --- |\n| 波尔图斯 | ▲▲ | 2031-5-2 | Captured by ■■ 3 March 2031. |\n"
    found = extract(read_document(row.encode(), origin="t.md", language="en"), theatre)
    taken = next(claim for claim in found.claims if claim.control and claim.control.change == "gained")
    assert taken.date == DayRange.of_day(date(2031, 3, 3))


def test_in_cells_a_verb_with_a_capital_begins_a_sentence(theatre: Theatre) -> None:
    text = (
        "| Name | Held by | As of | More information |\n| --- | --- | --- | --- |\n"
        "| Portus | ▲▲ | 4 Apr 2031 | *See Battle of Portus, Siege of Karu* Captured by ■■ 1 March 2031 Recaptured by ▲▲ 2 April 2031 |\n"
    )
    found = extract(read_document(text.encode(), origin="t.md", language="en"), theatre).claims
    told = [
        (claim.control.holder, claim.control.change, str(claim.date and claim.date.first))
        for claim in found
        if claim.control
    ]
    assert told == [("red", "holds", "2031-04-04"), ("blue", "gained", "2031-03-01"), ("red", "gained", "2031-04-02")]
    assert {claim.place_ids for claim in found} == {("port",)}


def test_the_heading_tells_more_than_the_region(theatre: Theatre) -> None:
    """The region's name may itself be the name of a place elsewhere."""
    (claim,) = claims_of(f"## 北省\n\n{HEAD}| 卡鲁 | 卡鲁 | 红军 | 2031年5月2日 | |\n", theatre)
    assert claim.place_ids == ("karu_north",)


@pytest.mark.parametrize(("taken", "last"), [("2031年5月4日", 4), ("2031年5月1日", 2)])
def test_a_state_is_no_older_than_the_change_that_made_it(theatre: Theatre, taken: str, last: int) -> None:
    held, *_ = claims_of(f"{HEAD}| 波尔图斯 | 南省 | 红军 | 2031-5-2 | {taken}被红军攻占。 |\n", theatre)
    assert held.date == DayRange.of_day(date(2031, 5, last))


def test_changes_of_a_row_are_told_in_order(theatre: Theatre) -> None:
    """The war begins on 1 January 2031."""
    note = "2031年被蓝卫队攻占。2031年5月2日被红军攻占。"
    _, taken, retaken = claims_of(f"{HEAD}| 波尔图斯 | 南省 | 红军 | 2031-5-2 | {note} |\n", theatre)
    assert taken.date == DayRange(date(2031, 1, 1), date(2031, 5, 2))
    assert retaken.date == DayRange.of_day(date(2031, 5, 2))


def test_a_change_with_a_day_of_its_own_keeps_it(theatre: Theatre) -> None:
    note = "2031年4月3日被蓝卫队攻占。2031年3月2日被红军攻占。"
    _, first, second = claims_of(f"{HEAD}| 波尔图斯 | 南省 | 红军 | 2031-5-2 | {note} |\n", theatre)
    assert (first.date, second.date) == (DayRange.of_day(date(2031, 4, 3)), DayRange.of_day(date(2031, 3, 2)))


def test_a_holder_on_a_day_took_the_place_by_then(theatre: Theatre) -> None:
    _, taken = claims_of(f"{HEAD}| 波尔图斯 | 南省 | 蓝卫队 | 2031-5-2 | 2031年被蓝卫队攻占。 |\n", theatre)
    assert taken.date == DayRange(date(2031, 1, 1), date(2031, 5, 2))


def test_a_holder_who_took_the_place_later_holds_it_from_then(theatre: Theatre) -> None:
    note = "2031年3月2日被蓝卫队攻占。2031年8月被红军攻占。"
    held, *_ = claims_of(f"{HEAD}| 波尔图斯 | 南省 | 红军 | 2031-5-2 | {note} |\n", theatre)
    assert held.date == DayRange.of_day(date(2031, 8, 31))
