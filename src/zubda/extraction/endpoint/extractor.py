"""The optional extractor: a language model asked for claims, passage by passage."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from zubda.extraction.endpoint.client import AnswerCache, Client, api_key, default_cache
from zubda.extraction.endpoint.prompt import PROMPT_VERSION, Passage, messages, passages
from zubda.extraction.endpoint.verifying import Verifier, parse_answer
from zubda.extraction.extracting import Extraction
from zubda.gazetteer import Gazetteer
from zubda.model import Document, Theatre

__all__ = ["Endpoint", "extract_by_endpoint"]

AT_ONCE = 4


@dataclass(frozen=True)
class Endpoint:
    """Where the model is: an OpenAI-compatible ``address`` such as ``https://host/v1``, the ``model``'s name, and the ``key``.

    ``key`` None takes ``ZUBDA_API_KEY`` or ``OPENAI_API_KEY`` from the environment, and asks without one where there is none.
    ``cache`` is the folder of answers, None the user's own; ``keep`` False keeps none. ``timeout`` is in seconds for one answer,
    ``pause`` the first pause before a busy server is asked again.
    """

    address: str
    model: str
    key: str | None = None
    cache: Path | None = None
    keep: bool = True
    timeout: float = 120.0
    pause: float = 1.0

    @property
    def extractor(self) -> str:
        """What its claims are marked with: ``llm:<model>:<prompt version>``."""
        return f"llm:{self.model}:{PROMPT_VERSION}"


def extract_by_endpoint(
    document: Document,
    theatre: Theatre | None,
    endpoint: Endpoint,
    gazetteer: Gazetteer | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Extraction:
    """The claims that a model finds in a document, each field verified at the characters that it quotes.

    What does not stand there is refused; how much was, by field, is told in a warning. Answers that can be read are kept by what was
    asked, so that a run that was stopped goes on where it was. ``progress`` is called with (passages done, passages in all).

    Raises `NetworkError` where the address cannot be asked: ``network.address``, ``network.endpoint``, ``network.timeout``,
    ``network.unreachable``.
    """
    cache = AnswerCache((endpoint.cache or default_cache()) if endpoint.keep else None)
    client = Client(endpoint.address, endpoint.model, endpoint.key or api_key(), endpoint.timeout, endpoint.pause)
    verifier = Verifier(document, theatre, gazetteer or Gazetteer(theatre), endpoint.extractor)
    wanted = list(passages(document))

    def answer(passage: Passage) -> str:
        asked = messages(document, passage, theatre)
        kept = cache.get(endpoint.model, asked)
        if kept is not None:
            return kept
        said = client.ask(asked)
        if parse_answer(said) is not None:
            cache.put(endpoint.model, asked, said)
        return said

    claims = []
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        for number, said in enumerate(pool.map(answer, wanted)):
            claims += verifier.claims(wanted[number], said)
            if progress:
                progress(number + 1, len(wanted))
    finally:
        pool.shutdown(cancel_futures=True)
        client.close()
    return Extraction(tuple(claims), (), _told(verifier, endpoint))


def _told(verifier: Verifier, endpoint: Endpoint) -> tuple[str, ...]:
    if not verifier.refused:
        return ()
    listed = ", ".join(f"{count} × {name}" for name, count in sorted(verifier.refused.items()))
    total = verifier.refused.total()
    return (f"Of what the model {endpoint.model} said, {total} fields did not hold up and were refused: {listed}.",)
