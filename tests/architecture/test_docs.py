"""The papers of the project keep up with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tehuacan_comercial.ui.actions import ACTIONS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_links_to_exists(page: Path) -> None:
    linked = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in linked if not (page.parent / link).exists()]
    assert not missing


def test_the_manual_tells_every_key() -> None:
    told = (ROOT / "docs" / "manual" / "teclas.md").read_text(encoding="utf-8")
    assert not [action.key for action in ACTIONS if f"| {action.key} |" not in told]
