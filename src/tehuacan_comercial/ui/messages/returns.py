"""A payment went elsewhere, or a cheque came back: what is no longer possible, and what is."""

from __future__ import annotations

from datetime import date

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.ui.formats import day
from tehuacan_comercial.ui.messages.message import NOTHING_CHANGED, Message, Phrase

_STAYS = "El recibo y los adeudos siguen como estaban."


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def _returned(no: r.ChequeReturned) -> Message:
    who = no.by or "Otra persona"
    return Message(
        "Ese cheque ya está registrado como devuelto",
        f"{who} registró la devolución del recibo {no.folio}, del {_day(no.returned_on)}.",
        "El adeudo se reabrió una sola vez; lo de usted no se registró.",
        "Actualice la lista; si el banco devolvió otro cheque, elíjalo a él.",
    )


def _barred(no: r.ChequesBarred) -> Message:
    return Message(
        f"La cuenta {no.account_number} no puede pagar con cheque",
        f"El banco devolvió un cheque suyo; desde el {_day(no.since)} no se le aceptan.",
        "No se cobró nada; lo que escribió sigue aquí.",
        "Cobre en efectivo, con tarjeta o por transferencia. La gerencia puede levantar el aviso "
        "en Aclaraciones.",
    )


def _moved(no: r.PaymentMoved) -> Message:
    if no.problem == "returned":
        return Message(
            "El recibo no se cancela",
            f"El banco devolvió el cheque {no.document} del recibo {no.folio}, y ese pago ya se "
            "deshizo.",
            _STAYS,
            "Si falta corregir el resto del pago, pida un traspaso o consulte a la gerencia.",
        )
    return Message(
        "El recibo no se cancela",
        f"El pago del recibo {no.folio} se traspasó con el folio {no.document}.",
        _STAYS,
        "Si la cuenta sigue equivocada, pida otro traspaso.",
    )


_NOT_RETURNABLE = {
    "tender": ("Esa forma de pago no es un cheque.", "Elija el renglón del cheque."),
    "void": (
        "El recibo está cancelado, así que no hay adeudo que reabrir.",
        "Si se debía una devolución por ese recibo, no la entregue y avise a la gerencia.",
    ),
    "session": (
        "La sesión {session} todavía no hace su corte: el cheque sigue en la caja.",
        "Si el cheque no sirve, cancele el recibo; si ya se depositó, cierre antes la sesión.",
    ),
    "day": (
        "La fecha de la devolución no puede ser futura ni anterior al cobro.",
        "Corrija la fecha según el aviso del banco.",
    ),
}


def _not_returnable(no: r.NotReturnable) -> Message:
    why, what = _NOT_RETURNABLE.get(no.problem, _NOT_RETURNABLE["tender"])
    return Message(
        f"El cheque del recibo {no.folio} no se registra como devuelto",
        why.format(session=no.session_folio),
        NOTHING_CHANGED,
        what,
    )


_NOT_TRANSFERABLE = {
    "void": ("El recibo está cancelado.", "Cobre en la cuenta correcta."),
    "same": ("El pago ya está en esa cuenta.", "Escriba la cuenta a la que debe ir."),
    "nothing": (
        "Ya no queda dinero de ese pago que traspasar.",
        "Revise los cheques devueltos del recibo.",
    ),
}


def _not_transferable(no: r.NotTransferable) -> Message:
    why, what = _NOT_TRANSFERABLE.get(no.problem, _NOT_TRANSFERABLE["nothing"])
    return Message(f"El pago del recibo {no.folio} no se traspasa", why, NOTHING_CHANGED, what)


def _ban_lifted(no: r.BanLifted) -> Message:
    who = no.by or "Otra persona"
    return Message(
        "La cuenta ya puede pagar con cheque",
        f"{who} levantó el aviso antes.",
        "Su motivo no se registró; queda el de esa persona.",
        "Actualice la lista.",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.ChequeReturned: _returned,
    r.ChequesBarred: _barred,
    r.PaymentMoved: _moved,
    r.NotReturnable: _not_returnable,
    r.NotTransferable: _not_transferable,
    r.BanLifted: _ban_lifted,
}
