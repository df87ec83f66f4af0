"""The main job: from files to a chronicle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from zubda.chronicle import Chronicle
from zubda.errors import DocumentError, UsageError
from zubda.model import Claim, Document, Theatre, Unknown

if TYPE_CHECKING:
    from zubda.extraction import Extraction
    from zubda.extraction.endpoint import Endpoint

__all__ = ["choose_theatre", "read"]

Progress = Callable[[int, int], None]

TABLE = "text/csv"
EXTRACTORS = ("rules", "llm", "both")
ENOUGH = ((5, 8.0), (2, 20.0))
"""Distinct places and mentions in ten thousand characters that together tell a war."""
WIDE_KINDS = frozenset({"country", "region", "province", "governorate", "state", "oblast"})


def read(
    paths: Path | str | Iterable[Path | str],
    theatre: str | Path | Theatre | None = "auto",
    *,
    language: str = "auto",
    progress: Progress | None = None,
    processes: int | None = None,
    extractor: str = "rules",
    endpoint: Endpoint | None = None,
    on_unreadable: Callable[[DocumentError], object] | None = None,
) -> Chronicle:
    """Read accounts and return the chronicle of what they say.

    ``paths`` are files, folders or addresses. ``theatre`` is the name of a bundled theatre, a theatre's folder, a theatre, None
    to read without one, or ``"auto"``: the bundled theatre whose places the texts name, if there is one. ``language`` is ``auto``
    or a code. ``on_unreadable`` is called with the error of each file of a folder that cannot be read, which is left out; without it the first
    ends the reading. ``progress`` is called with (documents done, documents in all). ``processes`` work side by side, by default as many as
    there are processors if the texts are long enough for it; the result is the same.

    ``extractor`` is ``rules``, ``llm`` (only what the model behind ``endpoint`` finds) or ``both``: the model's claims then stand beside
    those of the rules, marked, and nothing is worked out from them until a person accepts them (`Chronicle.evidence`).

    Raises `DocumentError` for a text that cannot be read, `TableError` for coded data of no known format, `TheatreError` for a theatre
    with faults, `UnknownNameError` (``unknown.theatre``, ``unknown.language``), `UsageError` (``usage.extractor``), and `NetworkError` for addresses.
    """
    if extractor not in EXTRACTORS or (extractor != "rules" and endpoint is None):
        raise UsageError(
            "extractor",
            f"The extractor {extractor!r} " + ("needs an endpoint." if extractor in EXTRACTORS else "is none."),
            f"Extractors: {', '.join(EXTRACTORS)}; llm and both need --endpoint and --model.",
        )
    from zubda.corpus import agree_on_sides, extract_all
    from zubda.documents import read_documents
    from zubda.languages import load_language

    inputs = [paths] if isinstance(paths, (str, Path)) else list(paths)
    documents = list(read_documents(inputs, on_unreadable))
    if language != "auto":
        load_language(language)
        documents = [replace(document, language=language) for document in documents]
    war = _theatre(theatre, documents)
    claims: list[Claim] = []
    unknowns: list[Unknown] = []
    told = [number for number, document in enumerate(documents) if document.media_type != TABLE]
    ruled = extract_all([documents[number] for number in told], war, processes) if extractor != "llm" else ()
    results = chain(zip(told, ruled, strict=False), _coded(documents, war))
    for done, (number, found) in enumerate(results):
        claims += found.claims
        unknowns += found.unknowns
        if found.warnings:
            document = documents[number]
            documents[number] = replace(document, warnings=(*document.warnings, *found.warnings))
        if progress:
            progress(done + 1, len(documents))
    if war is None and len(told) > 1:
        claims, unknowns = agree_on_sides([documents[number] for number in told], claims, unknowns)
    if endpoint is not None and extractor != "rules":
        claims += _asked(documents, war, endpoint, progress)
    return Chronicle(documents, _distinct(claims), war, unknowns)


def _coded(documents: Sequence[Document], war: Theatre | None) -> Iterator[tuple[int, Extraction]]:
    """The claims of the tables of coded data, each with its document's number."""
    for number, document in enumerate(documents):
        if document.media_type == TABLE:
            from zubda.interchange.coded import coded_claims

            yield number, coded_claims(document, war)


def _asked(
    documents: list[Document], war: Theatre | None, endpoint: Endpoint, progress: Progress | None
) -> list[Claim]:
    """The claims of a model behind an address; what was refused is added to the documents' warnings."""
    from zubda.extraction.endpoint import extract_by_endpoint
    from zubda.gazetteer import Gazetteer

    gazetteer = Gazetteer(war)
    claims: list[Claim] = []
    for number, document in enumerate(documents):
        if document.media_type == TABLE:
            continue
        found = extract_by_endpoint(document, war, endpoint, gazetteer)
        claims += found.claims
        documents[number] = replace(document, warnings=(*document.warnings, *found.warnings))
        if progress:
            progress(number + 1, len(documents))
    return claims


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Claims with ids made unique: a sentence that stands twice at the same characters cannot, but equal claims of one can."""
    met: Counter[str] = Counter()
    kept = []
    for claim in claims:
        met[claim.id] += 1
        repeats = met[claim.id]
        kept.append(claim if repeats == 1 else replace(claim, id=f"{claim.id}-{repeats}"))
    return kept


def _theatre(theatre: str | Path | Theatre | None, documents: Sequence[Document]) -> Theatre | None:
    from zubda.theatres import load_theatre

    if theatre is None or theatre == "none":
        return None
    if isinstance(theatre, Theatre):
        return theatre
    if theatre == "auto":
        return choose_theatre(documents)
    return load_theatre(theatre)


def choose_theatre(documents: Sequence[Document]) -> Theatre | None:
    """The bundled theatre that the documents are about, None if they are about none of them.

    A theatre is taken if the texts name at least five of its places (countries and provinces not counted) and name places at
    least eight times in ten thousand characters, or, in a short text, two of them at least twenty times in ten thousand; of several,
    the one named most.
    """
    from zubda.theatres import load_theatre, theatre_names

    texts = [document.text.casefold() for document in documents]
    length = sum(map(len, texts))
    best: tuple[float, Theatre] | None = None
    for name in theatre_names():
        theatre = load_theatre(name)
        met = Counter(_places_named(theatre, texts))
        rate = met.total() * 10_000 / length if length else 0.0
        fits = any(len(met) >= distinct and rate >= least for distinct, least in ENOUGH)
        if fits and (best is None or rate > best[0]):
            best = (rate, theatre)
    return best[1] if best else None


def _places_named(theatre: Theatre, texts: Iterable[str]) -> Iterator[str]:
    """Ids of the places that casefolded texts name, once for each time; no name within a longer Latin word."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    forms = {
        form.casefold(): place.id
        for place in theatre.places.values()
        if place.kind not in WIDE_KINDS
        for _, form in place.forms
        if len(form) > (3 if form.isascii() else 1)
    }
    patterns = list(forms)
    automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    for text in texts:
        for number, start, end in automaton.find_matches_as_indexes(text):
            around = text[max(0, start - 1) : start] + text[end : end + 1]
            latin = patterns[number].isascii() and any(letter.isascii() and letter.isalnum() for letter in around)
            if not latin:
                yield forms[patterns[number]]
