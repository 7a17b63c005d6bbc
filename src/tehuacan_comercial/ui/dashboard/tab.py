"""The section Hoy: the board, kept live, and the rows behind whatever was pressed."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.changes import NOTHING, Changes
from tehuacan_comercial.services.dashboard import (
    Board,
    ReceiptFilter,
    ReceiptLine,
    ReceiptRecord,
)
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.dashboard.board_page import BoardPage
from tehuacan_comercial.ui.dashboard.receipt_sheet import ReceiptSheet
from tehuacan_comercial.ui.dashboard.rows_page import RowsPage
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import Toast
from tehuacan_comercial.ui.widgets.table.column import ExportSheet

TICK_MILLISECONDS = 20_000
"""Ages, the day's end and a backup that comes of age are seen without anybody's commit."""

HOW_TO_BACK_UP = (
    "Se hace en el servidor con «tehuacan-admin backup»; al terminar, el aviso se quita solo."
)

ROWS_SECONDS = 5.0
"""A list that somebody reads is renewed no more often than this."""


class DashboardTab(QWidget):
    """``board_read`` after every look; ``sheet_drawn`` carries the day's PDF."""

    board_read = Signal(object)
    inbox_requested = Signal()
    account_requested = Signal(str)
    sheet_drawn = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Tasks, bus: Bus[Changes], settings: QSettings | None = None
    ) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._looking, self._missed = False, NOTHING
        self._filter: ReceiptFilter | None = None
        self._rows_at = 0.0
        self.board_page = BoardPage(demonstration=desk.actor.demonstration)
        self.rows_page = RowsPage(settings)
        self._pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        for page in (self.board_page, self.rows_page):
            self._pages.addWidget(page)
        self._connect()
        bus.subscribe(self, self._concerns, self.look)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MILLISECONDS)
        self._tick.timeout.connect(self.look)
        self._tick.start()
        self.look()

    def look(self) -> None:
        """Read the day; what changes while a look is under way is read by the next one."""
        if self._looking:
            self._missed |= Changes(topics=frozenset({"payment"}))
            return
        self._looking = True
        why, self._missed = self._missed, NOTHING
        service = self._desk.dashboard
        self._tasks.read("dashboard", lambda: service.look(why), self._show, self._failed, self)

    def show_rows(self, wanted: ReceiptFilter) -> None:
        """Open the receipts behind a figure."""
        self._filter = wanted
        self.rows_page.begin(wanted.title)
        self._pages.setCurrentWidget(self.rows_page)
        self.rows_page.setFocus()
        self._read_rows()

    def show_board(self) -> None:
        """Back to the first view."""
        self._filter = None
        self._pages.setCurrentWidget(self.board_page)
        self.board_page.figures["collected"].setFocus()

    def _concerns(self, changes: Changes) -> bool:
        self._missed |= changes
        return True

    def _show(self, board: Board) -> None:
        self._looking = False
        self.board_page.show_board(board)
        self.board_read.emit(board)
        if monotonic() - self._rows_at > ROWS_SECONDS:
            self._read_rows()
        if self._missed:
            self.look()

    def _failed(self, error: Exception) -> None:
        self._looking = False
        if not isinstance(error, TroubleRefusal):  # a lost line is told at the foot
            self._refused(error)

    def _read_rows(self) -> None:
        wanted, self._rows_at = self._filter, monotonic()
        if wanted is None:
            return

        def show(rows: tuple[ReceiptLine, ...]) -> None:
            if self._filter == wanted:
                self.rows_page.show_rows(rows)

        service = self._desk.dashboard
        self._tasks.read("dashboard.rows", lambda: service.receipts(wanted), show,
                         self._failed, self)  # fmt: skip

    def _open_receipt(self, row: ReceiptLine) -> None:
        def show(record: ReceiptRecord) -> None:
            prompts.run(ReceiptSheet(self, row, record))

        service = self._desk.dashboard
        self._tasks.read("dashboard.receipt", lambda: service.receipt(row.receipt_id), show,
                         self._refused, self)  # fmt: skip

    def _tell_of_backup(self, known: str) -> None:
        Toast(self.window(), "warn", "save", "Falta un respaldo", f"{known} {HOW_TO_BACK_UP}")

    def _draw_sheet(self) -> None:
        draw = self._desk.dashboard.day_sheet
        self._tasks.paper(draw, self.sheet_drawn.emit, self._refused, self)

    def _export(self, sheet: ExportSheet) -> None:
        spreadsheet.export(self, self._tasks, sheet)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)

    def _connect(self) -> None:
        board, rows = self.board_page, self.rows_page
        board.rows_requested.connect(self.show_rows)
        board.inbox_requested.connect(self.inbox_requested)
        board.sheet_requested.connect(self._draw_sheet)
        board.export_requested.connect(self._export)
        board.backup_pressed.connect(self._tell_of_backup)
        rows.left.connect(self.show_board)
        rows.receipt_requested.connect(self._open_receipt)
        rows.account_requested.connect(self.account_requested)
        rows.export_requested.connect(self._export)
