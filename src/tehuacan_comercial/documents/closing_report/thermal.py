"""The closing report on an 80 mm roll, without the list of payments."""

from __future__ import annotations

from tehuacan_comercial.documents.base import DEMONSTRATION_MEANING, Paper
from tehuacan_comercial.documents.closing_report.sheet import ClosingSheet
from tehuacan_comercial.documents.fonts import BOLD
from tehuacan_comercial.documents.formats import denomination, money, short_date, short_moment
from tehuacan_comercial.documents.pen import BLACK, Style
from tehuacan_comercial.documents.roll import PLAIN, SMALL, STRONG, Roll


def draw_roll(paper: Paper, sheet: ClosingSheet) -> None:
    """One page with the whole report."""
    roll = Roll()
    roll.marks(sheet.reprint, sheet.demonstration)
    roll.office(sheet.office)
    _identity(roll, sheet)
    _tenders(roll, sheet)
    _count(roll, sheet)
    _concepts(roll, sheet)
    _receipts(roll, sheet)
    for signature in sheet.signatures:
        roll.signature(signature.name, signature.role)
    if sheet.demonstration:
        roll.band(DEMONSTRATION_MEANING)
    roll.draw(paper)


def _identity(roll: Roll, sheet: ClosingSheet) -> None:
    roll.text("CORTE DE CAJA", Style(BOLD, 10, BLACK), "center")
    roll.pair("Folio", sheet.folio, Style(BOLD, 10, BLACK))
    roll.pair("Caja", sheet.till)
    roll.pair("Sesión", sheet.session_folio)
    roll.pair("Cajero", sheet.cashier)
    roll.pair("Fecha de operación", short_date(sheet.business_date))
    roll.pair("Apertura", short_moment(sheet.opened_at))
    roll.pair("Cierre", short_moment(sheet.closed_at))
    roll.gap(3)
    roll.band(sheet.verdict)
    roll.text(sheet.explanation, SMALL)
    roll.rule()


def _tenders(roll: Roll, sheet: ClosingSheet) -> None:
    roll.thirds(("Esperado", "Declarado", "Diferencia"), SMALL)
    rows = [(t.name, t.expected, t.declared, t.difference) for t in sheet.tenders]
    rows.append(("Total", sheet.expected, sheet.declared, sheet.difference))
    for name, expected, declared, difference in rows:
        roll.text(name, STRONG)
        figures = (money(expected), money(declared), money(difference))
        roll.thirds(figures, STRONG if name == "Total" else PLAIN)
    roll.rule()


def _count(roll: Roll, sheet: ClosingSheet) -> None:
    roll.text("Conteo de efectivo", STRONG)
    for piece in sheet.denominations:
        roll.pair(f"{denomination(piece.value)} × {piece.pieces:,}", money(piece.amount))
    roll.pair("Total contado", money(sheet.counted), STRONG)
    roll.rule()
    roll.text("Cómo se forma el efectivo esperado", STRONG)
    for step in sheet.cash_steps:
        roll.pair(step.label, money(step.amount))
    total = sum((step.amount for step in sheet.cash_steps), sheet.opening_float * 0)
    roll.pair("Efectivo esperado", money(total), STRONG)
    roll.rule()


def _concepts(roll: Roll, sheet: ClosingSheet) -> None:
    roll.text("Cobrado por concepto", STRONG)
    for concept in sheet.concepts:
        roll.pair(f"{concept.concept} ({concept.count})", money(concept.total))
    roll.pair("Total cobrado", money(sheet.collected), STRONG)
    roll.rule()


def _receipts(roll: Roll, sheet: ClosingSheet) -> None:
    roll.pair("Recibos", str(sheet.receipt_count))
    roll.text(f"Folios: {sheet.receipts_range}", PLAIN)
    roll.text("Sello de la cadena de recibos (SHA-256)", SMALL)
    roll.text(sheet.chain_head or "Sin recibos", PLAIN)
    for remark in sheet.remarks:
        roll.text(remark, PLAIN)
    if sheet.note:
        roll.text(f"Observaciones: {sheet.note}", PLAIN)
