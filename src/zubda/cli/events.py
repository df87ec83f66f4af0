"""``zubda events``, ``zubda disputes``, ``zubda tolls`` and ``zubda decide``: what happened, who differs, at what cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    print_note,
    print_table,
    side_code,
    within,
)

if TYPE_CHECKING:
    from zubda.chronicle import Chronicle
    from zubda.model import Dispute, Event, LinkReason, Toll

__all__ = ["event_record", "register", "toll_record"]

ABOUT = ("what", "who", "holder", "count", "when")

PlaceName = Annotated[
    str | None,
    typer.Option("--place", help="A place, in any spelling; places inside it count too.", metavar="PLACE"),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("events")(events_command)
    app.command("disputes")(disputes_command)
    app.command("tolls")(tolls_command)
    app.command("decide")(decide_command)


def toll_record(row: Toll) -> dict[str, Any]:
    """One row of a toll as a JSON-ready mapping."""
    return {
        "what": row.what,
        "side": row.side,
        "group": row.group or None,
        "low": row.low,
        "best": row.best,
        "high": row.high,
        "rule": row.rule,
        "date": row.date.as_list() if row.date else None,
        "low_claim": row.low_claim,
        "best_claim": row.best_claim,
        "high_claim": row.high_claim,
        "parts": list(row.parts),
        "sources": [
            {"source": figure.source, "low": figure.low, "high": figure.high, "claim": figure.claim}
            for figure in row.sources
        ],
    }


def event_record(event: Event) -> dict[str, Any]:
    """One event as a JSON-ready mapping."""
    return {
        "id": event.id,
        "type": event.type,
        "date": event.date.as_list() if event.date else None,
        "precision": event.date.precision if event.date else None,
        "places": list(event.places),
        "sides": list(event.sides),
        "claims": list(event.claims),
        "against": list(event.against),
        "witnesses": event.witnesses,
        "grade": event.grade,
        "toll": [toll_record(row) for row in event.toll],
    }


def events_command(
    file: ChronicleFile,
    event: Annotated[
        str | None, typer.Argument(help="An event's id, or the beginning of it, to see all of it.", metavar="EVENT")
    ] = None,
    first: From = None,
    last: To = None,
    place: PlaceName = None,
    side: Annotated[str | None, typer.Option("--side", help="A side that takes part.", metavar="SIDE")] = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="A type of event, such as airstrike.", metavar="TYPE")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """List events with grade and toll, or one with all behind it.

    With EVENT: its claims, its witnesses, and why its claims belong together.
    """
    from zubda.chronicle.chronicle import claim_type

    chronicle = open_chronicle(file)
    if event is not None:
        _show_event(chronicle, event, as_json)
        return
    days, party, wanted = parse_days(first, last), side_code(chronicle, side), kind and claim_type(kind)
    where = chronicle.place_id(place) if place else None
    chosen = [
        entry
        for entry in chronicle.events
        if within(entry.date, *days)
        and wanted in (None, entry.type)
        and (party is None or party in entry.sides)
        and (where is None or any(_inside(chronicle, own, where) for own in entry.places))
    ]
    if as_json:
        print_json([event_record(entry) for entry in chosen])
        return
    print_table(
        counted(len(chosen), "event"),
        ("id", "date", "type", "places", "sides", "claims", "witnesses", "grade", "toll"),
        (
            (
                entry.id,
                days_text(entry.date),
                entry.type,
                ", ".join(map(chronicle.place_name, entry.places)),
                ", ".join(entry.sides),
                len(entry.claims),
                entry.witnesses,
                entry.grade,
                "; ".join(_toll_text(row) for row in entry.toll if not row.group and row.side != "all"),
            )
            for entry in chosen
        ),
    )


def _inside(chronicle: Chronicle, place: str, wider: str) -> bool:
    return place == wider or (chronicle.theatre is not None and wider in chronicle.theatre.ancestors(place))


def _range(low: int | None, best: int | None, high: int | None) -> str:
    if low == best == high:
        return str(best)
    return f"{best} ({low} to {'more' if high is None else high})"


def _toll_text(row: Toll) -> str:
    return f"{row.what.replace('_', ' ')} {row.side} {_range(row.low, row.best, row.high)}"


def _show_event(chronicle: Chronicle, name: str, as_json: bool) -> None:
    found = chronicle.reconciliation
    event = found.event(name)
    links = list(found.links(event.id))
    witnesses = found.witnesses(event.id)
    if as_json:
        record = event_record(event)
        record["witness_list"] = [
            {
                "origin": witness.origin,
                "claims": list(witness.claims),
                "copies": [{"claim": copy.claim, "of": copy.of, "why": copy.why} for copy in witness.copies],
            }
            for witness in witnesses
        ]
        record["links"] = [_link_record(link) for link in links]
        print_json(record)
        return
    typer.echo(
        f"{event.id}  {event.type}  {days_text(event.date)}  {', '.join(map(chronicle.place_name, event.places))}  {event.grade}"
    )
    members = [chronicle.claim(claim) for claim in event.claims]
    against = set(event.against)
    print_table(
        f"{counted(len(members), 'claim')}, {event.witnesses} independent witness{'' if event.witnesses == 1 else 'es'}",
        ("id", "date", "type", "source", "", "sentence"),
        (
            (
                c.id,
                days_text(c.date),
                c.type,
                c.source or "text",
                "against" if c.id in against else "",
                chronicle.quote(c),
            )
            for c in members
        ),
    )
    if event.toll:
        print_table(
            "Toll",
            ("what", "side", "group", "low", "best", "high", "rule", "date"),
            (
                (row.what, row.side, row.group, row.low, row.best, row.high, row.rule, days_text(row.date))
                for row in event.toll
            ),
        )
    print_table(
        "Why these claims belong together (bits)",
        ("claim", "with", "total", "weights"),
        ((link.b, link.a, f"{link.total:+.1f} {link.decided}", _weights(link)) for link in links),
    )


def _weights(link: LinkReason) -> str:
    return ", ".join(f"{field} {bits:+.1f}" for field, bits in link.weights if bits)


def _link_record(link: LinkReason) -> dict[str, Any]:
    weights = [{"field": field, "bits": bits} for field, bits in link.weights]
    return {"a": link.a, "b": link.b, "total": link.total, "decided": link.decided, "weights": weights}


def disputes_command(
    file: ChronicleFile,
    about: Annotated[
        str | None, typer.Option("--about", help="Only disputes about this.", metavar="|".join(ABOUT))
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", help="At most so many, heaviest first.", min=1, metavar="NUMBER")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """List where sources contradict each other, heaviest first."""
    from zubda.errors import UsageError

    if about not in (None, *ABOUT):
        raise UsageError("about", f"No dispute is about {about!r}.", f"They are about: {', '.join(ABOUT)}.")
    chronicle = open_chronicle(file)
    chosen = [dispute for dispute in chronicle.disputes() if about in (None, dispute.about)][:limit]
    if not as_json and not chosen:
        typer.echo("0 disputes")
    if as_json:
        print_json([_dispute_record(chronicle, dispute) for dispute in chosen])
        return
    for dispute in chosen:
        topic = "who holds it" if dispute.about == "holder" else f"{dispute.about}: {dispute.topic}"
        print_table(
            f"{dispute.id}  {topic}  {days_text(dispute.date)}  {', '.join(map(chronicle.place_name, dispute.places))}",
            ("says", "sources", "sentences"),
            (
                (
                    position.says,
                    ", ".join(map(chronicle.source_name, position.sources)),
                    "\n".join(dict.fromkeys(chronicle.quote(chronicle.claim(claim)) for claim in position.claims)),
                )
                for position in dispute.positions
            ),
        )


def _dispute_record(chronicle: Chronicle, dispute: Dispute) -> dict[str, Any]:
    return {
        "id": dispute.id,
        "about": dispute.about,
        "topic": dispute.topic,
        "weight": dispute.weight,
        "event": dispute.event,
        "date": dispute.date.as_list() if dispute.date else None,
        "places": list(dispute.places),
        "positions": [
            {
                "says": position.says,
                "sources": list(position.sources),
                "claims": list(position.claims),
                "text": [chronicle.sentence(chronicle.claim(claim)) for claim in position.claims],
            }
            for position in dispute.positions
        ],
    }


def tolls_command(
    file: ChronicleFile,
    first: From = None,
    last: To = None,
    place: PlaceName = None,
    side: Annotated[str | None, typer.Option("--side", help="The side that is harmed.", metavar="SIDE")] = None,
    what: Annotated[
        str | None, typer.Option("--what", help="The harm: killed, wounded, captured, …", metavar="HARM")
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="What to part them by; the perpetrator is the alleged one.",
            metavar="side|source|place|month|perpetrator",
        ),
    ] = "side",
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Also plot the growing toll, as png, svg or pdf.", metavar="FILE")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Add up tolls over events: low, best and high.

    Parts, retellings and days inside a longer count are not added again: the column "events" counts what was added, "inside" what was not,
    since a longer count has it already.
    """
    chronicle = open_chronicle(file)
    where = chronicle.place_id(place) if place else None
    days = parse_days(first, last)
    rows = chronicle.reconciliation.tolls(*days, where, side, what, by)
    if plot:
        from zubda.reconciliation import plot_series

        harm = what or "killed"
        series = chronicle.reconciliation.series(*days, where, side, harm, by)
        plot_series(series, plot, title=f"{harm.replace('_', ' ')}, by {by}: best, low to high")
        print_note(f"Written to {plot}")
    if as_json:
        print_json(rows)
        return
    key = () if by == "side" else (by,)
    print_table(
        f"Tolls by {by}",
        (*key, "what", "side", "low", "best", "high", "events", "inside"),
        (
            (
                *(r.key for _ in key),
                r.what.replace("_", " "),
                r.side,
                r.low,
                r.best,
                "or more" if r.high is None else r.high,
                len(r.events),
                len(r.inside),
            )
            for r in rows
        ),
    )


