"""Human decisions replayed over claims: rejected ones drop out, corrected ones take the value that a person gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import orjson

from zubda.errors import UsageError
from zubda.model import CLAIM_TYPES, CONTROL_CHANGES, Claim, ControlStatement, DayRange, Decision

__all__ = ["CORRECTABLE", "check_decision", "replay"]


def _days(value: Any) -> DayRange | None:
    """Days from ``[first, last]``, from one day, or from "first to last"."""
    if value is None:
        return None
    first, last = (value.split(" to ") * 2)[:2] if isinstance(value, str) else value
    return DayRange(date.fromisoformat(first), date.fromisoformat(last))


def _type(value: Any) -> str:
    if value not in CLAIM_TYPES:
        raise ValueError(f"no such claim type: {value!r}")
    return str(value)


def _polarity(value: Any) -> str:
    if value not in ("affirm", "deny"):
        raise ValueError("polarity is affirm or deny")
    return str(value)


def _control(value: Any) -> ControlStatement | None:
    if value is None:
        return None
    if value["change"] not in CONTROL_CHANGES:
        raise ValueError(f"no such change: {value['change']!r}; there are {', '.join(CONTROL_CHANGES)}")
    return ControlStatement(value["holder"], value["change"])


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


CORRECTABLE = {
    "type": _type,
    "date": _days,
    "source": _text,
    "source_id": _text,
    "polarity": _polarity,
    "control": _control,
}
"""Fields that a person may correct, each with the function from JSON to the field's value."""


def check_decision(decision: Decision) -> None:
    """Raises `UsageError` (``usage.decision``) if the decision cannot be replayed."""
    pairs = decision.kind in ("same_event", "not_same_event")
    try:
        if len(decision.claims) != (2 if pairs else 1):
            raise ValueError(f"{decision.kind} is about {'two claims' if pairs else 'one claim'}")
        if decision.kind == "correct":
            if decision.field not in CORRECTABLE:
                raise ValueError(f"{decision.field!r} cannot be corrected; fields: {', '.join(CORRECTABLE)}")
            CORRECTABLE[decision.field](orjson.loads(decision.value))
        elif decision.kind not in ("accept", "reject", "same_event", "not_same_event"):
            raise ValueError(f"no such kind of decision: {decision.kind!r}")
    except (ValueError, KeyError, TypeError, IndexError) as problem:
        raise UsageError(
            "decision", f"The decision cannot be kept: {problem}.", "See docs/guide.md, Decisions."
        ) from problem


def replay(claims: Iterable[Claim], decisions: Sequence[Decision]) -> tuple[Claim, ...]:
    """The claims as people decided. The last decision on a claim's field wins; decisions on claims that are not there wait."""
    rejected: dict[str, bool] = {}
    corrected: dict[str, dict[str, Any]] = {}
    for decision in decisions:
        if decision.kind in ("accept", "reject"):
            rejected[decision.claims[0]] = decision.kind == "reject"
        elif decision.kind == "correct":
            value = CORRECTABLE[decision.field](orjson.loads(decision.value))
            corrected.setdefault(decision.claims[0], {})[decision.field] = value
    return tuple(
        replace(claim, **corrected[claim.id]) if claim.id in corrected else claim
        for claim in claims
        if not rejected.get(claim.id)
    )
