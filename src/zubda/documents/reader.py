"""One file to a document, whatever its form."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from zubda.documents.decoding import MAX_BYTES, decode
from zubda.documents.markdown import read_markdown
from zubda.documents.plain import PlainText
from zubda.documents.sections import SectionNames, section_names
from zubda.errors import DocumentError
from zubda.model import Block, Document

__all__ = ["SUFFIXES", "read_document"]

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
MAX_FRONT_MATTER = 200_000
PARAGRAPH_BREAK = re.compile(r"(?:\r\n|\n|\r)[ \t\u3000]*(?:\r\n|\n|\r)(?:[ \t\u3000]*(?:\r\n|\n|\r))*")
LINE_BREAK = re.compile(r"\r\n|\n|\r")
MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} |\s*[-*+] |> )|\]\([^)\n]+\)|\*\*\S", re.MULTILINE)
SAMPLE = 20_000
MAX_TABLE_BYTES = 8 * MAX_BYTES
SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown",
    ".wiki": "wikitext", ".wikitext": "wikitext", ".mediawiki": "wikitext",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".txt": "plain", ".text": "plain",
    ".pdf": "pdf", ".docx": "docx", ".csv": "table", ".tsv": "table",
}  # fmt: skip
"""Endings of files and the form that they tell; the form of others is seen from their text."""
MEDIA_TYPES = {
    "markdown": "text/markdown", "wikitext": "text/x-wiki", "html": "text/html", "plain": "text/plain", "pdf": "application/pdf",
    "table": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def read_document(
    source: Path | str | bytes,
    *,
    title: str | None = None,
    origin: str | None = None,
    language: str = "auto",
    published: date | None = None,
    form: str | None = None,
) -> Document:
    """One document from a file's path or its bytes.

    ``origin`` defaults to the path, ``title`` to what the document says or the file's name, ``language`` to what it is detected
    to be, ``published`` to the day that the document gives for itself. ``form`` is ``markdown``, ``wikitext``, ``html``, ``plain``,
    ``table``, ``pdf`` or ``docx``; by default the ending of ``origin`` tells it, or the text itself. The raw text of a PDF or DOCX file, to which
    all offsets lead, is the text taken out of it.

    Raises `DocumentError`: ``document.missing``, ``document.folder``, ``document.damaged``, and those of `decode`;
    `MissingExtraError` (``extra.documents``) for PDF and DOCX where their libraries are not installed.
    """
    data, name = (source, origin or "text") if isinstance(source, bytes) else (_bytes(Path(source)), str(source))
    form = form or _told_form(name) or _office(data)
    content = _unpacked(data, name) if form == "table" else data
    raw, warnings, start, facts = _raw(content, name, form)
    if form is None or form == "plain":
        form = "markdown" if start else _seen_form(raw, start)
    out = _readers()[form](raw, section_names(), start)
    text = out.text()
    if not text.strip():
        raise DocumentError("empty", f"{name} holds no text.", "Give a file with text in it.")
    if form == "html":
        facts = _page_facts(raw)
    digest = sha256(data).hexdigest()
    return Document(
        id="d" + digest[:12],
        title=title or _said(facts, "title", "subject", "name") or _first_heading(out, text) or Path(name).stem,
        origin=origin or name,
        sha256=digest,
        language=language if language != "auto" else "en" if form == "table" else _language(text),
        media_type=MEDIA_TYPES[form],
        raw=raw,
        text=text,
        offsets=out.offsets(),
        blocks=tuple(out.blocks),
        links=tuple(out.links),
        published=published or _day(facts, "pubDate", "published", "date"),
        warnings=warnings,
    )


def _told_form(name: str) -> str | None:
    path = Path(name.split("?")[0].lower())
    if path.suffix == ".gz" and SUFFIXES.get(path.with_suffix("").suffix) == "table":
        return "table"
    return SUFFIXES.get(path.suffix)


def _unpacked(data: bytes, name: str) -> bytes:
    """The bytes of a table, unpacked if they are packed with gzip, as far as a table may be long."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(MAX_TABLE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise DocumentError("damaged", f"{name} cannot be unpacked: {problem}.", "Fetch it again.") from problem


def _office(data: bytes) -> str | None:
    if data.startswith(b"%PDF"):
        return "pdf"
    return "docx" if data.startswith(b"PK\x03\x04") and b"word/" in data else None


