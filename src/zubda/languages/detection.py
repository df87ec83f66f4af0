"""Which language a text is in, by script and by its most common words; for a whole document and for a passage."""

from __future__ import annotations

import re

__all__ = ["detect_language"]

SAMPLE = 20_000
HAN = re.compile(r"[\u4e00-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
LATIN = re.compile(r"[A-Za-z]")
ENGLISH = re.compile(r"\b(?:the|of|and|in|to|was|were|that|by|on|for|with|from|had|as|at)\b", re.IGNORECASE)
WORD = re.compile(r"[A-Za-zÀ-ɏ]+")


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
    if words and len(ENGLISH.findall(sample)) * 12 >= words:
        return "en"
    return "und"
