"""From the drawers to the bank."""

from __future__ import annotations

from datetime import date

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.tendering import TENDER_LABELS, TenderKind
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages.message import Message, Phrase


def _day(iso: str) -> str:
    """An ISO day as people write it."""
    try:
        return f"{date.fromisoformat(iso):%d/%m/%Y}"
    except ValueError:
        return iso


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


def _repeated(no: r.FileRepeated) -> Message:
    when = f" el {_day(no.day)}" if no.day else ""
    return Message(
        "El archivo ya se cargó",
        f"{no.by or 'Otra persona'} cargó {no.file or 'el mismo archivo'}{when}.",
        "No se registró nada otra vez.",
        "Si el banco mandó otro archivo, cargue ese.",
    )


_MATCH = {
    "unknown": "No existe esa ficha o ese movimiento.",
    "state": "La ficha todavía no se deposita.",
    "matched": "La ficha o el movimiento ya están conciliados.",
    "repeated": "El movimiento repite uno de un archivo anterior.",
    "account": "El movimiento es de otra cuenta bancaria.",
}


def _not_matched(no: r.SlipNotMatched) -> Message:
    amounts = f"La ficha es de {money(no.slip)} y el movimiento de {money(no.line)}."
    return Message(
        "La ficha no es ese movimiento",
        _MATCH.get(no.problem, amounts),
        "La ficha sigue depositada, sin conciliar.",
        "Elija otro movimiento, con la misma cuenta y el mismo importe.",
    )


def _assigned(no: r.UnidentifiedAssigned) -> Message:
    return Message(
        "El pago ya está asignado",
        f"{no.by or 'Otra persona'} lo asignó a la cuenta {no.account or 'que le corresponde'}.",
        "El pago está aplicado una sola vez.",
        "Actualice la página y revise la cuenta.",
    )


_CONTROL = {
    "rows": "renglones",
    "amount": "importe",
    "credits": "abonos",
    "debits": "cargos",
}


def _control(no: r.ControlDisagrees) -> Message:
    what = _CONTROL.get(no.what, "renglones")
    return Message(
        "El archivo no coincide con su total de control",
        f"En {what}, el total dice {no.expected or 'nada'} y los renglones suman "
        f"{no.found or 'otra cosa'}.",
        "No se registró ningún renglón.",
        "Pida al banco el archivo completo, o revise los totales que escribió.",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.ControlDisagrees: _control,
    r.DepositDisagrees: _disagrees,
    r.FileRepeated: _repeated,
    r.SessionNotDepositable: _not_depositable,
    r.SlipNotMatched: _not_matched,
    r.UnidentifiedAssigned: _assigned,
}
