"""English."""

from __future__ import annotations

import re
from functools import cache

from zubda.languages.en.counting import find_counts
from zubda.languages.en.dating import find_dates
from zubda.languages.en.inflection import noun_forms, verb_forms
from zubda.languages.en.naming import naming
from zubda.languages.folding import fold_latin
from zubda.languages.interface import Grammar, Language, load_terms, read_tables

__all__ = ["language"]

ABBREVIATIONS = (
    "mr|dr|st|lt|no|vs|mt|jr|sr|co",
    "gen|col|maj|sgt|cpt|gov|sen|rep|mrs|inc|jan|feb|apr|aug|oct|nov|dec|adm",
    "sept|capt|brig|prof",
)
NOT_AFTER = "".join(rf"(?<!\b(?:{words}))" for words in ABBREVIATIONS)


@cache
def language() -> Language:
    """English, ready to read."""
    places = read_tables("zubda.languages.en", "places.toml")
    return Language(
        code="en",
        fold=fold_latin,
        terms=load_terms("zubda.languages.en", fold_latin, verb_forms, noun_forms),
        grammar=Grammar(
            sentence_end=re.compile(rf"(?<![\s.(]\w)(?<![\s.]){NOT_AFTER}[.!?]+[\"'”’)\]]*(?=\s|$)"),
            clause_end=re.compile(r"[,;:](?=\s|[\"'”’])|\s[–-]\s|—"),
            passive_before=False,
            modifier_first=False,
            bounded=True,
            inflected=True,
        ),
        find_dates=find_dates,
        find_counts=find_counts,
        tails={tail: kind for kind, tails in places["kinds"].items() for tail in tails},
        naming=naming(),
        topical=tuple(read_tables("zubda.languages.en", "sections.toml")["topical"]),
        strip=tuple(sorted(places["strip"]["forms"], key=len, reverse=True)),
        part_after=tuple(places["part"]["after"]),
        part_before=tuple(places["part"]["before"]),
        whole_after=tuple(places["whole"]["after"]),
        whole_before=tuple(places["whole"]["before"]),
    )
