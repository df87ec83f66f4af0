"""The HTTP API: typed JSON for every question that the command line answers."""

from zubda.server.api.routes import PREFIX, api_router

__all__ = ["PREFIX", "api_router"]
