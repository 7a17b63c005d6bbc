"""The page Pólizas: a day, its verification sheet, and its two vouchers (functions 21 and 22)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QDate, QSettings
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.domain.vouchers import SheetSession, VoucherKind
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.vouchers import VoucherDay, VoucherLineRow, VoucherRow
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.formats import figure, long_day
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.vouchers.acts import VoucherActs
from tehuacan_comercial.ui.vouchers.columns import RECEIPTS, SOURCES
from tehuacan_comercial.ui.vouchers.rows_sheet import RowsSheet
from tehuacan_comercial.ui.vouchers.screen import voucher_screen
from tehuacan_comercial.ui.vouchers.sheet_part import SheetPart
from tehuacan_comercial.ui.vouchers.voucher_part import VoucherPart
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.segmented import Segment, Segmented
from tehuacan_comercial.ui.widgets.table.column import ExportSheet
from tehuacan_comercial.ui.widgets.text import Label

R = TypeVar("R")

PARTS = (
    Segment("sheet", "Hoja de verificación", "shield-check", "Alt+1"),
    Segment("collection", "Recaudación", "file-text", "Alt+2"),
    Segment("discount", "Descuento", "badge-percent", "Alt+3"),
)
TOPICS = frozenset({"voucher", "payment", "session", "everything"})


class VouchersPage(QWidget):
    """Reads the chosen day again whenever something of it changes anywhere."""

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
        self._desk, self._tasks, self._today, self._settings = desk, tasks, today, settings
        self._service = desk.vouchers
        self.view: VoucherDay | None = None
        self.chooser = QDateEdit()
        self.words = Label("", 13, 400, "soft")
        self.parts, self._stack = Segmented(PARTS, "Partes del día"), QStackedWidget()
        self.sheet = SheetPart(settings)
        self.vouchers = {kind: VoucherPart(kind, settings) for kind in VoucherKind}
        self.acts = VoucherActs(self, self._service, tasks, bus, paper)
        self._lay_out()
        self._connect()
        bus.subscribe(self, lambda changes: bool(changes.topics & TOPICS), self.reload)
        self.show_day(today())

    def show_day(self, day: date) -> None:
        """Bring a day to the page."""
        self.chooser.setDate(QDate(day.year, day.month, day.day))
        self.reload()

    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.chooser.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def reload(self) -> None:
        """Read the chosen day; what was shown of it stays meanwhile."""
        day = self.day()
        self.words.setText(long_day(day))
        self._read("day", lambda: self._service.day(day), self._show)

    def show_part(self, name: str) -> None:
        """Bring one of ``PARTS`` to the front."""
        self.parts.choose(name)

    def _show(self, view: VoucherDay) -> None:
        self.view = view
        self.sheet.show_day(view)
        for kind, part in self.vouchers.items():
            part.show_day(view, voucher_screen(view, kind, self._desk.actor, self._today()))

    def _rest(self) -> None:
        for part in self.vouchers.values():
            part.allow(None)

    def _wake(self) -> None:
        if self.view is not None:
            self._show(self.view)

    # --- down to the receipt ---

    def _read_receipts(self) -> None:
        day = self.day()
        self._read("receipts", lambda: self._service.receipts(day), self.sheet.show_receipts)

    def _open_session(self, row: SheetSession) -> None:
        day, number = self.day(), row.session_id
        title = f"Recibos de la sesión {row.folio}"
        words = f"{row.till_name} · {row.cashier_name}"
        self._read(
            "session",
            lambda: self._service.receipts(day, number),
            lambda rows: prompts.run(self._rows(RowsSheet(
                self, title, words, RECEIPTS, lambda each: each.receipt_id, rows,
                self._settings))),
        )  # fmt: skip

    def _open_line(self, part: VoucherPart, row: VoucherLineRow) -> None:
        voucher = self.view.latest(part.kind) if self.view else None
        if voucher is None:
            return
        number = voucher.voucher_id
        title = f"{row.account} {row.name}"
        words = f"{voucher.folio} · renglón {row.line} · {figure(row.debit or row.credit)}"
        self._read(
            "line",
            lambda: self._service.sources(number, row.line),
            lambda rows: prompts.run(self._rows(RowsSheet(
                self, title, words, SOURCES, lambda each: each.journal_id, rows,
                self._settings))),
        )  # fmt: skip

    def _open_voucher(self, row: VoucherRow) -> None:
        self.show_part(row.kind)

    def _rows(self, sheet: RowsSheet) -> RowsSheet:
        sheet.export_requested.connect(self._export)
        return sheet

    # --- plumbing ---

    def _export(self, sheet: ExportSheet) -> None:
        spreadsheet.export(self, self._tasks, sheet)

    def _read(self, topic: str, ask: Callable[[], R], show: Callable[[R], object]) -> None:
        def done(found: R) -> None:
            show(found)

        def failed(error: Exception) -> None:
            if isinstance(error, TroubleRefusal):
                return  # a lost line is told at the foot; the next poll asks again
            if not isinstance(error, Refusal):
                raise error
            prompts.show_refusal(self, error)

        self._tasks.read(f"vouchers.{topic}", ask, done, failed, self)

    def _lay_out(self) -> None:
        px, column, row = theme().px, QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.chooser.setDisplayFormat("dd/MM/yyyy")
        self.chooser.setCalendarPopup(True)
        self.chooser.setAccessibleName("Día de las pólizas")
        self.chooser.setKeyboardTracking(False)
        label = Label("&Día", 13, 600)
        label.setBuddy(self.chooser)
        row.setSpacing(px(8))
        for widget in (label, self.chooser):
            row.addWidget(widget)
        for text, days in (("Día anterior", -1), ("Día siguiente", 1)):
            button = KeyButton(text, kind=Kind.GHOST)
            button.clicked.connect(
                lambda _on=False, days=days: self.chooser.setDate(self.chooser.date().addDays(days))
            )
            row.addWidget(button)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.parts)
        column.addLayout(row)
        for part in (self.sheet, *self.vouchers.values()):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        names = [part.name for part in PARTS]
        self.parts.chosen.connect(lambda name: self._stack.setCurrentIndex(names.index(name)))
        self.chooser.dateChanged.connect(lambda _day: self.reload())
        self.sheet.receipts_wanted.connect(self._read_receipts)
        self.sheet.session_opened.connect(self._open_session)
        self.sheet.voucher_opened.connect(self._open_voucher)
        self.sheet.export_requested.connect(self._export)
        self.acts.started.connect(self._rest)
        self.acts.ended.connect(self._wake)
        for part in self.vouchers.values():
            part.line_opened.connect(lambda row, part=part: self._open_line(part, row))
            part.export_requested.connect(self._export)
            part.act_requested.connect(lambda name, part=part: self._do(name, part.kind))

    def _do(self, name: str, kind: VoucherKind) -> None:
        if self.view is not None:
            self.acts.do(name, kind, self.view)
