"""Charges of an earlier run whose answer was lost: each one told with the truth (H18)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.cash import ChargeResult, LostCharge
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.widgets.answered import tell_until_answered
from tehuacan_comercial.ui.widgets.notices import NoticeAct


@dataclass(frozen=True)
class LostView:
    """A lost charge as it is told; amount in pesos."""

    lost: LostCharge
    account: str
    amount: Decimal


def read_lost(desk: Desk) -> tuple[LostView, ...]:
    """Ask the server about every charge without an answer."""
    return tuple(_view(desk, lost) for lost in desk.cash.lost_charges())


def _view(desk: Desk, lost: LostCharge) -> LostView:
    payload = lost.intent.payload
    card = desk.accounts.card(int(payload["account_id"]))
    amount = total_of(
        Decimal(each["received"]) - Decimal(each["change"]) for each in payload["tenders"]
    )
    return LostView(lost, f"cuenta {card.account_number}, {card.holder_name}", amount)


class LostCharges(QObject):
    """Notices for lost charges; ``registered`` when one is in the books in the end."""

    registered = Signal(object)

    def __init__(self, context: CashContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def look(self) -> None:
        """Ask about all of them and tell each."""
        desk = self._context.desk
        self._context.tasks.read(
            "cash.lost", lambda: read_lost(desk), self._tell_all, self._unanswered, self
        )

    def wait(self) -> None:
        """Keep in sight that a charge has no answer yet."""
        tell_until_answered(
            self._context.notices,
            "warn",
            "unplug",
            "Un cobro espera respuesta del servidor",
            "No lo cobre de nuevo ni devuelva el dinero hasta saber si quedó registrado.",
            (NoticeAct("Preguntar de nuevo", self.look, "refresh-cw"),),
        )

    def _unanswered(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        self.wait()

    def _tell_all(self, views: tuple[LostView, ...]) -> None:
        for view in views:
            self._tell(view)

    def _tell(self, view: LostView) -> None:
        charged = view.lost.charged
        if charged is not None:
            form = self._context.place.receipt_format
            paper = self._context.paper
            acts = (
                NoticeAct(
                    "Imprimir",
                    lambda: paper.original(charged.receipt_id, charged.folio, form),
                    "printer",
                ),
            )
            title = f"El cobro de {money(view.amount)} sí quedó registrado: recibo {charged.folio}"
            text = f"Es de la {view.account}. La respuesta se había perdido; no lo cobre de nuevo."
            tell_until_answered(self._context.notices, "ok", "circle-check", title, text, acts)
            return
        tell_until_answered(
            self._context.notices,
            "warn",
            "triangle-alert",
            f"Un cobro de {money(view.amount)} no quedó registrado",
            f"Es de la {view.account}. Si recibió el dinero, regístrelo ahora; si lo devolvió,"
            " descártelo.",
            (
                NoticeAct("Registrar ahora", lambda: self._register(view), "check"),
                NoticeAct("Descartar", lambda: self._discard(view), "x"),
            ),
        )

    def _register(self, view: LostView) -> None:
        cash, command_id = self._context.desk.cash, view.lost.intent.command_id

        def done(result: ChargeResult) -> None:
            self.registered.emit(result)

        self._context.tasks.write(
            lambda: cash.ask_again(command_id), done, lambda error: self._failed(error, view), self
        )

    def _discard(self, view: LostView) -> None:
        reason = prompts.ask_reason(
            self._page,
            "Descartar el cobro",
            act="Descartar",
            note=f"{money(view.amount)} de la {view.account} no se registrarán.",
        )
        if reason is None:
            self._tell(view)
            return
        cash = self._context.desk.cash
        self._context.tasks.write(
            lambda: cash.discard(view.lost.intent, reason),
            lambda _none: None,
            lambda error: self._failed(error, view),
            self,
        )

    def _failed(self, error: Exception, view: LostView) -> None:
        if not isinstance(error, Refusal):
            raise error
        if isinstance(error, TroubleRefusal):
            self._tell(view)
        message = message_for(error)
        self._context.notices.tell("danger", "circle-alert", message.title, message.text())
