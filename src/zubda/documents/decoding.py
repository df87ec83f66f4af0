"""Bytes to characters: which encoding, what is no text at all, and what was lost."""

from __future__ import annotations

import codecs
import re
from functools import cache

from zubda.errors import DocumentError
from zubda.languages.folders import tables_of_all

__all__ = ["MAX_BYTES", "decode"]

MAX_BYTES = 64 * 1024 * 1024
MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "compressed with gzip",
    b"BZh": "compressed with bzip2",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"RIFF": "a sound, film or picture",
    b"\x00\x00\x00\x1cftyp": "a film",
}
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SAMPLE = 1_000_000
BAD_SHARE = 0.01
WESTERN_SHARE = 0.05
WIDE_RUN = re.compile(r"[^\x00-\x7f]+")
TYPESETTERS = "‘’“”–—…•€£§°©®™«»·\xa0"


def decode(data: bytes, name: str, limit: int = MAX_BYTES) -> tuple[str, tuple[str, ...]]:
    """The text in ``data``, without a byte-order mark and with newlines untouched, and warnings with counts.

    ``limit`` is the most bytes that are taken. UTF-8 and UTF-16 with or without a mark, then GB18030 and Big5 by which of them gives
    text in common characters, then Windows-1252 where nearly all is ASCII. Up to one byte in a hundred may be wrong in UTF-8; those are replaced and counted.

    Raises `DocumentError`: ``document.empty``, ``document.too_large``, ``document.binary``, ``document.encoding``.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DocumentError("empty", f"{name} is empty.", "Give a file with text in it.")
    if len(data) > limit:
        raise DocumentError(
            "too_large",
            f"{name} has {len(data) / 1e6:.0f} MB; one document may have {limit / 1e6:.0f} MB.",
            "Split it: one account a file. Dumps are read page by page.",
        )
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            raise DocumentError(
                "binary", f"{name} is no text: it is {kind}.", "Save its text as UTF-8 and give that file."
            )
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding, name)
    guessed = _utf16_without_mark(data)
    if guessed:
        return _with_mark(data, guessed, name)
    if b"\x00" in data[:SAMPLE]:
        raise DocumentError(
            "binary", f"{name} is no text: it holds zero bytes.", "Save its text as UTF-8 and give that file."
        )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _not_quite_utf8(data, name)


def _with_mark(data: bytes, encoding: str, name: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    if bad > max(3, len(text) * BAD_SHARE):
        raise DocumentError(
            "encoding", f"{name} says it is {encoding} and is not: {bad} wrong characters.", "Save it again as UTF-8."
        )
    return text, _replaced(bad, encoding)


def _replaced(bad: int, encoding: str) -> tuple[str, ...]:
    return (f"{bad} characters were not valid {encoding} and were replaced.",) if bad else ()


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark shows itself by zero bytes at every other place (Latin letters), or by the frequent letters of Chinese."""
    sample = data[: min(4096, len(data) // 2 * 2)]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    for encoding, high in (("utf-16-le", odd), ("utf-16-be", even)):
        zeros = high.count(0) > 0.1 * len(high) and high.count(0) > 4 * (sample.count(0) - high.count(0))
        wide = sum(byte in (0, 0x30, 0xFF) or 0x4E <= byte <= 0x9F for byte in high) > 0.95 * len(high)
        if not (zeros or (wide and not _is_utf8(sample))):
            continue
        text = sample.decode(encoding, errors="replace")
        control = sum(character < " " and character not in "\t\r\n" for character in text)
        if control <= BAD_SHARE * len(text) and (high.count(0) > 0.5 * len(high) or _commonness(text) > 0.8):
            return encoding
    return None


def _is_utf8(sample: bytes) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start >= len(sample) - 4
    return b"\x00" not in sample


def _not_quite_utf8(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    damaged = data.decode("utf-8", errors="replace")
    bad = damaged.count("\ufffd")
    wide = sum(character > "\u007f" for character in damaged[:SAMPLE]) - bad
    western = _western(data) if wide <= 0 and bad > 2 else None
    if western is not None:
        return western, ("Read as Windows-1252.",)
    if bad <= max(1, len(damaged) * BAD_SHARE) and (wide > bad or len(data) < 2000 or bad <= 2):
        return damaged, _replaced(bad, "UTF-8")
    candidates = []
    for encoding in _encodings():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as problem:
            if problem.start < len(data) - 4:
                continue
            text = data[: problem.start].decode(encoding)
        candidates.append((_commonness(text[:SAMPLE]), encoding, text))
    if candidates:
        share, encoding, text = max(candidates, key=lambda entry: entry[0])
        if share > 0.55:
            return text, (f"Read as {encoding}.",)
    raise DocumentError(
        "encoding",
        f"{name} is in no encoding that is known: UTF-8, UTF-16, GB18030, Big5, Windows-1252.",
        "Save it again as UTF-8.",
    )


def _western(data: bytes) -> str | None:
    """Windows-1252, which holds Latin-1, if what is not ASCII is little, and nearly all of it typesetters' marks and letters that stand
    alone among ASCII."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    runs = [run.strip(TYPESETTERS) for run in WIDE_RUN.findall(text[:SAMPLE])]
    fitting = sum(not run or (len(run) == 1 and run.isalpha()) for run in runs)
    return text if 0.9 * len(runs) <= fitting <= WESTERN_SHARE * len(text[:SAMPLE]) else None


@cache
def _encodings() -> tuple[str, ...]:
    """Encodings besides UTF-8 and UTF-16 that texts of a language may be in."""
    return tuple(name for table in tables_of_all("recognition.toml").values() for name in table.get("encodings", ()))


@cache
def _common_characters() -> frozenset[str]:
    return frozenset("".join(table.get("characters", "") for table in tables_of_all("recognition.toml").values()))


def _commonness(text: str) -> float:
    """Share of a text's wide characters that are among the most frequent of a language; a wrong decoding gives rare ones."""
    common = _common_characters()
    wide = [character for character in text if character > "\u3000"]
    if not wide:
        return 0.0
    known = sum(character in common or "\u3000" <= character < "\u3100" or character >= "\uff00" for character in wide)
    spoiled = sum("\ue000" <= character < "\uf900" for character in wide)
    return 0.4 + known / len(wide) - 3 * spoiled / len(wide)
