"""The right half of the tender sheet: total, words, what pays it, and the kind of receipt."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from tehuacan_comercial.domain.tendering import TENDER_LABELS
from tehuacan_comercial.services.words import in_words
from tehuacan_comercial.ui.cash.tender import Draft
from tehuacan_comercial.ui.cash.tender_view import TenderView
from tehuacan_comercial.ui.formats import figure
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import IconButton, KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card, Rule
from tehuacan_comercial.ui.widgets.text import FigureLabel, Label, Role

NO_PAPER = ""
"""Format of a receipt that is not printed now."""

FORMS: tuple[tuple[str, str], ...] = (
    ("80mm", "Recibo térmico 80 mm"),
    ("half-letter", "Media carta"),
    ("letter", "Carta"),
    (NO_PAPER, "Sin imprimir"),
)


class TenderTotal(Card):
    """Shows a draft; tells which line is taken out and that another form is wanted."""

    removed = Signal(int)
    add_requested = Signal()
    form_changed = Signal()

    def __init__(self, form: str) -> None:
        super().__init__("", raised=True)
        self.setMinimumWidth(theme().px(276))
        self.total = FigureLabel(32)
        self.total.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.words = Label("", 12, 400, "soft").wrapped()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme().px(2))
        self.add = KeyButton("&Agregar otra forma de pago", "plus", kind=Kind.LINK)
        self.add.clicked.connect(self.add_requested)
        self.body.addWidget(Label("Total a pagar", 13, 600, "soft"))
        for part in (self.total, self.words, Rule()):
            self.body.addWidget(part)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Rule())
        self.body.addWidget(Label("Comprobante", 13, 600))
        self._group, self._forms = QButtonGroup(self), dict[str, QRadioButton]()
        for name, text in FORMS:
            self._add_form(name, text, chosen=name == form)
        self.body.addStretch(1)

    def form(self) -> str:
        """The receipt's format; ``NO_PAPER`` for none."""
        return next((name for name, each in self._forms.items() if each.isChecked()), NO_PAPER)

    def choose_form(self, name: str) -> None:
        """Pick a format, as if pressed."""
        self._forms[name].setChecked(True)

    def show_draft(self, draft: Draft, view: TenderView) -> None:
        """Say total and lines."""
        self.total.set_amount(view.pay)
        self.words.setText(f"({in_words(view.pay)})")
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if view.rounding or draft.credit:
            self._say("Cargos" if draft.sale.parts else "Abono", draft.sale.total, "soft")
        if draft.credit:
            self._say("Saldo a favor", -draft.credit, "ok")
        if view.rounding:
            self._say(view.rounding_label, view.rounding, "soft")
        for at, line in enumerate(draft.added):
            self._say(TENDER_LABELS[line.kind], line.amount, remove=partial(self._remove, at))
        self._say(TENDER_LABELS[draft.current.kind], draft.current.amount)
        self._say("Falta por cubrir", view.missing, "warn" if view.missing else "")
        self.add.setEnabled(view.can_add)

    def _remove(self, at: int) -> None:
        self.removed.emit(at)

    def _say(
        self,
        caption: str,
        amount: Decimal,
        role: Role = "",
        remove: Callable[[], None] | None = None,
    ) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(caption, 13, 500 if role == "warn" else 400, role or "soft"))
        if remove is not None:
            cross = IconButton("x", f"Quitar {caption.lower()}")
            cross.clicked.connect(remove)
            row.addWidget(cross)
        value = Label(figure(amount), 13, 600, role).as_figures()
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(value, 1)
        self._lines.addWidget(holder)

    def _add_form(self, name: str, text: str, *, chosen: bool) -> None:
        radio = QRadioButton(text)
        radio.setChecked(chosen)
        radio.toggled.connect(self.form_changed)
        self._group.addButton(radio)
        self._forms[name] = radio
        self.body.addWidget(radio)
