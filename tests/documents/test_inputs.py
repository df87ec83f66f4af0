"""Dumps, addresses, office files and folders to documents; errors that say what to do."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from zubda.documents import read_document, read_documents
from zubda.documents.address import read_address
from zubda.documents.dump import read_dump
from zubda.errors import DocumentError, MissingExtraError, NetworkError

HEAD = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n'


def page(title: str, text: str, ns: int = 0, extra: str = "") -> str:
    return (
        f"<page><title>{title}</title><ns>{ns}</ns>{extra}<revision><id>1</id><timestamp>2031-05-02T00:00:00Z</timestamp>"
        f'<model>wikitext</model><text xml:space="preserve">{text}</text></revision></page>\n'
    )


def write_dump(path: Path, pages: int, paragraph: str = "On 2 May '''Reds''' took [[Olm]]. ") -> None:
    opener = bz2.open if path.suffix == ".bz2" else gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(pages):
            file.write(page(f"Battle {number}", paragraph * 12))
        file.write("</mediawiki>")


@pytest.mark.parametrize("name", ["wiki.xml", "wiki.xml.bz2", "wiki.xml.gz"])
def test_a_dump_gives_its_articles(tmp_path: Path, name: str) -> None:
    write_dump(tmp_path / name, 3)
    found = list(read_documents([tmp_path / name]))
    assert [document.title for document in found] == ["Battle 0", "Battle 1", "Battle 2"]
    assert {str(document.published) for document in found} == {"2031-05-02"}
    assert found[0].origin.endswith(f"{name}#Battle 0")
    assert found[0].text.startswith("On 2 May Reds took Olm.")


def test_redirects_talk_pages_and_empty_pages_are_left_out(tmp_path: Path) -> None:
    pages = page("A", "Text here.") + page("Talk:A", "Talk.", ns=1) + page("B", "x", extra='<redirect title="A"/>')
    (tmp_path / "d.xml").write_text(HEAD + pages + page("C", "{{only|template}}") + "</mediawiki>", encoding="utf-8")
    assert [document.title for document in read_dump(tmp_path / "d.xml")] == ["A"]


def test_a_dump_of_500_pages_streams_in_constant_memory(tmp_path: Path) -> None:
    """Reading 500 pages may take no more memory at its peak than reading 50, a tenth allowed for what the interpreter keeps."""

    def peak(pages: int) -> int:
        path = tmp_path / f"{pages}.xml.bz2"
        write_dump(path, pages)
        tracemalloc.start()
        assert sum(1 for _ in read_dump(path)) == pages
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(5)
    assert peak(500) < 1.1 * peak(50) + 300_000


@pytest.mark.parametrize(
    "text", ["", "<html><body/></html>", HEAD + page("A", "x"), "no xml at all", HEAD + page("A", "x") + "<page><tit"]
)
def test_what_is_no_whole_dump_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.xml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as problem:
        list(read_dump(tmp_path / "d.xml"))
    assert problem.value.code == "document.dump"


def test_a_truncated_bz2_dump_is_told(tmp_path: Path) -> None:
    write_dump(tmp_path / "d.xml.bz2", 50)
    data = (tmp_path / "d.xml.bz2").read_bytes()
    (tmp_path / "d.xml.bz2").write_bytes(data[: len(data) // 2])
    with pytest.raises(DocumentError, match="no whole dump"):
        list(read_dump(tmp_path / "d.xml.bz2"))


class Wiki(BaseHTTPRequestHandler):
    """A small MediaWiki, and some other pages."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/w/api.php":
            title = parse_qs(address.query)["titles"][0]
            if title == "Gone":
                self.answer(json.dumps({"query": {"pages": [{"title": title, "missing": True}]}}), "application/json")
                return
            if title == "Nonsense":
                self.answer("<html>not json</html>", "application/json")
                return
            revision = {
                "timestamp": "2031-05-03T00:00:00Z",
                "slots": {"main": {"content": "On 2 May '''Reds''' took [[Olm]]."}},
            }
            self.answer(
                json.dumps({"query": {"pages": [{"title": title, "revisions": [revision]}]}}), "application/json"
            )
        elif address.path.startswith("/wiki/"):
            link = '<link rel="EditURI" type="application/rsd+xml" href="/w/api.php?action=rsd"/>'
            self.answer(f"<html><head>{link}</head><body>page</body></html>", "text/html; charset=UTF-8")
        elif address.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/wiki/Olm")
            self.end_headers()
        elif address.path == "/news":
            self.answer("<html><body><article><p>Reds took Olm on 2 May.</p></article></body></html>", "text/html")
        elif address.path == "/a.md":
            self.answer("# Olm\n\nReds took it.", "text/plain")
        elif address.path == "/picture":
            self.answer("x", "image/png")
        elif address.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"half")
        else:
            self.send_error(404)

    def answer(self, text: str, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Wiki)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/wiki/Battle_of_Olm", "/moved"])
