"""The compiled engine: used only while it is of the sources beside it, and with the same results."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import zubda
from zubda.compiled import FOLDER, LIST, modules_hash, use_compiled

PACKAGE = Path(zubda.__file__).parent
READ = """
import sys
from zubda.documents import read_document
from zubda.extraction import extract, marks
print(marks.__file__.endswith(".py"))
for text in sys.argv[1:]:
    print(extract(read_document(text.encode(), origin="text.md"), None))
"""
TEXTS = (
    "# Battle of Dalmer\n\nOn 4 May 2031 the Dalmer Army shelled Port Oruvel, killing at least 12 civilians, rebels said. "
    "Two days later rebels captured the town of Veshk from the army.",
    "# 达尔默战役\n\n2031年5月4日，达尔默军队炮击了奥鲁维尔港，至少12名平民丧生。两天后，反对派攻占了维什克镇。",
)


def listing(package: Path) -> dict[str, object]:
    sources = ["one.py", "two.py"]
    for source in sources:
        (package / source).write_text("pass\n", encoding="utf-8")
    folder = package / FOLDER
    folder.mkdir()
    return {
        "suffix": EXTENSION_SUFFIXES[0],
        "sources": sources,
        "hash": modules_hash(package, sources),
        "files": {"nowhere": "nowhere"},
    }


def listed(package: Path, listing: object) -> bool:
    (package / FOLDER / LIST).write_text(json.dumps(listing), encoding="utf-8")
    use_compiled.cache_clear()
    before = list(sys.meta_path)
    try:
        return use_compiled(package)
    finally:
        sys.meta_path[:] = before
        use_compiled.cache_clear()


@pytest.fixture(autouse=True)
def not_told_to_be_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZUBDA_PURE", raising=False)


def test_modules_of_these_sources_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = listing(tmp_path)
    (tmp_path / FOLDER / "nowhere").touch()
    assert listed(tmp_path, found)
    monkeypatch.setenv("ZUBDA_PURE", "1")
    assert not listed(tmp_path, found)


def test_nothing_stale_is_used(tmp_path: Path) -> None:
    found = listing(tmp_path)
    assert not use_compiled(tmp_path / "elsewhere")
    assert not listed(tmp_path, found)  # the module itself is not there
    (tmp_path / FOLDER / "nowhere").touch()
    (tmp_path / "two.py").write_text("pass  # edited\n", encoding="utf-8")
    assert not listed(tmp_path, found)
    (tmp_path / "two.py").unlink()
    assert not listed(tmp_path, found)


@pytest.mark.parametrize("broken", [{"suffix": ".cpython-27.so"}, {"files": None}, {"hash": None}])
def test_a_list_that_does_not_fit_is_left_aside(tmp_path: Path, broken: dict[str, object]) -> None:
    found = listing(tmp_path)
    (tmp_path / FOLDER / "nowhere").touch()
    assert not listed(tmp_path, {**found, **broken})
    assert not listed(tmp_path, [])


def read(source: Path, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", READ, *TEXTS],
        env={**os.environ, "PYTHONPATH": str(source), **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.skipif(not use_compiled(), reason="the engine was not compiled here, or was edited since: make engine")
def test_the_compiled_engine_finds_what_the_sources_find(tmp_path: Path) -> None:
    compiled, pure = read(PACKAGE.parent), read(PACKAGE.parent, ZUBDA_PURE="1")
    assert compiled.splitlines()[0] == "False"
    assert pure.splitlines()[0] == "True"
    assert compiled.splitlines()[1:] == pure.splitlines()[1:]
    assert pure.count("Claim(") > 3
    shutil.copytree(PACKAGE, tmp_path / "zubda", ignore=shutil.ignore_patterns("page", "__pycache__"))
    with (tmp_path / "zubda" / "extraction" / "marks.py").open("a", encoding="utf-8") as file:
        file.write("\n# edited\n")
    assert read(tmp_path) == pure
