"""What the page is made of, as files: the same paths from a server and in a folder."""

from zubda.server.page_data.resources import PageData

__all__ = ["PageData"]
