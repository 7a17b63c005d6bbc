"""The table as a widget: header, filter row, lines, totals, and what its keys do."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.table.column import Column, ExportSheet
from tehuacan_comercial.ui.widgets.table.delegate import ROW_HEIGHT, CellDelegate, Header
from tehuacan_comercial.ui.widgets.table.grid import Grid
from tehuacan_comercial.ui.widgets.table.model import RowModel
from tehuacan_comercial.ui.widgets.table.parts import FilterRow, FootRow
from tehuacan_comercial.ui.widgets.table.widths import ColumnWidths

R = TypeVar("R")


class TableView(QWidget, Generic[R]):
    """A table of rows. Signals carry rows, never indexes.

    ``key`` names a row; ``dimmed`` tells rows that recede; ``group`` draws a line where its
    answer changes; ``name`` is spoken, titles the export and files the remembered widths. A list
    to choose from in a sheet is not one to take away: without ``exports`` it offers no spreadsheet.
    """

    row_activated = Signal(object)
    current_changed = Signal(object)
    checked_changed = Signal()
    export_requested = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        *,
        checkable: bool = False,
        dimmed: Callable[[R], bool] | None = None,
        group: Callable[[R], object] | None = None,
        empty: EmptyState | None = None,
        settings: QSettings | None = None,
        exports: bool = True,
    ) -> None:
        super().__init__()
        self.name = name
        self._kept: Hashable | None = None
        self.model: RowModel[R] = RowModel(columns, key, checkable=checkable)
        self.grid, self.header = Grid(), Header(self.model)
        self.header.setParent(self.grid)
        self._widths = ColumnWidths(self.header, self.model, settings, name)
        self.menu = QMenu(self)
        self._build_grid(dimmed, group)
        self._filter = FilterRow(self.header, self.model)
        self._foot = FootRow(self.header, self.model)
        self._empty = empty or EmptyState("inbox", "No hay nada que mostrar.")
        self._build_layout()
        self._connect()
        self._make_actions(exports=exports)
        self._widths.restore()

    # --- rows ---

    def set_rows(self, rows: Iterable[R]) -> None:
        """Replace the rows; checks, order, filter and the current row stay."""
        self.model.set_rows(rows)
        self._widths.fit()
        self._show_page()

    def current(self) -> R | None:
        """The row the cursor is on."""
        index = self.grid.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def selected(self) -> tuple[R, ...]:
        """Rows that are selected, from the top."""
        lines = sorted({index.row() for index in self.grid.selectionModel().selectedRows()})
        return tuple(self.model.row_at(line) for line in lines)

    def select(self, key: Hashable) -> None:
        """Put the cursor on a row, if it is shown."""
        line = self.model.line_of(key)
        if line >= 0:
            self.grid.selectRow(line)

    def checked(self) -> tuple[R, ...]:
        """Rows that are checked."""
        return self.model.checked_rows()

    def check_where(self, wanted: Callable[[R], bool]) -> None:
        """Check exactly the rows that answer yes."""
        rows = self.model.all_rows()
        self.model.set_checked(self.model.key(row) for row in rows if wanted(row))

    def sort_by(self, header: str, *, descending: bool = False) -> None:
        """Order by a column, named by its header, and show the arrow."""
        at = next(i for i, column in enumerate(self.model.columns) if column.header == header)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.grid.sortByColumn(at + self.model.offset, order)

    def totals(self) -> dict[str, Any]:
        """What the foot shows, in pesos by header."""
        return self._foot.totals()

    # --- acts ---

    def open_filter(self) -> None:
        """Show the filter row over the current column, or take it away."""
        if self._filter.isVisibleTo(self):
            self._filter.close_and_clear()
        else:
            self._filter.open(self.grid.currentIndex().column())

    def copy(self) -> None:
        """Copy the selected rows, or all shown, as tab-separated text with its header."""
        rows = self.selected() or self.model.shown_rows()
        columns = self._visible_columns()
        lines = ["\t".join(column.header for column in columns)]
        lines += ["\t".join(column.text(row) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def export_sheet(self) -> ExportSheet:
        """Visible columns and shown rows as values."""
        columns = self._visible_columns()
        return ExportSheet(
            name=self.name,
            headers=tuple(column.header for column in columns),
            rows=tuple(
                tuple(column.value_of(row) for column in columns) for row in self.model.shown_rows()
            ),
        )

    def request_export(self) -> None:
        """Ask for a spreadsheet of what is shown."""
        self.export_requested.emit(self.export_sheet())

    def add_row_action(self, text: str, act: Callable[[R], None], key: str = "") -> QAction:
        """An act on the current row, in its menu and on a key."""

        def run() -> None:
            row = self.current()
            if row is not None:
                act(row)

        return self._add_action(text, run, key, first=True)

    # --- building ---

    def _build_grid(
        self, dimmed: Callable[[R], bool] | None, group: Callable[[R], object] | None
    ) -> None:
        grid = self.grid
        grid.setModel(self.model)
        grid.setHorizontalHeader(self.header)
        grid.setItemDelegate(CellDelegate(grid, dimmed, group))
        grid.setAccessibleName(self.name)
        grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setShowGrid(False)
        grid.setTabKeyNavigation(False)
        grid.setWordWrap(False)
        grid.setSortingEnabled(True)
        grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.verticalHeader().hide()
        grid.verticalHeader().setMinimumSectionSize(theme().px(ROW_HEIGHT))
        grid.verticalHeader().setDefaultSectionSize(theme().px(ROW_HEIGHT))
        self.setFocusProxy(grid)

    def _build_layout(self) -> None:
        page = QWidget()
        lines = QVBoxLayout(page)
        column = QVBoxLayout(self)
        for layout in (lines, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self._filter, self.grid, self._foot):
            lines.addWidget(part)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        column.addWidget(self._pages)
        self._foot.setVisible(any(item.total for item in self.model.columns))
        self._show_page()

    def _connect(self) -> None:
        self.model.checked_changed.connect(self.checked_changed)
        self.model.modelAboutToBeReset.connect(self._keep_current)
        self.model.modelReset.connect(self._find_current)
        self.header.check_all_requested.connect(lambda on: self.model.check_shown(checked=on))
        self.header.sectionResized.connect(lambda *_: self._widths.save())
        self.grid.activated.connect(self._activate)
        self.grid.selectionModel().currentRowChanged.connect(
            lambda *_: self.current_changed.emit(self.current())
        )
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self._filter.filter_changed.connect(self.model.set_filter)
        self._filter.closed.connect(self.grid.setFocus)
        if self.model.offset:
            self.grid.space_pressed.connect(self.model.toggle)

    def _make_actions(self, *, exports: bool) -> None:
        self.menu.addSeparator()
        self._add_action("Copiar", self.copy, "Ctrl+C")
        self._add_action("Filtrar", self.open_filter, "Ctrl+F")
        if exports:
            self._add_action("Exportar a Excel", self.request_export, "Ctrl+E")
        sorting, columns = self.menu.addMenu("Ordenar por"), self.menu.addMenu("Columnas")
        for at, column in enumerate(self.model.columns):
            section = at + self.model.offset
            order = sorting.addAction(column.header)
            order.triggered.connect(lambda _on=False, s=section: self._turn_order(s))
            choice = columns.addAction(column.header)
            choice.setCheckable(True)
            choice.setChecked(not column.optional)
            choice.toggled.connect(lambda on, s=section: self._show_column(s, shown=on))
            self.header.setSectionHidden(section, column.optional)

    def _turn_order(self, section: int) -> None:
        """Order by a column; a second time, the other way round."""
        ascending = Qt.SortOrder.AscendingOrder
        again = self.header.sortIndicatorSection() == section
        turned = again and self.header.sortIndicatorOrder() == ascending
        order = Qt.SortOrder.DescendingOrder if turned else ascending
        self.grid.sortByColumn(section, order)

    def _add_action(
        self, text: str, act: Callable[[], None], key: str, *, first: bool = False
    ) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: act())
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        if first:
            self.menu.insertAction(self.menu.actions()[0], action)
        else:
            self.menu.addAction(action)
        return action

    def _keep_current(self) -> None:
        row = self.current()
        self._kept = None if row is None else self.model.key(row)

    def _find_current(self) -> None:
        if self._kept is None:
            return
        self.select(self._kept)
        if self.current() is None:
            self.current_changed.emit(None)

    def _activate(self, index: QModelIndex) -> None:
        self.row_activated.emit(self.model.row_at(index.row()))

    def _show_menu(self, place: QPoint) -> None:
        self.menu.popup(self.grid.viewport().mapToGlobal(place))

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self.model.all_rows() else 1)

    # --- columns ---

    def _visible_columns(self) -> list[Column[R]]:
        visual = (self.header.logicalIndex(at) for at in range(self.model.columnCount()))
        shown = (at for at in visual if not self.header.isSectionHidden(at))
        return [column for at in shown if (column := self.model.column_at(at))]

    def _show_column(self, section: int, *, shown: bool) -> None:
        self.header.setSectionHidden(section, not shown)
        self._filter.refit()
        self._widths.save()

    def changeEvent(self, event: QEvent) -> None:
        """Rows take the height of the new size of letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "grid"):
            self.grid.verticalHeader().setDefaultSectionSize(theme().px(ROW_HEIGHT))
            self._widths.rescale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the filter over its columns."""
        super().resizeEvent(event)
        self._filter.refit()
