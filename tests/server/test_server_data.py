"""The page's data: what the contract in docs/page-data.md promises, over a real connection."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import httpx
import numpy as np
import pytest
from page_harness import ROOT, Served

from zubda.server.page_data import PageData

EPOCH = date(1970, 1, 1).toordinal()


def columns(served: Served, name: str) -> dict[str, np.ndarray]:
    """The columns of an index, read as the page reads them."""
    head = served.client.get(f"data/{name}/index.json").json()
    body = served.client.get(f"data/{name}/index.bin").content
    found = {}
    for column, entry in head["columns"].items():
        assert entry["offset"] % 4 == 0
        found[column] = np.frombuffer(body, np.dtype(entry["type"]).newbyteorder("<"), entry["length"], entry["offset"])
    return found


@pytest.fixture(scope="module")
def meta(invented_server: Served) -> dict:
    return invented_server.client.get("data/meta.json").json()


def test_every_path_is_answered_and_every_resource_described(invented_server: Served) -> None:
    contract = (ROOT / "docs" / "page-data.md").read_text(encoding="utf-8")
    shapes = set()
    for path in PageData(invented_server.chronicle).paths():
        shape = re.sub(r"(?<=/)\d+(?=\.json)", "<n>", re.sub(r"\d{4}-\d{2}(?=\.bin)", "<month>", path))
        shape = re.sub(r"^(control|routes)/[a-z0-9_-]+?(?=/|\.json)", r"\1/<view>", shape)
        if shape not in shapes:
            assert invented_server.client.get(f"data/{path}").status_code == 200, path
        shapes.add(shape)
    named = {
        shape.replace("<n>", "<chunk>") if shape.split("/")[0] in ("claims", "events", "disputes") else shape
        for shape in shapes
    }
    assert {shape for shape in named if f"`{shape}`" not in contract} == set()


def test_meta_counts_what_is_there(invented_server: Served, meta: dict) -> None:
    chronicle = invented_server.chronicle
    assert meta["counts"]["claims"] == len(chronicle.claims)
    assert sum(source["claims"] for source in meta["sources"]) == len(chronicle.claims)
    assert sum(document["claims"] for document in meta["documents"]) == len(chronicle.claims)
    assert [source["id"] for source in meta["sources"]][:2] == ["text", "unnamed"]
    days = [claim.date.first.toordinal() - EPOCH for claim in chronicle.claims]
    assert (meta["first"], meta["last"]) == (min(days), max(days))
    busiest = Counter(days)
    assert busiest[meta["busiest"]] == max(busiest.values())
    assert meta["states"] == ["north", "south", "coast", "contested"]


def test_columns_say_what_the_claims_say(invented_server: Served, meta: dict) -> None:
    found = columns(invented_server, "claims")
    ids = invented_server.client.get("data/claims/ids.json").json()
    assert np.all(np.diff(found["first"]) >= 0)
    assert len(found["places_at"]) == len(ids) + 1
    places = invented_server.client.get("data/places.json").json()
    for at in range(0, len(ids), 37):
        claim = invented_server.chronicle.claim(ids[at])
        assert found["first"][at] == claim.date.first.toordinal() - EPOCH
        assert meta["types"][found["type"][at]] == claim.type
        assert meta["sources"][found["source"][at]]["id"] == (claim.source_id or "text")
        named = found["places"][found["places_at"][at] : found["places_at"][at + 1]]
        assert [places["id"][place] for place in named] == list(claim.place_ids)
        acting = [side["id"] for bit, side in enumerate(meta["sides"]) if found["actors"][at] >> bit & 1]
        assert acting == [party.side for party in claim.actors]
        holder = meta["sides"][found["holder"][at] - 1]["id"] if found["holder"][at] else None
        assert holder == (claim.control.holder if claim.control else None)


def test_events_are_linked_to_claims_by_columns_of_their_own(invented_server: Served) -> None:
    events, chronicle = columns(invented_server, "events"), invented_server.chronicle
    ids = invented_server.client.get("data/claims/ids.json").json()
    head = invented_server.client.get("data/claims/events.json").json()["columns"]["event"]
    body = invented_server.client.get("data/claims/events.bin").content
    event = np.frombuffer(body, np.dtype(head["type"]).newbyteorder("<"), head["length"], head["offset"])
    chunk = invented_server.client.get("data/events/0.json").json()
    for at, entry in enumerate(chunk):
        assert {ids[claim] for claim in np.flatnonzero(event == at + 1)} == set(chronicle.events[at].claims)
        assert events["claims"][at] == len(entry["claims"]) == len(entry["reasons"]) + 1
    assert invented_server.client.get("data/disputes/index.json").json()["count"] == len(chronicle.disputes())
    band = invented_server.client.get("data/tolls/series.json").json()
    tolls = invented_server.client.get("data/tolls.json").json()
    assert band == [series for series in tolls["series"] if series["source"] is None]
    assert {row["event"] for row in tolls["rows"]} <= set(range(len(chronicle.events)))


def test_full_claims_stand_where_they_say_in_their_documents(invented_server: Served, meta: dict) -> None:
    chunk = invented_server.client.get("data/claims/1.json").json()
    ids = invented_server.client.get("data/claims/ids.json").json()
    assert [claim["id"] for claim in chunk] == ids[250:500]
    texts = [invented_server.client.get(f"data/documents/{at}.json").json() for at in range(len(meta["documents"]))]
    for position, claim in enumerate(chunk, start=250):
        document = texts[claim["document"]]
        assert claim["text"] == " ".join(document["text"][start:end] for start, end in claim["spans"])
        assert claim["text"] == invented_server.chronicle.sentence(invented_server.chronicle.claim(claim["id"]))
        assert [position, *claim["spans"][0]] in document["claims"]
        assert all(rule["characters"] for rule in claim["rules"])


def test_control_is_the_posterior_in_bytes(invented_server: Served, meta: dict) -> None:
    month = meta["months"][3]
    body = invented_server.client.get(f"data/control/all/{month}.bin").content
    places = invented_server.client.get("data/places.json").json()["id"]
    frames = np.frombuffer(body, np.uint8).reshape(-1, len(places), len(meta["states"]))
    frames = np.cumsum(frames, axis=0, dtype=np.uint8)
    first = date.fromisoformat(f"{month}-01")
    for number in (0, 11, len(frames) - 1):
        expected = invented_server.chronicle.posterior.probabilities(date.fromordinal(first.toordinal() + number))
        silent = np.isnan(expected).any(axis=1)
        assert not frames[number][silent].any()
        assert np.abs(frames[number][~silent] / 255 - expected[~silent]).max() <= 0.5 / 255 + 1e-9


def test_shares_add_up_to_the_whole_ground(invented_server: Served, meta: dict) -> None:
    body = invented_server.client.get("data/control/all/shares.bin").content
    table = np.frombuffer(body, "<u2").reshape(meta["last"] - meta["first"] + 1, len(meta["states"]) + 1, 3) / 65535
    assert np.allclose(table[:, :, 1].sum(axis=1), 1.0, atol=1e-3)
    assert np.all(table[:, :, 0] <= table[:, :, 1])
    assert np.all(table[:, :, 1] <= table[:, :, 2])


def test_cells_cover_the_outline_without_overlap(invented_server: Served) -> None:
    import shapely
    from shapely.geometry import shape

    cells = invented_server.client.get("data/cells.json").json()
    outline = next(
        shape(feature["geometry"])
        for feature in invented_server.client.get("data/basemap.json").json()["features"]
        if feature["properties"]["kind"] == "outline"
    )
    polygons = [shape(feature["geometry"]) for feature in cells["features"]]
    assert cells["approximate"] is True
    assert len(polygons) == 60
    assert shapely.union_all(polygons).area == pytest.approx(outline.area, rel=1e-4)
    assert sum(polygon.area for polygon in polygons) == pytest.approx(outline.area, rel=1e-4)
    places = invented_server.client.get("data/places.json").json()
    for feature, polygon in zip(cells["features"], polygons, strict=True):
        at = feature["properties"]["place"]
        assert polygon.buffer(1e-6).contains(shapely.Point(places["longitude"][at], places["latitude"][at]))


def test_a_place_page_tells_changes_in_order_with_their_claims(invented_server: Served) -> None:
    places = invented_server.client.get("data/places.json").json()
    page = invented_server.client.get(f"data/places/{int(np.argmax(places['claims']))}.json").json()
    assert len(page["claims"]) == max(places["claims"])
    begins = [change["began"][0] for change in page["changes"]]
    assert begins == sorted(begins)
    assert any(change["claims"] for change in page["changes"])
    assert {row["claim"] for row in page["said"]} <= set(page["claims"])


def test_the_course_of_a_place_is_its_likeliest_holder_day_by_day(invented_server: Served, meta: dict) -> None:
    at = 3
    course = invented_server.client.get(f"data/places/{at}.json").json()["course"]
    posterior = invented_server.chronicle.posterior
    days = [begins for begins, _, _ in course]
    assert days == sorted(set(days))
    assert len(course) > 1
    for number in range(meta["first"], meta["last"] + 1, 7):
        day = date(1970, 1, 1) + timedelta(days=number)
        row = [run for run in course if run[0] <= number][-1]
        held = posterior.held(f"p{at}", day)
        assert meta["states"][row[1]] == held.holder
        assert row[2] == pytest.approx(held.probability, abs=0.051)


def test_spans_of_roads_and_sieges_follow_each_other(invented_server: Served, meta: dict) -> None:
    from zubda.control.access import AccessModel

    routes = invented_server.client.get("data/routes/all.json").json()
    assert [road["route"] for road in routes["roads"]] == ["road"]
    model = AccessModel(invented_server.chronicle.posterior)
    for side in meta["states"][:-1]:
        spans = [span for span in routes["roads"][0]["spans"] if span["side"] == side]
        for before, after in pairwise(spans):
            assert before["last"] < after["first"]
        for span in spans:
            state = model.route("road", side, date.fromordinal(span["first"] + EPOCH)).state
            assert {"open": "open", "threatened": "contested", "cut": "cut"}[state] == span["status"]
    for siege in routes["sieges"]:
        assert meta["first"] <= siege["first"] <= siege["last"] <= meta["last"]
        assert siege["places"]
    assert invented_server.client.get("data/routes/source-s7.json").json() == {"roads": [], "sieges": []}


def test_a_source_page_tells_what_it_said(invented_server: Served, meta: dict) -> None:
    page = invented_server.client.get("data/sources/2.json").json()
    assert sum(page["types"].values()) == meta["sources"][2]["claims"] == len(page["claims"])
    assert all(0 <= leaning["low"] <= leaning["rate"] <= leaning["high"] <= 1 for leaning in page["leanings"])
    assert page["leanings"]


@pytest.mark.parametrize(
    "path",
    ["nothing.json", "claims/9999.json", "claims/00.json", "claims/-1.json", "control/nobody/2031-03.bin", "control/all/1999-01.bin",
     "control/all.json", "routes/all/shares.bin", "../../pyproject.toml", "%2e%2e/%2e%2e/etc/passwd", "documents/0.json/"],
)  # fmt: skip
def test_what_is_not_there_is_a_clear_error(invented_server: Served, path: str) -> None:
    answer = invented_server.client.get(f"data/{path}")
    assert answer.status_code == 404
    assert set(answer.json()["error"]) >= {"code", "what", "hint"}


def test_compression_is_what_the_client_takes(invented_server: Served) -> None:
    def encoding(accept: str) -> str | None:
        answer = invented_server.client.get("data/claims/index.bin", headers={"Accept-Encoding": accept})
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.content == plain
        return answer.headers.get("content-encoding")

    plain = invented_server.client.get("data/claims/index.bin", headers={"Accept-Encoding": "identity"}).content
    assert encoding("gzip, deflate, br") == "br"
    assert encoding("gzip") == "gzip"
    assert encoding("br;q=0, gzip;q=0.5") == "gzip"
    assert encoding("identity") is None


def test_an_answer_that_is_known_already_is_not_sent_again(invented_server: Served) -> None:
    first = invented_server.client.get("data/places.json")
    again = invented_server.client.get("data/places.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = invented_server.client.get("data/places.json", headers={"If-None-Match": 'W/"0000"'})
    assert other.status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["", "data/meta.json", "api/v1/claims", "nowhere"])
def test_the_server_only_reads(invented_server: Served, method: str, path: str) -> None:
    answer = invented_server.client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.json()["error"]["code"] == "usage.method"


def test_head_is_get_without_the_body(invented_server: Served) -> None:
    get = invented_server.client.get("data/meta.json", headers={"Accept-Encoding": "identity"})
    head = invented_server.client.head("data/meta.json", headers={"Accept-Encoding": "identity"})
    assert head.content == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


@pytest.mark.parametrize("path", ["data/meta.json", "nowhere", "api/v1/nowhere", "api/v1/openapi.json"])
def test_every_answer_has_safe_headers(invented_server: Served, path: str) -> None:
    headers = invented_server.client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


def test_a_server_of_this_machine_answers_to_its_own_names_only(serving, invented) -> None:
    from zubda.server.running import LOOPBACK_NAMES

    served = serving(invented, hosts=LOOPBACK_NAMES)
    assert served.client.get("data/meta.json").status_code == 200
    for name in ("localhost:80", "LOCALHOST", "[::1]", "[::1]:8000", "127.0.0.1"):
        assert served.client.get("data/meta.json", headers={"Host": name}).status_code == 200, name
    stranger = served.client.get("data/meta.json", headers={"Host": "rebound.example"})
    assert stranger.status_code == 421
    assert stranger.json()["error"]["code"] == "usage.host"


def test_a_failure_is_told_in_the_same_shape_and_without_a_traceback(serving, invented, monkeypatch, caplog) -> None:
    monkeypatch.setattr(PageData, "resource", lambda *_: 1 / 0)
    served = serving(invented)
    answer = httpx.get(f"{served.address}data/meta.json", trust_env=False)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "zubda.failed"
    assert "ZeroDivision" not in answer.text
    assert "ZeroDivision" in caplog.text


def test_what_a_chronicle_says_decides_its_hash(invented) -> None:
    from zubda.chronicle import Chronicle
    from zubda.model import Decision

    whole = PageData(invented).content
    assert whole == PageData(invented).content
    fewer = Chronicle(invented.documents, invented.extracted[:-1], invented.theatre)
    assert PageData(fewer).content != whole
    rejected = Decision("reject", (invented.extracted[0].id,))
    decided = Chronicle(invented.documents, invented.extracted, invented.theatre, (), (rejected,))
    assert PageData(decided).content != whole


def test_a_claim_about_another_century_does_not_stretch_the_axis(small) -> None:
    from zubda.chronicle import Chronicle
    from zubda.model import DayRange

    first, *others = small.extracted
    stray = replace(first, date=DayRange.of_day(date(1911, 5, 4)))
    without_first = replace(small.theatre, first=None)
    data = PageData(Chronicle(small.documents, (stray, *others), without_first))
    assert data.numbering.axis[0].year == 2031
    assert len(data.numbering.months) < 4
    assert data.numbering.claims[0].id == stray.id, "it stays in the list"


def test_a_war_without_a_theatre_has_the_sides_its_claims_tell_of(small) -> None:
    import orjson

    from zubda.chronicle import Chronicle

    data = PageData(Chronicle(small.documents, small.extracted))
    meta = orjson.loads(data.resource("meta.json"))
    assert set(meta["states"]) == {"north", "south", "coast", "contested"}
    for path in data.paths():
        assert data.resource(path) is not None
    places = orjson.loads(data.resource("places.json"))
    assert not any(places["dot"])
    assert not any(places["cell"])


def test_a_resource_that_several_ask_for_at_once_is_worked_out_once(small, monkeypatch) -> None:
    import time
    from concurrent.futures import ThreadPoolExecutor

    made = []

    def slow(numbering: object, cells: object) -> dict:
        made.append(1)
        time.sleep(0.1)
        return {"rows": len(made)}

    monkeypatch.setattr("zubda.server.page_data.resources.place_list", slow)
    data = PageData(small)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(data.resource, ["places.json"] * 4))
    assert answers == [b'{"rows":1}'] * 4


def test_views_of_sides_and_sources_with_any_name_can_be_asked_for(small) -> None:
    import orjson

    from zubda.chronicle import Chronicle
    from zubda.model import ControlStatement

    told = [claim for claim in small.extracted if claim.control][:4]
    odd = [
        replace(claim, control=ControlStatement("北/军", "holds"), source=name, source_id=key)
        for claim, (name, key) in zip(told, [("北", "北/军"), ("北", "北/军"), ("N0", None), ("N0", None)], strict=True)
    ]
    data = PageData(Chronicle(small.documents, odd))
    views = orjson.loads(data.resource("meta.json"))["views"]
    assert [view["key"] for view in views] == ["all", "北/军", "北/军", "x:N0"]
    assert len({view["id"] for view in views}) == len(views)
    for view in views:
        assert data.resource(f"control/{view['id']}/shares.bin")
        assert data.resource(f"routes/{view['id']}.json")
