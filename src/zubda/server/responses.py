"""Answers of the server: bytes in the encoding that the client takes, and errors in the one shape."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

import brotli
import orjson
from starlette.responses import Response

from zubda.errors import InputError, UnknownNameError, UsageError, ZubdaError

__all__ = ["Variants", "accepted_encoding", "error_response", "media_type", "status_of"]

KEPT_BYTES = 128 * 2**20
SMALLEST = 512
BROTLI_QUALITY = 5
MEDIA_TYPES = {
    "bin": "application/octet-stream",
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "pmtiles": "application/octet-stream",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
COMPRESSED_ALREADY = frozenset({"png", "webp", "woff2", "pmtiles"})


def media_type(path: str) -> str:
    """The media type of a file by its ending."""
    return MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def accepted_encoding(header: str) -> str:
    """``br``, ``gzip`` or ``identity``: the best that an ``Accept-Encoding`` header takes."""
    taken = set()
    for part in header.lower().split(","):
        name, _, quality = part.partition(";")
        if quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return next((name for name in ("br", "gzip") if name in taken), "identity")


class Variants:
    """Resources by path and encoding, each compressed once and kept as long as there is room."""

    def __init__(self, read: Callable[[str], bytes], quality: int = BROTLI_QUALITY) -> None:
        self._read = read
        self._quality = quality
        self._kept: OrderedDict[tuple[str, str], tuple[bytes, str]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def kept(self, path: str, encoding: str) -> Response | None:
        """The answer if it is there already."""
        found = self._kept.get((path, encoding))
        return None if found is None else _response(path, *found)

    def response(self, path: str, encoding: str) -> Response:
        """The answer, worked out and compressed. Raises what the reader raises."""
        found = self._kept.get((path, encoding)) or self._compressed(path, encoding)
        with self._lock:
            if (path, encoding) not in self._kept:
                self._kept[path, encoding] = found
                self._bytes += len(found[0])
            while self._bytes > KEPT_BYTES and len(self._kept) > 1:
                self._bytes -= len(self._kept.popitem(last=False)[1][0])
        return _response(path, *found)

    def _compressed(self, path: str, encoding: str) -> tuple[bytes, str]:
        raw = self._read(path)
        if len(raw) >= SMALLEST and path.rpartition(".")[2] not in COMPRESSED_ALREADY:
            if encoding == "br":
                return brotli.compress(raw, quality=self._quality), "br"
            if encoding == "gzip":
                return gzip.compress(raw, 6, mtime=0), "gzip"
        return raw, "identity"


def _response(path: str, content: bytes, encoding: str) -> Response:
    headers = {"Vary": "Accept-Encoding"}
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Response(content, media_type=media_type(path), headers=headers)


def status_of(error: ZubdaError) -> int:
    """The HTTP status that goes with an error of ours."""
    if isinstance(error, UnknownNameError):
        return 404
    return 400 if isinstance(error, (UsageError, InputError)) else 500


def error_response(error: ZubdaError, status: int | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """``{"error": {"code", "what", "hint"}}`` with the status that goes with it."""
    body = orjson.dumps({"error": error.as_dict()})
    return Response(
        body, status or status_of(error), {**(headers or {}), "Cache-Control": "no-store"}, "application/json"
    )
