"""The commands that ask who held what: a chronicle of an invented war, read back through the program."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zubda.chronicle import Chronicle
from zubda.cli.main import app
from zubda.errors import UnknownNameError, UsageError
from zubda.model import (
    Block,
    Claim,
    ControlStatement,
    DayRange,
    Document,
    OffsetMap,
    Party,
    Place,
    PlaceMention,
    Route,
    Side,
    Source,
    Theatre,
)

TEXT = "Blue took Ford. Red Agency says Red holds Ford. Blue besieged Fort."


def claim(number: int, span: tuple[int, int], day: str, where: str, type: str, **fields: object) -> Claim:
    when = DayRange.of_day(date.fromisoformat(day))
    return Claim(f"c{number}", "d1", (span,), type, when, (PlaceMention(where, where, 1.0),), **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def place(name: str, latitude: float) -> Place:
        return Place(
            name.lower(), "town", {"en": name}, (("en", name),), latitude, 20.0, 300.0, "invented", None, "", "red"
        )

    places = {entry.id: entry for entry in (place("Fort", 10.0), place("Ford", 10.1), place("Coast", 10.2))}
    road = Route(
        "coast_road",
        "road",
        {"en": "Coast Road"},
        ((10.0, 20.0), (10.2, 20.0)),
        ("fort", "ford", "coast"),
        100.0,
        "invented",
    )
    sources = {"agency": Source("agency", "agency", {"en": "Red Agency"}, (("en", "Red Agency"),), "red")}
    war = Theatre(
        "plain", "1", {"en": "Plain"}, {side: Side(side, {"en": side}) for side in ("red", "blue")}, {}, sources, places,
        {road.id: road}, date(2030, 1, 1), date(2030, 12, 31),
    )  # fmt: skip
    document = Document(
        "d1", "An account", "account.txt", "0" * 64, "en", "text/plain", TEXT, TEXT,
        OffsetMap((0,), (0,), (len(TEXT),)), (Block("paragraph", 0, len(TEXT)),),
    )  # fmt: skip
    claims = [
        claim(1, (0, 15), "2030-03-01", "ford", "territory", control=ControlStatement("blue", "gained")),
        claim(
            2, (16, 47), "2030-03-01", "ford", "control", control=ControlStatement("red", "holds"), source="Red Agency",
            source_id="agency",
        ),
        claim(3, (48, 67), "2030-05-01", "fort", "siege", actors=(Party("Blue", "blue"),), targets=(Party("Red", "red"),)),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("control") / "war.zubda"
    Chronicle([document], claims, war).save(path)
    return path


def asked(*arguments: object) -> object:
    result = CliRunner().invoke(app, [str(argument) for argument in (*arguments, "--json")], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_control_lists_every_place_with_all_probabilities(chronicle: Path) -> None:
    answer = asked("control", chronicle, "--on", "2030-03-02")
    places = {row["place"]: row for row in answer["places"]}
    assert set(places) == {"fort", "ford", "coast"}
    assert places["ford"]["holder"] == "blue"
    assert places["coast"]["names"] == {"en": "Coast"}
    for row in places.values():
        assert sum(row["probabilities"].values()) == pytest.approx(1.0, abs=1e-3)


def test_a_view_and_what_differs_from_another(chronicle: Path) -> None:
    answer = asked("control", chronicle, "--on", "2030-03-02", "--as", "Red Agency", "--versus", "text")
    first = answer["places"][0]
    assert answer["view"] == "agency"
    assert (first["place"], first["holder"], first["versus"]["holder"]) == ("ford", "red", "blue")
    assert first["divergence_bits"] > 0.3


def test_what_ifs_change_the_answer(chronicle: Path) -> None:
    def holder(*options: str) -> str:
        rows = asked("control", chronicle, "--on", "2030-03-02", *options)["places"]
        return {row["place"]: row["holder"] for row in rows}["ford"]

    assert holder("--without", "c1") == "red"
    assert holder("--without", "agency") == "blue"
    assert holder("--suppose", "Ford=red@2030-03-01") == "red"


def test_changes_give_days_as_ranges(chronicle: Path) -> None:
    spans = asked("changes", chronicle, "Ford")
    assert [span["holder"] for span in spans] == ["red", "blue"]
    assert spans[0]["ended"] == spans[1]["began"]


def test_leanings_are_listed_by_source(chronicle: Path) -> None:
    rows = asked("leanings", chronicle)
    assert {"agency", "text"} <= {row["source"] for row in rows}
    assert all(0 <= row["low"] <= row["rate"] <= row["high"] <= 1 for row in rows)


def test_sieges_name_who_where_and_by_which_sentence(chronicle: Path) -> None:
    ways = asked("sieges", chronicle, "--on", "2030-05-02", "--for", "red")
    fort = next(way for way in ways if way["kind"] == "place" and way["id"] == "fort")
    assert (fort["party"], fort["state"]) == ("red", "encircled")
    assert fort["claims"][0]["text"] == "Blue besieged Fort."
    road = next(way for way in ways if way["kind"] == "route")
    assert (road["name"], road["state"]) == ("Coast Road", "cut")


def test_a_route_day_by_day(chronicle: Path) -> None:
    days = asked("route", chronicle, "coast road", "--for", "red", "--from", "2030-02-27", "--to", "2030-03-02")
    assert [way["day"] for way in days] == ["2030-02-27", "2030-02-28", "2030-03-01", "2030-03-02"]
    assert (days[0]["state"], days[-1]["state"]) == ("open", "cut")
    assert asked("route", chronicle, "Fort", "--for", "red", "--on", "2030-05-02")[0]["state"] == "encircled"


@pytest.mark.parametrize(
    "command", [["control", "--on", "2030-03-02"], ["changes", "Ford"], ["leanings"], ["sieges", "--on", "2030-05-02"]]
)
def test_every_answer_can_be_read_by_people_too(chronicle: Path, command: list[str]) -> None:
    result = CliRunner().invoke(app, [command[0], str(chronicle), *command[1:]], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout.strip()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["control", "--on", "2030-03-02", "--as", "nobody at all"], UnknownNameError),
        (["control", "--on", "2030-03-02", "--suppose", "Ford"], UsageError),
        (["sieges", "--on", "2030-03-02", "--for", "green"], UnknownNameError),
        (["route", "Coast Road", "--for", "green", "--on", "2030-03-02"], UnknownNameError),
        (["control", "--on", "soon"], UsageError),
    ],
)
def test_what_cannot_be_meant_is_said(chronicle: Path, arguments: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        CliRunner().invoke(app, [arguments[0], str(chronicle), *arguments[1:]], catch_exceptions=False)
