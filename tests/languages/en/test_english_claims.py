"""What English sentences claim: the corpus beside the rules, in an invented war."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from zubda.documents import read_document
from zubda.extraction import extract
from zubda.model import Claim, Theatre
from zubda.theatres import load_theatre

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.en").joinpath("corpus/claims.toml").read_text(encoding="utf-8")
)


def cases() -> Iterator[Any]:
    for family in CORPUS["family"]:
        for case in family["case"]:
            for form in case["forms"]:
                yield pytest.param(form, case["expect"], case.get("never", []), id=f"{family['name']}: {form[:60]}")


def claims_of(text: str, war: Theatre) -> list[Claim]:
    document = read_document(f"On 3 May 2031, snow fell. {text}".encode(), origin="account.txt", language="en")
    return list(extract(document, war).claims)


def fits(claim: Claim, expected: str) -> bool:
    """Whether a claim is as told: ``type actors > targets @ places | source polarity | control``; what is left out is not looked at."""
    head, _, rest = expected.partition("|")
    source, _, control = (part.strip() for part in rest.partition("|"))
    parties, _, places = (part.strip() for part in head.partition("@"))
    kind, _, sides = parties.partition(" ")
    actors, _, targets = (part.split() for part in sides.partition(">"))
    checks = [claim.type == kind]
    if actors:
        checks.append({party.side for party in claim.actors} == set(actors))
    if targets:
        checks.append({party.side for party in claim.targets} == set(targets))
    if places:
        checks.append([place.surface for place in claim.places] == places.split(","))
    if source:
        polarity = "deny" if source.endswith(" deny") else "affirm"
        checks.append((claim.source or "-") == source.removesuffix(" deny"))
        checks.append(claim.polarity == polarity)
    if control:
        told = claim.control
        share = f" {told.share[0]}" if told is not None and told.share else ""
        checks.append(told is not None and f"{told.holder} {told.change}{share}" == control)
    return all(checks)


@pytest.mark.parametrize(("form", "expected", "never"), list(cases()))
def test_a_sentence_makes_its_claims(form: str, expected: list[str], never: list[str], war: Theatre) -> None:
    found = claims_of(form, war)
    if not expected and not never:
        assert found == []
    assert not {claim.type for claim in found} & set(never)
    for one in expected:
        assert any(fits(claim, one) for claim in found), [
            (claim.type, claim.actors, claim.places, claim.source, claim.control) for claim in found
        ]


def test_the_corpora_hold_four_hundred_examples() -> None:
    package = resources.files("zubda.languages.en").joinpath("corpus")

    def count(value: Any) -> int:
        if isinstance(value, dict):
            return sum(count(inner) for inner in value.values())
        return sum(1 if isinstance(inner, str) else count(inner) for inner in value) if isinstance(value, list) else 0

    total = sum(
        count(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in package.iterdir()
        if file.name.endswith(".toml")
    )
    assert total >= 400


def test_a_name_that_begins_like_another_after_an_article_is_read_whole() -> None:
    text = b"On 31 July 2016, the Army of Conquest attacked Aleppo. On 1 August 2016, the Army attacked Aleppo."
    claims = extract(read_document(text, origin="account.txt", language="en"), load_theatre("syria")).claims
    assert [[party.actor for party in claim.actors] for claim in claims] == [["army_of_conquest"], ["army"]]


def test_the_city_is_the_one_that_the_account_is_about() -> None:
    text = (
        b"The siege of Dorvan was a battle in 2031 in the city of Dorvan. On 3 May 2031, soldiers raided a house in Sel Harran. "
        b"Rebel gunmen entered the city."
    )
    claims = extract(read_document(text, origin="account.txt", language="en"), None).claims
    entered = [claim for claim in claims if claim.type == "territory"]
    assert [[place.surface for place in claim.places] for claim in entered] == [["Dorvan"]]
