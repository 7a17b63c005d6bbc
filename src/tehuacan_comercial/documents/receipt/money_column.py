"""The right column of the half letter: total, forms of payment, change, balances."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import money, peso
from tehuacan_comercial.documents.pen import ACCENT_SOFT, INK, LINE, MUTED, RED, Pen, Style
from tehuacan_comercial.documents.receipt.sheet import ReceiptSheet
from tehuacan_comercial.documents.text import fit, shrink, width

_LONG_LABEL = 32  # signs; a longer label and reference take a row each


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    amount: Decimal | None
    strong: bool = False


def draw_money(
    pen: Pen, sheet: ReceiptSheet, left: float, top: float, right: float, bottom: float
) -> None:
    """From the sum of the lines to what is still owed; rows move closer when there are many."""
    y = top + 6
    for row in _summary(sheet):
        _draw_row(pen, row, left, right, y)
        y += 10.4
    pen.box(left, y - 4, right - left, 36, fill=ACCENT_SOFT, radius=4)
    pen.text(left + 7, y + 6, "Total pagado", Style(MEDIUM, 6.8, MUTED))
    size = shrink(peso(sheet.total), BOLD, 19, right - left - 14, 9)
    pen.text(right - 7, y + 25.5, peso(sheet.total), Style(BOLD, size, INK), "right")
    if sheet.struck:
        start = right - 7 - width(peso(sheet.total), BOLD, size)
        pen.line(start - 2, y + 25.5 - size * 0.34, right - 5, y + 25.5 - size * 0.34, RED, 1.6)
    y += 43
    groups = [_tender_rows(sheet, bottom - y), _balance_rows(sheet)]
    count = sum(map(len, groups))
    step = min(10.6, (bottom - y - 2) / count)
    for index, group in enumerate(groups):
        if index:
            pen.line(left, y - step + 4, right, y - step + 4, LINE)
            y += 4
        for row in group:
            _draw_row(pen, row, left, right, y)
            y += step


def _draw_row(pen: Pen, row: _Row, left: float, right: float, y: float) -> None:
    amount = "" if row.amount is None else money(row.amount)
    style = Style(SEMIBOLD if row.strong else REGULAR, 7.6, INK)
    room = right - left - 16 - width(amount, style.font, style.size)
    label = Style(SEMIBOLD if row.strong else REGULAR, 7.4, INK if row.strong else MUTED)
    label = label.at(shrink(row.label, label.font, label.size, room, 5.6))
    pen.text(left + 2, y, fit(row.label, label.font, label.size, room), label)
    pen.text(right - 5, y, amount, style, "right")


def _summary(sheet: ReceiptSheet) -> list[_Row]:
    rows = [_Row("Subtotal", sheet.subtotal)]
    if sheet.discount:
        rows.append(_Row("Descuentos", -sheet.discount))
    rows.append(_Row("IVA", sheet.tax))
    if sheet.rounding:
        rows.append(_Row("Redondeo", sheet.rounding))
    return rows


def _tender_rows(sheet: ReceiptSheet, room: float) -> list[_Row]:
    """Every form of payment; where they are too many, the references of the last give way."""
    rows: list[_Row] = []
    most = int((room - 30) / 7.2) - 1
    for index, tender in enumerate(sheet.tenders, 1):
        label = " · ".join(part for part in (tender.name, tender.reference) if part)
        waiting = len(sheet.tenders) - index
        if len(label) > _LONG_LABEL and len(rows) + 2 + waiting <= most:
            rows += [_Row(tender.name, tender.received), _Row(f"Ref. {tender.reference}", None)]
        else:
            rows.append(_Row(label, tender.received))
    return [*rows, _Row("Cambio", sheet.change, strong=True)]


def _balance_rows(sheet: ReceiptSheet) -> list[_Row]:
    rows = [
        _Row("Saldo anterior", sheet.previous_balance),
        _Row("Saldo pendiente", sheet.remaining_balance, strong=True),
    ]
    if sheet.credit_balance:
        rows.append(_Row("Saldo a favor", sheet.credit_balance, strong=True))
    return rows
