"""What an alert says, on screen and on paper alike."""

from __future__ import annotations

from decimal import Decimal

from tehuacan_comercial.services.dashboard_alerts import Alert, AlertKind


def title_of(alert: Alert) -> str:
    """What happened, in a few words."""
    match alert.kind:
        case AlertKind.OLD_SESSION:
            return f"{alert.where} sigue abierta desde el {alert.day:%d/%m}"
        case AlertKind.LIMIT:
            return f"{alert.where} rebasó su tope de efectivo"
        case AlertKind.NEAR_LIMIT:
            return f"{alert.where} está cerca de su tope"
        case AlertKind.DIFFERENCE:
            word = "Sobrante" if alert.amount > 0 else "Faltante"
            return f"{word} de {_pesos(abs(alert.amount))} en {alert.where}"
        case AlertKind.VOIDS:
            return f"{alert.count} cancelaciones de {alert.who}"
        case AlertKind.BACKUP:
            return "Sin respaldo reciente"


def detail_of(alert: Alert) -> str:
    """Whose it is, and what to do."""
    match alert.kind:
        case AlertKind.OLD_SESSION:
            return f"Sesión {alert.folio} de {alert.who}. Pida el corte."
        case AlertKind.LIMIT:
            return f"{_pesos(alert.amount)} de más con {alert.who}. Pida una entrega."
        case AlertKind.NEAR_LIMIT:
            return f"Faltan {_pesos(-alert.amount)} para el tope, con {alert.who}."
        case AlertKind.DIFFERENCE:
            return f"Corte {alert.folio} de {alert.who}."
        case AlertKind.VOIDS:
            return f"{_pesos(alert.amount)} cancelados hoy en {alert.where}. Revise sus motivos."
        case AlertKind.BACKUP:
            if alert.at is None:
                return "No consta ninguno. Pídalo a sistemas."
            return f"El último es del {alert.at:%d/%m/%Y %H:%M}."


def sentence_of(alert: Alert) -> str:
    """Both, as one line of paper."""
    return f"{title_of(alert)}. {detail_of(alert)}"


def _pesos(amount: Decimal) -> str:
    return f"${amount:,.2f}"
