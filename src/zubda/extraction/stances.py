"""Who stands with whom by what is written between two names: an office, a word for together, a word for against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.extraction.blocs import Edges, edge
from zubda.extraction.vocabulary import Lexeme
from zubda.extraction.weighing import DiscoveredName
from zubda.languages.interface import Language, Naming
from zubda.model import Document

__all__ = ["AGAINST", "KIN", "OFFICE", "class_of", "text_edges"]

NEAR = 24
ARM_LENGTH = 3
CLAUSE_END = re.compile(r"[,，。.;；:：!！?？]")
OFFICE, TOGETHER, AGAINST, KIN = 1.5, 0.7, -0.7, 0.3


def class_of(naming: Naming, form: str) -> str:
    """``rebel``, ``foreign``, ``defending``, ``arm`` or ``government``: what a noun that is a party by itself says of it."""
    kind = naming.generic.get(form, "")
    return kind if kind in ("", "rebel", "foreign", "defending", "arm") else "government"


def text_edges(
    document: Document,
    folded: str,
    names: Sequence[DiscoveredName],
    extra: Mapping[str, Lexeme],
    nodes: Mapping[str, str],
    language: Language,
    naming: Naming,
) -> Edges:
    """What stands between two names: an office ("its president"), a word for together, a word for against.

    A numbered unit belongs to the army or unit named last before it in the paragraph. Where rebels fight a government, whoever
    holds an office of state is of the government.
    """
    edges: Edges = {}
    states = tuple(head for head, kind in naming.heads.items() if kind == "state")
    generic = {class_of(naming, form): form for form in naming.generic if form in nodes.values()}
    government = generic.get("government", "") if "rebel" in generic else ""
    forms = list(extra)
    if not forms:
        return edges
    joins = frozenset(form for form, term in language.terms.items() if "and" in term.flags)
    units = frozenset(
        nodes["x:" + name.surface] for name in names if name.shape == "unit" and "x:" + name.surface in nodes
    )
    armies = {name.form: name.shape for name in names if name.shape in ("unit", "short")}
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    for block in document.blocks:
        if not block.narrative:
            continue
        text = folded[block.start : block.end]
        last: tuple[str, int, int] | None = None
        army = ""
        for number, start, end in automaton.find_matches_as_indexes(text):
            actor = extra[forms[number]].actor
            if actor is None:
                last = None
                continue
            node = nodes[actor]
            if government and text.endswith(states, 0, start):
                edge(edges, government, node, KIN)
            if last is not None and start - last[2] <= NEAR:
                _between(edges, text, last, (node, start, end), naming, joins, units)
            last = (node, start, end)
            if forms[number] in armies:
                if army and armies[forms[number]] == "unit":
                    edge(edges, army, node, KIN)
                army = node
    return edges


def _without_head(gap: str, naming: Naming) -> str:
    """A stretch after a name without the noun for forces or a state that it begins with."""
    rest = gap.strip()
    head = max((head for head in naming.heads if rest.startswith(head)), key=len, default="")
    return rest.removeprefix(head).strip()


def _is_office(gap: str, naming: Naming) -> bool:
    """Whether a stretch is nothing but nouns for offices and forces ("forces chief of staff")."""
    rest = gap.strip()
    words = (*naming.person_beside, *sorted(naming.heads, key=len, reverse=True))
    while rest:
        word = next((word for word in words if rest.startswith(word)), "")
        if not word:
            return False
        rest = rest.removeprefix(word).strip()
    return True


def _between(
    edges: Edges,
    text: str,
    one: tuple[str, int, int],
    other: tuple[str, int, int],
    naming: Naming,
    joins: frozenset[str],
    units: frozenset[str],
) -> None:
    gap = text[one[2] : other[1]]
    if gap.strip() in ("(", "（") and text[other[2] : other[2] + 1] in (")", "）"):
        edge(edges, one[0], other[0], 2 * OFFICE)
        return
    if gap.strip()[:1] in ("(", "（") and gap.strip()[1:].startswith(naming.called):
        edge(edges, one[0], other[0], 2 * OFFICE)
        return
    if any(word in gap for word in naming.parted) and not any(mark in gap for mark in "。!！?？"):
        edge(edges, one[0], other[0], 2 * AGAINST)
        return
    if any(mark in gap for mark in "。.!?！？;；"):
        return
    clause = not any(mark in gap for mark in ",，:：")
    bare = _without_head(gap, naming)
    if bare in joins or (clause and bare.startswith(naming.versus)):
        rest = CLAUSE_END.split(text[other[2] : other[2] + NEAR])[0]
        listed = bare not in naming.versus and _versus_before(text, one[1], naming)
        met = any(word in rest for word in naming.meet) or text.endswith(naming.against, 0, one[1])
        if met or bare in joins:
            edge(edges, one[0], other[0], AGAINST if met and not listed else TOGETHER)
            return
    if _is_office(gap, naming) or (len(gap.strip()) <= ARM_LENGTH and other[0] in units and clause):
        edge(edges, one[0], other[0], OFFICE)
    elif clause and (text.endswith(naming.against, 0, one[1]) or any(word in gap for word in naming.against)):
        edge(edges, one[0], other[0], AGAINST)
    elif clause and (
        any(word in gap for word in naming.together)
        or (len(gap.strip()) < ARM_LENGTH and text.endswith(naming.together, 0, one[1]))
    ):
        edge(edges, one[0], other[0], TOGETHER)


def _versus_before(text: str, start: int, naming: Naming) -> bool:
    """Whether a word that sets two sides against each other stands in the clause before: "X against Y and Z"."""
    return any(word in CLAUSE_END.split(text[max(0, start - NEAR) : start])[-1] for word in naming.versus)
