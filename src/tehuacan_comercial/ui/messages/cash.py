"""What the program says when a charge, a till or a cash session says no."""

from __future__ import annotations

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages.message import (
    NOTHING_CHANGED,
    NOTHING_CHARGED,
    Message,
    Phrase,
)

COUNTS_WITHOUT_PERMISSION = 2
"""A closing whose first two counts passed the tolerance needs somebody else's word from then on."""

_STATES = {
    "open": "abierta",
    "counting": "en arqueo",
    "counted": "contada",
    "closed": "cerrada",
    "verified": "verificada",
}


def _tender(code: str) -> str:
    known = [kind for kind in TenderKind if kind.value == code]
    return TENDER_LABELS[known[0]].lower() if known else "esa forma de pago"


def _session_not_open(no: r.SessionNotOpen) -> Message:
    state = _STATES.get(no.state, no.state) or "sin abrir"
    return Message(
        "La sesión de caja no recibe cobros",
        f"La sesión de caja está {state}.",
        NOTHING_CHARGED,
        "Abra una sesión nueva para seguir cobrando.",
    )


def _not_your_session(no: r.NotYourSession) -> Message:
    owner = no.cashier or "otra persona"
    return Message(
        "La sesión de caja es de otra persona",
        f"Esta sesión la abrió {owner}.",
        NOTHING_CHANGED,
        "Inicie sesión con su usuario y abra su propia caja.",
    )


def _command_reused(_no: r.CommandReused) -> Message:
    return Message(
        "Este cobro ya se envió con otros datos",
        "La estación envió dos veces la misma operación con contenido distinto.",
        "La primera quedó como estaba; la segunda no se registró.",
        "Cierre la hoja de cobro, revise los pagos de la cuenta y cobre de nuevo si hace falta.",
    )


def _command_discarded(_no: r.CommandDiscarded) -> Message:
    return Message(
        "Este cobro se descartó",
        "La estación ya había dado por perdida esta operación y el servidor la rechazó al llegar.",
        NOTHING_CHARGED,
        "Revise los pagos de la cuenta y, si hace falta, cobre de nuevo.",
    )


def _charge_not_of_account(_no: r.ChargeNotOfAccount) -> Message:
    return Message(
        "Un cargo no es de esta cuenta",
        "Uno de los cargos seleccionados pertenece a otra cuenta o ya no existe.",
        NOTHING_CHARGED,
        "Vuelva a buscar la cuenta y seleccione otra vez los cargos.",
    )


def _charge_already_settled(no: r.ChargeAlreadySettled) -> Message:
    return Message(
        "Otra caja cobró antes este cargo",
        f"Se pidió cobrar {money(no.asked)} y al cargo le quedan {money(no.outstanding)}.",
        "El otro pago está completo; este no se registró.",
        "Revise el adeudo actualizado y cobre lo que falte.",
    )


def _surcharges_not_accrued(no: r.SurchargesNotAccrued) -> Message:
    return Message(
        "Los recargos no están al día",
        f"A uno de los cargos le faltan recargos por {money(no.missing)} hasta hoy.",
        NOTHING_CHARGED,
        "Cierre la hoja y vuelva a abrir la cuenta: sus recargos se calculan al abrirla.",
    )


def _amounts_disagree(no: r.AmountsDisagree) -> Message:
    if no.what == "withdrawal":
        return Message(
            "Lo contado no es lo que se entregó",
            f"La entrega dice {money(no.expected)} y usted contó {money(no.given)}.",
            "La entrega sigue en tránsito; nadie la ha recibido.",
            "Cuenten juntos otra vez. Si no coincide, rechácela y que se entregue de nuevo.",
        )
    return Message(
        "Las sumas no coinciden",
        f"Se esperaban {money(no.expected)} y llegaron {money(no.given)}.",
        NOTHING_CHARGED,
        "Cierre la hoja, vuelva a abrir la cuenta y cobre de nuevo. Si se repite, avise a "
        "sistemas con el detalle técnico.",
    )


def _change_only_from_cash(no: r.ChangeOnlyFromCash) -> Message:
    return Message(
        "Solo el efectivo da cambio",
        f"Lo recibido en {_tender(no.tender)} pasa de lo que falta por cubrir.",
        NOTHING_CHARGED,
        "Baje esa cantidad hasta lo que falta por cubrir y deje el cambio para el efectivo.",
    )


def _tender_not_allowed(no: r.TenderNotAllowed) -> Message:
    return Message(
        "Esta caja no puede recibir esa forma de pago",
        f"Falta la referencia del pago con {_tender(no.tender)}."
        if no.problem == "no reference"
        else f"Esta caja no recibe {_tender(no.tender)}.",
        NOTHING_CHARGED,
        "Escriba la referencia del pago o elija otra forma de pago.",
    )


def _insufficient_credit(no: r.InsufficientCredit) -> Message:
    return Message(
        "El saldo a favor no alcanza",
        f"La cuenta tiene {money(no.available)} a favor y se pidió aplicar {money(no.asked)}.",
        NOTHING_CHANGED,
        "Aplique solo lo disponible y cobre el resto.",
    )


