"""The HTTP API over a real connection: filters, paging, types, errors."""

from collections.abc import Iterator
from datetime import date

import httpx
import orjson
import pytest
from page_harness import ROOT, Served
from pydantic import TypeAdapter

from zubda.server import PageData
from zubda.server.api import models

A_DAY = "2031-09-01"


@pytest.fixture(scope="module")
def api(invented_server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{invented_server.address}api/v1/", trust_env=False, timeout=60) as client:
        yield client


def claims(api: httpx.Client, **query: object) -> list[dict]:
    """All claims that fit, page by page."""
    found: list[dict] = []
    offset: int | None = 0
    while offset is not None:
        answer = api.get("claims", params={"limit": 77, **query, "offset": offset})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["claims"]) <= 77
        found += page["claims"]
        offset = page["next"]
    assert len(found) == page["total"]
    return found


def test_pages_give_every_claim_once_by_day(api: httpx.Client, invented_server: Served) -> None:
    found = claims(api)
    assert {claim["id"] for claim in found} == {claim.id for claim in invented_server.chronicle.claims}
    assert [claim["date"][0] for claim in found] == sorted(claim["date"][0] for claim in found)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"type": "airstrike"}, lambda claim: claim.type == "airstrike"),
        ({"side": "south"}, lambda claim: "south" in claim.sides),
        ({"source": "s3"}, lambda claim: claim.source_id == "s3"),
        ({"source": "text"}, lambda claim: claim.source is None),
        ({"source": "herald 1"}, lambda claim: claim.source in ("Herald 1", "Herald 10", "Herald 11", "Herald 12")),
        ({"holder": "coast"}, lambda claim: claim.control is not None and claim.control.holder == "coast"),
        ({"place": "第8区"}, lambda claim: "p7" in claim.place_ids),
        ({"from": "2031-05-01", "to": "2031-05-31"}, lambda claim: date(2031, 5, 1) <= claim.date.first <= date(2031, 5, 31)),
        ({"polarity": "deny"}, lambda claim: claim.polarity == "deny"),
        ({"type": "clash", "side": "north"}, lambda claim: claim.type == "clash" and "north" in claim.sides),
    ],
)  # fmt: skip
def test_filters_choose_what_they_say(api: httpx.Client, invented_server: Served, query: dict, fits) -> None:
    wanted = {claim.id for claim in invented_server.chronicle.claims if fits(claim)}
    assert {claim["id"] for claim in claims(api, **query)} == wanted
    assert wanted or "polarity" in query


def test_words_are_found_whatever_their_case(api: httpx.Client, invented_server: Served) -> None:
    found = claims(api, text="BOMBED")
    assert found
    assert all("bombed" in claim["text"] for claim in found)
    document = invented_server.chronicle.documents[1].id
    assert {claim["document"] for claim in claims(api, document=document)} == {document}


def test_the_beginning_of_an_id_finds_a_claim_with_its_rules(api: httpx.Client, invented_server: Served) -> None:
    claim = invented_server.chronicle.claims[5]
    answer = api.get(f"claims/{claim.id}").json()
    assert answer["claim"]["text"] == invented_server.chronicle.sentence(claim)
    assert answer["claim"]["spans"] == [list(span) for span in claim.spans]
    assert answer["why"][0]["rule"] == "invented"
    assert api.get(f"claims/{claim.id[:10]}").json()["claim"]["id"] == claim.id


def test_events_know_their_claims_and_claims_their_event(api: httpx.Client, invented_server: Served) -> None:
    page = api.get("events", params={"limit": 1000}).json()
    assert page["total"] == len(page["events"]) == len(invented_server.chronicle.events)
    largest = max(page["events"], key=lambda event: len(event["claims"]))
    detail = api.get(f"events/{largest['id']}").json()
    assert [claim["id"] for claim in detail["claims"]] == largest["claims"]
    assert {claim["event"] for claim in detail["claims"]} == {largest["id"]}
    assert len(detail["links"]) == len(largest["claims"]) - 1
    assert {claim["id"] for claim in claims(api, event=largest["id"])} == set(largest["claims"])
    strikes = api.get("events", params={"type": "airstrike", "limit": 1000}).json()["events"]
    assert {event["id"] for event in strikes} == {
        event["id"] for event in page["events"] if event["type"] == "airstrike"
    }


def test_tolls_are_those_of_the_chronicle(api: httpx.Client, invented_server: Served) -> None:
    answer = api.get("tolls", params={"what": "killed", "from": "2031-04-01", "to": "2031-12-31", "by": "month"}).json()
    expected = invented_server.chronicle.reconciliation.tolls(
        date(2031, 4, 1), date(2031, 12, 31), what="killed", by="month"
    )
    assert [(toll["key"], toll["low"], toll["best"]) for toll in answer["tolls"]] == [
        (toll.key, toll.low, toll.best) for toll in expected
    ]
    assert answer["tolls"]


