"""Letters made one that are written in several ways; every character stays at its place."""

from __future__ import annotations

__all__ = ["fold_latin"]

SAME = (
    {ord(letter): "'" for letter in "’‘ʼʿʾ`´"}
    | {ord(letter): "-" for letter in "‐‑"}
    | {0xA0: " ", 0x202F: " ", 0x2009: " "}
)
ACCENTS = str.maketrans(
    "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāēīōūḥḍṣṭẓšžčćěřůğışêîûńłśźżąęđ",
    "aaaaaaceeeeiiiinoooooouuuuyyaeiouhdstzszccerugiseiunlszzaed",
)


def fold_latin(text: str) -> str:
    """Lower case, apostrophes, hyphens, spaces and accents made one."""
    folded = text.translate(SAME)
    lowered = folded.lower()
    if len(lowered) != len(folded):  # a few capitals have two lower-case characters
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in folded)
    return lowered.translate(ACCENTS)
