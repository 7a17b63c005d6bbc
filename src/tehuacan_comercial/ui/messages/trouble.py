"""What the program says when a machine, the network or the server is in the way."""

from __future__ import annotations

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.ui.messages.message import Message, Phrase


def _server_unreachable(_no: r.ServerUnreachable) -> Message:
    return Message(
        "No hay conexión con la base de datos",
        "El servidor no responde.",
        "La operación no se registró; el dinero no se ha movido en el sistema.",
        "Revise el cable de red y pulse Reintentar.",
    )


def _server_not_trusted(_no: r.ServerNotTrusted) -> Message:
    return Message(
        "No se pudo comprobar que el servidor sea el de la oficina",
        "Su certificado de seguridad venció, no es de ese servidor o esta estación no lo reconoce.",
        "La estación cortó antes de enviar la contraseña; no se registró nada.",
        "No cambie el cifrado por su cuenta: avise a sistemas con el detalle técnico.",
    )


def _result_unknown(_no: r.ResultUnknown) -> Message:
    return Message(
        "Falta confirmar el resultado",
        "La conexión se cortó mientras se registraba la operación y aún no se sabe si quedó.",
        "No se registrará dos veces: la estación preguntará por esta misma operación.",
        "No reciba ni devuelva dinero todavía; pulse Preguntar de nuevo.",
    )


def _server_busy(_no: r.ServerBusy) -> Message:
    return Message(
        "Otra estación está usando estos datos",
        "La cuenta o la caja está ocupada por otra operación.",
        "No se registró nada.",
        "Espere unos segundos y pulse Reintentar.",
    )


def _server_full(_no: r.ServerFull) -> Message:
    return Message(
        "El servidor no tiene espacio",
        "El disco del servidor está lleno y no puede guardar más operaciones.",
        "No se registró nada; lo anterior está completo.",
        "Deje de cobrar y avise a sistemas para que libere espacio.",
    )


def _printer_trouble(no: r.PrinterTrouble) -> Message:
    problem = f": {no.problem}" if no.problem else ""
    return Message(
        "El documento no se imprimió",
        f"La impresora {no.printer} no tomó la hoja{problem}.",
        "El documento está registrado.",
        "Revise la impresora y pulse Reintentar, imprima en otra o guarde el PDF.",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.ServerUnreachable: _server_unreachable,
    r.ServerNotTrusted: _server_not_trusted,
    r.ResultUnknown: _result_unknown,
    r.ServerBusy: _server_busy,
    r.ServerFull: _server_full,
    r.PrinterTrouble: _printer_trouble,
}