def test_disputes_are_heaviest_first(api: httpx.Client, invented_server: Served) -> None:
    page = api.get("disputes", params={"limit": 1000}).json()
    assert page["total"] == len(invented_server.chronicle.disputes())
    weights = [dispute["weight"] for dispute in page["disputes"]]
    assert weights == sorted(weights, reverse=True)
    holders = api.get("disputes", params={"about": "holder", "limit": 1000}).json()["disputes"]
    assert all(dispute["about"] == "holder" for dispute in holders)


def test_held_and_control_agree_with_the_chronicle(api: httpx.Client, invented_server: Served) -> None:
    expected = invented_server.chronicle.held("p7", A_DAY)
    answer = api.get("held", params={"place": "第8区", "on": A_DAY}).json()
    assert answer["holder"] == expected.holder
    assert answer["probability"] == pytest.approx(expected.probability)
    assert [row["claim"] for row in answer["claims"]] == [influence.claim for influence in expected.claims]
    page = api.get("control", params={"on": A_DAY}).json()
    row = next(row for row in page["places"] if row["place"] == "p7")
    assert row["holder"] == expected.holder
    assert row["probabilities"] == pytest.approx([expected.probabilities[state] for state in page["states"]])
    other = api.get("control", params={"on": A_DAY, "view": "side-north"}).json()
    assert other["places"] != page["places"]


def test_changes_and_ways_are_those_of_the_posterior(api: httpx.Client, invented_server: Served) -> None:
    posterior = invented_server.chronicle.posterior
    changes = api.get("changes", params={"place": "p7"}).json()["changes"]
    assert [change["holder"] for change in changes] == [change.holder for change in posterior.changes("p7")]
    ways = api.get("ways", params={"on": A_DAY}).json()["ways"]
    expected = posterior.access.on(date.fromisoformat(A_DAY))
    assert [(way["id"], way["state"]) for way in ways] == [(way.id, way.state) for way in expected]
    assert {row["source"] for row in api.get("leanings").json()["leanings"]} == {
        row.source for row in posterior.leanings()
    }


def test_lists_are_complete(api: httpx.Client, invented_server: Served) -> None:
    chronicle = invented_server.chronicle
    about = api.get("").json()
    assert about["claims"] == len(chronicle.claims)
    assert api.get("places", params={"limit": 25, "offset": 50}).json()["places"][0]["id"] == "p50"
    assert api.get("places/第8区").json()["id"] == "p7"
    assert sum(source["claims"] for source in api.get("sources").json()["sources"]) == len(chronicle.claims)
    document = api.get("documents").json()["documents"][0]
    assert api.get(f"documents/{document['id']}").json()["raw"] == chronicle.documents[0].raw


TYPED = [
    ("", models.About),
    ("claims?limit=200", models.ClaimPage),
    ("claims/{claim}", models.ClaimDetail),
    ("events?limit=500", models.EventPage),
    ("events/{event}", models.EventDetail),
    ("disputes", models.DisputePage),
    ("tolls", models.TollPage),
    (f"held?place=p7&on={A_DAY}", models.HeldAnswer),
    (f"control?on={A_DAY}", models.ControlPage),
    ("changes?place=p7", models.ChangesPage),
    (f"ways?on={A_DAY}", models.WaysPage),
    ("leanings", models.LeaningsPage),
    ("places", models.PlacePage),
    ("places/p1", models.PlaceRow),
    ("sources", models.SourcePage),
    ("documents", models.DocumentPage),
    ("documents/{document}", models.DocumentText),
    ("claims/none", models.ErrorAnswer),
]


@pytest.mark.parametrize(("path", "model"), TYPED, ids=[path for path, _ in TYPED])
def test_answers_have_the_types_that_are_described(
    api: httpx.Client, invented_server: Served, path: str, model: type
) -> None:
    chronicle = invented_server.chronicle
    names = {"claim": chronicle.claims[0].id, "event": chronicle.events[0].id, "document": chronicle.documents[0].id}
    answer = api.get(path.format(**names))
    value = TypeAdapter(model).validate_json(answer.content)
    again = orjson.loads(TypeAdapter(model).dump_json(value))
    told = answer.json()
    assert set(again) == set(told), "a field is told that the description lacks, or the other way round"
    for name, rows in told.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            assert set(rows[0]) <= set(again[name][0])


def test_the_description_covers_every_route(api: httpx.Client) -> None:
    described = api.get("openapi.json").json()
    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    assert set(described["paths"]) == {
        f"/api/v1/{path}"
        for path in ("", "claims", "claims/{claim}", "events", "events/{event}", "disputes", "tolls", "held", "control", "changes", "ways", "leanings",
                     "places", "places/{place}", "sources", "documents", "documents/{document}")
    }  # fmt: skip
    for path, methods in described["paths"].items():
        assert list(methods) == ["get"], path
        assert f"`{path.removeprefix('/api/v1/') or '/'}`" in page, f"docs/server.md lacks {path}"
        row = next(
            line
            for line in page.splitlines()
            if line.startswith("|") and f"`{path.removeprefix('/api/v1/') or '/'}`" in line
        )
        asked = [parameter for parameter in methods["get"].get("parameters", []) if parameter["in"] == "query"]
        assert {parameter["name"] for parameter in asked if f"`{parameter['name']}`" not in row} == set()
        assert methods["get"]["description"], path
        assert methods["get"]["responses"]["200"]["content"]["application/json"]["schema"], path
        assert all(
            parameter.get("description") or parameter["in"] == "path"
            for parameter in methods["get"].get("parameters", [])
        )


