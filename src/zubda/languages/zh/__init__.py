"""Chinese: traditional and simplified."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from zubda.languages.folding import fold_latin
from zubda.languages.interface import Grammar, Language, People, Term, load_terms, read_tables
from zubda.languages.zh.counting import find_counts
from zubda.languages.zh.date_search import find_dates
from zubda.languages.zh.naming import naming

__all__ = ["fold", "language"]

PARTICLE = "了"
DOER = "者"
FOUGHT = frozenset({"clash", "airstrike", "bomb", "suicide_bomb", "defection", "territory", "attack_on_civilians"})
NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}


@cache
def _converter() -> Any:
    from opencc import OpenCC  # its tables take a moment to load

    return OpenCC("t2s")


def fold(text: str) -> str:
    """Simplified, half width, lower case, apostrophes and accents made one; every character stays at its place."""
    folded: str = _converter().convert(text)
    if len(folded) != len(text):
        folded = "".join(one if len(one) == 1 else letter for letter in text for one in (_converter().convert(letter),))
    return fold_latin(folded.translate(NARROW))


def _with_particles(terms: dict[str, Term]) -> dict[str, Term]:
    """The terms with every verb also before the particle of completion, which tells that the thing was done (``completed``)."""
    for form, term in list(terms.items()):
        if form.endswith(PARTICLE) or term.trigger is None or term.trigger.noun:
            continue
        done = replace(term, flags=term.flags | {"completed"})
        known = terms.get(form + PARTICLE)
        terms[form + PARTICLE] = known.merged(done) if known else done
    for form, base in [(form, terms.get(form.removesuffix(PARTICLE))) for form in terms if form.endswith(PARTICLE)]:
        if base is not None and (base.trigger or base.harms or base.speech):
            terms[form] = terms[form].merged(base)
    return terms


def _with_doers(terms: dict[str, Term]) -> dict[str, Term]:
    """The terms with everybody who does what a verb says: 袭击者 is an attacker, and tells of no attack by himself."""
    for form, term in list(terms.items()):
        trigger = term.trigger
        if trigger is None or trigger.noun or trigger.passive or term.people or len(form) != 2:
            continue
        terms.setdefault(form + DOER, Term(people=People("doers", armed=trigger.type in FOUGHT)))
    return terms


@cache
def language() -> Language:
    """Chinese, ready to read."""
    places = read_tables("zubda.languages.zh", "places.toml")
    return Language(
        code="zh",
        fold=fold,
        terms=_with_doers(_with_particles(load_terms("zubda.languages.zh", fold))),
        grammar=Grammar(
            sentence_end=re.compile(r"[。!?]+[”」』\")）]*|…{2,}[”」』]*"),
            clause_end=re.compile(r"[,;:]|——|(?<=[^\s])—(?=[^\s])"),
            passive_before=True,
            modifier_first=True,
            bounded=False,
        ),
        find_dates=find_dates,
        find_counts=find_counts,
        tails={tail: kind for kind, tails in places["kinds"].items() for tail in tails},
        naming=naming(),
        generic=frozenset(places["generic"]["forms"]),
        particles=frozenset(places["generic"]["particles"]),
        alone=frozenset(places["alone"]["forms"]),
        strip=tuple(sorted(places["strip"]["forms"], key=len, reverse=True)),
        part_after=tuple(places["part"]["after"]),
        part_before=tuple(places["part"]["before"]),
        whole_after=tuple(places["whole"]["after"]),
        whole_before=tuple(places["whole"]["before"]),
        pieces=tuple(places["piece"]["forms"]),
    )
