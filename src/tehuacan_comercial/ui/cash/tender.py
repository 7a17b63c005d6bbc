"""The tender sheet as a value: what was handed over, what is missing, what goes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from tehuacan_comercial.domain.allocation import Part
from tehuacan_comercial.domain.cash import ChargeCommand, charge_command
from tehuacan_comercial.domain.money import ZERO, round_cash, total_of
from tehuacan_comercial.domain.refusals import ChangeOnlyFromCash
from tehuacan_comercial.domain.tendering import Settlement, Tender, TenderKind, settle
from tehuacan_comercial.ui.cash.proofs import proof_problems

KINDS = (TenderKind.CASH, TenderKind.CARD, TenderKind.TRANSFER, TenderKind.CHEQUE)
"""Forms of payment in the order of their keys, F2 to F5."""


@dataclass(frozen=True)
class Sale:
    """What is charged, frozen when the sheet opens; its UUID never changes (D5). Pesos.

    ``lines`` is how many lines of the table behind are paid, surcharges of a charge as one.
    """

    command_id: UUID
    session_id: int
    account_id: int
    account_number: str
    holder: str
    parts: tuple[Part, ...]
    advance: Decimal = ZERO
    credit: Decimal = ZERO
    step: Decimal = ZERO
    allowed: tuple[TenderKind, ...] = KINDS
    replaces: int | None = None
    lines: int = 0

    @property
    def total(self) -> Decimal:
        """What must be paid, before the rounding of cash."""
        return total_of(part.amount for part in self.parts) + self.advance

    @property
    def usable_credit(self) -> Decimal:
        """How much of the credit balance can pay this; an advance is never paid with credit."""
        return ZERO if self.advance else min(self.credit, self.total)


@dataclass(frozen=True)
class Line:
    """One form of payment as typed; pesos, with what proves it."""

    kind: TenderKind
    amount: Decimal = ZERO
    reference: str = ""
    bank: str = ""


@dataclass(frozen=True)
class Draft:
    """The sheet as it stands: lines added before, and the one that is being typed."""

    sale: Sale
    current: Line
    added: tuple[Line, ...] = ()
    use_credit: bool = False
    typed: bool = False

    @property
    def credit(self) -> Decimal:
        """Pesos of the credit balance that pay."""
        return self.sale.usable_credit if self.use_credit else ZERO

    def lines(self) -> tuple[Line, ...]:
        """Everything that pays, in order, without what is empty."""
        credit = Line(TenderKind.CREDIT, self.credit)
        return tuple(line for line in (credit, *self.added, self.current) if line.amount > 0)

    def due(self) -> Decimal:
        """What the line being typed has to bring, in its form of payment."""
        others = replace(self, current=Line(self.current.kind))
        cash = total_of(each.amount for each in others.lines() if each.kind is TenderKind.CASH)
        rest = self.sale.total - total_of(
            each.amount for each in others.lines() if each.kind is not TenderKind.CASH
        )
        if self.current.kind is TenderKind.CASH:
            return max(ZERO, round_cash(rest, self.sale.step) - cash)
        return max(ZERO, rest - cash)

    def settlement(self) -> Settlement:
        """Everything matched with the total.

        Raises:
            ChangeOnlyFromCash: what is not cash exceeds the total.
        """
        tenders = (Tender(line.kind, line.amount, line.reference.strip()) for line in self.lines())
        return settle(self.sale.total, tenders, self.sale.step)

    def exceeds(self) -> bool:
        """Whether what is not cash is more than the total."""
        try:
            self.settlement()
        except ChangeOnlyFromCash:
            return True
        return False

    def is_complete(self) -> bool:
        """Whether it can be registered: covered, and everything proven."""
        if self.exceeds() or self.settlement().missing or not self.lines():
            return False
        return not any(proof_problems(line.kind, line.reference, line.bank) for line in self._own())

    def command(self) -> ChargeCommand:
        """What is sent.

        Raises:
            TenderShort, ChangeOnlyFromCash, NothingToCharge: see ``is_complete``.
        """
        sale = self.sale
        banks = [each.bank.strip() for each in self.lines() if each.kind is not TenderKind.CASH]
        return charge_command(
            sale.command_id,
            sale.session_id,
            sale.account_id,
            sale.parts,
            self.settlement(),
            advance=sale.advance,
            banks=banks,
            replaces=sale.replaces,
        )

    def _own(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines() if line.kind is not TenderKind.CREDIT)


def start(sale: Sale) -> Draft:
    """A fresh sheet: the credit balance pays first, then the exact amount in the first form."""
    kind = next((kind for kind in KINDS if kind in sale.allowed), TenderKind.CASH)
    credit = TenderKind.CREDIT in sale.allowed and sale.usable_credit > 0
    return _exact(Draft(sale, Line(kind), use_credit=credit))


def with_amount(draft: Draft, amount: Decimal) -> Draft:
    """Somebody typed an amount."""
    return replace(draft, current=replace(draft.current, amount=amount), typed=True)


def with_proof(draft: Draft, reference: str, bank: str) -> Draft:
    """Somebody typed what proves the line."""
    return replace(draft, current=replace(draft.current, reference=reference, bank=bank))


def with_credit(draft: Draft, *, used: bool) -> Draft:
    """Apply the credit balance or leave it; an amount nobody typed follows."""
    changed = replace(draft, use_credit=used and draft.sale.usable_credit > 0)
    return changed if draft.typed else _exact(changed)


def choose(draft: Draft, kind: TenderKind) -> Draft:
    """Another form of payment; a part that was typed before stays as a line of its own."""
    if kind is draft.current.kind:
        return draft
    kept = draft.added
    if draft.typed and 0 < draft.current.amount < draft.due():
        kept = (*draft.added, draft.current)
    return _exact(replace(draft, current=Line(kind), added=kept, typed=False))


def add_line(draft: Draft) -> Draft:
    """Keep the line being typed and go on with the next form of payment for the rest."""
    used = {line.kind for line in (*draft.added, draft.current)}
    free = [kind for kind in KINDS if kind in draft.sale.allowed and kind not in used]
    kind = free[0] if free else TenderKind.CARD
    kept = (*draft.added, draft.current) if draft.current.amount > 0 else draft.added
    return _exact(replace(draft, current=Line(kind), added=kept, typed=False))


def can_add(draft: Draft) -> bool:
    """Whether a part was typed whose proof is whole, so that another form can follow."""
    line = draft.current
    partial = 0 < line.amount < draft.due()
    return partial and not proof_problems(line.kind, line.reference, line.bank)


def remove(draft: Draft, at: int) -> Draft:
    """Take a line out."""
    kept = (*draft.added[:at], *draft.added[at + 1 :])
    changed = replace(draft, added=kept)
    return changed if draft.typed else _exact(changed)


def _exact(draft: Draft) -> Draft:
    return replace(draft, current=replace(draft.current, amount=draft.due()))
