"""The attention queue: who has the person, which desk one attends at, and what comes first."""

from __future__ import annotations

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.lifecycles import SERVICE_REQUEST, RequestState
from tehuacan_comercial.ui.messages.message import NOTHING_CHANGED, Message, Phrase

_LABELS = {state.value: label.lower() for state, label in SERVICE_REQUEST.labels.items()}
_KEEPS = "El turno conserva su lugar y su antigüedad."


def _state(code: str) -> str:
    return _LABELS.get(code, _LABELS[RequestState.CALLED.value])


def _taken(no: r.TurnTaken) -> Message:
    desk = f" en {no.desk}" if no.desk else ""
    by = f", con {no.by}" if no.by else ""
    return Message(
        f"El turno {no.label} ya cambió",
        f"El turno {no.label} está «{_state(no.state)}»{desk}{by}.",
        "Lo que usted pidió no se hizo; nadie fue llamado dos veces.",
        "Vea la lista al día y elija otro turno.",
    )


def _desk_taken(no: r.DeskTaken) -> Message:
    who = no.by or "Otra persona"
    return Message(
        "Esa ventanilla está ocupada",
        f"{who} atiende ahora en {no.desk or 'esa ventanilla'}.",
        NOTHING_CHANGED,
        "Elija otra; si ya no hay nadie ahí, la jefatura de cajas o la gerencia la libera.",
    )


def _no_desk(_no: r.NoDesk) -> Message:
    return Message(
        "Falta decir en qué ventanilla atiende",
        "Los turnos se llaman a una ventanilla, y usted no ha tomado ninguna.",
        "Nadie fue llamado.",
        "Tome su ventanilla y llame de nuevo.",
    )


def _in_hand(no: r.TurnInHand) -> Message:
    return Message(
        f"Primero termine el turno {no.label}",
        f"Su ventanilla tiene el turno {no.label}, «{_state(no.state)}».",
        "No se llamó a nadie más.",
        "Termínelo, páselo a otra ventanilla o marque que no se presentó.",
    )


def _late(no: r.RevivalLate) -> Message:
    return Message(
        f"El turno {no.label} ya no se recupera",
        f"Un turno vuelve el mismo día y hasta {no.minutes} minutos después de no presentarse.",
        "El turno queda como no presentado.",
        "Dé a la persona un turno nuevo.",
    )


def _call_again(no: r.CallAgainFirst) -> Message:
    return Message(
        f"Llame otra vez al turno {no.label}",
        f"Lleva {no.calls} de {no.needed} llamadas, y han de pasar {no.seconds} segundos desde la "
        "primera.",
        "El turno sigue llamado en su ventanilla.",
        "Repita el llamado y espere un momento antes de marcar que no se presentó.",
    )


def _not_yours(no: r.NotYourTurn) -> Message:
    who = no.by or "otra persona"
    return Message(
        f"El turno {no.label} es de otra ventanilla",
        f"Lo llamó {who} en {no.desk or 'otra ventanilla'}.",
        _KEEPS,
        "Pida a esa ventanilla que lo pase; si ya no hay nadie ahí, la jefatura la libera.",
    )


PHRASES: dict[type[r.Refusal], Phrase] = {
    r.TurnTaken: _taken,
    r.DeskTaken: _desk_taken,
    r.NoDesk: _no_desk,
    r.TurnInHand: _in_hand,
    r.RevivalLate: _late,
    r.CallAgainFirst: _call_again,
    r.NotYourTurn: _not_yours,
}
