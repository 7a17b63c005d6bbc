"""Promises about the sources that no linter keeps for us."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tehuacan_comercial.data import schema

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "tehuacan_comercial"
LONGEST = 400


def modules() -> list[Path]:
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations/versions" not in path.as_posix()
    ]


def test_every_sql_file_is_applied() -> None:
    """All but what the demonstration's own module runs for itself."""
    written = {path.relative_to(schema.SQL_FOLDER).as_posix() for path in _sql_files()}
    applied = {*schema.BEFORE, *schema.AFTER, schema.OWNERS}
    assert applied <= written
    assert {name.split("/")[0] for name in written - applied} <= {"demo"}


def _sql_files() -> list[Path]:
    return list(schema.SQL_FOLDER.rglob("*.sql"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_is_short_and_opens_with_a_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert text.startswith('"""')


def test_every_posting_function_has_a_fixed_search_path() -> None:
    function = re.compile(r"CREATE OR REPLACE FUNCTION (\S+?)\(.*?\$\$", re.DOTALL)
    for path in _sql_files():
        for found in function.finditer(path.read_text(encoding="utf-8")):
            if "SECURITY DEFINER" in found.group(0):
                assert "SET search_path" in found.group(0), found.group(1)


def test_blocking_dialogs_are_opened_in_one_module() -> None:
    for path in (PACKAGE / "ui").rglob("*.py"):
        if path.name != "prompts.py":
            assert ".exec(" not in path.read_text(encoding="utf-8"), path


FORMATS = {"count", "day", "figure", "moment", "money"}
"""What writes an amount, a number or a date for the screen."""


def test_a_column_of_amounts_or_days_has_a_value_for_its_spreadsheet() -> None:
    """A text in pesos adds up in no spreadsheet (Q4)."""
    bare = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in (PACKAGE / "ui").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _is_bare_figure(call)
    ]
    assert bare == []


def _is_bare_figure(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Name) or call.func.id != "Column" or len(call.args) < 2:
        return False
    written = {
        each.func.id
        for each in ast.walk(call.args[1])
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }
    given = {keyword.arg for keyword in call.keywords}
    return bool(written & FORMATS) and not given & {"value", "sort_key"}
