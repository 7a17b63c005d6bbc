"""What a voucher and the verification sheet of a day say, as values; pesos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Reprint

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a voucher; *section* and *origin* are the headings it stands under."""

    section: str
    origin: str
    account: str
    name: str
    concept: str
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class FolioRange:
    """Receipts of a series on the day; *missing* counts gaps and broken seals."""

    first: str
    last: str
    receipts: int
    missing: int = 0


@dataclass(frozen=True, slots=True)
class VoucherSheet:
    """A voucher as it stood when the paper was issued.

    *people* are those who sign: name and part. *decision* says how it was decided, if it was.
    """

    office: Office
    kind: str
    folio: str
    day: date
    version: int
    replaces: str
    state: str
    chart: str
    booking: str
    issued_at: datetime
    entries: tuple[Entry, ...]
    folios: tuple[FolioRange, ...]
    note: str
    decision: str
    seal: str
    people: tuple[tuple[str, str], ...]
    reprint: Reprint | None = None
    demonstration: bool = False

    def total(self, section: str) -> tuple[Decimal, Decimal]:
        """Charges and credits of a section."""
        entries = [each for each in self.entries if each.section == section]
        return (
            sum((each.debit for each in entries), ZERO),
            sum((each.credit for each in entries), ZERO),
        )


@dataclass(frozen=True, slots=True)
class Total:
    """One of the five totals; *ok* is None where there is nothing to compare.

    *apart* are lines of words: what lies between a total that agrees and the money collected.
    """

    name: str
    amount: Decimal
    expected: Decimal
    count: int
    ok: bool | None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of the day."""

    folio: str
    till: str
    cashier: str
    closing: str
    receipts: int
    collected: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The verification sheet as the verifier saw it. *refunds* are folio, words and pesos."""

    office: Office
    folio: str
    day: date
    verdict: str
    green: bool
    explanation: str
    totals: tuple[Total, ...]
    sessions: tuple[SessionRow, ...]
    folios: tuple[FolioRange, ...]
    refunds: tuple[tuple[str, str, Decimal], ...]
    note: str
    people: tuple[tuple[str, str], ...]
    reprint: Reprint | None = None
    demonstration: bool = False
