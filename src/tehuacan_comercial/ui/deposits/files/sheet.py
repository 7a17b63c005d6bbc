"""Import a file: first what it says and what would become of it, then one button for all of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.domain.bank_files import StatementRead
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.bank_files import FileLayout
from tehuacan_comercial.services.bank_files.look import Look, look_at
from tehuacan_comercial.services.registry_import.records import Fault
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.deposits.files.figures import FigureRow
from tehuacan_comercial.ui.deposits.files.form import FileForm
from tehuacan_comercial.ui.deposits.files.intents import FileIntent, Order, Outcome
from tehuacan_comercial.ui.deposits.files.words import (
    FINDINGS,
    act_words,
    done_sentence,
    file_figures,
    findings,
    outcome_figures,
)
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.notices import InlineNotice
from tehuacan_comercial.ui.widgets.progress import Progress
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.table.view import TableView

TOPIC = "deposits.import"
LOOK_MILLISECONDS = 80
"""Between two looks at how far the reading is."""
STAGE = 350
"""Height in pixels at 100 % of what is told about the file."""


class ImportSheet(ShadeDialog):
    """``outcome`` is what was posted, or None.

    A file is tried as soon as it is chosen, in the database and taken back. What was tried is
    what is posted: it is not read from the disk again.
    """

    def __init__(
        self,
        parent: QWidget,
        intent: FileIntent,
        tasks: Tasks,
        settings: QSettings,
        committed: Callable[[], None],
    ) -> None:
        super().__init__(parent, intent.title, "Primero se revisa sin registrar nada.", width=960)
        self._intent, self._tasks, self._committed = intent, tasks, committed
        self._order: Order | None = None
        self.outcome: Outcome | None = None
        self.form = FileForm(intent, settings)
        self.totals, self.fate = FigureRow("Totales del archivo"), FigureRow("Qué pasa con ellos")
        self.table: TableView[Fault] = TableView(
            f"{intent.title}, revisión", FINDINGS, lambda row: (row.line, row.column, row.reason)
        )
        self.notice: InlineNotice | None = None
        self.progress = Progress("", cancellable=False)
        self._reached = [0, 0]
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MILLISECONDS)
        self._looking.timeout.connect(self._show_reached)
        self.excel = KeyButton("&Renglones a Excel", "file-spreadsheet", kind=Kind.GHOST)
        self.again = KeyButton("Re&visar de nuevo", "refresh-cw")
        self.act = PrimaryButton("Registrar", "check", "Enter")
        self._leave = KeyButton("Volver", "x", "Esc")
        self._lay_out()
        self.form.changed.connect(self.review)
        self.again.clicked.connect(self.review)
        self.act.clicked.connect(self._press)
        self.excel.clicked.connect(self.table.request_export)
        self.table.export_requested.connect(
            lambda sheet: spreadsheet.export(self, self._tasks, sheet)
        )
        self._begin()

    # --- trying ---

    def review(self) -> None:
        """Read the file and try it; a newer choice makes an older trial void."""
        path, layout = self.form.path(), self.form.layout_of_file()
        if self._busy or self.outcome is not None:
            return
        self._forget()
        if path is None or layout is None:
            return
        self._wait(f"Paso 1 de 3 · Leyendo {path.name}")
        self._reached = reached = [0, 0]  # its own: nobody looks at that of an older reading

        def read_to(done: int, total: int) -> None:
            reached[:] = done, total

        self._looking.start()
        self._tasks.read(
            TOPIC,
            lambda: look_at(path, layout, read_to),
            lambda look: self._looked(look, layout),
            None,
            self,
        )

    def _looked(self, look: Look, layout: FileLayout) -> None:
        self._looking.stop()
        file, place, control = look.file, self.form.code(), self.form.control()
        if file is not None:
            self.totals.show_figures(file_figures(file, self._intent.kind))
        if look.faults or file is None:
            self._rest()
            self._list(look.faults)
            wrong = counted(len(look.faults), "falla", "fallas")
            self._tell("danger", "circle-alert", f"El archivo no se puede registrar: {wrong}.",
                       "No se registró nada. Pida el archivo completo a quien lo envió, o elija "
                       "otro formato.")  # fmt: skip
            return
        if self.form.asks_totals() and control is None:
            self._rest()
            self._tell("info", "info", "Este archivo no trae totales.",
                       "Escriba cuántos pagos y qué importe dice el canal; deben ser los del "
                       "archivo.")  # fmt: skip
            return
        order = Order(uuid4(), file, layout, place, control)
        self._wait("Paso 2 de 3 · Probando en la base, sin registrar nada", _rows(order))
        self._tasks.read(
            TOPIC,
            lambda: self._intent.send(order, True),
            lambda outcome: self._tried(order, outcome),
            self._refused,
            self,
        )

    def _tried(self, order: Order, outcome: Outcome) -> None:
        self._rest()
        self._order = order
        self.fate.show_figures(outcome_figures(outcome))
        found = findings(outcome)
        self._list(found)
        if found:
            rows = counted(len(found), "renglón", "renglones")
            self._tell("warn", "triangle-alert", f"Hay {rows} por revisar; nada se pierde.",
                       "Puede registrar el archivo así; cada renglón queda a la vista con su "
                       "motivo.")  # fmt: skip
        else:
            self._tell("ok", "circle-check", "El archivo está completo; todavía no se registra.")
        self.act.setText(act_words(order.file, self._intent.kind))
        self.act.setEnabled(True)
        self.act.setFocus()

    def _refused(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, Refusal):
            raise error
        message = message_for(error)
        text = f"{message.what_happened} {message.what_is_safe} {message.what_to_do}"
        self._tell("danger", "circle-alert", message.title, text)

    # --- posting ---

    def _press(self) -> None:
        if self.outcome is not None:
            self.accept()
        elif self._order is not None and not self._busy:
            self._post(self._order)

    def _post(self, order: Order) -> None:
        self.form.hold(True)
        self.again.setEnabled(False)
        self.set_busy("Registrando…")
        self._wait("Paso 3 de 3 · Registrando; si algo falla no queda nada a medias", _rows(order))
        self._tasks.write(
            lambda: self._intent.send(order, False),
            self._posted,
            lambda error: self._not_posted(order, error),
            self,
        )

    def _posted(self, outcome: Outcome) -> None:
        self.set_busy("")
        self._rest()
        self.outcome = outcome
        self.form.remember()
        self._list(findings(outcome))
        self.fate.show_figures(outcome_figures(outcome))
        self.again.hide()
        self._leave.hide()
        self.act.setText("Cerrar")
        self.act.setEnabled(True)
        self.act.setFocus()
        title = "El estado de cuenta está registrado."
        if not isinstance(outcome, StatementRead):
            title = "Los pagos están registrados."
        self._tell("ok", "circle-check", title, done_sentence(outcome))
        self.set_subtitle("Registrado completo.")
        self._committed()

    def _not_posted(self, order: Order, error: Exception) -> None:
        self.set_busy("")
        self.form.hold(False)
        self.again.setEnabled(True)
        self._rest()
        if isinstance(error, TroubleRefusal):  # the same order again posts nothing twice
            self.act.setEnabled(True)
            if prompts.show_refusal(self, error, "Preguntar de nuevo"):
                self._post(order)
            return
        self._order = None
        self.act.setEnabled(False)
        self._refused(error)

    # --- what is shown ---

    def _begin(self) -> None:
        self._forget()
        problems = self._intent.library.problems
        if not self._intent.places:
            self.form.hold(True)
            self._tell("danger", "circle-alert", "Todavía no se puede importar.",
                       self._intent.nowhere)  # fmt: skip
        elif problems:
            self._tell("warn", "triangle-alert", "Hay formatos de archivo con errores.",
                       " ".join(problems))  # fmt: skip
        self.form.choose.setFocus()

    def _forget(self) -> None:
        self._order = None
        self.act.setEnabled(False)
        self.act.setText("Registrar")
        self.again.setEnabled(self.form.path() is not None)
        for row in (self.totals, self.fate):
            row.show_figures(())
        self._list(())
        self._drop_notice()
        self.progress.hide()

    def _wait(self, words: str, count: str = "") -> None:
        self._drop_notice()
        self.progress.begin(words, count)
        self.progress.show()

    def _show_reached(self) -> None:
        done, total = self._reached
        if total:
            self.progress.advance(done, total)

    def _rest(self) -> None:
        self.progress.hide()

    def _list(self, rows: tuple[Fault, ...]) -> None:
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.excel.setVisible(bool(rows))

    def _tell(self, tone: Tone, icon: str, title: str, text: str = "") -> None:
        self._drop_notice()
        self.notice = InlineNotice(tone, icon, title, text, closable=False)
        self._place.addWidget(self.notice)

    def _drop_notice(self) -> None:
        if self.notice is not None:
            self.notice.dismiss()
            self.notice = None

    def _lay_out(self) -> None:
        px, tools, stage = theme().px, QHBoxLayout(), QWidget()
        stage.setMinimumHeight(px(STAGE))  # the sheet keeps its size whatever it has to tell
        column, self._place = QVBoxLayout(stage), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        tools.addStretch(1)
        tools.addWidget(self.excel)
        for part in (self.totals, self.fate, self.progress):
            column.addWidget(part)
        column.addLayout(self._place)
        self.table.setMinimumHeight(px(150))
        column.addWidget(self.table, 1)
        column.addLayout(tools)
        column.addStretch(0)
        self.body.addWidget(self.form)
        self.body.addWidget(stage, 1)
        self.add_foot(self._leave, self.act, self.again)


def _rows(order: Order) -> str:
    return counted(len(order.file.rows), "renglón", "renglones")
