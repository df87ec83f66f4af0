"""Keys under which the spellings of one name meet: by letters, by consonants, and how alike two names are.

The consonant skeleton follows the idea of Soundex and its kin: what transliterators disagree on (vowels, doubled letters, the
Arabic article, apostrophes, q/k, dh/d/z, g/h, w/v, -iv/-ov) is folded away, what they agree on is kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

__all__ = ["letter_key", "name_similarity", "skeleton_key"]

DROPPED = re.compile(r"[\s'’‘`ʼʿʾ´\-‐‑–—·.,\"“”()（）/]+")
ARTICLE = re.compile(
    r"^(?:al|el|ul|as|ash|ad|ar|az|an|at)[\s\-‐‑–]+(?=['’]?\w)|(?<=[\s\-])(?:al|el|ul|as|ash|ad|ar|az|an|at)[\s\-‐‑–]+(?=['’]?\w)"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
CYRILLIC_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ё": "e", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
DIGRAPHS = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("zh", "Z"), ("kh", "H"), ("gh", "H"), ("sh", "S"), ("ch", "C"), ("ts", "c"),
    ("tz", "c"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("dzh", "j"), ("ck", "k"),
)  # fmt: skip
SAME = str.maketrans(
    {"q": "k", "c": "k", "g": "h", "w": "v", "x": "h", "j": "Z", "y": None, "S": "s", "C": "s", "H": "h"}
)
VOWELS = re.compile(r"[aeiouy]+")
VOWEL_SPELLINGS = (
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "e"),
    ("ai", "e"),
    ("ay", "e"),
    ("y", "i"),
    ("ao", "o"),
    ("iu", "u"),
)
BONES_ALONE = 0.55


@cache
def _converter() -> Any:
    from opencc import OpenCC  # its tables take a moment to load, and only Han names need them

    return OpenCC("t2s")


@lru_cache(maxsize=65_536)
def letter_key(name: str) -> str:
    """The name's letters and digits: without case, accents, apostrophes, spaces, hyphens and the leading Arabic article.

    Han characters are simplified, Cyrillic ones put into Latin letters.
    """
    if name.isascii():
        plain = name.lower()
    else:
        if HAN.search(name):
            name = _converter().convert(name)
        decomposed = unicodedata.normalize("NFKD", name).casefold()
        if CYRILLIC.search(decomposed):
            decomposed = "".join(
                CYRILLIC_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", decomposed)
            )
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    plain = plain.replace("ı", "i").replace("’", "'")
    return DROPPED.sub("", ARTICLE.sub("", plain.strip()))


@lru_cache(maxsize=65_536)
def skeleton_key(name: str) -> str:
    """The consonants that all transliterations share, in order; empty for names without Latin or Cyrillic letters."""
    key = letter_key(name)
    if not key.isascii():
        return ""
    for digraph, letter in DIGRAPHS:
        key = key.replace(digraph, letter)
    first = "a" if key[:1] in "aeiouy" else ""
    bones = VOWELS.sub("", key).rstrip("h").translate(SAME)
    return first + re.sub(r"(.)\1+", r"\1", bones)


def name_similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: 1 for equal letters; for equal consonants by how far the vowels agree; else by edits."""
    a, b = letter_key(one), letter_key(other)
    if a == b:
        return 1.0
    ratio = fuzz.ratio(a, b) / 100
    bones = skeleton_key(one)
    if len(bones) >= 3 and bones == skeleton_key(other):
        spelled = fuzz.ratio(_spelled(a), _spelled(b)) / 100
        return max(ratio, BONES_ALONE + (1 - BONES_ALONE) * spelled)
    return ratio * 0.95


def _spelled(key: str) -> str:
    """A letter key with one spelling for each sound, vowels kept."""
    for digraph, letter in DIGRAPHS:
        key = key.replace(digraph, letter)
    for spelling, vowel in VOWEL_SPELLINGS:
        key = key.replace(spelling, vowel)
    return re.sub(r"(.)\1+", r"\1", key.rstrip("h").translate(SAME))
