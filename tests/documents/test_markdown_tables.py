"""Tables in Markdown: the heading row, the cells, line breaks and emphasised runs within them."""

from __future__ import annotations

import subprocess
import sys

from zubda.documents import read_document
from zubda.model import Document

TABLE = """# Places

|   Name   |  Held by |  More |
|   ---    |   :--:   |  --- |
| Olm |  Red  |  |
| *Upper* Olm | a<br>b | *See Battle of Olm* Captured by Red. |
| Pipe \\| d |  | x |

after
"""


def cells_of(document: Document) -> list[list[str]]:
    return [
        [document.text[start:end] for start, end in block.cells]
        for block in document.blocks
        if block.kind == "table_row"
    ]


def test_cells_are_kept_apart_and_empty_ones_counted() -> None:
    assert cells_of(read_document(TABLE.encode(), origin="t.md")) == [
        ["Name", "Held by", "More"],
        ["Olm", "Red", ""],
        ["Upper\nOlm", "a\nb", "See Battle of Olm\nCaptured by Red."],
        ["Pipe | d", "", "x"],
    ]


def test_only_the_first_row_heads_the_table() -> None:
    rows = [block.level for block in read_document(TABLE.encode(), origin="t.md").blocks if block.kind == "table_row"]
    assert rows == [1, 0, 0, 0]


def test_a_heading_row_is_no_account() -> None:
    document = read_document(TABLE.encode(), origin="t.md")
    assert [block.narrative for block in document.blocks if block.kind == "table_row"] == [False, True, True, True]


def test_every_character_of_a_cell_stands_at_its_raw_offset() -> None:
    document = read_document(TABLE.encode(), origin="t.md")
    for block in document.blocks:
        for start, end in block.cells:
            for offset in range(start, end):
                if document.text[offset] != "\n":
                    assert document.raw[document.offsets.to_raw(offset)] == document.text[offset]


def test_reading_documents_needs_no_other_module_first() -> None:
    subprocess.run(
        [sys.executable, "-c", "import zubda.documents as d; d.read_document(b'x', origin='x.md')"], check=True
    )