def decide_command(
    file: ChronicleFile,
    kind: Annotated[
        str,
        typer.Argument(help="same, not-same (two claims), accept, reject or correct (one claim).", metavar="DECISION"),
    ],
    claims: Annotated[list[str], typer.Argument(help="Ids of claims, or their beginnings.", metavar="CLAIM...")],
    field: Annotated[
        str,
        typer.Option("--field", help="The field that a correction sets.", metavar="type|date|source|polarity|control"),
    ] = "",
    value: Annotated[
        str, typer.Option("--value", help="The field's value: a word, a day, FIRST to LAST, or JSON.", metavar="VALUE")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Who decides.", metavar="NAME")] = "",
    note: Annotated[str, typer.Option("--note", help="Why.", metavar="TEXT")] = "",
    as_json: JsonFlag = False,
) -> None:
    """Log a decision, which wins over the program.

    It stays when the texts are read again. Which value a field takes: docs/guide.md, Decisions.
    """
    from datetime import UTC, datetime

    from zubda.model import Decision

    chronicle = open_chronicle(file)
    ids = tuple(chronicle.claim(claim).id for claim in claims)
    names = {"same": "same_event", "not-same": "not_same_event"}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    decision = Decision(names.get(kind, kind), ids, field, _json(value), by, note, at)
    chronicle.decide([decision])
    if as_json:
        print_json(decision)
    else:
        print_note(f"Logged: {decision.kind} {' '.join(ids)}")


def _json(value: str) -> str:
    """A value as JSON: as it stands if it is, else the text as a string."""
    import orjson

    try:
        orjson.loads(value)
    except orjson.JSONDecodeError:
        return orjson.dumps(value).decode() if value else ""
    return value
