"""The closing report hides no difference, lists every payment and can be signed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tehuacan_comercial.documents.closing_report import (
    ClosingFormat,
    ClosingSheet,
    Signature,
    TenderCount,
    render,
)
from tests.documents.reading import pages_of, runs_of, sizes_of, text_of, title_of
from tests.documents.samples import CHAIN_HEAD, CLOSING, CLOSINGS, REPRINT

FORMATS = list(ClosingFormat)
SHEETS = [pytest.param(sheet, id=name) for name, sheet in CLOSINGS.items()]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_same_sheet_gives_the_same_bytes(sheet: ClosingSheet, form: ClosingFormat) -> None:
    assert render(sheet, form) == render(sheet, form)


@pytest.mark.parametrize("form", FORMATS)
def test_it_says_what_the_office_signs(form: ClosingFormat) -> None:
    text = text_of(render(CLOSING, form))
    for words in (
        "CORTE DE CAJA",
        "CC2-000312",
        "C2-1124-1",
        "Rosa Hernández Cuautle",
        "24/11/2026 08:02",
        "24/11/2026 15:11",
        "FALTANTE $10.00",
        "el faltante queda registrado",
        "19,350.50",
        "19,340.50",
        "−10.00",
        "Fondo inicial",
        "−3,129.50",
        "Efectivo esperado",
        "Alcantarillado",
        "25,743.87",
        "C2-018790 a C2-018836",
        "Ana Lilia Flores Méndez",
        "Jefa de cajas",
        "Observaciones: Se entregó",
    ):
        assert words in text
    assert CHAIN_HEAD in text.replace(" ", "")


def test_the_letter_lists_every_payment() -> None:
    text = text_of(render(CLOSING, ClosingFormat.LETTER))
    for payment in CLOSING.payments:
        assert text.count(payment.account_number) == 1
    assert text.count("Cancelado") == 1


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        (("0.00", "0.00"), "CAJA CUADRADA"),
        (("0.50", "0.00"), "SOBRANTE $0.50"),
        (("-1234.50", "0.00"), "FALTANTE $1,234.50"),
        (("-5.00", "5.00"), "DIFERENCIAS QUE SE COMPENSAN"),
        (("-5.00", "8.00"), "SOBRANTE $3.00"),
    ],
)
def test_the_verdict(differences: tuple[str, ...], verdict: str) -> None:
    expected = Decimal("5000.00")
    tenders = tuple(
        TenderCount(f"Forma {number}", expected, expected + Decimal(difference))
        for number, difference in enumerate(differences)
    )
    sheet = replace(CLOSING, tenders=tenders)
    assert sheet.verdict == verdict
    for form in FORMATS:
        assert verdict in text_of(render(sheet, form))


def test_a_session_without_payments_says_so() -> None:
    text = text_of(render(CLOSINGS["empty"], ClosingFormat.LETTER))
    assert "Sin recibos" in text
    assert "No se recibieron pagos en esta sesión." in text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_leaves_the_paper(sheet: ClosingSheet, form: ClosingFormat) -> None:
    pdf = render(sheet, form)
    for page, (wide, high) in enumerate(sizes_of(pdf)):
        for run in runs_of(pdf, page):
            assert run.left >= 8, run
            assert run.right <= wide - 8, run
            assert run.bottom >= 8, run
            assert run.top <= high - 8, run


def test_long_lists_run_on_with_their_head_and_number() -> None:
    pages = pages_of(render(CLOSINGS["strained"], ClosingFormat.LETTER))
    assert len(pages) == 8
    for number, page in enumerate(pages, 1):
        assert f"Página {number} de 8" in page
        assert "CC2-000312" in page
    assert all("Titular" in page for page in pages[3:])
    assert sum(page.count("C2-018835") for page in pages) == 6


@pytest.mark.parametrize("form", FORMATS)
def test_marks(form: ClosingFormat) -> None:
    text = text_of(render(replace(CLOSING, reprint=REPRINT, demonstration=True), form))
    assert "REIMPRESIÓN 2" in text
    assert "25/11/2026 09:31" in text
    assert "DEMOSTRACIÓN · SIN VALOR OFICIAL" in text


def test_paper_and_title() -> None:
    pdf = render(CLOSING)
    assert set(sizes_of(pdf)) == {(612.0, 792.0)}
    assert title_of(pdf) == "Corte de caja CC2-000312"
    ((wide, _),) = sizes_of(render(CLOSING, ClosingFormat.THERMAL))
    assert wide == pytest.approx(80 / 25.4 * 72, abs=0.01)


@pytest.mark.parametrize("format_", list(ClosingFormat))
def test_a_long_name_is_printed_whole(format_: ClosingFormat) -> None:
    """Who signs for the money is named to the last letter, above and where they sign."""
    name = CLOSINGS["strained"].cashier
    sheet = replace(CLOSING, cashier=name, signatures=(Signature(name, "Cajera"),) * 2)
    said = text_of(render(sheet, format_))
    assert said.replace(" ", "").count(name.replace(" ", "")) >= 3


def test_nobody_signs_on_a_page_of_its_own() -> None:
    """Whatever the number of payments, the last of them stands above the signatures."""
    for payments in range(1, 40):
        sheet = replace(CLOSING, payments=CLOSING.payments[:1] * payments)
        last = pages_of(render(sheet, ClosingFormat.LETTER))[-1]
        assert sheet.payments[0].folio in last, payments
