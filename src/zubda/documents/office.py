"""PDF and DOCX files, through the libraries of the extra ``documents``: their text is the raw text of the document.

That of a DOCX file is written as Markdown, so that headings, lists and tables are kept."""

from __future__ import annotations

import io
import logging
import re
from datetime import date, datetime
from typing import Any

from zubda.errors import DocumentError, MissingExtraError

__all__ = ["office_text"]

HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
PAGE_NUMBER = re.compile(r"^\s*(?:\d{1,4}|- ?\d{1,4} ?-)\s*$")
MARKS = re.compile(r"[\\`*_\[\]<>|~&]")
LINE_MARK = re.compile(r"^(\d*)([-#+.)])")


def office_text(data: bytes, name: str, form: str) -> tuple[str, tuple[str, ...], dict[str, object]]:
    """The text of a ``pdf`` or ``docx`` file, warnings, and what the file says of itself (title, day).

    Raises `DocumentError` (``document.damaged``, ``document.locked``) and `MissingExtraError` (``extra.documents``).
    """
    return _pdf(data, name) if form == "pdf" else _docx(data, name)


def _missing(name: str, problem: ImportError) -> MissingExtraError:
    return MissingExtraError(
        "documents", f"{name} needs a library that is not installed: {problem.name}.", "pip install 'zubda[documents]'"
    )


def _pdf(data: bytes, name: str) -> tuple[str, tuple[str, ...], dict[str, object]]:
    try:
        import pypdf
    except ImportError as problem:
        raise _missing(name, problem) from problem
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports what it mends; what it cannot mend it raises
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("locked", f"{name} is locked with a password.", "Save it without one.")
        pages = [page.extract_text() or "" for page in reader.pages]
        facts: dict[str, object] = {"title": reader.metadata.title if reader.metadata else None}
    except DocumentError:
        raise
    except Exception as problem:  # the library raises whatever a broken file makes it stumble over
        raise DocumentError("damaged", f"{name} is a damaged PDF: {problem}.", "Save it again.") from problem
    blank = sum(not page.strip() for page in pages)
    warnings = (f"{blank} of {len(pages)} pages hold no text: pictures of pages are not read.",) if blank else ()
    return "\n\n".join(_paragraphs(page) for page in pages), warnings, facts


def _paragraphs(page: str) -> str:
    """A page's lines without its number, words cut at a line's end joined, and a paragraph ended by a short line."""
    lines = [
        line.rstrip() for line in HYPHEN.sub("", page.replace("\r", "")).split("\n") if not PAGE_NUMBER.match(line)
    ]
    width = max(map(len, lines), default=0)
    parts = []
    for line in lines:
        parts.append(line)
        ends = len(line) < 0.75 * width and line.endswith((".", "!", "?", "。", "！", "？", ":", "”", '"'))
        parts.append("\n\n" if ends or not line else "\n")
    return "".join(parts).strip()


def _docx(data: bytes, name: str) -> tuple[str, tuple[str, ...], dict[str, object]]:
    try:
        import docx
    except ImportError as problem:
        raise _missing(name, problem) from problem
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [line for block in document.iter_inner_content() for line in _lines(block)]
        core = document.core_properties
        facts: dict[str, object] = {"title": core.title, "published": _day(core.created)}
    except Exception as problem:  # the library raises whatever a broken file makes it stumble over
        raise DocumentError("damaged", f"{name} is a damaged DOCX file: {problem}.", "Save it again.") from problem
    return "\n".join(lines), (), facts


def _day(value: datetime | None) -> date | None:
    return value.date() if value is not None else None


def _lines(block: Any) -> list[str]:
    """A block as Markdown: headings, items of lists, rows of tables; what would read as a mark of Markdown is escaped."""
    if hasattr(block, "rows"):
        rows = [[_escaped(" ".join(cell.text.split())) for cell in row.cells] for row in block.rows]
        lines = [f"| {' | '.join(row)} |" for row in rows if any(row)]
        return ["", *lines[:1], "|" + " --- |" * len(rows[0]), *lines[1:], ""] if lines else []
    style = (block.style.name or "") if block.style is not None else ""
    text = _escaped(" ".join(block.text.split()))
    heading = re.match(r"Heading (\d)|Title$", style)
    if not text:
        return []
    if heading:
        return [f"{'#' * min(6, int(heading.group(1) or 1))} {text}", ""]
    return [f"- {text}" if style.startswith("List") else text, ""]


def _escaped(text: str) -> str:
    return LINE_MARK.sub(r"\1\\\2", MARKS.sub(r"\\\g<0>", text))
