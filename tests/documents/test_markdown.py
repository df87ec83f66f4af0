"""Markdown and plain text: every character maps back, whatever is written; the reference texts leave no markup behind."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.documents.markdown import read_markdown
from zubda.documents.sections import section_names
from zubda.errors import DocumentError

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
PIECES = st.sampled_from(
    ["[", "](", ")", "]", "![", "**", "*", "_", "`", "\\[", "\\]", "12", "|", "\n", "\n\n", "# ", "- ", "> ", "| --- |", "<br>", "&amp;",
     "-{", "}-", "zh-hans:", ";", "（", "）", " ", "Olm ", "甲", "\r\n", "<ref>", "</ref>", "---", "```", "\u200b", "[object Object]",
     '(https://x.y/A "wikilink")', "~~", "\\", "<!--", "-->", "|a|b|\n|-|-|\n"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=50).map("".join))
def test_any_markdown_is_read_and_mapped(raw: str) -> None:
    out = read_markdown(raw, section_names())
    text, offsets = out.text(), out.offsets()
    for plain, source, length in zip(offsets.plain, offsets.raw, offsets.lengths, strict=True):
        assert text[plain : plain + length] == raw[source : source + length] or (length == 1 and raw[source] == "&")
    assert list(offsets.plain) == sorted(offsets.plain)
    for block in out.blocks:
        assert 0 <= block.start <= block.end <= len(text)
        assert all(block.start <= start <= end <= block.end for start, end in block.cells)
    for link in out.links:
        assert 0 <= link.start < link.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip(" \t\r\n\x00") != ""))
def test_plain_text_maps_back(raw: str) -> None:
    data = raw.encode("utf-8", errors="ignore")
    try:
        document = read_document(data, origin="a.txt")
    except DocumentError:
        return
    offsets = document.offsets
    for plain, source, length in zip(offsets.plain, offsets.raw, offsets.lengths, strict=True):
        here, there = document.text[plain : plain + length], document.raw[source : source + length]
        assert here == there or (length == 1 and there in "&\u00a0")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('[阿扎茲和](https://x.y/阿扎茲 "wikilink")巴卜', "阿扎茲和巴卜"),
        ("-{Sha’ar}-区", "Sha’ar区"),
        ("政府军\\[12\\]撤退。", "政府军撤退。"),
        ("城市（）被攻占", "城市被攻占"),
        ("![map](a.png)Olm fell.", "Olm fell."),
        ("Olm\nfell.", "Olm fell."),
        ("政府军\n撤退。", "政府军撤退。"),
        ("5 \\* 6 & 7 &lt; 8", "5 * 6 & 7 < 8"),
        ("References[object Object]", "References"),
    ],
)
def test_hazards(raw: str, text: str) -> None:
    assert read_document(raw.encode(), origin="a.md").text == text


def test_reference_lists_are_no_account() -> None:
    document = read_document(
        b"# Olm\n\nIt fell.\n\n## References[object Object]\n\nNo account.\n\n## Aftermath\n\nPeace.", origin="a.md"
    )
    told = [document.text[block.start : block.end] for block in document.blocks if block.narrative]
    assert told == ["Olm", "It fell.", "References", "Aftermath", "Peace."]


def test_the_reference_texts_leave_no_markup_behind() -> None:
    files = sorted(CORPUS.rglob("*.md"))
    if not files:
        pytest.skip("needs ../shared/corpus")
    left = re.compile(r"wikilink|!\[|\*\*|\\\[|&[a-z]+;|-\{|</?\w+>|[(（]\s*[)）]|\[object")
    for file in files:
        document = read_document(file)
        offsets = document.offsets
        for plain, source, length in zip(offsets.plain, offsets.raw, offsets.lengths, strict=True):
            assert document.text[plain : plain + length] == document.raw[source : source + length]
        assert left.findall(document.text) == []


@pytest.mark.parametrize("piece", ["[", "[a](", "<ref>", "<!--", "-{", "*a ", "|", "(", "> ", "`", "\\["])
def test_hostile_markdown_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    read_markdown(piece * 30_000, section_names())
    assert time.perf_counter() - started < 5
