"""What may be asked at each address of the API, and reading it from a request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from zubda.errors import UsageError

__all__ = [
    "ClaimQuery",
    "DayQuery",
    "DisputeQuery",
    "EventQuery",
    "HeldQuery",
    "Paging",
    "PlaceQuery",
    "Question",
    "TollQuery",
    "ViewQuery",
    "unreadable",
]

LARGEST_PAGE = 1_000
Since = Annotated[date | None, Field(alias="from", description="First day, inclusive.")]
Until = Annotated[date | None, Field(alias="to", description="Last day, inclusive.")]
Within = Annotated[str | None, Field(description="A place, by id or any spelling; places inside it count too.")]


Box = Annotated[
    str | None,
    Field(
        pattern=r"^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$",
        description="`west,south,east,north` in degrees: only what is about a place whose point, or the box around whose drawn cell,"
        " it touches. A west above the east crosses the line of dates.",
    ),
]


class Question(BaseModel):
    """The parameters of an address. Names that are none are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @classmethod
    def of(cls, request: Request) -> Self:
        """The parameters of a request. Raises `UsageError` (``usage.parameter``).

        FastAPI would read them too, in three times the time that the answer takes.
        """
        try:
            return cls.model_validate(dict(request.query_params))
        except ValidationError as problem:
            raise unreadable(problem.errors()) from problem

    @classmethod
    def described(cls) -> dict[str, Any]:
        """The parameters as an OpenAPI operation lists them."""
        schema = cls.model_json_schema(by_alias=True)
        required = schema.get("required", ())
        return {
            "parameters": [
                {
                    "name": name,
                    "in": "query",
                    "required": name in required,
                    "description": field.pop("description"),
                    "schema": field,
                }
                for name, field in schema["properties"].items()
            ]
        }


def unreadable(problems: Sequence[Any]) -> UsageError:
    """The error for parameters that cannot be read, from what pydantic says of the first one."""
    first = problems[0]
    name = ".".join(str(part) for part in first["loc"] if part not in ("query", "path"))
    what = f"{name} cannot be {first.get('input')!r}: {first['msg']}."
    return UsageError("parameter", what, "The parameters are described in /api/v1/openapi.json.")


class Paging(Question):
    """Which part of a long answer is wanted."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="At most so many.")] = 100
    offset: Annotated[int, Field(ge=0, description="Leave out so many first.")] = 0


class ClaimQuery(Paging):
    """Filters over claims; all of them must fit."""

    first: Since = None
    last: Until = None
    place: Annotated[str | None, Field(description="A place, by id or any spelling.")] = None
    bbox: Box = None
    inside: Annotated[bool, Field(description="Count places inside the place, too.")] = False
    side: Annotated[str | None, Field(description="A side that acts or is acted upon.")] = None
    source: Annotated[str | None, Field(description="Who says it: an id, a part of a name, `text` or `unnamed`.")] = (
        None
    )
    type: Annotated[str | None, Field(description="A claim type.")] = None
    document: Annotated[str | None, Field(description="The id of a document.")] = None
    event: Annotated[str | None, Field(description="The id of an event.")] = None
    holder: Annotated[str | None, Field(description="The side that holds the place by the claim.")] = None
    polarity: Annotated[str | None, Field(pattern="^(affirm|deny)$", description="`affirm` or `deny`.")] = None
    text: Annotated[str | None, Field(description="Words that the claim's text holds.")] = None


class EventQuery(Paging):
    """Filters over events."""

    first: Since = None
    last: Until = None
    place: Within = None
    bbox: Box = None
    side: Annotated[str | None, Field(description="A side that takes part.")] = None
    type: Annotated[str | None, Field(description="A type of event.")] = None
    grade: Annotated[str | None, Field(description="A grade.")] = None


class DisputeQuery(Paging):
    """Filters over disputes."""

    first: Since = None
    last: Until = None
    place: Within = None
    bbox: Box = None
    about: Annotated[str | None, Field(description="`what`, `who`, `holder`, `count` or `when`.")] = None


class TollQuery(Question):
    """Which tolls are added, and how they are broken down."""

    first: Since = None
    last: Until = None
    place: Within = None
    side: Annotated[str | None, Field(description="The side that was harmed.")] = None
    what: Annotated[str | None, Field(description="A kind of harm, such as killed.")] = None
    by: Annotated[str, Field(description="`side`, `source`, `place`, `month` or `perpetrator`.")] = "side"


class ViewQuery(Question):
    """Whose version of the war."""

    view: Annotated[str, Field(description="Whose version: `all`, or the id of a view of /api/v1/.")] = "all"


class DayQuery(ViewQuery):
    """A day, by a version."""

    day: Annotated[date, Field(alias="on", description="The day; the answer is for its end.")]


class PlaceQuery(ViewQuery):
    """A place, by a version."""

    place: Annotated[str, Field(description="A place, in any spelling and script.")]


class HeldQuery(DayQuery, PlaceQuery):
    """A place on a day, by a version."""
