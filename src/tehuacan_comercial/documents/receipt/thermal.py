"""The receipt on an 80 mm roll."""

from __future__ import annotations

from tehuacan_comercial.documents.base import DEMONSTRATION_MEANING, Paper
from tehuacan_comercial.documents.fonts import BOLD, SEMIBOLD
from tehuacan_comercial.documents.formats import money, peso, short_date, short_moment
from tehuacan_comercial.documents.pen import BLACK, Style
from tehuacan_comercial.documents.receipt.sheet import (
    ReceiptLine,
    ReceiptSheet,
    ReceiptTender,
)
from tehuacan_comercial.documents.roll import PLAIN, SMALL, STRONG, Roll

_DETAIL = 6.0  # indent of what belongs to the line above, points


def draw_roll(paper: Paper, sheet: ReceiptSheet) -> None:
    """One page with the whole ticket."""
    roll = Roll()
    roll.marks(sheet.reprint, sheet.demonstration)
    if sheet.cancelled:
        roll.band(sheet.cancelled.title)
        for words in sheet.cancelled.words:
            roll.text(words, SMALL, "center")
        roll.gap(3)
    roll.office(sheet.office)
    _identity(roll, sheet)
    for line in sheet.lines:
        _line(roll, line)
    _money(roll, sheet)
    _balances(roll, sheet)
    _proof(roll, sheet)
    roll.draw(paper)


def _identity(roll: Roll, sheet: ReceiptSheet) -> None:
    roll.text(sheet.title, Style(BOLD, 9, BLACK), "center")
    roll.pair("Folio", sheet.folio, Style(BOLD, 10, BLACK))
    roll.pair("Fecha", short_moment(sheet.issued_at))
    roll.pair("Fecha de operación", short_date(sheet.business_date))
    roll.rule()
    roll.pair("Cuenta", sheet.account_number, Style(BOLD, 10, BLACK))
    roll.text(sheet.holder, STRONG)
    roll.text(sheet.address, PLAIN)
    for label, value in sheet.facts:
        roll.pair(label, value)
    roll.rule()


def _line(roll: Roll, line: ReceiptLine) -> None:
    roll.pair(line.concept, money(line.total), STRONG)
    parts = [line.period] if line.period else []
    if line.amount != line.total:
        parts.append(f"Importe {money(line.amount)}")
    if line.discount:
        parts.append(f"Desc. {money(-line.discount)}")
    if line.tax:
        parts.append(f"IVA {money(line.tax)}")
    roll.text(" · ".join(parts), SMALL, indent=_DETAIL)
    roll.gap(1.8)


def _money(roll: Roll, sheet: ReceiptSheet) -> None:
    roll.rule()
    roll.pair("Subtotal", money(sheet.subtotal))
    if sheet.discount:
        roll.pair("Descuentos", money(-sheet.discount))
    roll.pair("IVA", money(sheet.tax))
    if sheet.rounding:
        roll.pair("Redondeo", money(sheet.rounding))
    roll.gap(2)
    roll.total("TOTAL", peso(sheet.total), struck=sheet.struck)
    roll.text(f"({sheet.words})", Style(SEMIBOLD, 7, BLACK))
    roll.gap(3)
    for tender in sheet.tenders:
        _tender(roll, tender)
    roll.pair("Cambio", money(sheet.change), STRONG)


def _tender(roll: Roll, tender: ReceiptTender) -> None:
    roll.pair(tender.name, money(tender.received))
    if tender.reference:
        roll.text(f"Ref. {tender.reference}", SMALL, indent=_DETAIL)


def _balances(roll: Roll, sheet: ReceiptSheet) -> None:
    roll.rule()
    roll.pair("Saldo anterior", money(sheet.previous_balance))
    roll.pair("Saldo pendiente", money(sheet.remaining_balance), STRONG)
    if sheet.credit_balance:
        roll.pair("Saldo a favor", money(sheet.credit_balance), STRONG)
    roll.rule()


def _proof(roll: Roll, sheet: ReceiptSheet) -> None:
    roll.pair(sheet.till, f"Sesión {sheet.session_folio}", SMALL)
    roll.text(f"Atendió {sheet.cashier}", SMALL)
    if sheet.replaces:
        roll.text(f"Sustituye a folio {sheet.replaces}", STRONG)
    if sheet.note:
        roll.text(f"Nota: {sheet.note}", PLAIN)
    roll.gap(4)
    roll.code128(sheet.folio)
    roll.qr(sheet.qr_payload)
    roll.text("Código de verificación", SMALL, "center")
    roll.text(sheet.verification_code, Style(BOLD, 9.5, BLACK), "center")
    roll.gap(4)
    for legend in sheet.office.legends:
        roll.text(legend, SMALL, "center")
    if sheet.demonstration:
        roll.gap(4)
        roll.band(DEMONSTRATION_MEANING)
