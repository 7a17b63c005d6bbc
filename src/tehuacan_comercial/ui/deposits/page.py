"""The page Depósitos: what waits, batches, the bank's statements, money without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.bank_files.service import (
    FileRow,
    LooseLineRow,
    OpenSlipRow,
    UnidentifiedRow,
)
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.deposits import BatchRow, SessionMoneyRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.deposits.acts import CHANGED, DepositActs
from tehuacan_comercial.ui.deposits.files.acts import ImportActs
from tehuacan_comercial.ui.deposits.screen import batch_screen
from tehuacan_comercial.ui.deposits.tables import DepositTables
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.segmented import Segment, Segmented

R = TypeVar("R")

PARTS = (
    Segment("waiting", "Por depositar", "coins", "Alt+1"),
    Segment("batches", "Lotes", "folder", "Alt+2"),
    Segment("bank", "Conciliación", "landmark", "Alt+3"),
    Segment("unidentified", "Por identificar", "circle-help", "Alt+4"),
    Segment("files", "Archivos", "file-search", "Alt+5"),
)
TOPICS = frozenset({"deposit", "session", "custody", "everything"})


class DepositsPage(QWidget):
    """Reads everything again whenever something of it changes anywhere."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        paper: Paper,
        today: Callable[[], date],
        settings: QSettings,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._today = desk, tasks, today
        self.parts, self._stack = Segmented(PARTS, "Partes de los depósitos"), QStackedWidget()
        made = DepositTables(settings)
        self.waiting, self.batches, self.slips = made.waiting, made.batches, made.slips
        self.lines, self.unidentified, self.files = made.lines, made.unidentified, made.files
        self.acts = DepositActs(self, desk, tasks, bus, paper)
        self.imports = ImportActs(self, desk, tasks, settings, lambda: bus.committed(CHANGED))
        self._busy = False
        self._lay_out()
        self._connect()
        bus.subscribe(self, lambda changes: bool(changes.topics & TOPICS), self.reload)
        self.reload()

    def reload(self) -> None:
        """Read everything; what was shown stays meanwhile."""
        deposits, files = self._desk.deposits, self._desk.bank_files
        self._read(
            "everything",
            lambda: (
                deposits.waiting(),
                deposits.batches(),
                files.open_slips(),
                files.loose_lines(),
                files.unidentified(),
                files.files(),
            ),
            lambda found: self._show(*found),
        )

    def _show(
        self,
        waiting: tuple[SessionMoneyRow, ...],
        batches: tuple[BatchRow, ...],
        slips: tuple[OpenSlipRow, ...],
        lines: tuple[LooseLineRow, ...],
        unidentified: tuple[UnidentifiedRow, ...],
        files: tuple[FileRow, ...],
    ) -> None:
        self.waiting.table.set_rows(waiting)
        self.batches.table.set_rows(batches)
        self.slips.table.set_rows(slips)
        self.lines.table.set_rows(lines)
        self.unidentified.table.set_rows(unidentified)
        self.files.table.set_rows(files)

    def show_part(self, name: str) -> None:
        """Bring one of ``PARTS`` to the front."""
        self.parts.choose(name)

    def _allow(self) -> None:
        """Buttons of what is possible with what is chosen."""
        may = self._desk.actor.may
        checked = self.waiting.table.checked()
        acts = may(Permission.DEPOSITS_MANAGE) and not self._busy
        self.waiting.allow(*(("open",) if acts and checked else ()))
        total = total_of(row.total for row in checked)
        self.waiting.note.setText(f"{_sessions(len(checked))}, {money(total)}" if checked else "")
        screen = batch_screen(self.batches.table.current(), self._desk.actor)
        names = self.batches.buttons if not self._busy else ()
        self.batches.allow(*(name for name in names if getattr(screen, name)))
        self.batches.note.setText(screen.note)
        slip, line = self.slips.table.current(), self.lines.table.current()
        fits = (
            slip is not None
            and line is not None
            and not line.repeated
            and (slip.bank_account, slip.amount) == (line.bank_account, line.amount)
        )
        self.slips.allow(*(("match",) if acts and fits else ()))
        self.slips.note.setText("" if fits else "Elija una ficha y un abono iguales.")
        kept = self.unidentified.table.current()
        assigns = may(Permission.CHANNELS_IMPORT) and not self._busy
        free = kept is not None and not kept.account_number
        imports = ("import",) if assigns else ()
        self.unidentified.allow(*imports, *(("assign",) if assigns and free else ()))
        self.lines.allow(*(("import",) if acts else ()))
        self.files.allow(*(("statement",) if acts else ()), *(("channel",) if assigns else ()))

    # --- acts ---

    def _open(self) -> None:
        empty = next(
            (row for row in self.batches.table.model.all_rows()
             if row.state == "open" and not row.sessions), None,
        )  # fmt: skip
        self.acts.open(self.waiting.table.checked(), empty)

    def _do(self, name: str) -> None:
        row = self.batches.table.current()
        if row is None:
            return
        service, number = self._desk.deposits, row.batch_id
        if name == "count":
            self.acts.count(row)
        elif name == "print_list":
            self.acts.print_list(row)
        elif name == "balance":
            self._read(
                "sheet",
                lambda: (service.sheet(number), service.bank_accounts()),
                lambda found: self.acts.balance(*found),
            )
        elif name == "deposit":
            self._read(
                "sheet",
                lambda: service.sheet(number),
                lambda sheet: self.acts.deposit(sheet, self._today()),
            )
        else:
            self._read("sheet", lambda: service.sheet(number), self.acts.empty)

    def _match(self) -> None:
        slip, line = self.slips.table.current(), self.lines.table.current()
        if slip is not None and line is not None:
            self.acts.match(slip, line)

    def _assign(self) -> None:
        row = self.unidentified.table.current()
        if row is not None:
            self.acts.assign(row)

    # --- plumbing ---

    def _rest(self, busy: bool) -> None:
        self._busy = busy
        self._allow()

    def _read(self, topic: str, ask: Callable[[], R], show: Callable[[R], object]) -> None:
        def done(found: R) -> None:
            show(found)
            self._allow()

        def failed(error: Exception) -> None:
            if isinstance(error, TroubleRefusal):
                return  # a lost line is told at the foot; the next poll asks again
            if not isinstance(error, Refusal):
                raise error
            prompts.show_refusal(self, error)

        self._tasks.read(f"deposits.{topic}", ask, done, failed, self)

    def _lay_out(self) -> None:
        px, column, row, bank = theme().px, QVBoxLayout(self), QHBoxLayout(), QWidget()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        row.addWidget(self.parts)
        row.addStretch(1)
        column.addLayout(row)
        halves = QHBoxLayout(bank)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(px(10))
        halves.addWidget(self.slips, 1)
        halves.addWidget(self.lines, 1)
        for part in (self.waiting, self.batches, bank, self.unidentified, self.files):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        names = [part.name for part in PARTS]
        self.parts.chosen.connect(lambda name: self._stack.setCurrentIndex(names.index(name)))
        self.waiting.table.checked_changed.connect(self._allow)
        for table in (
            self.batches.table, self.slips.table, self.lines.table, self.unidentified.table,
        ):  # fmt: skip
            table.current_changed.connect(lambda _row: self._allow())
        for part in (
            self.waiting, self.batches, self.slips, self.lines, self.unidentified, self.files,
        ):  # fmt: skip
            part.table.export_requested.connect(
                lambda sheet: spreadsheet.export(self, self._tasks, sheet)
            )
        self.waiting.buttons["open"].clicked.connect(self._open)
        for name, button in self.batches.buttons.items():
            button.clicked.connect(lambda _on=False, name=name: self._do(name))
        self.slips.buttons["match"].clicked.connect(self._match)
        self.unidentified.buttons["assign"].clicked.connect(self._assign)
        for button in (self.lines.buttons["import"], self.files.buttons["statement"]):
            button.clicked.connect(self.imports.statement)
        for button in (self.unidentified.buttons["import"], self.files.buttons["channel"]):
            button.clicked.connect(self.imports.channel)
        self.acts.started.connect(lambda: self._rest(True))
        self.acts.ended.connect(lambda: self._rest(False))


def _sessions(number: int) -> str:
    return "1 sesión" if number == 1 else f"{number} sesiones"
