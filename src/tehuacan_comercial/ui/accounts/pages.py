"""The inner tabs of Cuenta, made together and shown one account at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.services.accounts import (
    BillRow,
    HistoryRow,
    PaymentRow,
    ReadingRow,
    StatementLine,
)
from tehuacan_comercial.ui.accounts.acts import AccountActs
from tehuacan_comercial.ui.accounts.columns import BILLS, HISTORY, PAYMENTS, READINGS, STATEMENT
from tehuacan_comercial.ui.accounts.screen import AccountScreen, Page
from tehuacan_comercial.ui.accounts.summary_page import SummaryPage
from tehuacan_comercial.ui.accounts.table_page import TablePage
from tehuacan_comercial.ui.accounts.timeline_page import TimelinePage
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.mini_chart import MiniChart

R = TypeVar("R")
CHART_HEIGHT = 210


class Pages:
    """All inner tabs; ``name`` gives the file of an export its name."""

    def __init__(
        self, acts: AccountActs, settings: QSettings | None, name: Callable[[str], str]
    ) -> None:
        self._acts, self._settings, self._name = acts, settings, name
        self.summary = SummaryPage(settings)
        self.timeline = TimelinePage()
        self._make_statement()
        self._make_bills()
        self._make_payments()
        self._make_readings()
        self._make_identity()
        self.widgets: dict[Page, QWidget] = {
            Page.SUMMARY: self.summary,
            Page.STATEMENT: self.statement,
            Page.BILLS: self.bills,
            Page.PAYMENTS: self.payments,
            Page.READINGS: self.readings,
            Page.TIMELINE: self.timeline,
            Page.IDENTITY: self.identity,
        }

    def show_screen(self, screen: AccountScreen) -> None:
        """Fill every inner tab."""
        file = screen.file
        self.summary.show_screen(screen)
        self.timeline.show_events(screen.events)
        self.statement.show_rows(tuple(reversed(file.statement)), _balance_note(screen))
        self._print.setVisible(screen.may_print)
        self.bills.show_rows(file.bills, _pending_note(file.bills))
        self._print_bill.setVisible(screen.may_print_bills and bool(file.bills))
        self.payments.show_rows(file.payments, _counted(len(file.payments), "pago", "pagos"))
        self._reprint.setVisible(screen.may_reprint and bool(file.payments))
        self._void.setVisible(screen.may_void and bool(file.payments))
        self._transfer.setVisible(screen.may_void and bool(file.payments))
        self.readings.show_rows(file.readings, _counted(len(file.readings), "lectura", "lecturas"))
        self._chart.show_bars(screen.bars)
        self._chart_card.setVisible(bool(screen.bars))
        self.identity.show_rows(file.history, foot=screen.identity_note)

    # --- building ---

    def _make_statement(self) -> None:
        empty = EmptyState(
            "scroll-text", "Sin movimientos", "Aquí aparecerán cargos y pagos con su saldo."
        )
        self.statement: TablePage[StatementLine] = TablePage(
            "Estado de cuenta", STATEMENT, lambda r: r.sequence, empty, settings=self._settings
        )
        self._print = KeyButton("Imprimir", "printer", "F9", kind=Kind.GHOST)
        self.statement.card.add_tool(self._print)
        self._print.clicked.connect(self.summary.statement_pressed)
        self._connect_export(self.statement, "estado de cuenta")

    def _make_bills(self) -> None:
        empty = EmptyState(
            "receipt-text", "Sin recibos", "Aquí aparecerá el recibo de cada periodo facturado."
        )
        self.bills: TablePage[BillRow] = TablePage(
            "Recibos", BILLS, lambda r: r.bill_id, empty, settings=self._settings
        )
        self.bills.add_act("Expl&icar", "message-square-text", self._acts.open_bill)
        self.bills.table.row_activated.connect(self._acts.open_bill)
        self._print_bill = self.bills.add_act("I&mprimir", "printer", self._acts.print_bill)
        self._connect_export(self.bills, "recibos")

    def _make_payments(self) -> None:
        empty = EmptyState("coins", "Sin pagos", "Aquí aparecerán los pagos y sus recibos.")
        self.payments: TablePage[PaymentRow] = TablePage(
            "Pagos", PAYMENTS, lambda r: r.receipt_id, empty, settings=self._settings
        )
        self._reprint = self.payments.add_act("Rei&mprimir", "printer", self._acts.reprint)
        self._void = self.payments.add_act("Ca&ncelar…", "circle-x", self._acts.void)
        self._transfer = self.payments.add_act(
            "&Traspasar…", "arrow-right-left", self._acts.transfer
        )
        self._connect_export(self.payments, "pagos")

    def _make_readings(self) -> None:
        self._chart_card = Card("Consumo por periodo")
        self._chart_card.set_note("m³ · barra hueca: lectura estimada")
        self._chart_card.setFixedHeight(theme().px(CHART_HEIGHT))
        self._chart = MiniChart("Consumo por periodo", "m³")
        self._chart_card.body.addWidget(self._chart)
        empty = EmptyState("gauge", "Sin lecturas", "Aquí aparecerá la lectura de cada periodo.")
        self.readings: TablePage[ReadingRow] = TablePage(
            "Lecturas",
            READINGS,
            lambda r: (r.period_code, r.read_on, r.meter_serial, r.value),
            empty,
            above=self._chart_card,
            settings=self._settings,
        )
        self._connect_export(self.readings, "lecturas")

    def _make_identity(self) -> None:
        empty = EmptyState("user", "Sin historial", "Aquí aparecerá quién ha tenido la cuenta.")
        self.identity: TablePage[HistoryRow] = TablePage(
            "Quién es",
            HISTORY,
            lambda r: (r.subject, r.detail, r.since),
            empty,
            settings=self._settings,
        )
        self._connect_export(self.identity, "historial")

    def _connect_export(self, page: TablePage[R], what: str) -> None:
        page.export_requested.connect(lambda sheet: self._acts.export(sheet, self._name(what)))


def _counted(number: int, one: str, many: str) -> str:
    return counted(number, one, many) if number else ""


def _balance_note(screen: AccountScreen) -> str:
    lines = screen.file.statement
    return f"Saldo {money(lines[-1].balance)}" if lines else ""


def _pending_note(bills: tuple[BillRow, ...]) -> str:
    pending = sum(bill.outstanding > 0 for bill in bills)
    if not pending:
        return _counted(len(bills), "recibo", "recibos")
    return f"{_counted(len(bills), 'recibo', 'recibos')} · {pending} por pagar"
