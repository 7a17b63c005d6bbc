"""Values of an account made by hand, for tests that need no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.services.accounts import (
    AccountCard,
    AccountFile,
    BillRow,
    HistoryRow,
    PaymentRow,
    Reach,
    ReadingRow,
    StatementLine,
)
from tehuacan_comercial.services.actor import Actor

TODAY = date(2026, 11, 24)
CARD = AccountCard(
    account_id=7,
    account_number="10-04573-2",
    holder_id=3,
    holder_name="NÚÑEZ PEÑA, MARÍA DE LOS ÁNGELES",
    address="Priv. de los Laureles 412",
    neighbourhood="San Rafael",
    postal_code="75700",
    meter_serial="18-220931",
    phone="••••••4567",
    state="active",
    use_class="DOM",
    use_name="Doméstico",
    domestic=True,
    zone="MED",
    zone_name="Media",
    modality="metered",
    sector="S1",
    route_code="R01",
    sequence=14,
    opened_on=date(2020, 1, 1),
    water=True,
    sewerage=True,
    sanitation=False,
    estimated_in_a_row=0,
    demonstration=False,
    debt=Decimal("392.27"),
    overdue=Decimal("392.27"),
    overdue_periods=1,
    oldest_due=date(2026, 9, 15),
    credit=Decimal("0.00"),
    last_payment_on=None,
)
ITEM = OpenItem(
    1, "AGUA", "Agua potable", 20, "202607", "jul–ago 2026", date(2026, 8, 31),
    date(2026, 9, 15), Decimal("392.27"), Decimal(0), Decimal(0),
)  # fmt: skip
READING = ReadingRow(
    "202607", "jul–ago 2026", date(2026, 8, 31), "18-220931", 1200, 1218, 18, "actual", ""
)
BILL = BillRow(
    5, "202607", "jul–ago 2026", date(2026, 8, 31), date(2026, 9, 15), 18, False,
    Decimal("382.08"), Decimal("10.19"), Decimal("392.27"), Decimal("392.27"), True,
)  # fmt: skip
PAYMENT = PaymentRow(
    9, "C2-018834", datetime(2026, 5, 14, 10, 22, tzinfo=ZoneInfo("America/Mexico_City")),
    date(2026, 5, 14), "mar–abr 2026", "cash,card,cash", Decimal("642.00"), "Rosa", "C2",
)  # fmt: skip
SURCHARGE = StatementLine(
    date(2026, 10, 1), 44, "surcharge", "jul–ago 2026", "Recargos", Decimal("5.88"),
    Decimal(0), Decimal("398.15"),
)  # fmt: skip
HISTORY = (
    HistoryRow("state", "restricted", date(2026, 10, 2), None),
    HistoryRow("terms", "Doméstico · Media · metered · water · sewerage", date(2020, 1, 1), None),
    HistoryRow("holder", "NÚÑEZ PEÑA, MARÍA", None, date(2026, 1, 1)),
)


def actor(job: str) -> Actor:
    return Actor("persona", "Persona de Prueba", "Puesto", job)


def account_file(**changes: Any) -> AccountFile:
    file = AccountFile(
        CARD, CARD, Reach(debt=True, payments=True), (ITEM,), (SURCHARGE,), (BILL,), (PAYMENT,),
        (READING,), HISTORY,
    )  # fmt: skip
    return replace(file, **changes)
