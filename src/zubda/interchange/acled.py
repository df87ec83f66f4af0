"""ACLED's events as claims: one event, one claim; transfers of territory say who holds the place.

Columns and their meaning: ACLED Codebook (Raleigh, Kishi & Linke 2023).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from zubda.interchange.coded import Names, Row
from zubda.model import Claim, ControlStatement, Count, DayRange, Document, FiredRule, Party, claim_id

__all__ = ["NAME", "REQUIRED", "claim"]

NAME = "ACLED"
EXTRACTOR = "import:acled"
REQUIRED = frozenset({"event_date", "event_type", "sub_event_type", "actor1", "fatalities", "latitude", "longitude"})
SUB_EVENTS = {
    "armed clash": "clash",
    "government regains territory": "territory",
    "non-state actor overtakes territory": "territory",
    "non-violent transfer of territory": "territory",
    "air/drone strike": "airstrike",
    "shelling/artillery/missile attack": "shelling",
    "suicide bomb": "suicide_bomb",
    "remote explosive/landmine/ied": "bomb",
    "grenade": "bomb",
    "chemical weapon": "chemical",
    "attack": "attack_on_civilians",
    "sexual violence": "attack_on_civilians",
    "abduction/forced disappearance": "abduction",
    "peaceful protest": "protest",
    "protest with intervention": "protest",
    "excessive force against protesters": "attack_on_civilians",
    "violent demonstration": "protest",
    "mob violence": "clash",
    "agreement": "agreement",
    "arrests": "arrest",
    "change to group/activity": "movement",
    "disrupted weapons use": "seizure",
    "headquarters or base established": "movement",
    "looting/property destruction": "destruction",
    "other": "other",
}
EVENTS = {
    "battles": "clash",
    "explosions/remote violence": "shelling",
    "violence against civilians": "attack_on_civilians",
    "protests": "protest",
    "riots": "protest",
    "strategic developments": "other",
}
WRITTEN = ("%Y-%m-%d", "%d %B %Y", "%d-%b-%y", "%d-%b-%Y", "%d/%m/%Y")
WEEK = timedelta(days=3)


def claim(row: Row, document: Document, names: Names) -> Claim:
    """The claim of one event. Raises `ValueError` for values that cannot be."""
    sub, event = row.text("sub_event_type").casefold(), row.text("event_type").casefold()
    kind = SUB_EVENTS.get(sub) or EVENTS.get(event)
    if kind is None:
        raise ValueError(f"no such event_type and sub_event_type: {event!r}, {sub!r}")
    days = _days(row)
    actors = names.parties(row.text("actor1"), days.first)
    targets = names.parties(row.text("actor2"), days.first)
    point = row.point()
    surface = next((row.text(column) for column in ("location", "admin2", "admin1", "country") if row.text(column)), "")
    source = row.text("source") or None
    spans = (document.offsets.span(*row.span),)
    number = row.text("event_id_cnty") or row.text("data_id") or str(row.line)
    deaths = row.whole("fatalities")
    return Claim(
        claim_id(document.id, spans, kind, source, days, [number]),
        document.id,
        spans,
        kind,
        days,
        (names.place(surface, point),) if surface else (),
        actors,
        targets,
        source,
        next((known for part in (source or "").split(";") if (known := names.source(part.strip()))), None),
        counts=(Count("killed", "", "unknown", deaths, deaths, best=deaths),) if deaths else (),
        control=_control(kind, sub, actors),
        rules=(FiredRule(f"acled_event_{number}", "type", *spans[0]),),
        language="en",
        extractor=EXTRACTOR,
        coordinates=point,
    )


def _days(row: Row) -> DayRange:
    """The event's day; where only the week or month is known (``time_precision`` 2 and 3), the days around it or the month."""
    text = row.text("event_date")
    day = next((found for form in WRITTEN if (found := _parsed(text, form))), None)
    if day is None:
        raise ValueError(f"event_date is no day: {text!r}")
    precision = row.whole("time_precision")
    if precision == 2:
        return DayRange(day - WEEK, day + WEEK)
    if precision == 3:
        return DayRange(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return DayRange.of_day(day)


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def _control(kind: str, sub: str, actors: tuple[Party, ...]) -> ControlStatement | None:
    """In a transfer of territory the first actor is the one who takes the place."""
    side = next((party.side for party in actors if party.side not in ("unknown", "civ")), None)
    return ControlStatement(side, "gained") if kind == "territory" and side else None
