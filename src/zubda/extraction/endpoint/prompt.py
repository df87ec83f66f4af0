"""What the model is asked: the schema of claims, and passages short enough to answer for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zubda.model import CLAIM_TYPES, CONTROL_CHANGES, COUNT_KINDS, Document, Theatre

__all__ = ["PROMPT_VERSION", "Passage", "messages", "passages"]

PROMPT_VERSION = "1"
LONGEST = 2_500
"""Characters of a passage: few enough that an answer can hold every claim in it."""

SYSTEM = """You code accounts of war. From the passage you extract CLAIMS: each is one thing that the text says happened or was so, with who
says it. Answer with one JSON object {{"claims": [...]}} and nothing else. A claim has these fields:

"type": one of {types}
"quote": the characters of the passage that carry the claim, copied exactly
"date": {{"first": "YYYY-MM-DD", "last": "YYYY-MM-DD", "quote": the words that tell it}}, or null where the text does not tell
"places": [{{"quote": a place's name as it stands}}]
"actors": [{{"quote": who does it, "side": code}}]
"targets": [{{"quote": to whom, "side": code}}]
"source": {{"quote": who says it, as it stands}}, "unnamed" for hearsay with nobody named, or null where the text speaks for itself
"polarity": "affirm", or "deny" where the source denies it
"counts": [{{"what": one of {kinds}, "low": number, "high": number or null for "at least", "side": code, "quote": the number with its noun}}]
"control": {{"holder": code, "change": one of {changes}, "quote": the words that tell it}}, or null where the claim does not say who holds the place

Side codes: {sides}.
Every "quote" must stand in the passage character by character, in the passage's own script and spelling; what does not is thrown away. Where
a quote stands more than once, add "start": its offset in the passage, in characters from 0. Never fill in what the passage does not say:
a month is a month, a number that nobody gave is left out. Aims and plans are no events. Different predicates are different claims. Leave
out empty fields."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's plain text, from ``start`` up to ``end``, with the headings above it."""

    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()


def passages(document: Document) -> Iterator[Passage]:
    """The account's paragraphs, joined up to 2,500 characters within one section; longer ones stay whole."""
    start: int | None = None
    end = 0
    section: tuple[str, ...] = ()
    for block in document.blocks:
        if not block.narrative or block.kind == "heading":
            continue
        if start is not None and (block.section != section or block.end - start > LONGEST):
            yield Passage(start, end, document.text[start:end], section)
            start = None
        if start is None:
            start, section = block.start, block.section
        end = block.end
    if start is not None:
        yield Passage(start, end, document.text[start:end], section)


def messages(document: Document, passage: Passage, theatre: Theatre | None) -> list[dict[str, str]]:
    """The chat messages that ask for the claims of one passage."""
    known = {side.id: side.names.get("en", side.id) for side in theatre.sides.values()} if theatre else {}
    sides = ", ".join(f"{code} ({name})" for code, name in {**known, "unknown": "not told"}.items())
    system = SYSTEM.format(
        types=", ".join(CLAIM_TYPES), kinds=", ".join(COUNT_KINDS), changes=", ".join(CONTROL_CHANGES), sides=sides
    )
    told = [f"Document: {document.title}"]
    if document.published:
        told.append(f"Written: {document.published.isoformat()}")
    if passage.headings:
        told.append(f"Under the headings: {' / '.join(passage.headings)}")
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": "\n".join(told) + "\n\nPassage:\n" + passage.text},
    ]
