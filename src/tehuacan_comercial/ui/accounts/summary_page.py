"""Inner tab Resumen: alerts, consumption, last payments; debt by age and facts at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.services.accounts import PaymentRow
from tehuacan_comercial.ui.accounts.alerts import Alert
from tehuacan_comercial.ui.accounts.columns import LAST_PAYMENTS
from tehuacan_comercial.ui.accounts.parts import AgeBars, AlertNotice, FactGrid
from tehuacan_comercial.ui.accounts.screen import AccountScreen
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.card import Card, Rule
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.mini_chart import MiniChart
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import FigureLabel, Label

SIDE_WIDTH, CHART_HEIGHT, PAYMENTS_HEIGHT, TALLEST_CHART = 322, 178, 140, 340
"""Width of the column at the right, heights at the left, pixels at 100 %."""


class SummaryPage(QWidget):
    """What one must know at a glance, and the two acts that follow from it."""

    charge_pressed = Signal()
    statement_pressed = Signal()
    payments_pressed = Signal()

    def __init__(self, settings: QSettings | None) -> None:
        super().__init__()
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        left, right = QVBoxLayout(), QVBoxLayout()
        self._alerts = QVBoxLayout()
        self._alerts.setSpacing(px(6))
        self._shown_alerts: tuple[Alert, ...] = ()
        for column in (left, right):
            column.setSpacing(px(14))
        left.addLayout(self._alerts)
        left.addWidget(self._make_chart(), 3)
        left.addWidget(self._make_payments(settings), 3)
        left.addStretch(0)
        right.addWidget(self._make_debt())
        right.addWidget(self._make_facts(), 1)
        row.addLayout(left, 1)
        row.addLayout(right)
        self._size()

    def show_screen(self, screen: AccountScreen) -> None:
        """Show an account."""
        self._show_alerts(screen.alerts)
        self._show_debt(screen)
        self._facts.show_facts(screen.facts)
        self._chart.show_bars(screen.bars)
        self._chart.setVisible(bool(screen.bars))
        self._no_chart.setVisible(not screen.bars)
        estimated = sum(bar.estimated for bar in screen.bars)
        self._chart_card.set_note(f"m³ por periodo · {estimated} estimados" if estimated
                                  else "m³ por periodo" if screen.bars else "")  # fmt: skip
        self._payments.set_rows(screen.last_payments)
        self._payments_card.setVisible(not screen.payments_note)
        self._all_payments.setVisible(bool(screen.last_payments))

    def changeEvent(self, event: QEvent) -> None:
        """Take the theme's new size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_facts_card"):
            self._size()

    # --- building ---

    def _size(self) -> None:
        px = theme().px
        self._chart_card.setMinimumHeight(px(CHART_HEIGHT))
        self._chart_card.setMaximumHeight(px(TALLEST_CHART))
        self._payments_card.setMinimumHeight(px(PAYMENTS_HEIGHT))
        for card in (self._debt_card, self._facts_card):
            card.setFixedWidth(px(SIDE_WIDTH))

    def _make_chart(self) -> Card:
        self._chart_card = Card("Consumo")
        self._chart = MiniChart("Consumo de los últimos periodos", "m³")
        self._no_chart = EmptyState(
            "chart-column", "Sin lecturas", "Aquí aparecerá el consumo de cada periodo."
        )
        self._chart_card.body.addWidget(self._chart)
        self._chart_card.body.addWidget(self._no_chart)
        return self._chart_card

    def _make_payments(self, settings: QSettings | None) -> Card:
        self._payments_card = Card("Últimos pagos", padded=False)
        self._all_payments = KeyButton("Ver historial", "history", kind=Kind.LINK)
        self._all_payments.clicked.connect(self.payments_pressed)
        self._payments_card.add_tool(self._all_payments)
        self._payments: TableView[PaymentRow] = TableView(
            "Últimos pagos de la cuenta",
            LAST_PAYMENTS,
            lambda row: row.receipt_id,
            empty=EmptyState("receipt-text", "Sin pagos", "Aquí aparecerán los últimos pagos."),
            settings=settings,
            exports=False,
        )
        self._payments.row_activated.connect(lambda _row: self.payments_pressed.emit())
        self._payments_card.body.addWidget(self._payments)
        return self._payments_card

    def _make_debt(self) -> Card:
        self._debt_card = card = Card("Adeudo")
        self._ages = AgeBars()
        self._rule = Rule()
        self._caption = Label("Adeudo total", 13, 500, "soft")
        self._debt = FigureLabel(30)
        self._hidden = Label("", 13, 400, "soft").wrapped()
        self._charge = PrimaryButton("Cobrar", "hand-coins", "F12")
        self._charge.clicked.connect(self.charge_pressed)
        self._statement = KeyButton("Estado de cuenta", "printer", "F9")
        self._statement.clicked.connect(self.statement_pressed)
        for part in (self._hidden, self._ages, self._rule, self._caption, self._debt,
                     self._charge, self._statement):  # fmt: skip
            card.body.addWidget(part)
        return card

    def _make_facts(self) -> Card:
        self._facts_card = card = Card("Datos de la cuenta")
        self._facts = FactGrid()
        card.body.addWidget(self._facts)
        card.body.addStretch(1)
        return card

    # --- showing ---

    def _show_debt(self, screen: AccountScreen) -> None:
        seen = screen.debt is not None
        owes = screen.debt is not None and screen.debt > ZERO
        self._hidden.setText(screen.debt_hidden)
        self._hidden.setVisible(not seen)
        self._caption.setVisible(seen)
        self._debt.setVisible(seen)
        self._ages.setVisible(owes)
        self._rule.setVisible(owes)
        self._ages.show_ages(screen.ages)
        self._debt.set_amount(screen.debt)
        self._caption.setText("Adeudo total" if owes else "Sin adeudo")
        self._charge.setVisible(screen.may_charge)
        self._charge.setText("Cobrar" if owes else "Pago adelantado")
        self._statement.setVisible(screen.may_print and seen)

    def _show_alerts(self, alerts: Sequence[Alert]) -> None:
        if tuple(alerts) == self._shown_alerts:
            return
        self._shown_alerts = tuple(alerts)
        _clear(self._alerts)
        for alert in alerts:
            self._alerts.addWidget(AlertNotice(alert))


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
