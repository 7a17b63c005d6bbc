"""A sheet of paper on screen before it is printed or saved."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog


class PreviewChoice(Enum):
    """What the person wants done with the sheet."""

    CLOSE = "close"
    PRINT = "print"
    SAVE = "save"


class PreviewSheet(ShadeDialog):
    """Shows a PDF; ``choice`` tells what was pressed."""

    def __init__(self, parent: QWidget, title: str, pdf: bytes, subtitle: str = "") -> None:
        super().__init__(parent, title, subtitle, 700)
        self.choice = PreviewChoice.CLOSE
        self._bytes = QByteArray(pdf)
        self._buffer = QBuffer(self._bytes, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        view = QPdfView(self)
        view.setDocument(self._document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setAccessibleName(title)
        view.setMinimumHeight(min(theme().px(560), round(parent.window().height() * 0.6)))
        self.body.addWidget(view)
        save, go = KeyButton("Guardar PDF", "save"), PrimaryButton("Imprimir", "printer", "Enter")
        save.clicked.connect(lambda: self._choose(PreviewChoice.SAVE))
        go.clicked.connect(lambda: self._choose(PreviewChoice.PRINT))
        self.add_foot(KeyButton("Cerrar", "x", "Esc"), go, save)
        go.setFocus()

    def page_count(self) -> int:
        """Pages of the sheet."""
        return self._document.pageCount()

    def _choose(self, choice: PreviewChoice) -> None:
        self.choice = choice
        self.accept()
