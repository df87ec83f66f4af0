"""Which language a text is in, by script and by its most common words; for a whole document and for a passage."""

from __future__ import annotations

import re
from functools import cache

from zubda.languages.folders import tables_of_all

__all__ = ["detect_language", "passages"]

SAMPLE = 20_000
HAN = re.compile(r"[\u4e00-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
LATIN = re.compile(r"[A-Za-z]")
PIECE = re.compile(
    r"[^。！？!?.\n“”\"「」『』]+(?:[。！？!?\n“”\"「」『』]+|\.(?=\d)|\.+)*\s*|[。！？!?.\n“”\"「」『』]+\s*"
)
FEWEST_LETTERS, FEWEST_WORDS, FEWEST_HAN = 12, 6, 8
WORD = re.compile(r"[A-Za-zÀ-ɏ]+")


@cache
def _english() -> re.Pattern[str]:
    words = "|".join(tables_of_all("recognition.toml")["en"]["words"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def detect_language(text: str) -> str:
    """``zh``, ``en``, or ``und`` where it is neither. Only the first 20,000 characters count.

    Han characters that are at least a tenth of the letters make Chinese, unless kana stand among them; Latin text is English if
    at least one word in twelve is one of its commonest.
    """
    sample = text[:SAMPLE]
    han, kana, latin = len(HAN.findall(sample)), len(KANA.findall(sample)), len(LATIN.findall(sample))
    if han and kana * 20 < han and han * 3 > (han + latin) * 0.3:
        return "zh"
    words = len(WORD.findall(sample))
    if words and len(_english().findall(sample)) * 12 >= words:
        return "en"
    return "und"


def passages(text: str, language: str) -> list[tuple[int, int, str]]:
    """The stretches of a text of one language that are in another: ``(start, end, code)`` from the first character to the last.

    A sentence is read as another language only if it is long enough to tell, and of the other script throughout: a name or a few
    words of another language are no passage.
    """
    foreign = HAN if language == "en" else LATIN if language == "zh" else None
    if foreign is None or len(foreign.findall(text)) < FEWEST_LETTERS:
        return [(0, len(text), language)]
    found: list[tuple[int, int, str]] = []
    for match in PIECE.finditer(text):
        code = _piece_language(match.group(), language)
        if found and found[-1][2] == code:
            found[-1] = (found[-1][0], match.end(), code)
        else:
            found.append((match.start(), match.end(), code))
    return found or [(0, len(text), language)]


def _piece_language(piece: str, language: str) -> str:
    if (language == "zh") == (HAN.search(piece) is not None):
        return language
    han, words = len(HAN.findall(piece)), len(WORD.findall(piece))
    if language == "zh":
        common = len(_english().findall(piece))
        return "en" if words >= FEWEST_WORDS and han == 0 and common * 12 >= words else language
    return "zh" if han >= FEWEST_HAN and words * 4 <= han else language
