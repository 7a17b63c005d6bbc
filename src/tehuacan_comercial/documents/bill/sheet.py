"""What a water bill says, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tehuacan_comercial.documents.base import Office, Reprint

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class BillReading:
    """The two readings the consumption was taken from, m³; estimated if the meter was not read."""

    previous: Decimal
    current: Decimal
    previous_on: date
    current_on: date
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class PeriodConsumption:
    """One bar of the history: a short period (``sep–oct 26``) and its m³."""

    period: str
    volume: Decimal
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class BillLine:
    """One concept billed, pesos: ``total`` = ``amount`` − ``discount`` + ``tax``.

    ``basis`` says in words how it came about: ``18 m³``, ``20 % del agua``.
    """

    concept: str
    amount: Decimal
    tax: Decimal
    total: Decimal
    discount: Decimal = ZERO
    basis: str = ""


@dataclass(frozen=True, slots=True)
class BillSheet:
    """An issued bill, frozen; pesos and m³. Empty texts are left out.

    ``reading`` and ``volume`` are None for a fixed fee. ``history`` has at most thirteen periods,
    the oldest first, and ends with the one billed. ``total`` is everything owed: the lines, the
    previous debt and its surcharges, less credit, plus rounding.
    """

    office: Office
    number: str
    account_number: str
    holder: str
    address: str
    route: str
    use_class: str
    classification: str
    zone: str
    modality: str
    meter: str
    period: str
    period_from: date
    period_to: date
    issued_on: date
    due_date: date
    reading: BillReading | None
    volume: Decimal | None
    history: tuple[PeriodConsumption, ...]
    lines: tuple[BillLine, ...]
    previous_debt: Decimal
    overdue_periods: int
    surcharges: Decimal
    credit_applied: Decimal
    rounding: Decimal
    total: Decimal
    words: str
    barcode_payload: str
    qr_payload: str
    notices: tuple[str, ...] = ()
    reprint: Reprint | None = None
    demonstration: bool = False

    @property
    def metered(self) -> bool:
        """Whether there is anything to show about consumption."""
        return self.reading is not None or bool(self.history)

    @property
    def current(self) -> Decimal:
        """Sum of this period's lines, pesos."""
        return sum((line.total for line in self.lines), ZERO)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and value of what is known of the account, empty ones left out."""
        pairs = (
            ("Uso", self.use_class),
            ("Clasificación", self.classification),
            ("Zona", self.zone),
            ("Modalidad", self.modality),
            ("Medidor", self.meter),
            ("Ruta", self.route),
        )
        return tuple(pair for pair in pairs if pair[1])
