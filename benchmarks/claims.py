"""Claims against the gold: soft F1 and its fields, by text and by section.

Nothing of Zubda is trained on a section that is scored apart, the rules are the same for all: the folds show how even they are.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

from benchmarks.record import SHARED, Figure

__all__ = ["TEXTS", "Scored", "claims_of", "matched_sides", "run", "scorer"]

FIELDS = ("claim_f1", "date", "places", "sides", "source", "counts_f1", "control_f1")
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Scored:
    """A text that has gold: its file, its sentences, the theatre it is read with, the sentences scored (empty: all)."""

    name: str
    text: str
    theatre: str | None
    target: float
    only: tuple[tuple[int, int], ...] = ()


TEXTS = (
    Scored("aleppo.zh", "aleppo.zh.md", "syria", 0.90, ((1, 198), (299, 396), (481, 580), (681, 773))),
    Scored("aleppo-2016-summer.zh", "aleppo-2016-summer.zh.md", "syria", 0.84, ((1, 86),)),
    Scored("chechnya-1994.zh", "chechnya-1994.zh.md", None, 0.75, ((1, 87),)),
    Scored("aleppo.en", "aleppo.en.md", "syria", 0.86, ((1, 120),)),
    Scored("kherson.en", "ukraine/battle_of_kherson.md", "ukraine-2022", 0.78),
)


def scorer() -> ModuleType:
    """The scorer that the gold comes with."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def claims_of(text: Scored) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Gold claims, claims read (both with sentence ids ``s``, only of the sentences scored), and the sentences with headings."""
    import zubda
    from zubda.interchange.codebook import claim_to_record

    sentences = json.loads((SHARED / "corpus" / f"{text.name}.sentences.json").read_text(encoding="utf-8"))
    spans = [(entry["id"], entry["start"], entry["end"]) for entry in sentences if entry.get("id")]
    read = zubda.read(SHARED / "corpus" / text.text, text.theatre)
    predicted = []
    for claim in read.claims:
        row = claim_to_record(claim)
        row["s"] = [number for number, start, end in spans if any(a < end and b > start for a, b in claim.spans)]
        predicted.append(row)
    gold = _lines(SHARED / "gold" / f"{text.name}.dev.jsonl")
    if text.only:
        scored = {number for first, last in text.only for number in range(first, last + 1)}
        gold = [row for row in gold if scored & set(row["s"])]
        predicted = [row for row in predicted if scored & set(row["s"])]
    return gold, predicted, sentences


def matched_sides(
    gold: list[dict[str, Any]], predicted: list[dict[str, Any]], score: ModuleType
) -> list[dict[str, Any]]:
    """For a war without a theatre: the two sides met most named as the gold names them, the better way round."""
    common = ("civ", "un", "other", "unknown")
    met: dict[str, int] = {}
    for row in predicted:
        for side in (*row["actor_side"], *row["target_side"]):
            if side not in common:
                met[side] = met.get(side, 0) + 1
    labels = sorted(met, key=lambda side: -met[side])[:3]
    best: tuple[float, list[dict[str, Any]]] = (-1.0, predicted)
    for one, two in permutations(labels, 2) if len(labels) > 1 else ():
        renamed = [_renamed(row, {one: "A", two: "B"}) for row in predicted]
        value = score.score(gold, renamed)[0]["soft_f1"]
        best = max(best, (value, renamed), key=lambda pair: pair[0])
    return best[1]


def _renamed(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    def name(side: str) -> str:
        return names.get(side, side)

    changed = {**row, "actor_side": [*map(name, row["actor_side"])], "target_side": [*map(name, row["target_side"])]}
    changed["counts"] = [{**count, "side": name(count["side"])} for count in row.get("counts") or []]
    if row.get("control"):
        changed["control"] = {**row["control"], "holder": name(row["control"]["holder"])}
    return changed


def _folds(sentences: list[dict[str, Any]], gold: list[dict[str, Any]]) -> Iterator[Collection[int]]:
    """Whole sections, put together into folds of about the same number of gold claims, in the order of the text."""
    sections: list[set[int]] = [set()]
    for entry in sentences:
        if entry.get("id"):
            sections[-1].add(entry["id"])
        elif sections[-1]:
            sections.append(set())
    weight = [sum(bool(section & set(row["s"])) for row in gold) for section in sections]
    fold: set[int] = set()
    told, share = 0, sum(weight) / FOLDS
    made = 0
    for section, claims in zip(sections, weight, strict=True):
        fold |= section
        told += claims
        if told >= share * (made + 1) - 0.5 and made < FOLDS - 1:
            yield fold
            made, fold = made + 1, set()
    yield fold


def run() -> list[Figure]:
    """Scores of every text that is there; none without the shared gold."""
    if not SHARED.exists():
        return []
    score = scorer()
    figures = []
    for text in TEXTS:
        gold, predicted, sentences = claims_of(text)
        if text.theatre is None:
            predicted = matched_sides(gold, predicted, score)
        result = score.score(gold, predicted)[0]
        size = f"{result['gold']} gold, {result['predicted']} read"
        figures.append(Figure.once(f"{text.name}: soft F1", result["soft_f1"], "", f"aim {text.target}; {size}"))
        figures += [Figure.once(f"{text.name}: {name}", result[name], "", "") for name in FIELDS]
        if text.name == TEXTS[0].name:
            parts = []
            for fold in _folds(sentences, gold):
                one = [row for row in gold if set(row["s"]) & set(fold)]
                two = [row for row in predicted if set(row["s"]) & set(fold)]
                parts.append(score.score(one, two)[0]["soft_f1"])
            note = "each fold whole sections, rules frozen"
            figures.append(Figure(f"{text.name}: soft F1 by fold", median(parts), min(parts), max(parts), "", note))
    return figures
