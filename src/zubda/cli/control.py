"""``zubda control``, ``changes``, ``leanings``, ``sieges`` and ``route``: who held what, how sources lean, which ways were open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zubda.cli.common import (
    ChronicleFile,
    From,
    JsonFlag,
    To,
    counted,
    open_chronicle,
    parse_day,
    parse_days,
    print_json,
    print_table,
    progress_bar,
)

if TYPE_CHECKING:
    from zubda.chronicle import Chronicle
    from zubda.control import Posterior
    from zubda.control.access import Access

__all__ = ["register"]

Day = Annotated[str, typer.Option("--on", help="The day; the answer is for its end.", metavar="DATE")]
As = Annotated[
    list[str] | None,
    typer.Option(
        "--as",
        help="Ask only this source: its id or name, `text`, `unnamed`, or a side for all aligned with it. May be repeated.",
        metavar="SOURCE|SIDE",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without", help="What if this claim (id) or source had not spoken. May be repeated.", metavar="CLAIM|SOURCE"
    ),
]
Suppose = Annotated[
    list[str] | None,
    typer.Option(
        "--suppose", help="What if a side had held a place on a day. May be repeated.", metavar="PLACE=SIDE@DATE"
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("control")(control_command)
    app.command("changes")(changes_command)
    app.command("leanings")(leanings_command)
    app.command("sieges")(sieges_command)
    app.command("route")(route_command)


def _posterior(
    chronicle: Chronicle, asked: list[str] | None, without: list[str] | None, suppose: list[str] | None
) -> Posterior:
    """The model under a view and with what-ifs."""
    from zubda.control.views import source_key

    theatre = chronicle.war
    posterior = chronicle.view([source_key(theatre, name) for name in asked]) if asked else chronicle.posterior
    claims = {claim.id for claim in chronicle.claims}
    absent = [name for name in without or () if name in claims]
    silent = [source_key(theatre, name) for name in without or () if name not in claims]
    if without:
        posterior = posterior.without(claims=absent, sources=silent)
    for supposed in suppose or ():
        posterior = posterior.supposing(*_supposed(chronicle, supposed))
    return posterior


def _supposed(chronicle: Chronicle, text: str) -> tuple[str, str, date]:
    from zubda.errors import UsageError

    place, equals, rest = text.partition("=")
    side, at, day = rest.partition("@")
    when = parse_day(day) if equals and at else None
    if when is None:
        raise UsageError(
            "suppose", f"{text!r} is no supposition.", "Write it as PLACE=SIDE@DATE, such as Asor=red@2020-05-01."
        )
    return chronicle.place_id(place), side, when


def _names(chronicle: Chronicle, place: str) -> dict[str, str]:
    war = chronicle.war
    entry = war.places.get(place) or war.routes.get(place)
    return dict(entry.names) if entry else {"und": chronicle.place_name(place)}


def control_command(
    file: ChronicleFile,
    on: Day,
    asked: As = None,
    versus: Annotated[
        list[str] | None,
        typer.Option(
            "--versus",
            help="Also ask these sources instead, and show where the two views differ. May be repeated.",
            metavar="SOURCE|SIDE",
        ),
    ] = None,
    without: Without = None,
    suppose: Suppose = None,
    as_json: JsonFlag = False,
) -> None:
    """Say who held every place on a day, and how sure that is. By default as all sources together tell it."""
    from zubda.control.views import divergence

    chronicle, day = open_chronicle(file), parse_day(on)
    assert day is not None
    posterior = _posterior(chronicle, asked, without, suppose)
    rows = _held(chronicle, posterior, day)
    if versus:
        other = _posterior(chronicle, versus, without, suppose)
        bits, rivals = divergence(posterior, other, day), {row["place"]: row for row in _held(chronicle, other, day)}
        for row in rows:
            rival = rivals.get(row["place"])
            row["versus"] = rival and {key: rival[key] for key in ("holder", "probability", "probabilities")}
            row["divergence_bits"] = round(bits[row["place"]], 4) if row["place"] in bits else None
        rows.sort(key=lambda row: -(row["divergence_bits"] or 0.0))
    if as_json:
        print_json({"day": day, "method": posterior.method, "view": posterior.view, "places": rows})
        return
    title = f"{counted(len(rows), 'place')}, {day}, view {posterior.view}; {posterior.method}"
    heads = ["place", "name", "holder", "probability", "others"]
    table = [[row["place"], row["name"], row["holder"], f"{row['probability']:.2f}", _others(row)] for row in rows]
    if versus:
        heads += ["the other view", "bits apart"]
        for cells, row in zip(table, rows, strict=True):
            rival = row["versus"]
            cells.append(f"{rival['holder']} {rival['probability']:.2f}" if rival else "nothing said")
            cells.append("" if row["divergence_bits"] is None else f"{row['divergence_bits']:.2f}")
    print_table(title, heads, table)


def _held(chronicle: Chronicle, posterior: Posterior, day: date) -> list[dict[str, Any]]:
    import numpy as np

    rows = []
    for place, chances in zip(posterior.places, posterior.probabilities(day), strict=True):
        if np.isnan(chances[0]):
            continue
        best = int(chances.argmax())
        named = {side: round(float(chance), 4) for side, chance in zip(posterior.states, chances, strict=True)}
        row = {"place": place, "name": chronicle.place_name(place), "names": _names(chronicle, place)}
        rows.append(
            {
                **row,
                "holder": posterior.states[best],
                "probability": named[posterior.states[best]],
                "probabilities": named,
            }
        )
    return rows


def _others(row: dict[str, Any]) -> str:
    others = [
        (chance, side) for side, chance in row["probabilities"].items() if side != row["holder"] and chance >= 0.01
    ]
    return ", ".join(f"{side} {chance:.2f}" for chance, side in sorted(others, reverse=True))


def changes_command(
    file: ChronicleFile,
    place: Annotated[str, typer.Argument(help="A place, in any spelling and script.", metavar="PLACE")],
    asked: As = None,
    without: Without = None,
    suppose: Suppose = None,
    as_json: JsonFlag = False,
) -> None:
    """List who held a place when, each change as a range of days."""
    chronicle = open_chronicle(file)
    where = chronicle.place_id(place)
    spans = _posterior(chronicle, asked, without, suppose).changes(where)
    if as_json:
        print_json(
            [
                {
                    "place": where,
                    "holder": span.holder,
                    "began": span.began.as_list(),
                    "ended": span.ended.as_list(),
                    "probability": round(span.probability, 4),
                }
                for span in spans
            ]
        )
        return
    if not spans:
        typer.echo(f"{chronicle.place_name(where)}: nobody said who held it.")
        return
    print_table(
        f"{chronicle.place_name(where)}: holders",
        ("holder", "began", "ended", "probability"),
        (
            (span.holder, _range(*span.began.as_list()), _range(*span.ended.as_list()), f"{span.probability:.2f}")
            for span in spans
        ),
    )


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def leanings_command(file: ChronicleFile, as_json: JsonFlag = False) -> None:
    """Show how far each source leans towards its own side.

    The rate is how often it says that its own side holds what another holds, by kind of claim.
    The column "claims" counts claims by how surely another side then held the place, so that it is no whole number. Where it is small,
    the rate is that of the sources of the same side.
    """
    chronicle = open_chronicle(file)
    leanings = chronicle.posterior.leanings()
    if as_json:
        print_json(leanings)
        return
    print_table(
        "What sources say while another side holds the place: the part that names their own side (any wrong one, without a side)",
        ("source", "side", "kind", "rate", "90% interval", "claims"),
        (
            (
                chronicle.source_name(lean.source),
                lean.alignment or "none",
                lean.kind,
                f"{lean.rate:.2f}",
                f"{lean.low:.2f} to {lean.high:.2f}",
                f"{lean.claims:.1f}",
            )
            for lean in sorted(leanings, key=lambda lean: (-lean.claims, lean.source))
        ),
    )


def sieges_command(
    file: ChronicleFile,
    on: Day,
    party: Annotated[str | None, typer.Option("--for", help="Only what concerns this side.", metavar="SIDE")] = None,
    asked: As = None,
    without: Without = None,
    suppose: Suppose = None,
    as_json: JsonFlag = False,
) -> None:
    """List who was encircled, threatened or cut off on a day. And which ways were open: places, pockets, roads, lines of supply."""
    chronicle, day = open_chronicle(file), parse_day(on)
    assert day is not None
    posterior = _posterior(chronicle, asked, without, suppose)
    side = posterior.holder_id(party) if party else None
    ways = [way for way in posterior.access.on(day) if side is None or way.party == side]
    if as_json:
        print_json([_way(chronicle, way) for way in ways])
        return
    print_table(
        f"Sieges and ways, {day}, view {posterior.view}",
        ("what", "name", "whose", "state", "probability", "claims"),
        (
            (way.kind, _title(chronicle, way), way.party, way.state, f"{way.probability:.2f}", " ".join(way.claims[:4]))
            for way in ways
        ),
    )


def _title(chronicle: Chronicle, way: Access) -> str:
    if way.kind == "route":
        return chronicle.place_name(way.id)
    return " – ".join(chronicle.place_name(place) for place in way.places)


def _way(chronicle: Chronicle, way: Access) -> dict[str, Any]:
    return {
        "kind": way.kind,
        "id": way.id,
        "name": _title(chronicle, way),
        "names": _names(chronicle, way.id) if way.kind in ("route", "place") else {},
        "places": [
            {"place": place, "name": chronicle.place_name(place), "names": _names(chronicle, place)}
            for place in way.places
        ],
        "party": way.party,
        "day": way.day,
        "state": way.state,
        "probability": round(way.probability, 4),
        "probabilities": {state: round(chance, 4) for state, chance in way.probabilities.items()},
        "claims": [
            {
                "id": claim,
                "source": chronicle.claim(claim).source or "text",
                "text": chronicle.sentence(chronicle.claim(claim)),
            }
            for claim in way.claims
        ],
    }


def route_command(
    file: ChronicleFile,
    route: Annotated[
        str, typer.Argument(help="A road of the theatre (id or name), or a place for the way to it.", metavar="ROUTE")
    ],
    party: Annotated[str, typer.Option("--for", help="The side whose way it is.", metavar="SIDE")],
    on: Annotated[str | None, typer.Option("--on", help="One day.", metavar="DATE")] = None,
    first: From = None,
    last: To = None,
    asked: As = None,
    without: Without = None,
    suppose: Suppose = None,
    as_json: JsonFlag = False,
) -> None:
    """Say when a road or the way to a place was open or cut. For one side, with how sure that is."""
    chronicle = open_chronicle(file)
    posterior = _posterior(chronicle, asked, without, suppose)
    asked_days = parse_days(on or first, on or last)
    start, end = asked_days[0] or posterior.first, asked_days[1] or posterior.last
    days = [start + timedelta(days=step) for step in range((end - start).days + 1)]
    road = _road(chronicle, route)
    answer = posterior.access.route if road else posterior.access.place
    where = road or chronicle.place_id(route)
    with progress_bar("Days", len(days)) as bar:
        ways = [answer(where, party, day) for day in bar.track(days, task_id=bar.task_ids[0])]
    if as_json:
        print_json([_way(chronicle, way) for way in ways])
        return
    spans: list[list[Access]] = []
    for way in ways:
        if spans and spans[-1][-1].state == way.state:
            spans[-1].append(way)
        else:
            spans.append([way])
    print_table(
        f"{chronicle.place_name(where)} for {party}",
        ("days", "state", "probability", "claims"),
        (
            (
                _range(str(span[0].day), str(span[-1].day)),
                span[0].state,
                f"{sum(way.probability for way in span) / len(span):.2f}",
                " ".join(dict.fromkeys(claim for way in span for claim in way.claims[:2])),
            )
            for span in spans
        ),
    )


def _road(chronicle: Chronicle, name: str) -> str | None:
    """The id of the road that is called so, or of which the place that is called so is a stretch; None if it is no road."""
    from zubda.control.access.network import road_of_place
    from zubda.names import letter_key

    roads = {key: road for key, road in chronicle.war.routes.items() if road.kind == "road"}
    if name in roads:
        return name
    wanted = letter_key(name)
    called = (
        key
        for key, road in roads.items()
        if wanted in {letter_key(form) for form in (*road.names.values(), *(form for _, form in road.forms))}
    )
    return next(called, None) or road_of_place(chronicle.war, chronicle.place_id(name))
