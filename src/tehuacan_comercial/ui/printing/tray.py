"""The print tray: every sheet of the day with its state, and what to do when one failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from tehuacan_comercial.domain.refusals import PrinterTrouble
from tehuacan_comercial.ui.printing.jobs import JobState, PrintJob
from tehuacan_comercial.ui.printing.printers import Printer
from tehuacan_comercial.ui.tasks import Tasks

KEPT = 100
"""Sheets that are remembered; the oldest printed ones are forgotten first."""


class PrintTray(QObject):
    """Prints in the background; a failure changes nothing but the sheet's own state."""

    changed = Signal()
    printed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, tasks: Tasks, printers: Mapping[str, Printer], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._printers = dict(printers)
        self._jobs: dict[UUID, PrintJob] = {}

    def jobs(self) -> tuple[PrintJob, ...]:
        """All sheets, newest first."""
        return tuple(reversed(self._jobs.values()))

    def job(self, key: UUID) -> PrintJob:
        """One sheet as it stands now.

        Raises:
            KeyError: it was forgotten.
        """
        return self._jobs[key]

    def printer_names(self) -> tuple[str, ...]:
        """Printers of this station."""
        return tuple(self._printers)

    def waiting(self) -> int:
        """Sheets that have not come out: waiting, printing or failed."""
        return sum(job.state is not JobState.PRINTED for job in self._jobs.values())

    def send(self, title: str, pdf: bytes, printer: str, copies: int = 1) -> UUID:
        """Print a sheet; returns its key in the tray at once."""
        job = PrintJob(title, pdf, printer, copies)
        self._jobs[job.key] = job
        self._forget_old()
        self._start(job)
        return job.key

    def hold(self, title: str, pdf: bytes, printer: str, problem: str) -> UUID:
        """Keep a sheet that did not come out before, to be printed when the person says."""
        job = PrintJob(title, pdf, printer, state=JobState.FAILED, problem=problem)
        self._put(job)
        return job.key

    def retry(self, key: UUID, printer: str = "") -> None:
        """Print a failed sheet again, on the same printer or on another.

        Raises:
            ValueError: the sheet has not failed.
        """
        job = self._jobs[key].step(JobState.PENDING)
        self._start(replace(job, printer=printer or job.printer))

    def save(self, key: UUID, path: Path) -> None:
        """Write the sheet's PDF to a file.

        Raises:
            PrinterTrouble: the file cannot be written.
        """
        try:
            path.write_bytes(self._jobs[key].pdf)
        except OSError as problem:
            raise PrinterTrouble(str(path), problem.strerror or str(problem)) from problem

    def _start(self, job: PrintJob) -> None:
        job = job.step(JobState.PRINTING)
        self._put(job)

        def act() -> str:
            printer = self._printers.get(job.printer)
            if printer is None:
                raise PrinterTrouble(job.printer, "no está configurada en esta estación")
            return printer.print_pdf(job.title, job.pdf, job.copies)

        self._tasks.paper(
            act,
            lambda place: self._finish(job.step(JobState.PRINTED, place)),
            lambda error: self._fail(job, error),
            self,
        )

    def _finish(self, job: PrintJob) -> None:
        self._put(job)
        self.printed.emit(job)

    def _fail(self, job: PrintJob, error: Exception) -> None:
        problem = error.problem if isinstance(error, PrinterTrouble) else str(error)
        job = job.step(JobState.FAILED, problem)
        self._put(job)
        self.failed.emit(job)

    def _put(self, job: PrintJob) -> None:
        self._jobs[job.key] = job
        self.changed.emit()

    def _forget_old(self) -> None:
        printed = [key for key, job in self._jobs.items() if job.state is JobState.PRINTED]
        for key in printed[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]
