"""Names of sections that are no account (references, see also), and of link targets that are no text, from the language folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from zubda.languages.folders import tables_of_all

__all__ = ["SectionNames", "section_names"]


@dataclass(frozen=True, slots=True)
class SectionNames:
    """Casefolded headings below which nothing is read as an account, and casefolded prefixes of file and category links.

    ``shown_templates`` maps casefolded names of templates that only dress their text to the parameter that holds it.
    """

    not_narrative: frozenset[str]
    file_namespaces: tuple[str, ...]
    shown_templates: Mapping[str, str] = field(default_factory=dict)

    def excludes(self, path: Iterable[str]) -> bool:
        """Whether one of the headings above a block says that it is no account."""
        return any(name.strip(" 　:：").casefold() in self.not_narrative for name in path)


@cache
def section_names() -> SectionNames:
    """The names of all languages together: a Chinese article may well end in "References"."""
    headings: set[str] = set()
    namespaces: set[str] = set()
    shown: dict[str, str] = {}
    for data in tables_of_all("sections.toml").values():
        headings.update(name.casefold() for name in data["not_narrative"])
        namespaces.update(name.casefold() for name in data["file_namespaces"])
        shown.update({name.casefold(): str(value) for name, value in data.get("shown_templates", {}).items()})
    return SectionNames(frozenset(headings), tuple(sorted(namespaces)), shown)
