"""Everything public is documented: commands, options, public names and error codes."""

import ast
import importlib
import importlib.util
import inspect
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _make_reference() -> object:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = _make_reference()


def test_the_reference_is_up_to_date() -> None:
    """`make reference` writes the page; a command, option or public name that it lacks makes this fail."""
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference.page()  # type: ignore[attr-defined]


def test_every_command_and_option_says_what_it_does() -> None:
    import typer

    from zubda.cli.main import app

    commands = reference._commands(typer.main.get_command(app), "zubda")  # type: ignore[attr-defined]
    assert len(commands) >= 10
    for path, command in commands:
        assert command.help, f"{path} has no help"
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{path}: {parameter.name} has no help"


@pytest.mark.parametrize("module_name", reference.public_modules())  # type: ignore[attr-defined]
def test_every_public_name_has_a_docstring(module_name: str) -> None:
    module = importlib.import_module(module_name)
    assert inspect.getdoc(module), f"{module_name} has no docstring"
    names = list(getattr(module, "__all__", []))
    assert names == sorted(names, key=lambda name: (not name.isupper(), name)) or names == sorted(names)
    for name in names:
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), f"{module_name}.{name} has no docstring"
        if inspect.isclass(value):
            for method, function in vars(value).items():
                if inspect.isfunction(function) and not method.startswith("_"):
                    assert inspect.getdoc(function), f"{module_name}.{name}.{method} has no docstring"


def error_codes() -> set[str]:
    """Every ``family.case`` that the source raises, found in its syntax trees."""
    from zubda import errors

    families = {name: getattr(errors, name).family for name in errors.__all__}
    codes = set()
    for path in (ROOT / "src" / "zubda").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if called in families and isinstance(first, ast.Constant) and isinstance(first.value, str):
                codes.add(f"{families[called]}.{first.value}")
    return codes


def test_every_error_code_is_documented() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    codes = error_codes()
    assert len(codes) > 10
    assert {code for code in codes if f"`{code}`" not in page} == set()


def test_no_documented_error_code_is_unknown_to_the_source() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    documented = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
    assert documented - error_codes() == set()


def test_links_between_pages_lead_somewhere() -> None:
    import re

    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"
