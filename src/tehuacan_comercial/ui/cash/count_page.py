"""The inner tab *Corte y arqueo*: the blind count, from its beginning to its signature."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from tehuacan_comercial.domain.lifecycles import CashSessionState
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.ui.cash.closing_card import ClosingCard
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.cash.counting import SignedCount
from tehuacan_comercial.ui.formats import moment
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField

PROOFS = (
    ("card", "&Tarjeta: suma de los vouchers"),
    ("transfer", "T&ransferencias: suma de los comprobantes"),
    ("cheque", "&Cheques: suma"),
)


HEAD = 24
"""Pixels at 100 % of the heads of both cards, so that they stand in one line."""
TOPICS = frozenset({"session", "custody", "authorisation", "payment", "everything"})


class CountPage(QWidget):
    """Nothing on it tells what the system expects (H4)."""

    begin_requested = Signal()
    resume_requested = Signal()
    sign_requested = Signal(object)
    resolve_requested = Signal(object, object)
    interim_requested = Signal()

    def __init__(self, context: CashContext) -> None:
        super().__init__()
        self.closing, self.obstacles = ClosingCard(context), ClosingCard(context, quiet=True)
        for card in (self.closing, self.obstacles):
            card.resolve.connect(self.resolve_requested)
        self._fresh = context.bus.subscribe(self, _concerns, self.reload)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        column.addWidget(self._pages)
        self.start = EmptyState("calculator", "", "", "Empezar el arqueo", "Ctrl+Shift+K")
        self.start.button.clicked.connect(self.begin_requested)
        self.closing.judged.connect(self._weigh_start)
        start_card = Card()
        start_card.body.addWidget(self.start)
        self._pages.addWidget(self._make_start(start_card))
        self._pages.addWidget(self._make_form())
        self.show_session(None)

    def show_session(self, session: SessionRow | None) -> None:
        """Bring the page to the session."""
        counting = session is not None and session.state == CashSessionState.COUNTING
        self._pages.setCurrentIndex(1 if counting else 0)
        for card in (self.closing, self.obstacles):
            card.show_session(session)
        self.closing.setVisible(session is not None)
        self.interim.setVisible(session is not None)
        self._fresh.mark()
        self.start.button.setVisible(session is not None)
        if session is None:
            self.start.say("calculator", "No hay sesión abierta", "Abra la caja para cobrar.")
            self._clear()
            return
        opened = f"Sesión {session.folio} · abierta {moment(session.opened_at)}"
        self.start.say(
            "calculator",
            "Corte y arqueo",
            f"{opened}\nAl empezar se detienen los cobros. Cuente sin ver el total esperado;"
            "\nlas diferencias se muestran después de firmar.",
        )
        self.session_label.setText(opened)

    def count(self) -> SignedCount:
        """What is declared so far."""
        values = {name: field.field.value() for name, field in self.proofs.items()}
        return SignedCount(
            self.grid.pieces(),
            self.grid.total(),
            values["card"],
            values["transfer"],
            values["cheque"],
            self.note.text().strip(),
        )

    def focus_count(self) -> None:
        """Start at the largest note."""
        self.grid.focus_first()

    def set_busy(self, text: str) -> None:
        """Hold the page while the count is signed; nothing typed is lost."""
        self.sign.set_busy(text)
        self.resume.setEnabled(not text)

    def clear_count(self) -> None:
        """Begin again for a second count, which looks at nothing of the first."""
        self._clear()
        self.focus_count()

    def reload(self) -> None:
        """Ask again what is in the way."""
        shown = self.obstacles if self._pages.currentIndex() else self.closing
        shown.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """A sheet that came out of a printer tells nobody; look again."""
        super().showEvent(event)
        self.reload()

    def _weigh_start(self, free: bool) -> None:
        """The count is the next act as long as nothing must be resolved first."""
        self.start.button.set_kind(Kind.PRIMARY if free else Kind.PLAIN)

    def _make_start(self, start: Card) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(14))
        self.interim = KeyButton("Corte parcial &X", "printer", kind=Kind.LINK)
        self.interim.clicked.connect(self.interim_requested)
        self.closing.add_tool(self.interim)
        row.addWidget(start, 1)
        row.addWidget(self.closing, 1)
        return page

    def _clear(self) -> None:
        self.grid.set_counts({})
        for field in self.proofs.values():
            field.field.set_value(None)
        self.note.clear()

    def _make_form(self) -> QWidget:
        page, row = QWidget(), QHBoxLayout()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        column.addWidget(self.obstacles)
        row.setSpacing(theme().px(14))
        row.addWidget(self._make_cash(), 3)
        row.addWidget(self._make_others(), 2)
        column.addLayout(row, 1)
        return page

    def _make_cash(self) -> Card:
        card = Card("Efectivo por denominación")
        card.title.setMinimumHeight(theme().px(HEAD))
        self.session_label = card.note
        self.grid = DenominationGrid()
        card.body.addWidget(self.grid)
        card.body.addStretch(1)
        return card

    def _make_others(self) -> Card:
        card = Card("Otras formas de pago")
        self.proofs: dict[str, FormField[AmountEdit]] = {}
        for name, label in PROOFS:
            self.proofs[name] = FormField(label, AmountEdit())
            card.body.addWidget(self.proofs[name])
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        card.body.addWidget(FormField("N&ota del corte (opcional)", self.note))
        card.body.addStretch(1)
        self.sign = PrimaryButton("Firmar y cerrar la caja", "pen-line", "", tall=True)
        self.sign.clicked.connect(lambda: self.sign_requested.emit(self.count()))
        self.sign.setToolTip("Cierra la sesión y muestra esperado, declarado y diferencia.")
        self.resume = KeyButton("&Volver a cobrar", "undo-2", kind=Kind.LINK)
        self.resume.clicked.connect(self.resume_requested)
        self.resume.setFixedHeight(theme().px(HEAD))
        card.add_tool(self.resume)
        card.body.addWidget(self.sign)
        self.grid.finished.connect(self._leave_grid)
        return card

    def _leave_grid(self) -> None:
        self.proofs["card"].field.setFocus(Qt.FocusReason.TabFocusReason)


def _concerns(changes: Changes) -> bool:
    return bool(changes.topics & TOPICS)
