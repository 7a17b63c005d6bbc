"""What a search found: results as values, their list under the box, the matches marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from tehuacan_comercial.domain.folding import fold
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import box, draw_icon
from tehuacan_comercial.ui.widgets.pill import Pill, paint_pill, pill_width
from tehuacan_comercial.ui.widgets.text import Label

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
RESULT_ROLE = int(Qt.ItemDataRole.UserRole)
VISIBLE_RESULTS = 8


@dataclass(frozen=True)
class SearchResult:
    """One thing found; ``value`` is what comes back when it is chosen."""

    title: str
    detail: str = ""
    trailing: str = ""
    icon: str = "house"
    pill: Pill | None = None
    value: object = None


class _Results(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.results: tuple[SearchResult, ...] = ()

    def replace(self, results: Sequence[SearchResult]) -> None:
        self.beginResetModel()
        self.results = tuple(results)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.results)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        result = self.results[index.row()]
        if role == RESULT_ROLE:
            return result
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            state = result.pill.text if result.pill else ""
            said = (result.title, result.detail, state, result.trailing)
            return ", ".join(filter(None, said))
        return None


def marked_runs(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Cut a text in runs, telling which ones match a folded word, accents apart."""
    letters = [fold(letter) or " " for letter in text]
    plain = "".join(letters)
    starts = [at for at, piece in enumerate(letters) for _ in piece]
    hit = [False] * len(text)
    for word in filter(None, words):
        found = plain.find(word)
        while found >= 0:
            for place in range(found, found + len(word)):
                hit[starts[place]] = True
            found = plain.find(word, found + 1)
    runs: list[tuple[str, bool]] = []
    for letter, marked in zip(text, hit, strict=True):
        if runs and runs[-1][1] == marked:
            runs[-1] = (runs[-1][0] + letter, marked)
        else:
            runs.append((letter, marked))
    return runs


class _ResultPainter(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(300), theme().px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        px, tokens = theme().px, theme().tokens
        result: SearchResult = index.data(RESULT_ROLE)
        area = QRectF(option.rect).adjusted(px(4), 1, -px(4), -1)
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, area, 6, tokens.selection)
            bar = QRectF(area.left(), area.top() + px(10), px(3), area.height() - px(20))
            box(painter, bar, 1.5, tokens.accent)
        middle = area.center().y()
        draw_icon(painter, result.icon, tokens.text_soft, QPointF(area.left() + px(22), middle), 18)
        right = self._paint_tail(painter, area, result)
        left = area.left() + px(44)
        lines = ((result.title, area.top() + px(6), 13.5), (result.detail, area.top() + px(26), 12))
        for text, top, size in lines:
            line = QRectF(left, top, right - left - px(10), px(20))
            self._paint_line(painter, line, text, size)
        painter.restore()

    def _paint_tail(self, painter: QPainter, area: QRectF, result: SearchResult) -> float:
        px, right = theme().px, area.right() - theme().px(12)
        if result.trailing:
            painter.setFont(theme().font(13.5, 600))
            painter.setPen(QColor(theme().tokens.text))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area.adjusted(0, 0, -px(12), 0), flags, result.trailing)
            right -= QFontMetricsF(painter.font()).horizontalAdvance(result.trailing) + px(12)
        if result.pill:
            right -= pill_width(result.pill.text)
            paint_pill(painter, result.pill, right, area.center().y())
        return right

    def _paint_line(self, painter: QPainter, line: QRectF, text: str, size: float) -> None:
        tokens, strong = theme().tokens, size > 13
        plain = theme().font(size, 500 if strong else 400)
        bold = theme().font(size, 700)
        left = line.left()
        painter.setClipRect(line)
        for run, marked in marked_runs(text, self.words):
            painter.setFont(bold if marked else plain)
            soft = tokens.text if strong else tokens.text_soft
            painter.setPen(QColor(tokens.accent if marked else soft))
            painter.drawText(QPointF(left, line.bottom() - line.height() * 0.3), run)
            left += QFontMetricsF(painter.font()).horizontalAdvance(run)
        painter.setClipping(False)


class ResultsPopup(QFrame):
    """List of results, or the sentence that says there are none; child of the window."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Popup")
        self.results = _Results()
        self.list = QListView()
        self.painter = _ResultPainter(self.list)
        self.list.setModel(self.results)
        self.list.setItemDelegate(self.painter)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Resultados de la búsqueda")
        self.list.clicked.connect(lambda index: self.chosen.emit(index.data(RESULT_ROLE)))
        self.empty = Label("", 13, 400, "soft").wrapped()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme().px(6),) * 4)
        column.addWidget(self._pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        self.note = Label("", 12, 400, "soft")
        self.note.setContentsMargins(theme().px(12), 0, theme().px(12), theme().px(3))
        column.setSpacing(theme().px(4))
        column.addWidget(self.note)

    def fill(
        self, results: Sequence[SearchResult], words: tuple[str, ...], nothing: str, note: str = ""
    ) -> None:
        """Show results with the query's words marked, or the sentence for none.

        ``note`` stands under the results: how many they are and what the keys do.
        """
        self.painter.words = words
        self.results.replace(results)
        self.empty.setText(nothing)
        self.note.setText(note)
        self.note.setVisible(bool(note and results))
        self._pages.setCurrentIndex(0 if results else 1)
        if results:
            self.list.setCurrentIndex(self.results.index(0, 0))

    def wanted_height(self) -> int:
        """Height in pixels for what is shown."""
        lines = min(len(self.results.results), VISIBLE_RESULTS)
        if not lines:
            return theme().px(76)
        foot = self.note.sizeHint().height() + theme().px(4) if self.note.text() else 0
        return theme().px(52) * lines + theme().px(18) + foot

    def move_by(self, step: int) -> None:
        """Move the cursor, stopping at the ends."""
        last = self.results.rowCount() - 1
        at = max(0, min(last, self.list.currentIndex().row() + step))
        self.list.setCurrentIndex(self.results.index(at, 0))

    def current(self) -> SearchResult | None:
        """The result under the cursor."""
        index = self.list.currentIndex()
        return index.data(RESULT_ROLE) if index.isValid() else None
