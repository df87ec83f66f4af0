"""The built page: the files that Vite wrote into the package."""

from __future__ import annotations

from pathlib import Path

from zubda.errors import MissingExtraError

__all__ = ["PAGE", "page_files"]

PAGE = Path(__file__).with_name("page")


def page_files(folder: Path = PAGE) -> dict[str, bytes]:
    """Contents by path relative to the page. Raises `MissingExtraError` (``extra.page``) if the page was never built."""
    if not (folder / "index.html").is_file():
        raise MissingExtraError(
            "page", f"The page is not built: {folder} has no index.html.", "Install the package, or run: make setup"
        )
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