def test_a_box_keeps_claims_events_and_disputes_about_places_that_it_touches(
    api: httpx.Client, invented_server: Served
) -> None:
    chronicle = invented_server.chronicle
    cells = PageData(chronicle).cells.polygons
    middle = chronicle.war.places["p7"]
    west, south, east, north = (
        middle.longitude - 0.01, middle.latitude - 0.01, middle.longitude + 0.01, middle.latitude + 0.01
    )  # fmt: skip

    def touched(place: str) -> bool:
        known = chronicle.war.places[place]
        around = cells[place].bounds if place in cells else (known.longitude, known.latitude) * 2
        return around[0] <= east and around[2] >= west and around[1] <= north and around[3] >= south

    wanted = {claim.id for claim in chronicle.claims if any(map(touched, claim.place_ids))}
    assert 0 < len(wanted) < len(chronicle.claims)
    box = f"{west},{south},{east},{north}"
    assert {claim["id"] for claim in claims(api, bbox=box)} == wanted
    for kind in ("events", "disputes"):
        within = api.get(kind, params={"bbox": box, "limit": 1000}).json()[kind]
        whole = api.get(kind, params={"limit": 1000}).json()[kind]
        assert within == [row for row in whole if any(map(touched, row["places"]))]
        assert len(within) < len(whole)


def test_a_box_may_cross_the_line_of_dates(api: httpx.Client) -> None:
    total = api.get("claims", params={"bbox": "-180,-90,180,90"}).json()["total"]
    around = api.get("claims", params={"bbox": "170,-90,-170,90"}).json()["total"]
    beside = api.get("claims", params={"bbox": "-170,-90,170,90"}).json()["total"]
    assert around + beside == total


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("claims/none", 404, "unknown.claim"),
        ("claims/", 404, "unknown.address"),
        ("events/none", 404, "unknown.event"),
        ("documents/none", 404, "unknown.document"),
        ("places/Atlantis", 404, "unknown.place"),
        ("claims?place=Atlantis", 404, "unknown.place"),
        ("claims?source=Nobody", 404, "unknown.source"),
        ("claims?source=", 404, "unknown.source"),
        ("claims?side=west", 404, "unknown.side"),
        ("claims?type=party", 400, "usage.type"),
        ("claims?from=yesterday", 400, "usage.parameter"),
        ("claims?limit=0", 400, "usage.parameter"),
        ("claims?limit=1001", 400, "usage.parameter"),
        ("claims?offset=-1", 400, "usage.parameter"),
        ("claims?plaice=p1", 400, "usage.parameter"),
        ("claims?polarity=maybe", 400, "usage.parameter"),
        ("claims?bbox=1,2,3", 400, "usage.parameter"),
        ("claims?bbox=1,2,3,x", 400, "usage.parameter"),
        ("claims?bbox=1,5,3,4", 400, "usage.parameter"),
        ("events?bbox=-181,2,3,4", 400, "usage.parameter"),
        ("held?place=p1", 400, "usage.parameter"),
        (f"held?place=p1&on={A_DAY}&view=nobody", 404, "unknown.view"),
        ("tolls?by=colour", 400, "usage.by"),
        ("nowhere", 404, "unknown.address"),
    ],
)  # fmt: skip
def test_errors_have_one_shape_and_say_what_to_do(api: httpx.Client, path: str, status: int, code: str) -> None:
    answer = api.get(path)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["what"].endswith((".", "?"))
    assert error["hint"]
    assert answer.headers["cache-control"] == "no-store"


def test_answers_are_compressed_and_tagged(api: httpx.Client) -> None:
    plain = api.get("claims", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for encoding in ("gzip", "br"):
        packed = api.get("claims", headers={"Accept-Encoding": encoding})
        assert packed.headers["content-encoding"] == encoding
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < len(plain.content) / 3
    again = api.get("claims?limit=3", headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_text_of_documents_is_told_as_json_and_never_as_a_page(serving) -> None:
    from zubda.chronicle import Chronicle
    from zubda.model import Claim, Document, OffsetMap

    hostile = "<script>alert(1)</script>"
    document = Document(
        "dffffffffffff", hostile, hostile, "f" * 64, "en", "text/plain", hostile, hostile, OffsetMap((), (), ()), ()
    )
    claim = Claim("cffffffffff1", document.id, ((0, 8),), "other", source=hostile)
    served = serving(Chronicle([document], [claim]))
    for path in (
        "api/v1/claims",
        "api/v1/documents/dffffffffffff",
        "data/documents/0.json",
        f"api/v1/claims?source={hostile}",
    ):
        answer = served.client.get(path)
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
    missing = served.client.get(f"/{hostile}")
    assert missing.headers["content-type"] == "application/json"
    assert served.client.get("api/v1/").json()["views"] == []
    assert served.client.get(f"api/v1/held?place=p&on={A_DAY}").status_code == 404
