"""The engine as machine code, where it was built: ``_compiled/`` holds its modules, made by mypyc from the sources beside it.

Only modules made of exactly the sources that lie here are used. After any edit to one of them all are read as Python again, so that
nothing stale ever runs; ``make engine`` builds them anew. ``ZUBDA_PURE=1`` in the environment leaves them aside.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

__all__ = ["FOLDER", "LIST", "modules_hash", "use_compiled"]

PACKAGE = Path(__file__).parent
FOLDER = "_compiled"
LIST = "modules.json"
"""In the folder: ``suffix`` of extension modules, ``hash`` over the sources, ``sources`` (paths within the package), and ``files`` by module."""


class _Finder(MetaPathFinder):
    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        file = self.files.get(fullname)
        if file is None:
            return None
        return spec_from_file_location(fullname, file, loader=ExtensionFileLoader(fullname, str(file)))


@cache
def use_compiled(package: Path = PACKAGE) -> bool:
    """Have the compiled modules imported in place of their sources, if they are there and of these sources; whether that is so."""
    folder = package / FOLDER
    if os.environ.get("ZUBDA_PURE"):
        return False
    try:
        listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
        if listed["suffix"] != EXTENSION_SUFFIXES[0] or listed["hash"] != modules_hash(package, listed["sources"]):
            return False
        files = {name: folder / file for name, file in listed["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    if not all(file.is_file() for file in files.values()):
        return False
    sys.meta_path.insert(0, _Finder(files))
    return True


def modules_hash(package: Path, sources: Sequence[str]) -> str:
    """A hash over the contents of sources, given by their paths within the package. Raises `OSError` if one is not there."""
    digest = sha256()
    for source in sources:
        digest.update(f"{source}\0".encode())
        digest.update(sha256((package / source).read_bytes()).digest())
    return digest.hexdigest()
