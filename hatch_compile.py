"""Compiles the engine with mypyc when the package is built and a C compiler is at hand; without one it stays Python.

The modules go to ``src/zubda/_compiled`` with a list of the sources that they were made of (`zubda.compiled` uses them only while
those lie beside them unchanged). Nothing is done while they are of the present sources. ``python hatch_compile.py`` compiles by hand.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

PARTS = ("extraction/*.py", "languages/interface.py", "languages/scanning.py")
LEFT_OUT = frozenset(
    {
        *(
            "__init__.py",
            "explaining.py",
            "extracting.py",
        ),  # what is public keeps its signatures and docstrings as Python
        *("belligerents.py", "blocs.py", "collecting.py", "same_party.py", "stances.py", "tables.py"),  # seldom run
    }
)
LONGEST, PATIENT = 420, 3600
"""Seconds that compiling may take when the package is built, and by hand."""
BUILD = """
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from mypyc.build import mypycify
from setuptools import setup
from setuptools.command.build_ext import build_ext

class BuildSideBySide(build_ext):
    def build_extension(self, extension):
        if os.name != "nt":
            extension.extra_compile_args.append("-fvisibility=hidden")
        one_by_one = self.compiler.compile
        extension.sources.sort(key=os.path.getsize, reverse=True)

        def side_by_side(sources, **options):
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                return [*chain.from_iterable(pool.map(lambda source: one_by_one([source], **options), sources))]

        self.compiler.compile = side_by_side
        try:
            super().build_extension(extension)
        finally:
            self.compiler.compile = one_by_one

options = ["--config-file=", "--ignore-missing-imports", "--follow-imports=silent", "--cache-dir=" + sys.argv[2]]
modules = mypycify([*options, *sys.argv[3:]], opt_level="2", debug_level="0", multi_file=True)
script = ["-q", "build_ext", "--build-lib", sys.argv[1]]
setup(name="zubda_engine", ext_modules=modules, script_args=script, cmdclass={"build_ext": BuildSideBySide})
"""
"""One file of C for each module, compiled side by side; symbols hidden, so that modules call each other directly."""


class CompileError(RuntimeError):
    """The engine could not be compiled; the message says why."""


def compile_engine(root: Path, longest: int = LONGEST) -> bool:
    """Compile the engine of the checkout at ``root``. True if there was anything to do.

    Raises `CompileError` if there is no compiler or a step fails; what was compiled before stays as it was.
    """
    package = root / "src" / "zubda"
    compiled = _runtime(package)
    sources = sorted(
        path.relative_to(package).as_posix()
        for part in PARTS
        for path in package.glob(part)
        if path.name not in LEFT_OUT
    )
    wanted = {
        "suffix": sysconfig.get_config_var("EXT_SUFFIX"),
        "sources": sources,
        "hash": compiled.modules_hash(package, sources),
    }
    folder = package / compiled.FOLDER
    if _listed(compiled, folder, wanted):
        return False
    if not _compiler():
        raise CompileError("There is no C compiler on this machine.")
    with tempfile.TemporaryDirectory(dir=package, prefix=".compiling-") as name:
        scratch = Path(name)
        shutil.copytree(
            package, scratch / "zubda", ignore=shutil.ignore_patterns("page", compiled.FOLDER, ".*", "__pycache__")
        )
        _build(scratch, sources, longest)
        made = scratch / "made"
        made.mkdir()
        files = {}
        for path in sorted((scratch / "out").rglob(f"*{wanted['suffix']}")):
            module = path.relative_to(scratch / "out").as_posix().removesuffix(wanted["suffix"]).replace("/", ".")
            files[module] = f"{module}{wanted['suffix']}"
            shutil.move(path, made / files[module])
        (made / compiled.LIST).write_text(json.dumps({**wanted, "files": files}, indent=1), encoding="utf-8")
        if folder.exists():
            folder.rename(scratch / "old")
        made.rename(folder)
    return True


def _runtime(package: Path) -> ModuleType:
    """``zubda.compiled`` of the checkout, which need not be installed yet."""
    spec = spec_from_file_location("zubda_compiled", package / "compiled.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _listed(compiled: ModuleType, folder: Path, wanted: dict[str, object]) -> bool:
    try:
        listed = json.loads((folder / compiled.LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    there = all((folder / file).is_file() for file in listed.get("files", {}).values())
    return there and all(listed.get(key) == value for key, value in wanted.items())


def _compiler() -> bool:
    named = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    return header.is_file() and any(shutil.which(name) for name in (named, "cc", "gcc", "clang"))


def _build(scratch: Path, sources: list[str], longest: int) -> None:
    files = [f"zubda/{source}" for source in sources]
    command = [sys.executable, "-c", BUILD, str(scratch / "out"), str(scratch / "cache"), *files]
    environment = {**os.environ, "MYPYPATH": str(scratch)}
    try:
        done = subprocess.run(
            command, cwd=scratch, env=environment, capture_output=True, text=True, check=False, timeout=longest
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise CompileError(f"Compiling did not end: {problem}") from problem
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise CompileError(f"Compiling ended with {done.returncode}.\n{said}")


if __name__ == "__main__":
    try:
        print(
            "Engine compiled."
            if compile_engine(Path(__file__).parent, PATIENT)
            else "The compiled engine is up to date."
        )
    except CompileError as problem:
        sys.exit(f"{problem}\nThe engine runs as Python, more slowly and with the same results.")
