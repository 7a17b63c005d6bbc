"""The lock: covers window and open sheets, keeps what is under it, opens with the password."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QVBoxLayout, QWidget

from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.shell.lock_card import LockCard
from tehuacan_comercial.ui.shell.section import Person, Unlock
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme


class Cover(QWidget):
    """An opaque sheet over a window, of its size whatever it becomes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Hide what is below."""
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window's size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key reaches what is below."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hide what is below whole."""
        QPainter(self).fillRect(self.rect(), QColor(theme().tokens.canvas))


class _CardDialog(QDialog):
    """Holds the card above an open sheet, which as a modal window would keep the keys."""

    def __init__(self, sheet: QWidget, card: LockCard) -> None:
        super().__init__(sheet, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle("Ventana bloqueada")
        set_dead(self)
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def reject(self) -> None:
        """Only the password closes it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Neither Esc nor Enter means anything here."""
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round in the card."""
        self._card.turn(1 if forward else -1)
        return True


class LockScreen(Cover):
    """Stands over everything of the window; ``unlocked`` when the password was right.

    A sheet that is open stays open under a cover of its own: half a charge is not lost.
    """

    unlocked = Signal()
    switch_requested = Signal()

    def __init__(self, window: QWidget, person: Person, tasks: Tasks, unlock: Unlock) -> None:
        super().__init__(window)
        set_dead(self)
        self._focus_before: QWidget | None = None
        self._dialog: _CardDialog | None = None
        self._covers: list[Cover] = []
        self._card = LockCard(person, tasks, unlock)
        self._card.passed.connect(self._finish)
        self._card.switch_requested.connect(self.switch_requested)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self._card, 0, 0, Qt.AlignmentFlag.AlignCenter)

    def lock(self) -> None:
        """Cover the window and its sheets; nothing under the covers is lost or changed."""
        if self.isVisible():
            return
        self._focus_before = QApplication.focusWidget()
        self.cover()
        sheet = QApplication.activeModalWidget()
        if sheet is not None:
            self._cover_sheets(sheet)
        self._card.show()
        self._card.start()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round in the card."""
        self._card.turn(1 if forward else -1)
        return True

    def _cover_sheets(self, sheet: QWidget) -> None:
        for each in QApplication.topLevelWidgets():
            if each.isModal() and each.isVisible():
                cover = Cover(each)
                cover.cover()
                self._covers.append(cover)
        self._dialog = _CardDialog(sheet, self._card)
        self._dialog.adjustSize()
        middle = self.mapToGlobal(self.rect().center())
        self._dialog.move(middle - self._dialog.rect().center())
        self._dialog.show()

    def _finish(self) -> None:
        if self._dialog is not None:
            self._grid.addWidget(self._card, 0, 0, Qt.AlignmentFlag.AlignCenter)
            self._dialog.hide()
            self._dialog.deleteLater()
            self._dialog = None
        for cover in self._covers:
            cover.hide()
            cover.deleteLater()
        self._covers.clear()
        self.hide()
        before, self._focus_before = self._focus_before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.unlocked.emit()
