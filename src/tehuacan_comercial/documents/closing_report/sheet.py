"""What a closing report says, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Reprint
from tehuacan_comercial.documents.formats import peso

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class TenderCount:
    """One form of payment, pesos: what the books expect and what was declared blind."""

    name: str
    expected: Decimal
    declared: Decimal

    @property
    def difference(self) -> Decimal:
        """Declared − expected: positive is an overage."""
        return self.declared - self.expected


@dataclass(frozen=True, slots=True)
class Denomination:
    """Notes or coins of one value and how many were counted."""

    value: Decimal
    pieces: int

    @property
    def amount(self) -> Decimal:
        """What the pieces are worth, pesos."""
        return self.value * self.pieces


@dataclass(frozen=True, slots=True)
class CashStep:
    """One line of how the expected cash came about, pesos with its sign."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ConceptTotal:
    """What was collected of one concept, pesos: ``total`` = ``amount`` + ``tax``."""

    concept: str
    count: int
    amount: Decimal
    tax: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ClosingPayment:
    """One receipt of the session; a voided one is struck through and does not count."""

    folio: str
    at: datetime
    account_number: str
    holder: str
    tender: str
    amount: Decimal
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody who signs: name and office held."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ClosingSheet:
    """A closed cash session, frozen; pesos, moments on the office's clock.

    ``cash_steps`` go from the opening float to the cash expected, which they sum to.
    ``chain_head`` is the head of the receipts' hash chain when the session closed. ``remarks``
    tell what is not ordinary: who allowed the difference, which closing it replaces.
    """

    office: Office
    folio: str
    session_folio: str
    till: str
    cashier: str
    business_date: date
    opened_at: datetime
    closed_at: datetime
    opening_float: Decimal
    cash_steps: tuple[CashStep, ...]
    tenders: tuple[TenderCount, ...]
    denominations: tuple[Denomination, ...]
    concepts: tuple[ConceptTotal, ...]
    first_folio: str
    last_folio: str
    receipt_count: int
    chain_head: str
    payments: tuple[ClosingPayment, ...]
    signatures: tuple[Signature, ...]
    note: str = ""
    remarks: tuple[str, ...] = ()
    reprint: Reprint | None = None
    demonstration: bool = False

    @property
    def expected(self) -> Decimal:
        """Sum of what the books expect, pesos."""
        return sum((tender.expected for tender in self.tenders), ZERO)

    @property
    def declared(self) -> Decimal:
        """Sum of what was declared, pesos."""
        return sum((tender.declared for tender in self.tenders), ZERO)

    @property
    def difference(self) -> Decimal:
        """Declared − expected, pesos."""
        return self.declared - self.expected

    @property
    def counted(self) -> Decimal:
        """Sum of the notes and coins, pesos."""
        return sum((piece.amount for piece in self.denominations), ZERO)

    @property
    def collected(self) -> Decimal:
        """Sum of the concepts, pesos."""
        return sum((concept.total for concept in self.concepts), ZERO)

    @property
    def verdict(self) -> str:
        """In one line: balanced, overage or shortage; never hides differences that cancel out."""
        if self.difference:
            word = "SOBRANTE" if self.difference > 0 else "FALTANTE"
            return f"{word} {peso(abs(self.difference))}"
        if any(tender.difference for tender in self.tenders):
            return "DIFERENCIAS QUE SE COMPENSAN"
        return "CAJA CUADRADA"

    @property
    def explanation(self) -> str:
        """What the verdict means, as a sentence."""
        if self.difference > 0:
            return "Lo declarado es mayor que lo esperado; el sobrante queda registrado."
        if self.difference < 0:
            return "Lo declarado es menor que lo esperado; el faltante queda registrado."
        if any(tender.difference for tender in self.tenders):
            return "El total coincide, pero no cada forma de pago; revise los renglones."
        return "Lo declarado es igual a lo esperado en cada forma de pago."

    @property
    def receipts_range(self) -> str:
        """First to last folio, or that there was none."""
        if not self.receipt_count:
            return "Sin recibos"
        if self.first_folio == self.last_folio:
            return self.first_folio
        return f"{self.first_folio} a {self.last_folio}"
