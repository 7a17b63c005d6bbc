"""What a rules file says, as frozen values: one class for each kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tehuacan_comercial.domain.calendar import BusinessCalendar
from tehuacan_comercial.domain.consumption import AnomalyCode
from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.domain.rating import RateRow, TaxRow
from tehuacan_comercial.domain.surcharges import SurchargeRule
from tehuacan_comercial.domain.tendering import Denomination, TenderKind


class RuleKind(StrEnum):
    """Kinds of rules files; the value is what stands after ``kind =``."""

    CONCEPTS = "concepts"
    TARIFF = "tariff"
    TAXES = "taxes"
    SURCHARGES = "surcharges"
    UMA = "uma"
    CALENDAR = "calendar"
    OFFICE = "office"
    DENOMINATIONS = "denominations"
    ANOMALIES = "anomalies"
    AUTHORITY = "authority"
    ACCOUNTING_MAP = "accounting_map"
    RETURNED_CHEQUE = "returned_cheque"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class RuleHeader:
    """Which rules these are, on what they rest, and from when to when they hold (inclusive)."""

    kind: RuleKind
    code: str
    version: int
    title: str
    legal_basis: str
    published_in: str
    valid_from: date
    valid_to: date | None
    demonstration: bool

    def holds_on(self, day: date) -> bool:
        """Whether the day lies within the validity."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ConceptKind(StrEnum):
    """What a concept is: a service, what follows one, a credit in favour, or something else."""

    SERVICE = "service"
    ACCESSORY = "accessory"
    CREDIT = "credit"
    OTHER = "other"


