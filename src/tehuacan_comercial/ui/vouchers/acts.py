"""Issue, verify, return, export, print: asks, sends once, asks again when in doubt."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.refusals import ReasonRequired, Refusal
from tehuacan_comercial.domain.vouchers import (
    KIND_LABELS,
    IssueVoucherCommand,
    Verdict,
    VoucherDecision,
    VoucherKind,
)
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.receipts import Printable
from tehuacan_comercial.services.vouchers import (
    VoucherDay,
    VoucherResult,
    VoucherRow,
    VouchersService,
)
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.formats import day as written
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.spreadsheet import NOT_WRITTEN
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import Toast

KINDS = "Excel (*.xlsx);;CSV (*.csv)"


class VoucherActs(QObject):
    """``started`` and ``ended`` around every act, so that nothing is pressed twice."""

    started = Signal()
    ended = Signal()

    def __init__(
        self,
        page: QWidget,
        service: VouchersService,
        tasks: Tasks,
        bus: Bus[Changes],
        paper: Paper,
    ) -> None:
        super().__init__(page)
        self._page, self._service, self._tasks = page, service, tasks
        self._bus, self._paper = bus, paper

    def do(self, name: str, kind: VoucherKind, day: VoucherDay) -> None:
        """One of the acts of a part, by its name in VoucherScreen."""
        row = day.latest(kind)
        if name == "issue":
            self._issue(kind, day)
        elif row is not None:
            {
                "verify": self._verify,
                "give_back": self._give_back,
                "export": self._export,
                "print_voucher": self._print_voucher,
                "print_sheet": self._print_sheet,
            }[name](row)

    def _issue(self, kind: VoucherKind, day: VoucherDay) -> None:
        note = prompts.ask_text(
            self._page,
            f"Emitir la {KIND_LABELS[kind].lower()} del {written(day.day)}",
            "&Observaciones (si hacen falta)",
            act="Emitir",
            note="Se calcula de los asientos del día y toma su folio; no se puede editar después.",
        )
        if note is not None:
            command = IssueVoucherCommand(uuid4(), kind, day.day, note)
            self._send(lambda: self._service.issue(command), "Póliza {} emitida")

    def _verify(self, row: VoucherRow) -> None:
        collection = row.kind == VoucherKind.COLLECTION
        text = (
            f"El {written(row.business_date)} quedará cerrado: no se abrirá ninguna caja ni se "
            "cobrará o reversará con esa fecha."
            if collection
            else f"Los descuentos del {written(row.business_date)} quedarán cerrados."
        )
        if prompts.confirm(
            self._page, f"Verificar la póliza {row.folio}", text, act="Verificar", keep="Volver"
        ):
            self._decide(row, Verdict.VERIFY, "", "Póliza {} verificada")

    def _give_back(self, row: VoucherRow) -> None:
        note = prompts.ask_reason(
            self._page,
            f"Devolver la póliza {row.folio}",
            act="Devolver",
            note="Queda como está, devuelta, y se emite una versión nueva que la cita.",
        )
        if note is not None:
            self._decide(row, Verdict.RETURN, note, "Póliza {} devuelta")

    def _decide(self, row: VoucherRow, verdict: Verdict, note: str, told: str) -> None:
        decision = VoucherDecision(uuid4(), row.voucher_id, verdict, note)
        self._send(lambda: self._service.decide(decision), told)

    def _export(self, row: VoucherRow) -> None:
        path = prompts.ask_save_path(
            self._page, f"Exportar la póliza {row.folio}", f"{row.folio}.xlsx", KINDS
        )
        if path is not None:
            target = path if path.suffix.lower() in (".xlsx", ".csv") else path.with_suffix(".xlsx")
            command = uuid4()
            self._send(
                lambda: self._service.export(command, row.voucher_id, target),
                f"Póliza {{}} exportada a {target.name}",
            )

    def _send(self, act: Callable[[], VoucherResult], told: str) -> None:
        """Once; the same command again only when the person asks what became of it."""
        self.started.emit()

        def done(result: VoucherResult) -> None:
            self.ended.emit()
            Toast(self._page.window(), "ok", "circle-check", told.format(result.done.folio), "")
            self._bus.committed(result.changes)

        def failed(error: Exception) -> None:
            self.ended.emit()
            if isinstance(error, OSError):
                Toast(self._page.window(), "danger", "circle-alert", "No se guardó el archivo",
                      NOT_WRITTEN)  # fmt: skip
            elif not isinstance(error, Refusal):
                raise error
            elif prompts.show_refusal(self._page, error, "Preguntar de nuevo"):
                self._send(act, told)
            else:
                self._bus.committed(Changes(topics=frozenset({"voucher"})))

        self._tasks.write(act, done, failed, self)

    # --- paper ---

    def _print_voucher(self, row: VoucherRow) -> None:
        receipts = self._paper.receipts
        self._print(row.folio, lambda why: receipts.voucher(row.voucher_id, why))

    def _print_sheet(self, row: VoucherRow) -> None:
        receipts = self._paper.receipts
        title = f"la hoja de {row.folio}"
        self._print(title, lambda why: receipts.voucher_day(row.voucher_id, why))

    def _print(self, what: str, draw: Callable[[str], Printable], why: str = "") -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, ReasonRequired):
                self._ask_why(what, draw)
            elif isinstance(error, Refusal):
                prompts.show_refusal(self._page, error)
            else:
                raise error

        self._paper.draw(
            lambda: draw(why), lambda sheet: self._paper.preview(self._page, sheet), failed
        )

    def _ask_why(self, what: str, draw: Callable[[str], Printable]) -> None:
        reason = prompts.ask_reason(
            self._page,
            f"Reimprimir {what}",
            act="Reimprimir",
            note="La hoja sale marcada REIMPRESIÓN, con su nombre, la hora y este motivo.",
        )
        if reason is not None:
            self._print(what, draw, reason)
