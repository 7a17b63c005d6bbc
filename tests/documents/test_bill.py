"""The water bill says what is owed and why, fits its page and can be scanned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tehuacan_comercial.documents.bill import BillSheet, render, render_many
from tests.documents.reading import codes_of, pages_of, runs_of, sizes_of, text_of, title_of
from tests.documents.samples import BILL, BILLS, FIXED_BILL, REPRINT, STRAINED_BILL

LETTER = (612.0, 792.0)


@pytest.fixture(params=BILLS)
def sheet(request: pytest.FixtureRequest) -> BillSheet:
    return BILLS[request.param]


def test_the_same_bill_gives_the_same_bytes(sheet: BillSheet) -> None:
    assert render(sheet) == render(sheet)


def test_it_says_what_is_owed_and_why() -> None:
    text = text_of(render(BILL))
    for words in (
        "RECIBO DE AGUA",
        "R26-05-0012345",
        "10-04573-2",
        "NÚÑEZ PEÑA, María de los Ángeles",
        "01/09/2026 al 31/10/2026",
        "$1,175.37",
        "30 de noviembre de 2026",
        "2 periodos vencidos",
        "Lectura anterior",
        "1,204",
        "1,222",
        "18 m³",
        "en 62 días",
        "290 litros por día",
        "20 % del agua",
        "−148.00",
        "Adeudo anterior (2 periodos) 866.09",
        "Recargos 58.27",
        "UN MIL CIENTO SETENTA Y CINCO PESOS 37/100 M.N.",
        "credencial INAPAM",
        "1004573202605",
    ):
        assert words in text
    assert "DEMOSTRACIÓN" not in text
    assert "ESTIMADA" not in text


def test_both_codes_are_read_back_at_203_dpi(sheet: BillSheet) -> None:
    expected = [("Code128", sheet.barcode_payload), ("QRCode", sheet.qr_payload)]
    assert codes_of(render(sheet)) == sorted(expected)


def test_an_estimated_reading_is_said() -> None:
    text = text_of(render(BILLS["estimated"]))
    assert "LECTURA ESTIMADA" in text
    assert "promedio de sus últimas lecturas" in text


def test_a_fixed_fee_has_no_readings() -> None:
    text = text_of(render(FIXED_BILL))
    assert "Cuota fija" in text
    assert "Lectura" not in text
    assert "vencido" not in text


def test_one_overdue_period_is_singular() -> None:
    text = text_of(render(replace(BILL, overdue_periods=1)))
    assert "1 periodo vencido" in text
    assert "Adeudo anterior (1 periodo)" in text


def test_nothing_leaves_the_page_however_long_it_is(sheet: BillSheet) -> None:
    pdf = render(sheet)
    for page, size in enumerate(sizes_of(pdf)):
        assert size == LETTER
        for run in runs_of(pdf, page):
            assert run.left >= 15, run
            assert run.right <= 597, run
            assert run.bottom >= 15, run
            assert run.top <= 777, run


def test_sixty_concepts_run_on_to_further_pages() -> None:
    pages = pages_of(render(STRAINED_BILL))
    assert len(pages) == 3
    assert "Los demás conceptos están en la página siguiente." in pages[0]
    for number, page in enumerate(pages, 1):
        assert f"Página {number} de 3" in page
        assert "10-04573-2" in page
    for number in range(1, 61):
        assert " ".join(pages).count(f"Concepto {number:02}") == 1


def test_too_many_notices_say_that_there_are_more() -> None:
    text = text_of(render(replace(BILL, notices=BILL.notices * 20)))
    assert "Hay más avisos" in text
    assert "Hay más avisos" not in text_of(render(STRAINED_BILL))


def test_more_than_thirteen_periods_show_the_last() -> None:
    older = replace(BILL.history[0], volume=Decimal(987))
    assert "987" not in text_of(render(replace(BILL, history=(older, *BILL.history))))


def test_no_consumption_at_all_is_drawn() -> None:
    bars = tuple(replace(bar, volume=Decimal(0)) for bar in BILL.history)
    assert "0 m³" in text_of(render(replace(BILL, history=bars, volume=Decimal(0))))


def test_marks() -> None:
    text = text_of(render(replace(BILL, reprint=REPRINT, demonstration=True)))
    assert text.count("REIMPRESIÓN 2") == 2
    assert text.count("DEMOSTRACIÓN") == 2


def test_a_route_in_one_file_keeps_order_and_reports_progress() -> None:
    seen: list[int] = []
    sheets = [
        replace(BILL, account_number=f"20-{number:05}-1", barcode_payload=f"20{number:011}")
        for number in range(25)
    ]
    pdf = render_many(iter(sheets), seen.append, "Ruta 12")
    pages = pages_of(pdf)
    assert seen == list(range(1, 26))
    assert title_of(pdf) == "Ruta 12"
    assert [f"20-{number:05}-1" in page for number, page in enumerate(pages)] == [True] * 25
    assert ("Code128", "2000000000024") in codes_of(pdf, 24)
    assert len(pdf) < 25 * len(render(BILL)) / 3


def test_progress_may_give_up() -> None:
    def give_up(done: int) -> None:
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        render_many([BILL] * 5, give_up)


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(ValueError, match="no bill"):
        render_many([])
