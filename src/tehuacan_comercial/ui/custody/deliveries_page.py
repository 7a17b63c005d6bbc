"""The page Entregas: what left this drawer, in whose hands it is, and the next delivery (H5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.domain.custody import CashLevel, SendWithdrawalCommand, Withdrawn
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.custody import WithdrawalRow
from tehuacan_comercial.services.custody_on_the_spot import Receipt
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.actions import Actions
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.cash_states import level_notice, level_pill
from tehuacan_comercial.ui.custody.columns import DELIVERIES
from tehuacan_comercial.ui.custody.handovers_card import HandoversCard
from tehuacan_comercial.ui.custody.printing import print_custody
from tehuacan_comercial.ui.custody.receive_sheet import ReceiveSheet, parcel_of
from tehuacan_comercial.ui.custody.send_sheet import SendSheet
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.notices import Toast
from tehuacan_comercial.ui.widgets.pill import PillBadge
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label

ReceiveHere = Callable[[str, str, Receipt], Withdrawn]
"""Receives under the user and password given, on a connection of its own."""

TOPICS = frozenset({"session", "custody", "payment", "authorisation", "everything"})


@dataclass(frozen=True)
class DeliveriesView:
    """One's own session with its deliveries; the limit of its till in pesos."""

    session: SessionRow | None = None
    rows: tuple[WithdrawalRow, ...] = ()
    level: CashLevel = CashLevel.NONE
    limit: Decimal | None = None


def read_deliveries(desk: Desk) -> DeliveriesView:
    """Everything the page shows, in one go.

    Raises:
        ServerUnreachable: no answer.
    """
    session = desk.cash.session()
    if session is None:
        return DeliveriesView()
    limit = next(
        (till.cash_limit for till in desk.cash.tills() if till.code == session.till_code), None
    )
    return DeliveriesView(
        session,
        desk.custody.withdrawals(session.session_id),
        desk.custody.level(session.session_id),
        limit,
    )


def level_words(view: DeliveriesView) -> str:
    """How full the drawer is and what follows; its amount is not told."""
    if view.session is None:
        return "Abra la caja para entregar efectivo."
    if view.limit is None:
        return f"{view.session.till_name} no tiene tope de efectivo."
    limit = f"Tope de {view.session.till_name}: {money(view.limit)}."
    notice = level_notice(view.level)
    return f"{limit} {notice.text}" if notice else limit


