"""Claims as JSON Lines with the fields of the codebook (``docs/codebook.md``), both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from zubda.errors import TableError
from zubda.model import (
    CLAIM_TYPES,
    Claim,
    ControlStatement,
    Count,
    DayRange,
    FiredRule,
    Party,
    PlaceMention,
    claim_id,
)

__all__ = ["claim_from_record", "claim_to_record", "read_claims", "write_claims"]

Record = Mapping[str, Any]
Locate = Callable[[str], PlaceMention]


def claim_to_record(claim: Claim) -> dict[str, Any]:
    """One claim as a JSON-ready mapping; the inverse of `claim_from_record` for everything the codebook names."""
    return {
        "id": claim.id,
        "document": claim.document,
        "spans": [list(span) for span in claim.spans],
        "type": claim.type,
        "date": claim.date.as_list() if claim.date else None,
        "places": [mention.surface for mention in claim.places],
        "place_ids": [mention.place for mention in claim.places],
        "place_scores": [round(mention.score, 4) for mention in claim.places],
        "actor": [party.surface for party in claim.actors],
        "actor_side": [party.side for party in claim.actors],
        "actor_ids": [party.actor for party in claim.actors],
        "target": [party.surface for party in claim.targets],
        "target_side": [party.side for party in claim.targets],
        "target_ids": [party.actor for party in claim.targets],
        "source": claim.source,
        "source_id": claim.source_id,
        "polarity": claim.polarity,
        "counts": [_count_to_record(count) for count in claim.counts],
        "control": _control_to_record(claim.control),
        "rules": [[rule.rule, rule.field, rule.start, rule.end] for rule in claim.rules],
        "language": claim.language,
        "extractor": claim.extractor,
        "coordinates": list(claim.coordinates) if claim.coordinates else None,
    }


def _count_to_record(count: Count) -> dict[str, Any]:
    record: dict[str, Any] = {
        "what": count.what,
        "who": count.who,
        "side": count.side,
        "min": count.low,
        "max": count.high,
    }
    if count.approximate:
        record["approx"] = True
    if count.part_of is not None:
        record["of"] = count.part_of
    best = getattr(count, "best", None)
    if best is not None:
        record["best"] = best
    return record


def _control_to_record(control: ControlStatement | None) -> dict[str, Any] | None:
    if control is None:
        return None
    record: dict[str, Any] = {"holder": control.holder, "change": control.change}
    if control.share is not None:
        record["share"] = list(control.share)
    return record


def claim_from_record(
    record: Record, *, locate: Locate | None = None, sentences: Mapping[int, tuple[int, int]] | None = None
) -> Claim:
    """One claim from a mapping of the codebook's fields.

    ``sentences`` maps sentence ids to raw ``(start, end)`` for records that carry ``s`` instead of ``spans``; ``locate`` links
    surface forms where the record has no ``place_ids``. Raises `TableError` (``table.claim``) for anything malformed.
    """
    try:
        return _claim(record, locate, sentences or {})
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as problem:
        raise TableError(
            "claim",
            f"A claim cannot be read: {type(problem).__name__} {problem} in {str(dict(record))[:200]}.",
            "Compare the line with the fields of docs/codebook.md.",
        ) from problem


def _claim(record: Record, locate: Locate | None, sentences: Mapping[int, tuple[int, int]]) -> Claim:
    if record["type"] not in CLAIM_TYPES:
        raise ValueError(f"no such claim type: {record['type']!r}")
    spans = record["spans"] if "spans" in record else [sentences[number] for number in record["s"]]
    ranges = tuple((int(start), int(end)) for start, end in spans)
    days = record.get("date")
    when = DayRange(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None
    surfaces: Sequence[str] = record.get("places") or ()
    document = record.get("document", "")
    control = record.get("control")
    share = control.get("share") if control else None
    identity = claim_id(document, ranges, record["type"], record.get("source"), when, surfaces)
    return Claim(
        id=record.get("id") or identity,
        document=document,
        spans=ranges,
        type=record["type"],
        date=when,
        places=_places(record, surfaces, locate),
        actors=_parties(record, "actor"),
        targets=_parties(record, "target"),
        source=record.get("source"),
        source_id=record.get("source_id"),
        polarity=record.get("polarity", "affirm"),
        counts=tuple(_count(count) for count in record.get("counts") or ()),
        control=control
        and ControlStatement(control["holder"], control["change"], (share[0], share[1]) if share else None),
        rules=tuple(FiredRule(*rule) for rule in record.get("rules") or ()),
        language=record.get("language", ""),
        extractor=record.get("extractor", "rules"),
        coordinates=tuple(record["coordinates"]) if record.get("coordinates") else None,
    )


def _places(record: Record, surfaces: Sequence[str], locate: Locate | None) -> tuple[PlaceMention, ...]:
    if "place_ids" in record:
        scores = record.get("place_scores") or [1.0] * len(surfaces)
        return tuple(map(PlaceMention, surfaces, record["place_ids"], scores))
    return tuple(locate(surface) if locate else PlaceMention(surface) for surface in surfaces)


def _parties(record: Record, role: str) -> tuple[Party, ...]:
    surfaces: Sequence[str] = record.get(role) or ()
    sides: Sequence[str] = record.get(f"{role}_side") or ["unknown"] * len(surfaces)
    actors: Sequence[str | None] = record.get(f"{role}_ids") or [None] * len(surfaces)
    return tuple(map(Party, surfaces, sides, actors))


def _count(record: Record) -> Count:
    extra = {"best": record["best"]} if record.get("best") is not None else {}
    return Count(
        what=record["what"],
        who=record.get("who", ""),
        side=record.get("side", "unknown"),
        low=record.get("min"),
        high=record.get("max"),
        approximate=bool(record.get("approx", False)),
        part_of=record.get("of"),
        **extra,
    )


def read_claims(
    path: Path | str, *, locate: Locate | None = None, sentences: Mapping[int, tuple[int, int]] | None = None
) -> Iterator[Claim]:
    """Claims of a JSON Lines file, in its order; empty lines are passed over. Raises `TableError` with the line's number."""
    with Path(path).open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError as problem:
                raise TableError(
                    "json", f"{path}:{number}: not JSON: {problem}.", "Each line must hold one JSON object."
                ) from problem
            yield claim_from_record(record, locate=locate, sentences=sentences)


def write_claims(path: Path | str, claims: Iterable[Claim]) -> int:
    """Write claims as JSON Lines (UTF-8), replacing the file at the end in one step. Returns how many were written."""
    target = Path(path)
    partial = target.with_name(target.name + ".partial")
    written = 0
    with partial.open("wb") as out:
        for claim in claims:
            out.write(orjson.dumps(claim_to_record(claim)) + b"\n")
            written += 1
    partial.replace(target)
    return written
