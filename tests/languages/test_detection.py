"""Which language a text and each of its passages are in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.extraction import extract
from zubda.languages.detection import detect_language, passages
from zubda.theatres import load_theatre

ENGLISH = "The garrison of the northern fort withdrew from the ridge on the third day."
CHINESE = "守军在第三天撤出了山脊上的北堡，炮击仍在继续。"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (CHINESE, "zh"),
        ("Der Hafen wurde gestern beschossen, sagte ein Sprecher.", "und"),
        ("", "und"),
        ("12 345", "und"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_sentence_of_another_language_is_a_passage() -> None:
    text = f"{CHINESE}{ENGLISH} {CHINESE}"
    assert [(text[start:end].strip(), code) for start, end, code in passages(text, "zh")] == [
        (CHINESE, "zh"),
        (ENGLISH, "en"),
        (CHINESE, "zh"),
    ]


def test_a_chinese_sentence_in_an_english_text_is_a_passage() -> None:
    text = f"{ENGLISH} {CHINESE} {ENGLISH}"
    assert [code for _, _, code in passages(text, "en")] == ["en", "zh", "en"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("叛军占领了Tariq al-Bab和Base 46附近的村庄。", "zh"),
        ("The town of Tornik (托兰尼克) fell.", "en"),
        (ENGLISH, "en"),
    ],
)
def test_names_of_another_script_are_no_passage(text: str, language: str) -> None:
    assert passages(text, language) == [(0, len(text), language)]


@given(st.text(alphabet="守军撤出。，the fort fell. “”\n", max_size=120), st.sampled_from(["en", "zh"]))
def test_passages_cover_the_text_in_order(text: str, language: str) -> None:
    found = passages(text, language)
    assert [start for start, _, _ in found] == [0, *(end for _, end, _ in found[:-1])]
    assert found[-1][1] == len(text)


def test_a_passage_is_read_by_the_rules_of_its_own_language() -> None:
    text = "2012年7月24日，政府军轰炸了Sakhour。The rebels captured the district of Sakhour on 25 July 2012. 7月26日，反对派攻占了Hanano。"
    document = read_document(text.encode(), origin="mixed.txt")
    assert document.language == "zh"
    found = [
        (claim.type, claim.date and claim.date.first.isoformat(), claim.place_ids, claim.language)
        for claim in extract(document, load_theatre("syria")).claims
    ]
    assert found == [
        ("airstrike", "2012-07-24", ("sakhour",), "zh"),
        ("territory", "2012-07-25", ("sakhour",), "en"),
        ("territory", "2012-07-26", ("hanano",), "zh"),
    ]
