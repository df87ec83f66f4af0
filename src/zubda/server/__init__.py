"""The page and the HTTP API of a chronicle."""

from zubda.server.app import create_app
from zubda.server.page_data import PageData
from zubda.server.publishing import publish
from zubda.server.running import serve

__all__ = ["PageData", "create_app", "publish", "serve"]
