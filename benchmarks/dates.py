"""Day mentions resolved against the gold, beside jionlp with a running date.

jionlp gets each mention as the gold cuts it and, as its base, the right day of the mention before in the right year: it need
neither find mentions nor keep a running date itself.
"""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Sequence
from typing import Any

from benchmarks.record import SHARED, Figure, sample, timed

__all__ = ["run"]

TEXT = "aleppo.zh"


def _ours(rows: Sequence[dict[str, Any]]) -> int:
    from zubda.documents import read_document
    from zubda.extraction.when import dates_of
    from zubda.languages import load_language

    document = read_document(SHARED / "corpus" / f"{TEXT}.md")
    found = [
        (*document.offsets.span(start, end), days.as_list())
        for start, end, _, days in dates_of(document, load_language(document.language))
        if days is not None
    ]
    return sum(any(a < row["end"] and row["start"] < b and days == row["date"] for a, b, days in found) for row in rows)


def _peer(rows: Sequence[dict[str, Any]]) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jionlp
    right = 0
    before = rows[0]["date"][1]
    for row in rows:
        base = row["date"][0][:4] + before[4:]
        try:
            found = jionlp.parse_time(row["text"], time_base=time.mktime(time.strptime(base, "%Y-%m-%d")))["time"]
            right += [moment[:10] for moment in found] == row["date"]
        except (ValueError, KeyError, TypeError):
            pass  # what it cannot read counts as wrong
        before = row["date"][1]
    return right


def run() -> list[Figure]:
    """Share of day mentions right, of Zubda and of the peer, and how long the article takes; none without the shared gold."""
    if not SHARED.exists():
        return []
    lines = (SHARED / "gold" / f"{TEXT}.dates.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Figure.once(
            "day mentions right", _ours(rows) / len(rows), "", f"aim 0.97; {len(rows)} mentions, found and resolved"
        ),
        Figure.once(
            "jionlp with a running date", _peer(rows) / len(rows), "", "mentions, years and governing days given"
        ),
        sample("article read for dates", timed(lambda: _ours(rows)), "s", "with reading the file"),
    ]
