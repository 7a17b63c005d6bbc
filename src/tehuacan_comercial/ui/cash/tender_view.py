"""What the tender sheet says of a draft: captions, figures, notes to hand over, next step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.tendering import (
    TENDER_LABELS,
    TenderKind,
    change_breakdown,
    quick_amounts,
)
from tehuacan_comercial.ui.cash.summary import step_name
from tehuacan_comercial.ui.cash.tender import Draft, can_add
from tehuacan_comercial.ui.formats import money

AMOUNT_LABELS: dict[TenderKind, str] = {
    TenderKind.CASH: "&Recibido en efectivo",
    TenderKind.CARD: "Ca&ntidad con tarjeta",
    TenderKind.TRANSFER: "Ca&ntidad por transferencia",
    TenderKind.CHEQUE: "Ca&ntidad del cheque",
    TenderKind.CREDIT: "",
}


@dataclass(frozen=True)
class TenderView:
    """Everything the sheet shows that follows from its draft; pesos."""

    amount_label: str
    amount_problem: str
    quick: tuple[Decimal, ...]
    rounding: Decimal
    rounding_label: str
    pay: Decimal
    missing: Decimal
    change: Decimal
    pieces: str
    can_add: bool
    complete: bool


def view_of(draft: Draft) -> TenderView:
    """Say a draft."""
    cash = draft.current.kind is TenderKind.CASH
    problem = _amount_problem(draft)
    settled = None if draft.exceeds() else draft.settlement()
    rounding = settled.rounding if settled else ZERO
    change = settled.change if settled else ZERO
    return TenderView(
        AMOUNT_LABELS[draft.current.kind],
        problem,
        quick_amounts(draft.due()) if cash else (),
        rounding,
        f"Redondeo a {step_name(draft.sale.step)}" if draft.sale.step else "",
        draft.sale.total + rounding - draft.credit,
        settled.missing if settled else ZERO,
        change,
        pieces_text(change),
        can_add(draft),
        draft.is_complete(),
    )


def pieces_text(change: Decimal) -> str:
    """``1 × $200 · 2 × $5``: the fewest notes and coins that make the change."""
    broken = change_breakdown(change)
    said = [f"{each.count} × {_piece(each.value)}" for each in broken.pieces]
    if broken.remainder:
        said.append(f"quedan {money(broken.remainder)} sin moneda")
    return "  ·  ".join(said)


def _piece(value: Decimal) -> str:
    return f"{value * 100:.0f} ¢" if value < 1 else f"${value:,.0f}"


def _amount_problem(draft: Draft) -> str:
    if draft.exceeds():
        name = TENDER_LABELS[draft.current.kind].lower()
        return f"Solo el efectivo da cambio; con {name} escriba hasta {money(draft.due())}."
    return ""