def _raw(data: bytes, name: str, form: str | None) -> tuple[str, tuple[str, ...], int, dict[str, object]]:
    """The raw text, warnings, where the account begins in it, and what the document says of itself."""
    if form in ("pdf", "docx"):
        from zubda.documents.office import office_text

        raw, warnings, facts = office_text(data, name, form)
        return raw, warnings, 0, facts
    raw, warnings = decode(data, name, MAX_TABLE_BYTES if form == "table" else MAX_BYTES)
    if form in ("html", "table"):
        return raw, warnings, 0, {}
    facts, start, problem = _front_matter(raw)
    return raw, (*warnings, *problem), start, facts


def _seen_form(raw: str, start: int) -> str:
    """The form of a text that no name tells, by its marks."""
    from zubda.documents.html import looks_like_html
    from zubda.documents.wikitext import looks_like_wikitext

    sample = raw[start : start + SAMPLE]
    if looks_like_html(sample):
        return "html"
    if looks_like_wikitext(sample):
        return "wikitext"
    return "markdown" if len(MARKDOWN_SIGNS.findall(sample)) >= 3 else "plain"


def _readers() -> dict[str, Callable[[str, SectionNames, int], PlainText]]:
    """A reader for each form."""
    from zubda.documents.html import read_html
    from zubda.documents.wikitext import read_wikitext

    return {
        "markdown": read_markdown,
        "wikitext": read_wikitext,
        "html": read_html,
        "plain": _read_plain,
        "pdf": _read_plain,
        "docx": read_markdown,
        "table": _read_table,
    }


def _page_facts(raw: str) -> dict[str, object]:
    from zubda.documents.html import page_facts

    title, day = page_facts(raw)
    return {"title": title, "published": day}


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise DocumentError("folder", f"{path} is a folder.", "Give it to `zubda read`, which reads the files in it.")
    try:
        return path.read_bytes()
    except OSError as problem:
        raise DocumentError("missing", f"{path} cannot be read: {problem.strerror}.", "Check the path.") from problem


def _front_matter(raw: str) -> tuple[dict[str, object], int, tuple[str, ...]]:
    """Facts at the head of a file, where the text begins, and a warning if they cannot be read."""
    match = FRONT_MATTER.match(raw[:MAX_FRONT_MATTER])
    if match is None:
        return {}, 0, ()
    import yaml

    try:
        facts = yaml.load(match.group(1), Loader=_loader())
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, match.end(), ("The facts at its head (front matter) are not valid YAML and were left out.",)
    return (facts if isinstance(facts, dict) else {}), match.end(), ()


@cache
def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", None) or yaml.SafeLoader


def _said(facts: dict[str, object], *names: str) -> str | None:
    for name in names:
        value = facts.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _day(facts: dict[str, object], *names: str) -> date | None:
    for name in names:
        value = facts.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}", value):
            try:
                return date.fromisoformat(value[:10])
            except ValueError:
                continue
    return None


def _first_heading(out: PlainText, text: str) -> str | None:
    first = out.blocks[0] if out.blocks else None
    if first and first.kind == "heading" and first.level <= 2:
        return text[first.start : first.end].strip() or None
    return None


def _language(text: str) -> str:
    from zubda.languages.detection import detect_language

    return detect_language(text)


def _read_table(raw: str, sections: SectionNames, start: int = 0) -> PlainText:
    """A table of coded data: its text as it stands, without blocks, since no rule of a language reads it."""
    out = PlainText(raw)
    out.copy(start, len(raw))
    return out


def _read_plain(raw: str, sections: SectionNames, start: int = 0) -> PlainText:
    """Plain text: paragraphs are parted by empty lines; where there is none, every line is a paragraph."""
    out = PlainText(raw)
    separator = PARAGRAPH_BREAK if PARAGRAPH_BREAK.search(raw, start) else LINE_BREAK
    position = start
    for match in separator.finditer(raw, start):
        _paragraph(out, position, match.start())
        position = match.end()
    _paragraph(out, position, len(raw))
    return out


def _paragraph(out: PlainText, start: int, end: int) -> None:
    while end > start and out.raw[end - 1].isspace():
        end -= 1
    while start < end and out.raw[start].isspace():
        start += 1
    if start == end:
        return
    if out.length:
        out.insert("\n")
    first = out.length
    position = start
    for match in LINE_BREAK.finditer(out.raw, start, end):
        out.copy(position, match.start())
        out.join()
        position = match.end()
    out.copy(position, end)
    out.blocks.append(Block("paragraph", first, out.length))
