"""Write down what the bank stamped on every slip: its reference and its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QGridLayout, QLineEdit, QWidget

from tehuacan_comercial.domain.deposits import AtBank
from tehuacan_comercial.services.deposits import SlipRow
from tehuacan_comercial.ui.deposits.columns import tender
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label

LONGEST_REFERENCE = 60


class StampSheet(ShadeDialog):
    """The act is possible when every slip has its reference."""

    def __init__(
        self, parent: QWidget, batch_id: int, slips: Sequence[SlipRow], today: date
    ) -> None:
        super().__init__(
            parent,
            f"Depósito del lote {batch_id}",
            "Anote la referencia o autorización de cada ficha y el día del depósito.",
            width=860,
        )
        self._slips = slips
        self.references: list[QLineEdit] = []
        self.days: list[QDateEdit] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(12))
        for column, words in enumerate(("Ficha", "Importe", "Referencia", "Día")):
            grid.addWidget(Label(words, 12.5, 600, "soft"), 0, column)
        for line, slip in enumerate(slips, start=1):
            reference, chosen = QLineEdit(), QDateEdit(QDate(today.year, today.month, today.day))
            reference.setMaxLength(LONGEST_REFERENCE)
            reference.setAccessibleName(f"Referencia de la ficha {slip.line}")
            reference.textChanged.connect(lambda _text: self._tell())
            chosen.setDisplayFormat("dd/MM/yyyy")
            chosen.setCalendarPopup(True)
            chosen.setMaximumDate(QDate(today.year, today.month, today.day))
            chosen.setAccessibleName(f"Día de la ficha {slip.line}")
            words = f"{slip.line}. {slip.bank}, {tender(slip.tender).lower()}"
            for column, field in enumerate(
                (Label(words, 13), Label(money(slip.amount), 13, 600), reference, chosen)
            ):
                grid.addWidget(field, line, column)
            self.references.append(reference)
            self.days.append(chosen)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.act = PrimaryButton("Registrar el depósito", "landmark", "Enter")
        self.act.clicked.connect(self.accept)
        self.add_foot(KeyButton("Volver", "x", "Esc"), self.act)
        self._tell()
        self.references[0].setFocus()

    def stamped(self) -> tuple[AtBank, ...]:
        """As it is written now."""
        return tuple(
            AtBank(slip.slip_id, reference.text().strip(), _day(chosen))
            for slip, reference, chosen in zip(self._slips, self.references, self.days, strict=True)
        )

    def _tell(self) -> None:
        self.act.setEnabled(all(field.text().strip() for field in self.references))


def _day(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
