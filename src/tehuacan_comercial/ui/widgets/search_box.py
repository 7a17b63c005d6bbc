"""The search box: asks while one types, shows what was found, all by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QWidget,
)

from tehuacan_comercial.domain.folding import search_terms
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.paint import cap_width, draw_icon, key_cap
from tehuacan_comercial.ui.widgets.search_results import ResultsPopup, SearchResult

QUIET_MILLISECONDS = 120
"""Pause in typing after which a query is asked."""


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
        self._answered = ""
        self._popup = ResultsPopup()
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

    def set_results(self, query: str, results: Sequence[SearchResult], note: str = "") -> None:
        """Show the answer to a query; an answer to another query than the one typed is dropped."""
        nothing = f"No hay cuentas con «{query}». Pruebe con menos palabras, la calle o el medidor."
        self._show(query, results, nothing, note)

    def set_problem(self, query: str, sentence: str) -> None:
        """Say why a query has no answer; what was typed stays."""
        self._show(query, (), sentence, "")

    def close_results(self) -> None:
        """Take the list away and mark the text, so that the next key starts a new query."""
        self._popup.hide()
        self._timer.stop()
        self.selectAll()

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
        # While the answer to what is typed now is under way, the list is still the older one's.
        if result is not None and self._answered == self.query():
            self._choose(result)
        elif self.query():
            self._timer.stop()
            self.submitted.emit(self.query())

    def _choose(self, result: SearchResult) -> None:
        self.close_results()
        self.chosen.emit(result.value)

    def _show(self, query: str, results: Sequence[SearchResult], nothing: str, note: str) -> None:
        if query != self.query() or not query or not self.hasFocus():
            return
        self._answered = query
        self._popup.fill(results, search_terms(query), nothing, note)
        self._place_popup()

    def _place_popup(self) -> None:
        window = self.window()
        if self._popup.parentWidget() is not window:
            self._popup.setParent(window)
            window.installEventFilter(self)
        corner = self.mapTo(window, QPoint(0, self.height() + theme().px(4)))
        self._popup.setGeometry(corner.x(), corner.y(), self.width(), self._popup.wanted_height())
        self._popup.show()
        self._popup.raise_()
