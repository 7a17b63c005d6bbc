"""The tender sheet (*Cobrar*): stays open while the charge is sent, and until its end is known."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tehuacan_comercial.domain.cash import ChargeCommand
from tehuacan_comercial.domain.refusals import Refusal, ResultUnknown, TroubleRefusal
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.cash import ChargeResult
from tehuacan_comercial.ui.cash import tender
from tehuacan_comercial.ui.cash.tender import Draft, Sale
from tehuacan_comercial.ui.cash.tender_entry import TenderEntry
from tehuacan_comercial.ui.cash.tender_total import NO_PAPER, TenderTotal
from tehuacan_comercial.ui.cash.tender_view import view_of
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.scanner import set_dead
from tehuacan_comercial.ui.tasks import Failed
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.notices import InlineNotice, announce
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog

Done = Callable[[ChargeResult], None]
HEIGHT = 440
"""Height of the sheet's halves at 100 %, so that it does not jump while one types."""
log = logging.getLogger(__name__)


class Sender(Protocol):
    """Posts a charge off the window's thread and answers on it."""

    def send(self, command: ChargeCommand, done: Done, failed: Failed) -> None:
        """Post it, once, whatever happens to the line."""

    def ask_again(self, command_id: str, done: Done, failed: Failed) -> None:
        """Ask what became of it, with the same UUID."""


@dataclass(frozen=True)
class Outcome:
    """How the sheet ended: the charge and its receipt's format, or a charge left in doubt."""

    result: ChargeResult | None
    form: str
    in_doubt: bool = False


