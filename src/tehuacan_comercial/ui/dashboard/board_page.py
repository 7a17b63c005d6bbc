"""The day at a glance (M1): figures, tills, what to attend to, hours, forms of payment."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.services.dashboard import Board, ReceiptFilter
from tehuacan_comercial.services.dashboard_alerts import Alert, AlertKind
from tehuacan_comercial.services.dashboard_words import detail_of
from tehuacan_comercial.ui.dashboard import words
from tehuacan_comercial.ui.dashboard.columns import TILL_COLUMNS
from tehuacan_comercial.ui.dashboard.figure_tile import FigureTile
from tehuacan_comercial.ui.dashboard.hours_chart import HoursChart
from tehuacan_comercial.ui.dashboard.note_row import Note, NoteRow
from tehuacan_comercial.ui.dashboard.notes import notes_of
from tehuacan_comercial.ui.dashboard.tender_bar import TenderBar
from tehuacan_comercial.ui.dashboard.till_tile import TillTile
from tehuacan_comercial.ui.formats import long_day
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.column import ExportSheet

IN_A_ROW = 4
"""Tills side by side."""
TURN_MILLISECONDS = 8
"""Between two pieces of the board."""
PAYABLE = ("cash", "card", "transfer", "cheque", "credit")


class BoardPage(QWidget):
    """``rows_requested`` carries a ReceiptFilter, ``export_requested`` a sheet of the tills,
    ``backup_pressed`` what is known of the last backup: behind that alert there are no receipts.
    """

    rows_requested = Signal(object)
    inbox_requested = Signal()
    sheet_requested = Signal()
    export_requested = Signal(object)
    backup_pressed = Signal(str)

    def __init__(self, *, demonstration: bool) -> None:
        super().__init__()
        self._demonstration = demonstration
        self.board: Board | None = None
        self.figures = {
            name: FigureTile(label)
            for name, label in (
                ("collected", "Recaudado hoy"),
                ("compared", "Contra el mismo día de hace un año"),
                ("goal", "Meta del día"),
                ("cash", "Efectivo en cajas"),
                ("waiting", "Por autorizar"),
            )
        }
        self.tills: dict[str, TillTile] = {}
        self.notes: dict[object, NoteRow] = {}
        self.tenders = {tender: TenderBar(tender) for tender in PAYABLE}
        self.hours = HoursChart()
        self._till_grid, self._note_list = QGridLayout(), QVBoxLayout()
        self._tills_card = Card("Cajas")
        self._notes_card = Card("Por atender", padded=False)
        self._calm = EmptyState("circle-check", "Nada por atender")
        self._pieces: deque[Callable[[], None]] = deque()
        self._turn = QTimer(self)
        self._turn.setInterval(TURN_MILLISECONDS)
        self._turn.timeout.connect(self._next_piece)
        self._lay_out()
        self._connect()

    # --- showing ---

    def show_board(self, board: Board) -> None:
        """Replace every figure; what did not change is not painted again.

        Piece by piece, each in a turn of its own: painting them all at once would keep the main
        thread longer than a key press should wait.
        """
        self.board = board
        self._show_figures(board)
        self._arrange_tills(board)
        self._pieces = deque(
            [
                *(partial(self.tills[till.row.till].show_till, till) for till in board.tills),
                partial(self._show_notes, notes_of(board)),
                partial(self._show_hours, board),
                partial(self._show_tenders, board),
            ]
        )
        self._turn.start()

    def is_whole(self) -> bool:
        """Whether everything that is known is on screen."""
        return self.board is not None and not self._turn.isActive()

    def _next_piece(self) -> None:
        if self._pieces:
            self._pieces.popleft()()
        else:
            self._turn.stop()

    def _show_figures(self, board: Board) -> None:
        figures = {
            "collected": words.collected(board),
            "compared": words.compared(board),
            "goal": words.goal(board, demonstration=self._demonstration),
            "cash": words.cash(board),
            "waiting": words.waiting(board),
        }
        for name, figure in figures.items():
            self.figures[name].say(figure)

    def _show_hours(self, board: Board) -> None:
        names = (f"Hoy, {long_day(board.today)}", long_day(board.past_day))
        self.hours.show_hours(board.takings.by_hour(), board.past_hours, names)

    def _show_tenders(self, board: Board) -> None:
        amounts = dict(board.takings.by_tender())
        for tender, line in self.tenders.items():
            line.say(amounts.get(tender, ZERO), board.taken)

    def till_sheet(self) -> ExportSheet:
        """The tills as values for a spreadsheet."""
        tills = self.board.tills if self.board else ()
        return ExportSheet(
            "Cajas",
            tuple(column.header for column in TILL_COLUMNS),
            tuple(tuple(column.value_of(till) for column in TILL_COLUMNS) for till in tills),
        )

    def _arrange_tills(self, board: Board) -> None:
        codes = [till.row.till for till in board.tills]
        if codes != list(self.tills):
            for tile in self.tills.values():
                _remove(tile)
            self.tills = {till.row.till: TillTile(till) for till in board.tills}
            across = max(1, min(IN_A_ROW, len(codes)))
            for at, (code, tile) in enumerate(self.tills.items()):
                tile.clicked.connect(lambda _on=False, code=code: self._open_till(code))
                self._till_grid.addWidget(tile, at // across, at % across)
        working = sum(till.is_open for till in board.tills)
        self._tills_card.set_note(f"{working} de {len(codes)} abiertas")

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        keys = [note.key for note in notes]
        if keys != list(self.notes):
            kept = {key: row for key, row in self.notes.items() if key in keys}
            for key, row in self.notes.items():
                if key not in kept:
                    _remove(row)
            self.notes = {note.key: kept.get(note.key) or self._note(note) for note in notes}
            for at, row in enumerate(self.notes.values()):
                self._note_list.insertWidget(at, row)
        for note in notes:
            self.notes[note.key].say(note)
        self._calm.setVisible(not notes)
        self._notes_scroll.setVisible(bool(notes))
        self._notes_card.set_note(str(len(notes)) if notes else "")

    def _note(self, note: Note) -> NoteRow:
        row = NoteRow(note)
        row.clicked.connect(lambda: self._open_note(row.note))
        return row

    # --- opening ---

    def _open_till(self, code: str) -> None:
        row = self.tills[code].till.row
        if row.session_id is not None and row.business_date is not None:
            title = f"{row.till_name} · sesión {row.folio}"
            self.rows_requested.emit(ReceiptFilter(row.business_date, title, row.session_id))

    def _open_note(self, note: Note) -> None:
        if note.alert is None:
            self.inbox_requested.emit()
        else:
            self._open_alert(note.alert)

    def _open_alert(self, alert: Alert) -> None:
        if self.board is None:
            return
        if alert.kind is AlertKind.VOIDS:
            title = f"Recibos cancelados hoy de {alert.who}"
            self.rows_requested.emit(
                ReceiptFilter(self.board.today, title, only_voids=True, cashier=alert.who)
            )
        elif alert.kind is AlertKind.BACKUP:
            self.backup_pressed.emit(detail_of(alert))
        elif alert.session_id is not None:
            title = f"{alert.where} · sesión de {alert.who}"
            day = alert.day or self.board.today
            self.rows_requested.emit(ReceiptFilter(day, title, alert.session_id))

    def _open(self, make: Callable[[Board], ReceiptFilter]) -> None:
        if self.board is not None:
            self.rows_requested.emit(make(self.board))

    # --- building ---

    def _connect(self) -> None:
        def whole(board: Board) -> ReceiptFilter:
            return ReceiptFilter(board.today, f"Recibos de hoy, {long_day(board.today)}")

        def past(board: Board) -> ReceiptFilter:
            return ReceiptFilter(board.past_day, f"Recibos del {long_day(board.past_day)}")

        def by_tender(tender: str) -> Callable[[Board], ReceiptFilter]:
            name = words.tender_name(tender)
            return lambda board: ReceiptFilter(board.today, f"{name}, hoy", tender=tender)

        opens = {"collected": whole, "compared": past, "goal": whole, "cash": by_tender("cash")}
        for name, make in opens.items():
            self.figures[name].clicked.connect(lambda _on=False, make=make: self._open(make))
        self.figures["waiting"].clicked.connect(self.inbox_requested)
        for tender, line in self.tenders.items():
            make = by_tender(tender)
            line.clicked.connect(lambda _on=False, make=make: self._open(make))
        self.hours.hour_chosen.connect(self._open_hour)

    def _open_hour(self, hour: int) -> None:
        title = f"De {hour}:00 a {hour}:59, hoy"
        self._open(lambda board: ReceiptFilter(board.today, title, hour=hour))

    def _lay_out(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(12), px(20), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        for tile in self.figures.values():
            row.addWidget(tile)
        column.addLayout(row)
        left, right = QVBoxLayout(), QVBoxLayout()
        for layout, parts in (
            (left, (self._make_tills(), self._make_hours())),
            (right, (self._make_notes(), self._make_tenders())),
        ):
            layout.setSpacing(px(10))
            for part in parts:
                layout.addWidget(part)
        left.setStretch(1, 1)
        right.setStretch(0, 1)
        body = QHBoxLayout()
        body.setSpacing(px(10))
        body.addLayout(left, 9)
        body.addLayout(right, 4)
        column.addLayout(body, 1)

    def _make_tills(self) -> Card:
        excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(lambda: self.export_requested.emit(self.till_sheet()))
        sheet = KeyButton("&PDF del día", "file-text", kind=Kind.GHOST)
        sheet.clicked.connect(self.sheet_requested)
        for tool in (excel, sheet):
            self._tills_card.add_tool(tool)
        self._till_grid.setSpacing(theme().px(8))
        self._tills_card.body.addLayout(self._till_grid)
        return self._tills_card

    def _make_notes(self) -> Card:
        px = theme().px
        inner = QWidget()
        inner.setObjectName("ScrollBody")
        self._note_list = QVBoxLayout(inner)
        self._note_list.setContentsMargins(px(12), 0, px(8), px(8))
        self._note_list.setSpacing(px(2))
        self._note_list.addStretch(1)
        self._notes_scroll = QScrollArea()
        self._notes_scroll.setWidgetResizable(True)
        self._notes_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._notes_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._notes_scroll.setMinimumHeight(px(60))
        self._notes_scroll.setWidget(inner)
        self._notes_card.body.addWidget(self._notes_scroll, 1)
        self._notes_card.body.addWidget(self._calm, 1)
        return self._notes_card

    def _make_hours(self) -> Card:
        card = Card("Cobrado por hora")
        card.set_note("pesos")
        card.body.addWidget(self.hours, 1)
        return card

    def _make_tenders(self) -> Card:
        card = Card("Formas de pago")
        card.body.setSpacing(0)
        for line in self.tenders.values():
            card.body.addWidget(line)
        return card


def _remove(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
