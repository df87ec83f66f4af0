"""The model behind an address: good answers become claims, wrong ones are refused and counted, slow and broken servers are borne."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner

import zubda
from zubda.chronicle import Chronicle
from zubda.cli.main import app
from zubda.documents import read_document
from zubda.errors import NetworkError, UsageError
from zubda.extraction.endpoint import Endpoint, extract_by_endpoint
from zubda.extraction.endpoint.prompt import passages
from zubda.model import DayRange, Decision, Document, Theatre
from zubda.theatres import load_theatre
from zubda.theatres.making import new_theatre

TEXT = "# Olm\n\nOn 2 May 2031 the **Red Army** took Karu, Red Radio said; at least 30 people were killed.\n\n## Later\n\nKaru burned.\n"
FIRST = "On 2 May 2031 the Red Army took Karu, Red Radio said; at least 30 people were killed."
GOOD: dict[str, Any] = {
    "type": "territory",
    "quote": FIRST,
    "date": {"first": "2031-05-02", "last": "2031-05-02", "quote": "2 May 2031"},
    "places": [{"quote": "Karu"}],
    "actors": [{"quote": "Red Army", "side": "red"}],
    "source": {"quote": "Red Radio"},
    "polarity": "affirm",
    "counts": [{"what": "killed", "low": 30, "high": None, "side": "civ", "quote": "at least 30 people"}],
    "control": {"holder": "red", "change": "gained", "quote": "took"},
}


class Model(BaseHTTPRequestHandler):
    """Answers as the model's name says."""

    asked: ClassVar[Counter[str]] = Counter()
    seen: ClassVar[list[dict[str, Any]]] = []
    answers: ClassVar[dict[str, list[dict[str, Any]]]] = {}

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = body["model"]
        Model.asked[model] += 1
        Model.seen.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
        if model == "refuses":
            self.answer(401, {"error": "no key"})
        elif model == "broken":
            self.answer(500, {"error": "down"})
        elif model == "busy" and Model.asked[model] <= 2:
            self.answer(429, {"error": "wait"}, {"Retry-After": "0"})
        elif model == "shape":
            self.answer(200, {"hello": "world"})
        elif model == "slow":
            time.sleep(0.6)
            self.say("{}")
        elif model == "nonsense":
            self.say("I would rather talk about the weather.")
        elif model == "fenced":
            self.say("```json\n" + json.dumps({"claims": [GOOD]}) + "\n```")
        else:
            passage = body["messages"][1]["content"]
            listed = Model.answers.get(model, [GOOD])
            self.say(json.dumps({"claims": listed if "Red Army" in passage else []}))

    def say(self, content: str) -> None:
        self.answer(200, {"choices": [{"message": {"role": "assistant", "content": content}}]})

    def answer(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    Model.asked.clear()
    Model.seen.clear()
    Model.answers.clear()
    for name in ("ZUBDA_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    folder = tmp_path_factory.mktemp("war") / "olm"
    new_theatre(folder, "War of Olm", date(2031, 1, 1))
    return load_theatre(folder)


@pytest.fixture
def document() -> Document:
    return read_document(TEXT.encode(), origin="olm.md")


@pytest.fixture
def endpoint(address: str, tmp_path: Path) -> Endpoint:
    return Endpoint(address, "good", cache=tmp_path / "answers", pause=0.0, timeout=10.0)


def test_a_good_answer_is_a_claim_with_the_characters_it_rests_on(
    document: Document, theatre: Theatre, endpoint: Endpoint
) -> None:
    (claim,) = extract_by_endpoint(document, theatre, endpoint).claims
    assert claim.extractor == "llm:good:1"
    assert (claim.type, claim.date, claim.place_ids) == ("territory", DayRange.of_day(date(2031, 5, 2)), ("karu",))
    assert (claim.source, claim.source_id) == ("Red Radio", "red_radio")
    assert [(party.surface, party.side, party.actor) for party in claim.actors] == [("Red Army", "red", "red_army")]
    assert [(count.what, count.low, count.high, count.side) for count in claim.counts] == [("killed", 30, None, "civ")]
    assert claim.control is not None
    assert (claim.control.holder, claim.control.change) == ("red", "gained")
    told = {rule.field: document.raw[rule.start : rule.end] for rule in claim.rules}
    assert told["places"] == "Karu"
    assert told["actor"] == "Red Army"
    assert document.raw[slice(*claim.spans[0])] == FIRST.replace("Red Army", "**Red Army**", 1)


def test_the_whole_account_is_asked_about_once(document: Document, theatre: Theatre, endpoint: Endpoint) -> None:
    extract_by_endpoint(document, theatre, endpoint)
    asked = " ".join(entry["messages"][1]["content"] for entry in Model.seen)
    assert FIRST in asked
    assert "Karu burned." in asked
    assert "red (Reds)" in Model.seen[0]["messages"][0]["content"]
    assert Model.seen[0]["path"] == "/v1/chat/completions"


def wrong(**fields: Any) -> dict[str, Any]:
    return {**GOOD, **fields}


@pytest.mark.parametrize(
    ("entry", "refused", "kept"),
    [
        (wrong(type="victory"), "type", 0),
        (wrong(quote="The Red Army fled."), "quote", 0),
        (wrong(quote=FIRST, start=7), "quote", 0),
        (wrong(date={"first": "2031-05-02", "quote": "3 May"}), "date", 1),
        (wrong(date={"first": "2031-13-02", "quote": "2 May 2031"}), "date", 1),
        (wrong(date={"first": "2031-05-03", "last": "2031-05-02", "quote": "2 May 2031"}), "date", 1),
        (wrong(places=[{"quote": "Portus"}]), "places", 1),
        (wrong(places="Karu"), "places", 1),
        (wrong(actors=[{"quote": "Blue Army", "side": "blue"}]), "actors", 1),
        (wrong(actors=[{"quote": "Red Army", "side": "green"}]), "side", 1),
        (wrong(source={"quote": "Blue Radio"}), "source", 1),
        (wrong(counts=[{"what": "killed", "low": 40, "high": 30, "quote": "30 people"}]), "counts", 1),
        (wrong(counts=[{"what": "killed", "low": "30", "quote": "30 people"}]), "counts", 1),
        (wrong(counts=[{"what": "sunk", "low": 30, "quote": "30 people"}]), "counts", 1),
        (wrong(control={"holder": "green", "change": "gained", "quote": "took"}), "control", 1),
        (wrong(control={"holder": "red", "change": "won", "quote": "took"}), "control", 1),
        ("not a claim", "type", 0),
    ],
)
def test_what_does_not_hold_up_is_refused_and_counted(
    document: Document, theatre: Theatre, endpoint: Endpoint, entry: Any, refused: str, kept: int
) -> None:
    Model.answers["wrong"] = [entry]
    found = extract_by_endpoint(document, theatre, replace(endpoint, model="wrong"))
    assert len(found.claims) == kept
    assert f"1 × {refused}" in found.warnings[0]


def test_a_quote_that_stands_twice_needs_its_offset(theatre: Theatre, endpoint: Endpoint) -> None:
    document = read_document(b"Red Army took Karu. Red Army took Karu.", origin="a.txt")
    Model.answers["twice"] = [{"type": "territory", "quote": "Red Army took Karu."}]
    assert not extract_by_endpoint(document, theatre, replace(endpoint, model="twice")).claims
    Model.answers["placed"] = [{"type": "territory", "quote": "Red Army took Karu.", "start": 20}]
    (claim,) = extract_by_endpoint(document, theatre, replace(endpoint, model="placed")).claims
    assert claim.spans == ((20, 39),)


def test_answers_are_kept_and_a_run_goes_on(document: Document, theatre: Theatre, endpoint: Endpoint) -> None:
    first = extract_by_endpoint(document, theatre, endpoint)
    asked = Model.asked["good"]
    assert asked == len(list(passages(document)))
    assert extract_by_endpoint(document, theatre, endpoint) == first
    assert Model.asked["good"] == asked
    extract_by_endpoint(document, theatre, replace(endpoint, keep=False))
    assert Model.asked["good"] == 2 * asked


def test_nonsense_is_counted_and_not_kept(document: Document, theatre: Theatre, endpoint: Endpoint) -> None:
    found = extract_by_endpoint(document, theatre, replace(endpoint, model="nonsense"))
    assert not found.claims
    assert "2 × answer" in found.warnings[0]
    extract_by_endpoint(document, theatre, replace(endpoint, model="nonsense"))
    assert Model.asked["nonsense"] == 4


def test_answers_in_a_fence_are_read(document: Document, theatre: Theatre, endpoint: Endpoint) -> None:
    assert extract_by_endpoint(document, theatre, replace(endpoint, model="fenced")).claims


def test_a_busy_server_is_asked_again(document: Document, theatre: Theatre, endpoint: Endpoint) -> None:
    assert len(extract_by_endpoint(document, theatre, replace(endpoint, model="busy")).claims) == 1
    assert Model.asked["busy"] == 4


@pytest.mark.parametrize(
    ("model", "code"),
    [
        ("refuses", "network.endpoint"),
        ("broken", "network.endpoint"),
        ("shape", "network.endpoint"),
        ("slow", "network.timeout"),
    ],
)
def test_servers_that_do_not_answer_are_told(
    document: Document, theatre: Theatre, endpoint: Endpoint, model: str, code: str
) -> None:
    with pytest.raises(NetworkError) as problem:
        extract_by_endpoint(document, theatre, replace(endpoint, model=model, timeout=0.2))
    assert problem.value.code == code


def test_no_server_at_all_is_told(document: Document, theatre: Theatre, endpoint: Endpoint) -> None:
    with pytest.raises(NetworkError) as problem:
        extract_by_endpoint(document, theatre, replace(endpoint, address="http://127.0.0.1:9/v1"))
    assert problem.value.code == "network.unreachable"


@pytest.mark.parametrize(
    ("variables", "sent"),
    [({}, None), ({"OPENAI_API_KEY": "b"}, "Bearer b"), ({"OPENAI_API_KEY": "b", "ZUBDA_API_KEY": "a"}, "Bearer a")],
)
def test_the_key_comes_from_the_environment(
    document: Document, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sent: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    extract_by_endpoint(document, None, endpoint)
    assert {entry["key"] for entry in Model.seen} == {sent}


def read_both(tmp_path: Path, theatre: Theatre, endpoint: Endpoint, extractor: str) -> Chronicle:
    (tmp_path / "olm.md").write_text(TEXT, encoding="utf-8")
    return zubda.read(tmp_path / "olm.md", theatre, extractor=extractor, endpoint=endpoint)


def test_a_models_claims_count_only_when_a_person_accepts_them(
    tmp_path: Path, theatre: Theatre, endpoint: Endpoint
) -> None:
    both = read_both(tmp_path, theatre, endpoint, "both")
    given = [claim for claim in both.claims if claim.extractor.startswith("llm:")]
    assert len(given) == 1
    assert given[0] not in both.evidence
    assert len(both.evidence) == len(both.claims) - 1
    assert given[0] in both.decide([Decision("accept", (given[0].id,))]).evidence
    assert both.only("llm").claims == tuple(given)
    assert both.only("rules").claims == both.evidence


def test_alone_a_models_claims_are_the_evidence(tmp_path: Path, theatre: Theatre, endpoint: Endpoint) -> None:
    alone = read_both(tmp_path, theatre, endpoint, "llm")
    assert alone.evidence == alone.claims
    assert {claim.extractor for claim in alone.claims} == {"llm:good:1"}


def test_they_stay_marked_in_the_file(tmp_path: Path, theatre: Theatre, endpoint: Endpoint) -> None:
    both = read_both(tmp_path, theatre, endpoint, "both").save(tmp_path / "olm.zubda")
    assert Chronicle.open(tmp_path / "olm.zubda").evidence == both.evidence


@pytest.mark.parametrize("extractor", ["llm", "both", "magic"])
def test_an_extractor_without_what_it_needs_is_told(tmp_path: Path, extractor: str) -> None:
    (tmp_path / "olm.md").write_text(TEXT, encoding="utf-8")
    with pytest.raises(UsageError) as problem:
        zubda.read(tmp_path / "olm.md", None, extractor=extractor)
    assert problem.value.code == "usage.extractor"


def test_from_the_command_line(tmp_path: Path, address: str) -> None:
    (tmp_path / "olm.md").write_text(TEXT, encoding="utf-8")
    new_theatre(tmp_path / "war", "War", date(2031, 1, 1))
    asked = ["--extractor", "both", "--endpoint", address, "--model", "good", "--answers", str(tmp_path / "answers")]
    file = str(tmp_path / "olm.zubda")
    done = CliRunner().invoke(
        app, ["read", str(tmp_path / "olm.md"), "--theatre", str(tmp_path / "war"), "-o", file, *asked]
    )
    assert done.exit_code == 0, done.output
    listed = json.loads(CliRunner().invoke(app, ["claims", file, "--extractor", "llm", "--json"]).output)
    assert [claim["extractor"] for claim in listed] == ["llm:good:1"]
