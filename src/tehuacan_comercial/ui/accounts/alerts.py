"""What the person at the desk must know of an account before anything else (B10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.services.accounts import AccountCard, AccountOutline
from tehuacan_comercial.ui.formats import day, money
from tehuacan_comercial.ui.theme.tokens import Tone

ESTIMATES_IN_A_ROW = 2
"""From this many estimated readings in a row on, somebody should look at the meter."""


@dataclass(frozen=True)
class Alert:
    """One alert: how grave it is, what stands, and what to do about it."""

    tone: Tone
    icon: str
    title: str
    advice: str


_STATES = {
    "restricted": Alert(
        "warn",
        "gauge",
        "Servicio restringido",
        "Cuando quede al corriente, pida la orden de reconexión.",
    ),
    "temporary_off": Alert(
        "warn",
        "pause",
        "Baja temporal",
        "Confirme con Padrón si el usuario pide reanudar el servicio.",
    ),
    "permanent_off": Alert(
        "danger",
        "circle-x",
        "Baja definitiva",
        "Ya no recibe servicio; solo se cobra lo que quedó pendiente.",
    ),
    "uncollectible": Alert(
        "danger",
        "circle-x",
        "Cuenta incobrable",
        "Consulte a Gerencia Comercial antes de recibir un pago.",
    ),
}


def alerts_of(outline: AccountOutline, card: AccountCard | None, today: date) -> tuple[Alert, ...]:
    """Alerts of an account, the gravest first; ``card`` is None for who may not see money."""
    makers: tuple[Callable[[], Alert | None], ...] = (
        lambda: _no_cheques(card),
        lambda: _overdue(card, today),
        lambda: _STATES.get(outline.state),
        lambda: _estimated(outline),
        lambda: _meterless(outline),
        lambda: _due(card, today),
        lambda: _credit(card),
        lambda: _demonstration(outline),
    )
    return tuple(alert for maker in makers if (alert := maker()))


def _overdue(card: AccountCard | None, today: date) -> Alert | None:
    if card is None or card.overdue <= ZERO:
        return None
    periods = card.overdue_periods
    overdue = counted(periods, "periodo vencido", "periodos vencidos")
    title = f"{overdue if periods else 'Adeudo vencido'}: {money(card.overdue)}"
    advice = "Genera recargos hasta que se pague; ofrezca cubrirlo hoy."
    if card.oldest_due and card.oldest_due < today:
        advice = f"Vencido desde el {day(card.oldest_due)}. {advice}"
    return Alert("danger", "triangle-alert", title, advice)


def _no_cheques(card: AccountCard | None) -> Alert | None:
    if card is None or card.no_cheques_since is None:
        return None
    return Alert(
        "danger",
        "circle-x",
        "No se aceptan cheques",
        f"El banco devolvió uno; desde el {day(card.no_cheques_since)} paga de otra forma.",
    )


def _due(card: AccountCard | None, today: date) -> Alert | None:
    if card is None or card.debt <= card.overdue:
        return None
    left = card.debt - card.overdue
    if card.overdue == ZERO and card.oldest_due and card.oldest_due >= today:
        return Alert(
            "info",
            "clock",
            f"Por vencer: {money(left)}",
            f"Se paga hasta el {day(card.oldest_due)}.",
        )
    return Alert("info", "clock", f"Por vencer: {money(left)}", "Todavía no genera recargos.")


def _credit(card: AccountCard | None) -> Alert | None:
    if card is None or card.credit <= ZERO:
        return None
    return Alert(
        "ok",
        "wallet",
        f"Saldo a favor: {money(card.credit)}",
        "Se aplica al cobrar, o solo en el siguiente recibo.",
    )


def _estimated(outline: AccountOutline) -> Alert | None:
    if outline.estimated_in_a_row < ESTIMATES_IN_A_ROW:
        return None
    return Alert(
        "warn",
        "calculator",
        f"{outline.estimated_in_a_row} lecturas estimadas seguidas",
        "Pida a Micromedición que revise el medidor; el consumo real puede estar acumulado.",
    )


def _meterless(outline: AccountOutline) -> Alert | None:
    if outline.meter_serial:
        return None
    if outline.modality == "metered":
        return Alert(
            "warn",
            "gauge",
            "Servicio medido sin medidor",
            "Avise a Micromedición: sin medidor el consumo se estima.",
        )
    return Alert("neutral", "gauge", "Sin medidor", "Paga cuota fija; no se toman lecturas.")


def _demonstration(outline: AccountOutline) -> Alert | None:
    if not outline.demonstration:
        return None
    return Alert("neutral", "info", "DEMOSTRACIÓN", "Los datos de esta cuenta no son reales.")
