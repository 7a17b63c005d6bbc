"""Papers of custody: blind ones tell nothing, every item is listed, drawn alike every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from tehuacan_comercial.documents import custody
from tehuacan_comercial.documents.closing_report import Denomination
from tehuacan_comercial.documents.custody import Carried, Figure, Head
from tests.documents.reading import pages_of, text_of
from tests.documents.samples import OFFICE, REPRINT, TEHUACAN

D = Decimal
HEAD = Head(
    OFFICE,
    "C2-261124-1-R1",
    "C2-261124-1",
    "Caja 2",
    "Rosa Hernández Cuautle",
    date(2026, 11, 24),
    datetime(2026, 11, 24, 13, 5, tzinfo=TEHUACAN),
    demonstration=True,
)
PIECES = tuple(
    Denomination(D(value), count)
    for value, count in (("1000", 2), ("500", 7), ("200", 4), ("50", 3), ("0.50", 8))
)
DELIVERY = custody.DeliverySheet(
    replace(HEAD, folio="C2-261124-1-E2"), D("6454.00"), PIECES, "Aceptada", "Tope de efectivo",
    "Rosa Hernández Cuautle", "Elena Núñez Peña",
    datetime(2026, 11, 24, 13, 9, tzinfo=TEHUACAN), "",
)  # fmt: skip
ITEMS = (
    Carried("C2-261124-1-R1/1", "Efectivo", "", D("6454.00"), "Aceptada"),
    Carried(
        "C2-261124-1-R1/2", "Tarjeta", "Recibo C2-018835 · AUT 558120", D("1141.50"), "En tránsito"
    ),
    Carried(
        "C2-261124-1-R1/3",
        "Cheque",
        "Recibo C2-018841 · BBVA · 0004417 · Sin firma",
        D("820.00"),
        "Rechazada",
        returned=True,
    ),
)
HANDOVER = custody.HandoverSheet(
    HEAD, "Caja 1", "Guadalupe Flores Méndez", ITEMS, PIECES, "Cambio de turno",
    "Rosa Hernández Cuautle",
)  # fmt: skip
NAMES = ("Efectivo", "Tarjeta", "Transferencia", "Cheque")
COUNT = custody.CountSheet(
    replace(HEAD, folio="C2-261124-1-A3"),
    "De cierre",
    PIECES,
    tuple(Figure(name, D("6500.00"), D("6454.00")) for name in NAMES),
    "Se contó dos veces",
    "Rosa Hernández Cuautle",
    surprise=False,
)
INTERIM = custody.InterimSheet(
    replace(HEAD, folio="C2-261124-1-X1"), "ABIERTA",
    datetime(2026, 11, 24, 8, 1, tzinfo=TEHUACAN), D("500.00"), 41, "C2-018795", "C2-018835",
    "9f3c" * 16, tuple(Figure(name, D("1234.50")) for name in NAMES),
    (("Agua potable", 41, D("9120.40")), ("Recargos", 3, D("58.27"))),
    (Carried("C2-261124-1-E1", "Entrega de efectivo", "24/11/2026 11:40 · Elena Núñez Peña",
             D("3000.00"), "Aceptada"), *ITEMS),
    "Elena Núñez Peña",
)  # fmt: skip
REPAYMENT = custody.RepaymentSheet(
    replace(HEAD, folio="RF-000003"), D("235.50"), "Guadalupe Flores Méndez", "C1-261120-1",
    date(2026, 11, 20), D("300.00"), D("64.50"), "Lo trajo al abrir", "Rosa Hernández Cuautle",
)  # fmt: skip
PAPERS: dict[str, Callable[[], bytes]] = {
    "delivery": lambda: custody.render_delivery(DELIVERY),
    "handover": lambda: custody.render_handover(HANDOVER),
    "count": lambda: custody.render_count(COUNT),
    "interim": lambda: custody.render_interim(INTERIM),
    "repayment": lambda: custody.render_repayment(REPAYMENT),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_value_gives_the_same_bytes(name: str) -> None:
    pdf = PAPERS[name]()
    assert pdf == PAPERS[name]()
    told = text_of(pdf)
    for words in ("DEMOSTRACIÓN", "C2-261124-1", "Caja 2", "Rosa Hernández Cuautle"):
        assert words in told


def test_a_count_without_expected_amounts_shows_no_difference() -> None:
    blind = tuple(replace(figure, expected=None) for figure in COUNT.figures)
    told = text_of(custody.render_count(replace(COUNT, figures=blind)))
    assert "a ciegas" in told
    assert "Diferencia" not in told
    assert "6,500.00" not in told
    assert "Diferencia" in text_of(custody.render_count(COUNT))


def test_a_blind_x_report_says_why_it_has_no_amounts() -> None:
    told = text_of(custody.render_interim(replace(INTERIM, figures=(), concepts=())))
    assert "no muestra importes" in told
    assert "1,234.50" not in told


def test_what_was_sent_back_is_not_in_the_total() -> None:
    assert "$7,595.50" in text_of(custody.render_handover(HANDOVER))


def test_every_item_is_listed_on_as_many_pages_as_needed() -> None:
    many = tuple(
        Carried(f"C2-261124-1-R1/{line}", "Tarjeta", f"Recibo C2-{line:06}", D("100"), "Aceptada")
        for line in range(1, 131)
    )
    pdf = custody.render_handover(replace(HANDOVER, items=many, denominations=()))
    pages = pages_of(pdf)
    assert len(pages) >= 3
    assert all("Estado" in page for page in pages[:-1])
    told = text_of(pdf)
    assert all(f"R1/{line} " in told for line in range(1, 131))
    assert "$13,000.00" in told


def test_long_names_and_large_amounts_do_not_break_the_sheet() -> None:
    strained = replace(
        DELIVERY,
        amount=D("9999999999.99"),
        note="palabra " * 60,
        sent_by="María de los Ángeles Guadalupe " * 4,
        head=replace(DELIVERY.head, reprint=REPRINT, cashier="Cuautle " * 20),
    )
    told = text_of(custody.render_delivery(strained))
    assert "$9,999,999,999.99" in told
    assert "REIMPRESIÓN 2" in told
