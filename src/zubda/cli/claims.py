"""``zubda claims``, ``zubda explain`` and ``zubda held``: what was said, why we read it so, and who held a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from zubda.cli.common import (
    ChronicleFile,
    From,
    JsonFlag,
    To,
    counted,
    days_text,
    open_chronicle,
    parse_days,
    print_json,
    print_table,
    side_code,
    within,
)

if TYPE_CHECKING:
    from zubda.chronicle import Chronicle
    from zubda.model import Claim

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("claims")(claims_command)
    app.command("explain")(explain_command)
    app.command("held")(held_command)


def claims_command(
    file: ChronicleFile,
    first: From = None,
    last: To = None,
    place: Annotated[str | None, typer.Option("--place", help="A place, in any spelling.", metavar="PLACE")] = None,
    side: Annotated[
        str | None, typer.Option("--side", help="A side that acts or is acted upon.", metavar="SIDE")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", help="Who says it: id or part of the name; `text` for the account itself.", metavar="SOURCE"
        ),
    ] = None,
    kind: Annotated[str | None, typer.Option("--type", help="A claim type, such as territory.", metavar="TYPE")] = None,
    extractor: Annotated[
        str | None,
        typer.Option(
            "--extractor", help="How they were made: rules, llm, import, or more of the name.", metavar="NAME"
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", help="At most so many.", min=1, metavar="NUMBER")] = None,
    as_json: JsonFlag = False,
) -> None:
    """List claims, with who says each and the sentence."""
    from zubda.chronicle.chronicle import made_by
    from zubda.interchange.codebook import claim_to_record

    chronicle = open_chronicle(file)
    days = parse_days(first, last)
    chosen = [
        claim
        for claim in _chosen(chronicle, days, place, side_code(chronicle, side), source, kind)
        if extractor is None or made_by(claim, extractor)
    ][:limit]
    if as_json:
        print_json([{**claim_to_record(claim), "text": chronicle.sentence(claim)} for claim in chosen])
        return
    print_table(
        counted(len(chosen), "claim"),
        ("id", "date", "type", "places", "sides", "source", "sentence"),
        (
            (
                claim.id,
                days_text(claim.date),
                claim.type,
                ", ".join(mention.surface for mention in claim.places),
                " → ".join(filter(None, (_sides(claim, "actors"), _sides(claim, "targets")))),
                ("denied by " if claim.polarity == "deny" else "") + (claim.source or "text"),
                chronicle.quote(claim),
            )
            for claim in chosen
        ),
    )


def _sides(claim: Claim, role: str) -> str:
    return "+".join(dict.fromkeys(party.side for party in getattr(claim, role)))


def _chosen(
    chronicle: Chronicle,
    days: tuple[date | None, date | None],
    place: str | None,
    side: str | None,
    source: str | None,
    kind: str | None,
) -> Iterator[Claim]:
    from zubda.chronicle.chronicle import claim_type

    wanted = kind and claim_type(kind)
    where = chronicle.place_id(place) if place else None
    for claim in chronicle.claims:
        if wanted and claim.type != wanted:
            continue
        if not within(claim.date, *days):
            continue
        if where and where not in claim.place_ids:
            continue
        if side and side not in claim.sides:
            continue
        if source and not _said_by(claim, source):
            continue
        yield claim


def _said_by(claim: Claim, source: str) -> bool:
    if source == "text":
        return claim.source is None
    return claim.source_id == source or (claim.source is not None and source.casefold() in claim.source.casefold())


def explain_command(
    file: ChronicleFile,
    claim: Annotated[str, typer.Argument(help="A claim's id, or the beginning of it.", metavar="CLAIM")],
    as_json: JsonFlag = False,
) -> None:
    """Show why a claim reads as it does, rule by rule."""
    from zubda.extraction import explain
    from zubda.interchange.codebook import claim_to_record

    chronicle = open_chronicle(file)
    entry = chronicle.claim(claim)
    document = chronicle.document(entry.document)
    reasons = explain(entry, document)
    if as_json:
        print_json(
            {
                "claim": claim_to_record(entry),
                "document": {"id": document.id, "title": document.title, "origin": document.origin},
                "text": chronicle.sentence(entry),
                "rules": [
                    {"field": field, "rule": rule, "characters": quoted, "description": description}
                    for field, rule, quoted, description in reasons
                ],
            }
        )
        return
    typer.echo(f"{entry.id}  {entry.type}  {days_text(entry.date)}  {document.title}")
    typer.echo(chronicle.quote(entry))
    print_table("Rules that fired", ("field", "rule", "characters", "what it does"), reasons)


def held_command(
    file: ChronicleFile,
    place: Annotated[str, typer.Argument(help="A place, in any spelling and script.", metavar="PLACE")],
    on: Annotated[str, typer.Option("--on", help="The day; the answer is for its end.", metavar="DATE")],
    as_json: JsonFlag = False,
) -> None:
    """Say who held a place on a day, and how sure that is. With the claims behind it, by weight in bits."""
    chronicle = open_chronicle(file)
    held = chronicle.held(place, on)
    behind = [(influence, chronicle.claim(influence.claim)) for influence in held.claims]
    if as_json:
        print_json(
            {
                "place": held.place,
                "day": held.day,
                "holder": held.holder,
                "probability": round(held.probability, 4),
                "probabilities": {key: round(value, 4) for key, value in held.probabilities.items()},
                "method": held.method,
                "view": held.view,
                "claims": [
                    {
                        "id": claim.id,
                        "bits": round(influence.bits, 3),
                        "source": claim.source or "text",
                        "date": claim.date.as_list() if claim.date else None,
                        "text": chronicle.sentence(claim),
                    }
                    for influence, claim in behind
                ],
            }
        )
        return
    name = chronicle.place_name(held.place)
    if held.holder is None:
        typer.echo(f"{name}, {held.day}: nobody said who held it.")
        return
    others = ", ".join(f"{key} {value:.2f}" for key, value in held.probabilities.items() if key != held.holder)
    typer.echo(f"{name}, {held.day}: {held.holder}, probability {held.probability:.2f} ({others}); {held.method}")
    print_table(
        "Claims behind it",
        ("bits", "id", "date", "source", "sentence"),
        (
            (f"{influence.bits:+.2f}", claim.id, days_text(claim.date), claim.source or "text", chronicle.quote(claim))
            for influence, claim in behind
        ),
    )
