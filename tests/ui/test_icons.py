"""Every icon of the program exists, and none lies about unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tehuacan_comercial
from tehuacan_comercial.assets import resource

SOURCES = Path(tehuacan_comercial.__file__).parent
FILES = {file.stem for file in resource("icons").glob("*.svg")}
STYLED = "indicator-"
"""Pictures of the style sheet, which has its own test."""

FUNCTIONS = {"icon_pixmap", "tell", "tell_until_answered"}
"""Functions whose name belongs to one that takes an icon; other words are shared with some that do
not."""

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES.rglob("*.py")}


def _parameters(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    """What a call passes: the parameters of a function, of a class's __init__, or its fields."""
    if isinstance(node, ast.FunctionDef):
        return [each.arg for each in node.args.args]
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            return [argument.arg for argument in each.args.args[1:]]
    fields = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
    return [target.id for target in fields if isinstance(target, ast.Name)]


def _takers() -> dict[str, int]:
    """Whatever takes an icon, and at which place."""
    found: dict[str, int] = {"icon_pixmap": 0}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and "icon" in _parameters(node):
                names = [each for each in _parameters(node) if each != "self"]
                found[node.name] = names.index("icon")
    return found


def _asked() -> Iterator[tuple[Path, int, str]]:
    """Every icon named in a call that takes one."""
    takers = _takers()
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name not in takers or not (name[0].isupper() or name in FUNCTIONS):
                continue
            given = node.args[takers[name] : takers[name] + 1]
            given += [each.value for each in node.keywords if each.arg == "icon"]
            for each in given:
                said = each.value if isinstance(each, ast.Constant) else None
                if isinstance(said, str) and NAME.fullmatch(said):
                    yield file, node.lineno, said


ASKED = sorted(set(_asked()))


def test_the_calls_were_found() -> None:
    assert len(ASKED) > 60


@pytest.mark.parametrize("icon", sorted({name for _file, _line, name in ASKED}))
def test_an_icon_that_is_asked_for_exists(icon: str) -> None:
    assert icon in FILES


def test_no_icon_is_left_over() -> None:
    said = {
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {name for name in FILES - said if not name.startswith(STYLED)} == set()
