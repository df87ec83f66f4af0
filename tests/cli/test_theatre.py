"""``zubda theatre``: list, check, new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zubda.cli.main import app
from zubda.errors import TheatreError, UsageError


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["theatre", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_list() -> None:
    listed = {row["id"]: row for row in json.loads(run("list", "--json"))}
    assert {"syria", "ukraine-2022"} <= set(listed)
    assert listed["ukraine-2022"]["sides"] == ["ukr", "rus"]
    assert "syria" in run("list")


def test_new_then_check(tmp_path: Path) -> None:
    run("new", str(tmp_path / "war"), "--name", "War of Olm", "--first", "2031-02-03")
    found = json.loads(run("check", str(tmp_path / "war"), "--json"))
    assert (found["theatre"], found["faults"], found["places"]) == ("war", [], 3)
    assert "no faults" in run("check", str(tmp_path / "war"))


def test_check_tells_every_fault(tmp_path: Path) -> None:
    run("new", str(tmp_path / "war"))
    (tmp_path / "war" / "sides.csv").unlink()
    result = CliRunner().invoke(app, ["theatre", "check", str(tmp_path / "war")])
    assert isinstance(result.exception, TheatreError)
    assert "sides.csv:1: the file is missing" in str(result.exception)
    assert len(result.exception.faults) > 3


def test_new_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        CliRunner().invoke(app, ["theatre", "new", str(tmp_path)], catch_exceptions=False)
