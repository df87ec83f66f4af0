"""The application that answers for one chronicle: the page, its data, and the API."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import blake2b

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette_compress import CompressMiddleware

from zubda._version import __version__
from zubda.chronicle import Chronicle
from zubda.errors import UnknownNameError, ZubdaError
from zubda.server.api import api_router
from zubda.server.api.queries import unreadable
from zubda.server.guard import TILES, Guard
from zubda.server.page_data import PageData
from zubda.server.page_data.geometry import Cells
from zubda.server.responses import Variants, accepted_encoding, error_response, media_type
from zubda.server.tiles import Tiles

__all__ = ["create_app"]

ASSET_QUALITY = 9
"""Brotli quality for the page's own files, compressed once in a run."""


def create_app(
    chronicle: Chronicle,
    *,
    areas: Cells | None = None,
    tiles: Tiles | None = None,
    pages: Mapping[str, bytes] | None = None,
    hosts: Collection[str] | None = None,
) -> FastAPI:
    """The application. ``pages`` are the built page's files by path; without them only data and API are answered.
    ``areas`` are polygons for places, ``tiles`` a basemap, which is answered in the ranges asked for.

    ``hosts`` are the names that a request may ask for, None for any: a page of another site, whose name was made to lead to
    this machine, is refused. ``app.state`` has the `PageData` as ``data``, the page as
    ``pages`` and, compressed once, as ``files``.
    """
    app = FastAPI(
        title="Zubda",
        version=__version__,
        description="Reads one chronicle: claims, events, disputes, tolls, and who held which place on each day.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.data = PageData(chronicle, areas, tiles)
    app.include_router(api_router(app.state.data))
    _serve_data(app, Variants(app.state.data.resource))
    if tiles is not None:
        _serve_tiles(app, tiles)
    app.state.pages = dict(pages or {})
    app.state.files = Variants(app.state.pages.__getitem__, ASSET_QUALITY)
    _serve_pages(app, app.state.pages, app.state.files)
    _shape_errors(app)
    app.add_middleware(CompressMiddleware)
    app.add_middleware(Guard, content=app.state.data.content, hosts=hosts)
    return app


def _serve_data(app: FastAPI, resources: Variants) -> None:
    @app.get("/data/{path:path}", include_in_schema=False)
    async def data(path: str, request: Request) -> Response:
        encoding = accepted_encoding(request.headers.get("accept-encoding", ""))
        kept = resources.kept(path, encoding)
        return kept if kept is not None else await run_in_threadpool(resources.response, path, encoding)


def _serve_tiles(app: FastAPI, tiles: Tiles) -> None:
    @app.api_route(TILES, methods=["GET", "HEAD"], include_in_schema=False)
    async def archive(request: Request) -> Response:
        try:
            now = await run_in_threadpool(tiles.path.stat)
        except OSError as problem:
            raise UnknownNameError(
                "address", f"{tiles.path.name} is not there any more.", "Start the server again with the basemap."
            ) from problem
        tag = f'"{tiles.digest}-{now.st_size}-{now.st_mtime_ns}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return FileResponse(tiles.path, headers=headers, media_type=media_type(TILES), stat_result=now)


def _serve_pages(app: FastAPI, pages: dict[str, bytes], files: Variants) -> None:
    tags = {path: f'W/"{blake2b(content, digest_size=8).hexdigest()}"' for path, content in pages.items()}

    @app.get("/{path:path}", include_in_schema=False)
    async def page(path: str, request: Request) -> Response:
        name = path or "index.html"
        if name not in pages:
            raise UnknownNameError("address", f"There is nothing at /{path}.", "The page is at /, the API at /api/v1/.")
        headers = {"ETag": tags[name], "Cache-Control": "no-cache"}
        if tags[name] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        answer = await run_in_threadpool(
            files.response, name, accepted_encoding(request.headers.get("accept-encoding", ""))
        )
        answer.headers.update(headers)
        return answer


def _shape_errors(app: FastAPI) -> None:
    @app.exception_handler(ZubdaError)
    async def ours(_: Request, error: Exception) -> Response:
        assert isinstance(error, ZubdaError)
        return error_response(error)

    @app.exception_handler(RequestValidationError)
    async def unread(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return error_response(unreadable(error.errors()))

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        missing = UnknownNameError("address", f"There is nothing at {request.url.path}.", "The API is at /api/v1/.")
        return error_response(missing, error.status_code)
