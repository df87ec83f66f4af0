"""What a user may give to read, to documents: files, folders, dumps of a wiki, addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from zubda.documents.reader import SUFFIXES, read_document
from zubda.errors import DocumentError
from zubda.model import Document

__all__ = ["read_documents"]

DUMP_SUFFIXES = (".xml", ".xml.bz2", ".xml.gz")


def read_documents(
    inputs: Iterable[Path | str], on_unreadable: Callable[[DocumentError], object] | None = None
) -> Iterator[Document]:
    """Documents of files, dumps, addresses and folders (their readable files, by name, folders below included), in that order.

    Documents come one at a time: a dump of any size is read page by page. ``http://`` and ``https://`` addresses are fetched. Tables of
    coded data are read where they are named, not out of folders, which hold tables of many kinds. ``on_unreadable`` is called with the
    error of each file of a folder that cannot be read; without it that error is raised.

    Raises `DocumentError` as `read_document` does; ``document.empty_folder`` for a folder without a readable file,
    ``document.dump`` for XML that is no dump; `NetworkError` for an address that does not answer with a text.
    """
    for given in inputs:
        if isinstance(given, str) and given.startswith(("http://", "https://")):
            from zubda.documents.address import read_address

            yield read_address(given)
        elif Path(given).is_dir():
            yield from _folder(Path(given), on_unreadable)
        else:
            yield from _documents(Path(given))


def _folder(folder: Path, on_unreadable: Callable[[DocumentError], object] | None) -> Iterator[Document]:
    files = _files(folder)
    refused = 0
    for file in files:
        try:
            yield from _documents(file)
        except DocumentError as problem:
            refused += 1
            if on_unreadable is None or refused == len(files):
                raise
            on_unreadable(problem)


def _documents(path: Path) -> Iterator[Document]:
    if path.name.lower().endswith(DUMP_SUFFIXES):
        from zubda.documents.dump import read_dump

        yield from read_dump(path)
    else:
        yield read_document(path)


def _files(folder: Path) -> list[Path]:
    endings = (*(ending for ending, form in SUFFIXES.items() if form != "table"), *DUMP_SUFFIXES)
    found = sorted(file for file in folder.rglob("*") if file.is_file() and file.name.lower().endswith(endings))
    if not found:
        raise DocumentError(
            "empty_folder",
            f"There is no readable file in {folder}.",
            f"Endings that are read: {', '.join(sorted(endings))}.",
        )
    return [file for file in found if file.name.casefold() != "readme.md"]
