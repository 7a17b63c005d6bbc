"""The tray on screen: the day's sheets, with retry, another printer and save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import PrinterTrouble
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.printing.jobs import JobState, PrintJob
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label

STATE_PILLS = {
    JobState.PENDING: Pill("Pendiente", "info", "clock"),
    JobState.PRINTING: Pill("Imprimiendo", "info", "printer"),
    JobState.PRINTED: Pill("Impreso", "ok", "circle-check"),
    JobState.FAILED: Pill("No se imprimió", "danger", "triangle-alert"),
}


def _detail(job: PrintJob) -> str:
    """What went wrong; of a file that was written, its name."""
    return Path(job.problem).name if job.state is JobState.PRINTED else job.problem


COLUMNS: tuple[Column[PrintJob], ...] = (
    Column("Documento", lambda job: job.title, weight=600, stretch=True),
    Column("Impresora", lambda job: job.printer, soft=True, width=150),
    Column(
        "Estado", lambda job: job.state.value, pill=lambda job: STATE_PILLS[job.state], width=150
    ),
    Column("Detalle", _detail, soft=True, width=190),
)


class TraySheet(ShadeDialog):
    """Lists the tray and acts on the sheet under the cursor."""

    def __init__(self, parent: QWidget, tray: PrintTray) -> None:
        super().__init__(parent, "Impresiones", "Lo registrado no depende de la impresora.", 820)
        self._tray = tray
        empty = EmptyState("printer", "Todavía no se ha impreso nada en esta sesión.")
        self.table: TableView[PrintJob] = TableView(
            "Impresiones", COLUMNS, lambda job: job.key, empty=empty, exports=False
        )
        self.table.setMinimumHeight(theme().px(300))
        self.table.current_changed.connect(lambda _row: self._refresh_buttons())
        self.body.addWidget(self.table)
        self.printers = QComboBox()
        self.printers.addItems(tray.printer_names())
        self.printers.setAccessibleName("Impresora")
        line = QHBoxLayout()
        label = Label("&Impresora", 13, 600)
        label.setBuddy(self.printers)
        line.addWidget(label)
        line.addWidget(self.printers, 1)
        self.body.addLayout(line)
        self.retry = KeyButton("Reintentar", "refresh-cw", "Enter")
        self.save = KeyButton("Guardar PDF", "save")
        self.retry.clicked.connect(self._retry)
        self.save.clicked.connect(self._save)
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), self.retry, self.save)
        tray.changed.connect(self.reload)
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Show the tray as it is now."""
        self.table.set_rows(self._tray.jobs())
        if self.table.current() is None and self._tray.jobs():
            self.table.select(self._tray.jobs()[0].key)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        job = self.table.current()
        self.save.setEnabled(job is not None)
        self.retry.setEnabled(job is not None and job.state is JobState.FAILED)
        if job is not None and job.state is JobState.FAILED:
            self.printers.setCurrentText(job.printer)

    def _retry(self) -> None:
        job = self.table.current()
        if job is not None:
            self._tray.retry(job.key, self.printers.currentText())

    def _save(self) -> None:
        job = self.table.current()
        if job is None:
            return
        path = prompts.ask_save_path(self, "Guardar PDF", f"{job.title}.pdf", "PDF (*.pdf)")
        if path is None:
            return
        try:
            self._tray.save(job.key, path)
        except PrinterTrouble as trouble:
            self.set_subtitle(f"No se pudo guardar: {trouble.problem}.")
