"""A published folder: complete, self-contained, replaced in one step."""

import gzip
import re
from base64 import b64decode
from pathlib import Path

import orjson
import pytest

from zubda.chronicle import Chronicle
from zubda.errors import MissingExtraError, UsageError
from zubda.server import PageData, page, publish, publishing

INDEX = b"""<!doctype html>
<html lang="en"><head>
<meta charset="utf-8" />
<meta name="zubda-data" content="fetch">
<script defer src="./assets/page.js"></script>
</head><body></body></html>"""
CALL = re.compile(rb'zubdaData\(("[^"]+"),(.*)\);\n', re.DOTALL)


@pytest.fixture
def pretend_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of two files in the place of the built one."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(INDEX)
    (folder / "assets" / "page.js").write_text("// page")
    (folder / ".sources").write_text("hash")
    monkeypatch.setattr(publishing, "page_files", lambda: page.page_files(folder))


def delivered(site: Path, path: str) -> tuple[str, bytes]:
    """Path and bytes that a data script hands over, read as the page reads them."""
    found = CALL.fullmatch((site / "data" / f"{path}.js").read_bytes())
    assert found, path
    value = orjson.loads(found[2])
    packed = path.endswith(".bin")
    return orjson.loads(found[1]), gzip.decompress(b64decode(value)) if packed else orjson.dumps(value)


@pytest.mark.usefixtures("pretend_page")
def test_a_site_holds_every_resource_as_the_server_gives_it(small: Chronicle, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    index = publish(small, tmp_path / "new" / "site", progress=lambda done, total: steps.append((done, total)))
    assert index == tmp_path / "new" / "site" / "index.html"
    data = PageData(small)
    paths = list(data.paths())
    for path in paths:
        named, content = delivered(index.parent, path)
        expected = data.resource(path)
        assert named == path
        assert content == (expected if path.endswith(".bin") else orjson.dumps(orjson.loads(expected)))
    written = {file.relative_to(index.parent).as_posix() for file in index.parent.rglob("*") if file.is_file()}
    assert written == {"index.html", "assets/page.js", *(f"data/{path}.js" for path in paths)}
    assert steps[-1] == (len(paths), len(paths))
    assert [entry.name for entry in index.parent.parent.iterdir()] == ["site"]


@pytest.mark.usefixtures("pretend_page")
def test_the_index_says_that_data_comes_by_script_and_keeps_the_policy(small: Chronicle, tmp_path: Path) -> None:
    text = publish(small, tmp_path / "site").read_text(encoding="utf-8")
    assert text.count('name="zubda-data"') == 1
    assert '<meta name="zubda-data" content="script" />' in text
    assert "script-src 'self'" in text
    assert text.index("Content-Security-Policy") < text.index("<script")
    assert "frame-ancestors" not in text, "browsers refuse it in a page"


@pytest.mark.usefixtures("pretend_page")
def test_publishing_again_replaces_the_site_and_leaves_nothing_of_it(small: Chronicle, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(small, site)
    (site / "data" / "left.json.js").write_text("old")
    first = {file.relative_to(site): file.read_bytes() for file in site.rglob("*.js")}
    publish(small, site)
    again = {file.relative_to(site): file.read_bytes() for file in site.rglob("*.js")}
    first.pop(Path("data/left.json.js"))
    assert again == first, "the same chronicle gives the same files, byte for byte"


@pytest.mark.usefixtures("pretend_page")
def test_a_folder_with_other_things_in_it_is_left_alone(small: Chronicle, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "index.html").write_text("my letters")
    with pytest.raises(UsageError) as caught:
        publish(small, tmp_path / "letters")
    assert caught.value.code == "usage.directory"
    assert (tmp_path / "letters" / "index.html").read_text() == "my letters"
    with pytest.raises(UsageError):
        publish(small, tmp_path / "letters" / "index.html")


def test_without_a_built_page_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError) as caught:
        page.page_files(tmp_path)
    assert caught.value.code == "extra.page"


@pytest.mark.usefixtures("pretend_page")
def test_text_of_documents_never_leaves_its_quotes(tmp_path: Path) -> None:
    from zubda.model import Block, Claim, Document, OffsetMap

    hostile = '</script><script>alert(1)</script> "); alert(2); (" \u2028 <img src=x onerror=alert(3)> 𝔘'
    length = len(hostile)
    document = Document(
        "dffffffffffff", hostile, "x.txt", "f" * 64, "en", "text/plain", hostile, hostile,
        OffsetMap((0,), (0,), (length,)), (Block("paragraph", 0, length),),
    )  # fmt: skip
    claim = Claim("cffffffffff1", document.id, ((0, length),), "other", source=hostile)
    site = publish(Chronicle([document], [claim]), tmp_path / "site").parent
    _, content = delivered(site, "documents/0.json")
    assert orjson.loads(content)["text"] == hostile
    assert orjson.loads(content)["astral"] == [length - 1]
    assert orjson.loads(delivered(site, "claims/0.json")[1])[0]["text"] == hostile
    assert "<img" not in (site / "index.html").read_text(encoding="utf-8")


def test_all_scripts_together_stay_under_400_kb_compressed(pages: dict[str, bytes]) -> None:
    packed = {path: len(gzip.compress(content)) for path, content in pages.items() if path.endswith(".js")}
    assert packed.keys() == {"assets/page.js", "assets/maplibre-gl.js", "assets/pmtiles.js"}
    assert sum(packed.values()) < 400_000, packed