class ServiceKind(StrEnum):
    """The services that a tap may have; each is billed under one concept."""

    WATER = "water"
    SEWERAGE = "sewerage"
    SANITATION = "sanitation"


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept of charge; *settlement_order* ranks it among charges of the same deadline.

    *service* says which service of a tap is billed under it.
    """

    code: str
    name: str
    kind: ConceptKind
    follows: str | None
    settlement_order: int
    ledger_account: str
    service: ServiceKind | None = None


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A zone (*zona*): code and Spanish name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class UseRow:
    """A use class (*uso*): code, Spanish name, and whether people live there."""

    code: str
    name: str
    domestic: bool


@dataclass(frozen=True, slots=True)
class ConceptRules:
    """The catalogue on which tariff, taxes and surcharges stand."""

    header: RuleHeader
    concepts: tuple[ConceptRow, ...]
    uses: tuple[UseRow, ...]
    zones: tuple[NamedCode, ...]

    @property
    def follows(self) -> Mapping[str, str]:
        """Accessory → service whose tax rate it has."""
        return {each.code: each.follows for each in self.concepts if each.follows is not None}

    def concept(self, code: str) -> ConceptRow | None:
        """The concept of that code, if there is one."""
        return next((each for each in self.concepts if each.code == code), None)


@dataclass(frozen=True, slots=True)
class TariffRules:
    """Prices (*estructura tarifaria*)."""

    header: RuleHeader
    rows: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True)
class TaxRules:
    """IVA by concept and use."""

    header: RuleHeader
    rows: tuple[TaxRow, ...]


@dataclass(frozen=True, slots=True)
class SurchargeRow:
    """The surcharge on a concept, and the accessory concept under which it is charged."""

    concept: str
    accessory: str
    rule: SurchargeRule


@dataclass(frozen=True, slots=True)
class SurchargeRules:
    """Surcharges on late payment (*recargos*)."""

    header: RuleHeader
    rows: tuple[SurchargeRow, ...]


@dataclass(frozen=True, slots=True)
class UmaRow:
    """Unidad de Medida y Actualización of a year, in pesos; valid from February on."""

    year: int
    valid_from: date
    valid_to: date
    daily: Decimal
    monthly: Decimal
    annual: Decimal


@dataclass(frozen=True, slots=True)
class UmaRules:
    """The values of the UMA."""

    header: RuleHeader
    rows: tuple[UmaRow, ...]

    def on(self, day: date) -> UmaRow | None:
        """The value that holds on a day; in January it is still last year's."""
        return next((row for row in self.rows if row.valid_from <= day <= row.valid_to), None)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which the office does not work, and why."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """The weekly rest (Monday = 0) and the office's own days; federal holidays come apart."""

    header: RuleHeader
    rest_weekdays: frozenset[int]
    rows: tuple[ClosedDay, ...]

    def calendar(self, holidays: Iterable[date] = ()) -> BusinessCalendar:
        """The working calendar, with the federal holidays given."""
        own = frozenset(row.day for row in self.rows)
        return BusinessCalendar(own | frozenset(holidays), self.rest_weekdays)


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A form of payment that the tills take; *reference_label* is asked when there is one."""

    kind: TenderKind
    name: str
    reference_label: str | None

    @property
    def needs_reference(self) -> bool:
        """Whether a voucher, cheque or transfer number must be given."""
        return self.reference_label is not None


@dataclass(frozen=True, slots=True)
class Legend:
    """A sentence printed on a kind of document (receipt, bill, closing, statement)."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """Letterhead and habits of the office.

    *cash_rounding_step* is in pesos (0 for none), *payment_days* are natural days from issue to
    deadline, *period_months* the months of a billing period. *daily_goal* is what a day should
    collect, in pesos, *backup_hours* how old the last backup may be, *void_alert* from how many
    voids of one cashier on the manager's window tells, and *closing_tolerance* how many pesos a
    closing may differ without a second count and somebody's permission (H7; none: any).
    """

    header: RuleHeader
    name: str
    short_name: str
    rfc: str
    address: tuple[str, ...]
    phone: str
    cash_rounding_step: Decimal
    idle_lock_minutes: int
    payment_days: int
    period_months: int
    tenders: tuple[TenderRow, ...]
    legends: tuple[Legend, ...]
    daily_goal: Decimal | None = None
    backup_hours: int | None = None
    void_alert: int | None = None
    closing_tolerance: Decimal | None = None

    def legends_of(self, document: str) -> tuple[str, ...]:
        """The sentences for a kind of document, in order."""
        return tuple(each.text for each in self.legends if each.document == document)


@dataclass(frozen=True, slots=True)
class DenominationRules:
    """Notes and coins that are counted."""

    header: RuleHeader
    rows: tuple[Denomination, ...]


@dataclass(frozen=True, slots=True)
class AnomalyRules:
    """What a meter reader may report."""

    header: RuleHeader
    rows: tuple[AnomalyCode, ...]


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A job decides a kind of authorisation from one amount up to another, pesos."""

    kind: str
    job: str
    from_amount: Decimal
    up_to: Decimal | None


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason of a list; *needs_note* asks for it in words as well."""

    list: str
    code: str
    name: str
    needs_note: bool


@dataclass(frozen=True, slots=True)
class AuthorityRules:
    """Who decides what, and why it may be asked for."""

    header: RuleHeader
    limits: tuple[LimitRow, ...]
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True, slots=True)
class ReturnedChequeRules:
    """What a returned cheque costs: *percent* of its amount, at least *minimum* pesos, before tax,
    charged under *concept*.
    """

    header: RuleHeader
    percent: Decimal
    minimum: Decimal
    concept: str


@dataclass(frozen=True, slots=True)
class QueueRules:
    """Desks, procedures and habits of the attention queue."""

    header: RuleHeader
    catalogue: QueueCatalogue


class DiscountBooking(StrEnum):
    """How income taken back is booked: as its reversal, or as a subsidy that pays it."""

    REVERSAL = "reversal"
    SUBSIDY = "subsidy"


@dataclass(frozen=True, slots=True)
class ChartAccount:
    """An account of the accountant's chart (*cuenta contable*): code and Spanish name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LedgerMapRow:
    """Where an account of the program's books goes in the chart."""

    ledger: str
    account: str


@dataclass(frozen=True, slots=True)
class ConceptMapRow:
    """Where a concept goes: what users owe, the income or its subsidy, and the budget's income:
    still to accrue, accrued, collected.
    """

    concept: str
    receivable: str
    income: str
    subsidy: str
    executable: str
    accrued: str
    collected: str


@dataclass(frozen=True, slots=True)
class AccountingRules:
    """The map of concepts to accounts (*catálogo contable*, CONAC style) for the vouchers."""

    header: RuleHeader
    booking: DiscountBooking
    accounts: tuple[ChartAccount, ...]
    ledgers: tuple[LedgerMapRow, ...]
    concepts: tuple[ConceptMapRow, ...]


RuleSet = (
    ConceptRules
    | TariffRules
    | TaxRules
    | SurchargeRules
    | UmaRules
    | CalendarRules
    | OfficeRules
    | DenominationRules
    | AnomalyRules
    | AuthorityRules
    | AccountingRules
    | ReturnedChequeRules
    | QueueRules
)


def in_force(rule_sets: Iterable[RuleSet], kind: RuleKind, on: date) -> RuleSet | None:
    """The version of a kind that holds on a day: the latest to begin, then the highest.

    Where no new version was approved the last one goes on, unless it names its own end.
    """
    holding = [each for each in rule_sets if each.header.kind is kind and each.header.holds_on(on)]
    return max(
        holding, key=lambda each: (each.header.valid_from, each.header.version), default=None
    )
