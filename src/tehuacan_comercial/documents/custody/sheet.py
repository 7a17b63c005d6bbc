"""What the papers of custody say, as values; pesos, moments on the office's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Reprint
from tehuacan_comercial.documents.closing_report.sheet import Denomination

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Head:
    """What all of them share: whose session, which paper, when."""

    office: Office
    folio: str
    session_folio: str
    till: str
    cashier: str
    business_date: date
    at: datetime
    reprint: Reprint | None = None
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A form of payment; what is None was not told when the paper was made (blind count)."""

    name: str
    expected: Decimal | None = None
    declared: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """Declared − expected, when both were told."""
        if self.expected is None or self.declared is None:
            return None
        return self.declared - self.expected


@dataclass(frozen=True, slots=True)
class Carried:
    """Money or a proof that went from one hand to another, and where that stands in words.

    ``returned``: it was rejected and stayed where it was.
    """

    folio: str
    what: str
    detail: str
    amount: Decimal
    state: str
    returned: bool = False


@dataclass(frozen=True, slots=True)
class InterimSheet:
    """A corte parcial (X). Without ``figures`` it is the cashier's own, who counts blind."""

    head: Head
    state: str
    opened_at: datetime
    opening_float: Decimal
    receipts: int
    first_folio: str
    last_folio: str
    chain_head: str
    figures: tuple[Figure, ...]
    concepts: tuple[tuple[str, int, Decimal], ...]
    carried: tuple[Carried, ...]
    taken_by: str


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A signed count (arqueo): of a closing, or by surprise."""

    head: Head
    kind: str
    denominations: tuple[Denomination, ...]
    figures: tuple[Figure, ...]
    note: str
    counted_by: str
    surprise: bool

    @property
    def told(self) -> bool:
        """Whether what was expected is on the paper."""
        return all(figure.expected is not None for figure in self.figures)


@dataclass(frozen=True, slots=True)
class DeliverySheet:
    """A partial delivery (entrega parcial) as it stood when the paper was made."""

    head: Head
    amount: Decimal
    denominations: tuple[Denomination, ...]
    state: str
    note: str
    sent_by: str
    answered_by: str
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class RepaymentSheet:
    """Cash that a cashier put back of a session's shortage; the head is of the one that took it.

    ``before`` and ``after`` are what was owed of it, pesos.
    """

    head: Head
    amount: Decimal
    debtor: str
    debt_session: str
    debt_date: date
    before: Decimal
    after: Decimal
    note: str
    received_by: str


@dataclass(frozen=True, slots=True)
class HandoverSheet:
    """A handover (relevo) item by item; the head is of the session that gives."""

    head: Head
    to_till: str
    receiver: str
    items: tuple[Carried, ...]
    denominations: tuple[Denomination, ...]
    note: str
    sent_by: str

    @property
    def total(self) -> Decimal:
        """All its items but those sent back."""
        return sum((item.amount for item in self.items if not item.returned), ZERO)
