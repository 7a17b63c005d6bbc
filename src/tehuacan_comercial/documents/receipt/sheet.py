"""What a proof of payment says, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Reprint
from tehuacan_comercial.documents.formats import short_moment

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One concept paid; ``total`` = ``amount`` − ``discount`` + ``tax``, in pesos."""

    concept: str
    period: str
    amount: Decimal
    tax: Decimal
    total: Decimal
    discount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class ReceiptTender:
    """One form of payment, in pesos: ``received`` − ``change`` = ``applied``."""

    name: str
    received: Decimal
    applied: Decimal
    change: Decimal = ZERO
    reference: str = ""


CANCELLED = "CANCELADO"
TRANSFERRED = "TRASPASADO"
RETURNED = "CHEQUE DEVUELTO"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The receipt no longer stands: since when, who authorised it, why, what took its place.

    ``title`` says in what way: void, or its payment was transferred, or its cheque came back; then
    ``fact`` says where to, or which.
    """

    at: datetime
    by: str
    reason: str
    replaced_by: str = ""
    title: str = CANCELLED
    fact: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The facts behind the mark, most important first."""
        did = "Registró" if self.title == RETURNED else "Autorizó"
        facts = (f"{short_moment(self.at)}", f"{did} {self.by}", f"Motivo: {self.reason}")
        first = f"Sustituido por folio {self.replaced_by}" if self.replaced_by else self.fact
        return (first, *facts) if first else facts


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """A posted payment, frozen; amounts in pesos, moments on the office's clock.

    ``previous_balance`` and ``remaining_balance`` are what the account owed before and owes after;
    ``credit_balance`` is its saldo a favor after the payment. ``replaces`` is the folio of the
    void receipt whose place this one takes. ``title`` says what the paper is: that of a transfer is
    no new payment. Empty texts are left out.
    """

    office: Office
    folio: str
    verification_code: str
    qr_payload: str
    issued_at: datetime
    business_date: date
    account_number: str
    holder: str
    address: str
    use_class: str
    classification: str
    zone: str
    modality: str
    meter: str
    lines: tuple[ReceiptLine, ...]
    rounding: Decimal
    total: Decimal
    words: str
    tenders: tuple[ReceiptTender, ...]
    previous_balance: Decimal
    remaining_balance: Decimal
    credit_balance: Decimal
    cashier: str
    till: str
    session_folio: str
    note: str = ""
    reprint: Reprint | None = None
    demonstration: bool = False
    replaces: str = ""
    cancelled: Cancelled | None = None
    title: str = "COMPROBANTE DE PAGO"

    @property
    def struck(self) -> bool:
        """Whether the total counts no more; of a transferred payment it counts elsewhere."""
        return self.cancelled is not None and self.cancelled.title == CANCELLED

    @property
    def subtotal(self) -> Decimal:
        """Sum of the lines before discount and tax, pesos."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def discount(self) -> Decimal:
        """Sum of the discounts, pesos."""
        return sum((line.discount for line in self.lines), ZERO)

    @property
    def tax(self) -> Decimal:
        """Sum of the IVA, pesos."""
        return sum((line.tax for line in self.lines), ZERO)

    @property
    def received(self) -> Decimal:
        """What was handed over, pesos."""
        return sum((tender.received for tender in self.tenders), ZERO)

    @property
    def change(self) -> Decimal:
        """What was given back, pesos."""
        return sum((tender.change for tender in self.tenders), ZERO)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and value of what is known of the account, empty ones left out."""
        pairs = (
            ("Uso", self.use_class),
            ("Clasificación", self.classification),
            ("Zona", self.zone),
            ("Modalidad", self.modality),
            ("Medidor", self.meter),
        )
        return tuple(pair for pair in pairs if pair[1])
