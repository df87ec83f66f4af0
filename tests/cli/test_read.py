"""`zubda read`, `claims`, `explain`, `held`, `unknowns` as a person types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from zubda.cli.main import app
from zubda.errors import ZubdaError

EXAMPLE = Path(__file__).parents[2] / "examples" / "aleppo" / "battle-of-aleppo.zh.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=True)


def answer(*arguments: str) -> object:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def battle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("battle")
    result = run("read", str(EXAMPLE), "-o", str(folder / "b.zubda"), "--claims", str(folder / "b.jsonl"))
    assert result.exit_code == 0, result.output
    return folder / "b.zubda"


def test_read_writes_the_chronicle_and_the_claims_of_the_codebook(battle: Path) -> None:
    raw = EXAMPLE.read_bytes().decode()
    rows = [json.loads(line) for line in battle.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
    listed = answer("claims", str(battle))
    assert isinstance(listed, list)
    assert len(rows) == len(listed) > 60
    for row, shown in zip(rows, listed, strict=True):
        assert row["id"] == shown["id"]
        assert {"spans", "type", "date", "places", "place_ids", "source", "polarity", "counts", "rules"} <= row.keys()
        assert shown["text"] == " ".join(raw[start:end] for start, end in row["spans"])


def test_claims_are_chosen_by_day_place_type_and_source(battle: Path) -> None:
    found = answer("claims", str(battle), "--from", "2012-07-29", "--to", "2012-07-29", "--place", "Salah al-Din")
    assert isinstance(found, list)
    assert {(row["type"], row["polarity"]) for row in found} >= {("territory", "affirm")}
    assert all("salaheddine" in row["place_ids"] for row in found)
    bombed = answer("claims", str(battle), "--type", "airstrike")
    assert isinstance(bombed, list)
    assert bombed
    assert {row["type"] for row in bombed} == {"airstrike"}
    own = answer("claims", str(battle), "--source", "text")
    assert isinstance(own, list)
    assert all(row["source"] is None for row in own)


def test_explain_names_a_rule_and_its_characters(battle: Path) -> None:
    first = answer("claims", str(battle), "--type", "airstrike")
    assert isinstance(first, list)
    told = answer("explain", str(battle), first[0]["id"])
    assert isinstance(told, dict)
    assert told["rules"]
    for rule in told["rules"]:
        assert rule["rule"]
        assert rule["characters"] in EXAMPLE.read_bytes().decode()


def test_held_answers_for_any_spelling_with_the_claims_behind_it(battle: Path) -> None:
    told = answer("held", str(battle), "薩拉赫丁", "--on", "2012-08-10")
    assert isinstance(told, dict)
    assert told["place"] == "salaheddine"
    assert sum(told["probabilities"].values()) == pytest.approx(1.0, abs=1e-3)
    assert all(claim["text"] for claim in told["claims"])


def test_a_mistyped_place_is_answered_with_the_nearest(battle: Path) -> None:
    problem = run("held", str(battle), "Salahedine distrct", "--on", "2012-08-10").exception
    assert isinstance(problem, ZubdaError)
    assert problem.code == "unknown.place"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--type", "airstrik"], "usage.type"),
        (["--from", "8 August 2012"], "usage.date"),
        (["--from", "2013-01-02", "--to", "2013-01-01"], "usage.date"),
        (["--side", "the rebels"], "unknown.side"),
    ],
)
def test_a_mistaken_filter_is_said(battle: Path, arguments: list[str], code: str) -> None:
    problem = run("claims", str(battle), *arguments).exception
    assert isinstance(problem, ZubdaError)
    assert problem.code == code


def test_reading_again_keeps_what_people_decided(tmp_path: Path) -> None:
    from zubda.chronicle import Chronicle
    from zubda.model import Decision

    out = tmp_path / "b.zubda"
    assert run("read", str(EXAMPLE), "-o", str(out)).exit_code == 0
    chronicle = Chronicle.open(out)
    rejected = chronicle.claims[0].id
    chronicle.decide([Decision("reject", (rejected,), by="a person")])
    assert run("read", str(EXAMPLE), "-o", str(out)).exit_code == 0
    assert rejected not in {claim.id for claim in Chronicle.open(out).claims}


@pytest.mark.parametrize("name", ["nowhere/b.zubda", ".", "text.md"])
def test_where_the_chronicle_cannot_go_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.md").write_text("no chronicle", encoding="utf-8")
    problem = run("read", "not-there.md", "-o", name).exception
    assert isinstance(problem, ZubdaError)
    assert problem.code == ("chronicle.not_a_chronicle" if name == "text.md" else "chronicle.unwritable")
    assert "sqlalche" not in str(problem)
    assert [file.name for file in tmp_path.iterdir()] == ["text.md"]


def test_unknowns_lists_names_that_the_theatre_lacks(tmp_path: Path) -> None:
    text = "# 2012年\n\n**7月3日**\n\n政府军炮击了萨拉哈丁附近的Qarbustan村。反对派攻占了Qarbustan村。\n"
    (tmp_path / "text.md").write_text(text, encoding="utf-8")
    names = answer("unknowns", str(tmp_path / "text.md"), "--theatre", "syria")
    assert isinstance(names, list)
    assert [(name["kind"], name["surface"], name["count"]) for name in names if name["surface"] == "Qarbustan"] == [
        ("place", "Qarbustan", 2)
    ]
