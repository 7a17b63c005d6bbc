"""A bill opened: each line with the reason it costs what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tehuacan_comercial.services.accounts import BillLineRow, BillRow
from tehuacan_comercial.ui.accounts.bill_words import explain
from tehuacan_comercial.ui.accounts.words import volume
from tehuacan_comercial.ui.formats import DASH, day, figure, money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import PrimaryButton
from tehuacan_comercial.ui.widgets.card import Rule
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

HEADERS = ("Concepto", "Importe", "IVA", "Total", "Falta")


class BillLinesSheet(ShadeDialog):
    """Read only; Enter and Esc close it."""

    def __init__(self, parent: QWidget, bill: BillRow, lines: Sequence[BillLineRow]) -> None:
        used = volume(bill.consumption) + (", estimado" if bill.estimated else "")
        dates = f"Emitido el {day(bill.issued_on)} · vence el {day(bill.due_on)}"
        super().__init__(parent, f"Recibo {bill.period_name}", f"{used} · {dates}", 640)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(22))
        self._grid.setVerticalSpacing(theme().px(5))
        self._grid.setColumnStretch(0, 1)
        for column, header in enumerate(HEADERS):
            self._put(Label(header, 12, 600, "soft"), 0, column)
        for line in lines:
            self._add_line(line)
        self._add_total(bill)
        self.body.addLayout(self._grid)
        close = PrimaryButton("Cerrar", "check", "Enter")
        close.clicked.connect(self.accept)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        self._main = close
        close.setFocus()

    def _add_line(self, line: BillLineRow) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(Rule(), at, 0, 1, len(HEADERS))
        self._grid.addWidget(Label(line.concept_name, 14, 600), at + 1, 0)
        left = line.total - line.settled
        figures = (figure(line.amount), figure(line.tax) if line.tax else DASH,
                   figure(line.total), figure(left) if left else DASH)  # fmt: skip
        for column, text in enumerate(figures, start=1):
            strong = 600 if column == 3 else 400
            self._put(Label(text, 13, strong).as_figures(), at + 1, column)
        why = Label("\n".join(explain(line)), 12.5, 400, "soft").wrapped()
        self._grid.addWidget(why, at + 2, 0, 1, len(HEADERS))

    def _add_total(self, bill: BillRow) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(Rule(), at, 0, 1, len(HEADERS))
        self._grid.addWidget(Label("Total del recibo", 14, 600), at + 1, 0)
        texts = (figure(bill.amount), figure(bill.tax), money(bill.total), figure(bill.outstanding))
        for column, text in enumerate(texts, start=1):
            self._put(Label(text, 14 if column == 3 else 13, 600).as_figures(), at + 1, column)

    def _put(self, label: Label, line: int, column: int) -> None:
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(label, line, column, side)
