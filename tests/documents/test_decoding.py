"""Bytes to text: encodings, damage, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.documents.decoding import decode
from zubda.errors import DocumentError

CHINESE = "政府军在7月19日攻占了这个城区，反对派说有至少三十名平民被打死，双方在城市的东部继续战斗。" * 20
TRADITIONAL = "政府軍在7月19日攻佔了這個城區，反對派說有至少三十名平民被打死，雙方在城市的東部繼續戰鬥。" * 20
ENGLISH = "On 19 July the army took the district; at least thirty civilians died.\r\n" * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("text", [CHINESE, ENGLISH + CHINESE])
def test_encodings_are_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt")[0] == text


def test_big5_is_recognised() -> None:
    text, warnings = decode(TRADITIONAL.encode("big5"), "a.txt")
    assert text == TRADITIONAL
    assert warnings


def test_windows_1252_is_recognised() -> None:
    text = ENGLISH + "The “café” of José, déjà vu – nothing more. " * 9
    assert decode(text.encode("cp1252"), "a.txt") == (text, ("Read as Windows-1252.",))


def test_a_few_wrong_bytes_are_counted() -> None:
    text, warnings = decode(CHINESE.encode() + b"\xff\xfe\xff" + CHINESE.encode(), "a.txt")
    assert text.count("\ufffd") == 3
    assert "3 characters" in warnings[0]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        (b" \n\t\r\n", "document.empty"),
        (b"\xef\xbb\xbf", "document.empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "document.binary"),
        (b"abc\x00\x01\x02" * 100, "document.binary"),
        (bytes(range(128, 256)) * 50, "document.encoding"),
        (b"x" * (65 * 1024 * 1024), "document.too_large"),
    ],
    ids=["nothing", "blank", "mark alone", "picture", "zero bytes", "no encoding", "too large"],
)
def test_what_is_no_text_is_told(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as problem:
        decode(data, "a.txt")
    assert problem.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_an_error(data: bytes) -> None:
    try:
        text, warnings = decode(data, "a.txt")
    except DocumentError:
        return
    assert isinstance(text, str)
    assert isinstance(warnings, tuple)
