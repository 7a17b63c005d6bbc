"""A receipt as it was issued, to read: what it paid, how, and its code. No paper leaves."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tehuacan_comercial.domain.folios import show_code, verification_code
from tehuacan_comercial.services.dashboard import ReceiptLine, ReceiptRecord
from tehuacan_comercial.services.paper.receipt import receipt_lines
from tehuacan_comercial.ui.dashboard.columns import receipt_state
from tehuacan_comercial.ui.dashboard.words import tender_name
from tehuacan_comercial.ui.formats import figure, moment, money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import PrimaryButton
from tehuacan_comercial.ui.widgets.card import Rule
from tehuacan_comercial.ui.widgets.pill import PillBadge
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label


class ReceiptSheet(ShadeDialog):
    """Read only; Enter and Esc close it."""

    def __init__(self, parent: QWidget, row: ReceiptLine, record: ReceiptRecord) -> None:
        content = record.content
        where = f"{content['till_name']} · {content['cashier_name']} · {moment(row.posted_at)}"
        super().__init__(parent, f"Recibo {record.folio}", where, 640)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(22))
        self._grid.setVerticalSpacing(theme().px(5))
        self._grid.setColumnStretch(0, 1)
        badge = PillBadge(receipt_state(row))
        self.body.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Label(f"{content['account_number']} · {content['holder']}", 14, 600))
        self.body.addWidget(Label(str(content["address"]), 12.5, 400, "soft").wrapped())
        for at, header in enumerate(("Concepto", "Importe", "IVA", "Total")):
            self._put(Label(header, 12, 600, "soft"), 0, at)
        for line in receipt_lines(content):
            name = " · ".join(filter(None, (line.concept, line.period)))
            self._add(name, line.amount, line.tax, line.total)
        rounding = Decimal(str(content["rounding"]))
        if rounding:
            self._add("Redondeo", None, None, rounding)
        self._add("Total", None, None, content["applied"], strong=True)
        self.body.addLayout(self._grid)
        self.body.addWidget(Label(_tenders(content["tenders"]), 13))
        code = f"Código de verificación {show_code(verification_code(record.hash))}"
        self.body.addWidget(Label(code, 12, 400, "soft"))
        if row.void_reason:
            self.body.addWidget(Label(f"Cancelado: {row.void_reason}", 13, 600, "danger").wrapped())
        close = PrimaryButton("Cerrar", "check", "Enter")
        close.clicked.connect(self.accept)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        self._main = close
        close.setFocus()

    def _add(
        self, name: str, amount: object, tax: object, total: object, *, strong: bool = False
    ) -> None:
        at = self._grid.rowCount()
        if strong:
            self._grid.addWidget(Rule(), at, 0, 1, 4)
            at += 1
        self._put(Label(name, 13, 600 if strong else 400), at, 0)
        for column, value in enumerate((amount, tax, total), start=1):
            shown = "" if value is None else figure(Decimal(str(value)))
            self._put(Label(shown, 13, 600 if strong else 400).as_figures(), at, column)

    def _put(self, label: Label, line: int, column: int) -> None:
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(label, line, column, side)


def _tenders(tenders: object) -> str:
    """``Efectivo $400.00 (recibido $500.00, cambio $100.00) + Tarjeta $50.00``."""
    parts = []
    for each in tenders if isinstance(tenders, list) else []:
        words = f"{tender_name(each['kind'])} {money(Decimal(str(each['applied'])))}"
        change = Decimal(str(each.get("change") or 0))
        if change:
            received = money(Decimal(str(each["received"])))
            words += f" (recibido {received}, cambio {money(change)})"
        if each.get("reference"):
            words += f" · {each['reference']}"
        parts.append(words)
    return " + ".join(parts)
