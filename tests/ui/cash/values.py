"""Values for the screens' pure tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from tehuacan_comercial.domain.allocation import Part
from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.cash import Debt, SessionRow
from tehuacan_comercial.ui.cash.tender import Sale

TODAY = date(2026, 11, 24)
CASHIER = Actor("rosa", "Rosa Hernández", "Cajera", "cashier")
COUNTER = Actor("beto", "Beto Ruiz", "Ventanilla", "counter")


def pesos(text: str) -> Decimal:
    return Decimal(text)


def item(
    charge_id: int,
    amount: str = "100.00",
    tax: str = "0.00",
    due: date | None = date(2026, 9, 15),
    settled: str = "0.00",
    parent: int | None = None,
) -> OpenItem:
    return OpenItem(
        charge_id,
        "AGUA",
        "Agua potable",
        20,
        "202607",
        "jul–ago 2026",
        date(2026, 8, 31),
        due,
        Decimal(amount),
        Decimal(tax),
        Decimal(settled),
        parent,
    )


def debt(items: Sequence[OpenItem], credit: str = "0.00") -> Debt:
    return Debt(7, tuple(items), Decimal(credit), TODAY)


def session(
    state: str = "open", day: date = TODAY, held: int = 0, last: int | None = None
) -> SessionRow:
    return SessionRow(
        1,
        "C1-261124-1",
        "C1",
        "Caja 1",
        "rosa",
        "Rosa Hernández",
        day,
        state,
        Decimal("500.00"),
        datetime(2026, 11, 24, 14, 2, tzinfo=UTC),
        0,
        last,
        f"C1-{last:06}" if last else None,
        Decimal("10.00") if last else None,
        held,
    )


def sale(
    total: str = "757.37",
    advance: str = "0.00",
    credit: str = "0.00",
    step: str = "0.50",
    allowed: Sequence[TenderKind] = tuple(TenderKind),
) -> Sale:
    parts = (Part(1, Decimal(total)),) if Decimal(total) else ()
    return Sale(
        UUID(int=1),
        1,
        7,
        "10-00001-0",
        "NÚÑEZ PEÑA, María",
        parts,
        Decimal(advance),
        Decimal(credit),
        Decimal(step),
        tuple(allowed),
    )
