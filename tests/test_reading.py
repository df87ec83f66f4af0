"""The main job through the public names: files in, a chronicle out."""

from pathlib import Path

import pytest

import zubda
from zubda.documents import read_document
from zubda.errors import DocumentError, UnknownNameError
from zubda.reading import choose_theatre

EXAMPLES = Path(__file__).parents[1] / "examples" / "aleppo"
SHARED = Path(__file__).parents[2] / "shared"

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not beside this checkout")


@pytest.fixture(scope="module")
def chronicle() -> zubda.Chronicle:
    return zubda.read(EXAMPLES / "battle-of-aleppo.zh.md")


def test_the_theatre_is_chosen_by_the_places_that_the_text_names(chronicle: zubda.Chronicle) -> None:
    assert chronicle.theatre
    assert chronicle.theatre.id == "syria"


def test_claims_carry_source_date_place_and_the_characters_they_rest_on(chronicle: zubda.Chronicle) -> None:
    first = next(claim for claim in chronicle.claims if claim.type == "airstrike")
    assert first.date
    assert first.date.as_list() == ["2012-07-24", "2012-07-24"]
    assert "tariq_al_bab" in first.place_ids
    assert chronicle.sentence(first).startswith("政府军战机首次轰炸")
    for claim in chronicle.claims:
        raw = chronicle.document(claim.document).raw
        assert all(0 <= start < end <= len(raw) for start, end in claim.spans)
        assert all(0 <= rule.start <= rule.end <= len(raw) for rule in claim.rules)


def test_a_chronicle_saved_and_opened_is_the_same(chronicle: zubda.Chronicle, tmp_path: Path) -> None:
    chronicle.save(tmp_path / "battle.zubda")
    again = zubda.Chronicle.open(tmp_path / "battle.zubda")
    assert again == chronicle
    assert again.claims == chronicle.claims


def test_ids_stay_when_the_same_text_is_read_again(chronicle: zubda.Chronicle) -> None:
    again = zubda.read(EXAMPLES / "battle-of-aleppo.zh.md", "syria")
    assert [claim.id for claim in again.claims] == [claim.id for claim in chronicle.claims]
    assert len({claim.id for claim in again.claims}) == len(again.claims)


def test_who_held_a_place_is_answered_in_any_spelling(chronicle: zubda.Chronicle) -> None:
    answers = {
        chronicle.held(name, "2012-08-10").holder for name in ("薩拉赫丁", "Salaheddine", "Salah al-Din", "萨拉哈丁")
    }
    assert len(answers) == 1
    held = chronicle.held("Salaheddine", "2012-08-10")
    assert sum(held.probabilities.values()) == pytest.approx(1.0)
    assert held.claims


def test_a_war_without_a_theatre_is_read_and_answers(tmp_path: Path) -> None:
    text = "# 1999年\n\n5月3日，红军攻占了悲港镇。5月4日，蓝军炮击了悲港镇的红军阵地。\n"
    (tmp_path / "war.md").write_text(text, encoding="utf-8")
    chronicle = zubda.read(tmp_path / "war.md", None)
    assert chronicle.theatre is None
    assert {claim.type for claim in chronicle.claims} >= {"territory", "shelling"}
    assert chronicle.war.id == "derived"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nowhere"):
        zubda.read(tmp_path / "nowhere.md")
    with pytest.raises(UnknownNameError) as problem:
        zubda.read(EXAMPLES, "syri")
    assert problem.value.code == "unknown.theatre"
    assert "syria" in problem.value.suggestions


def test_a_language_that_is_not_read_gives_a_warning_and_no_claims(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("Все счастливые семьи похожи друг на друга.\n", encoding="utf-8")
    chronicle = zubda.read(tmp_path / "text.md", None)
    assert chronicle.claims == ()
    assert any("language" in warning for warning in chronicle.documents[0].warnings)


@needs_shared
def test_every_text_of_the_corpus_gives_claims() -> None:
    for path in sorted((SHARED / "corpus").glob("*.zh.md")):
        chronicle = zubda.read(path)
        assert len(chronicle.claims) > 50, path.name


@pytest.mark.parametrize(
    ("text", "theatre"),
    [
        ("Russian forces reached Konotop on 25 February 2022. Konotop lies on the road to Sumy.", "ukraine-2022"),
        ("政府军攻占了哈纳诺和薩拉赫丁，随后进入巴卜。", "syria"),
        ("The human rights of women were discussed in Vienna.", None),
        ("A long text that names Aleppo once." + " Nothing else is told here." * 200, None),
    ],
)
def test_a_short_text_tells_its_war_by_few_places_named_often(text: str, theatre: str | None) -> None:
    chosen = choose_theatre([read_document(text.encode(), origin="a.txt")])
    assert (chosen.id if chosen else None) == theatre
