"""How deliveries and counts are told on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tehuacan_comercial.domain.lifecycles import WITHDRAWAL, WithdrawalState
from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.services.handovers import HandoverItemRow
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill

_DELIVERIES: dict[WithdrawalState, tuple[Tone, str]] = {
    WithdrawalState.IN_TRANSIT: ("warn", "hourglass"),
    WithdrawalState.ACCEPTED: ("ok", "circle-check"),
    WithdrawalState.REJECTED: ("danger", "undo-2"),
    WithdrawalState.WITHDRAWN: ("info", "wallet"),
}


def delivery_pill(state: str) -> Pill:
    """A delivery's state as word, icon and colour."""
    found = WithdrawalState(state)
    return Pill(WITHDRAWAL.labels[found].capitalize(), *_DELIVERIES[found])


def pieces_words(pieces: Mapping[str, object]) -> str:
    """``3 × $500 · 2 × 50 ¢`` from pieces by value in pesos, largest first."""
    counted = ((Decimal(value), int(str(count))) for value, count in pieces.items())
    ordered = sorted((each for each in counted if each[1]), reverse=True)
    return " · ".join(f"{count} × {_piece(value)}" for value, count in ordered)


def item_words(row: HandoverItemRow) -> str:
    """What an item handed over is: its pieces, or the proof and its receipt."""
    if row.denominations is not None:
        return pieces_words(row.denominations)
    return f"{row.reference} · recibo {row.receipt_folio}"


def _piece(value: Decimal) -> str:
    return f"{value * 100:.0f} ¢" if value < 1 else f"${value:,.0f}"


def differences_sentence(differences: Sequence[Decimal], against: str) -> str:
    """How a count ended, in words; pesos of each form of payment, less what is named last."""
    total = total_of(differences)
    if not any(differences):
        return f"Coincide con lo {against} en todas las formas de pago."
    if total == 0:
        return "El total coincide, pero hay diferencias entre formas de pago."
    word = "un sobrante" if total > 0 else "un faltante"
    return f"Hay {word} de {money(abs(total))} frente a lo {against}."


def missing_words(delivered: Decimal, counted: Decimal) -> str:
    """What is wrong with the receiver's count of a delivery, in pesos; nothing when it agrees."""
    difference = counted - delivered
    if not difference:
        return ""
    word = "Sobran" if difference > 0 else "Faltan"
    return f"{word} {money(abs(difference))} para los {money(delivered)} de la entrega."
