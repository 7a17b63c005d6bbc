"""States of a drawer and its session that several parts of the window tell alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.custody import CashLevel
from tehuacan_comercial.domain.lifecycles import CASH_SESSION, CashSessionState
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill

_SESSIONS: dict[CashSessionState, tuple[Tone, str]] = {
    CashSessionState.OPEN: ("info", "lock-open"),
    CashSessionState.COUNTING: ("warn", "calculator"),
    CashSessionState.CLOSED: ("neutral", "lock"),
    CashSessionState.VERIFIED: ("ok", "check-check"),
}
_LEVELS: dict[CashLevel, Pill] = {
    CashLevel.NONE: Pill("Sin tope", "neutral", "minus"),
    CashLevel.FREE: Pill("Con holgura", "ok", "circle-check"),
    CashLevel.NEAR: Pill("Cerca del tope", "warn", "triangle-alert"),
    CashLevel.FULL: Pill("Tope rebasado", "danger", "circle-alert"),
}


def session_pill(state: str) -> Pill:
    """A session's state as word, icon and colour."""
    found = CashSessionState(state)
    return Pill(CASH_SESSION.labels[found].capitalize(), *_SESSIONS[found])


def level_pill(level: str) -> Pill:
    """How full a drawer is, without its amount."""
    return _LEVELS[CashLevel(level)]


def difference_pill(difference: Decimal) -> Pill:
    """*Cuadra*, *Sobran* or *Faltan*, with its amount."""
    if difference == 0:
        return Pill("Cuadra", "ok", "circle-check")
    if difference > 0:
        return Pill(f"Sobran {money(difference)}", "warn", "triangle-alert")
    return Pill(f"Faltan {money(-difference)}", "danger", "circle-alert")


@dataclass(frozen=True)
class LevelNotice:
    """What is said at the till of a drawer that fills up; nothing tells the amount (H4)."""

    tone: Tone
    icon: str
    title: str
    text: str


def level_notice(level: CashLevel) -> LevelNotice | None:
    """From nine tenths of the limit on; charging goes on (H5)."""
    if level is CashLevel.NEAR:
        return LevelNotice(
            "warn",
            "triangle-alert",
            "El efectivo se acerca al tope de la caja",
            "Prepare una entrega a jefatura de cajas. Puede seguir cobrando.",
        )
    if level is CashLevel.FULL:
        return LevelNotice(
            "danger",
            "circle-alert",
            "El efectivo de la caja pasa de su tope",
            "Entregue una parte ahora, por seguridad. El cobro no se detiene.",
        )
    return None
