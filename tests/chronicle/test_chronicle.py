"""A chronicle's file gives back the same values, refuses what is none, and keeps what people decided."""

import sqlite3
from pathlib import Path

import pytest

from zubda.chronicle import Chronicle, schema
from zubda.errors import ChronicleError, UnknownNameError, UsageError, ZubdaError
from zubda.model import Decision


def test_reopening_gives_the_same_values(chronicle: Chronicle, tmp_path: Path) -> None:
    path = tmp_path / "sorrow.zubda"
    chronicle.save(path)
    again = Chronicle.open(path)
    assert again == chronicle
    assert again.theatre == chronicle.theatre
    assert again.program_version == chronicle.program_version


def test_saving_replaces_the_file_in_one_step_and_leaves_nothing_beside_it(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    path = tmp_path / "sorrow.zubda"
    chronicle.save(path)
    chronicle.save(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["sorrow.zubda"]


def test_a_failed_save_leaves_the_older_file(
    chronicle: Chronicle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sorrow.zubda"
    chronicle.save(path)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("zubda.chronicle.store._write", fail)
    with pytest.raises(ChronicleError, match="disk full"):
        chronicle.save(path)
    assert Chronicle.open(path) == chronicle
    assert [entry.name for entry in tmp_path.iterdir()] == ["sorrow.zubda"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "missing"),
        (b"", "not_a_chronicle"),
        (b"hello", "not_a_chronicle"),
        (b"SQLite format 3\x00" + b"\x01" * 500, "damaged"),
    ],
)
def test_what_is_no_chronicle_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "other.zubda"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ChronicleError) as caught:
        Chronicle.open(path)
    assert caught.value.code == f"chronicle.{code}"


def test_an_sqlite_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.zubda"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(ChronicleError, match="another program"):
        Chronicle.open(path)


def test_a_truncated_file_is_refused(chronicle: Chronicle, tmp_path: Path) -> None:
    path = tmp_path / "sorrow.zubda"
    chronicle.save(path)
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(ChronicleError) as caught:
        Chronicle.open(path)
    assert caught.value.code == "chronicle.damaged"


def test_a_file_of_version_1_is_migrated(chronicle: Chronicle, tmp_path: Path) -> None:
    path = tmp_path / "old.zubda"
    chronicle.save(path)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE claim DROP COLUMN extractor")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
    connection.close()
    assert Chronicle.open(path) == chronicle
    with sqlite3.connect(path) as connection:
        version = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        assert version == (str(schema.SCHEMA_VERSION),)
        assert connection.execute("SELECT DISTINCT extractor FROM claim").fetchall() == [("rules",)]
    connection.close()


@pytest.mark.parametrize(("version", "code"), [("99", "newer"), ("soon", "damaged")])
def test_a_file_of_a_later_program_is_refused(chronicle: Chronicle, tmp_path: Path, version: str, code: str) -> None:
    path = tmp_path / "new.zubda"
    chronicle.save(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
    connection.close()
    with pytest.raises(ChronicleError) as caught:
        Chronicle.open(path)
    assert caught.value.code == f"chronicle.{code}"


def test_decisions_are_kept_and_replayed(chronicle: Chronicle, tmp_path: Path) -> None:
    path = tmp_path / "sorrow.zubda"
    chronicle.save(path)
    decided = chronicle.decide(
        [
            Decision("reject", ("c00000000002",), by="historian"),
            Decision("correct", ("c00000000001",), "date", '["1999-05-04", "1999-05-04"]'),
        ]
    )
    again = Chronicle.open(path)
    assert again.claims == decided.claims
    assert [claim.id for claim in again.claims] == ["c00000000001"]
    assert again.claims[0].date is not None
    assert again.claims[0].date.as_list() == ["1999-05-04", "1999-05-04"]
    assert again.extracted == chronicle.extracted
    accepted = again.decide([Decision("accept", ("c00000000002",))])
    assert len(accepted.claims) == 2


@pytest.mark.parametrize(
    "decision",
    [
        Decision("burn", ("c1",)),
        Decision("same_event", ("c1",)),
        Decision("correct", ("c1",), "id", '"c2"'),
        Decision("correct", ("c1",), "date", '["2012-02-31", "2012-03-01"]'),
        Decision("correct", ("c1",), "type", '"picnic"'),
        Decision("correct", ("c1",), "type", "not json"),
    ],
)
def test_a_decision_that_cannot_be_replayed_is_refused_before_it_is_kept(
    chronicle: Chronicle, tmp_path: Path, decision: Decision
) -> None:
    path = tmp_path / "sorrow.zubda"
    chronicle.save(path)
    with pytest.raises(UsageError):
        chronicle.decide([decision])
    assert Chronicle.open(path).decisions == ()


def test_a_claim_is_found_by_the_beginning_of_its_id(chronicle: Chronicle) -> None:
    assert chronicle.claim("c00000000002").type == "control"
    with pytest.raises(UnknownNameError) as caught:
        chronicle.claim("c0000")
    assert len(caught.value.suggestions) == 2


def test_sentences_are_raw_characters(chronicle: Chronicle) -> None:
    assert chronicle.sentence(chronicle.claims[0]) == "On 3 May the Reds took Port Sorrow."


def test_the_table_has_a_row_a_claim(chronicle: Chronicle) -> None:
    frame = chronicle.to_polars()
    assert frame.shape == (2, 17)
    assert frame["killed_low"].to_list() == [3, None]
    assert frame["killed_high"].to_list() == [None, None]
    assert frame["place_ids"].to_list() == [["port_sorrow"], ["port_sorrow"]]


def test_every_error_says_what_happened_and_what_to_do(chronicle: Chronicle) -> None:
    with pytest.raises(ZubdaError) as caught:
        chronicle.document("d-nowhere")
    shape = caught.value.as_dict()
    assert shape["code"] == "unknown.document"
    assert "d-nowhere" in str(shape["what"])
    assert shape["hint"]
