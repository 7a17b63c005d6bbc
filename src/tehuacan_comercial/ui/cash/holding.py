"""Setting sales aside and taking them back (F6)."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.cash import HoldCommand, new_command_id
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.cash import HeldSaleRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.cash.hold_sheet import Drop, Hold, HoldSheet, TakeBack
from tehuacan_comercial.ui.cash.reading import DeskView
from tehuacan_comercial.ui.widgets.notices import announce


class Holding(QObject):
    """``held`` after a sale was set aside; ``taken`` carries the sale to bring back."""

    held = Signal()
    taken = Signal(object)
    changed = Signal()

    def __init__(self, context: CashContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def open(self, view: DeskView, selection: Collection[int]) -> None:
        """Ask what to do, and do it."""
        can_hold = view.account is not None and bool(selection)
        name = view.account.card.holder_name if view.account and can_hold else ""
        match HoldSheet.ask(self._page, view.held, name):
            case Hold(label):
                self._hold(view, tuple(sorted(selection)), label)
            case TakeBack(sale):
                self._release(sale, lambda: self.taken.emit(sale))
            case Drop(sale):
                self._release(sale, lambda: self._say(f"«{sale.label}» ya no está en espera"))

    def _hold(self, view: DeskView, charges: tuple[int, ...], label: str) -> None:
        if view.session is None or view.account is None:
            return
        session_id, account_id = view.session.session_id, view.account.card.account_id
        command = HoldCommand(new_command_id(), session_id, account_id, charges, label)
        cash = self._context.desk.cash

        def done(_none: None) -> None:
            self._say(f"«{label}» quedó en espera")
            self.held.emit()

        self._write(lambda: cash.hold(command), done)

    def _release(self, sale: HeldSaleRow, then: Callable[[], None]) -> None:
        cash = self._context.desk.cash

        def done(_none: None) -> None:
            then()
            self.changed.emit()

        self._write(lambda: cash.release(sale.held_sale_id), done)

    def _write(self, fn: Callable[[], None], done: Callable[[None], None]) -> None:
        self._context.tasks.write(fn, done, self._failed, self)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._page, error)
        self.changed.emit()

    def _say(self, title: str) -> None:
        announce(self._page, title)
