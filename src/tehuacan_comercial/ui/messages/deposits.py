"""From the drawers to the bank."""

from __future__ import annotations

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages.message import Message, Phrase

_WHAT = {"count": "lo contado", "slips": "las fichas"}


def _tender(code: str) -> str:
    try:
        return TENDER_LABELS[TenderKind(code)].lower()
    except (KeyError, ValueError):
        return code


def _disagrees(no: r.DepositDisagrees) -> Message:
    return Message(
        "El lote no cuadra",
        f"En {_tender(no.tender)} las sesiones entregaron {money(no.expected)} y "
        f"{_WHAT.get(no.what, 'lo anotado')} suma {money(no.given)}.",
        "El lote sigue en arqueo y lo que escribió sigue en la pantalla.",
        "Cuente de nuevo o corrija las fichas; con un centavo de diferencia no se cierra.",
    )


def _not_depositable(no: r.SessionNotDepositable) -> Message:
    if not no.session:
        return Message(
            "El lote no tiene sesiones",
            "No hay ninguna sesión de caja cuyo dinero se pueda contar.",
            "El lote sigue abierto.",
            "Agregue al menos una sesión cerrada y vuelva a contar.",
        )
    if no.state == "deposited":
        what = f"El dinero de la sesión {no.session} ya se contó para su depósito."
        todo = "La verificación sólo puede confirmar lo declarado; avise a la gerencia."
    elif no.batch:
        what = f"La sesión {no.session} ya está en el lote {no.batch}."
        todo = "Actualice la página y elija otra sesión."
    else:
        what = f"La sesión {no.session} no está cerrada."
        todo = "Ciérrela con su arqueo y agréguela después."
    return Message("La sesión no se puede depositar", what, "No cambió nada.", todo)


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.DepositDisagrees: _disagrees,
    r.SessionNotDepositable: _not_depositable,
}
