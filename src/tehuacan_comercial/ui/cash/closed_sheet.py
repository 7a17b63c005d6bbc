"""After signing: expected, declared and difference of each form of payment, and the report."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.cash import ClosingLine, SessionClosed
from tehuacan_comercial.domain.float_split import FloatSplit
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.counting import CLOSING_COLUMNS, closing_sentence
from tehuacan_comercial.ui.cash.float_view import FloatView
from tehuacan_comercial.ui.cash_states import difference_pill
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.notices import InlineNotice
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.view import TableView


class ClosedSheet(ShadeDialog):
    """Shows a signed closing; accepted when its report is wanted on paper."""

    def __init__(
        self, parent: QWidget, closed: SessionClosed, split: FloatSplit | None = None
    ) -> None:
        super().__init__(parent, f"Corte {closed.folio}", "El conteo quedó firmado.", 700)
        pill = difference_pill(closed.difference)
        self.verdict = InlineNotice(
            pill.tone, pill.icon, closing_sentence(closed.lines), closable=False
        )
        self.body.addWidget(self.verdict)
        self.table: TableView[ClosingLine] = TableView(
            "Resultado del corte", CLOSING_COLUMNS, lambda line: line.tender, exports=False
        )
        self.table.set_rows(closed.lines)
        self.table.setMinimumHeight(theme().px(34 + 31 * len(closed.lines) + 6))
        self.body.addWidget(self.table)
        if split is not None:
            self.body.addWidget(FloatView(split))
        go = PrimaryButton("Ver e imprimir el corte", "printer", "Enter")
        go.clicked.connect(self.accept)
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), go)
        go.setFocus()

    @staticmethod
    def ask(parent: QWidget, closed: SessionClosed, split: FloatSplit | None = None) -> bool:
        """Whether the report is wanted now; ``split`` tells how to leave the float."""
        sheet = ClosedSheet(parent, closed, split)
        return prompts.run(sheet)
