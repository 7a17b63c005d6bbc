"""What the chosen charges add up to, line by line, and how an amount would be spread over them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.allocation import Part, allocate, allocate_selected
from tehuacan_comercial.domain.money import ZERO, round_cash, total_of
from tehuacan_comercial.domain.open_items import OpenItem, open_lines
from tehuacan_comercial.domain.tendering import TENDER_LABELS
from tehuacan_comercial.ui.formats import money


@dataclass(frozen=True)
class ChargeSummary:
    """The card *Resumen del cobro*; pesos. ``total`` is what is paid in cash.

    ``count`` tells how many charges the subtotal adds up, ``chosen`` whether any is to be paid.
    """

    chosen: bool

    count: int
    subtotal: Decimal
    surcharges: Decimal
    tax: Decimal
    credit: Decimal
    rounding: Decimal
    step: Decimal

    @property
    def owed(self) -> Decimal:
        """What the chosen charges owe."""
        return self.subtotal + self.surcharges + self.tax

    @property
    def total(self) -> Decimal:
        """What is to be handed over in cash."""
        return self.owed - self.credit + self.rounding


def summarize(
    items: Sequence[OpenItem], selection: Collection[int], credit: Decimal, step: Decimal
) -> ChargeSummary:
    """Add up the chosen charges; *credit* is what the account has in its favour, *step* the cash
    rounding of the office (pesos, 0 for none).
    """
    chosen = [item for item in items if item.charge_id in selection]
    tax = total_of(item.outstanding_tax for item in chosen)
    extra = total_of(_net(item) for item in chosen if item.parent_charge_id is not None)
    subtotal = total_of(_net(item) for item in chosen) - extra
    count = sum(item.parent_charge_id is None for item in chosen)
    used = min(credit, subtotal + extra + tax)
    left = subtotal + extra + tax - used
    rounding = round_cash(left, step) - left
    return ChargeSummary(bool(chosen), count, subtotal, extra, tax, used, rounding, step)


def _net(item: OpenItem) -> Decimal:
    return item.outstanding - item.outstanding_tax


def step_name(step: Decimal) -> str:
    """``50 ¢`` or ``$1``."""
    return f"{step * 100:.0f} ¢" if step < 1 else money(step).removesuffix(".00")


def lines_paid(items: Sequence[OpenItem], parts: Sequence[Part]) -> int:
    """How many lines of the debt a payment touches, the surcharges of a charge as one."""
    paid = {part.charge_id for part in parts}
    return sum(not line.charge_ids.isdisjoint(paid) for line in open_lines(items))


@dataclass(frozen=True)
class PlanLine:
    """What an amount does to one line of the debt; pesos."""

    charge_id: int
    concept: str
    period: str
    owed: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """What stays owed."""
        return self.owed - self.paid


@dataclass(frozen=True)
class Plan:
    """How an amount is spread, oldest first; what finds no charge is an advance. Pesos."""

    amount: Decimal
    lines: tuple[PlanLine, ...]
    parts: tuple[Part, ...]
    advance: Decimal

    @property
    def owed(self) -> Decimal:
        """The whole debt before this payment."""
        return total_of(line.owed for line in self.lines)

    def sentence(self) -> str:
        """What happens, in plain words."""
        if not self.amount:
            return "Escriba la cantidad que entrega la persona."
        if self.advance and not self.parts:
            return f"La cuenta no debe nada: {money(self.advance)} quedan como saldo a favor."
        if self.advance:
            return (
                f"Se paga todo el adeudo ({money(self.owed)}) y {money(self.advance)} quedan como"
                " saldo a favor."
            )
        left = self.owed - self.amount
        if not left:
            return "Se paga todo el adeudo."
        return f"Se paga lo más antiguo primero; quedan {money(left)} por pagar."


def plan(items: Sequence[OpenItem], amount: Decimal) -> Plan:
    """Spread *amount* pesos over everything the account owes (C9, C10)."""
    spread = allocate(items, amount)
    paid = {part.charge_id: part.amount for part in spread.parts}
    lines = tuple(
        PlanLine(
            line.first.charge_id,
            line.first.concept_name,
            line.first.period_name,
            line.outstanding,
            total_of(paid.get(charge, ZERO) for charge in line.charge_ids),
        )
        for line in open_lines(items)
    )
    return Plan(amount, lines, spread.parts, spread.remainder)


def selected_parts(items: Sequence[OpenItem], selection: Collection[int]) -> tuple[Part, ...]:
    """The whole of the chosen charges.

    Raises:
        NothingToCharge: nothing that owes is chosen.
    """
    return allocate_selected(items, selection).parts


def tender_names(kinds: str) -> str:
    """``cash,card`` as it is stored → ``Efectivo, Tarjeta``."""
    known = {kind.value: label for kind, label in TENDER_LABELS.items()}
    names = [known.get(kind, kind) for kind in dict.fromkeys((kinds or "").split(","))]
    return ", ".join(filter(None, names))
