"""Opening a session: choose the till, count the float; the expected float is told afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from tehuacan_comercial.domain.cash import OpenSessionCommand, new_command_id
from tehuacan_comercial.services.cash import TillRow
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.counting import float_sentence
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.notices import InlineNotice, announce
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog


class OpenSheet(ShadeDialog):
    """Two steps when the float differs: count, then open with the difference in sight."""

    def __init__(self, parent: QWidget, tills: Sequence[TillRow]) -> None:
        super().__init__(
            parent, "Abrir caja", "Cuente el fondo con el que empieza, pieza por pieza.", 640
        )
        set_dead(self)
        self._tills = tuple(tills)
        self._command_id = new_command_id()
        self.told: InlineNotice | None = None
        self.till = QComboBox()
        for each in self._tills:
            self.till.addItem(f"{each.code} · {each.name}", each.code)
        self.till.currentIndexChanged.connect(self._count_again)
        self.grid = DenominationGrid()
        self.grid.changed.connect(self._count_again)
        self.grid.finished.connect(self._focus_main)
        self.body.addWidget(FormField("Ca&ja", self.till))
        self.body.addWidget(self.grid)
        self.go = PrimaryButton("Abrir caja", "lock-open", "Enter")
        self.go.clicked.connect(self._open)
        self.go.setEnabled(bool(self._tills))
        self.add_foot(KeyButton("Cancelar", "x", "Esc"), self.go)
        self.grid.focus_first()

    @staticmethod
    def ask(parent: QWidget, tills: Sequence[TillRow]) -> OpenSessionCommand | None:
        """The opening, or None."""
        sheet = OpenSheet(parent, tills)
        agreed = prompts.run(sheet)
        return sheet.command() if agreed else None

    def command(self) -> OpenSessionCommand:
        """The opening as counted; the same sheet always gives the same UUID."""
        return OpenSessionCommand(self._command_id, self._chosen().code, self.grid.pieces())

    def _chosen(self) -> TillRow:
        return self._tills[self.till.currentIndex()]

    def _open(self) -> None:
        expected, counted = self._chosen().opening_float, self.grid.total()
        if self.told is None and expected != counted:
            self._tell(expected, counted)
        else:
            self.accept()

    def _tell(self, expected: Decimal, counted: Decimal) -> None:
        word = "El fondo no está completo" if counted < expected else "El fondo tiene de más"
        self.told = InlineNotice(
            "warn", "triangle-alert", word, float_sentence(expected, counted), closable=False
        )
        self.body.addWidget(self.told)
        self.go.setText("Abrir con esta diferencia")
        QTimer.singleShot(0, self, self.fit)
        announce(self, self.told.accessibleName())

    def _count_again(self) -> None:
        if self.told is not None:
            self.told.hide()
            self.told.deleteLater()
            self.told = None
            self.go.setText("Abrir caja")
            QTimer.singleShot(0, self, self.fit)

    def _focus_main(self) -> None:
        self.go.setFocus()
