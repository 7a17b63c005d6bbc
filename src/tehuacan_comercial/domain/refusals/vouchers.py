"""Refusals around vouchers and the days they lock. Days are ISO texts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.refusals.base import ConflictRefusal, RuleRefusal


@dataclass(eq=False)
class ConceptUnmapped(RuleRefusal):
    """The map of accounts does not name everything the day has; ``names`` says what."""

    code = "TC080"
    day: str = ""
    names: str = ""


@dataclass(eq=False)
class DayNotReady(RuleRefusal):
    """No voucher of the day yet; ``problem`` is future, sessions (still open) or map (none)."""

    code = "TC081"
    day: str = ""
    problem: str = ""
    sessions: str = ""


@dataclass(eq=False)
class VoucherDisagrees(RuleRefusal):
    """It cannot be verified: the books changed since, or the day's totals do not agree."""

    code = "TC082"
    folio: str = ""
    problem: str = ""
    totals: str = ""


@dataclass(eq=False)
class OwnVoucher(RuleRefusal):
    """Who issued a voucher neither verifies nor returns it."""

    code = "TC083"
    folio: str = ""


@dataclass(eq=False)
class DayLocked(RuleRefusal):
    """The day has a verified voucher: nothing that would change it is posted any more."""

    code = "TC084"
    day: str = ""
    folio: str = ""


@dataclass(eq=False)
class VoucherStands(ConflictRefusal):
    """The day has its voucher, or somebody decided this one before; ``by`` says who."""

    code = "TC085"
    folio: str = ""
    state: str = ""
    by: str = ""


@dataclass(eq=False)
class VoucherUnbalanced(RuleRefusal):
    """Charges and credits differ, so the voucher is not issued. Pesos."""

    code = "TC086"
    folio: str = ""
    debit: Decimal = Decimal("0.00")
    credit: Decimal = Decimal("0.00")
