"""Wikitext and HTML: what is read, what is left out, and that every character stands where the map says."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.documents.html import read_html
from zubda.documents.sections import section_names
from zubda.documents.taming import tame
from zubda.documents.wikitext import read_wikitext
from zubda.errors import DocumentError
from zubda.model import Document

WIKITEXT = """{{Infobox battle|place={{flag|Olmaria}}}}
'''Battle''' of [[Olm (city)|the Olm]] (<ref>note</ref>) began {{lang|ar|حلب}} &ndash; so.
Its second line. [[File:map.png|thumb|A map of [[Karu]]]] [[fr:Bataille]]

* first
** second [[Karu]]
; 2 May
== Course ==
'''3 May 2031'''
{| class="wikitable"
! Name !! Held by
|-
| Karu || {{flag|Red}}
|-
| colspan=2 | two<br/>lines
|}
{| class="navbox"
| [[Other]] [[battles]]
|}
-{zh-hans:甲;zh-hant:乙}-走了（<ref name=a/>）。{{cite web|url=x}}
{{broken|x
end [[open
== References ==
* not an account
"""

HTML = """<!doctype html><html><head><title>Battle  of Olm</title>
<meta property="article:published_time" content="2031-05-02T10:00:00Z"><script>var x="<p>no</p>";</script></head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav><div class="cookie-banner">Accept cookies</div>
<article><h1>Battle of Olm</h1>
<p>On 2 May the <a href="/wiki/Red_Army">Red&nbsp;Army</a> took Olm&mdash;at least 30<sup class="reference">[1]</sup>
died (<sup class="reference">[2]</sup>).<br>It &lt;fell&gt;.
<p>Unclosed <b>bold <i>both</b> crossed</i>.
<ul><li>First<li>Second</ul><ul><li><a href=a>More</a><li><a href=b>battles</a></ul>
<table><tr><th>Name<th>Held by<tr><td>Olm<td>Red<br>Army</table>
<h2>References</h2><ol><li>a reference that is long enough to be read as an account of something</li></ol>
</article><footer>All rights</footer></body></html>"""


def told(document: Document, narrative: bool = True) -> list[tuple[str, str]]:
    return [
        (block.kind, document.text[block.start : block.end])
        for block in document.blocks
        if block.narrative or not narrative
    ]


def faithful(
    raw: str, document_text: str, plain: tuple[int, ...], at: tuple[int, ...], lengths: tuple[int, ...]
) -> None:
    """Every run is the raw text itself, or one character that stands for an entity or white space."""
    for start, source, length in zip(plain, at, lengths, strict=True):
        here, there = document_text[start : start + length], raw[source : source + length]
        assert here == there or (length == 1 and (there == "&" or there.isspace())), (here, there)


def test_wikitext() -> None:
    document = read_document(WIKITEXT.encode(), origin="olm.wiki")
    assert told(document) == [
        ("paragraph", "Battle of the Olm began حلب – so. Its second line."),
        ("list_item", "first"),
        ("list_item", "second Karu"),
        ("heading", "2 May"),
        ("heading", "Course"),
        ("heading", "3 May 2031"),
        ("table_row", "Karu\tRed"),
        ("table_row", "two\nlines"),
        ("paragraph", "甲走了。broken|x end open"),
        ("heading", "References"),
    ]
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("the Olm", "Olm (city)"),
        ("Karu", "Karu"),
    ]
    assert document.raw == WIKITEXT


def test_html() -> None:
    document = read_document(HTML.encode(), origin="olm.html")
    assert told(document) == [
        ("heading", "Battle of Olm"),
        ("paragraph", "On 2 May the Red Army took Olm—at least 30 died. It <fell>."),
        ("paragraph", "Unclosed bold both crossed."),
        ("list_item", "First"),
        ("list_item", "Second"),
        ("table_row", "Olm\tRed\nArmy"),
        ("heading", "References"),
    ]
    assert (document.title, str(document.published)) == ("Battle of Olm", "2031-05-02")
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("Red Army", "Red Army")
    ]


@pytest.mark.parametrize(("name", "text"), [("a.wiki", WIKITEXT), ("a.html", HTML)])
def test_characters_stand_where_the_map_says(name: str, text: str) -> None:
    document = read_document(text.encode(), origin=name)
    faithful(text, document.text, document.offsets.plain, document.offsets.raw, document.offsets.lengths)


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (WIKITEXT, "text/x-wiki"),
        (HTML, "text/html"),
        ("Only a line.\n\nAnother.", "text/plain"),
        ("# A\n\n- b\n- c\n", "text/markdown"),
    ],
)
def test_the_form_is_seen_without_a_name(text: str, media_type: str) -> None:
    assert read_document(text.encode(), origin="account").media_type == media_type


WIKI_PIECES = st.sampled_from(
    ["[[", "]]", "{{", "}}", "|", "'''", "<ref>", "</ref>", "\n", "\n\n", "== ", " ==", "{|", "|}", "|-", "* ", "Olm ", "甲",
     "<br>", "&amp;", "-{", "}-", "[http://x ", "]", "<!--", "-->", "(", ")", "<div>", "</div>", "{{lang|ar|x}}"]
)  # fmt: skip
HTML_PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class=menu>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>", "</ul>", "&amp;", "&nbsp;",
     "<b>", "</i>", "Olm ", "甲", "\n", "<", ">", "&", "<a href=x>", "</a>", "<!--", "-->", "<script>", "</script>", "<h2>", "(", ")",
     "\ue0f0", "\ue0f1", "\ue0f00\ue0f1", "<th>", "<br>", "</tr>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WIKI_PIECES, max_size=40).map("".join))
def test_any_wikitext_is_read_and_mapped(text: str) -> None:
    out = read_wikitext(text, section_names())
    offsets = out.offsets()
    faithful(text, out.text(), offsets.plain, offsets.raw, offsets.lengths)
    assert len(tame(text)) == len(text)
    for block in out.blocks:
        assert 0 <= block.start <= block.end <= len(out.text())


@settings(max_examples=150, deadline=None)
@given(st.lists(HTML_PIECES, max_size=40).map("".join))
def test_any_page_is_read_and_mapped(text: str) -> None:
    out = read_html(text, section_names())
    offsets = out.offsets()
    faithful(text, out.text(), offsets.plain, offsets.raw, offsets.lengths)
    for block in out.blocks:
        assert 0 <= block.start <= block.end <= len(out.text())


@pytest.mark.parametrize("piece", ["{{a|", "[[", "<ref>", "<div>", "{|\n", "[http://a ", "''", "\n*", "<!--", "-{zh:"])
def test_hostile_wikitext_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    read_wikitext(piece * 5000, section_names())
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("piece", ["<div>", "<table>", "<b>", "<!--", "<script>", '<a x="', "<ul><li>", "&", "("])
def test_hostile_pages_take_no_time(piece: str) -> None:
    started = time.perf_counter()
    read_html(piece * 5000, section_names())
    assert time.perf_counter() - started < 5


def test_a_page_of_nothing_but_menus_is_empty() -> None:
    with pytest.raises(DocumentError) as problem:
        read_document(b"<html><body><nav>Home</nav><footer>x</footer></body></html>", origin="a.html")
    assert problem.value.code == "document.empty"
