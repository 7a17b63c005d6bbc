"""The foot of the bill: notices, and the stub the cashier scans."""

from __future__ import annotations

from tehuacan_comercial.documents.base import draw_drops, draw_marks_line
from tehuacan_comercial.documents.bill.geometry import (
    LABEL,
    LEFT,
    NOTICES_TOP,
    QUIET,
    RIGHT,
    STUB_TOP,
    VALUE,
)
from tehuacan_comercial.documents.bill.sheet import BillSheet
from tehuacan_comercial.documents.codes import (
    BAR_QUIET,
    DOT,
    code128_width,
    draw_code128,
    draw_qr,
    qr_side,
    widest_module,
)
from tehuacan_comercial.documents.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD
from tehuacan_comercial.documents.formats import peso, short_date
from tehuacan_comercial.documents.pen import ACCENT, INK, LINE, MUTED, Pen, Style
from tehuacan_comercial.documents.text import fit, shrink, wrap

_BARS_LEFT = 232.0
_NOTICES_ROOM = 55.0


def draw_notices(pen: Pen, sheet: BillSheet) -> None:
    """What the office wants to say, as large as it fits; some nine lines at the smallest."""
    if not sheet.notices:
        return
    room = RIGHT - LEFT - 12
    for size in (7.8, 7.2, 6.6, 6, 5.4, 4.8, 4.2):
        lines = [
            line for words in sheet.notices for line in wrap(f"•  {words}", REGULAR, size, room)
        ]
        if len(lines) * size * 1.3 <= _NOTICES_ROOM:
            break
    fitting = int(_NOTICES_ROOM / (size * 1.3))
    if len(lines) > fitting:
        lines = [*lines[: fitting - 1], "•  Hay más avisos; consúltelos en ventanilla."]
    high = len(lines) * size * 1.3
    pen.line(LEFT, NOTICES_TOP, LEFT, NOTICES_TOP + high + 2, ACCENT, 1.6)
    for index, line in enumerate(lines):
        y = NOTICES_TOP + (index + 0.85) * size * 1.3
        pen.text(LEFT + 9, y, line, Style(REGULAR, size, INK))


def draw_stub(pen: Pen, sheet: BillSheet) -> None:
    """The part below the cut: account, total, due date, bars and QR."""
    draw_marks_line(pen, LEFT, STUB_TOP - 17, sheet.reprint, sheet.demonstration)
    pen.dashes(18, STUB_TOP, 594, STUB_TOP)
    pen.box(262, STUB_TOP - 5, 88, 10, fill="1 1 1")
    pen.text(306, STUB_TOP + 2.2, "Talón para la caja", QUIET.at(6.8), "center")
    _whose(pen, sheet)
    _amount(pen, sheet)
    _codes(pen, sheet)


def _whose(pen: Pen, sheet: BillSheet) -> None:
    y = STUB_TOP + 14
    draw_drops(pen, LEFT, y, 17)
    pen.text(LEFT + 23, y + 7, fit(sheet.office.short_name, BOLD, 9, 160), Style(BOLD, 9, INK))
    pen.text(LEFT + 23, y + 16, fit(sheet.period, REGULAR, 7.4, 160), QUIET.at(7.4))
    pen.text(LEFT, y + 31, "Cuenta", LABEL)
    size = shrink(sheet.account_number, BOLD, 12, 180, 7)
    pen.text(LEFT, y + 43, sheet.account_number, Style(BOLD, size, INK))
    pen.text(LEFT, y + 54, fit(sheet.holder, MEDIUM, 7.4, 186), Style(MEDIUM, 7.4, INK))
    pen.text(LEFT, y + 64, fit(sheet.address, REGULAR, 7, 186), Style(REGULAR, 7, MUTED))
    pen.text(LEFT, y + 76, fit(f"Recibo {sheet.number}", REGULAR, 7, 186), QUIET.at(7))
    pen.line(_BARS_LEFT - 10, y, _BARS_LEFT - 10, y + 78, LINE)


def _amount(pen: Pen, sheet: BillSheet) -> None:
    y = STUB_TOP + 18
    right = RIGHT - 104
    pen.text(_BARS_LEFT, y, "Total a pagar", LABEL)
    size = shrink(peso(sheet.total), BOLD, 16, 150, 8)
    pen.text(_BARS_LEFT, y + 17, peso(sheet.total), Style(BOLD, size, INK))
    pen.text(right, y, "Fecha límite de pago", LABEL, "right")
    pen.text(right, y + 15, short_date(sheet.due_date), VALUE.at(11), "right")


def _codes(pen: Pen, sheet: BillSheet) -> None:
    room = RIGHT - 96 - _BARS_LEFT + BAR_QUIET * 2 * DOT
    dots = widest_module(sheet.barcode_payload, room, most=2)
    quiet = BAR_QUIET * dots * DOT
    x, y = _BARS_LEFT - quiet, STUB_TOP + 45
    draw_code128(pen, x, y, sheet.barcode_payload, 34, dots)
    middle = x + code128_width(sheet.barcode_payload, dots) / 2
    pen.text(middle, y + 43, sheet.barcode_payload, Style(SEMIBOLD, 7.6, INK), "center")
    dots = next((n for n in (6, 5, 4, 3) if qr_side(sheet.qr_payload, n) <= 92), 2)
    side = qr_side(sheet.qr_payload, dots)
    draw_qr(pen, RIGHT + 4 * dots * DOT - side, STUB_TOP + 50 - side / 2, sheet.qr_payload, dots)
