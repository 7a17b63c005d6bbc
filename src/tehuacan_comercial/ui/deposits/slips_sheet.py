"""Share a counted batch out in slips: one for each form of payment, or more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from tehuacan_comercial.domain.deposits import DEPOSITABLE, Slip, missing_slips
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.services.deposits import BankAccountRow
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label


class SlipRow:
    """The fields of one slip."""

    def __init__(self, accounts: Sequence[BankAccountRow], tender: TenderKind, number: int) -> None:
        self.tender, self.account, self.amount = QComboBox(), QComboBox(), AmountEdit()
        for kind in DEPOSITABLE:
            self.tender.addItem(TENDER_LABELS[kind], kind)
        self.tender.setCurrentIndex(DEPOSITABLE.index(tender))
        for each in accounts:
            self.account.addItem(f"{each.bank}, {each.name}", each.code)
        for words, field in (
            ("Forma de pago", self.tender),
            ("Cuenta bancaria", self.account),
            ("Importe", self.amount),
        ):
            field.setAccessibleName(f"{words} de la ficha {number}")

    def slip(self) -> Slip:
        """As it is written now."""
        return Slip(
            str(self.account.currentData()),
            TenderKind(self.tender.currentData()),  # Qt keeps the text of an enumeration
            self.amount.value(),
        )


class SlipsSheet(ShadeDialog):
    """The act is possible only when the slips are what the sessions handed over."""

    def __init__(
        self,
        parent: QWidget,
        batch_id: int,
        wanted: Mapping[TenderKind, Decimal],
        accounts: Sequence[BankAccountRow],
    ) -> None:
        super().__init__(parent, f"Fichas del lote {batch_id}", "", width=860)
        self._wanted, self._accounts = wanted, accounts
        self.rows: list[SlipRow] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(10))
        for column, words in enumerate(("Forma de pago", "Cuenta bancaria", "Importe")):
            self._grid.addWidget(Label(words, 12.5, 600, "soft"), 0, column)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.note = Label("", 13).wrapped()
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        more = KeyButton("&Otra ficha", "plus")
        more.clicked.connect(lambda: self.add(TenderKind.CASH, None))
        self.act = PrimaryButton("Cuadrar el lote", "check", "Enter")
        self.act.clicked.connect(self.accept)
        self.add_foot(KeyButton("Volver", "x", "Esc"), self.act, more)
        for kind in DEPOSITABLE:
            if wanted.get(kind):
                self.add(kind, wanted[kind])
        self._tell()
        if self.rows:
            self.rows[0].amount.setFocus()

    def add(self, tender: TenderKind, amount: Decimal | None) -> SlipRow:
        """One more slip."""
        row = SlipRow(self._accounts, tender, len(self.rows) + 1)
        row.amount.set_value(amount)
        self.rows.append(row)
        for column, field in enumerate((row.tender, row.account, row.amount)):
            self._grid.addWidget(field, len(self.rows), column)
        row.amount.amount_changed.connect(lambda _amount: self._tell())
        row.tender.currentIndexChanged.connect(lambda _index: self._tell())
        self._tell()
        return row

    def slips(self) -> tuple[Slip, ...]:
        """Those that have an amount."""
        return tuple(slip for row in self.rows if (slip := row.slip()).amount)

    def _tell(self) -> None:
        rest = missing_slips(self._wanted, self.slips())
        words = ", ".join(
            f"{'faltan' if amount > 0 else 'sobran'} {money(abs(amount))} en "
            f"{TENDER_LABELS[kind].lower()}"
            for kind, amount in rest.items()
        )
        if not self._accounts:
            words = "No hay cuentas bancarias; pida que den de alta una con «tehuacan-admin bank»."
        self.note.setText(
            f"{words[0].upper()}{words[1:].rstrip(chr(46))}."
            if words
            else "Las fichas cuadran con las sesiones."
        )
        self.act.setEnabled(not rest and bool(self.slips()) and bool(self._accounts))
