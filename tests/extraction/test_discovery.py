"""Names that no theatre knows, on accounts of invented wars: the corpus beside the rules."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.extraction import Extraction, extract

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.zh").joinpath("corpus/names.toml").read_text(encoding="utf-8")
)


def read(text: str) -> Extraction:
    return extract(read_document(text.encode(), origin="account.md", language="zh"), None)


@pytest.mark.parametrize("account", CORPUS["account"], ids=lambda account: account["title"])
def test_names_are_found_typed_and_put_on_their_sides(account: dict[str, Any]) -> None:
    found = read(account["text"])
    for kind in ("place", "actor", "source"):
        names = {row.surface for row in found.unknowns if row.kind == kind}
        assert set(account.get(kind, ())) <= names
    side = {row.surface: row.side for row in found.unknowns if row.kind == "actor"}
    side |= {party.surface: party.side for claim in found.claims for party in (*claim.actors, *claim.targets)}
    blocs = [{side[name] for name in bloc} for bloc in account["sides"]]
    assert all(len(bloc) == 1 for bloc in blocs)
    assert len(set.union(*blocs)) == len(blocs)
    assert "unknown" not in set.union(*blocs)


@pytest.mark.parametrize("text", CORPUS["nothing"]["texts"])
def test_ordinary_words_are_no_names(text: str) -> None:
    assert [(row.kind, row.surface) for row in read(text).unknowns] == []


def test_unknown_places_of_a_known_war_are_listed_and_located_by_an_id_of_their_own() -> None:
    from zubda.theatres import load_theatre

    text = "2012年8月3日，政府军炮击了托尔维克村。8月4日，反对派攻占托尔维克村。"
    found = extract(read_document(text.encode(), language="zh"), load_theatre("syria"))
    assert [(row.surface, row.kind, row.count) for row in found.unknowns] == [("托尔维克", "place", 2)]
    assert {mention.place for claim in found.claims for mention in claim.places} == {"x:托尔维克"}


@settings(deadline=None)  # the converter of scripts is read at the first text
@given(st.text(alphabet="卡尔维亚军队进攻在萨格里镇·人旅师的对被和与市，。说国政府叛12年月日", max_size=60))
def test_no_text_breaks_the_discovery(text: str) -> None:
    if text.strip():
        read(text)
