"""Somebody else must decide, or did; or a receipt stays as it is."""

from __future__ import annotations

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.permissions import JOB_NAMES
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages.message import NOTHING_CHANGED, Message, Phrase

_ENDS = {
    "approved": "la autorizó",
    "denied": "la negó",
    "withdrawn": "la retiró",
    "expired": "la dejó vencer",
}
_STAYS = "El recibo sigue como estaba."


def _decided(no: r.AuthorisationDecided) -> Message:
    who = no.by or "Otra persona"
    return Message(
        "Esa solicitud ya está resuelta",
        f"{who} {_ENDS.get(no.state, 'la resolvió')} antes.",
        "Lo que esa persona resolvió queda firme; su decisión no se registró.",
        "Actualice la lista y pase a la siguiente.",
    )


def _pending(no: r.AuthorisationPending) -> Message:
    who = f" por {no.by}" if no.by else ""
    return Message(
        "Ya hay una solicitud igual",
        f"Lo mismo se pidió antes{who} y espera respuesta.",
        "No se duplicó la solicitud.",
        "Espere la respuesta, o pida a quien la hizo que la retire.",
    )


def _own_request(_no: r.OwnRequest) -> Message:
    return Message(
        "Decide otra persona",
        "Nadie resuelve lo que solicitó, ni en lugar de quien lo solicitó.",
        "La solicitud sigue por autorizar.",
        "Pida la decisión a otra persona que pueda autorizarla.",
    )


def _expired(_no: r.AuthorisationExpired) -> Message:
    return Message(
        "La solicitud venció",
        "Pasó el plazo para decidirla, según el reloj del servidor.",
        NOTHING_CHANGED,
        "Si todavía hace falta, solicítela de nuevo.",
    )


def _beyond(no: r.BeyondAuthority) -> Message:
    who = ", ".join(JOB_NAMES.get(job, job) for job in no.jobs.split(",") if job)
    return Message(
        "Ese importe lo decide otro puesto",
        f"Su puesto no autoriza {money(no.amount)} en este tipo de solicitud.",
        "La solicitud sigue por autorizar.",
        f"Lo decide: {who}." if who else "Pida a la gerencia que cargue los límites vigentes.",
    )


def _no_delegation(_no: r.NoDelegation) -> Message:
    return Message(
        "No hay una suplencia vigente",
        "Nadie le encargó decidir hoy en lugar de esa persona.",
        "La solicitud sigue por autorizar.",
        "Decida en su propio nombre, o pida que registren la suplencia.",
    )


_CHANGED = {
    "drawer": (
        "Ninguna sesión de caja abierta por quien solicita devuelve ese dinero en efectivo.",
        "Pida que la devolución quede por pagar en la oficina.",
    ),
    "allocations": (
        "Lo que cubrió el recibo ya se movió con otra operación.",
        "Revise la cuenta con la gerencia antes de pedir otra cosa.",
    ),
    "shortage": (
        "Después de la solicitud se repuso una parte del faltante, o todo.",
        "Niegue la solicitud con ese motivo; si todavía se debe algo, se pide de nuevo.",
    ),
}


def _facts_changed(no: r.FactsChanged) -> Message:
    session = f" {no.subject}" if no.subject else ""
    what, do = _CHANGED.get(
        no.problem,
        (
            f"La sesión de caja{session} cambió después de la solicitud: ya no se haría lo pedido.",
            "Retire la solicitud y pídala de nuevo con los hechos de ahora.",
        ),
    )
    return Message("Los hechos cambiaron", what, _STAYS, do)


def _advance_used(no: r.AdvanceUsed) -> Message:
    return Message(
        "El saldo a favor ya se usó",
        f"El recibo {no.folio} dejó {money(no.needed)} a favor y hoy quedan {money(no.available)}.",
        _STAYS,
        "Cancele antes el recibo que usó ese saldo, o pida a la gerencia un ajuste.",
    )


def _voided(no: r.ReceiptVoided) -> Message:
    return Message(
        "El recibo ya está cancelado",
        f"El recibo {no.folio} se canceló antes.",
        NOTHING_CHANGED,
        "Actualice la pantalla; si hace falta, cobre de nuevo y sustitúyalo.",
    )


def _drawer_short(no: r.DrawerShort) -> Message:
    known = {kind.value: label for kind, label in TENDER_LABELS.items()}
    way = known.get(no.tender, TENDER_LABELS[TenderKind.CASH]).lower()
    return Message(
        "La caja no tiene ese dinero",
        f"Devolver {money(no.amount)} en {way} es más de lo que la caja debe tener.",
        _STAYS,
        "Pida que la devolución quede por pagar en la oficina, o revise los retiros de la caja.",
    )


def _not_replaceable(no: r.NotReplaceable) -> Message:
    why = (
        f"El recibo {no.folio} ya tiene otro que lo sustituye."
        if no.problem == "replaced"
        else f"El recibo {no.folio} sigue vigente; solo se sustituye uno cancelado."
    )
    return Message(
        "Ese recibo no se puede sustituir",
        why,
        "El cobro no se registró; el dinero no se ha movido en el sistema.",
        "Cobre sin sustituirlo, o revise el folio.",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.AuthorisationDecided: _decided,
    r.AuthorisationPending: _pending,
    r.OwnRequest: _own_request,
    r.AuthorisationExpired: _expired,
    r.BeyondAuthority: _beyond,
    r.NoDelegation: _no_delegation,
    r.FactsChanged: _facts_changed,
    r.AdvanceUsed: _advance_used,
    r.ReceiptVoided: _voided,
    r.DrawerShort: _drawer_short,
    r.NotReplaceable: _not_replaceable,
}
