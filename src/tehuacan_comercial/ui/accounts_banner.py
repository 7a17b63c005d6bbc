"""What the banner says of an account, as a value: shared by every tab that shows one."""

from __future__ import annotations

from datetime import date

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.services.accounts import AccountCard
from tehuacan_comercial.ui.formats import day, money
from tehuacan_comercial.ui.widgets.banner import BannerFacts
from tehuacan_comercial.ui.widgets.pill import Pill

STATE_PILLS: dict[str, Pill] = {
    "active": Pill("Activa", "ok", "circle-check"),
    "restricted": Pill("Servicio restringido", "warn", "gauge"),
    "temporary_off": Pill("Baja temporal", "warn", "pause"),
    "permanent_off": Pill("Baja definitiva", "danger", "circle-x"),
    "uncollectible": Pill("Incobrable", "danger", "circle-x"),
}
"""How each state of the service is told."""

METERLESS = "Sin medidor"


def state_pill(state: str) -> Pill:
    """The badge of a state; one that is not known is shown as it is written."""
    return STATE_PILLS.get(state, Pill(state.replace("_", " ").capitalize(), "neutral", "info"))


def account_banner(card: AccountCard, today: date) -> BannerFacts:
    """Name, badges, facts and debt of an account on a day; pesos."""
    overdue = card.oldest_due is not None and card.oldest_due < today
    caption = "Adeudo total" if card.debt > 0 else "Sin adeudo"
    if overdue and card.overdue < card.debt:
        caption = f"Adeudo total · vencido {money(card.overdue)}"
    return BannerFacts(card.holder_name, _facts(card), card.debt, _badges(card), caption)


def _badges(card: AccountCard) -> tuple[Pill, ...]:
    badges = [state_pill(card.state)]
    if card.overdue_periods:
        word = "periodo vencido" if card.overdue_periods == 1 else "periodos vencidos"
        badges.append(Pill(f"{card.overdue_periods} {word}", "danger", "triangle-alert"))
    elif card.overdue > 0:
        badges.append(Pill(f"Vencido {money(card.overdue)}", "danger", "triangle-alert"))
    if card.credit > ZERO:
        badges.append(Pill(f"Saldo a favor {money(card.credit)}", "ok", "wallet"))
    if card.estimated_in_a_row > 1:
        badges.append(Pill(f"{card.estimated_in_a_row} lecturas estimadas", "warn", "gauge"))
    if card.demonstration:
        badges.append(Pill("DEMOSTRACIÓN", "neutral", "info"))
    return tuple(badges)


def _facts(card: AccountCard) -> str:
    meter = f"Medidor {card.meter_serial}" if card.meter_serial else METERLESS
    use = card.use_name if card.modality == "metered" else f"{card.use_name}, cuota fija"
    place = ", ".join(filter(None, (card.address, card.neighbourhood, _postal(card))))
    paid = f"Último pago {day(card.last_payment_on)}" if card.last_payment_on else ""
    return " · ".join(filter(None, (f"Cuenta {card.account_number}", meter, use, place, paid)))


def _postal(card: AccountCard) -> str:
    return f"C.P. {card.postal_code}" if card.postal_code else ""
