"""Who held whole areas on the eve of a theatre's first day, as theatre.toml says it."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

from zubda.errors import TheatreError
from zubda.theatres import load_theatre


def test_an_area_is_held_with_every_place_in_it() -> None:
    theatre = load_theatre("syria")
    assert theatre.held_at_start("salaheddine") == "gov"
    assert theatre.held_at_start("turkey") is None


@pytest.mark.parametrize("line", ['nowhere = "gov"', 'syria = "nobody"', 'syria = "civ"'])
def test_places_and_sides_that_are_none_are_faults(tmp_path: Path, line: str) -> None:
    folder = tmp_path / "war"
    shutil.copytree(Path(str(resources.files("zubda.theatres"))) / "syria", folder)
    facts = folder / "theatre.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace('syria = "gov"', line), encoding="utf-8")
    with pytest.raises(TheatreError) as caught:
        load_theatre(folder)
    assert "[held_at_start]" in str(caught.value)
