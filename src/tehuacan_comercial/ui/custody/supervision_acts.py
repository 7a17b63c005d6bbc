"""Receive, count by surprise, take over, close and verify: ask, send once, tell what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.cash import CloseSessionCommand, SessionClosed, new_command_id
from tehuacan_comercial.domain.custody import CountCommand, Counted, Verified, Withdrawn
from tehuacan_comercial.domain.handovers import HandedOver
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import ClosingNeedsPermission, Refusal, TroubleRefusal
from tehuacan_comercial.domain.shortages import (
    ReceiveShortageCommand,
    Repaid,
    SettleShortageCommand,
)
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.custody import SupervisedRow, WithdrawalRow
from tehuacan_comercial.services.custody_on_the_spot import Receipt, receive
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.handovers import HandoverItemRow
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.custody.columns import Figures
from tehuacan_comercial.ui.custody.count_sheet import CountSheet
from tehuacan_comercial.ui.custody.counted_sheet import CountedSheet
from tehuacan_comercial.ui.custody.debts_sheet import Debts, DebtsSheet, Settlement
from tehuacan_comercial.ui.custody.printing import print_custody
from tehuacan_comercial.ui.custody.receive_sheet import ReceiveSheet, parcel_of
from tehuacan_comercial.ui.formats import day, money
from tehuacan_comercial.ui.paper import LETTER, Paper
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.widgets.notices import Toast


@dataclass(frozen=True)
class SupervisionPaths:
    """Where an act of the page goes on elsewhere: permissions to ask for, by session, and cash that
    is put back into the drawer of whoever signs in for it.
    """

    reopen: Callable[[int], None]
    allow_difference: Callable[[int], None]
    waive: Callable[[int], None]
    repay_here: Callable[[str, str, ReceiveShortageCommand], Repaid]


class SupervisionActs(QObject):
    """Opens the sheets over ``page``; everything that was committed is told to the bus."""

    def __init__(
        self,
        page: QWidget,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        paper: Paper,
        paths: SupervisionPaths,
    ) -> None:
        super().__init__(page)
        self._paths = paths
        self._page, self._desk, self._tasks = page, desk, tasks
        self._bus, self._paper = bus, paper

    def receive(self, row: WithdrawalRow) -> None:
        """Count a delivery, accept it or send it back."""
        custody = self._desk.custody

        def answer(
            _credentials: tuple[str, str],
            receipt: Receipt,
            done: Callable[[Withdrawn], None],
            failed: Failed,
        ) -> None:
            self._tasks.write(lambda: receive(custody, receipt), done, failed, self)

        sheet = ReceiveSheet(self._page, parcel_of(row), answer, signs_in=False)
        prompts.run(sheet)
        if isinstance(sheet.outcome, Withdrawn):
            words = {"accepted": "recibida", "rejected": "rechazada"}
            self._toast(
                f"Entrega {row.folio}: {money(row.amount)}, {words[sheet.outcome.state.value]}"
            )
        self._tell(row.session_id, "custody")

    def send_back(self, row: HandoverItemRow) -> None:
        """Send an item of a handover back to its drawer, when its receiver does not answer."""
        reason = prompts.ask_reason(
            self._page,
            f"Rechazar el renglón {row.folio}/{row.line} de {row.sent_by_name}",
            act="Rechazar",
            note=f"{money(row.amount)} siguen siendo de {row.from_till}."
            f" Solo {row.receiver_name} puede aceptarlo.",
        )
        if reason is None:
            return
        handovers, number = self._desk.handovers, row.item_id

        def done(_handed: HandedOver) -> None:
            self._toast(f"Renglón {row.folio}/{row.line} de vuelta en {row.from_till}")
            self._tell(row.from_session_id, "custody")

        def failed(error: Exception) -> None:
            self._refused(error)
            self._tell(row.from_session_id, "custody")

        self._tasks.write(lambda: handovers.reject(number, reason), done, failed, self)

    def surprise(self, row: SupervisedRow) -> None:
        """A blind count of somebody's drawer; the session goes on charging afterwards."""
        custody = self._desk.custody
        counted = self._count(
            row,
            f"Arqueo sorpresa de {row.till_name}",
            "No se cobra mientras se firma; después la sesión sigue igual.",
            "Firmar el arqueo",
            lambda command: custody.count_by_surprise(command),
        )
        if isinstance(counted, Counted):
            lines = [Figures(each.tender, each.expected, None, each.counted)
                     for each in counted.lines]  # fmt: skip
            title = f"Arqueo sorpresa {row.folio}, conteo {counted.number}"
            if CountedSheet.ask(
                self._page, title, lines, "Contado", paper="Ver e imprimir el acta"
            ):
                self._print(CustodyPaper.CASH_COUNT, counted.count_id, f"el acta de {row.folio}")
        self._tell(row.session_id, "custody")

    def interim(self, row: SupervisedRow) -> None:
        """A numbered corte parcial (X) of the session, on paper."""
        custody, wanted = self._desk.custody, new_command_id()

        def done(content: Mapping[str, Any]) -> None:
            title = f"el corte parcial {content['folio']}"
            self._print(CustodyPaper.INTERIM_REPORT, int(content["report_id"]), title)

        self._tasks.write(
            lambda: custody.interim_report(wanted, row.session_id), done, self._refused, self
        )

    def take_over(self, row: SupervisedRow) -> None:
        """Stop the session of somebody absent, to count and close it under one's own name."""
        reason = prompts.ask_reason(
            self._page,
            f"Relevar {row.till_name} de {row.cashier_name}",
            act="Relevar",
            note="La sesión deja de cobrar. La cuenta y la cierra usted, con su nombre.",
        )
        if reason is None:
            return
        custody, number = self._desk.custody, row.session_id

        def done(_none: object) -> None:
            self._toast(f"La sesión {row.folio} es suya: cuéntela y ciérrela")
            self._tell(number, "session")

        self._tasks.write(lambda: custody.take_over(number, reason), done, self._refused, self)

    def close(self, row: SupervisedRow) -> None:
        """Count and close a session that was taken over, or finish what was allowed meanwhile."""
        cash, number = self._desk.cash, row.session_id

        def not_yet(error: Exception) -> None:
            if not isinstance(error, Refusal):
                raise error
            if isinstance(error, TroubleRefusal):
                self._refused(error)
            else:
                self._count_and_close(row)

        self._tasks.write(
            lambda: cash.finish_closing(number), lambda done: self._closed(row, done), not_yet, self
        )

    def _count_and_close(self, row: SupervisedRow) -> None:
        cash = self._desk.cash
        closed = self._count(
            row,
            f"Contar y cerrar {row.till_name}",
            f"Sesión {row.folio} de {row.cashier_name}; la firma usted.",
            "Firmar y cerrar",
            lambda command: cash.close_session(_closing(command)),
        )
        if isinstance(closed, SessionClosed):
            self._closed(row, closed)
        else:
            self._tell(row.session_id, "session")
        if isinstance(closed, ClosingNeedsPermission) and prompts.run(
            prompts.RefusalSheet(self._page, closed, "Solicitar autorización", "shield-check")
        ):
            self._paths.allow_difference(row.session_id)

    def _closed(self, row: SupervisedRow, closed: SessionClosed) -> None:
        self._tell(row.session_id, "session")
        lines = [Figures(each.tender, each.expected, None, each.declared)
                 for each in closed.lines]  # fmt: skip
        title, paper = f"Corte {closed.folio}", "Ver e imprimir el corte"
        if CountedSheet.ask(self._page, title, lines, "Declarado", paper=paper):
            self._print_closing(closed.closing_id)

    def verify(self, rows: Sequence[SupervisedRow]) -> None:
        """The third figure of each closing, one after the other; leaving one leaves the rest."""
        custody = self._desk.custody
        for at, row in enumerate(rows, 1):
            place = f" ({at} de {len(rows)})" if len(rows) > 1 else ""
            verified = self._count(
                row,
                f"Verificar el corte de {row.till_name}{place}",
                f"Sesión {row.folio} de {row.cashier_name}, {day(row.business_date)}."
                " Cuente lo que recibe; al firmar se comparan las tres cifras.",
                "Firmar la verificación",
                lambda command: custody.verify(command),
            )
            self._tell(row.session_id, "session")
            if not isinstance(verified, Verified):
                return
            lines = [Figures(each.tender, each.expected, each.declared, each.verified)
                     for each in verified.lines]  # fmt: skip
            CountedSheet.ask(self._page, f"Verificación de {row.folio}", lines, "Verificado")

    def debts(self, drawers: Sequence[SupervisedRow]) -> None:
        """What cashiers owe of their shortages, and what they put back; in cash, into a drawer."""
        custody, actor = self._desk.custody, self._desk.actor

        def settle(
            command: Settlement,
            credentials: tuple[str, str],
            done: Callable[[Debts], None],
            failed: Failed,
        ) -> None:
            def post() -> tuple[Repaid | None, Debts]:
                return self._put_back(command, credentials), custody.debts()

            def posted(found: tuple[Repaid | None, Debts]) -> None:
                repaid, debts = found
                done(debts)
                self._tell(command.session_id, "custody")
                if repaid is not None:
                    self._hand_out(repaid)

            self._tasks.write(post, posted, failed, self)

        def show(found: Debts) -> None:
            sheet = DebtsSheet(
                self._page,
                found,
                drawers,
                settle,
                me=actor.username,
                may=actor.may(Permission.CASH_CUSTODY),
                may_ask=actor.may(Permission.AUTHORISATIONS_REQUEST),
            )
            sheet.table.export_requested.connect(
                lambda values: spreadsheet.export(sheet, self._tasks, values)
            )
            prompts.run(sheet)
            if sheet.waive is not None:
                self._paths.waive(sheet.waive)

        self._tasks.read("custody.debts", custody.debts, show, self._refused, self)

    def _put_back(self, command: Settlement, credentials: tuple[str, str]) -> Repaid | None:
        """On the write lane: cash under the role of the drawer's own cashier."""
        custody = self._desk.custody
        if isinstance(command, SettleShortageCommand):
            custody.settle_shortage(command)
            return None
        if any(credentials):
            return self._paths.repay_here(*credentials, command)
        return custody.receive_shortage(command)

    def _hand_out(self, repaid: Repaid) -> None:
        """The paper of cash that was put back; both sign it."""
        paper = self._paper
        self._toast(f"Reposición {repaid.folio}: firmen el comprobante")
        paper.draw(
            lambda: paper.receipts.custody(CustodyPaper.SHORTAGE_REPAID, repaid.settlement_id),
            lambda sheet: paper.send(sheet, LETTER),
            self._refused,
        )

    # --- common ---

    def _count(
        self,
        row: SupervisedRow,
        title: str,
        note: str,
        act: str,
        post: Callable[[CountCommand], Any],
    ) -> object:
        def sign(command: CountCommand, done: Callable[[Any], None], failed: Failed) -> None:
            self._tasks.write(lambda: post(command), done, failed, self)

        sheet = CountSheet(self._page, title, note, act, row.session_id, sign)
        prompts.run(sheet)
        return sheet.outcome

    def _print(self, kind: CustodyPaper, subject_id: int, title: str) -> None:
        print_custody(self._page, self._paper, kind, subject_id, title)

    def _print_closing(self, closing_id: int) -> None:
        paper = self._paper
        paper.draw(
            lambda: paper.receipts.closing(closing_id),
            lambda sheet: paper.preview(self._page, sheet),
            self._refused,
        )

    def _toast(self, text: str) -> None:
        Toast(self._page.window(), "ok", "circle-check", text)

    def _tell(self, session_id: int, topic: str) -> None:
        self._bus.committed(Changes(sessions=frozenset({session_id}), topics=frozenset({topic})))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._page, error)


def _closing(count: CountCommand) -> CloseSessionCommand:
    return CloseSessionCommand(
        count.command_id, count.session_id, count.pieces, count.declared, count.note
    )
