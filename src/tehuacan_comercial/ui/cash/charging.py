"""From a selection or an amount to a registered charge: opens the sheets, sends, tells."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.allocation import Part
from tehuacan_comercial.domain.cash import ChargeCommand, new_command_id
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.services.cash import ChargeResult
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.cash.partial_sheet import PartialSheet
from tehuacan_comercial.ui.cash.reading import AccountView, DeskView
from tehuacan_comercial.ui.cash.summary import lines_paid, selected_parts
from tehuacan_comercial.ui.cash.tender import Sale
from tehuacan_comercial.ui.cash.tender_sheet import Done, TenderSheet
from tehuacan_comercial.ui.cash.tender_total import NO_PAPER
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.answered import tell_until_answered
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct, announce

PAUSE_MILLISECONDS = 150
"""After a charge or a reading, until nothing of it is left to show."""


class Charging(QObject):
    """One charge at a time. ``charged`` comes after the commit, before the paper is out."""

    charged = Signal(object)
    left_in_doubt = Signal()
    closed = Signal()

    def __init__(self, context: CashContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._replaced: int | None = None
        self._replacing: InlineNotice | None = None
        self._ready: TenderSheet | None = None
        self._preparing = QTimer(self)
        self._preparing.setSingleShot(True)
        self._preparing.setInterval(PAUSE_MILLISECONDS)
        self._preparing.timeout.connect(self._make_ready)
        theme().changed.connect(self._drop_ready)

    def charge(self, view: DeskView, selection: Collection[int]) -> None:
        """Charge the chosen items whole (F12)."""
        if view.account is not None:
            self._run(view, view.account, selected_parts(view.account.debt.items, selection), ZERO)

    def partial(self, view: DeskView) -> None:
        """Ask an amount, show its allocation, charge it (F4)."""
        account = view.account
        if account is None:
            return
        name = f"Cuenta {account.card.account_number} · {account.card.holder_name}"
        plan = PartialSheet.ask(self._page, account.debt.items, name)
        if plan is not None:
            self._run(view, account, plan.parts, plan.advance)

    def replace(self, receipt_id: int, folio: str) -> None:
        """The next charge takes the place of a void receipt, on whatever account it is (H13)."""
        self._drop_replacing()
        self._replaced = receipt_id
        self._replacing = tell_until_answered(
            self._context.notices,
            "info",
            "refresh-cw",
            f"El próximo cobro sustituye al recibo {folio}",
            "Busque la cuenta correcta y cobre; los dos recibos se nombran uno al otro.",
            (NoticeAct("No sustituir", self._drop_replacing, "x"),),
        )
        self._replacing.closed.connect(self._forget_replaced)

    def _drop_replacing(self) -> None:
        notice, self._replaced = self._replacing, None
        if notice is not None:
            self._replacing = None
            notice.dismiss()

    def _forget_replaced(self) -> None:
        self._replacing, self._replaced = None, None

    def _run(
        self, view: DeskView, account: AccountView, parts: tuple[Part, ...], advance: Decimal
    ) -> None:
        if view.session is None:
            return
        sale = Sale(
            new_command_id(),
            view.session.session_id,
            account.card.account_id,
            account.card.account_number,
            account.card.holder_name,
            parts,
            advance,
            account.debt.credit,
            self._context.cash_step,
            view.tenders,
            self._replaced,
            lines_paid(account.debt.items, parts),
        )
        sheet = self._take_sheet()
        sheet.begin(sale)
        prompts.run(sheet)
        outcome = sheet.outcome
        if outcome.result is not None:
            self._drop_replacing()
            self.finish(outcome.result, outcome.form)
        elif outcome.in_doubt:
            self.left_in_doubt.emit()
        self.prepare()
        self.closed.emit()

    # --- the sheet, built ahead ---

    def prepare(self) -> None:
        """Build the next sheet in the pause that follows: it takes as long as showing it does.

        What comes in between does not put it off: a fast cashier presses F12 at once.
        """
        if not self._preparing.isActive():
            self._preparing.start()

    def _make_ready(self) -> None:
        if self._ready is None and self._page.isVisible():
            self._ready = self._make_sheet()
            self._ready.make_ready()

    def _take_sheet(self) -> TenderSheet:
        """Each sheet serves one sale."""
        self._preparing.stop()
        ready, self._ready = self._ready, None
        return ready or self._make_sheet()

    def _make_sheet(self) -> TenderSheet:
        return TenderSheet(self._page, self, self._context.place.receipt_format)

    def _drop_ready(self) -> None:
        """Its sizes are those of the letters when it was built."""
        if self._ready is not None:
            self._ready.deleteLater()
            self._ready = None
            self.prepare()

    # --- Sender ---

    def send(self, command: ChargeCommand, done: Done, failed: Failed) -> None:
        """Post on the write lane."""
        self._context.tasks.write(lambda: self._context.desk.cash.charge(command), done, failed)

    def ask_again(self, command_id: str, done: Done, failed: Failed) -> None:
        """Ask on the write lane what became of it."""
        cash = self._context.desk.cash
        self._context.tasks.write(lambda: cash.ask_again(command_id), done, failed)

    def finish(self, result: ChargeResult, form: str) -> None:
        """Print, tell every screen, and say folio and change."""
        charged = result.charged
        if form != NO_PAPER:
            self._context.paper.original(charged.receipt_id, charged.folio, form)
        self.charged.emit(result)
        self._context.bus.committed(result.changes)
        change = f" Entregue {money(charged.change)} de cambio." if charged.change else ""
        announce(self._page, f"Recibo {charged.folio} registrado.{change}")
