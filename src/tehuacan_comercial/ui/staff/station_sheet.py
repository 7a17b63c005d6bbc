"""Which station this is: server, desk, till, printers; asked once, changed when it moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QRadioButton, QWidget

from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

RECEIPT_FORMATS = (("80mm", "Rollo de 80 mm"), ("half-letter", "Media carta"), ("letter", "Carta"))
SSL_MODES = (
    ("verify-full", "Cifrada, con certificado comprobado (recomendado)"),
    ("require", "Cifrada, sin comprobar el certificado"),
    ("disable", "Sin cifrar (solo en una red de confianza)"),
)


@dataclass(frozen=True, slots=True)
class StationChoice:
    """What the station's sheet asks; empty ``server`` means this computer's own database."""

    server: str = ""
    sslmode: str = "verify-full"
    station: str = "E1"
    till: str = "C1"
    receipt_printer: str = ""
    letter_printer: str = ""
    receipt_format: str = "80mm"


TryServer = Callable[[StationChoice], str]
"""Asks the server of a choice off the window's thread; answers with a sentence, or raises."""


class StationSheet(ShadeDialog):
    """Edits a copy of the station's profile; ``ask`` gives the choice, or None."""

    def __init__(
        self,
        parent: QWidget,
        choice: StationChoice,
        printers: Sequence[str],
        tasks: Tasks,
        try_server: TryServer,
    ) -> None:
        super().__init__(
            parent, "Esta estación", "Se pregunta una vez; puede cambiarlo al entrar.", 620
        )
        self._tasks, self._try_server = tasks, try_server
        self._start = choice
        self._make_server(choice)
        self._make_place(choice)
        self._make_printers(choice, printers)
        self._answer = Label("", 12.5, 400, "soft").wrapped()
        self.body.addWidget(self._answer)
        self._test = KeyButton("Probar conexión", "server")
        self._test.clicked.connect(self._try)
        save = PrimaryButton("Guardar", "save", "Enter")
        save.clicked.connect(self._finish)
        self.add_foot(KeyButton("Volver", "x", "Esc"), save, self._test)
        self._follow_server()
        self._station.setFocus(Qt.FocusReason.OtherFocusReason)

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        choice: StationChoice,
        printers: Sequence[str],
        tasks: Tasks,
        try_server: TryServer,
    ) -> StationChoice | None:
        """Open the sheet and wait for the choice."""
        sheet = cls(parent, choice, printers, tasks, try_server)
        return sheet.choice() if prompts.run(sheet) else None

    def choice(self) -> StationChoice:
        """What stands in the fields."""
        return replace(
            self._start,
            server="" if self._own.isChecked() else self._server.text().strip(),
            sslmode=str(self._ssl.currentData()),
            station=self._station.text().strip().upper(),
            till=self._till.text().strip().upper(),
            receipt_printer=self._receipt_printer.currentText(),
            letter_printer=self._letter_printer.currentText(),
            receipt_format=str(self._format.currentData()),
        )

    def _make_server(self, choice: StationChoice) -> None:
        self._own = QRadioButton("Base de datos en &esta computadora")
        self._office = QRadioButton("&Servidor de la oficina")
        (self._office if choice.server else self._own).setChecked(True)
        self._server = QLineEdit(choice.server)
        self._server.setPlaceholderText("postgresql://servidor.oosapat.local:5432/tehuacan")
        self._server_field = FormField(
            "&Dirección del servidor", self._server, check=self._server_problem
        )
        self._ssl = _combo(SSL_MODES, choice.sslmode)
        self._ssl_field = FormField("&Conexión", self._ssl)
        self._own.toggled.connect(self._follow_server)
        for part in (self._own, self._office, self._server_field, self._ssl_field):
            self.body.addWidget(part)

    def _make_place(self, choice: StationChoice) -> None:
        self._station, self._till = QLineEdit(choice.station), QLineEdit(choice.till)
        self._station_field = FormField(
            "Clave de la es&tación",
            self._station,
            check=lambda: "" if self._station.text().strip() else "Escriba una clave, p. ej. E1.",
        )
        self._till_field = FormField("Ca&ja de esta estación", self._till)
        self.body.addLayout(_pair(self._station_field, self._till_field))

    def _make_printers(self, choice: StationChoice, printers: Sequence[str]) -> None:
        names = tuple((name, name) for name in printers)
        self._receipt_printer = _combo(names, choice.receipt_printer)
        self._letter_printer = _combo(names, choice.letter_printer)
        self._format = _combo(RECEIPT_FORMATS, choice.receipt_format)
        self.body.addLayout(
            _pair(
                FormField("&Impresora de recibos", self._receipt_printer),
                FormField("&Formato del recibo", self._format),
            )
        )
        self.body.addWidget(FormField("Impresora de &hojas carta", self._letter_printer))

    def _server_problem(self) -> str:
        if self._own.isChecked() or self._server.text().strip().startswith("postgresql://"):
            return ""
        return "La dirección empieza con postgresql:// y lleva el nombre del servidor."

    def _follow_server(self) -> None:
        for field in (self._server_field, self._ssl_field):
            field.setVisible(self._office.isChecked())
        self.fit()

    def _try(self) -> None:
        choice = self.choice()
        self._test.set_busy("Probando…")
        self._tasks.read(
            "station.try", lambda: self._try_server(choice), self._tell, self._tell_trouble, self
        )

    def _tell(self, sentence: str, role: str = "ok") -> None:
        self._test.set_busy("")
        self._answer.set_role("ok" if role == "ok" else "danger")
        self._answer.setText(sentence)
        self.fit()

    def _tell_trouble(self, error: Exception) -> None:
        from tehuacan_comercial.domain.refusals import Refusal
        from tehuacan_comercial.ui.messages import message_for

        if not isinstance(error, Refusal):
            raise error
        self._tell(message_for(error).text(), "danger")

    def _finish(self) -> None:
        if verify_all([self._server_field, self._station_field]):
            self.accept()


def _combo(pairs: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    combo = QComboBox()
    for value, text in pairs:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    return combo


def _pair(left: QWidget, right: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(14))
    grid.addWidget(left, 0, 0)
    grid.addWidget(right, 0, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
