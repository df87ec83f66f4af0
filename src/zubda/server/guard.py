"""What every answer goes through: reading only, known hosts, safe headers, one ``ETag`` for all that a chronicle says."""

from __future__ import annotations

import logging
from collections.abc import Collection, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zubda.errors import UsageError, ZubdaError
from zubda.server.responses import error_response

__all__ = ["CONTENT_POLICY", "TILES", "Guard"]

CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "blob:",
    "child-src": "blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
"""The page's Content-Security-Policy. The map library runs its worker from a blob; nothing else is not a file of the page."""

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in CONTENT_POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
SAID = ("/data/", "/api/")
METHODS = ("GET", "HEAD")
TILES = "/basemap.pmtiles"
"""Where the basemap is: the one answer that may be larger than the memory, so that it tells HEAD from GET itself."""


class Guard:
    """ASGI middleware. ``content`` is the chronicle's hash; ``hosts`` are the names it may be asked by, None for any."""

    def __init__(self, app: ASGIApp, content: str, hosts: Collection[str] | None = None) -> None:
        self.app = app
        self.tag = f'W/"{content}"'
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        says = scope["path"].startswith(SAID)
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._finish(message, says)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        if says and self.tag in Headers(scope=scope).get("if-none-match", ""):
            await Response(status_code=304)(scope, receive, guarded)
            return
        try:
            await self.app({**scope, "method": "GET"} if head and scope["path"] != TILES else scope, receive, guarded)
        except Exception:
            logging.getLogger("zubda.server").exception("%s %s", scope["method"], scope["path"])
            if started:
                raise
            await error_response(_failed())(scope, receive, guarded)

    def _refused(self, scope: Scope) -> Response | None:
        if scope["method"] not in METHODS:
            what = f"{scope['method']} changes something, or might; this server only reads."
            error = UsageError("method", what, "Ask with GET. Decisions are logged with `zubda decide`.")
            return error_response(error, 405, {"Allow": ", ".join(METHODS)})
        if self.hosts is None:
            return None
        host, _, port = Headers(scope=scope).get("host", "").lower().rpartition(":")
        name = host if port.isdigit() else f"{host}:{port}" if host else port
        if name in self.hosts:
            return None
        what = f"This server is not {name!r}."
        return error_response(UsageError("host", what, "Ask it by the address that `zubda serve` printed."), 421)

    def _finish(self, message: MutableMapping[str, Any], says: bool) -> None:
        message["headers"] = [*message["headers"], *RAW_HEADERS]
        if says and message["status"] in (200, 304):
            headers = MutableHeaders(raw=message["headers"])
            headers["ETag"] = self.tag
            headers.setdefault("Cache-Control", "no-cache")


def _failed() -> ZubdaError:
    return ZubdaError("failed", "The answer could not be worked out.", "The server's log says why; please report it.")
