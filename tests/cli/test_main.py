"""The program itself: start-up, mistyped names, one shape of error."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zubda.cli.main import app

PROGRAM = [sys.executable, "-m", "zubda"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, check=False)


def test_a_mistyped_command_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(app, ["claim"])
    assert result.exit_code == 2
    assert "claims" in result.output


def test_errors_say_what_to_do_and_leave_no_traceback(tmp_path: Path) -> None:
    result = run("claims", str(tmp_path / "nothing.zubda"))
    assert result.returncode == 1
    assert "chronicle.missing" in result.stderr
    assert "zubda read" in result.stderr
    assert "Traceback" not in result.stderr


def test_errors_are_json_where_json_is_asked_for(tmp_path: Path) -> None:
    result = run("claims", str(tmp_path / "nothing.zubda"), "--json")
    assert json.loads(result.stdout)["error"]["code"] == "chronicle.missing"


def test_the_version_is_told() -> None:
    from zubda import __version__

    assert run("--version").stdout.strip() == f"zubda {__version__}"


def test_nothing_heavy_is_imported_at_start() -> None:
    heavy = ["numba", "polars", "scipy", "opencc", "fastapi", "sqlalchemy", "xarray", "pydantic", "matplotlib"]
    code = f"import sys, zubda.cli.main; print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"]])
def test_help_is_quick(arguments: list[str]) -> None:
    started = time.perf_counter()
    assert run(*arguments).returncode == 0
    assert time.perf_counter() - started < 3.0
