"""How alike two sentences are worded: MinHash signatures of their character triples.

Broder, "On the resemblance and containment of documents" (1997): the share of equal minima estimates the Jaccard similarity.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zubda.model import Claim, Document
from zubda.names import letter_key

__all__ = ["HASHES", "NO_WORDING", "wording_signatures"]

HASHES = 16
NO_WORDING = 0
PRIME = np.uint64(4_294_967_311)
GRAM = 3


@lru_cache(maxsize=1)
def _coefficients() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    drawn = np.random.default_rng(20_121_107).integers(1, 2**31, size=(2, HASHES), dtype=np.uint64)
    return drawn[0][:, None], drawn[1][:, None]


def wording_signatures(claims: Sequence[Claim], documents: Sequence[Document]) -> NDArray[np.uint32]:
    """Signatures of the claims' sentences, shape (claims, `HASHES`); `NO_WORDING` where there is no text."""
    if not documents:
        return np.zeros((len(claims), HASHES), np.uint32)
    raw = {document.id: document.raw for document in documents}
    signatures = np.zeros((len(claims), HASHES), np.uint32)
    known: dict[tuple[str, tuple[tuple[int, int], ...]], NDArray[np.uint32]] = {}
    for row, claim in enumerate(claims):
        text = raw.get(claim.document)
        if text is None or not claim.spans:
            continue
        key = (claim.document, claim.spans)
        if key not in known:
            known[key] = _signature("".join(text[start:end] for start, end in claim.spans))
        signatures[row] = known[key]
    return signatures


def _signature(text: str) -> NDArray[np.uint32]:
    folded = letter_key(text)
    codes = np.frombuffer(folded.encode("utf-32-le"), np.uint32).astype(np.uint64)
    if len(codes) < GRAM:
        return np.zeros(HASHES, np.uint32)
    grams = np.unique(
        (codes[:-2] * np.uint64(0x1F1F1F) ^ codes[1:-1] * np.uint64(0x3D3D) ^ codes[2:]) & np.uint64(2**31 - 1)
    )
    scale, shift = _coefficients()
    minima = ((grams * scale + shift) % PRIME).min(axis=1)
    return np.asarray((minima & np.uint64(2**32 - 1)).astype(np.uint32) | np.uint32(1), np.uint32)
