"""Files, folders and addresses to documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from zubda.documents.decoding import decode
from zubda.documents.markdown import read_markdown
from zubda.documents.plain import PlainText
from zubda.documents.sections import SectionNames, section_names
from zubda.errors import DocumentError
from zubda.model import Block, Document

__all__ = ["read_document", "read_documents"]

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
MAX_FRONT_MATTER = 200_000
PARAGRAPH_BREAK = re.compile(r"(?:\r\n|\n|\r)[ \t\u3000]*(?:\r\n|\n|\r)(?:[ \t\u3000]*(?:\r\n|\n|\r))*")
LINE_BREAK = re.compile(r"\r\n|\n|\r")
MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
TEXT_SUFFIXES = {".txt", ".text", ""}
MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} |\s*[-*+] |> )|\]\([^)\n]+\)|\*\*\S", re.MULTILINE)


def read_document(
    source: Path | str | bytes,
    *,
    title: str | None = None,
    origin: str | None = None,
    language: str = "auto",
    published: date | None = None,
) -> Document:
    """One document from a file's path or its bytes.

    ``origin`` defaults to the path, ``title`` to what the document says or the file's name, ``language`` to what it is detected
    to be, ``published`` to the day that the document gives for itself.

    Raises `DocumentError`: ``document.missing``, ``document.folder``, and those of `decode`.
    """
    data, name = (source, origin or "text") if isinstance(source, bytes) else (_bytes(Path(source)), str(source))
    raw, warnings = decode(data, name)
    facts, start, problem = _front_matter(raw)
    suffix = Path(name).suffix.lower()
    markdown = suffix in MARKDOWN_SUFFIXES or (
        suffix in TEXT_SUFFIXES and len(MARKDOWN_SIGNS.findall(raw[:20_000])) >= 3
    )
    reader = read_markdown if markdown or start else _read_plain
    out = reader(raw, section_names(), start)
    text = out.text()
    if not text.strip():
        raise DocumentError("empty", f"{name} holds no text.", "Give a file with text in it.")
    digest = sha256(data).hexdigest()
    return Document(
        id="d" + digest[:12],
        title=title or _said(facts, "title", "subject", "name") or _first_heading(out, text) or Path(name).stem,
        origin=origin or name,
        sha256=digest,
        language=_language(text) if language == "auto" else language,
        media_type="text/markdown" if reader is read_markdown else "text/plain",
        raw=raw,
        text=text,
        offsets=out.offsets(),
        blocks=tuple(out.blocks),
        links=tuple(out.links),
        published=published or _day(facts, "pubDate", "published", "date"),
        warnings=(*warnings, *problem),
    )


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


def read_documents(inputs: Iterable[Path | str]) -> Iterator[Document]:
    """Documents of files and of folders (their readable files, by name, folders below included), in that order.

    Raises `DocumentError` as `read_document` does; ``document.empty_folder`` for a folder without a readable file.
    """
    for given in inputs:
        path = Path(given)
        if not path.is_dir():
            yield read_document(path)
            continue
        found = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in READERS)
        if not found:
            raise DocumentError(
                "empty_folder",
                f"There is no readable file in {path}.",
                f"Endings that are read: {', '.join(sorted(READERS))}.",
            )
        for file in found:
            if file.name.casefold() != "readme.md":
                yield read_document(file)


READERS: dict[str, Callable[..., object]] = dict.fromkeys((*MARKDOWN_SUFFIXES, ".txt", ".text"), read_document)
