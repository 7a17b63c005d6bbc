"""The tab Caja: shows what ``screen.py`` says and hands each act to the part that does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.services.cash import ChargeResult, HeldSaleRow
from tehuacan_comercial.ui.cash.charging import Charging
from tehuacan_comercial.ui.cash.closing_items import ClosingItem, Way
from tehuacan_comercial.ui.cash.collect_page import CollectPage
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.cash.count_page import CountPage
from tehuacan_comercial.ui.cash.gate import GatePage
from tehuacan_comercial.ui.cash.holding import Holding
from tehuacan_comercial.ui.cash.loader import Loader
from tehuacan_comercial.ui.cash.lost import LostCharges
from tehuacan_comercial.ui.cash.pages import MorePages, TabPages
from tehuacan_comercial.ui.cash.permits import Permits
from tehuacan_comercial.ui.cash.receipts_page import ReceiptsPage
from tehuacan_comercial.ui.cash.reprint import Reprints
from tehuacan_comercial.ui.cash.screen import CashScreen, CashState, cash_screen
from tehuacan_comercial.ui.cash.sessions import Sessions
from tehuacan_comercial.ui.cash.summary import summarize
from tehuacan_comercial.ui.theme.theme import theme

COLLECT, RECEIPTS, COUNT = range(3)
_GATED = frozenset({CashState.NO_SESSION, CashState.OTHER_DAY, CashState.COUNTING})


class CashTab(QWidget):
    """``open_account`` brings an account to the desk.

    ``account_read`` carries the AccountCard as of the debt that is shown, ``session_read`` the
    SessionRow or None, ``account_requested`` the number of an account to open everywhere;
    ``show_requested`` asks that this tab be brought to the front, ``void_requested`` (a receipt's
    id) that its void be asked for, ``decision_requested`` (a request's number) that somebody decide
    it here, ``withdrawal_requested`` that it be taken back.
    """

    account_requested = Signal(str)
    focus_search_requested = Signal()
    show_requested = Signal()
    account_read = Signal(object)
    session_read = Signal(object)
    void_requested = Signal(int)
    decision_requested = Signal(int)
    withdrawal_requested = Signal(int)
    difference_requested = Signal(int)

    def __init__(self, context: CashContext) -> None:
        super().__init__()
        self._context = context
        self._taken: HeldSaleRow | None = None
        self.tabs, self._pages, self._first = QTabBar(), TabPages(), QStackedWidget()
        self.collect, self.receipts = CollectPage(context), ReceiptsPage(context)
        self.count, self.gate = CountPage(context), GatePage(context.actions)
        self.loader = Loader(context, self.selection)
        self.loader.setParent(self)
        self.charging, self.holding = Charging(context, self), Holding(context, self)
        self.sessions, self.reprints = Sessions(context, self.count), Reprints(context, self)
        self.lost, self.permits = LostCharges(context, self), Permits(context, self)
        self._lay_out()
        self._connect()
        self._connect_actions()
        context.bus.subscribe(self, self.loader.hears, self.loader.reload)
        self._refresh()
        self.loader.reload()
        self.lost.look()

    def open_account(self, account_id: int | None) -> None:
        """Bring an account to the desk, all its charges chosen; None clears the desk.

        Of a held sale that was just taken back, the charges it held are chosen.
        """
        taken = self._taken if self._taken and self._taken.account_id == account_id else None
        self._taken = taken
        self.collect.show_charged(None)
        self.tabs.setCurrentIndex(COLLECT)
        self.loader.open(account_id, frozenset(taken.charge_ids) if taken else None)

    def look_for_permission(self) -> None:
        """A request of one's own was answered; also while another section is in front."""
        self.permits.look(self.loader.view.session)

    def was_read(self) -> bool:
        """Whether the desk was read at least once, so that what is shown is true."""
        return self.loader.was_read

    def charge_account(self, account_id: int) -> None:
        """Open an account if another one is here, and charge it as soon as it is read."""
        if self.loader.account_id != account_id:
            self.open_account(account_id)
        self._charge()

    def selection(self) -> frozenset[int]:
        """Ids of the chosen charges."""
        return self.collect.charges.selection()

    def as_value(self) -> CashScreen:
        """What is shown and allowed now."""
        account = self.loader.view.account
        return cash_screen(
            self.loader.view.session,
            account.debt if account else None,
            self.selection(),
            self._context.desk.actor,
            self._context.today(),
            account_open=self.loader.account_id is not None,
            awaits_account=self.loader.awaits_account(),
        )

    # --- showing ---

    def _show_read(self, chosen: frozenset[int]) -> None:
        view = self.loader.view
        items = view.account.debt.items if view.account else ()
        self.collect.charges.show_items(items, self._context.today(), chosen)
        self.receipts.show_receipts(view.receipts)
        self.count.show_session(view.session)
        if view.account is None:
            recent = view.receipts[:20]
            none = "Todavía no hay recibos en esta sesión."
            self.collect.show_payments("Últimos recibos de la sesión", recent, none)
        else:
            paid = view.account.payments[:20]
            none = "La cuenta no tiene pagos registrados."
            self.collect.show_payments("Últimos pagos de la cuenta", paid, none)
        self._refresh()
        self.session_read.emit(view.session)
        self.permits.look(view.session)
        if view.session is not None:
            self.charging.prepare()
        if view.account is not None:
            self.account_read.emit(view.account.card)

    def _show_cleared(self) -> None:
        self.collect.charges.show_items((), self._context.today(), ())
        self._refresh()

    def _refresh(self) -> None:
        """Everything that follows from the choice of charges and the state of the session."""
        screen, view = self.as_value(), self.loader.view
        gated = screen.state in _GATED
        self._first.setCurrentWidget(self.gate if gated else self.collect)
        if screen.empty and gated:
            self.gate.say(screen.empty)
        self.collect.charges.say(screen.note, screen.empty)
        account, step = view.account, self._context.cash_step
        self.collect.summary.show_summary(
            summarize(
                account.debt.items if account else (),
                self.selection(),
                account.debt.credit if account else ZERO,
                step,
            )
        )
        self.collect.summary.show_last(view.session)
        self.collect.level.show_level(view.level)
        self.collect.summary.hold.setText(f"Espera{_in_brackets(len(view.held))}")
        self.tabs.setTabText(RECEIPTS, f"&Recibos de la sesión{_badge(len(view.receipts))}")
        self._tell_acts()

    def possible_acts(self) -> dict[str, bool]:
        """Actions of the window that this tab serves, and whether they are possible now."""
        return dict(self.as_value().enabled)

    def showEvent(self, event: QShowEvent) -> None:
        """The actions of the window are this tab's while it is seen."""
        super().showEvent(event)
        self._tell_acts()

    def _tell_acts(self) -> None:
        if self.isVisible():
            self._context.actions.enable(self.possible_acts())

    # --- building ---

    def _lay_out(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), 0, px(20), px(14))
        column.setSpacing(px(12))
        for text in ("&Cobro", "&Recibos de la sesión", "Corte y &arqueo"):
            self.tabs.addTab(text)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("Partes de la caja")
        self._first.addWidget(self.collect)
        self._first.addWidget(self.gate)
        for page in (self._first, self.receipts, self.count):
            self._pages.addWidget(page)
        self.more = MorePages(self._context, self.tabs, self._pages)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.loader.read.connect(self._show_read)
        self.loader.cleared.connect(self._show_cleared)
        self.collect.charges.selection_changed.connect(self._refresh)
        self.receipts.void_requested.connect(self.void_requested)
        self.receipts.replace_requested.connect(self._replace)
        self.charging.charged.connect(self._charged)
        self.charging.closed.connect(self.focus_search_requested)
        self.charging.left_in_doubt.connect(self.lost.wait)
        self.lost.registered.connect(self._found)
        self.holding.held.connect(self._held)
        self.holding.taken.connect(self._take_back)
        self.holding.changed.connect(self.loader.reload)
        self.count.begin_requested.connect(self._context.actions["session.close"].trigger)
        self.count.resume_requested.connect(lambda: self.sessions.resume(self.loader.view.session))
        self.count.sign_requested.connect(
            lambda count: self.sessions.sign(self.loader.view.session, count)
        )
        self.count.resolve_requested.connect(self._resolve)
        self.count.interim_requested.connect(
            lambda: self.sessions.interim(self.loader.view.session)
        )
        self.sessions.difference_requested.connect(self.difference_requested)
        self.sessions.changed.connect(self.loader.reload)
        self.permits.finished.connect(self.sessions.show_closed)
        self.sessions.count_shown.connect(self._show_count)
        for ended in (self.sessions.resumed, self.sessions.closed):
            ended.connect(partial(self.tabs.setCurrentIndex, COLLECT))

    def _connect_actions(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "cash.charge": self._charge,
            "cash.partial": lambda: self.charging.partial(self.loader.view),
            "cash.hold": lambda: self.holding.open(self.loader.view, self.selection()),
            "receipts.reprint": self._reprint,
            "cash.deliver": self.more.deliver,
            "session.open": self.sessions.open,
            "session.close": lambda: self.sessions.begin(self.loader.view.session),
        }
        for name, act in acts.items():
            self._context.actions[name].triggered.connect(partial(self._act, act))

    # --- acts ---

    def _act(self, act: Callable[[], None], _checked: bool = False) -> None:
        if not self.isVisible():
            self.show_requested.emit()
        act()

    def _charge(self) -> None:
        if self.loader.awaits_account():
            self.loader.when_read(self._charge_now)
        else:
            self._charge_now()

    def _charge_now(self) -> None:
        if self.as_value().enabled["cash.charge"]:
            self.charging.charge(self.loader.view, self.selection())

    def _charged(self, result: ChargeResult) -> None:
        self.loader.expect_own_change()
        self.tabs.setCurrentIndex(COLLECT)
        self.collect.show_charged(result)

    def _found(self, result: ChargeResult) -> None:
        self.charging.finish(result, self._context.place.receipt_format)

    def _reprint(self) -> None:
        session, row = self.loader.view.session, self.receipts.table.current()
        if self.tabs.currentIndex() == RECEIPTS and row is not None:
            self.reprints.reprint(row.receipt_id, row.folio)
        elif session and session.last_receipt_id and session.last_folio:
            self.reprints.reprint(session.last_receipt_id, session.last_folio)

    def _replace(self, receipt_id: int, folio: str) -> None:
        self.charging.replace(receipt_id, folio)
        self.tabs.setCurrentIndex(COLLECT)
        self.focus_search_requested.emit()

    def _held(self) -> None:
        self.open_account(None)
        self.focus_search_requested.emit()

    def _take_back(self, sale: HeldSaleRow) -> None:
        self._taken = sale
        self.open_account(sale.account_id)
        self.account_requested.emit(sale.account_number)

    def _resolve(self, item: ClosingItem, way: Way) -> None:
        """What a button of *¿Puedo cerrar?* leads to."""
        session = self.loader.view.session
        ways: dict[Way, Callable[[], None]] = {
            Way.DELIVERY: lambda: self.more.show_delivery(item.subject),
            Way.HANDOVER: lambda: self.more.show("deliveries"),
            Way.HELD: self._context.actions["cash.hold"].trigger,
            Way.DECIDE: lambda: self.decision_requested.emit(item.subject),
            Way.WITHDRAW: lambda: self.withdrawal_requested.emit(item.subject),
            Way.PAPER: lambda: self._show_receipt(item.subject),
            Way.LOST: self.lost.look,
            Way.COUNT: lambda: self.sessions.begin(session),
            Way.RESUME: lambda: self.sessions.resume(session),
            Way.ASK: lambda: self.difference_requested.emit(item.subject),
            Way.FINISH: lambda: self.permits.finish(session, self.sessions.refused),
            Way.RECOUNT: self.count.clear_count,
        }
        ways[way]()

    def _show_receipt(self, receipt_id: int) -> None:
        self.tabs.setCurrentIndex(RECEIPTS)
        self.receipts.table.select(receipt_id)
        self.receipts.table.setFocus()

    def _show_count(self) -> None:
        self.tabs.setCurrentIndex(COUNT)
        self.count.focus_count()


def _badge(number: int) -> str:
    return f"  {number}" if number else ""


def _in_brackets(number: int) -> str:
    return f" ({number})" if number else ""
