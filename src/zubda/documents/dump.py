"""MediaWiki XML dumps, page by page, in constant memory."""

from __future__ import annotations

import bz2
import gzip
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO

from zubda.documents.decoding import MAX_BYTES
from zubda.documents.reader import read_document
from zubda.errors import DocumentError
from zubda.model import Document

__all__ = ["read_dump"]

WIKITEXT_MODELS = ("wikitext", "")


def read_dump(path: Path | str, *, language: str = "auto") -> Iterator[Document]:
    """The articles of a dump (``pages-articles`` and the like; plain, bz2 or gzip), one at a time.

    Redirects, pages outside the main namespace and pages that are not wikitext are left out; of several revisions the last of the
    file is read. A document's origin is ``path#title``, its ``published`` day that of the revision. Pages that hold no text are left out.

    Raises `DocumentError`: ``document.missing``; ``document.dump`` for a file that is no dump, or is cut off or damaged.
    """
    path = Path(path)
    with ExitStack() as stack:
        try:
            file = stack.enter_context(_open(path))
        except OSError as problem:
            raise DocumentError(
                "missing", f"{path} cannot be read: {problem.strerror}.", "Check the path."
            ) from problem
        yield from _pages(file, path, language)


def _open(path: Path) -> IO[bytes]:
    suffix = path.suffix.lower()
    if suffix == ".bz2":
        return bz2.open(path, "rb")
    if suffix == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return path.open("rb")


def _pages(file: IO[bytes], path: Path, language: str) -> Iterator[Document]:
    read = 0
    try:
        events = ElementTree.iterparse(file, events=("start", "end"))
        _, root = next(events)
        if _name(root) != "mediawiki":
            raise DocumentError(
                "dump",
                f"{path} is XML, but no dump of a wiki: it begins with <{_name(root)}>.",
                "Give a MediaWiki export.",
            )
        for event, element in events:
            if event == "end" and _name(element) == "page":
                document = _page(element, path, language)
                read += document is not None
                if document is not None:
                    yield document
                root.clear()
    except (ElementTree.ParseError, EOFError, OSError, StopIteration) as problem:
        raise DocumentError(
            "dump",
            f"{path} is no whole dump: {problem or 'it is empty'}; {read} articles were read.",
            "Fetch it again.",
        ) from problem


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    found = None
    for child in element:
        if _name(child) == name:
            found = child
    return found


def _text(element: ElementTree.Element | None, name: str) -> str:
    child = _child(element, name) if element is not None else None
    return (child.text or "") if child is not None else ""


def _page(page: ElementTree.Element, path: Path, language: str) -> Document | None:
    revision = _child(page, "revision")
    text = _text(revision, "text")
    title = _text(page, "title").strip()
    wanted = _text(page, "ns").strip() in ("", "0") and _child(page, "redirect") is None
    if not wanted or not text.strip() or _text(revision, "model").strip() not in WIKITEXT_MODELS:
        return None
    data = text.encode("utf-8", errors="replace")
    if len(data) > MAX_BYTES:
        return None
    try:
        return read_document(
            data,
            title=title or None,
            origin=f"{path}#{title}",
            language=language,
            published=_day(_text(revision, "timestamp")),
            form="wikitext",
        )
    except DocumentError as problem:
        if problem.code == "document.empty":
            return None
        raise


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
