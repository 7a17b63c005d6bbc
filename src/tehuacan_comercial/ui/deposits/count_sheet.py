"""Count what is in the bag of a batch: nothing on it tells what should be there (H4)."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton, PrimaryButton
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

PROOFS = (
    (TenderKind.CARD, "&Tarjeta: suma de los vouchers"),
    (TenderKind.TRANSFER, "T&ransferencias: suma de los comprobantes"),
    (TenderKind.CHEQUE, "C&heques: suma"),
)


class BatchCountSheet(ShadeDialog):
    """Pieces of cash, and pesos of everything else."""

    def __init__(self, parent: QWidget, batch_id: int) -> None:
        super().__init__(
            parent,
            f"Arqueo del lote {batch_id}",
            "Cuente la bolsa completa; el fondo se queda en las cajas.",
            width=860,
        )
        row, side = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(theme().px(24))
        self.grid = DenominationGrid()
        self.proofs = {kind: FormField(label, AmountEdit()) for kind, label in PROOFS}
        for field in self.proofs.values():
            side.addWidget(field)
        side.addStretch(1)
        row.addWidget(self.grid, 3)
        row.addLayout(side, 2)
        self.body.addLayout(row)
        sign = PrimaryButton("Firmar el arqueo", "check", "Enter")
        sign.clicked.connect(self.accept)
        self.add_foot(KeyButton("Volver", "x", "Esc"), sign)
        self.grid.finished.connect(lambda: self.proofs[TenderKind.CARD].field.setFocus())
        self.grid.focus_first()

    def pieces(self) -> dict[Decimal, int]:
        """Pieces by value in pesos: the note and the coin of 20 are the same money."""
        found: dict[Decimal, int] = {}
        for piece, number in self.grid.counts().items():
            if number:
                found[piece.value] = found.get(piece.value, 0) + number
        return found

    def counted(self) -> dict[TenderKind, Decimal]:
        """Pesos of what is not cash."""
        return {kind: field.field.value() for kind, field in self.proofs.items()}
