"""Claims in Chinese: the corpora beside the rules, each text of an invented war read with its theatre."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import pytest

from zubda.documents import read_document
from zubda.extraction import extract
from zubda.model import Claim, Membership, Place, Side, Source, Theatre
from zubda.model.theatre import Actor

CORPORA = (
    "triggers", "negatives", "parties", "attribution", "control", "places", "telling", "speakers", "holding", "joined", "suffering",
    "untold", "elsewhere",
)  # fmt: skip
ACTORS = {
    "northern_army": ("north", "北方军|北方军士兵|北方军军官"),
    "northern_government": ("north", "北方政府"),
    "northern_air_force": ("north", "北方空军"),
    "seventh_division": ("north", "第七师"),
    "southern_league": ("south", "南方联盟"),
    "mountain_brigade": ("south", "山地旅"),
    "volunteers": ("south", "义勇军"),
}
SOURCES = {"kalan_agency": ("卡兰通讯社", "north"), "witness": ("人权见证会", None)}
PLACES = {
    "whitestone": "白石镇", "grey_bridge": "灰桥", "east_port": "东港", "deer_hill": "鹿山", "willow": "柳河村",
    "salt_field": "盐田机场", "iron_gate": "铁门关",
}  # fmt: skip


@cache
def theatre() -> Theatre:
    """An invented war: north against south, seven places."""
    return Theatre(
        id="kalan",
        version="1",
        names={"zh": "卡兰之战"},
        sides={
            "north": Side("north", {"zh": "北方"}),
            "south": Side("south", {"zh": "南方"}, hue=1),
            "civ": Side("civ", {"zh": "平民"}, armed=False, holds=False),
        },
        actors={
            id: Actor(id, "army", {"zh": forms}, tuple(("zh", form) for form in forms.split("|")), (Membership(side),))
            for id, (side, forms) in ACTORS.items()
        },
        sources={
            id: Source(id, "agency", {"zh": form}, (("zh", form),), alignment)
            for id, (form, alignment) in SOURCES.items()
        },
        places={
            id: Place(
                id,
                "city" if id == "east_port" else "town",
                {"zh": form},
                (("zh", form),),
                40.0 + number / 10,
                20.0,
                100.0,
                "invented",
            )
            for number, (id, form) in enumerate(PLACES.items())
        },
    )


def read(text: str) -> tuple[Claim, ...]:
    """The claims of a text, read on 3 May 2031."""
    raw = f"# 卡兰之战\n\n## 2031年\n\n**5月3日**\n\n{text}\n"
    return extract(read_document(raw.encode(), origin="kalan.md"), theatre()).claims


def examples() -> Iterator[Any]:
    """Every text of every corpus with what it must give."""
    for corpus in CORPORA:
        text = resources.files("zubda.languages.zh").joinpath(f"corpus/{corpus}.toml").read_text(encoding="utf-8")
        for family in tomllib.loads(text)["family"]:
            for form in family["texts"]:
                yield pytest.param(form, family["claims"], id=f"{corpus}/{family['rule']}/{form}")


def told(claim: Claim) -> dict[str, Any]:
    """A claim in the words of the corpora."""
    control = claim.control
    return {
        "type": claim.type,
        "at": [place.surface for place in claim.places],
        "by": [party.side for party in claim.actors],
        "on": [party.side for party in claim.targets],
        "says": claim.source or "",
        "deny": claim.polarity == "deny",
        "control": f"{control.holder} {control.change}" if control else "",
        "share": control.share[0] if control and control.share else 0.0,
        "piece": any(rule.rule == "of_a_piece" for rule in claim.rules),
    }


def test_the_corpora_hold_six_hundred_examples_that_each_tell_a_claim_or_none() -> None:
    assert len({param.values[0] for param in examples()}) >= 600


@pytest.mark.parametrize(("text", "expected"), list(examples()))
def test_corpus(text: str, expected: list[dict[str, Any]]) -> None:
    found = [told(claim) for claim in read(text)]
    assert [claim["type"] for claim in found] == [wanted["type"] for wanted in expected]
    for claim, wanted in zip(found, expected, strict=True):
        assert {key: claim[key] for key in wanted} == wanted
