"""The card *Resumen del cobro*: what is about to be paid, and the acts on it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.ui.actions import Actions, spec_of
from tehuacan_comercial.ui.cash.summary import ChargeSummary, step_name
from tehuacan_comercial.ui.formats import figure, money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.card import Card, Rule
from tehuacan_comercial.ui.widgets.text import FigureLabel, Label, Role

WIDTH = 322


class SummaryLine(QWidget):
    """A caption at the left, an amount at the right."""

    def __init__(self, role: Role = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.caption, self.amount = Label("", 13, 400, "soft"), Label("", 13, 500, role)
        self.amount.as_figures()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.caption)
        row.addWidget(self.amount, 1)

    def say(self, caption: str, amount: Decimal, *, shown: bool = True) -> None:
        """Show an amount in pesos, or hide the line."""
        self.caption.setText(caption)
        self.amount.setText(figure(amount))
        self.setVisible(shown)


class SummaryCard(Card):
    """Sums of the chosen charges, the button that charges, the last receipt."""

    def __init__(self, actions: Actions) -> None:
        super().__init__("Resumen del cobro")
        self.setFixedWidth(theme().px(WIDTH))
        px = theme().px
        self.body.setSpacing(px(7))
        self._lines = {name: SummaryLine() for name in ("subtotal", "extra", "tax")}
        self._lines["credit"], self._lines["rounding"] = SummaryLine("ok"), SummaryLine("soft")
        self._brief, self._chosen, self._sums = False, False, QWidget()
        sums = QVBoxLayout(self._sums)
        sums.setContentsMargins(0, 0, 0, 0)
        sums.setSpacing(px(7))
        for line in self._lines.values():
            sums.addWidget(line)
        self.body.addWidget(self._sums)
        self.body.addWidget(Rule())
        self.caption = Label("Total a pagar", 13, 600, "soft")
        self.total = FigureLabel(36)
        self._total_place = QGridLayout()
        self.body.addLayout(self._total_place)
        self.charge = PrimaryButton("Cobrar", "hand-coins", "F12", tall=True)
        _follow(self.charge, actions, "cash.charge")
        self.body.addWidget(self.charge)
        self.body.addLayout(self._make_acts(actions))
        self.body.addStretch(1)
        self.last_row = self._make_last(actions)
        self.body.addWidget(self.last_row)
        self.set_tight(tight=False)

    def set_tight(self, *, tight: bool) -> None:
        """Put caption and total on one line where height is scarce."""
        grid = self._total_place
        for part in (self.caption, self.total):
            grid.removeWidget(part)
        grid.addWidget(self.caption, 0, 0)
        grid.addWidget(self.total, 0 if tight else 1, 1 if tight else 0)

    def set_brief(self, *, brief: bool) -> None:
        """Leave out sums of nothing and the last receipt, to make room for another card."""
        self._brief = brief
        self.last_row.setVisible(not brief)
        self._sums.setVisible(self._chosen or not brief)

    def show_summary(self, summary: ChargeSummary) -> None:
        """Say the sums."""
        self._chosen = summary.chosen
        self._sums.setVisible(self._chosen or not self._brief)
        word = "cargo" if summary.count == 1 else "cargos"
        say = self._lines
        say["subtotal"].say(f"Subtotal ({summary.count} {word})", summary.subtotal)
        say["extra"].say("Recargos", summary.surcharges, shown=bool(summary.surcharges))
        say["tax"].say("IVA", summary.tax)
        say["credit"].say("Saldo a favor", -summary.credit, shown=bool(summary.credit))
        caption = f"Redondeo a {step_name(summary.step)} en efectivo" if summary.step else ""
        say["rounding"].say(caption, summary.rounding, shown=bool(summary.rounding))
        self.total.set_amount(summary.total)
        self.total.setAccessibleName(f"Total a pagar {money(summary.total)}")

    def show_last(self, session: SessionRow | None) -> None:
        """Say the last receipt of the session."""
        has = bool(session and session.last_folio)
        text = f"{session.last_folio} · {money(session.last_applied)}" if session and has else ""
        self.last.setText(text or "Ninguno todavía")

    def _make_acts(self, actions: Actions) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px(8))
        grid.addWidget(_button(actions, "cash.partial"), 0, 0)
        self.hold = _button(actions, "cash.hold")
        grid.addWidget(self.hold, 0, 1)
        grid.addWidget(_button(actions, "accounts.statement"), 1, 0, 1, 2)
        return grid

    def _make_last(self, actions: Actions) -> QWidget:
        part, row, words = QWidget(), QHBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Rule())
        column.addLayout(row)
        words.setSpacing(0)
        words.addWidget(Label("Último recibo", 12, 400, "soft"))
        self.last = Label("", 13, 600).as_figures()
        words.addWidget(self.last)
        row.addLayout(words, 1)
        self.reprint = KeyButton("Reimprimir", "printer", kind=Kind.LINK)
        _follow(self.reprint, actions, "receipts.reprint")
        row.addWidget(self.reprint)
        return part


def _button(actions: Actions, name: str) -> KeyButton:
    return KeyButton.for_action(actions[name], spec_of(name).icon)


def _follow(button: KeyButton, actions: Actions, name: str) -> None:
    """Have an existing button press an action and follow its state."""
    action = actions[name]
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    button.setEnabled(action.isEnabled())
    button.setToolTip(action.toolTip())
