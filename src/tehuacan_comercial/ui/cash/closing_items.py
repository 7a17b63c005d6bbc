"""*¿Puedo cerrar?* as a value: what is in the way, and the button that resolves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tehuacan_comercial.domain.lifecycles import CashSessionState
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.custody import BlockerRow
from tehuacan_comercial.ui.formats import day, money
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill


class Way(StrEnum):
    """Where a button leads."""

    DELIVERY = "delivery"
    HANDOVER = "handover"
    HELD = "held"
    DECIDE = "decide"
    WITHDRAW = "withdraw"
    PAPER = "paper"
    LOST = "lost"
    COUNT = "count"
    RESUME = "resume"
    ASK = "ask"
    FINISH = "finish"
    RECOUNT = "recount"
    NONE = "none"


_OF_THE_COUNT = frozenset({Way.ASK, Way.FINISH, Way.RECOUNT})
"""What goes on with the count itself comes before what only waits."""


@dataclass(frozen=True)
class ClosingItem:
    """One thing in the way; ``blocking`` refuses the close, the rest reminds.

    ``also`` is a second way out of the same subject, with its button.
    """

    blocking: bool
    icon: str
    title: str
    text: str
    act: str = ""
    way: Way = Way.NONE
    subject: int = 0
    also: str = ""
    also_way: Way = Way.NONE

    @property
    def ways(self) -> tuple[tuple[str, Way], ...]:
        """Its buttons: words and where they lead."""
        found = ((self.act, self.way), (self.also, self.also_way))
        return tuple(each for each in found if each[1] is not Way.NONE)

    @property
    def tone(self) -> Tone:
        """Red stops, amber warns."""
        return "danger" if self.blocking else "warn"


def closing_items(
    session: SessionRow, rows: Sequence[BlockerRow], unanswered: int, today: date
) -> tuple[ClosingItem, ...]:
    """What blocks first; ``unanswered`` are charges of this station without an answer."""
    counting = session.state == CashSessionState.COUNTING
    found = [_item(row, counting=counting) for row in rows]
    if unanswered:
        found.append(_unanswered(unanswered))
    if session.business_date != today:
        found.append(_of_another_day(session, counting=counting))
    return tuple(sorted(found, key=lambda item: (not item.blocking, item.way not in _OF_THE_COUNT)))


def closing_verdict(items: Sequence[ClosingItem]) -> Pill:
    """The answer to the question."""
    blocking = sum(item.blocking for item in items)
    if blocking:
        return Pill("Todavía no", "danger", "circle-x")
    if items:
        return Pill("Sí, con pendientes", "warn", "triangle-alert")
    return Pill("Sí", "ok", "circle-check")


def _delivery(row: BlockerRow, *, counting: bool) -> ClosingItem:  # noqa: ARG001
    return ClosingItem(
        row.blocking,
        "hourglass",
        f"La entrega {row.subject} está en tránsito",
        f"Otra persona recibe o rechaza {_pesos(row.facts)}, o usted los regresa a su caja.",
        "Ver la entrega",
        Way.DELIVERY,
        int(row.facts.get("withdrawal_id", 0)),
    )


def _held(row: BlockerRow, *, counting: bool) -> ClosingItem:
    return ClosingItem(
        row.blocking,
        "hourglass",
        f"Cobro en espera: {row.subject}",
        "Al firmar se descarta; sus cargos siguen pendientes en la cuenta.",
        "Volver a cobrar" if counting else "Recuperar",
        Way.RESUME if counting else Way.HELD,
        int(row.facts.get("held_sale_id", 0)),
    )


def _void(row: BlockerRow, *, counting: bool) -> ClosingItem:  # noqa: ARG001
    return ClosingItem(
        row.blocking,
        "circle-x",
        f"La cancelación del recibo {row.subject} espera respuesta",
        "Después del corte se vuelve a pedir, como reverso.",
        "Autorizar aquí",
        Way.DECIDE,
        int(row.facts.get("authorisation_id", 0)),
        "Retirar",
        Way.WITHDRAW,
    )


def _authorisation(row: BlockerRow, *, counting: bool) -> ClosingItem:  # noqa: ARG001
    return ClosingItem(
        row.blocking,
        "hourglass",
        f"Espera respuesta: {row.subject}",
        "No cambia lo que hay en la caja; se puede resolver después del corte.",
        "Autorizar aquí",
        Way.DECIDE,
        int(row.facts.get("authorisation_id", 0)),
        "Retirar",
        Way.WITHDRAW,
    )


def _paper(row: BlockerRow, *, counting: bool) -> ClosingItem:  # noqa: ARG001
    number = int(row.facts.get("receipts", 1))
    return ClosingItem(
        row.blocking,
        "printer",
        f"El recibo {row.subject} no se ha impreso"
        if number == 1
        else f"{number} recibos no se han impreso; el primero es {row.subject}",
        "El cobro está registrado. Imprímalo si el usuario espera su papel.",
        "Ver el recibo",
        Way.PAPER,
        int(row.facts.get("receipt_id", 0)),
    )


def _handover(row: BlockerRow, *, counting: bool) -> ClosingItem:  # noqa: ARG001
    mine = row.facts.get("direction") == "out"
    return ClosingItem(
        row.blocking,
        "hourglass",
        f"El relevo {row.subject} está en tránsito",
        "Quien recibe responde cada renglón, o usted lo regresa a su caja."
        if mine
        else "Usted debe aceptar o rechazar cada renglón.",
        "Ver el relevo",
        Way.HANDOVER,
    )


def _recount(row: BlockerRow, *, counting: bool) -> ClosingItem:  # noqa: ARG001
    return ClosingItem(
        row.blocking,
        "calculator",
        "Falta el segundo conteo",
        "El primero quedó firmado y pasa de la tolerancia de la oficina.",
    )


def _difference(row: BlockerRow, *, counting: bool) -> ClosingItem:  # noqa: ARG001
    """Where the permission stands and what follows from it; the window closes when it is there."""
    permit = row.facts.get("authorisation") or {}
    number = int(permit.get("authorisation_id", 0))
    session = int(row.facts.get("session_id", 0))
    state = str(permit.get("state", ""))
    if state == "requested":
        return ClosingItem(
            row.blocking, "hourglass", "La diferencia espera autorización",
            "En cuanto la autoricen, la caja se cierra sola con el conteo firmado.",
            "Autorizar aquí", Way.DECIDE, number, "Retirar", Way.WITHDRAW,
        )  # fmt: skip
    if state == "approved":
        return ClosingItem(
            row.blocking, "circle-check", "La diferencia está autorizada",
            "La caja se cierra con el conteo que ya firmó.",
            "Cerrar la caja", Way.FINISH, session,
        )  # fmt: skip
    if state == "denied":
        why = f" {permit.get('by', '')}: {permit.get('note', '')}." if permit.get("note") else ""
        return ClosingItem(
            row.blocking, "circle-x", "No autorizaron la diferencia: cuente otra vez",
            f"Revise también vouchers y cheques, y firme un conteo nuevo.{why}",
            "Contar otra vez", Way.RECOUNT, session,
        )  # fmt: skip
    return ClosingItem(
        row.blocking, "triangle-alert", "Los conteos pasan de la tolerancia",
        "Otra persona debe autorizar el cierre con diferencia.",
        "Solicitar autorización", Way.ASK, session,
    )  # fmt: skip


_ITEMS: Mapping[str, Callable[..., ClosingItem]] = {
    "withdrawal_in_transit": _delivery,
    "held_sale": _held,
    "void_pending": _void,
    "authorisation_pending": _authorisation,
    "paper_unprinted": _paper,
    "handover_in_transit": _handover,
    "recount": _recount,
    "difference": _difference,
}


def _item(row: BlockerRow, *, counting: bool) -> ClosingItem:
    known = _ITEMS.get(row.code)
    if known is not None:
        return known(row, counting=counting)
    return ClosingItem(row.blocking, "triangle-alert", f"Falta resolver {row.subject}", "")


def _unanswered(number: int) -> ClosingItem:
    words = "1 cobro espera" if number == 1 else f"{number} cobros esperan"
    return ClosingItem(
        False,
        "unplug",
        f"{words} respuesta del servidor",
        "Pregunte antes de contar: si quedó registrado, su efectivo cuenta.",
        "Preguntar",
        Way.LOST,
    )


def _of_another_day(session: SessionRow, *, counting: bool) -> ClosingItem:
    return ClosingItem(
        False,
        "calendar",
        f"La sesión es del {day(session.business_date)}",
        "Ya no recibe cobros. Cuente y ciérrela para abrir la de hoy.",
        "" if counting else "Empezar el arqueo",
        Way.NONE if counting else Way.COUNT,
    )


def _pesos(facts: Mapping[str, Any]) -> str:
    return money(Decimal(str(facts.get("amount", 0))))
