"""Refusals at the till: sessions, charges, forms of payment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.refusals.base import ConflictRefusal, RuleRefusal


@dataclass(eq=False)
class SessionNotOpen(RuleRefusal):
    """The cash session is being counted, closed or verified, so it takes no more money."""

    code = "TC002"
    session_id: int = 0
    state: str = ""


@dataclass(eq=False)
class NotYourSession(RuleRefusal):
    """The cash session belongs to another cashier."""

    code = "TC003"
    session_id: int = 0
    cashier: str = ""


@dataclass(eq=False)
class CommandReused(RuleRefusal):
    """The same command UUID came again with other content."""

    code = "TC004"
    command_id: str = ""


@dataclass(eq=False)
class ChargeNotOfAccount(RuleRefusal):
    """A charge in the command belongs to another account or does not exist."""

    code = "TC006"
    charge_id: int = 0


@dataclass(eq=False)
class ChargeAlreadySettled(ConflictRefusal):
    """Another station settled (part of) the charge meanwhile. Amounts in pesos."""

    code = "TC007"
    charge_id: int = 0
    outstanding: Decimal = Decimal("0.00")
    asked: Decimal = Decimal("0.00")


@dataclass(eq=False)
class SurchargesNotAccrued(ConflictRefusal):
    """A charge to be settled has surcharges to date that were not charged yet. Pesos (C8)."""

    code = "TC087"
    charge_id: int = 0
    missing: Decimal = Decimal("0.00")


@dataclass(eq=False)
class AmountsDisagree(RuleRefusal):
    """Two sums that must be equal are not. Amounts in pesos."""

    code = "TC008"
    what: str = ""
    expected: Decimal = Decimal("0.00")
    given: Decimal = Decimal("0.00")


@dataclass(eq=False)
class ChangeOnlyFromCash(RuleRefusal):
    """Change was asked from a tender that is not cash, or exceeds what cash can give."""

    code = "TC009"
    tender: str = ""


@dataclass(eq=False)
class TenderNotAllowed(RuleRefusal):
    """This till does not take that form of payment, or its proof is missing."""

    code = "TC010"
    tender: str = ""
    problem: str = ""


@dataclass(eq=False)
class InsufficientCredit(ConflictRefusal):
    """The account's credit balance is smaller than what is to be applied. Pesos."""

    code = "TC011"
    available: Decimal = Decimal("0.00")
    asked: Decimal = Decimal("0.00")


@dataclass(eq=False)
class TillBusy(RuleRefusal):
    """The till has a session that is not closed."""

    code = "TC012"
    till: str = ""
    cashier: str = ""
    business_date: str = ""


@dataclass(eq=False)
class CashierBusy(RuleRefusal):
    """The cashier has a session that is not closed at another till."""

    code = "TC013"
    till: str = ""
    business_date: str = ""


@dataclass(eq=False)
class YesterdayStillOpen(RuleRefusal):
    """A session of an earlier business date takes no payment; it must be closed first (H19)."""

    code = "TC014"
    session_id: int = 0
    business_date: str = ""


@dataclass(eq=False)
class UnknownTill(RuleRefusal):
    """There is no such till, or it is out of use."""

    code = "TC015"
    till: str = ""


@dataclass(eq=False)
class CountAlreadySigned(RuleRefusal):
    """The session's count was signed; it can't be signed again."""

    code = "TC016"
    session_id: int = 0


@dataclass(eq=False)
class CommandDiscarded(RuleRefusal):
    """The charge was given up after its answer was lost; a new one must be made."""

    code = "TC026"
    command_id: str = ""


@dataclass(eq=False)
class NothingToCharge(RuleRefusal):
    """Nothing was chosen, or the amount is zero."""


@dataclass(eq=False)
class TenderShort(RuleRefusal):
    """What was handed over does not cover the total. Pesos."""

    missing: Decimal = Decimal("0.00")
