"""The search box: asks while one types, shows what was found, all by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tehuacan_comercial.domain.folding import fold, search_terms
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import box, cap_width, draw_icon, key_cap
from tehuacan_comercial.ui.widgets.pill import Pill, paint_pill, pill_width
from tehuacan_comercial.ui.widgets.text import Label

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
RESULT_ROLE = int(Qt.ItemDataRole.UserRole)
QUIET_MILLISECONDS = 60
"""Pause in typing after which a query is asked."""
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


class _Popup(QFrame):
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
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(*(theme().px(5),) * 4)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)

    def fill(self, results: Sequence[SearchResult], words: tuple[str, ...], nothing: str) -> None:
        self.painter.words = words
        self.results.replace(results)
        self.empty.setText(nothing)
        self._pages.setCurrentIndex(0 if results else 1)
        if results:
            self.list.setCurrentIndex(self.results.index(0, 0))

    def wanted_height(self) -> int:
        lines = min(len(self.results.results), VISIBLE_RESULTS)
        return theme().px(52) * lines + theme().px(12) if lines else theme().px(76)

    def move_by(self, step: int) -> None:
        last = self.results.rowCount() - 1
        at = max(0, min(last, self.list.currentIndex().row() + step))
        self.list.setCurrentIndex(self.results.index(at, 0))

    def current(self) -> SearchResult | None:
        index = self.list.currentIndex()
        return index.data(RESULT_ROLE) if index.isValid() else None


class SearchBox(QLineEdit):
    """Emits ``query_changed(text)`` as one types; ``set_results`` answers; ``chosen(value)``.

    ``submitted(text)`` comes on Enter while no result is shown yet, so that the owner can ask
    for the one exact match (a scanned code).
    """

    query_changed = Signal(str)
    chosen = Signal(object)
    submitted = Signal(str)

    def __init__(self, placeholder: str, key: str = "F3", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._popup = _Popup()
        self._popup.chosen.connect(self._choose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MILLISECONDS)
        self._timer.timeout.connect(lambda: self.query_changed.emit(self.query()))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("Buscar cuenta")
        self.setAccessibleDescription(f"Tecla {key}")
        self._dress()
        self.textEdited.connect(self._edited)

    def query(self) -> str:
        """What is asked, without spaces around it."""
        return self.text().strip()

    def set_results(self, query: str, results: Sequence[SearchResult]) -> None:
        """Show the answer to a query; an answer to another query than the one typed is dropped."""
        if query != self.query() or not query or not self.hasFocus():
            return
        words = search_terms(query)
        nothing = f"No hay cuentas con «{query}». Pruebe con menos palabras, la calle o el medidor."
        self._popup.fill(results, words, nothing)
        self._place_popup()

    def popup_visible(self) -> bool:
        """Whether the list is open."""
        return self._popup.isVisible()

    def ask_again(self) -> None:
        """Start over for the next person: focus here, old text selected."""
        self._popup.hide()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def sizeHint(self) -> QSize:
        """Wide enough for a name and a neighbourhood."""
        return QSize(theme().px(560), theme().px(38))

    def minimumSizeHint(self) -> QSize:
        """Still useful on a small screen."""
        return QSize(theme().px(280), theme().px(38))

    def changeEvent(self, event: QEvent) -> None:
        """Take the theme's new size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move in the list, Enter chooses, Esc closes it."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 7,
            Qt.Key.Key_PageUp: -7,
        }
        key = Qt.Key(event.key())
        if self.popup_visible() and key in steps:
            self._popup.move_by(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and self.popup_visible():
            self._popup.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list when the person goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lens and the cap of the key."""
        super().paintEvent(event)
        px, tokens, painter = theme().px, theme().tokens, QPainter(self)
        middle = self.height() / 2
        draw_icon(painter, "search", tokens.text_soft, QPointF(px(19), middle), 17)
        right = self.width() - px(10)
        key_cap(painter, right, middle, self._key, tokens.text_soft, tokens.line, tokens.raised)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list under the box when the window changes size."""
        if event.type() == QEvent.Type.Resize and self.popup_visible():
            self._place_popup()
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        self.setFont(theme().font(13.5))
        self.setTextMargins(theme().px(30), 0, round(cap_width(self._key)) + theme().px(8), 0)

    def _edited(self, _text: str) -> None:
        self._timer.start()
        if not self.query():
            self._popup.hide()

    def _enter(self) -> None:
        result = self._popup.current() if self.popup_visible() else None
        if result is not None and not self._timer.isActive():
            self._choose(result)
        elif self.query():
            self._timer.stop()
            self.submitted.emit(self.query())

    def _choose(self, result: SearchResult) -> None:
        self._popup.hide()
        self._timer.stop()
        self.selectAll()
        self.chosen.emit(result.value)

    def _place_popup(self) -> None:
        window = self.window()
        if self._popup.parentWidget() is not window:
            self._popup.setParent(window)
            window.installEventFilter(self)
        corner = self.mapTo(window, QPoint(0, self.height() + theme().px(4)))
        self._popup.setGeometry(corner.x(), corner.y(), self.width(), self._popup.wanted_height())
        self._popup.show()
        self._popup.raise_()
