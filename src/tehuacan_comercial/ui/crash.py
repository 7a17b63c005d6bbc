"""Our own bugs: caught everywhere, written to a file, shown with an incident code to copy."""

from __future__ import annotations

import faulthandler
import logging
import platform
import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tehuacan_comercial import __version__
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

log = logging.getLogger("tehuacan_comercial.crash")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Incident:
    """One bug that showed itself."""

    code: str
    station: str
    version: str
    trace: str

    def text(self) -> str:
        """All of it, for a message to whoever keeps the program."""
        return (
            f"Incidente {self.code}\nVersión {self.version} · estación {self.station}\n"
            f"Python {platform.python_version()} · {platform.platform()}\n\n{self.trace}"
        )


def make_incident(error: BaseException, station: str) -> Incident:
    """Name a bug by a short code that can be said over the telephone."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(6))
    trace = "".join(traceback.format_exception(error))
    return Incident(code, station, __version__, trace)


class CrashSheet(ShadeDialog):
    """Says that the fault is the program's, what stays safe, and whom to tell."""

    def __init__(self, parent: QWidget, incident: Incident) -> None:
        super().__init__(parent, "Algo falló en el programa", f"Incidente {incident.code}", 560)
        self.body.addWidget(
            Label(
                "Lo ya registrado está completo. Si estaba cobrando, revise los pagos de la "
                "cuenta antes de cobrar otra vez.",
                14,
            ).wrapped()
        )
        self.body.addWidget(
            Label("Copie el detalle y envíelo a sistemas con el número de incidente.", 14).wrapped()
        )
        box = QPlainTextEdit(incident.text())
        box.setReadOnly(True)
        box.setAccessibleName("Detalle del incidente")
        box.setFixedHeight(theme().px(170))
        self.body.addWidget(box)
        self.copy = KeyButton("Copiar", "copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(incident.text()))
        go_on = PrimaryButton("Continuar", "check", "Enter")
        go_on.clicked.connect(self.accept)
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), go_on, self.copy)
        go_on.setFocus()


class CrashReporter(QObject):
    """Catches what nobody caught, on any thread, and hands incidents to the window's thread."""

    happened = Signal(object)
    _caught = Signal(object)

    def __init__(self, station: str, show: Callable[[Incident], None]) -> None:
        super().__init__()
        self._station, self._show = station, show
        self._showing = False
        self._caught.connect(self._present, Qt.ConnectionType.QueuedConnection)

    def report(self, error: BaseException) -> None:
        """Write an error to the log and show it; may be called on any thread."""
        incident = make_incident(error, self._station)
        log.error("incident %s\n%s", incident.code, incident.trace)
        self._caught.emit(incident)

    def install(self, log_file: Path) -> None:
        """Hook into Python, its threads, Qt's messages and fatal signals."""
        stream = log_file.open("a", encoding="utf-8")
        faulthandler.enable(stream)
        sys.excepthook = self._python_hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(qt_message)

    def _python_hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _present(self, incident: Incident) -> None:
        self.happened.emit(incident)
        if self._showing:
            return
        self._showing = True
        try:
            self._show(incident)
        finally:
            self._showing = False


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Put Qt's own messages into the program's log."""
    logging.getLogger("qt").log(_LEVELS[kind], "%s: %s", context.category, text)
