"""Events, tolls and disputes of the reference article, against one historian's reading.

Twice: from the claims that the program reads, and with the gold's claims in their place where there are any, which tells the errors
of reconciliation from those of reading. An item is right as `score_state.py` says; a dispute is found if two of its positions
stand on sentences of two of the gold's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.record import SHARED, Figure
from zubda.chronicle import Chronicle
from zubda.gazetteer import Gazetteer
from zubda.interchange.codebook import read_claims
from zubda.model import Claim, Event, Party, Toll
from zubda.reconciliation import Reconciliation, reconcile

__all__ = ["run"]

ARTICLE = SHARED / "corpus" / "aleppo.zh.md"
SENTENCES = SHARED / "corpus" / "aleppo.zh.sentences.json"
CLAIMS = SHARED / "gold" / "aleppo.zh.dev.jsonl"
STATE = SHARED / "gold" / "state"
WITH_GOLD = ((1, 198), (299, 396), (481, 580), (681, 773))

Where = Callable[[Claim], set[int]]


def _rows(name: str) -> list[dict[str, Any]]:
    text = (STATE / f"{name}.dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _gold_claims(chronicle: Chronicle, sentences: dict[int, tuple[int, int]], where: Where) -> list[Claim]:
    """The gold's claims, located and named by the theatre, and the program's own for sentences that have no gold."""
    theatre, document = chronicle.theatre, chronicle.documents[0]
    assert theatre is not None
    sources = {form: source.id for source in theatre.sources.values() for _, form in source.forms}
    actors = {form: actor.id for actor in theatre.actors.values() for _, form in actor.forms}

    def known(parties: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(replace(party, actor=actors.get(party.surface)) for party in parties)

    found: dict[str, Claim] = {}
    for claim in read_claims(CLAIMS, locate=Gazetteer(theatre).locate, sentences=sentences):
        name = claim.id if claim.id not in found else f"{claim.id}-{len(found)}"
        found[name] = replace(
            claim,
            id=name,
            document=document.id,
            source_id=sources.get(claim.source or ""),
            actors=known(claim.actors),
            targets=known(claim.targets),
        )
    ours = [claim for claim in chronicle.claims if not any(a <= n <= b for n in where(claim) for a, b in WITH_GOLD)]
    return sorted([*found.values(), *ours], key=lambda claim: claim.spans)


def _toll_hits(row: Toll, gold: dict[str, Any]) -> bool:
    if row.what != gold["what"] or row.side not in ((gold["who"],) if gold["who"] != "all" else ("all", "unknown")):
        return False
    highest = float("inf") if gold["high"] is None else gold["high"]
    inside = row.best is not None and gold["low"] <= row.best <= highest
    return row.low == gold["low"] and inside and row.high == gold["high"]


def _share(right: Iterable[bool]) -> float:
    answers = list(right)
    return sum(answers) / len(answers)


def _figures(name: str, result: Reconciliation, where: Where) -> list[Figure]:
    told = {claim.id: where(claim) for claim in result.claims}

    def touches(event: Event, sentences: Sequence[int]) -> bool:
        return any(told[claim] & set(sentences) for claim in event.claims)

    def same(gold: dict[str, Any]) -> bool:
        return any(touches(event, gold["a"]) and touches(event, gold["b"]) for event in result.events)

    def toll(gold: dict[str, Any]) -> bool:
        return any(_toll_hits(row, gold) for event in result.events if touches(event, gold["s"]) for row in event.toll)

    def dispute(gold: dict[str, Any]) -> bool:
        wanted = [set(position["s"]) for position in gold["positions"]]
        for found in result.disputes:
            stands = [set().union(*(told[claim] for claim in position.claims)) for position in found.positions]
            pairs = ((a, b) for number, a in enumerate(stands) for b in stands[:number] + stands[number + 1 :])
            if any(a & one and b & other for a, b in pairs for one in wanted for other in wanted if one is not other):
                return True
        return False

    return [
        Figure.once(
            f"{name}, same event", _share(same(g) == g["same"] for g in _rows("same_event")), "", "of 59 pairs"
        ),
        Figure.once(f"{name}, tolls", _share(map(toll, _rows("toll"))), "", "low, best and high all right, of 46"),
        Figure.once(f"{name}, disputes found", _share(map(dispute, _rows("disputes"))), "", "of 19"),
    ]


def run() -> list[Figure]:
    """The shares that are right, from the program's claims and from the gold's; nothing where the shared files are absent."""
    if not STATE.exists():
        return []
    from zubda.reading import read

    entries = json.loads(SENTENCES.read_text(encoding="utf-8"))
    sentences = {entry["id"]: (entry["start"], entry["end"]) for entry in entries if entry.get("id")}

    def where(claim: Claim) -> set[int]:
        return {n for n, (start, end) in sentences.items() for a, b in claim.spans if a < end and b > start}

    chronicle = read(ARTICLE, "syria")
    gold = _gold_claims(chronicle, sentences, where)
    with_gold = reconcile(gold, chronicle.theatre, (), chronicle.documents)
    return [
        *_figures("claims as read", chronicle.reconciliation, where),
        *_figures("with the gold's claims", with_gold, where),
    ]
