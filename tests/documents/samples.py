"""Sheets to draw: an ordinary one of each document, and ones that strain the layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from tehuacan_comercial.documents.amount_words import amount_in_words
from tehuacan_comercial.documents.base import Office, Reprint
from tehuacan_comercial.documents.bill import (
    BillLine,
    BillReading,
    BillSheet,
    PeriodConsumption,
)
from tehuacan_comercial.documents.closing_report import (
    CashStep,
    ClosingPayment,
    ClosingSheet,
    ConceptTotal,
    Denomination,
    Signature,
    TenderCount,
)
from tehuacan_comercial.documents.receipt import ReceiptLine, ReceiptSheet, ReceiptTender
from tehuacan_comercial.documents.statement import AgeBand, Movement, StatementSheet

D = Decimal
TEHUACAN = timezone(timedelta(hours=-6))

OFFICE = Office(
    name="Organismo Operador de los Servicios de Agua Potable y Alcantarillado de Tehuacán",
    short_name="OOSAPAT",
    rfc="XAXX010101000",
    address="Av. Ejemplo 100, San Diego Chalma, Tehuacán, Puebla, C.P. 75859",
    phone="238 000 0000",
    legends=(
        "Este comprobante no libera adeudos anteriores ni diferencias por ajustes posteriores.",
        "Conserve este comprobante; es indispensable para cualquier aclaración.",
    ),
)
REPRINT = Reprint(2, "Rosa Hernández Cuautle", datetime(2026, 11, 25, 9, 31, tzinfo=TEHUACAN))

LINES = (
    ReceiptLine("Agua potable", "may–jun 2026", D("318.40"), D("0.00"), D("318.40")),
    ReceiptLine("Alcantarillado", "may–jun 2026", D("63.68"), D("10.19"), D("73.87")),
    ReceiptLine("Saneamiento", "may–jun 2026", D("31.84"), D("5.09"), D("36.93")),
    ReceiptLine("Agua potable", "jul–ago 2026", D("324.10"), D("0.00"), D("324.10")),
    ReceiptLine("Alcantarillado", "jul–ago 2026", D("64.82"), D("10.37"), D("75.19")),
    ReceiptLine("Saneamiento", "jul–ago 2026", D("32.41"), D("5.19"), D("37.60")),
    ReceiptLine("Recargos", "jul–nov 2026", D("58.27"), D("0.00"), D("58.27")),
    ReceiptLine("Agua potable", "sep–oct 2026", D("296.00"), D("0.00"), D("148.00"), D("148.00")),
    ReceiptLine("Alcantarillado", "sep–oct 2026", D("59.20"), D("9.47"), D("68.67")),
)

RECEIPT = ReceiptSheet(
    office=OFFICE,
    folio="C2-018835",
    verification_code="7K2M-9QXD",
    qr_payload="TCR:C2-018835:7K2M-9QXD",
    issued_at=datetime(2026, 11, 24, 13, 47, tzinfo=TEHUACAN),
    business_date=date(2026, 11, 24),
    account_number="10-04573-2",
    holder="NÚÑEZ PEÑA, María de los Ángeles",
    address="Priv. de los Laureles 412, Col. San Rafael, Tehuacán, Pue., C.P. 75700",
    use_class="Doméstico",
    classification="Media",
    zone="Zona 2",
    modality="Servicio medido",
    meter="18-220931",
    lines=LINES,
    rounding=D("-0.03"),
    total=D("1141.00"),
    words=amount_in_words(D("1141.00")),
    tenders=(ReceiptTender("Efectivo", D("1500.00"), D("1141.00"), D("359.00")),),
    previous_balance=D("1175.37"),
    remaining_balance=D("34.34"),
    credit_balance=D("0.00"),
    cashier="Rosa Hernández Cuautle",
    till="Caja 2",
    session_folio="C2-1124-1",
)

STRAINED_RECEIPT = replace(
    RECEIPT,
    office=replace(OFFICE, legends=(*OFFICE.legends, *OFFICE.legends, *OFFICE.legends)),
    folio="CAJA-CENTRAL-02-2026-0018835",
    qr_payload="TCR:CAJA-CENTRAL-02-2026-0018835:7K2M-9QXD-44TR-PPLA",
    holder="FIDEICOMISO PARA LA CONSERVACIÓN DEL PATRIMONIO HISTÓRICO Y CULTURAL DE LA SIERRA"
    " NEGRA Y VALLE DE TEHUACÁN, ASOCIACIÓN CIVIL DE PARTICIPACIÓN CIUDADANA",
    address="Prolongación de la Avenida de los Insurgentes Poniente número mil cuatrocientos"
    " veintiséis interior dieciséis, Unidad Habitacional Ejemplo, Tehuacán, Puebla",
    classification="Residencial con alberca y jardín",
    zone="Fraccionamientos del poniente",
    lines=tuple(
        ReceiptLine(
            f"Concepto {number:02} de nombre demasiado largo para su columna",
            "septiembre–octubre 2026",
            D("1234567.89"),
            D("197530.86"),
            D("1432098.65"),
            D("0.10"),
        )
        for number in range(1, 61)
    ),
    total=D("9777777.77"),
    words=amount_in_words(D("9777777.77")),
    tenders=(
        ReceiptTender("Efectivo", D("9000000.00"), D("8999641.00"), D("359.00")),
        ReceiptTender("Tarjeta de débito", D("500000.00"), D("500000.00"), reference="AUT 882190"),
        ReceiptTender("Transferencia SPEI", D("250000.00"), D("250000.00"), reference="0" * 30),
        ReceiptTender("Cheque", D("28136.77"), D("28136.77"), reference="BBVA 000123"),
    ),
    credit_balance=D("120.50"),
    note="El usuario solicita que el excedente quede como saldo a favor de la cuenta para el"
    " siguiente periodo, y que se le avise por teléfono.",
    cashier="María Guadalupe de los Ángeles Hernández Cuautle y Rodríguez",
)

RECEIPTS = {
    "ordinary": RECEIPT,
    "demonstration": replace(RECEIPT, demonstration=True),
    "reprint": replace(RECEIPT, reprint=REPRINT),
    "both": replace(RECEIPT, reprint=REPRINT, demonstration=True),
    "strained": STRAINED_RECEIPT,
}

_HISTORY = (
    ("sep–oct 24", 21),
    ("nov–dic 24", 17),
    ("ene–feb 25", 15),
    ("mar–abr 25", 23),
    ("may–jun 25", 26),
    ("jul–ago 25", 22),
    ("sep–oct 25", 19),
    ("nov–dic 25", 16),
    ("ene–feb 26", 14),
    ("mar–abr 26", 20),
    ("may–jun 26", 25),
    ("jul–ago 26", 24),
    ("sep–oct 26", 18),
)

BILL = BillSheet(
    office=OFFICE,
    number="R26-05-0012345",
    account_number="10-04573-2",
    holder="NÚÑEZ PEÑA, María de los Ángeles",
    address="Priv. de los Laureles 412, Col. San Rafael, Tehuacán, Pue., C.P. 75700",
    route="S3 · R12 · 0450",
    use_class="Doméstico",
    classification="Media",
    zone="Zona 2",
    modality="Servicio medido",
    meter="18-220931",
    period="sep–oct 2026",
    period_from=date(2026, 9, 1),
    period_to=date(2026, 10, 31),
    issued_on=date(2026, 11, 5),
    due_date=date(2026, 11, 30),
    reading=BillReading(D("1204"), D("1222"), date(2026, 8, 29), date(2026, 10, 30)),
    volume=D("18"),
    history=tuple(
        PeriodConsumption(period, D(volume), estimated=period == "nov–dic 25")
        for period, volume in _HISTORY
    ),
    lines=(
        BillLine("Agua potable", D("296.00"), D("0.00"), D("148.00"), D("148.00"), "18 m³"),
        BillLine("Alcantarillado", D("59.20"), D("9.47"), D("68.67"), basis="20 % del agua"),
        BillLine("Saneamiento", D("29.60"), D("4.74"), D("34.34"), basis="10 % del agua"),
    ),
    previous_debt=D("866.09"),
    overdue_periods=2,
    surcharges=D("58.27"),
    credit_applied=D("0.00"),
    rounding=D("0.00"),
    total=D("1175.37"),
    words=amount_in_words(D("1175.37")),
    barcode_payload="1004573202605",
    qr_payload="TCB:10-04573-2:2026-05:1175.37",
    notices=(
        "Pague en las cajas del organismo de lunes a viernes de 8:30 a 15:00 horas.",
        "Si no está de acuerdo con su consumo, preséntese en ventanilla con este recibo antes"
        " de la fecha de vencimiento.",
        "Las personas mayores de 60 años pueden solicitar descuento con su credencial INAPAM.",
    ),
)

STRAINED_BILL = replace(
    BILL,
    office=STRAINED_RECEIPT.office,
    holder=STRAINED_RECEIPT.holder,
    address=STRAINED_RECEIPT.address,
    classification="Residencial con alberca y jardín",
    zone="Fraccionamientos del poniente",
    route="Sector 03 · Ruta 012 · Secuencia 000450",
    reading=replace(BILL.reading, previous=D("0"), current=D("123456.789"), estimated=True)
    if BILL.reading
    else None,
    volume=D("123456.789"),
    history=tuple(replace(bar, volume=bar.volume * 987654) for bar in BILL.history),
    lines=tuple(
        BillLine(
            f"Concepto {number:02} de nombre demasiado largo para su columna",
            D("1234567.89"),
            D("197530.86"),
            D("1432098.65"),
            D("0.10"),
            "123,456.789 m³ a precio de bloque",
        )
        for number in range(1, 61)
    ),
    credit_applied=D("120.50"),
    rounding=D("-0.03"),
    previous_debt=D("9777777.77"),
    overdue_periods=36,
    total=D("9777777.77"),
    words=amount_in_words(D("9777777.77")),
    notices=BILL.notices * 3,
    reprint=REPRINT,
    demonstration=True,
)

FIXED_BILL = replace(
    BILL,
    reading=None,
    volume=None,
    history=(),
    modality="Cuota fija",
    meter="",
    previous_debt=D("0.00"),
    overdue_periods=0,
    surcharges=D("0.00"),
    total=D("251.01"),
    words=amount_in_words(D("251.01")),
    demonstration=True,
)

BILLS = {
    "ordinary": BILL,
    "estimated": replace(
        BILL,
        reading=BillReading(
            D("1204"), D("1222"), date(2026, 8, 29), date(2026, 10, 30), estimated=True
        ),
        history=(*BILL.history[:-1], replace(BILL.history[-1], estimated=True)),
    ),
    "fixed": FIXED_BILL,
    "strained": STRAINED_BILL,
}

CHAIN_HEAD = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def _moment(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=TEHUACAN)


CLOSING = ClosingSheet(
    office=OFFICE,
    folio="CC2-000312",
    session_folio="C2-1124-1",
    till="Caja 2",
    cashier="Rosa Hernández Cuautle",
    business_date=date(2026, 11, 24),
    opened_at=_moment(8, 2),
    closed_at=_moment(15, 11),
    opening_float=D("1000.00"),
    cash_steps=(
        CashStep("Fondo inicial", D("1000.00")),
        CashStep("Efectivo recibido", D("21480.00")),
        CashStep("Cambio entregado", D("-3129.50")),
    ),
    tenders=(
        TenderCount("Efectivo", D("19350.50"), D("19340.50")),
        TenderCount("Tarjeta de débito", D("6218.00"), D("6218.00")),
        TenderCount("Transferencia SPEI", D("1175.37"), D("1175.37")),
        TenderCount("Cheque", D("0.00"), D("0.00")),
    ),
    denominations=(
        Denomination(D("1000"), 4),
        Denomination(D("500"), 18),
        Denomination(D("200"), 21),
        Denomination(D("100"), 15),
        Denomination(D("50"), 9),
        Denomination(D("20"), 7),
        Denomination(D("10"), 3),
        Denomination(D("5"), 2),
        Denomination(D("2"), 4),
        Denomination(D("1"), 2),
        Denomination(D("0.50"), 1),
    ),
    concepts=(
        ConceptTotal("Agua potable", 44, D("18420.40"), D("0.00"), D("18420.40")),
        ConceptTotal("Alcantarillado", 44, D("4210.10"), D("673.62"), D("4883.72")),
        ConceptTotal("Saneamiento", 41, D("2105.05"), D("336.81"), D("2441.86")),
        ConceptTotal("Recargos", 12, D("-2.11"), D("0.00"), D("-2.11")),
    ),
    first_folio="C2-018790",
    last_folio="C2-018836",
    receipt_count=47,
    chain_head=CHAIN_HEAD,
    payments=tuple(
        ClosingPayment(
            f"C2-0{18790 + number}",
            _moment(8 + number // 8, number * 7 % 60),
            f"10-{4500 + number:05}-{number % 10}",
            "NÚÑEZ PEÑA, María de los Ángeles",
            ("Efectivo", "Tarjeta de débito", "Mixto")[number % 3],
            D("214.50") + number * 17,
            voided=number == 9,
        )
        for number in range(47)
    ),
    signatures=(
        Signature("Rosa Hernández Cuautle", "Cajera"),
        Signature("Ana Lilia Flores Méndez", "Jefa de cajas"),
    ),
    note="Se entregó un billete de $10.00 de más al recibo C2-018801; el usuario no regresó.",
)

BALANCED_CLOSING = replace(
    CLOSING,
    tenders=tuple(replace(tender, declared=tender.expected) for tender in CLOSING.tenders),
    note="",
    demonstration=True,
)

CLOSINGS = {
    "shortage": CLOSING,
    "balanced": BALANCED_CLOSING,
    "overage": replace(
        CLOSING, tenders=(TenderCount("Efectivo", D("19350.50"), D("19400.50")),), reprint=REPRINT
    ),
    "empty": replace(
        BALANCED_CLOSING,
        payments=(),
        concepts=(),
        receipt_count=0,
        first_folio="",
        last_folio="",
        chain_head="",
    ),
    "strained": replace(
        CLOSING,
        office=STRAINED_RECEIPT.office,
        cashier=STRAINED_RECEIPT.cashier,
        till="Caja número dos del módulo de atención del centro histórico",
        first_folio=STRAINED_RECEIPT.folio,
        last_folio=STRAINED_RECEIPT.folio,
        tenders=tuple(
            TenderCount(f"Forma de pago {number} de nombre muy largo", D("9999999.99"), D("0.01"))
            for number in range(12)
        ),
        concepts=tuple(
            ConceptTotal(
                f"Concepto {number:02} de nombre demasiado largo para caber en la columna",
                12345,
                D("9999999.99"),
                D("1599999.99"),
                D("11599999.98"),
            )
            for number in range(60)
        ),
        payments=CLOSING.payments * 6,
        signatures=(Signature(STRAINED_RECEIPT.cashier, "Cajera"),) * 3,
        note="Observación que se repite. " * 20,
    ),
}


def _movements(years: int) -> tuple[Movement, ...]:
    balance, found = D("0.00"), []
    for number in range(years * 6):
        on = date(2026 - years + (number + 5) // 6, number * 2 % 12 + 1, 5)
        for concept, charge, credit in (
            ("Agua potable", D("296.00"), D("0.00")),
            ("Alcantarillado", D("68.67"), D("0.00")),
            ("Saneamiento", D("34.34"), D("0.00")),
            ("Pago, gracias", D("0.00"), D("399.01") if number % 4 else D("200.00")),
        ):
            balance += charge - credit
            document = f"C2-0{12000 + number}" if credit else f"R26-{number:06}"
            found.append(Movement(on, concept, "sep–oct 2026", document, charge, credit, balance))
    return tuple(found)


STATEMENT = StatementSheet(
    office=OFFICE,
    account_number="10-04573-2",
    holder="NÚÑEZ PEÑA, María de los Ángeles",
    address="Priv. de los Laureles 412, Col. San Rafael, Tehuacán, Pue., C.P. 75700",
    use_class="Doméstico",
    classification="Media",
    zone="Zona 2",
    modality="Servicio medido",
    meter="18-220931",
    state="Activa",
    since=date(2025, 1, 1),
    until=date(2026, 11, 24),
    issued_at=_moment(13, 47),
    issued_by="Rosa Hernández Cuautle",
    opening_balance=D("0.00"),
    movements=_movements(1),
    closing_balance=_movements(1)[-1].balance,
    credit_balance=D("0.00"),
    ages=(
        AgeBand("Por vencer", D("34.34")),
        AgeBand("1 a 60 días", D("164.67")),
        AgeBand("61 a 180 días", D("199.01")),
        AgeBand("181 a 365 días", D("0.00")),
        AgeBand("Más de un año", D("0.00")),
    ),
    legends=("Este estado de cuenta es informativo y no es comprobante de no adeudo.",),
)

LONG_STATEMENT = replace(
    STATEMENT,
    holder=STRAINED_RECEIPT.holder,
    address=STRAINED_RECEIPT.address,
    classification="Residencial con alberca y jardín",
    movements=tuple(
        replace(
            movement,
            concept=f"{number:03} {movement.concept} con una explicación larga que no cabe",
            charge=movement.charge * 12345,
            balance=movement.balance * 12345,
        )
        for number, movement in enumerate(_movements(9))
    ),
    closing_balance=D("9777777.77"),
    reprint=REPRINT,
    demonstration=True,
)

STATEMENTS = {
    "ordinary": STATEMENT,
    "empty": replace(STATEMENT, movements=(), closing_balance=D("0.00"), ages=()),
    "long": LONG_STATEMENT,
}
