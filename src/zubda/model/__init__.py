"""The values that every stage takes and gives: plain, immutable, without input or output."""

from zubda.model.claim import (
    BLOWS,
    CLAIM_TYPES,
    CONTROL_CHANGES,
    COUNT_KINDS,
    Claim,
    ControlStatement,
    Count,
    FiredRule,
    Party,
    PlaceMention,
    claim_id,
)
from zubda.model.control import Held, Influence
from zubda.model.days import DayRange
from zubda.model.decision import Decision
from zubda.model.document import Block, Document, Link, OffsetMap
from zubda.model.event import Dispute, Event, LinkReason, Position, SourceFigure, Toll
from zubda.model.theatre import Actor, Membership, Place, Route, Side, Source, Theatre
from zubda.model.unknown import Unknown

__all__ = [
    "BLOWS",
    "CLAIM_TYPES",
    "CONTROL_CHANGES",
    "COUNT_KINDS",
    "Actor",
    "Block",
    "Claim",
    "ControlStatement",
    "Count",
    "DayRange",
    "Decision",
    "Dispute",
    "Document",
    "Event",
    "FiredRule",
    "Held",
    "Influence",
    "Link",
    "LinkReason",
    "Membership",
    "OffsetMap",
    "Party",
    "Place",
    "PlaceMention",
    "Position",
    "Route",
    "Side",
    "Source",
    "SourceFigure",
    "Theatre",
    "Toll",
    "Unknown",
    "claim_id",
]
