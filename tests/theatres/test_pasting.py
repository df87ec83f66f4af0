"""Names that a theatre lacks, as rows for its tables."""

import csv
import io
from pathlib import Path

from typer.testing import CliRunner

from zubda.cli.main import app
from zubda.model import Unknown
from zubda.theatres import load_theatre
from zubda.theatres.pasting import gathered, paste_rows, rows_as_csv, theatre_columns
from zubda.theatres.tables import COLUMNS


def unknown(
    surface: str, kind: str, count: int, document: str = "d1", detail: str = "", side: str = "unknown"
) -> Unknown:
    return Unknown("x:" + surface.casefold(), surface, kind, detail, count, document, (0, 1), side)


def test_mentions_of_all_documents_count_together_most_named_first() -> None:
    rows = gathered([unknown("Oru", "place", 2), unknown("Vel", "place", 3, "d2"), unknown("Oru", "place", 4, "d2")])
    assert [(row.surface, row.count) for row in rows] == [("Oru", 6), ("Vel", 3)]


def test_rows_have_the_columns_of_the_tables_and_guess_no_point() -> None:
    names = [unknown("Oru", "place", 2, detail="town"), unknown("北军", "actor", 1, "d2", "group", "north")]
    rows = paste_rows(names, {"d1": "en", "d2": "zh"})
    (place,), (actor,) = rows["places.csv"], rows["actors.csv"]
    assert set(COLUMNS["places.csv"]) | {"name_en", "name_zh"} == set(place)
    assert (place["id"], place["kind"], place["name_en"], place["latitude"]) == ("oru", "town", "Oru", "")
    assert (actor["name_zh"], actor["sides"], actor["note"]) == ("北军", "north", "named once")
    assert [(side["id"], side["holds"]) for side in rows["sides.csv"]] == [("north", "yes")]


def test_pasted_rows_load_once_a_person_has_added_the_point(tmp_path: Path) -> None:
    bundled = Path(str(Path(__file__).parents[2] / "src" / "zubda" / "theatres" / "syria"))
    for file in bundled.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    columns = theatre_columns(tmp_path)
    names = [unknown("Oruvel", "place", 2, detail="town"), unknown("Oruvel Brigade", "actor", 3, side="opp")]
    rows = paste_rows(names, {"d1": "en"}, columns)
    rows["places.csv"][0] |= {"latitude": "36.1", "longitude": "37.1", "precision_m": "500", "origin": "a person"}
    for table, found in rows.items():
        body = "".join(rows_as_csv(found).splitlines(keepends=True)[1:])
        with (tmp_path / table).open("a", encoding="utf-8") as file:
            file.write(body)
    theatre = load_theatre(tmp_path)
    assert theatre.places["oruvel"].kind == "town"
    assert theatre.actors["oruvel brigade"].side_on(None) == "opp"


def test_the_command_prints_tables_to_paste(tmp_path: Path) -> None:
    text = "2031年5月3日，奥鲁军队炮击了维尔斯克市。5月4日，奥鲁军队攻占维尔斯克市，塔兰叛军撤退。维尔斯克市起火。\n"
    (tmp_path / "text.md").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["unknowns", str(tmp_path / "text.md"), "--theatre", "none"])
    assert result.exit_code == 0
    tables = [list(csv.DictReader(io.StringIO(part))) for part in result.stdout.split("\n\n") if part.strip()]
    names = {row["name_zh"]: row["note"] for table in tables for row in table if "note" in row}
    assert names["维尔斯克"] == "named 3 times"
    assert "奥鲁" in names
