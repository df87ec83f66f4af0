"""`zubda events`, `disputes`, `tolls` and `decide` as a person types them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from zubda.chronicle import Chronicle
from zubda.cli.main import app
from zubda.errors import UnknownNameError, UsageError
from zubda.model import (
    Block,
    Claim,
    ControlStatement,
    Count,
    DayRange,
    Document,
    OffsetMap,
    Party,
    Place,
    PlaceMention,
    Side,
    Source,
    Theatre,
)

SENTENCES = (
    "On 3 May the Reds shelled the market of Port Sorrow; Blue Radio says that 60 soldiers died.",
    "The monitor counts 6 dead in the shelling of the market.",
    "On 9 July the Reds took the hill.",
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


def answer(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def strike(number: int, source: str, dead: int) -> Claim:
    start = sum(len(sentence) + 1 for sentence in SENTENCES[: number - 1])
    return Claim(
        id=f"c{number}0000000000",
        document="d0123456789ab",
        spans=((start, start + len(SENTENCES[number - 1])),),
        type="shelling",
        date=DayRange.of_day(date(1999, 5, 3)),
        places=(PlaceMention("market", "market", 1.0),),
        actors=(Party("Reds", "red"),),
        source=source,
        source_id=source,
        counts=(Count("killed", "soldiers", "blue", dead, dead),),
        language="en",
    )


@pytest.fixture
def war(tmp_path: Path) -> Path:
    text = " ".join(SENTENCES)
    document = Document(
        id="d0123456789ab",
        title="Sorrow",
        origin="sorrow.txt",
        sha256="0" * 64,
        language="en",
        media_type="text/plain",
        raw=text,
        text=text,
        offsets=OffsetMap((0,), (0,), (len(text),)),
        blocks=(Block("paragraph", 0, len(text)),),
    )
    theatre = Theatre(
        id="sorrow",
        version="1",
        names={"en": "War of Sorrow"},
        sides={"red": Side("red", {"en": "Reds"}), "blue": Side("blue", {"en": "Blues"})},
        sources={
            "blue_radio": Source("blue_radio", "agency", {}, (), "blue"),
            "monitor": Source("monitor", "monitor", {}, ()),
        },
        places={
            "port": Place(
                "port", "city", {"en": "Port Sorrow"}, (("en", "Port Sorrow"),), 1.5, 2.5, 6000.0, "invented"
            ),
            "market": Place("market", "district", {}, (("en", "market"),), 1.5, 2.5, 300.0, "invented", "port"),
            "hill": Place("hill", "village", {}, (("en", "hill"),), 1.9, 2.9, 300.0, "invented"),
        },
    )
    taken = Claim(
        "c30000000000",
        document.id,
        ((len(text) - len(SENTENCES[2]), len(text)),),
        "territory",
        DayRange.of_day(date(1999, 7, 9)),
        (PlaceMention("hill", "hill", 1.0),),
        (Party("Reds", "red"),),
        control=ControlStatement("red", "gained"),
    )
    path = tmp_path / "war.zubda"
    Chronicle([document], (strike(1, "blue_radio", 60), strike(2, "monitor", 6), taken), theatre).save(path)
    return path


def test_events_carry_what_the_documentation_promises(war: Path) -> None:
    shelled, taken = answer("events", str(war))
    assert {"id", "type", "date", "places", "claims", "grade", "toll"} <= shelled.keys()
    assert shelled["claims"] == ["c10000000000", "c20000000000"]
    assert shelled["date"] == ["1999-05-03", "1999-05-03"]
    row = next(row for row in shelled["toll"] if row["side"] == "blue")
    assert (row["low"], row["best"], row["high"]) == (6, 6, 60)
    assert row["sources"] == [
        {"source": "blue_radio", "low": 60, "high": 60, "claim": "c10000000000"},
        {"source": "monitor", "low": 6, "high": 6, "claim": "c20000000000"},
    ]
    assert taken["toll"] == []


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--from", "1999-06-01"), 1),
        (("--to", "1999-06-01"), 1),
        (("--place", "Port Sorrow"), 1),
        (("--side", "red"), 2),
        (("--side", "blue"), 0),
        (("--type", "territory"), 1),
    ],
)
def test_events_are_chosen_by_options(war: Path, options: tuple[str, ...], count: int) -> None:
    assert len(answer("events", str(war), *options)) == count


def test_one_event_explains_why_its_claims_belong_together(war: Path) -> None:
    name = answer("events", str(war))[0]["id"]
    event = answer("events", str(war), name[:-1])
    (link,) = event["links"]
    assert {link["a"], link["b"]} == {"c10000000000", "c20000000000"}
    assert abs(sum(weight["bits"] for weight in link["weights"]) - link["total"]) < 0.01
    assert [witness["origin"] for witness in event["witness_list"]] == ["blue_radio", "monitor"]
    shown = run("events", str(war), name)
    assert "independent witnesses" in shown.output
    assert isinstance(run("events", str(war), "e9").exception, UnknownNameError)


def test_disputes_show_every_position_with_its_sentence(war: Path) -> None:
    (dispute,) = answer("disputes", str(war))
    assert dispute["about"] == "count"
    assert [position["says"] for position in dispute["positions"]] == ["60", "6"]
    assert dispute["positions"][1]["text"] == [SENTENCES[1]]
    assert answer("disputes", str(war), "--about", "holder") == []
    assert isinstance(run("disputes", str(war), "--about", "weather").exception, UsageError)
    assert "monitor" in run("disputes", str(war)).output


def test_tolls_add_up_and_are_plotted(war: Path, tmp_path: Path) -> None:
    assert {row["key"]: row["best"] for row in answer("tolls", str(war))} == {"all": 6, "blue": 6}
    assert {row["key"]: row["best"] for row in answer("tolls", str(war), "--by", "source")} == {
        "blue_radio": 60,
        "monitor": 6,
    }
    assert answer("tolls", str(war), "--from", "1999-06-01") == []
    assert isinstance(run("tolls", str(war), "--by", "weather").exception, UsageError)
    pytest.importorskip("matplotlib")
    plot = tmp_path / "toll.svg"
    assert run("tolls", str(war), "--plot", str(plot)).exit_code == 0
    assert plot.stat().st_size > 1000


def test_a_decision_is_kept_in_the_file_and_wins(war: Path) -> None:
    logged = answer("decide", str(war), "not-same", "c10000000000", "c20000000000", "--by", "me", "--note", "two raids")
    assert logged["kind"] == "not_same_event"
    assert len(answer("events", str(war))) == 3
    assert run("decide", str(war), "same", "c10000000000", "c20000000000").exit_code == 0
    assert len(answer("events", str(war))) == 2
    assert [decision.kind for decision in Chronicle.open(war).decisions] == ["not_same_event", "same_event"]
    assert isinstance(run("decide", str(war), "perhaps", "c10000000000").exception, UsageError)


@pytest.mark.parametrize(
    ("field", "value", "corrected"),
    [
        ("type", "airstrike", "airstrike"),
        ("type", '"airstrike"', "airstrike"),
        ("date", "1999-05-04", ["1999-05-04", "1999-05-04"]),
        ("date", "1999-05-04 to 1999-05-06", ["1999-05-04", "1999-05-06"]),
        ("date", '["1999-05-04", "1999-05-06"]', ["1999-05-04", "1999-05-06"]),
        ("date", "null", None),
        ("source", "Blue Radio", "Blue Radio"),
        ("control", '{"holder": "red", "change": "gained"}', {"holder": "red", "change": "gained"}),
    ],
)
def test_a_correction_takes_words_and_json(war: Path, field: str, value: str, corrected: object) -> None:
    answer("decide", str(war), "correct", "c10000000000", "--field", field, "--value", value)
    assert answer("claims", str(war))[0][field] == corrected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "quarrel"),
        ("date", "May"),
        ("date", ""),
        ("control", "red"),
        ("control", '{"holder": "red", "change": "?"}'),
    ],
)
def test_a_correction_that_cannot_be_is_said(war: Path, field: str, value: str) -> None:
    problem = run("decide", str(war), "correct", "c10000000000", "--field", field, "--value", value).exception
    assert isinstance(problem, UsageError)
    assert problem.code == "usage.decision"
