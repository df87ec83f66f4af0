"""Two thousand damaged stretches of the shared articles: none breaks the reading, with a theatre or without."""

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.errors import DocumentError
from zubda.extraction import extract
from zubda.theatres import load_theatre, theatre_names

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
INSERTED = "的被在,。，“”()[]{}|*#-\n\t \u202e\u0000٣年月日0123456789Aaé\u0308😀<&>"


@cache
def articles() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*.md"))]


def damaged(seed: int) -> str:
    """A stretch of an article with characters taken out, put in, exchanged, and stretches of it repeated."""
    random = Random(seed)
    text = random.choice(articles())
    start = random.randrange(len(text))
    letters = list(text[start : start + random.randrange(200, 2500)])
    for _ in range(random.randrange(1, 40)):
        at = random.randrange(len(letters) + 1)
        match random.randrange(3):
            case 0:
                del letters[at : at + random.randrange(20)]
            case 1:
                letters[at : at + random.randrange(2)] = random.choice(INSERTED)
            case _:
                letters[at:at] = letters[at // 2 : at // 2 + random.randrange(60)]
    return "".join(letters)


@pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared/corpus, which is not there")
@settings(max_examples=2000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.sampled_from([None, *theatre_names()]))
def test_no_damage_breaks_the_reading(seed: int, theatre: str | None) -> None:
    try:
        document = read_document(damaged(seed).encode("utf-8", "ignore"), origin="damaged.md")
    except DocumentError:
        return
    length = len(document.raw)
    for claim in extract(document, load_theatre(theatre) if theatre else None).claims:
        assert all(0 <= start < end <= length for start, end in claim.spans)
