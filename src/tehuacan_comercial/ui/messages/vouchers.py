"""Vouchers and the days they lock."""

from __future__ import annotations

from datetime import date

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages.message import Message, Phrase

_NO_VOUCHER = "No se emitió ninguna póliza ni se tomó folio."
_STATES = {
    "draft": "la elaboró",
    "verified": "la verificó",
    "returned": "la devolvió",
    "exported": "la verificó",
}


def _day(iso: str) -> str:
    try:
        return f"{date.fromisoformat(iso):%d/%m/%Y}"
    except ValueError:
        return iso or "ese día"


def _unmapped(no: r.ConceptUnmapped) -> Message:
    return Message(
        "Falta la cuenta contable de un concepto",
        f"El catálogo contable vigente el {_day(no.day)} no dice a qué cuenta va: {no.names}.",
        _NO_VOUCHER,
        "En accounting.toml agregue cada uno: la clave entre paréntesis es su [[ledger]]; un "
        "concepto, su [[concept]]. Suba version, ponga ese día en valid_from, cárguelo con "
        "«tehuacan-admin load-rules» e inténtelo de nuevo.",
    )


def _not_ready(no: r.DayNotReady) -> Message:
    what = {
        "future": "Ese día todavía no llega.",
        "sessions": f"Hay sesiones de caja sin cerrar: {no.sessions}.",
        "map": f"No hay catálogo contable vigente el {_day(no.day)}.",
    }
    todo = {
        "future": "Elija hoy o un día anterior.",
        "sessions": "Cierre esas sesiones con su arqueo y vuelva a intentarlo.",
        "map": "Pida a la gerencia que cargue accounting.toml.",
    }
    return Message(
        "El día no está listo para su póliza",
        what.get(no.problem, "Falta algo del día."),
        "No cambió nada.",
        todo.get(no.problem, "Revise el día e inténtelo de nuevo."),
    )


def _disagrees(no: r.VoucherDisagrees) -> Message:
    what = (
        f"Los totales del día no coinciden: {no.totals}."
        if no.problem == "totals"
        else "Después de emitirla se registró algo más de ese día, y los libros ya dicen otra cosa."
    )
    return Message(
        f"La póliza {no.folio} no se puede verificar",
        what,
        "La póliza sigue como borrador y los libros están intactos.",
        "Vea los renglones en rojo de la hoja; devuelva la póliza con notas para que se emita "
        "una nueva.",
    )


def _own(no: r.OwnVoucher) -> Message:
    return Message(
        "Otra persona debe revisar la póliza",
        f"Usted elaboró la póliza {no.folio}; quien elabora no verifica ni devuelve.",
        "La póliza sigue como borrador.",
        "Pida a la gerencia o a la dirección que la revise con su propio usuario.",
    )


def _locked(no: r.DayLocked) -> Message:
    return Message(
        "El día ya está verificado",
        f"La póliza {no.folio} del {_day(no.day)} está verificada y el día quedó cerrado.",
        "No se registró nada; lo verificado sigue como estaba.",
        "Si hace falta corregir, se hace con un movimiento con fecha de un día abierto.",
    )


def _stands(no: r.VoucherStands) -> Message:
    who = no.by or "Otra persona"
    return Message(
        f"La póliza {no.folio} ya está hecha",
        f"{who} {_STATES.get(no.state, 'la atendió')} antes.",
        "Lo que esa persona hizo queda firme; lo de usted no se registró.",
        "Actualice la página y vea en qué estado está.",
    )


def _unbalanced(no: r.VoucherUnbalanced) -> Message:
    return Message(
        "La póliza no cuadra",
        f"Los cargos suman {money(no.debit)} y los abonos {money(no.credit)}.",
        _NO_VOUCHER,
        "Avise a sistemas: los asientos del día deben revisarse con «tehuacan-admin verify».",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.ConceptUnmapped: _unmapped,
    r.DayNotReady: _not_ready,
    r.VoucherDisagrees: _disagrees,
    r.OwnVoucher: _own,
    r.DayLocked: _locked,
    r.VoucherStands: _stands,
    r.VoucherUnbalanced: _unbalanced,
}