def test_a_page_of_a_wiki_comes_through_its_interface(site: str, path: str) -> None:
    document = read_address(site + path)
    assert document.media_type == "text/x-wiki"
    assert document.text == "On 2 May Reds took Olm."
    assert str(document.published) == "2031-05-03"
    assert [link.target for link in document.links] == ["Olm"]


def test_other_pages_are_read_as_what_they_are(site: str) -> None:
    assert read_address(f"{site}/news").text == "Reds took Olm on 2 May."
    assert read_address(f"{site}/a.md").media_type == "text/markdown"
    assert [document.title for document in read_documents([f"{site}/a.md"])] == ["Olm"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/none", "network.status"),
        ("/picture", "network.type"),
        ("/wiki/Gone", "network.answer"),
        ("/wiki/Nonsense", "network.answer"),
        ("/cut", "network.unreachable"),
    ],
)
def test_answers_that_are_no_account_are_told(site: str, path: str, code: str) -> None:
    with pytest.raises(NetworkError) as problem:
        read_address(site + path)
    assert problem.value.code == code


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1:9/x", "network.unreachable"),
        ("ftp://x.y/z", "network.address"),
        ("https://", "network.address"),
    ],
)
def test_addresses_that_lead_nowhere_are_told(address: str, code: str) -> None:
    with pytest.raises(NetworkError) as problem:
        read_address(address)
    assert problem.value.code == code


def make_docx() -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title = "Situation report"
    document.add_heading("Olm", level=1)
    document.add_paragraph("On 2 May Reds *took* Olm.")
    document.add_paragraph("First point", style="List Bullet")
    document.add_paragraph("1. not a list")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Name", "Held by", "Olm", "Red | Blue"), strict=True
    ):
        cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_docx() -> None:
    document = read_document(make_docx(), origin="report.docx")
    assert document.title == "Situation report"
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "Olm"),
        ("paragraph", "On 2 May Reds *took* Olm."),
        ("list_item", "First point"),
        ("paragraph", "1. not a list"),
        ("table_row", "Name\tHeld by"),
        ("table_row", "Olm\tRed | Blue"),
    ]


def make_pdf(text: str) -> bytes:
    """A PDF of one page with one line, written by hand."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def test_pdf() -> None:
    pytest.importorskip("pypdf")
    document = read_document(make_pdf("On 2 May Reds took Olm."), origin="report")
    assert (document.media_type, document.text, document.raw) == ("application/pdf",) + ("On 2 May Reds took Olm.",) * 2


@pytest.mark.parametrize(("data", "name"), [(b"%PDF-1.4\nbroken", "a.pdf"), (b"PK\x03\x04 word/ broken", "a.docx")])
def test_damaged_office_files_are_told(data: bytes, name: str) -> None:
    pytest.importorskip("pypdf")
    pytest.importorskip("docx")
    with pytest.raises(DocumentError) as problem:
        read_document(data, origin=name)
    assert problem.value.code == "document.damaged"


@pytest.mark.parametrize(("name", "library"), [("a.pdf", "pypdf"), ("a.docx", "docx")])
def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, name: str, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError) as problem:
        read_document(b"%PDF-1.4", origin=name)
    assert problem.value.code == "extra.documents"
    assert "zubda[documents]" in problem.value.hint


def test_a_folder_gives_its_readable_files_by_name(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.html", "sub/d.wiki", "README.md", "e.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Reds took Olm.", encoding="utf-8")
    names = [Path(document.origin).name for document in read_documents([tmp_path])]
    assert names == ["a.txt", "b.md", "c.html", "d.wiki"]


def test_a_folder_without_readable_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as problem:
        list(read_documents([tmp_path]))
    assert problem.value.code == "document.empty_folder"


def test_what_cannot_be_read_in_a_folder_is_told_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Reds took Olm.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    left_out: list[DocumentError] = []
    read = list(read_documents([tmp_path], left_out.append))
    assert [Path(document.origin).name for document in read] == ["a.txt"]
    assert [problem.code for problem in left_out] == ["document.binary"]
    with pytest.raises(DocumentError, match="PNG"):
        list(read_documents([tmp_path]))
    (tmp_path / "a.txt").unlink()
    with pytest.raises(DocumentError, match="PNG"):
        list(read_documents([tmp_path], left_out.append))