def _till_busy(no: r.TillBusy) -> Message:
    owner = f" de {no.cashier}" if no.cashier else ""
    day = f" del {no.business_date}" if no.business_date else ""
    return Message(
        "La caja ya tiene una sesión abierta",
        f"La caja {no.till} tiene sin cerrar la sesión{owner}{day}.",
        NOTHING_CHANGED,
        "Cierre esa sesión con su corte, o abra la suya en otra caja.",
    )


def _cashier_busy(no: r.CashierBusy) -> Message:
    return Message(
        "Usted ya tiene una sesión abierta",
        f"Su sesión de la caja {no.till} sigue sin cerrar.",
        NOTHING_CHANGED,
        "Haga primero el corte de esa sesión.",
    )


def _yesterday_still_open(no: r.YesterdayStillOpen) -> Message:
    return Message(
        "Falta el corte de un día anterior",
        f"La sesión del {no.business_date} sigue abierta y ya no recibe cobros.",
        "Lo cobrado ese día está completo.",
        "Cuente el efectivo y haga el corte de ese día; después abra la sesión de hoy.",
    )


def _unknown_till(no: r.UnknownTill) -> Message:
    return Message(
        "Esta caja no está en uso",
        f"La caja {no.till} no existe o está fuera de uso.",
        NOTHING_CHANGED,
        "Elija la caja de esta estación en su configuración, o pida a sistemas que la dé de alta.",
    )


def _count_already_signed(_no: r.CountAlreadySigned) -> Message:
    return Message(
        "El arqueo ya está firmado",
        "El conteo de esta sesión ya se firmó y no se firma dos veces.",
        "El conteo firmado queda como estaba.",
        "Si hay que contar otra vez, pida al jefe de cajas un reconteo con su motivo.",
    )


def _nothing_to_charge(_no: r.NothingToCharge) -> Message:
    return Message(
        "No hay nada que cobrar",
        "No hay cargos seleccionados, o la cantidad es cero.",
        NOTHING_CHANGED,
        "Seleccione al menos un cargo, o use Abono (F4) para recibir una cantidad.",
    )


def _tender_short(no: r.TenderShort) -> Message:
    return Message(
        "Falta dinero por cubrir",
        f"Faltan {money(no.missing)} para completar el total.",
        NOTHING_CHARGED,
        "Agregue otra forma de pago o cobre una cantidad menor con Abono (F4).",
    )


_BLOCKERS = {
    "withdrawal_in_transit": (
        "La entrega {subject} está en tránsito: nadie la ha recibido.",
        "Pida a jefatura de cajas que la reciba o la rechace, y firme el arqueo después.",
    ),
    "handover_in_transit": (
        "El relevo {subject} tiene renglones en tránsito: nadie los ha recibido.",
        "Quien recibe acepta o rechaza cada renglón; si no está, jefatura de cajas los rechaza.",
    ),
}
_OTHER_BLOCKER = ("Falta resolver: {subject}.", "Resuélvalo y firme el arqueo después.")


def _close_blocked(no: r.CloseBlocked) -> Message:
    found = [(str(each.get("code")), each.get("subject", "")) for each in no.blockers]
    told = [(_BLOCKERS.get(code, _OTHER_BLOCKER), subject) for code, subject in found]
    facts = [fact.format(subject=subject) for (fact, _way), subject in told]
    ways = dict.fromkeys(way for (_fact, way), _subject in told)  # each once, in order
    return Message(
        "Todavía no se puede cerrar la caja",
        " ".join(facts) or "Algo de la sesión está sin resolver.",
        NOTHING_CHANGED,
        " ".join(ways) or _OTHER_BLOCKER[1],
    )


def _second_person_needed(no: r.SecondPersonNeeded) -> Message:
    if no.act.startswith("shortage."):
        return Message(
            "Hace falta otra persona",
            "Nadie recibe, solicita ni decide sobre el faltante que debe.",
            NOTHING_CHANGED,
            "Reponga en la caja de otra persona; la condonación la pide y la decide alguien más.",
        )
    return Message(
        "Hace falta otra persona",
        "Quien entrega, cobra o cierra no puede recibir, contar ni verificar su propio dinero.",
        NOTHING_CHANGED,
        "Pida a otra persona de jefatura de cajas o a gerencia que lo haga con su usuario.",
    )


def _not_that_much_cash(no: r.NotThatMuchCash) -> Message:
    return Message(
        "La entrega es mayor que el efectivo de la caja",
        f"Según lo cobrado, la caja no tiene {money(no.amount)} en efectivo.",
        "La entrega no se registró; el dinero sigue en la caja.",
        "Cuente otra vez las piezas de la entrega.",
    )


_DECIDED = {"accepted": "recibió", "rejected": "rechazó", "withdrawn": "regresó a su caja"}


def _withdrawal_decided(no: r.WithdrawalDecided) -> Message:
    return Message(
        "La entrega ya tiene respuesta",
        f"{no.by or 'Otra persona'} {_DECIDED.get(no.state, 'decidió')} la entrega {no.folio}.",
        NOTHING_CHANGED,
        "Actualice la lista; no hay nada más que hacer con esta entrega.",
    )


