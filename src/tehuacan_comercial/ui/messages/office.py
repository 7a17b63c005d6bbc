"""What the program says when a permission, a rule, a person or a file says no."""

from __future__ import annotations

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages.message import NOTHING_CHANGED, Message, Phrase

SHOWN_PROBLEMS = 3
"""Problems of a file that are named in the message; the rest stands in the detail."""


def _problems(problems: tuple[str, ...]) -> str:
    shown = "; ".join(problems[:SHOWN_PROBLEMS])
    more = len(problems) - SHOWN_PROBLEMS
    if more > 0:
        return f"{shown}; y {more} más."
    return f"{shown}." if shown else "vea el detalle técnico."


def _not_permitted(_no: r.NotPermitted) -> Message:
    return Message(
        "Su puesto no incluye esta operación",
        "El manual la reserva para otra persona.",
        NOTHING_CHANGED,
        "Pida a quien corresponda que la haga, o que inicie sesión aquí con su usuario.",
    )


def _unknown_account(no: r.UnknownAccount) -> Message:
    return Message(
        "No se encontró la cuenta",
        f"No hay una cuenta {no.account} en el padrón.",
        NOTHING_CHANGED,
        "Busque por nombre, domicilio o medidor (F3).",
    )


def _invalid_transition(no: r.InvalidTransition) -> Message:
    document = no.document or "El documento"
    state = f" y está «{no.state}»" if no.state else ""
    wish = f" «{no.wish}»" if no.wish else ""
    return Message(
        "Ese paso no corresponde",
        f"{document}{state}; desde ahí no puede pasar a{wish or ' ese estado'}.",
        NOTHING_CHANGED,
        "Actualice la pantalla y revise en qué estado está.",
    )


def _posted_fact_immutable(_no: r.PostedFactImmutable) -> Message:
    return Message(
        "Lo registrado no se modifica",
        "Un movimiento ya registrado no se cambia ni se borra.",
        "El movimiento queda como estaba.",
        "Solicite su cancelación o un ajuste; ambos dejan constancia.",
    )


def _journal_unbalanced(no: r.JournalUnbalanced) -> Message:
    return Message(
        "El asiento no cuadra",
        f"Los renglones del asiento difieren en {money(no.difference)}.",
        "El asiento no se registró.",
        "Avise a sistemas con el detalle técnico antes de repetir la operación.",
    )


def _rule_set_used(no: r.RuleSetUsed) -> Message:
    return Message(
        "Esas reglas ya se usaron",
        f"La versión {no.rule_set} ya produjo cargos y no se puede cambiar.",
        "Los cargos y la versión quedan como estaban.",
        "Cargue una versión nueva con su fecha de inicio.",
    )


def _period_not_billable(no: r.PeriodNotBillable) -> Message:
    return Message(
        "El periodo no se puede facturar",
        no.problem or f"El periodo {no.period} no existe, está cerrado o no tiene tarifas.",
        "No se emitió ningún recibo.",
        "Revise el calendario y las tarifas vigentes del periodo.",
    )


_STAFF_UNCLEAR = "El usuario {} ya existe, no existe o está dado de baja."
_STAFF_PROBLEMS = {
    "name": "El usuario «{}» no sirve: lleva de 3 a 31 minúsculas sin acento, cifras o puntos.",
    "exists": "El usuario {} ya existe.",
    "foreign role": "El usuario {} ya existe en el servidor y no es del personal de la oficina.",
    "unknown": "No hay una persona activa con el usuario {}.",
    "self": "Nadie se da de baja a sí mismo; el usuario {} es el suyo.",
}
"""What PostgreSQL found wrong with a person (data/sql/staff.sql)."""


def _staff_trouble(no: r.StaffTrouble) -> Message:
    return Message(
        "No se puede usar ese usuario",
        _STAFF_PROBLEMS.get(no.problem, _STAFF_UNCLEAR).format(no.username or "en blanco"),
        NOTHING_CHANGED,
        "Revise el nombre de usuario o consulte al administrador.",
    )


