"""The one table model: immutable rows, sorted and filtered here, with optional checks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from tehuacan_comercial.domain.folding import fold
from tehuacan_comercial.ui.widgets.table.column import Column

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROW_ROLE = int(Role.UserRole)
SORT_ROLE = int(Role.UserRole) + 1
COLUMN_ROLE = int(Role.UserRole) + 2
_ROOT = QModelIndex()
_DISPLAY = int(Role.DisplayRole)
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class RowModel(QAbstractTableModel, Generic[R]):
    """Rows of one kind; ``key`` names a row so that checks and selection survive a reload."""

    checked_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        *,
        checkable: bool = False,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.key = key
        self.offset = 1 if checkable else 0
        self._all: tuple[R, ...] = ()
        self._shown: list[R] = []
        self._checked: set[Hashable] = set()
        self._filters: dict[int, str] = {}
        self._order: tuple[int, bool] | None = None

    # --- rows ---

    def set_rows(self, rows: Iterable[R]) -> None:
        """Replace all rows; checks of rows that are still there stay."""
        self._all = tuple(rows)
        before = set(self._checked)
        self._checked &= {self.key(row) for row in self._all}
        self._rebuild()
        if before != self._checked:
            self.checked_changed.emit()

    def all_rows(self) -> tuple[R, ...]:
        """Every row, in the order given."""
        return self._all

    def shown_rows(self) -> tuple[R, ...]:
        """Rows that pass the filter, in the order shown."""
        return tuple(self._shown)

    def row_at(self, number: int) -> R:
        """The row of a line of the table."""
        return self._shown[number]

    def line_of(self, key: Hashable) -> int:
        """The line where a row stands, or -1."""
        return next((at for at, row in enumerate(self._shown) if self.key(row) == key), -1)

    def column_at(self, section: int) -> Column[R] | None:
        """The column of a section of the header; None for the checks."""
        return None if section < self.offset else self.columns[section - self.offset]

    def set_filter(self, section: int, text: str) -> None:
        """Show only rows whose text in the column contains all the words."""
        self._filters[section] = fold(text.strip())
        self._rebuild()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the lines by a column; equal ones keep the order given."""
        if column >= self.offset:
            self._order = (column, order == Qt.SortOrder.DescendingOrder)
            self._rebuild()

    def _rebuild(self) -> None:
        self.beginResetModel()
        wanted = [(self.column_at(at), text) for at, text in self._filters.items() if text]
        self._shown = [row for row in self._all if _passes(row, wanted)]
        if self._order:
            column = self.column_at(self._order[0])
            if column is not None:
                self._shown.sort(key=column.key_of, reverse=self._order[1])
        self.endResetModel()

    # --- checks ---

    def checked_rows(self) -> tuple[R, ...]:
        """Rows that are checked, in the order given, filtered away or not."""
        return tuple(row for row in self._all if self.key(row) in self._checked)

    def set_checked(self, keys: Iterable[Hashable]) -> None:
        """Check exactly these rows."""
        self._checked = set(keys) & {self.key(row) for row in self._all}
        self._tell_checks()

    def check_shown(self, *, checked: bool) -> None:
        """Check or clear every row that is shown."""
        keys = {self.key(row) for row in self._shown}
        self._checked = self._checked | keys if checked else self._checked - keys
        self._tell_checks()

    def is_checked(self, row: R) -> bool:
        """Whether a row is checked."""
        return self.key(row) in self._checked

    def header_state(self) -> Qt.CheckState:
        """State of the box in the header: all, none or some of the shown rows."""
        marks = {self.key(row) in self._checked for row in self._shown}
        if marks == {True}:
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if True in marks else Qt.CheckState.Unchecked

    def toggle(self, number: int) -> None:
        """Change the check of one line."""
        self._checked ^= {self.key(self._shown[number])}
        last = self.columnCount() - 1
        self.dataChanged.emit(self.index(number, 0), self.index(number, last))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.checked_changed.emit()

    def _tell_checks(self) -> None:
        if self._shown:
            end = self.index(len(self._shown) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), end)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.checked_changed.emit()

    # --- Qt ---

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns, with the one of the checks."""
        return 0 if parent.isValid() else len(self.columns) + self.offset

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be selected; the first one checked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() < self.offset else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Header of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.column_at(section)
        if role == _DISPLAY:
            return column.header if column else ""
        if role == Role.AccessibleTextRole:
            return column.header if column else "Seleccionar todos"
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell for each role; the row itself under ``ROW_ROLE``."""
        row, column = self._shown[index.row()], self.column_at(index.column())
        if role == ROW_ROLE:
            return row
        if column is None:
            return self._check_data(row, role)
        return _cell(column, row, role)

    def _check_data(self, row: R, role: int) -> Any:
        checked = self.is_checked(row)
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        if role == Role.AccessibleTextRole:
            return "Seleccionado" if checked else "Sin seleccionar"
        return None


def _cell(column: Column[R], row: R, role: int) -> Any:
    if role == _DISPLAY:
        return column.text(row)
    if role == SORT_ROLE:
        return column.key_of(row)
    if role == COLUMN_ROLE:
        return column
    if role == Role.TextAlignmentRole:
        return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
    if role == Role.AccessibleTextRole:
        return f"{column.header}: {column.text(row)}"
    return None


def _passes(row: R, wanted: Sequence[tuple[Column[R] | None, str]]) -> bool:
    for column, text in wanted:
        cell = fold(column.text(row)) if column else ""
        if not all(word in cell for word in text.split()):
            return False
    return True