class DeliveriesPage(QWidget):
    """``deliver`` opens the sheet of the next delivery; ``select`` puts the cursor on one."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        settings: QSettings,
        actions: Actions,
        receive_here: ReceiveHere,
        paper: Paper,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._bus = desk, tasks, bus
        self._receive_here, self._paper = receive_here, paper
        self._wanted: Callable[[], None] | None = None
        self.view: DeliveriesView | None = None
        self.badge, self.words = PillBadge(), Label("", 13, 400, "soft").wrapped()
        self.table: TableView[WithdrawalRow] = TableView(
            "Entregas de la sesión",
            DELIVERIES,
            lambda row: row.withdrawal_id,
            empty=EmptyState(
                "arrow-right-left", "Sin entregas", "Aquí aparece el efectivo que sale de la caja."
            ),
            settings=settings,
        )
        self.receive_button = KeyButton("Reci&bir aquí…", "shield-check", kind=Kind.LINK)
        self.back_button = KeyButton("Re&gresar a mi caja…", "wallet", kind=Kind.LINK)
        self.handovers = HandoversCard(desk, tasks, bus, paper, settings)
        self.print_button = KeyButton("I&mprimir", "printer", kind=Kind.LINK)
        self._lay_out(actions)
        self.print_button.clicked.connect(self._print)
        self.receive_button.clicked.connect(self._receive)
        self.back_button.clicked.connect(self._take_back)
        self.table.row_activated.connect(lambda _row: self._receive())
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.export_requested.connect(lambda sheet: spreadsheet.export(self, tasks, sheet))
        self.table.add_row_action("Recibir aquí…", lambda _row: self._receive())
        self.table.add_row_action("Regresar a mi caja…", lambda _row: self._take_back())
        bus.subscribe(self, lambda changes: bool(changes.topics & TOPICS), self.reload)
        self.reload()

    def reload(self) -> None:
        """Read again; what is shown stays meanwhile."""
        desk = self._desk
        self._tasks.read(
            "custody.deliveries", lambda: read_deliveries(desk), self._show, self._unread, self
        )

    def deliver(self) -> None:
        """Open the sheet of a delivery, as soon as the session is known."""
        self._when_read(self._deliver)

    def select(self, withdrawal_id: int) -> None:
        """Put the cursor on a delivery."""
        self._when_read(lambda: self.table.select(withdrawal_id))

    # --- showing ---

    def _show(self, view: DeliveriesView) -> None:
        self.view = view
        self.badge.set_pill(level_pill(view.level) if view.session else None)
        self.words.setText(level_words(view))
        self.table.set_rows(view.rows)
        self.handovers.show_session(view.session)
        waiting = [row for row in view.rows if row.state == "in_transit"]
        if waiting and self.table.current() is None:
            self.table.select(waiting[0].withdrawal_id)
        self._enable()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _unread(self, error: Exception) -> None:
        self._wanted = None
        if not isinstance(error, TroubleRefusal):
            self._refused(error)  # a lost line is told at the foot; the next poll asks again

    def _enable(self) -> None:
        row = self.table.current()
        for button in (self.receive_button, self.back_button):
            button.setEnabled(row is not None and row.state == "in_transit")
        self.print_button.setEnabled(row is not None)

    def _when_read(self, act: Callable[[], None]) -> None:
        if self.view is not None:
            act()
        else:
            self._wanted = act

    # --- acts ---

    def _deliver(self) -> None:
        session = self.view.session if self.view else None
        if session is None:
            return
        custody, tasks = self._desk.custody, self._tasks

        def send(
            command: SendWithdrawalCommand, done: Callable[[Withdrawn], None], failed: Failed
        ) -> None:
            tasks.write(lambda: custody.send_withdrawal(command), done, failed, self)

        sheet = SendSheet(self, session.session_id, session.till_name, send=send)
        prompts.run(sheet)
        if sheet.outcome is not None:
            self._tell(sheet.outcome, "en tránsito hasta que otra persona la cuente")
            self.table.select(sheet.outcome.withdrawal_id)

    def _receive(self) -> None:
        row = self.table.current()
        if row is None or not self.receive_button.isEnabled():
            return

        def answer(
            credentials: tuple[str, str],
            receipt: Receipt,
            done: Callable[[Withdrawn], None],
            failed: Failed,
        ) -> None:
            here = self._receive_here
            self._tasks.write(lambda: here(*credentials, receipt), done, failed, self)

        sheet = ReceiveSheet(self, parcel_of(row), answer, signs_in=True)
        prompts.run(sheet)
        if isinstance(sheet.outcome, Withdrawn):
            words = {"accepted": "recibida", "rejected": "rechazada; el dinero sigue en la caja"}
            self._tell(sheet.outcome, words[sheet.outcome.state.value])
        else:
            self.reload()

    def _take_back(self) -> None:
        row = self.table.current()
        if row is None or not self.back_button.isEnabled():
            return
        reason = prompts.ask_reason(
            self,
            f"Regresar la entrega {row.folio} a su caja",
            act="Regresar",
            note="Solo mientras nadie la ha recibido. Tenga el efectivo en la mano.",
        )
        if reason is None:
            return
        custody, number = self._desk.custody, row.withdrawal_id

        def failed(error: Exception) -> None:
            self._refused(error)
            self.reload()  # somebody was faster

        self._tasks.write(
            lambda: custody.take_back(number, reason),
            lambda done: self._tell(done, "de vuelta en su caja"),
            failed,
            self,
        )

    def _print(self) -> None:
        row = self.table.current()
        if row is not None:
            title = f"la entrega {row.folio}"
            print_custody(self, self._paper, CustodyPaper.WITHDRAWAL, row.withdrawal_id, title)

    def _tell(self, answered: Withdrawn, words: str) -> None:
        title = f"Entrega {answered.folio}: {money(answered.amount)}, {words}"
        Toast(self.window(), "ok", "circle-check", title)
        self._bus.committed(
            Changes(sessions=frozenset({answered.session_id}), topics=frozenset({"custody"}))
        )

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)

    # --- building ---

    def _lay_out(self, actions: Actions) -> None:
        px, column, row = theme().px, QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        top = Card()
        row.setSpacing(px(12))
        row.addWidget(Label("Efectivo de la caja", 15, 600))
        row.addWidget(self.badge)
        row.addWidget(self.words, 1)
        row.addWidget(
            KeyButton.for_action(actions["cash.deliver"], "arrow-right-left", Kind.PRIMARY)
        )
        top.body.addLayout(row)
        column.addWidget(top)
        card = Card("Entregas de la sesión", padded=False)
        excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(self.table.request_export)
        card.add_tool(self.receive_button)
        card.add_tool(self.back_button)
        card.add_tool(self.print_button)
        card.add_tool(excel)
        card.body.addWidget(self.table)
        column.addWidget(card, 3)
        column.addWidget(self.handovers, 2)
