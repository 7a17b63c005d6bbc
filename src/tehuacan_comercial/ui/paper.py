"""Sheets on their way out: drawn off the window's thread, sent to the tray, told when they fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.refusals import PrinterTrouble, Refusal
from tehuacan_comercial.services.receipts import Printable, ReceiptsService, Waiting
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.printing.jobs import JobState, PrintJob
from tehuacan_comercial.ui.printing.preview import PreviewChoice, PreviewSheet
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.printing.tray_sheet import TraySheet
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.widgets.answered import tell_until_answered
from tehuacan_comercial.ui.widgets.notices import NoticeAct, NoticeStrip

LETTER = "letter"


@dataclass(frozen=True)
class _Report:
    """What has to be told to the books about a sheet."""

    document_id: int
    printer: str
    state: str
    problem: str = ""


class Paper(QObject):
    """The one way from a screen to paper. ``printers`` names the printer of each format."""

    def __init__(
        self,
        receipts: ReceiptsService,
        tasks: Tasks,
        tray: PrintTray,
        notices: NoticeStrip,
        printers: Mapping[str, str],
    ) -> None:
        super().__init__(tray)
        self.receipts, self._tasks, self.tray = receipts, tasks, tray
        self._notices, self._printers = notices, dict(printers)
        self._documents: dict[UUID, int] = {}
        self._unreported: list[_Report] = []
        tray.printed.connect(self._came_out)
        tray.failed.connect(self._did_not_come_out)

    def original(self, receipt_id: int, folio: str, form: str) -> None:
        """Print a receipt that was just registered; trouble never touches the payment."""

        def failed(error: Exception) -> None:
            self._tell(folio, error, lambda: self.original(receipt_id, folio, form))

        self.draw(
            lambda: self.receipts.original(receipt_id, form),
            lambda sheet: self.send(sheet, form),
            failed,
        )

    def printer_of(self, form: str) -> str:
        """The station's printer for a format."""
        return self._printers.get(form, "")

    def restore(self) -> None:
        """Bring back what this person's earlier runs registered and did not print (O2)."""
        self._tasks.paper(self.receipts.waiting, self._hold, lambda _error: None, self)

    def _hold(self, waiting: tuple[Waiting, ...]) -> None:
        for each in waiting:
            printer = self._printers.get(each.form, "")
            problem = each.problem or "no se imprimió antes de cerrar el programa"
            key = self.tray.hold(each.sheet.title, each.sheet.pdf, printer, problem)
            self._documents[key] = each.sheet.document_id
        if waiting:
            count = len(waiting)
            tell_until_answered(
                self._notices,
                "warn",
                "printer",
                "Falta imprimir una hoja" if count == 1 else f"Faltan {count} hojas por imprimir",
                "Lo que dicen ya está registrado.",
                (NoticeAct("Ver impresiones", self.open_tray, "printer"),),
            )

    def draw(
        self, fn: Callable[[], Printable], done: Callable[[Printable], None], failed: Failed
    ) -> None:
        """Have a sheet drawn on the paper lane."""
        self._tasks.paper(fn, done, failed, self)

    def send(self, sheet: Printable, form: str) -> None:
        """Print a sheet that was drawn, on the printer of its format."""
        mark = f" · copia {sheet.copy_number}" if sheet.copy_number else ""
        key = self.tray.send(f"{sheet.title}{mark}", sheet.pdf, self._printers.get(form, ""))
        self._documents[key] = sheet.document_id

    def preview(self, parent: QWidget, sheet: Printable, form: str = LETTER) -> None:
        """Show a sheet; then print it, save it or leave it, as the person says."""
        view = PreviewSheet(parent, sheet.title, sheet.pdf)
        prompts.run(view)
        if view.choice is PreviewChoice.PRINT:
            self.send(sheet, form)
        elif view.choice is PreviewChoice.SAVE:
            self._save_sheet(parent, sheet)

    def _save_sheet(self, parent: QWidget, sheet: Printable) -> None:
        path = prompts.ask_save_path(parent, "Guardar PDF", f"{sheet.title}.pdf", "PDF (*.pdf)")
        if path is None:
            return
        try:
            path.write_bytes(sheet.pdf)
        except OSError as problem:
            prompts.show_refusal(parent, PrinterTrouble(str(path), problem.strerror or ""))
            return
        self._report(_Report(sheet.document_id, path.name, "saved"))

    # --- what becomes of a sheet ---

    def _came_out(self, job: PrintJob) -> None:
        document = self._documents.pop(job.key, None)
        if document is not None:
            self._report(_Report(document, job.printer, "printed"))

    def _did_not_come_out(self, job: PrintJob) -> None:
        document = self._documents.get(job.key)
        if document is not None:
            self._report(_Report(document, job.printer, "failed", job.problem))
        tell_until_answered(
            self._notices,
            "warn",
            "printer",
            f"El {_lower(job.title)} quedó registrado; falta imprimir",
            f"{job.printer or 'La impresora'}: {job.problem}.",
            (
                NoticeAct("Reintentar", lambda: self._retry(job), "refresh-cw"),
                NoticeAct("Otra impresora", self.open_tray, "printer"),
                NoticeAct("Guardar PDF", lambda: self._save_job(job), "save"),
            ),
        )

    def open_tray(self) -> None:
        """Show the day's sheets, to print one elsewhere."""
        prompts.run(TraySheet(self._notices.window(), self.tray))

    def _retry(self, job: PrintJob) -> None:
        if self.tray.job(job.key).state is JobState.FAILED:
            self.tray.retry(job.key)

    def _save_job(self, job: PrintJob) -> None:
        window = self._notices.window()
        path = prompts.ask_save_path(window, "Guardar PDF", f"{job.title}.pdf", "PDF (*.pdf)")
        if path is None:
            self._did_not_come_out(job)
            return
        try:
            self.tray.save(job.key, path)
        except PrinterTrouble as trouble:
            prompts.show_refusal(window, trouble)
            self._did_not_come_out(job)
            return
        document = self._documents.get(job.key)
        if document is not None:
            self._report(_Report(document, path.name, "saved"))

    def _report(self, report: _Report) -> None:
        """Tell the books; what could not be told is told with the next sheet."""
        waiting, self._unreported = [*self._unreported, report], []

        def act() -> None:
            while waiting:
                each = waiting[0]
                self.receipts.report_print(each.document_id, each.printer, each.state, each.problem)
                del waiting[0]

        def failed(_error: Exception) -> None:
            self._unreported = [*waiting, *self._unreported]

        self._tasks.paper(act, lambda _none: None, failed, self)

    def _tell(self, folio: str, error: Exception, retry: Callable[[], None]) -> None:
        what = message_for(error).what_happened if isinstance(error, Refusal) else ""
        title = f"El recibo {folio} quedó registrado; falta imprimir"
        act = NoticeAct("Reintentar", retry, "refresh-cw")
        tell_until_answered(self._notices, "warn", "printer", title, what, (act,))


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
