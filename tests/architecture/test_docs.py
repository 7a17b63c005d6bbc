"""Promises about what is written for people: pictures and pages exist, the manual has every key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tehuacan_comercial.ui.actions import ACTIONS, TABLE_KEYS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MANUAL = DOCS / "manual"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BOLD_OR_CODE = re.compile(r"\*\*([^*]+)\*\*|`([^`]+)`")


def _heading_anchor(line: str) -> str:
    """As GitHub makes it: lower case, no punctuation, hyphens for spaces."""
    words = re.sub(r"[^\w\s-]", "", line.lstrip("#").strip().lower())
    return words.replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_picture_exists_and_the_manual_leads_nowhere_wrong(page: Path) -> None:
    """Of the manual also pages and headings; elsewhere the pictures."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target or not (page.parent == MANUAL or target.endswith(".png")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if anchor:
            lines = file.read_text(encoding="utf-8").splitlines()
            anchors = {_heading_anchor(line) for line in lines if line.startswith("#")}
            assert anchor in anchors, target


def test_the_pages_link_pictures() -> None:
    linked = [link for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))]
    assert any(link.endswith("caja-cobro-claro.png") for link in linked)


@pytest.mark.parametrize("key", [*(a.key for a in ACTIONS), *(key for key, _text in TABLE_KEYS)])
def test_the_manual_tells_every_key(key: str) -> None:
    text = (MANUAL / "teclas.md").read_text(encoding="utf-8")
    told = {bold or code for bold, code in BOLD_OR_CODE.findall(text)}
    assert key in told
