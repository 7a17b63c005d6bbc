"""The left half of the tender sheet: form of payment, amount, quick amounts, proof, change."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.ui.cash.change_panel import ChangePanel
from tehuacan_comercial.ui.cash.proofs import PROOFS, bank_problem, reference_problem
from tehuacan_comercial.ui.cash.tender import KINDS, Draft
from tehuacan_comercial.ui.cash.tender_view import TenderView
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.segmented import Segment, Segmented

ICONS = {
    TenderKind.CASH: "banknote",
    TenderKind.CARD: "credit-card",
    TenderKind.TRANSFER: "arrow-right-left",
    TenderKind.CHEQUE: "landmark",
}
KEYS = {kind: f"F{number}" for number, kind in enumerate(KINDS, 2)}
QUICK = 6


class TenderEntry(QWidget):
    """Tells what the person does; shows a draft. Decides nothing."""

    kind_chosen = Signal(str)
    amount_typed = Signal(object)
    proof_typed = Signal(str, str)
    credit_toggled = Signal(bool)
    advanced = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        self.kinds = _make_kinds()
        self.kinds.chosen.connect(self.kind_chosen)
        self.amount = AmountEdit(large=True)
        self.amount.amount_changed.connect(self._tell_amount)
        self.amount_field: FormField[AmountEdit] = FormField("&Recibido en efectivo", self.amount)
        self.credit = QCheckBox()
        self.credit.toggled.connect(self._tell_credit)
        self.change = ChangePanel()
        column.addWidget(self.kinds)
        column.addWidget(self.amount_field)
        column.addLayout(self._make_quick())
        column.addLayout(self._make_proof())
        column.addWidget(self.credit)
        column.addWidget(self.change)
        column.addStretch(1)

    def allow(self, allowed: tuple[TenderKind, ...]) -> None:
        """Only these forms can be chosen."""
        for kind in KINDS:
            self.kinds.set_allowed(kind.value, kind in allowed)

    def show_draft(self, draft: Draft, view: TenderView) -> None:
        """Bring everything up to the draft, leaving a field alone while it says the same."""
        self._showing = True
        kind = draft.current.kind
        self.kinds.choose(kind.value)
        if self.amount.value() != draft.current.amount:
            self.amount.set_value(draft.current.amount)
        self.amount_field.label.setText(view.amount_label)
        self.amount.setAccessibleName(view.amount_label.replace("&", ""))
        self.amount_field.complain(view.amount_problem)
        self._show_quick(draft.current.amount, view.quick)
        self._show_proof(draft)
        self._show_credit(draft)
        self._show_change(view, kind)
        self._showing = False

    def next_field(self) -> QWidget | None:
        """The first field that still lacks something, after the amount; None when all is told."""
        kind = TenderKind(self.kinds.current())
        if reference_problem(kind, self.reference.text()):
            return self.reference
        return self.bank if bank_problem(kind, self.bank.text()) else None

    def focus_amount(self) -> None:
        """Start typing an amount."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()

    # --- building ---

    def _make_quick(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px(8))
        self.quick = [KeyButton("") for _ in range(QUICK)]
        self._quick_amounts: tuple[Decimal, ...] = ()
        for at, button in enumerate(self.quick):
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, at=at: self._take_quick(at))
            grid.addWidget(button, at // 3, at % 3)
        return grid

    def _make_proof(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        self.reference, self.bank = QLineEdit(), QLineEdit()
        self.reference_field: FormField[QLineEdit] = FormField(
            "Re&ferencia",
            self.reference,
            check=lambda: reference_problem(self._kind(), self.reference.text()),
        )
        self.bank_field: FormField[QLineEdit] = FormField(
            "&Banco", self.bank, check=lambda: bank_problem(self._kind(), self.bank.text())
        )
        for edit in (self.reference, self.bank):
            edit.textEdited.connect(self._tell_proof)
        for field in (self.reference_field, self.bank_field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _kind(self) -> TenderKind:
        return TenderKind(self.kinds.current())

    # --- showing ---

    def _show_quick(self, amount: Decimal, quick: tuple[Decimal, ...]) -> None:
        self._quick_amounts = quick
        for at, button in enumerate(self.quick):
            button.setVisible(at < len(quick))
            if at < len(quick):
                text = money(quick[at]).removesuffix(".00")
                button.setText(text if at else f"Exacto  {text}")
                button.setChecked(quick[at] == amount)

    def _show_proof(self, draft: Draft) -> None:
        line, fields = draft.current, PROOFS[draft.current.kind]
        self.reference_field.setVisible(bool(fields.reference))
        self.bank_field.setVisible(bool(fields.bank))
        self.reference_field.label.setText(f"{fields.reference} (obligatorio)")
        need = " (obligatorio)" if fields.bank_required else ""
        self.bank_field.label.setText(f"{fields.bank}{need}")
        self.reference.setPlaceholderText(fields.example)
        self.reference.setAccessibleName(fields.reference)
        self.bank.setAccessibleName(fields.bank)
        for edit, text, field in (
            (self.reference, line.reference, self.reference_field),
            (self.bank, line.bank, self.bank_field),
        ):
            if edit.text() != text:
                edit.setText(text)
                field.complain("")

    def _show_credit(self, draft: Draft) -> None:
        usable = draft.sale.usable_credit
        offered = usable > 0 and TenderKind.CREDIT in draft.sale.allowed
        self.credit.setVisible(offered)
        self.credit.setText(f"Aplicar {money(usable)} de &saldo a favor")
        self.credit.setChecked(draft.use_credit)

    def _show_change(self, view: TenderView, kind: TenderKind) -> None:
        if view.missing:
            self.change.show_missing(
                view.missing, "Agregue otra forma de pago o escriba una cantidad mayor."
            )
        elif view.change or kind is TenderKind.CASH:
            self.change.show_change(view.change, view.pieces)
        else:
            name = TENDER_LABELS[kind].lower()
            self.change.show_change(view.change, f"El pago con {name} no da cambio.")

    # --- telling ---

    def _tell_amount(self, amount: Decimal) -> None:
        if not self._showing:
            self.amount_typed.emit(amount)

    def _tell_proof(self) -> None:
        if not self._showing:
            self.proof_typed.emit(self.reference.text(), self.bank.text())

    def _tell_credit(self, used: bool) -> None:
        if not self._showing:
            self.credit_toggled.emit(used)

    def _take_quick(self, at: int) -> None:
        self.amount_typed.emit(self._quick_amounts[at])
        self.advanced.emit()


def _make_kinds() -> Segmented:
    segments = [Segment(kind.value, TENDER_LABELS[kind], ICONS[kind], KEYS[kind]) for kind in KINDS]
    return Segmented(segments, "Forma de pago")
