"""The statement shows every movement with its balance, over as many pages as it needs."""

from __future__ import annotations

import pytest

from tehuacan_comercial.documents.flow import Block, paginate
from tehuacan_comercial.documents.pen import Pen
from tehuacan_comercial.documents.statement import StatementSheet, render
from tests.documents.reading import pages_of, runs_of, sizes_of, text_of, title_of
from tests.documents.samples import LONG_STATEMENT, STATEMENT, STATEMENTS

SHEETS = [pytest.param(sheet, id=name) for name, sheet in STATEMENTS.items()]


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_same_sheet_gives_the_same_bytes(sheet: StatementSheet) -> None:
    assert render(sheet) == render(sheet)


def test_it_says_how_the_balance_came_about() -> None:
    text = text_of(render(STATEMENT))
    for words in (
        "ESTADO DE CUENTA",
        "Del 01/01/2025 al 24/11/2026",
        "NÚÑEZ PEÑA, María de los Ángeles",
        "Estado del servicio",
        "Saldo inicial",
        "Alcantarillado",
        "Pago, gracias",
        "C2-012003",
        "−$1,996.04",
        "$398.02",
        "Antigüedad del adeudo",
        "1 a 60 días",
        "164.67",
        "no es comprobante de no adeudo",
        "Emitido el 24/11/2026 13:47 por Rosa Hernández Cuautle",
        "Página 1 de 1",
    ):
        assert words in text


def test_every_movement_of_a_long_statement_is_there_once() -> None:
    pages = pages_of(render(LONG_STATEMENT))
    assert len(pages) == 5
    text = "\n".join(pages)
    for number, movement in enumerate(LONG_STATEMENT.movements):
        assert text.count(f"{number:03} {movement.concept[4:12]}") == 1
    for number, page in enumerate(pages, 1):
        assert f"Página {number} de 5" in page
        assert "Documento" in page
        assert "10-04573-2" in page
        assert "REIMPRESIÓN 2" in page
        assert "DEMOSTRACIÓN" in page


def test_an_account_without_movements() -> None:
    text = text_of(render(STATEMENTS["empty"]))
    assert "Saldo final" in text
    assert "Antigüedad" not in text


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_leaves_the_page(sheet: StatementSheet) -> None:
    pdf = render(sheet)
    for page, size in enumerate(sizes_of(pdf)):
        assert size == (612.0, 792.0)
        for run in runs_of(pdf, page):
            assert run.left >= 15, run
            assert run.right <= 597, run
            assert run.bottom >= 12, run
            assert run.top <= 777, run


def test_the_title_names_the_account() -> None:
    assert title_of(render(STATEMENT)) == "Estado de cuenta 10-04573-2"


def _draw(pen: Pen, y: float) -> None:
    """Only heights matter here."""


def test_a_heading_is_never_the_last_on_a_page() -> None:
    head = Block(10, _draw, with_next=True)
    title = Block(15, _draw, with_next=True)
    rows = [Block(10, _draw, head) for _ in range(12)]
    blocks = [Block(60, _draw), title, head, *rows]
    pages = paginate(blocks, 90)
    assert pages[0] == [blocks[0]]
    assert pages[1][:3] == [title, head, rows[0]]
    assert pages[2][0] is head
    assert sum(page.count(rows[0]) for page in pages) == 12
    assert all(sum(block.high for block in page) <= 90 for page in pages)


def test_a_block_taller_than_the_page_still_gets_one() -> None:
    tall = Block(500, _draw)
    assert paginate([tall, tall], 90) == [[tall], [tall]]