def _proof_not_held(no: r.ProofNotHeld) -> Message:
    return Message(
        "El comprobante no está en esta caja",
        f"El comprobante del recibo {no.folio} ya se entregó, va en camino o no es de esta caja."
        if no.folio
        else "El comprobante ya se entregó, va en camino o no es de esta caja.",
        NOTHING_CHANGED,
        "Actualice la lista de comprobantes y elija otra vez.",
    )


def _proof_handed_over(no: r.ProofHandedOver) -> Message:
    return Message(
        "El comprobante lo tiene otra caja",
        f"El comprobante de este pago salió de la sesión {no.session} en un relevo.",
        "El recibo sigue vigente.",
        "Pida que le regresen el comprobante en un relevo y cancele después, o cancele cuando la"
        " sesión esté cerrada.",
    )


def _recount_needed(_no: r.RecountNeeded) -> Message:
    return Message(
        "Hay que contar otra vez",
        "El conteo no coincide con lo registrado y pasa de la tolerancia de la oficina.",
        "El conteo quedó firmado y guardado. La sesión sigue en arqueo; no se perdió nada.",
        "Cuente de nuevo, pieza por pieza, y firme el segundo conteo. Si también pasa de la"
        " tolerancia, el cierre necesitará autorización aunque un tercero cuadre.",
    )


def _closing_needs_permission(no: r.ClosingNeedsPermission) -> Message:
    return Message(
        "La diferencia necesita autorización",
        "Dos conteos pasaron de la tolerancia de la oficina."
        if no.counts <= COUNTS_WITHOUT_PERMISSION
        else f"Ya hay {no.counts} conteos firmados. Después de dos fuera de la tolerancia, el"
        " cierre siempre necesita autorización, también si el último cuadra.",
        "Los conteos quedaron firmados y guardados. La sesión sigue en arqueo.",
        "Solicite la autorización del cierre. Con ella la sesión se cierra con el último conteo; si"
        " la niegan, cuente otra vez y solicítela de nuevo.",
    )


def _not_reopenable(no: r.NotReopenable) -> Message:
    if no.problem == "returned":
        why = f"El banco devolvió el cheque del recibo {no.document}; ya no está en esa caja."
    else:
        why = f"Su dinero ya se contó para el banco en el lote {no.document}."
    return Message(
        f"La sesión {no.session} ya no se reabre",
        why,
        "El corte queda como se firmó.",
        "Una diferencia se informa a la gerencia; se asienta aparte, sin tocar el corte.",
    )


def _shortage_not_owed(no: r.ShortageNotOwed) -> Message:
    if no.state not in ("", "verified"):
        why = f"La sesión {no.session} todavía no está verificada; su faltante puede cambiar."
        what = "Verifique el corte y registre después la reposición."
    elif not no.pending:
        why = f"De la sesión {no.session} ya no se debe nada."
        what = "Revise en «Referencias» cómo se repuso."
    else:
        why = f"La sesión {no.session} debe {money(no.pending)} y se iba a reponer"
        why += f" {money(no.asked)}."
        what = "Revise lo que ya se repuso y corrija el importe."
    return Message("La reposición no se registró", why, "El faltante sigue como estaba.", what)


def _session_verified_already(no: r.SessionVerifiedAlready) -> Message:
    return Message(
        "El corte ya está verificado",
        f"{no.by or 'Otra persona'} verificó la sesión {no.folio}.",
        "La verificación queda como se firmó.",
        "Revise sus cifras en la sesión; una diferencia nueva se informa a gerencia.",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.SessionNotOpen: _session_not_open,
    r.NotYourSession: _not_your_session,
    r.CommandReused: _command_reused,
    r.CommandDiscarded: _command_discarded,
    r.ChargeNotOfAccount: _charge_not_of_account,
    r.ChargeAlreadySettled: _charge_already_settled,
    r.SurchargesNotAccrued: _surcharges_not_accrued,
    r.AmountsDisagree: _amounts_disagree,
    r.ChangeOnlyFromCash: _change_only_from_cash,
    r.TenderNotAllowed: _tender_not_allowed,
    r.InsufficientCredit: _insufficient_credit,
    r.TillBusy: _till_busy,
    r.CashierBusy: _cashier_busy,
    r.YesterdayStillOpen: _yesterday_still_open,
    r.UnknownTill: _unknown_till,
    r.CountAlreadySigned: _count_already_signed,
    r.CloseBlocked: _close_blocked,
    r.SecondPersonNeeded: _second_person_needed,
    r.NotThatMuchCash: _not_that_much_cash,
    r.WithdrawalDecided: _withdrawal_decided,
    r.ProofNotHeld: _proof_not_held,
    r.ProofHandedOver: _proof_handed_over,
    r.RecountNeeded: _recount_needed,
    r.ClosingNeedsPermission: _closing_needs_permission,
    r.ShortageNotOwed: _shortage_not_owed,
    r.NotReopenable: _not_reopenable,
    r.SessionVerifiedAlready: _session_verified_already,
    r.NothingToCharge: _nothing_to_charge,
    r.TenderShort: _tender_short,
}
