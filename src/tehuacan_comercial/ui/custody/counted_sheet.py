"""After a signature: the figures of each form of payment side by side, and their paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash_states import difference_pill
from tehuacan_comercial.ui.custody.columns import Figures, figure_columns
from tehuacan_comercial.ui.custody.words import differences_sentence
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.notices import InlineNotice
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.view import TableView


class CountedSheet(ShadeDialog):
    """Accepted when ``paper``, the words of its button, was chosen; without paper it is read."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        lines: Sequence[Figures],
        counted: str,
        *,
        paper: str = "",
    ) -> None:
        super().__init__(parent, title, "El conteo quedó firmado y ya no cambia.", 720)
        differences = [line.difference for line in lines]
        pill = difference_pill(total_of(differences))
        declared = any(line.declared is not None for line in lines)
        said = differences_sentence(differences, "declarado" if declared else "esperado")
        self.verdict = InlineNotice(pill.tone, pill.icon, said, closable=False)
        self.body.addWidget(self.verdict)
        self.table: TableView[Figures] = TableView(
            title,
            figure_columns(counted, declared=declared),
            lambda line: line.tender,
            exports=False,
        )
        self.table.set_rows(lines)
        self.table.setMinimumHeight(theme().px(34 + 31 * len(lines) + 6))
        self.body.addWidget(self.table)
        go = PrimaryButton(paper or "Entendido", "printer" if paper else "check", "Enter")
        go.clicked.connect(self.accept)
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), go)
        go.setFocus()

    @staticmethod
    def ask(
        parent: QWidget, title: str, lines: Sequence[Figures], counted: str, *, paper: str = ""
    ) -> bool:
        """Show the figures; whether the paper is wanted now."""
        return prompts.run(CountedSheet(parent, title, lines, counted, paper=paper)) and bool(paper)
