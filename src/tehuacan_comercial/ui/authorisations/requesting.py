"""From a receipt to a request that somebody decides, without holding up the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.authorisations import DecisionCommand, Reason, RequestCommand
from tehuacan_comercial.domain.clarifications import TRANSFER_PAYMENT
from tehuacan_comercial.domain.custody import CLOSING_TOLERANCE, REOPEN_SESSION
from tehuacan_comercial.domain.refusals import Refusal, RuleRefusal
from tehuacan_comercial.domain.shortages import WAIVE_SHORTAGE
from tehuacan_comercial.domain.voids import VOID_RECEIPT, Paper, Refund
from tehuacan_comercial.services.authorisations import AuthorisationResult, AuthorisationRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.authorisations.on_the_spot_sheet import OnTheSpotSheet
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.tasks import Failed, Tasks
from tehuacan_comercial.ui.widgets.answered import tell_until_answered
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct, NoticeStrip

Choice = tuple[str, str, tuple[tuple[str, str], ...]]

Spot = Callable[[str, str, DecisionCommand], AuthorisationResult]
"""Decides under the user and password given, on a connection of its own."""

PAPER_CHOICE = (
    "paper",
    "&Recibo en papel",
    (
        (Paper.IN_HAND.value, "Lo tengo en la mano y queda en el expediente"),
        (Paper.NEVER_PRINTED.value, "Nunca salió de la impresora"),
    ),
)
REFUND_CHOICE = (
    "refund",
    "&Devolución",
    (
        (Refund.PAYABLE.value, "Queda por pagar en la oficina"),
        (Refund.DRAWER.value, "En efectivo, de mi caja de hoy"),
    ),
)


@dataclass(frozen=True)
class _Wish:
    """What is asked for, and what the button that sends it says."""

    kind: str
    subject_id: int
    options: Mapping[str, Any]
    act: str


def _choices(wish: _Wish, facts: Mapping[str, Any]) -> tuple[Choice, ...]:
    if wish.kind != VOID_RECEIPT:
        return ()
    reversal = facts["terms"]["kind"] == "reversal"
    return (PAPER_CHOICE, REFUND_CHOICE) if reversal else (PAPER_CHOICE,)


@dataclass(frozen=True)
class _Ready:
    """What the sheet needs, read in one go."""

    facts: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    choices: tuple[Choice, ...] = ()


class Requesting(QObject):
    """Opens the sheets over ``window``; ``spot`` decides at this very station."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        notices: NoticeStrip,
        spot: Spot,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._bus, self._notices, self._spot = bus, notices, spot
        self._reading = False
        self._sent: dict[int, InlineNotice] = {}

    def void_receipt(self, receipt_id: int) -> None:
        """Ask to void a receipt: read its facts and the reasons, then show the sheet."""
        options = {"paper": Paper.IN_HAND.value, "refund": Refund.PAYABLE.value}
        self._open(_Wish(VOID_RECEIPT, receipt_id, options, "Solicitar cancelación"))

    def closing_difference(self, session_id: int) -> None:
        """Ask to close a session with the difference of its last signed count (H7)."""
        self._open(_Wish(CLOSING_TOLERANCE, session_id, {}, "Solicitar autorización"))

    def reopen_session(self, session_id: int) -> None:
        """Ask to open a closed session again, to be counted anew."""
        self._open(_Wish(REOPEN_SESSION, session_id, {}, "Solicitar reapertura"))

    def waive_shortage(self, session_id: int) -> None:
        """Ask that what is still owed of a session's shortage be condoned (H20)."""
        self._open(_Wish(WAIVE_SHORTAGE, session_id, {}, "Solicitar condonación"))

    def transfer_payment(self, receipt_id: int, number: str = "") -> None:
        """Ask to move a payment: which account it was meant for, its facts, then the sheet.

        ``number`` is the account that is proposed. What was typed stays when it is refused.
        """
        if self._reading:
            return
        typed = prompts.ask_text(
            self._window,
            "Traspasar el pago a otra cuenta",
            "&Cuenta a la que debe ir",
            act="Continuar",
            check=lambda text: "" if text else "Escriba el número de cuenta.",
            note="El dinero no sale de la caja; se corrige a qué cuenta se aplica.",
            text=number,
        )
        if typed is None:
            return
        accounts = self._desk.accounts

        def wish() -> _Wish:
            options = {"to_account": accounts.by_number(typed)}
            return _Wish(TRANSFER_PAYMENT, receipt_id, options, "Solicitar traspaso")

        def refused(error: Exception) -> None:
            self._refused(error)
            if isinstance(error, RuleRefusal):
                self.transfer_payment(receipt_id, typed)

        self._read(wish, refused)

    def _open(self, wish: _Wish) -> None:
        self._read(lambda: wish, self._refused)

    def _read(self, make: Callable[[], _Wish], refused: Failed) -> None:
        """Make the wish off the window's thread, read what its sheet needs, and show it."""
        if self._reading:
            return
        self._reading = True
        service = self._desk.authorisations

        def read() -> tuple[_Wish, _Ready]:
            wish = make()
            facts = service.preview(wish.kind, wish.subject_id, wish.options)
            return wish, _Ready(facts, service.reasons(wish.kind), _choices(wish, facts))

        def show(found: tuple[_Wish, _Ready]) -> None:
            self._reading = False
            self._ask(*found)

        self._tasks.read("authorisations.preview", read, show, refused, self)

    def on_the_spot(self, authorisation_id: int) -> None:
        """Have somebody who may decide sign in here, over the session that is open."""
        service = self._desk.authorisations

        def show(row: AuthorisationRow | None) -> None:
            if row is None or row.state != "requested":
                self._bus.committed(Changes(topics=frozenset({"authorisation"})))
                return
            sheet = OnTheSpotSheet(self._window, row, self._decide)
            prompts.run(sheet)
            if sheet.outcome is not None:
                self._bus.committed(sheet.outcome.changes)

        self._tasks.read(
            "authorisations.one", lambda: service.one(authorisation_id), show, self._refused, self
        )

    def withdraw(self, authorisation_id: int) -> None:
        """Take one's own request back."""
        service = self._desk.authorisations
        self._tasks.write(
            lambda: service.withdraw(authorisation_id),
            lambda result: self._bus.committed(result.changes),
            self._refused,
            self,
        )

    def _ask(self, wish: _Wish, ready: _Ready) -> None:
        service, tasks = self._desk.authorisations, self._tasks

        def send(
            command: RequestCommand, done: Callable[[AuthorisationResult], None], failed: Failed
        ) -> None:
            tasks.write(lambda: service.request(command), done, failed, self)

        def preview(
            chosen: Mapping[str, Any], done: Callable[[Mapping[str, Any]], None], failed: Failed
        ) -> None:
            tasks.read(
                "authorisations.preview",
                lambda: service.preview(wish.kind, wish.subject_id, chosen),
                done,
                failed,
                self,
            )

        sheet = RequestSheet(
            self._window,
            wish.kind,
            wish.subject_id,
            ready.facts,
            ready.reasons,
            wish.options,
            send=send,
            preview=preview,
            choices=ready.choices,
            act=wish.act,
        )
        prompts.run(sheet)
        if sheet.outcome is not None:
            self._tell(sheet.outcome, str(ready.facts["title"]))

    def _tell(self, result: AuthorisationResult, title: str) -> None:
        asked = result.decided.authorisation_id
        self._bus.committed(result.changes)
        self._sent[asked] = tell_until_answered(
            self._notices,
            "info",
            "hourglass",
            f"Solicitud enviada: {title}",
            "Puede seguir cobrando; la respuesta aparece aquí.",
            (
                NoticeAct("Autorizar aquí", lambda: self.on_the_spot(asked), "shield-check"),
                NoticeAct("Retirar", lambda: self.withdraw(asked), "undo-2"),
            ),
        )

        self._sent[asked].closed.connect(lambda: self._sent.pop(asked, None))

    def put_away(self, authorisation_id: int) -> None:
        """The request was answered: its notice has said what it had to."""
        notice = self._sent.pop(authorisation_id, None)
        if notice is not None:
            notice.dismiss()

    def _decide(
        self,
        user: str,
        password: str,
        command: DecisionCommand,
        done: Callable[[AuthorisationResult], None],
        failed: Failed,
    ) -> None:
        self._tasks.write(lambda: self._spot(user, password, command), done, failed, self)

    def _refused(self, error: Exception) -> None:
        self._reading = False
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._window, error)
