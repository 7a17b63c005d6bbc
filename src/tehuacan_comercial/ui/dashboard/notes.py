"""What the list *Por atender* says of requests and alerts."""

from __future__ import annotations

from datetime import datetime

from tehuacan_comercial.services.dashboard import Board, WaitingRow
from tehuacan_comercial.services.dashboard_alerts import Alert, AlertKind
from tehuacan_comercial.services.dashboard_words import detail_of, title_of
from tehuacan_comercial.ui.dashboard.note_row import Note
from tehuacan_comercial.ui.dashboard.words import age
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.tokens import Tone

_LOOKS: dict[AlertKind, tuple[Tone, str]] = {
    AlertKind.OLD_SESSION: ("danger", "clock"),
    AlertKind.LIMIT: ("danger", "triangle-alert"),
    AlertKind.DIFFERENCE: ("warn", "scale"),
    AlertKind.VOIDS: ("warn", "circle-x"),
    AlertKind.NEAR_LIMIT: ("warn", "banknote"),
    AlertKind.BACKUP: ("warn", "save"),
}


def notes_of(board: Board) -> tuple[Note, ...]:
    """Requests first, since somebody stands waiting for them; then alerts, the gravest first."""
    asked = [_request(each, board.now) for each in board.waiting]
    return (*asked, *(_alert(each, board.now) for each in board.alerts))


def _request(row: WaitingRow, now: datetime) -> Note:
    return Note(
        (row.authorisation_id,),
        "info",
        "hourglass",
        row.title or row.kind_name,
        f"{money(row.amount)} · {row.requester_name}",
        age(row.requested_at, now),
    )


def _alert(alert: Alert, now: datetime) -> Note:
    tone, icon = _LOOKS[alert.kind]
    since = age(alert.at, now) if alert.at is not None else ""
    key = (alert.kind, alert.where, alert.who, alert.folio, alert.session_id)
    return Note(key, tone, icon, title_of(alert), detail_of(alert), since, alert)