_PROBLEMS = {
    "negative": "Un importe no puede ser negativo.",
    "not positive": "Cada importe aplicado debe ser mayor que cero.",
    "repeated": "El mismo cargo viene dos veces.",
    "does_not_fit_meter": "La lectura no cabe en la carátula del medidor.",
    "lower_than_previous": "La lectura es menor que la anterior y no hay causa que lo explique.",
    "missing_without_anomaly": "Falta la lectura, o la anomalía que explica por qué no la hay.",
}
"""Problems of a command that a person can mend; the rest is for the technical detail."""


def _invalid_command(no: r.InvalidCommand) -> Message:
    return Message(
        "Falta o sobra un dato",
        _PROBLEMS.get(no.problem, "El servidor no aceptó uno de los datos de la operación."),
        NOTHING_CHANGED,
        "Corrija el dato e intente de nuevo; si se repite, avise a sistemas con el detalle.",
    )


def _reason_required(_no: r.ReasonRequired) -> Message:
    return Message(
        "Falta el motivo",
        "Esta operación queda asentada con su motivo.",
        NOTHING_CHANGED,
        "Escriba en una frase por qué se hace.",
    )


def _unknown_document(no: r.UnknownDocument) -> Message:
    return Message(
        "No se encontró el documento",
        f"No hay un documento {no.document} que usted pueda consultar.",
        NOTHING_CHANGED,
        "Revise el folio completo, con su serie.",
    )


def _wrong_credentials(_no: r.WrongCredentials) -> Message:
    return Message(
        "El usuario o la contraseña no coinciden",
        "El servidor no reconoce ese usuario con esa contraseña.",
        "El intento queda registrado.",
        "Revise mayúsculas y acentos, y escriba la contraseña otra vez.",
    )


def _station_behind(no: r.StationBehind) -> Message:
    return Message(
        "Esta estación necesita actualizarse",
        f"El programa es de la versión {no.station} y la base de datos es de la {no.server}.",
        "No se ha tocado ningún dato.",
        "Pida a sistemas que instale la versión nueva en esta estación.",
    )


def _database_behind(no: r.DatabaseBehind) -> Message:
    return Message(
        "La base de datos necesita actualizarse",
        f"La base de datos es de la versión {no.server} y el programa es de la {no.station}.",
        "No se ha tocado ningún dato.",
        "Pida a sistemas que actualice la base de datos con tehuacan-admin upgrade.",
    )


def _durability_off(_no: r.DurabilityOff) -> Message:
    return Message(
        "El servidor no está en condiciones de cobrar",
        "El servidor tiene apagada la protección contra apagones y podría perder un cobro.",
        "Todo lo registrado hasta ahora está guardado; consultar sí se puede.",
        "Avise a sistemas con el detalle técnico; al encenderla se podrá cobrar.",
    )


def _invalid_rules(no: r.InvalidRules) -> Message:
    return Message(
        "El archivo de reglas no se cargó",
        f"Tiene datos por corregir: {_problems(no.problems)}",
        "Siguen vigentes las reglas anteriores.",
        "Corrija los renglones señalados y cárguelo de nuevo.",
    )


def _invalid_import(no: r.InvalidImport) -> Message:
    return Message(
        "La importación no se hizo",
        f"El archivo tiene datos por corregir: {_problems(no.problems)}",
        "No se cargó ningún renglón.",
        "Corrija los renglones señalados e importe el archivo completo.",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.NotPermitted: _not_permitted,
    r.UnknownAccount: _unknown_account,
    r.InvalidTransition: _invalid_transition,
    r.PostedFactImmutable: _posted_fact_immutable,
    r.JournalUnbalanced: _journal_unbalanced,
    r.RuleSetUsed: _rule_set_used,
    r.PeriodNotBillable: _period_not_billable,
    r.StaffTrouble: _staff_trouble,
    r.InvalidCommand: _invalid_command,
    r.ReasonRequired: _reason_required,
    r.UnknownDocument: _unknown_document,
    r.WrongCredentials: _wrong_credentials,
    r.StationBehind: _station_behind,
    r.DatabaseBehind: _database_behind,
    r.DurabilityOff: _durability_off,
    r.InvalidRules: _invalid_rules,
    r.InvalidImport: _invalid_import,
}
