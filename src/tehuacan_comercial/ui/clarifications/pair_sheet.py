"""Sheet that shows a likely mistake: two receipts side by side, and what may be asked of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from tehuacan_comercial.domain.clarifications import FINDING_LABELS, FindingKind
from tehuacan_comercial.services.clarifications import FindingRow
from tehuacan_comercial.ui.clarifications.columns import finding_words
from tehuacan_comercial.ui.formats import DASH, moment, money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

Line = tuple[str, str, str]


def pair_lines(row: FindingRow) -> tuple[Line, ...]:
    """Label, this receipt, the other one (or the account that owes that much)."""
    at = moment(row.other_posted_at) if row.other_posted_at else DASH
    return (
        ("Recibo", row.folio, row.other_folio or "Sin cobro"),
        ("Cuenta", row.account_number, row.other_account_number),
        ("Titular", row.holder, row.other_holder),
        ("Importe", money(row.amount),
         money(row.other_amount) if row.other_receipt_id else f"Debe {money(row.other_amount)}"),
        ("Cobrado", moment(row.posted_at), at),
    )  # fmt: skip


class PairSheet(ShadeDialog):
    """``wish`` is "transfer" or "void" when one of the two is asked for."""

    def __init__(self, parent: QWidget, row: FindingRow, *, may_ask: bool) -> None:
        super().__init__(
            parent,
            FINDING_LABELS[row.reason],
            f"{finding_words(row)}. Es una señal para revisar con la persona y sus recibos.",
            760,
        )
        self.wish = ""
        self.lines = pair_lines(row)
        self.body.addWidget(self._grid())
        moves = row.reason is FindingKind.NEIGHBOUR and row.other_receipt_id is None
        transfer = self._button("Pedir traspaso…", "arrow-right-left", "transfer", main=moves)
        void = self._button("Pedir cancelación…", "circle-x", "void", main=not moves)
        main, other = (transfer, void) if moves else (void, transfer)
        for button in (main, other):
            button.setEnabled(may_ask)
        self.add_foot(KeyButton("Volver", "x", "Esc"), main, other)
        main.setFocus()

    def _grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(18))
        grid.setVerticalSpacing(theme().px(8))
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        for at, (label, here, there) in enumerate(self.lines):
            grid.addWidget(Label(label, 12.5, 400, "soft"), at, 0)
            for column, text in ((1, here), (2, there)):
                value = Label(text, 13.5, 600 if at == 0 else 500).wrapped()
                value.setAccessibleName(f"{label}: {text}")
                grid.addWidget(value, at, column)
        return holder

    def _button(self, text: str, icon: str, wish: str, *, main: bool) -> KeyButton:
        button = PrimaryButton(text, icon, "Enter") if main else KeyButton(text, icon)
        button.clicked.connect(self._chosen(wish))
        return button

    def _chosen(self, wish: str) -> Callable[[], None]:
        def choose() -> None:
            self.wish = wish
            self.accept()

        return choose
