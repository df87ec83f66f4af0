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
