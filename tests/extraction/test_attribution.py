"""A word of contrast at the head of what a source says sets it against what was said before."""

import pytest

from zubda.documents import read_document
from zubda.extraction import extract
from zubda.theatres import load_theatre

AGAINST = [
    "On 3 May 1999 the rebels said that they had captured the village of Orlo. However, the army said that it had recaptured Orlo.",
    "On 3 May 1999 the rebels said that they had captured the village of Orlo, but the army said that it had recaptured Orlo.",
    "1999年5月3日，叛军声称占领了奥尔洛村。但是，政府军声称夺回了奥尔洛村。",
    "1999年5月3日，叛军声称占领了奥尔洛村，而政府军声称夺回了奥尔洛村。",
]
NOT_AGAINST = [
    "On 3 May 1999 the rebels said that they had captured the village of Orlo. The army said that it had recaptured Orlo.",
    "On 3 May 1999 the army said that it had recaptured the village of Orlo, but lost ten men.",
    "1999年5月3日，叛军声称占领了奥尔洛村。政府军声称夺回了奥尔洛村。",
    "1999年5月3日，政府军声称夺回了奥尔洛村，但是有10人丧生。",
]


def set_against(text: str, tmp_path) -> list[str]:  # type: ignore[no-untyped-def]
    path = tmp_path / "account.md"
    path.write_text(text, encoding="utf-8")
    claims = extract(read_document(path), load_theatre("syria")).claims
    assert claims
    return [claim.source or "" for claim in claims if any(rule.rule == "set_against" for rule in claim.rules)]


@pytest.mark.parametrize("text", AGAINST)
def test_the_second_source_is_set_against_the_first(text: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert set_against(text, tmp_path) in (["army"], ["the army"], ["政府军"])


@pytest.mark.parametrize("text", NOT_AGAINST)
def test_nobody_is_set_against_without_a_word_of_contrast_before_who_speaks(text: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert set_against(text, tmp_path) == []


DENIED = [
    "On 3 May 1999 the rebels said that they had nothing to do with the massacre in the village of Orlo.",
    "1999年5月3日，叛军声称叛军与奥尔洛村的屠杀无关。",
]


@pytest.mark.parametrize("text", DENIED)
def test_who_has_no_part_in_it_denies_it(text: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "account.md"
    path.write_text(text, encoding="utf-8")
    claims = extract(read_document(path), load_theatre("syria")).claims
    assert [(claim.type, claim.polarity) for claim in claims] == [("execution", "deny")]


STANDS = {
    "1999年5月3日，发言人声称库尔德武装将会加入叛军。": ["alliance"],
    "1999年5月3日，库尔德武装声明必须保持中立。": ["neutrality"],
    "1999年5月3日，叛军希望库尔德武装加入叛军。": [],
}


@pytest.mark.parametrize("text", STANDS)
def test_who_announces_that_he_joins_or_stays_neutral_takes_sides(text: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "account.md"
    path.write_text(text, encoding="utf-8")
    claims = extract(read_document(path), load_theatre("syria")).claims
    told = [rule.rule for claim in claims if claim.type == "alliance" for rule in claim.rules if rule.field == "type"]
    assert told == STANDS[text]


BEGUN = {
    "On 3 May 1999 fighting broke out in the village of Orlo.": True,
    "On 3 May 1999 the rebels attacked the village of Orlo.": False,
    "1999年5月3日，叛军开始进攻奥尔洛村。": True,
    "1999年5月3日，叛军进攻了奥尔洛村。": False,
}


@pytest.mark.parametrize("text", BEGUN)
def test_a_word_of_beginning_marks_the_fight(text: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "account.md"
    path.write_text(text, encoding="utf-8")
    (claim,) = extract(read_document(path), load_theatre("syria")).claims
    assert claim.type == "clash"
    assert any(rule.rule == "begins" for rule in claim.rules) == BEGUN[text]
