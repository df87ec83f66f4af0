"""Plain offsets to raw ones and back."""

from hypothesis import given
from hypothesis import strategies as st

from zubda.documents import read_document
from zubda.model import OffsetMap


@st.composite
def maps(draw: st.DrawFn) -> OffsetMap:
    plain, raw, lengths = [], [], []
    at_plain = at_raw = 0
    for _ in range(draw(st.integers(1, 6))):
        at_plain += draw(st.integers(0, 2))
        at_raw += draw(st.integers(0, 5))
        length = draw(st.integers(1, 6))
        plain.append(at_plain)
        raw.append(at_raw)
        lengths.append(length)
        at_plain += length
        at_raw += length
    return OffsetMap(tuple(plain), tuple(raw), tuple(lengths))


@given(maps(), st.data())
def test_every_copied_stretch_comes_back_from_its_raw_characters(offsets: OffsetMap, data: st.DataObject) -> None:
    run = data.draw(st.integers(0, len(offsets.plain) - 1))
    start = data.draw(st.integers(0, offsets.lengths[run] - 1))
    end = data.draw(st.integers(start + 1, offsets.lengths[run]))
    first = offsets.plain[run]
    back = offsets.plain_span(*offsets.span(first + start, first + end))
    assert back[0] == first + start
    assert back[1] >= first + end
    assert back[1] - (first + end) <= 2


def test_a_quotation_has_no_markup() -> None:
    raw = 'Rebels took [Port Sorrow](../Page/Port_Sorrow.md "wikilink") on **3 May**.\\[4\\] The rest followed.'
    document = read_document(raw.encode(), origin="a.md")
    start, end = document.offsets.plain_span(0, raw.index("\\["))
    assert document.text[start:end] == "Rebels took Port Sorrow on 3 May."