class TenderSheet(ShadeDialog):
    """Gathers forms of payment for a frozen sale and registers it once. ``outcome`` tells."""

    def __init__(self, parent: QWidget, sender: Sender, form: str) -> None:
        super().__init__(parent, "Cobrar", width=800)
        set_dead(self)
        self.draft: Draft
        self.outcome = Outcome(None, form)
        self._sender, self._sending, self._in_doubt = sender, False, False
        self.notice: InlineNotice | None = None
        self.entry, self.side = TenderEntry(), TenderTotal(form)
        row = QHBoxLayout()
        row.setSpacing(theme().px(22))
        row.addWidget(self.entry, 3)
        row.addWidget(self.side, 2)
        self.side.setMinimumHeight(theme().px(HEIGHT))
        self.body.addLayout(row)
        self.leave = KeyButton("Cancelar", "x", "Esc")
        self.register = PrimaryButton("Registrar e imprimir", "printer", "Enter")
        self.later = KeyButton("Dejar pendiente", "pause", kind=Kind.PLAIN)
        self.later.hide()
        self.add_foot(self.leave, self.register, self.later)
        self._connect()

    def begin(self, sale: Sale) -> None:
        """Take the one sale that this sheet is for; before that it can only be made ready."""
        count = sale.lines
        what = f"{count} {'renglón' if count == 1 else 'renglones'}" if count else "pago adelantado"
        self.set_subtitle(f"Cuenta {sale.account_number} · {sale.holder} · {what}")
        self.entry.allow(sale.allowed)
        self._show(tender.start(sale))
        self.entry.focus_amount()

    def _connect(self) -> None:
        entry = self.entry
        entry.kind_chosen.connect(self._choose_kind)
        entry.amount_typed.connect(
            lambda amount: self._show(tender.with_amount(self.draft, amount))
        )
        entry.proof_typed.connect(
            lambda reference, bank: self._show(tender.with_proof(self.draft, reference, bank))
        )
        entry.credit_toggled.connect(
            lambda used: self._show(tender.with_credit(self.draft, used=used))
        )
        entry.advanced.connect(self._advance)
        self.side.removed.connect(lambda at: self._show(tender.remove(self.draft, at)))
        self.side.add_requested.connect(self._add_line)
        self.side.form_changed.connect(self._name_button)
        self.register.clicked.connect(self._register)
        self.later.clicked.connect(self._leave_in_doubt)

    # --- what the person does ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next thing that is missing; the button itself registers."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not self._sending:
                self._advance()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave, unless the charge is under way or its end is not known."""
        if not self._sending and not self._in_doubt:
            super().reject()

    def _choose_kind(self, name: str) -> None:
        changed = tender.choose(self.draft, TenderKind(name))
        if changed is not self.draft:
            self._show(changed)
            self.entry.focus_amount()

    def _add_line(self) -> None:
        self._show(tender.add_line(self.draft))
        self.entry.focus_amount()

    def _advance(self) -> None:
        field = self.entry.next_field()
        if self.register.isEnabled() and (field is None or self.draft.is_complete()):
            self.register.setFocus(Qt.FocusReason.OtherFocusReason)
        elif field is not None and not self.draft.exceeds() and self.draft.current.amount:
            field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entry.focus_amount()

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        view = view_of(draft)
        self.entry.show_draft(draft, view)
        self.side.show_draft(draft, view)
        self.register.setEnabled(view.complete and not self._sending)
        self._fit_soon()

    def _fit_soon(self) -> None:
        """Fit once the fields that came or went have told their size."""
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)

    def _name_button(self) -> None:
        prints = self.side.form() != NO_PAPER
        self.register.setText("Registrar e imprimir" if prints else "Registrar")
        self.register.set_icon_name("printer" if prints else "check")

    # --- sending ---

    def _register(self) -> None:
        if self._sending:
            return
        if self._in_doubt:
            self._hold()
            command_id = str(self.draft.sale.command_id)
            self._sender.ask_again(command_id, self._registered, self._failed)
        elif self.draft.is_complete():
            self._hold()
            self._sender.send(self.draft.command(), self._registered, self._failed)

    def _hold(self) -> None:
        self._sending = True
        self._tell(None)
        self.set_busy("Registrando…" if not self._in_doubt else "Preguntando…")
        for part in (self.entry, self.side, self.leave, self.later):
            part.setEnabled(False)
        announce(self, "Registrando el cobro")

    def _registered(self, result: ChargeResult) -> None:
        self.set_busy("")
        self.outcome = Outcome(result, self.side.form())
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._sending = False
        self.set_busy("")
        known = isinstance(error, Refusal) and not isinstance(error, ResultUnknown)
        if not isinstance(error, Refusal):
            log.error("a charge ended in a fault of the program", exc_info=error)
        # A refusal while in doubt came from PostgreSQL about this UUID, so it settles the doubt;
        # trouble does not.
        self._in_doubt = not known or (self._in_doubt and isinstance(error, TroubleRefusal))
        if self._in_doubt:
            self._say_in_doubt()
        elif isinstance(error, Refusal):
            self._say_refused(error)

    def _say_in_doubt(self) -> None:
        message = message_for(ResultUnknown())
        self._tell(InlineNotice("warn", "unplug", message.title, message.text(), closable=False))
        self.register.setText("Preguntar de nuevo")
        self.register.set_icon_name("refresh-cw")
        self.register.setEnabled(True)
        self.later.show()
        self.later.setEnabled(True)
        self.register.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_refused(self, refusal: Refusal) -> None:
        message = message_for(refusal)
        self._tell(
            InlineNotice("danger", "circle-alert", message.title, message.text(), closable=False)
        )
        for part in (self.entry, self.side, self.leave):
            part.setEnabled(True)
        self.later.hide()
        self._name_button()
        if isinstance(refusal, TroubleRefusal):
            self.register.setText("Reintentar")
            self.register.set_icon_name("refresh-cw")
        self._show(self.draft)
        self.register.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_in_doubt(self) -> None:
        self._in_doubt = False
        self.outcome = Outcome(None, self.side.form(), in_doubt=True)
        super().reject()

    def _tell(self, notice: InlineNotice | None) -> None:
        if self.notice is not None:
            self.notice.hide()
            self.notice.deleteLater()
        self.notice = notice
        if notice is not None:
            self.body.insertWidget(0, notice)
            announce(self, notice.accessibleName())
        self._fit_soon()
