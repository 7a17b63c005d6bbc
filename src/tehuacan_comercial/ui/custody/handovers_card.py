"""The card *Relevos*: what this drawer gave and what it is to receive, item by item (H9, H21)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings

from tehuacan_comercial.domain.handovers import HandedOver, HandoverCommand
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.custody_on_the_spot import Receipt
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.handovers import HandoverItemRow, ProofRow, ReceiverRow
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.custody.give_sheet import GiveSheet
from tehuacan_comercial.ui.custody.printing import print_custody
from tehuacan_comercial.ui.custody.receive_sheet import Parcel, ReceiveSheet
from tehuacan_comercial.ui.custody.words import delivery_pill, item_words
from tehuacan_comercial.ui.formats import figure, moment, money
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.notices import Toast
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView

NOBODY = "Ninguna otra caja está abierta; no hay a quién dar el relevo."


ITEMS: tuple[Column[HandoverItemRow], ...] = (
    Column("Relevo", lambda row: f"{row.folio}/{row.line}", figures=True, weight=600),
    Column("Salió", lambda row: moment(row.sent_at)[-5:], sort_key=lambda row: row.sent_at,
           value=lambda row: row.sent_at, soft=True, figures=True),
    Column("De → a", lambda row: f"{row.from_till} → {row.to_till}"),
    Column("Estado", lambda row: delivery_pill(row.state).text,
           pill=lambda row: delivery_pill(row.state)),
    Column("Qué", lambda row: TENDER_LABELS[TenderKind(row.tender)]),
    Column("Detalle", item_words, stretch=True),
    Column("Importe", lambda row: figure(row.amount), sort_key=lambda row: row.amount,
           align="right", weight=600, value=lambda row: row.amount),
)  # fmt: skip


@dataclass(frozen=True)
class _Ready:
    """What the sheet of a handover needs, read in one go."""

    receivers: tuple[ReceiverRow, ...]
    proofs: tuple[ProofRow, ...]


def _left_words(left: int) -> str:
    if not left:
        return "sin renglones pendientes"
    return "falta 1 renglón por responder" if left == 1 else f"faltan {left} por responder"


class HandoversCard(Card):
    """Reads again with its page, through ``show_session``."""

    def __init__(
        self, desk: Desk, tasks: Tasks, bus: Bus[Changes], paper: Paper, settings: QSettings
    ) -> None:
        super().__init__("Relevos entre cajas", padded=False)
        self._desk, self._tasks, self._bus, self._paper = desk, tasks, bus, paper
        self._session: SessionRow | None = None
        self.table: TableView[HandoverItemRow] = TableView(
            "Relevos entre cajas",
            ITEMS,
            lambda row: row.item_id,
            group=lambda row: row.handover_id,
            empty=EmptyState("arrow-left-right", "Sin relevos"),
            settings=settings,
        )
        self.give = KeyButton("Dar rele&vo…", "arrow-left-right", kind=Kind.LINK)
        self.accept = KeyButton("Acep&tar…", "check-check", kind=Kind.LINK)
        self.send_back = KeyButton("Rec&hazar…", "undo-2", kind=Kind.LINK)
        self.back = KeyButton("Regresar a mi ca&ja…", "wallet", kind=Kind.LINK)
        self.act = KeyButton("Acta", "printer", kind=Kind.LINK)
        for button, do in (
            (self.give, self.begin),
            (self.accept, self.accept_item),
            (self.send_back, self.reject_item),
            (self.back, self.take_back_item),
            (self.act, self._print),
        ):
            button.clicked.connect(do)
            self.add_tool(button)
        self.body.addWidget(self.table)
        self.table.row_activated.connect(lambda _row: self.accept_item())
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.export_requested.connect(lambda sheet: spreadsheet.export(self, tasks, sheet))
        self._enable()

    def show_session(self, session: SessionRow | None) -> None:
        """Read what the session gave and is to receive."""
        self._session = session
        self._enable()
        if session is None:
            self.table.set_rows(())
            return
        handovers, number = self._desk.handovers, session.session_id
        self._tasks.read(
            "custody.handovers", lambda: handovers.items(number), self._show, self._unread, self
        )

    # --- acts ---

    def begin(self) -> None:
        """Read who may receive and what may be given, then open the sheet."""
        session, handovers = self._session, self._desk.handovers
        if session is None:
            return

        def read() -> _Ready:
            return _Ready(handovers.receivers(), handovers.proofs(session.session_id))

        self._tasks.read(
            "custody.giving", read, lambda ready: self._ask(session, ready), self._unread, self
        )

    def accept_item(self) -> None:
        """Count the cash of an item, or say that its proof is in one's hand."""
        row = self.table.current()
        if row is None or not self.accept.isEnabled():
            return
        if row.denominations is not None:
            self._count(row)
            return
        agreed = prompts.confirm(
            self,
            f"Recibir {TENDER_LABELS[TenderKind(row.tender)].lower()} por {money(row.amount)}",
            f"Tenga el comprobante en la mano: {item_words(row)}.",
            act="Lo tengo, recibir",
            keep="Volver",
        )
        if agreed:
            handovers, number = self._desk.handovers, row.item_id
            self._write(lambda: handovers.accept(number))

    def reject_item(self) -> None:
        """Send an item back, with its reason."""
        row = self.table.current()
        if row is None or not self.send_back.isEnabled():
            return
        reason = prompts.ask_reason(
            self,
            f"Rechazar el renglón {row.folio}/{row.line}",
            act="Rechazar",
            note="Sigue siendo de la caja que lo entregó.",
        )
        if reason is not None:
            handovers, number = self._desk.handovers, row.item_id
            self._write(lambda: handovers.reject(number, reason))

    def take_back_item(self) -> None:
        """Take an item of one's own back while nobody answered it."""
        row = self.table.current()
        if row is None or not self.back.isEnabled():
            return
        reason = prompts.ask_reason(
            self,
            f"Regresar el renglón {row.folio}/{row.line} a su caja",
            act="Regresar",
            note="Quien lo iba a recibir ya no podrá aceptarlo.",
        )
        if reason is not None:
            handovers, number = self._desk.handovers, row.item_id
            self._write(lambda: handovers.take_back(number, reason))

    # --- parts of the acts ---

    def _ask(self, session: SessionRow, ready: _Ready) -> None:
        if not ready.receivers:
            Toast(self.window(), "warn", "triangle-alert", NOBODY)
            return
        handovers = self._desk.handovers

        def give(
            command: HandoverCommand, done: Callable[[HandedOver], None], failed: Failed
        ) -> None:
            self._tasks.write(lambda: handovers.send(command), done, failed, self)

        sheet = GiveSheet(self, session.session_id, ready.receivers, ready.proofs, give=give)
        prompts.run(sheet)
        if sheet.outcome is not None:
            self._tell(sheet.outcome)

    def _count(self, row: HandoverItemRow) -> None:
        handovers = self._desk.handovers

        def answer(
            _credentials: tuple[str, str],
            receipt: Receipt,
            done: Callable[[Any], None],
            failed: Failed,
        ) -> None:
            def act() -> HandedOver:
                if receipt.accepted:
                    return handovers.accept(receipt.withdrawal_id, receipt.pieces)
                return handovers.reject(receipt.withdrawal_id, receipt.note)

            self._tasks.write(act, done, failed, self)

        words = f"{row.sent_by_name} entrega {money(row.amount)} · {moment(row.sent_at)}"
        parcel = Parcel(row.item_id, f"Recibir el relevo {row.folio}", words, row.amount)
        sheet = ReceiveSheet(self, parcel, answer, signs_in=False)
        prompts.run(sheet)
        if isinstance(sheet.outcome, HandedOver):
            self._tell(sheet.outcome)
        else:
            self.show_session(self._session)

    def _write(self, act: Callable[[], HandedOver]) -> None:
        def failed(error: Exception) -> None:
            self._refused(error)
            self.show_session(self._session)

        self._tasks.write(act, self._tell, failed, self)

    def _tell(self, done: HandedOver) -> None:
        left = len(done.in_transit)
        words = _left_words(left)
        Toast(self.window(), "ok", "circle-check", f"Relevo {done.folio}: {words}")
        sessions = frozenset({done.from_session_id, done.to_session_id})
        self._bus.committed(Changes(sessions=sessions, topics=frozenset({"custody"})))

    def _print(self) -> None:
        row = self.table.current()
        if row is not None:
            title = f"el relevo {row.folio}"
            print_custody(self, self._paper, CustodyPaper.HANDOVER, row.handover_id, title)

    # --- showing ---

    def _show(self, rows: tuple[HandoverItemRow, ...]) -> None:
        self.table.set_rows(rows)
        waiting = [row for row in rows if row.state == "in_transit"]
        current = self.table.current()
        if waiting and (current is None or current.state != "in_transit"):
            self.table.select(waiting[0].item_id)
        self._enable()

    def _enable(self) -> None:
        row, session = self.table.current(), self._session
        own = session.session_id if session is not None else 0
        waits = row is not None and row.state == "in_transit"
        mine = waits and row is not None and row.to_session_id == own
        sent = waits and row is not None and row.from_session_id == own
        self.give.setEnabled(session is not None)
        self.accept.setEnabled(mine)
        self.send_back.setEnabled(mine)
        self.back.setEnabled(sent)
        self.act.setEnabled(row is not None)

    def _unread(self, error: Exception) -> None:
        if not isinstance(error, TroubleRefusal):
            self._refused(error)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)
