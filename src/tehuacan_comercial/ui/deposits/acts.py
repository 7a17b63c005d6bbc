"""Open, count, balance, deposit, match, assign: asks, sends once, asks again when in doubt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.deposits import (
    BalanceCommand,
    BatchDone,
    OpenBatchCommand,
)
from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.refusals import ReasonRequired, Refusal
from tehuacan_comercial.domain.tendering import TENDER_LABELS
from tehuacan_comercial.services.bank_files.service import (
    LooseLineRow,
    OpenSlipRow,
    UnidentifiedRow,
)
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.deposits import (
    BankAccountRow,
    BatchRow,
    BatchSheet,
    SessionMoneyRow,
)
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.deposits.count_sheet import BatchCountSheet
from tehuacan_comercial.ui.deposits.slips_sheet import SlipsSheet
from tehuacan_comercial.ui.deposits.stamp_sheet import StampSheet
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import Toast

R = TypeVar("R")

CHANGED = Changes(topics=frozenset({"deposit"}))


class DepositActs(QObject):
    """``started`` and ``ended`` around every act, so that nothing is pressed twice."""

    started = Signal()
    ended = Signal()

    def __init__(
        self, page: QWidget, desk: Desk, tasks: Tasks, bus: Bus[Changes], paper: Paper
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks, self._bus = page, desk, tasks, bus
        self._paper = paper

    def open(self, sessions: tuple[SessionMoneyRow, ...], empty: BatchRow | None) -> None:
        """A batch of these sessions, or these sessions in the batch that has none."""
        total = money(total_of(row.total for row in sessions))
        if not prompts.confirm(
            self._page,
            "Abrir un lote de depósito",
            f"Sesiones: {len(sessions)}, {total}. Después se cuenta la bolsa sin ver este importe.",
            act="Abrir lote",
            keep="Volver",
        ):
            return
        ids = tuple(row.session_id for row in sessions)
        service = self._desk.deposits
        if empty is not None:
            self._send(lambda: service.change(empty.batch_id, add=ids), _opened)
        else:
            command = OpenBatchCommand(uuid4(), ids)
            self._send(lambda: service.open(command), _opened)

    def count(self, row: BatchRow) -> None:
        """A blind count; what differs is told once it is signed."""
        sheet = BatchCountSheet(self._page, row.batch_id)
        if prompts.run(sheet):
            pieces, counted = sheet.pieces(), sheet.counted()
            self._send(lambda: self._desk.deposits.count(row.batch_id, pieces, counted), _counted)

    def empty(self, sheet: BatchSheet) -> None:
        """Give the sessions of a batch back, to gather others."""
        batch = sheet.batch
        if prompts.confirm(
            self._page,
            f"Regresar las sesiones del lote {batch.batch_id}",
            "Sus sesiones vuelven a Por depositar; lo contado queda en la historia del lote.",
            act="Regresar",
            keep="Volver",
        ):
            ids, service = tuple(row.session_id for row in sheet.sessions), self._desk.deposits

            def give_back() -> BatchDone:
                service.reopen(batch.batch_id)
                return service.change(batch.batch_id, remove=ids)

            self._send(give_back, lambda _done: "Las sesiones están otra vez por depositar.")

    def balance(self, sheet: BatchSheet, accounts: tuple[BankAccountRow, ...]) -> None:
        """Share the batch out in slips."""
        slips = SlipsSheet(self._page, sheet.batch.batch_id, sheet.money, accounts)
        if prompts.run(slips):
            command = BalanceCommand(uuid4(), sheet.batch.batch_id, slips.slips())
            self._send(
                lambda: self._desk.deposits.balance(command),
                lambda done: f"Lote cuadrado; relación {done.folio}.",
            )

    def deposit(self, sheet: BatchSheet, today: date) -> None:
        """Write down what the bank stamped."""
        stamps = StampSheet(self._page, sheet.batch.batch_id, sheet.slips, today)
        if prompts.run(stamps):
            stamped = stamps.stamped()
            self._send(
                lambda: self._desk.deposits.deposit(sheet.batch.batch_id, stamped),
                lambda _done: "Depósito registrado; los libros pasaron el dinero al banco.",
            )

    def match(self, slip: OpenSlipRow, line: LooseLineRow) -> None:
        """Say by hand which movement a slip is."""
        note = prompts.ask_reason(
            self._page,
            f"Conciliar la ficha de {money(slip.amount)}",
            act="Conciliar",
            note=f"Con el abono del {line.day:%d/%m/%Y}, referencia {line.reference or 'vacía'}.",
        )
        if note is not None:
            self._send(
                lambda: self._desk.bank_files.match(slip.slip_id, line.line_id, note),
                lambda _done: "La ficha quedó conciliada.",
            )

    def assign(self, row: UnidentifiedRow) -> None:
        """Ask for the account, show whose it is, then ask how it was found out."""
        number = prompts.ask_text(
            self._page,
            f"Asignar el pago de {money(row.amount)}",
            "&Número de cuenta",
            act="Buscar",
            note=f"{row.channel}, {row.paid_on:%d/%m/%Y}, referencia {row.reference or 'vacía'}.",
        )
        if number:
            self._tasks.read(
                "deposits.account",
                lambda: self._desk.accounts.search(number),
                lambda hits: self._confirm(row, number, hits),
                self._refused,
                self,
            )

    def print_list(self, row: BatchRow, why: str = "") -> None:
        """The numbered list of slips; a second sheet needs a reason."""
        number = row.list_id
        if number is None:
            return

        def failed(error: Exception) -> None:
            if isinstance(error, ReasonRequired):
                reason = prompts.ask_reason(
                    self._page, f"Reimprimir la relación {row.folio}", act="Reimprimir"
                )
                if reason is not None:
                    self.print_list(row, reason)
            else:
                self._refused(error)

        self._paper.draw(
            lambda: self._paper.receipts.deposit_list(number, why),
            lambda sheet: self._paper.preview(self._page, sheet),
            failed,
        )

    def _confirm(self, row: UnidentifiedRow, number: str, hits: object) -> None:
        plain = number.replace("-", "").strip()
        found = [
            hit
            for hit in (hits if isinstance(hits, tuple) else ())
            if hit.account_number.replace("-", "") == plain
        ]
        if not found:
            Toast(self._page.window(), "danger", "circle-alert", "No se encontró la cuenta",
                  f"No hay una cuenta {number}.")  # fmt: skip
            return
        hit = found[0]
        note = prompts.ask_reason(
            self._page,
            f"¿Es de {hit.holder_name}?",
            act="Asignar",
            note=f"Cuenta {hit.account_number}, {hit.address}. Escriba cómo se identificó.",
        )
        if note is not None:
            command = uuid4()
            self._send(
                lambda: self._desk.bank_files.assign(
                    command, row.unidentified_id, hit.account_id, note
                ),
                lambda done: f"Aplicado {money(done.settled)}; a favor {money(done.credit)}.",
            )

    def _send(self, act: Callable[[], R], told: Callable[[R], str]) -> None:
        """Once; the same command again only when the person asks what became of it."""
        self.started.emit()

        def done(result: R) -> None:
            self.ended.emit()
            Toast(self._page.window(), "ok", "circle-check", told(result), "")
            self._bus.committed(CHANGED)

        def failed(error: Exception) -> None:
            self.ended.emit()
            if not isinstance(error, Refusal):
                raise error
            if prompts.show_refusal(self._page, error, "Preguntar de nuevo"):
                self._send(act, told)
            else:
                self._bus.committed(CHANGED)

        self._tasks.write(act, done, failed, self)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._page, error)


def _opened(done: BatchDone) -> str:
    return f"Lote {done.batch_id} abierto; cuente la bolsa."


def _counted(done: BatchDone) -> str:
    wrong = [
        f"{'sobran' if line.difference > 0 else 'faltan'} {money(abs(line.difference))} en "
        f"{TENDER_LABELS[line.tender].lower()}"
        for line in done.lines
        if line.difference
    ]
    if wrong:
        return f"No cuadra: {', '.join(wrong)}. Cuente otra vez."
    return "Lo contado es lo que entregaron las sesiones."
