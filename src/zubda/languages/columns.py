"""What the columns of a table hold, by the words of their headings, from the language folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from zubda.languages.interface import Language, read_tables

__all__ = ["ROLES", "TableWords", "table_words"]

ROLES = (
    "place", "region", "holder", "date", "first_day", "last_day", "source", "narrative", "group", "toll",
)  # fmt: skip


@dataclass(frozen=True)
class TableWords:
    """``columns`` maps folded headings to one of `ROLES`; ``cross_reference`` are folded words that open a pointer elsewhere."""

    columns: Mapping[str, str]
    cross_reference: tuple[str, ...]

    def role(self, heading: str) -> str:
        """The role of a column with that folded heading, empty if it has none."""
        return self.columns.get(" ".join(heading.strip(" .:*").split()), "")


def table_words(language: Language) -> TableWords:
    """The words of the language's ``tables.toml``; none if it has no such file."""
    return _read(language.code, language.fold)


@cache
def _read(code: str, fold) -> TableWords:  # type: ignore[no-untyped-def]
    package = f"zubda.languages.{code}"
    if not resources.files(package).joinpath("tables.toml").is_file():
        return TableWords({}, ())
    data = read_tables(package, "tables.toml")
    columns = {fold(heading): role for role, headings in data["columns"].items() for heading in headings}
    return TableWords(columns, tuple(fold(word) for word in data["cross_reference"]))
