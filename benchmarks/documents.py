"""Reading documents: web pages, wikitext, dumps and coded events to plain text with the way back, beside what the parsers alone do.

The peers are the parsers that are used, asked for their own plain text: without blocks, tables, sections or a map to the source.
"""

from __future__ import annotations

import bz2
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.record import SHARED, Figure, sample, timed

__all__ = ["run"]

RUNS = 3
PARAGRAPHS = 4_000
WIKITEXT = (
    "'''On''' 2 May the [[Red Army (Olmaria)|Red&nbsp;Army]] took [[Olm]] and at least 30 people died,"
    "<ref>{{cite web|url=http://x.y|title=A}}</ref> said Red Radio. {{lang|ar|حلب}} was shelled.\n\n"
)
PAGE = (
    '<p>On 2 May the <a href="/wiki/Red_Army">Red&nbsp;Army</a> took <b>Olm</b> and at least 30 people died'
    '<sup class="reference">[1]</sup>, said Red Radio.</p>\n'
)
EVENTS = SHARED / "data" / "ucdp_ged191_syria.csv.gz"


def _speed(what: str, work: Callable[[], object], size: int) -> Figure:
    return sample(what, [size / seconds / 1e6 for seconds in timed(work, RUNS)], "MB/s", f"{size / 1e6:.1f} MB")


def _dump(folder: Path, pages: int) -> Path:
    path = folder / "wiki.xml.bz2"
    with bz2.open(path, "wt", encoding="utf-8") as file:
        file.write('<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">')
        for number in range(pages):
            text = (WIKITEXT * 20).replace("&", "&amp;").replace("<", "&lt;")
            file.write(
                f"<page><title>Battle {number}</title><ns>0</ns><revision><timestamp>2031-05-02T00:00:00Z</timestamp>"
                f"<model>wikitext</model><text>{text}</text></revision></page>"
            )
        file.write("</mediawiki>")
    return path


def run() -> list[Figure]:
    """Speeds of each form and of its parser alone."""
    import mwparserfromhell
    from selectolax.lexbor import LexborHTMLParser

    from zubda.documents import read_document
    from zubda.documents.dump import read_dump

    wiki = WIKITEXT * PARAGRAPHS
    page = f"<html><body><article>{PAGE * PARAGRAPHS}</article></body></html>"
    figures = [
        _speed("wikitext: document", lambda: read_document(wiki.encode(), origin="a.wiki"), len(wiki.encode())),
        _speed(
            "wikitext: mwparserfromhell strip_code",
            lambda: mwparserfromhell.parse(wiki).strip_code(),
            len(wiki.encode()),
        ),
        _speed("web page: document", lambda: read_document(page.encode(), origin="a.html"), len(page.encode())),
        _speed("web page: selectolax text", lambda: LexborHTMLParser(page).text(), len(page.encode())),
    ]
    with tempfile.TemporaryDirectory() as folder:
        dump = _dump(Path(folder), 500)
        size = len(bz2.decompress(dump.read_bytes()))
        figures.append(_speed("dump of 500 pages: documents", lambda: sum(1 for _ in read_dump(dump)), size))
    if EVENTS.is_file():
        figures.append(_events())
    return figures


def _events() -> Figure:
    from zubda.documents import read_document
    from zubda.interchange.coded import coded_claims
    from zubda.theatres import load_theatre

    theatre = load_theatre("syria")
    count = len(coded_claims(read_document(EVENTS), theatre).claims)
    rates = [count / seconds for seconds in timed(lambda: coded_claims(read_document(EVENTS), theatre), RUNS)]
    return sample("UCDP GED: claims", rates, "rows/s", f"{count} rows")
