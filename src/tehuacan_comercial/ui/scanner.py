"""Scanners that type: a burst of keys ended by Enter or Tab is a code, wherever the focus is."""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

DEAD = "scanner_dead"
"""Dynamic property: a scan into a widget that has it, or into its children, is dropped whole."""

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)
"""Keys that a scanner presses between letters and that type nothing."""


@dataclass(frozen=True)
class ScannerSettings:
    """What counts as a scan: fewest letters and longest pause between two, milliseconds."""

    enabled: bool = True
    letters: int = 6
    gap: int = 35


def set_dead(widget: QWidget) -> None:
    """Keep scans out of a widget: as cash received, a code would be registered by its Enter."""
    widget.setProperty(DEAD, True)


class ScannerFilter(QObject):
    """Holds typed letters back for one gap; a burst leaves as ``scanned``, the rest is typed.

    People notice nothing of 35 ms; a scanner's code never reaches the focused field. Once the gap
    is over, the keys that waited for a busy window are heard before it is decided. Password fields
    hear everything at once. Over an open sheet a code is typed without its Enter, so that
    it can fill a field but never press a button.
    """

    scanned = Signal(str)

    def __init__(self, settings: ScannerSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._replaying = False
        self._watched: set[QWidget] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(settings.gap)
        self._last_look = QTimer(self)
        self._last_look.setSingleShot(True)
        self._last_look.setInterval(0)
        self._timer.timeout.connect(self._last_look.start)
        self._last_look.timeout.connect(self._type_held)

    def install(self, application: QApplication) -> None:
        """Listen where keys go, in whichever window.

        Never on the application itself: every event of every widget would then pass through
        Python, which was a third of the time it takes to open a sheet.
        """
        application.focusChanged.connect(self._follow)
        application.focusWindowChanged.connect(self._follow)
        self._follow()

    def remove(self, application: QApplication) -> None:
        """Listen no more: whoever signs out must not take the next person's keys."""
        application.focusChanged.disconnect(self._follow)
        application.focusWindowChanged.disconnect(self._follow)
        self._watch(set())

    def _follow(self, *_where: object) -> None:
        """Keys go to the widget with the focus, or to the window in front where none has it."""
        places = {QApplication.focusWidget(), QApplication.activeWindow()}
        self._watch({place for place in places if place is not None})

    def _watch(self, wanted: set[QWidget]) -> None:
        for place in self._watched - wanted:
            if shiboken6.isValid(place):
                place.removeEventFilter(self)
        for place in wanted - self._watched:
            place.installEventFilter(self)
        self._watched = wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back letters, end a burst, let everything else through in order."""
        if self._replaying or not isinstance(event, QKeyEvent) or event.key() in _SILENT:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._let_shortcut(event)
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QWidget):
            return False
        if not self._listens(watched):
            return False
        if event.key() in _ENDS and self._held:
            return self._end_burst()
        if _is_letter(event):
            self._held.append((watched, event.clone()))
            self._last_look.stop()
            self._timer.start()
            return True
        self._type_held()
        return False

    def _let_shortcut(self, event: QKeyEvent) -> bool:
        """A function key never overtakes the letters that were typed before it."""
        if self._held and event.key() not in _ENDS and not _is_letter(event):
            self._type_held()
        return False

    def _listens(self, widget: QWidget) -> bool:
        if not self._settings.enabled:
            return False
        if isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal:
            return False
        return QApplication.activePopupWidget() is None

    def _end_burst(self) -> bool:
        if len(self._held) < self._settings.letters:
            self._type_held()
            return False
        if _is_dead(self._held[0][0]):
            self._stop()
            self._held.clear()
            return True
        if QApplication.activeModalWidget() is not None:
            self._type_held()
            return True
        self._stop()
        code = "".join(event.text() for _widget, event in self._held).strip()
        self._held.clear()
        self.scanned.emit(code)
        return True

    def _stop(self) -> None:
        self._timer.stop()
        self._last_look.stop()

    def _type_held(self) -> None:
        self._stop()
        held, self._held = self._held, []
        self._replaying = True
        try:
            for widget, event in held:
                if not shiboken6.isValid(widget):
                    continue  # closed meanwhile, and what was typed into it too
                focus = QApplication.focusWidget()
                moved = focus is not None and focus.window() is widget.window()
                QApplication.sendEvent(focus if moved and focus else widget, event)
        finally:
            self._replaying = False


def _is_dead(widget: QWidget) -> bool:
    place: QWidget | None = widget
    while place is not None:
        if place.property(DEAD):
            return True
        place = None if place.isWindow() else place.parentWidget()
    return False


def _is_letter(event: QKeyEvent) -> bool:
    strange = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    text = event.text()
    return bool(text) and text.isprintable() and not strange and not event.isAutoRepeat()
