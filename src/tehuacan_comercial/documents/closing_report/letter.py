"""The closing report on letter pages, with every payment of the session."""

from __future__ import annotations

from tehuacan_comercial.documents.base import Paper
from tehuacan_comercial.documents.closing_report.count import count_block
from tehuacan_comercial.documents.closing_report.sheet import ClosingSheet
from tehuacan_comercial.documents.flow import (
    LABEL,
    LEFT,
    RIGHT,
    Block,
    Column,
    Heading,
    Row,
    draw_facts,
    draw_flow,
    gap,
    kept_with_next,
    signatures,
    table,
    title,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import (
    long_date,
    money,
    money_or_dash,
    short_date,
    short_moment,
)
from tehuacan_comercial.documents.pen import (
    AMBER,
    AMBER_SOFT,
    GREEN,
    INK,
    RED,
    RED_SOFT,
    Pen,
    Style,
    colour,
)
from tehuacan_comercial.documents.text import fit, wrap

_GREEN_SOFT = colour("#E7F4EE")

_TENDERS = (
    Column("Forma de pago", LEFT + 6, 180),
    Column("Esperado", 330, 100, "right"),
    Column("Declarado", 446, 100, "right"),
    Column("Diferencia", RIGHT - 6, 110, "right"),
)
_CONCEPTS = (
    Column("Concepto", LEFT + 6, 200),
    Column("Cobros", 300, 50, "right"),
    Column("Importe", 395, 85, "right"),
    Column("IVA", 480, 75, "right"),
    Column("Total", RIGHT - 6, 85, "right"),
)
_PAYMENTS = (
    Column("Folio", LEFT + 6, 92),
    Column("Hora", 134, 28),
    Column("Cuenta", 166, 80),
    Column("Titular", 250, 150),
    Column("Forma de pago", 406, 90),
    Column("Importe", RIGHT - 6, 74, "right"),
)


def draw_letter(paper: Paper, sheet: ClosingSheet) -> None:
    """Verdict, tenders, count, concepts, receipts, payments, signatures."""
    heading = Heading(
        sheet.office,
        "CORTE DE CAJA",
        sheet.folio,
        long_date(sheet.business_date),
        f"{sheet.till} · {sheet.cashier} · {short_date(sheet.business_date)}",
        sheet.reprint,
        sheet.demonstration,
    )
    blocks = [_facts(sheet), _verdict(sheet), *_tenders(sheet), gap(8), count_block(sheet)]
    blocks += [*_concepts(sheet), gap(8), _receipts(sheet), *_note(sheet)]
    blocks += [
        *kept_with_next(_payments(sheet)),
        signatures([(each.name, each.role) for each in sheet.signatures]),
    ]
    draw_flow(paper, heading, blocks)


def _facts(sheet: ClosingSheet) -> Block:
    facts = (
        ("Caja", sheet.till),
        ("Cajero", sheet.cashier),
        ("Sesión", sheet.session_folio),
        ("Fecha de operación", short_date(sheet.business_date)),
        ("Apertura", short_moment(sheet.opened_at)),
        ("Cierre", short_moment(sheet.closed_at)),
        ("Fondo inicial", money(sheet.opening_float)),
        ("Recibos", str(sheet.receipt_count)),
    )
    return Block(56, lambda pen, y: draw_facts(pen, facts, y, 4))


def _verdict(sheet: ClosingSheet) -> Block:
    ink, soft = AMBER, AMBER_SOFT
    if sheet.difference < 0:
        ink, soft = RED, RED_SOFT
    elif sheet.verdict == "CAJA CUADRADA":
        ink, soft = GREEN, _GREEN_SOFT

    def draw(pen: Pen, y: float) -> None:
        pen.box(LEFT, y, RIGHT - LEFT, 32, fill=soft, stroke=ink, radius=5)
        pen.text(LEFT + 12, y + 21, sheet.verdict, Style(BOLD, 13, ink))
        pen.text(RIGHT - 12, y + 20, sheet.explanation, Style(MEDIUM, 8, INK), "right")

    return Block(44, draw)


def _tenders(sheet: ClosingSheet) -> list[Block]:
    rows = [
        Row(
            (
                tender.name,
                money(tender.expected),
                money(tender.declared),
                money_or_dash(tender.difference),
            )
        )
        for tender in sheet.tenders
    ]
    total = (money(sheet.expected), money(sheet.declared), money_or_dash(sheet.difference))
    rows.append(Row(("Total", *total), strong=True))
    return [title("Esperado y declarado"), *table(_TENDERS, rows)]


def _concepts(sheet: ClosingSheet) -> list[Block]:
    rows = [
        Row((c.concept, str(c.count), money(c.amount), money_or_dash(c.tax), money(c.total)))
        for c in sheet.concepts
    ]
    count = sum(concept.count for concept in sheet.concepts)
    amount = sum((concept.amount for concept in sheet.concepts), sheet.collected * 0)
    tax = sum((concept.tax for concept in sheet.concepts), sheet.collected * 0)
    total = (str(count), money(amount), money_or_dash(tax), money(sheet.collected))
    rows.append(Row(("Total cobrado", *total), strong=True))
    return [title("Cobrado por concepto"), *table(_CONCEPTS, rows)]


def _receipts(sheet: ClosingSheet) -> Block:
    def draw(pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 8, "Folios de la sesión", LABEL)
        words = f"{sheet.receipts_range}  ({sheet.receipt_count})"
        pen.text(LEFT, y + 20, fit(words, SEMIBOLD, 8.6, 170), Style(SEMIBOLD, 8.6, INK))
        pen.text(210, y + 8, "Sello de la cadena de recibos (SHA-256)", LABEL)
        lines = wrap(sheet.chain_head or "Sin recibos", MEDIUM, 7.4, RIGHT - 210, 2)
        for index, line in enumerate(lines):
            pen.text(210, y + 19.5 + index * 9.4, line, Style(MEDIUM, 7.4, INK))

    return Block(38, draw)


def _note(sheet: ClosingSheet) -> list[Block]:
    said = [*sheet.remarks, *([f"Observaciones: {sheet.note}"] if sheet.note else [])]
    lines = [line for words in said for line in wrap(words, REGULAR, 8, RIGHT - LEFT)]
    return [_line(line) for line in lines] + ([gap(8)] if lines else [])


def _line(words: str) -> Block:
    return Block(11, lambda pen, y: pen.text(LEFT, y + 8, words, Style(REGULAR, 8, INK)))


def _payments(sheet: ClosingSheet) -> list[Block]:
    rows = [
        Row(
            (
                payment.folio,
                short_moment(payment.at)[-5:],
                payment.account_number,
                payment.holder,
                "Cancelado" if payment.voided else payment.tender,
                money(payment.amount),
            ),
            struck=payment.voided,
        )
        for payment in sheet.payments
    ]
    if not rows:
        return [title("Pagos de la sesión"), _line("No se recibieron pagos en esta sesión.")]
    return [title("Pagos de la sesión"), *table(_PAYMENTS, rows, 12)]
