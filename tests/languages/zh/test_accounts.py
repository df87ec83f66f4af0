"""Accounts of wars without a theatre: the corpus beside the rules that find who and where without a list of names."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from zubda.documents import read_document
from zubda.extraction import extract
from zubda.model import Claim

CORPUS: dict[str, Any] = tomllib.loads(
    resources.files("zubda.languages.zh").joinpath("corpus/accounts.toml").read_text(encoding="utf-8")
)


def told(claim: Claim) -> dict[str, Any]:
    """A claim in the words of the corpus."""
    return {
        "type": claim.type,
        "at": [place.surface for place in claim.places],
        "by": [party.surface for party in claim.actors],
        "on": [party.surface for party in claim.targets],
        "says": claim.source or "",
        "deny": claim.polarity == "deny",
        "days": "/".join(dict.fromkeys(claim.date.as_list())) if claim.date else "",
        "counts": [f"{count.what} {count.low}-{'' if count.high is None else count.high}" for count in claim.counts],
    }


@pytest.mark.parametrize("account", CORPUS["account"], ids=lambda account: account["text"].split()[0][:12])
def test_an_account_without_a_theatre_is_read(account: dict[str, Any]) -> None:
    document = read_document(account["text"].encode(), origin="account.md", language="zh")
    found = extract(document, None)
    claims = [told(claim) for claim in found.claims]
    assert [claim["type"] for claim in claims] == [wanted["type"] for wanted in account["claims"]]
    for claim, wanted in zip(claims, account["claims"], strict=True):
        assert {key: claim[key] for key in wanted} == wanted
    side = {row.surface: row.side for row in found.unknowns if row.kind == "actor"}
    side |= {party.surface: party.side for claim in found.claims for party in (*claim.actors, *claim.targets)}
    blocs = [{side[name] for name in bloc} for bloc in account.get("sides", ())]
    assert all(len(bloc) == 1 for bloc in blocs)
    assert len(set().union(*blocs)) == len(blocs)
    assert "unknown" not in set().union(*blocs)
