"""Parts of the server by themselves: columns, offsets, encodings, over values of any shape."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zubda.model import Document, OffsetMap
from zubda.server.page_data.claims import PlainMap
from zubda.server.page_data.columns import Columns
from zubda.server.page_data.control import days_of, month_frames, shares, undone
from zubda.server.responses import accepted_encoding


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=5), max_size=30), st.data())
def test_columns_come_back_as_they_went_in(lists: list[list[int]], data: st.DataObject) -> None:
    signed = data.draw(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=len(lists), max_size=len(lists)))
    columns = Columns(len(lists))
    columns.add("day", signed, "int32")
    columns.add_lists("place", lists)
    body, described = columns.pack(), columns.description()["columns"]

    def read(name: str) -> list[int]:
        entry = described[name]
        assert entry["offset"] % 4 == 0
        return np.frombuffer(body, np.dtype(entry["type"]).newbyteorder("<"), entry["length"], entry["offset"]).tolist()

    assert read("day") == signed
    at, flat = read("place_at"), read("place")
    assert [flat[begin:end] for begin, end in itertools.pairwise(at)] == lists


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, list[int]]:
    """A document made of runs kept from its raw text, with marks left out and spaces made up; and the raw offset of each kept character."""
    raw, text, kept = "", "", []
    plain_at, raw_at, lengths = [], [], []
    for left_out, run, made_up in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.integers(0, 2)), max_size=8)
    ):
        raw += "*" * left_out
        plain_at.append(len(text))
        raw_at.append(len(raw))
        lengths.append(run)
        kept += range(len(raw), len(raw) + run)
        letters = "".join(chr(97 + (len(raw) + at) % 26) for at in range(run))
        raw, text = raw + letters, text + letters + " " * made_up
    offsets = OffsetMap(tuple(plain_at), tuple(raw_at), tuple(lengths))
    return Document("d", "", "", "", "en", "text/plain", raw, text, offsets, ()), kept


@settings(deadline=None)
@given(documents())
def test_offsets_lead_back_to_the_plain_text(made: tuple[Document, list[int]]) -> None:
    document, kept = made
    plain = PlainMap(document)
    for at in kept:
        assert document.text[plain.offset(at)] == document.raw[at]
        start, end = plain.span(at, at + 1)
        assert document.text[start:end] == document.raw[at]
    for start in range(len(document.raw) + 1):
        for end in range(start, len(document.raw) + 1):
            begin, stop = plain.span(start, end)
            inside = "".join(document.raw[at] for at in kept if start <= at < end)
            assert document.text[begin:stop].replace(" ", "") == inside


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=0.5,  BR ; q=0.1", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0", "identity"),
        ("identity;q=1, *;q=0", "identity"),
        ("brotli", "identity"),
    ],
)
def test_encodings_are_those_that_the_header_takes(header: str, encoding: str) -> None:
    assert accepted_encoding(header) == encoding


def test_a_month_has_all_its_days() -> None:
    assert [len(days_of(month)) for month in ("2012-02", "2013-02", "2012-12", "1999-11")] == [29, 28, 31, 30]


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_months_undo_to_what_was_packed_and_shares_stay_within_the_ground(places: int, states: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    table = generator.dirichlet(np.ones(states), (31, places))
    table[:, generator.random(places) < 0.3] = np.nan

    class Told:
        """A model that answers from the table."""

        def probabilities(self, day: object) -> np.ndarray:
            return table[day.day - 1]  # type: ignore[attr-defined]

    held = undone(month_frames(Told(), "2031-01"), places, states)  # type: ignore[arg-type]
    assert np.abs(held - np.nan_to_num(table)).max() <= (1 + states / 2) / 255
    found = np.frombuffer(shares(held, generator.uniform(0.1, 5.0, places)), "<u2").reshape(31, states + 1, 3) / 65535
    assert np.allclose(found[:, :, 1].sum(axis=1), 1.0, atol=1e-3)
    assert np.all(np.diff(found, axis=2) >= 0)
