"""Sheets to draw: an ordinary receipt and an ordinary water bill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from tehuacan_comercial.documents.amount_words import amount_in_words
from tehuacan_comercial.documents.base import Office
from tehuacan_comercial.documents.bill import BillLine, BillReading, BillSheet, PeriodConsumption
from tehuacan_comercial.documents.receipt import ReceiptLine, ReceiptSheet, ReceiptTender

D = Decimal
_OFFICE = Office(
    name="Organismo Operador DEMOSTRACIÓN",
    short_name="DEMOSTRACIÓN",
    rfc="XAXX010101000",
    address="Av. Ejemplo 100, Tehuacán, Puebla, C.P. 75700",
    phone="238 000 0000",
    legends=("Este comprobante no libera adeudos anteriores.", "Conserve este comprobante."),
)
_PERIODS = ("may–jun 2026", "jul–ago 2026", "sep–oct 2026")
_NOW = datetime(2026, 11, 24, 13, 47, tzinfo=timezone(timedelta(hours=-6)))


def receipt() -> ReceiptSheet:
    """Three periods of three concepts, paid in cash."""
    lines = tuple(
        ReceiptLine(concept, period, D(amount), D(tax), D(amount) + D(tax))
        for period in _PERIODS
        for concept, amount, tax in (
            ("Agua potable", "318.40", "0.00"),
            ("Alcantarillado", "63.68", "10.19"),
            ("Saneamiento", "31.84", "5.09"),
        )
    )
    total = D("1287.50")
    return ReceiptSheet(
        office=_OFFICE,
        folio="C2-018835",
        verification_code="7K2M-9QXD",
        qr_payload="TCR:C2-018835:7K2M-9QXD",
        issued_at=_NOW,
        business_date=_NOW.date(),
        account_number="10-04573-2",
        holder="NÚÑEZ PEÑA MARÍA DE LOS ÁNGELES",
        address="Priv. de los Laureles 412, San Rafael, C.P. 75758",
        use_class="Doméstico",
        classification="",
        zone="Media",
        modality="Servicio medido",
        meter="18-220931",
        lines=lines,
        rounding=D("-0.10"),
        total=total,
        words=amount_in_words(total),
        tenders=(ReceiptTender("Efectivo", D("1500.00"), total, D("212.50")),),
        previous_balance=D("1287.60"),
        remaining_balance=D("0.00"),
        credit_balance=D("0.00"),
        cashier="Caja DEMOSTRACIÓN",
        till="Caja 2",
        session_folio="C2-261124-1",
        demonstration=True,
    )


def bill(number: int) -> BillSheet:
    """One of a route: every account its own codes and consumption."""
    volume = D(12 + number % 20)
    account = f"10-{number:06}-{number % 10}"
    return replace(
        _BILL,
        number=f"R26-{number:07}",
        account_number=account,
        volume=volume,
        reading=BillReading(D(1204), D(1204) + volume, date(2026, 8, 29), date(2026, 10, 30)),
        barcode_payload=f"{account}+202609",
        qr_payload=f"{account}+202609",
    )


_BILL = BillSheet(
    office=_OFFICE,
    number="",
    account_number="",
    holder="NÚÑEZ PEÑA MARÍA DE LOS ÁNGELES",
    address="Priv. de los Laureles 412, San Rafael, C.P. 75758",
    route="S3 · R12 · 0450",
    use_class="Doméstico",
    classification="",
    zone="Media",
    modality="Servicio medido",
    meter="18-220931",
    period="sep–oct 2026",
    period_from=date(2026, 9, 1),
    period_to=date(2026, 10, 31),
    issued_on=date(2026, 11, 5),
    due_date=date(2026, 11, 30),
    reading=None,
    volume=None,
    history=tuple(PeriodConsumption(f"p{index}", D(14 + index)) for index in range(13)),
    lines=(
        BillLine("Agua potable", D("296.00"), D("0.00"), D("296.00"), basis="18 m³"),
        BillLine("Alcantarillado", D("59.20"), D("9.47"), D("68.67"), basis="20 % del agua"),
        BillLine("Saneamiento", D("29.60"), D("4.74"), D("34.34"), basis="10 % del agua"),
    ),
    previous_debt=D("866.09"),
    overdue_periods=2,
    surcharges=D("58.27"),
    credit_applied=D("0.00"),
    rounding=D("0.00"),
    total=D("1323.37"),
    words=amount_in_words(D("1323.37")),
    barcode_payload="",
    qr_payload="",
    notices=("Pague en las cajas del organismo de lunes a viernes de 8:30 a 15:00 horas.",),
    demonstration=True,
)
