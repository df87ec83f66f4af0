"""A new theatre has no faults, a broken one has all of them told, and what is worth a look is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from zubda.errors import TheatreError, UsageError
from zubda.theatres import load_theatre
from zubda.theatres.making import new_theatre, remarks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_theatre(tmp_path / "war", 'War of "Olm"', date(2031, 2, 3))
    return tmp_path / "war"


def test_a_new_theatre_has_no_faults(folder: Path) -> None:
    theatre = load_theatre(folder)
    assert (theatre.names["en"], theatre.first) == ('War of "Olm"', date(2031, 2, 3))
    assert theatre.held_at_start("karu") == "blue"
    assert theatre.actors["river_militia"].side_on(date(2031, 7, 1)) == "red"


def test_a_folder_that_holds_something_is_left_alone(folder: Path) -> None:
    before = sorted((file.name, file.read_bytes()) for file in folder.iterdir())
    with pytest.raises(UsageError) as problem:
        new_theatre(folder, "x", date(2031, 1, 1))
    assert problem.value.code == "usage.folder"
    assert sorted((file.name, file.read_bytes()) for file in folder.iterdir()) == before


def edit(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


FAULTS = {
    "places.csv:3: parent 'olm_provinz' is in no row; did you mean 'olm_province'?": edit("places.csv", "olm_province,red", "olm_provinz,red"),
    "places.csv:4: latitude must lie between -90 and 90: 500.613": edit("places.csv", "50.0613", "500.613"),
    "places.csv:4: held_at_start 'blau' is in no row": edit("places.csv", "olm_province,blue", "olm_province,blau"),
    "places.csv:2: origin is empty: say where the point is from": edit("places.csv", "60000,recalled", "60000,"),
    "actors.csv:2: side 'rot' is in no row": edit("actors.csv", "red troops,red", "red troops,rot"),
    "actors.csv:3: no day of the form 2012-07-19: '2031-05-32'": edit("actors.csv", "2031-05-31", "2031-05-32"),
    "sides.csv:3: armed must be yes or no: 'maybe'": edit("sides.csv", "Blues,,yes", "Blues,,maybe"),
    "sources.csv:2: kind must be one of": edit("sources.csv", "red_radio,agency", "red_radio,tower"),
    "routes.csv:2: stop 'nowhere' is in no row": edit("routes.csv", "olm|karu", "olm|nowhere"),
    "theatre.toml:1: no TOML": edit("theatre.toml", "[names]", "[names"),
    "routes.csv:1: columns are missing: points": edit("routes.csv", "points", "pointed"),
}  # fmt: skip


@pytest.mark.parametrize("told", FAULTS)
def test_a_fault_is_told_with_file_and_line(folder: Path, told: str) -> None:
    FAULTS[told](folder)
    with pytest.raises(TheatreError) as problem:
        load_theatre(folder)
    assert any(fault.startswith(told) for fault in problem.value.faults), problem.value.faults


def test_all_faults_are_told_at_once(folder: Path) -> None:
    for told in list(FAULTS)[:8]:
        FAULTS[told](folder)
    (folder / "routes.csv").unlink()
    with pytest.raises(TheatreError) as problem:
        load_theatre(folder)
    assert all(any(fault.startswith(told) for fault in problem.value.faults) for told in list(FAULTS)[:8])


def test_a_side_that_holds_nothing_holds_nothing_at_the_start(folder: Path) -> None:
    edit("places.csv", "olm_province,blue", "olm_province,civ")(folder)
    with pytest.raises(TheatreError, match="a side that holds no places"):
        load_theatre(folder)


def test_what_is_worth_a_look(folder: Path) -> None:
    edit("places.csv", "Karu|Karoo", "Karu|Ulm on the River")(folder)
    told = "\n".join(remarks(load_theatre(folder)))
    assert "place karu, place olm share 'Ulm on the River'" in told
    assert "1 of 3 places are known to no better than 3 km" in told


@pytest.mark.parametrize("name", ["syria", "ukraine-2022"])
def test_the_bundled_theatres_have_no_faults(name: str) -> None:
    assert load_theatre(name).places
