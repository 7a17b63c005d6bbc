"""What is chosen before a file is tried: the file, where it belongs, its format, its totals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.services.bank_files import Control, FileLayout
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.deposits.files.intents import FileIntent, needs_totals
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.form import FormField

KINDS = "Archivos de texto (*.csv *.txt *.dat *.prn);;Todos los archivos (*)"
MOST_ROWS = 9_999_999


class FileForm(QWidget):
    """``changed`` when something else is to be tried; the last choices are remembered."""

    changed = Signal()

    def __init__(self, intent: FileIntent, settings: QSettings) -> None:
        super().__init__()
        self._intent, self._settings = intent, settings
        self._path: Path | None = None
        self.file, self.place, self.layouts = QLineEdit(), QComboBox(), QComboBox()
        self.rows, self.amount = QLineEdit(), AmountEdit()
        self.file.setReadOnly(True)
        self.file.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.file.setPlaceholderText("Ninguno")
        self.rows.setValidator(QIntValidator(1, MOST_ROWS, self))
        self.rows.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.choose = KeyButton("&Elegir archivo…", "folder")
        self.choose.clicked.connect(self._ask)
        for place in intent.places:
            self.place.addItem(place.words, place.code)
        for layout in intent.library.layouts:
            self.layouts.addItem(layout.name)
        self._recall()
        self._lay_out()
        self.place.currentIndexChanged.connect(lambda _index: self._tell())
        self.layouts.currentIndexChanged.connect(lambda _index: self._tell())
        self.rows.editingFinished.connect(self.changed)
        self.amount.editingFinished.connect(self.changed)

    def path(self) -> Path | None:
        """The file, once it is chosen."""
        return self._path

    def set_path(self, path: Path) -> None:
        """Take a file and have it tried."""
        self._path = path
        self.file.setText(str(path))
        self._settings.setValue(self._key("folder"), str(path.parent))
        self.changed.emit()

    def layout_of_file(self) -> FileLayout | None:
        """How the file is read."""
        index = self.layouts.currentIndex()
        return self._intent.library.layouts[index] if index >= 0 else None

    def code(self) -> str:
        """Account or channel."""
        return str(self.place.currentData() or "")

    def asks_totals(self) -> bool:
        """Whether the totals are to be written here."""
        layout = self.layout_of_file()
        return layout is not None and needs_totals(layout)

    def control(self) -> Control | None:
        """The totals as written; None where the file brings its own or some are missing."""
        amount = self.amount.value()
        if not self.asks_totals() or not self.rows.text() or amount <= Decimal(0):
            return None
        return Control(int(self.rows.text()), amount)

    def remember(self) -> None:
        """Offer the same place and format the next time."""
        self._settings.setValue(self._key("place"), self.code())
        self._settings.setValue(self._key(f"layout/{self.code()}"), self.layouts.currentText())

    def hold(self, held: bool) -> None:
        """Nothing may be changed while the file is posted, nor afterwards."""
        for part in (self.choose, self.place, self.layouts, self.rows, self.amount):
            part.setEnabled(not held)

    def _ask(self) -> None:
        folder = str(self._settings.value(self._key("folder"), ""))
        path = prompts.ask_open_path(self, self._intent.title, folder, KINDS)
        if path is not None:
            self.set_path(path)

    def _tell(self) -> None:
        self._totals.setVisible(self.asks_totals())
        self.changed.emit()

    def _recall(self) -> None:
        place = self.place.findData(str(self._settings.value(self._key("place"), "")))
        self.place.setCurrentIndex(max(place, 0))
        name = str(self._settings.value(self._key(f"layout/{self.code()}"), ""))
        self.layouts.setCurrentIndex(max(self.layouts.findText(name), 0))

    def _key(self, what: str) -> str:
        return f"deposits/{self._intent.kind}/{what}"

    def _lay_out(self) -> None:
        px, column, top, middle = theme().px, QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for row in (top, middle):
            row.setSpacing(px(14))
        top.addWidget(FormField("Archivo", self.file), 1)
        top.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignBottom)
        middle.addWidget(FormField(self._intent.place_label, self.place), 1)
        middle.addWidget(FormField("&Formato del archivo", self.layouts), 1)
        self._totals = QWidget()
        totals = QHBoxLayout(self._totals)
        totals.setContentsMargins(0, 0, 0, 0)
        totals.setSpacing(px(14))
        totals.addWidget(FormField("&Pagos que dice el canal", self.rows), 1)
        totals.addWidget(FormField("&Importe que dice el canal", self.amount), 1)
        column.addLayout(top)
        column.addLayout(middle)
        column.addWidget(self._totals)
        self._totals.setVisible(self.asks_totals())
