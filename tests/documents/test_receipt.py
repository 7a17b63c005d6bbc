"""The proof of payment says everything, fits its paper and can be scanned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from tehuacan_comercial.documents.receipt import Cancelled, ReceiptFormat, ReceiptSheet, render
from tests.documents.reading import codes_of, pages_of, runs_of, sizes_of, text_of, title_of
from tests.documents.samples import (
    OFFICE,
    RECEIPT,
    RECEIPTS,
    REPRINT,
    STRAINED_RECEIPT,
    TEHUACAN,
)

FORMATS = list(ReceiptFormat)
ROLL = 80 / 25.4 * 72
COPIES = {ReceiptFormat.THERMAL: 1, ReceiptFormat.HALF_LETTER: 1, ReceiptFormat.LETTER: 2}


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> ReceiptFormat:
    value = request.param
    assert isinstance(value, ReceiptFormat)
    return value


@pytest.fixture(params=RECEIPTS)
def sheet(request: pytest.FixtureRequest) -> ReceiptSheet:
    return RECEIPTS[request.param]


def test_the_same_sheet_gives_the_same_bytes(sheet: ReceiptSheet, form: ReceiptFormat) -> None:
    first = render(sheet, form)
    assert first.startswith(b"%PDF")
    assert render(sheet, form) == first


def test_another_amount_gives_other_bytes(form: ReceiptFormat) -> None:
    other = replace(RECEIPT, total=Decimal("1141.50"))
    assert render(other, form) != render(RECEIPT, form)


def test_it_says_what_the_customer_must_be_able_to_prove(form: ReceiptFormat) -> None:
    text = text_of(render(RECEIPT, form))
    for words in (
        "C2-018835",
        "7K2M-9QXD",
        "24/11/2026 13:47",
        "10-04573-2",
        "NÚÑEZ PEÑA, María de los Ángeles",
        "Doméstico",
        "Servicio medido",
        "18-220931",
        "Alcantarillado",
        "sep–oct 2026",
        "−148.00",
        "$1,141.00",
        "−0.03",
        "UN MIL CIENTO CUARENTA Y UN PESOS 00/100 M.N.",
        "Efectivo",
        "1,500.00",
        "359.00",
        "1,175.37",
        "34.34",
        "Rosa Hernández Cuautle",
        "Caja 2",
        "C2-1124-1",
        OFFICE.rfc,
    ):
        assert words in text


def test_the_legends_of_the_office_stand_complete(form: ReceiptFormat) -> None:
    text = text_of(render(STRAINED_RECEIPT, form))
    copies = COPIES[form] * (1 if form is ReceiptFormat.THERMAL else 5)
    for legend in OFFICE.legends:
        assert text.count(legend) == 3 * copies


def test_both_codes_are_read_back_at_the_thermal_head_s_resolution(
    sheet: ReceiptSheet, form: ReceiptFormat
) -> None:
    pdf = render(sheet, form)
    expected = [("Code128", sheet.folio), ("QRCode", sheet.qr_payload)]
    assert codes_of(pdf) == sorted(expected * COPIES[form])


def test_the_paper_has_its_size(form: ReceiptFormat) -> None:
    (size,) = sizes_of(render(RECEIPT, form))
    if form is ReceiptFormat.THERMAL:
        assert size[0] == pytest.approx(ROLL, abs=0.01)
        assert 300 < size[1] < 900
    else:
        assert size == ((612, 396) if form is ReceiptFormat.HALF_LETTER else (612, 792))


def test_the_ticket_is_as_long_as_its_lines() -> None:
    short = replace(RECEIPT, lines=RECEIPT.lines[:1])
    heights = [sizes_of(render(s, ReceiptFormat.THERMAL))[0][1] for s in (short, RECEIPT)]
    assert heights[1] - heights[0] > 8 * 15


def test_nothing_leaves_the_paper_however_long_it_is(
    sheet: ReceiptSheet, form: ReceiptFormat
) -> None:
    pdf = render(sheet, form)
    for page, (wide, high) in enumerate(sizes_of(pdf)):
        for run in runs_of(pdf, page):
            assert run.left >= 8, run
            assert run.right <= wide - 8, run
            assert run.bottom >= 8, run
            assert run.top <= high - 8, run


def test_sixty_concepts_are_all_there(form: ReceiptFormat) -> None:
    pdf = render(STRAINED_RECEIPT, form)
    pages = pages_of(pdf)
    text = " ".join(pages)
    for number in range(1, 61):
        assert text.count(f"Concepto {number:02}") == COPIES[form]
    if form is not ReceiptFormat.THERMAL:
        assert len(pages) == 5
        for number, page in enumerate(pages, 1):
            assert f"Página {number} de 5" in page


def test_a_reprint_says_so_and_changes_nothing_else(form: ReceiptFormat) -> None:
    marked = text_of(render(replace(RECEIPT, reprint=REPRINT), form))
    plain = text_of(render(RECEIPT, form))
    assert "REIMPRESIÓN" not in plain
    for words in ("REIMPRESIÓN 2", "25/11/2026 09:31", "Rosa Hernández Cuautle"):
        assert words in marked
    for words in ("REIMPRESIÓN 2 · ", "REIMPRESIÓN 2", "25/11/2026 09:31 · Rosa Hernández Cuautle"):
        marked = marked.replace(words, "")
    assert sorted(marked.split()) == sorted(plain.split())


def test_demonstration_is_plain_to_see(form: ReceiptFormat) -> None:
    assert "DEMOSTRACIÓN" not in text_of(render(RECEIPT, form))
    demonstration = text_of(render(replace(RECEIPT, demonstration=True), form))
    assert demonstration.count("DEMOSTRACIÓN") >= 2 * COPIES[form]
    assert "SIN VALOR OFICIAL" in demonstration


def test_no_change_is_said_as_zero(form: ReceiptFormat) -> None:
    tender = replace(RECEIPT.tenders[0], received=Decimal("1141.00"), change=Decimal("0.00"))
    assert "Cambio 0.00" in text_of(render(replace(RECEIPT, tenders=(tender,)), form))


def test_the_letter_page_carries_a_copy_for_each_side() -> None:
    text = text_of(render(RECEIPT, ReceiptFormat.LETTER))
    assert "COMPROBANTE DE PAGO · USUARIO" in text
    assert "COMPROBANTE DE PAGO · CAJA" in text


def test_the_columns_of_figures_line_up() -> None:
    runs = runs_of(render(RECEIPT, ReceiptFormat.HALF_LETTER))
    ends = {run.text.strip(): run.right for run in runs}
    totals = [ends[figure] for figure in ("318.40", "73.87", "36.93", "324.10", "148.00")]
    assert max(totals) - min(totals) < 1.2


def test_the_title_names_the_folio(form: ReceiptFormat) -> None:
    assert title_of(render(RECEIPT, form)) == "Comprobante de pago C2-018835"


VOID = Cancelled(
    datetime(2026, 11, 24, 14, 2, tzinfo=TEHUACAN),
    "Laura Méndez Soriano",
    "Se cobró en otra cuenta",
    "C2-018836",
)


def test_a_void_receipt_confesses_it_and_names_its_successor(form: ReceiptFormat) -> None:
    for sheet in (RECEIPT, STRAINED_RECEIPT):
        text = text_of(render(replace(sheet, reprint=REPRINT, cancelled=VOID), form))
        for words in (
            "CANCELADO", "24/11/2026 14:02", "Autorizó Laura Méndez Soriano",
            "Motivo: Se cobró en otra cuenta", "Sustituido por folio C2-018836", "REIMPRESIÓN 2",
        ):  # fmt: skip
            assert words in text, words
        assert "CANCELADO" not in text_of(render(replace(sheet, reprint=REPRINT), form))


def test_the_successor_names_the_receipt_it_replaces(form: ReceiptFormat) -> None:
    text = text_of(render(replace(RECEIPT, replaces="C2-018801"), form))
    assert "Sustituye a folio C2-018801" in text


def test_a_transfer_names_everybody_and_its_concept_whole(form: ReceiptFormat) -> None:
    note = (
        "Traspaso del recibo C3-000707 (24/11/2026 13:46), que se cobró en la cuenta 04000268."
        " No es un cobro nuevo. Motivo: Se cobró en otra cuenta. Solicitó Elena Carrera Salas"
        " (DEMOSTRACIÓN); autorizó Marta Gutiérrez Olivares (DEMOSTRACIÓN)."
    )
    advance = replace(RECEIPT.lines[0], concept="Saldo a favor (pago anticipado)", period="")
    words = text_of(render(replace(RECEIPT, note=note, lines=(advance,)), form))
    assert note in words
    assert advance.concept in words
