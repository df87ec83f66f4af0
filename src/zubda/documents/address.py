"""Addresses to documents: pages of a MediaWiki by its public interface, other pages as they are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from zubda._version import __version__
from zubda.documents.decoding import MAX_BYTES
from zubda.documents.reader import SUFFIXES, read_document
from zubda.errors import DocumentError, NetworkError
from zubda.model import Document

__all__ = ["read_address"]

TIMEOUT = 30.0
TRIES = 2
AGENT = f"zubda/{__version__} (reads accounts of battles for research)"
EDIT_LINK = re.compile(r"<link\b[^>]*\brel=[\"']EditURI[\"'][^>]*>", re.IGNORECASE)
HREF = re.compile(r"\bhref=[\"']([^\"']+)[\"']", re.IGNORECASE)
PAGE_NAME = re.compile(r'"wgPageName"\s*:\s*"((?:[^"\\]|\\.)*)"')
FORMS = {
    "text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown", "text/x-wiki": "wikitext",
    "text/plain": None, "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip


def read_address(address: str, *, language: str = "auto", client: httpx.Client | None = None) -> Document:
    """The document at an ``http`` or ``https`` address.

    A page of a MediaWiki (it says so itself, in its head) is fetched as wikitext through the wiki's public interface, with redirects
    followed and the revision's day; anything else is read as what the server says that it is.

    Raises `NetworkError`: ``network.address`` for what is no address, ``network.unreachable``, ``network.timeout``,
    ``network.status`` (answers that are errors), ``network.answer`` (an interface that does not answer as it should),
    ``network.type`` for pictures and the like; and `DocumentError` as `read_document` does.
    """
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise NetworkError("address", f"{address!r} is no web address.", "Give one that begins with https://.")
    session = client or httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": AGENT})
    try:
        data, kind, final = _fetch(session, address)
        if kind not in FORMS:
            raise NetworkError(
                "type", f"{address} is {kind or 'of no told kind'}, no text.", "Give a page, not a picture or data."
            )
        wiki = _wiki(data, final) if FORMS[kind] == "html" else None
        if wiki is not None:
            return _wiki_page(session, *wiki, language)
        form = FORMS[kind] or SUFFIXES.get(PurePosixPath(urlsplit(final).path).suffix.lower())
        return read_document(data, origin=address, language=language, form=form)
    finally:
        if client is None:
            session.close()


def _fetch(session: httpx.Client, address: str, **parameters: Any) -> tuple[bytes, str, str]:
    """Content, kind without its parameters, and the address after redirects."""
    problem: NetworkError | None = None
    for _ in range(TRIES):
        try:
            return _fetch_once(session, address, parameters)
        except httpx.TimeoutException as reason:
            problem = NetworkError("timeout", f"{address} did not answer in {TIMEOUT:.0f} seconds.", "Try again later.")
            problem.__cause__ = reason
        except (httpx.HTTPError, httpx.InvalidURL) as reason:
            problem = NetworkError(
                "unreachable",
                f"{address} cannot be reached: {reason}.",
                "Check the address and your network, or give a file.",
            )
            problem.__cause__ = reason
    assert problem is not None
    raise problem


def _fetch_once(session: httpx.Client, address: str, parameters: dict[str, Any]) -> tuple[bytes, str, str]:
    with session.stream("GET", address, params=parameters or None) as answer:
        if answer.status_code >= 400:
            raise NetworkError(
                "status",
                f"{address} answered {answer.status_code} {answer.reason_phrase}.",
                "Check the address; or try again later.",
            )
        parts, size = [], 0
        for part in answer.iter_bytes():
            size += len(part)
            if size > MAX_BYTES:
                raise DocumentError(
                    "too_large",
                    f"{address} is longer than {MAX_BYTES / 1e6:.0f} MB.",
                    "Give a page that holds one account.",
                )
            parts.append(part)
        kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        return b"".join(parts), kind, str(answer.url)


def _wiki(data: bytes, address: str) -> tuple[str, str, str] | None:
    """The interface's address, the page's name and the page's address, if the page says that it is one of a MediaWiki."""
    head = data[:300_000].decode("utf-8", errors="replace")
    link = EDIT_LINK.search(head)
    href = HREF.search(link.group()) if link else None
    name = PAGE_NAME.search(head)
    if href is None:
        return None
    interface = urljoin(address, href.group(1).replace("&amp;", "&")).split("?")[0]
    if name is not None:
        title = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), name[1]).replace("\\", "")
    else:
        title = unquote(urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1])
    return (interface, title.replace("_", " "), address) if title else None


def _wiki_page(session: httpx.Client, interface: str, title: str, address: str, language: str) -> Document:
    data, _, _ = _fetch(
        session, interface, action="query", prop="revisions", rvprop="content|timestamp", rvslots="main", redirects="1",
        titles=title, format="json", formatversion="2",
    )  # fmt: skip
    import orjson

    try:
        page = orjson.loads(data)["query"]["pages"][0]
        revision = page["revisions"][0]
        text = revision["slots"]["main"]["content"]
        day = date.fromisoformat(revision["timestamp"][:10])
        name = page["title"]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError, ValueError) as problem:
        raise NetworkError(
            "answer",
            f"The wiki at {interface} did not give the page {title!r}.",
            "Check the page's name; or save it as a file.",
        ) from problem
    return read_document(
        text.encode("utf-8", errors="replace"),
        title=name,
        origin=address,
        language=language,
        published=day,
        form="wikitext",
    )
