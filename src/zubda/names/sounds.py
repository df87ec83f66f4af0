"""How a name sounds, whatever script writes it: Chinese characters by the sounds that they stand for in names, Latin and Cyrillic by
their letters, both brought down to what Chinese can tell apart (no r from l, no p from b, no v from f, no sh from s).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from zubda.languages.folders import tables_of_all
from zubda.names.keys import DIGRAPHS, HAN, VOWEL_SPELLINGS, letter_key

__all__ = ["sound_key", "sound_similarity"]

MERGED = str.maketrans(
    {
        "r": "l",
        "p": "b",
        "v": "f",
        "w": "f",
        "q": "k",
        "c": "k",
        "x": "s",
        "j": "z",
        "Z": "z",
        "S": "s",
        "C": "c",
        "H": "h",
    }
)
CODAS = frozenset({"er", "si", "te", "ke", "de", "bu", "mu", "ge", "zi", "fu", "pu", "he", "shi", "chi", "ci", "le"})
"""Sounds of characters that also write a consonant alone; their vowel says nothing."""

VOWELS = re.compile("[aeiou]+")
KNOWN_SHARE = 0.75
SHORTEST = 2


@cache
def _sounds() -> dict[str, str]:
    """The sound of each character that writes names."""
    tables = [table["sounds"] for table in tables_of_all("transliteration.toml").values()]
    return {letter: sound for table in tables for sound, letters in table.items() for letter in letters}


@lru_cache(maxsize=65_536)
def sound_key(name: str) -> str:
    """The sound of a name in small Latin letters; empty if most of its characters write no sound.

    ``Shakespeare``, ``Шекспир`` and what stands for both in Chinese come out alike, though not the same: `sound_similarity` compares them.
    """
    key = letter_key(name)
    if HAN.search(key):
        sounds = _sounds()
        known = [sounds[letter] for letter in key if letter in sounds]
        if len(known) < KNOWN_SHARE * len(key):
            return ""
        key = "".join(_coda(sound) for sound in known)
    elif not key.isascii():
        return ""
    for digraph, letter in DIGRAPHS:
        key = key.replace(digraph, letter)
    key = key.replace("ng", "n").translate(MERGED)
    for spelling, vowel in VOWEL_SPELLINGS:
        key = key.replace(spelling, vowel)
    return re.sub(r"(.)\1+", r"\1", key)


def _coda(sound: str) -> str:
    if sound == "er":
        return "l"
    return sound.rstrip("aeiou") if sound in CODAS else sound


def sound_similarity(one: str, other: str) -> float:
    """How alike two names sound, 0 to 1, for names of different scripts or of one: the consonants in order, then the vowels."""
    from rapidfuzz import fuzz

    a, b = sound_key(one), sound_key(other)
    bones_a, bones_b = _bones(a), _bones(b)
    if min(len(bones_a), len(bones_b)) < SHORTEST:
        return 1.0 if a and a == b else 0.0
    return (0.7 * fuzz.ratio(bones_a, bones_b) + 0.3 * fuzz.ratio(a, b)) / 100


def _bones(sound: str) -> str:
    """The consonants of a sound key, with a mark for a vowel at its beginning; a breath at the end is none."""
    first = "a" if sound[:1] in "aeiou" else ""
    return first + VOWELS.sub("", sound).rstrip("h")
