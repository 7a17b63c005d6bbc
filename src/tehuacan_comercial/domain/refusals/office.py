"""Refusals of rules, permissions, people and files."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.refusals.base import RuleRefusal


@dataclass(eq=False)
class NotPermitted(RuleRefusal):
    """The signed-in person's role does not include this act."""

    code = "TC001"
    act: str = ""


@dataclass(eq=False)
class UnknownAccount(RuleRefusal):
    """There is no such account."""

    code = "TC005"
    account: str = ""


@dataclass(eq=False)
class InvalidTransition(RuleRefusal):
    """A document cannot go from its state to the one wished."""

    code = "TC017"
    document: str = ""
    state: str = ""
    wish: str = ""


@dataclass(eq=False)
class PostedFactImmutable(RuleRefusal):
    """A posted fact is never changed or deleted; it is reversed."""

    code = "TC018"
    table: str = ""


@dataclass(eq=False)
class JournalUnbalanced(RuleRefusal):
    """The lines of a journal do not sum to zero. Pesos."""

    code = "TC019"
    journal_id: int = 0
    difference: Decimal = Decimal("0.00")


@dataclass(eq=False)
class RuleSetUsed(RuleRefusal):
    """A rule version that produced amounts is immutable; load a new version."""

    code = "TC020"
    rule_set: str = ""


@dataclass(eq=False)
class PeriodNotBillable(RuleRefusal):
    """The billing period does not exist, is closed or has no rules in force."""

    code = "TC021"
    period: str = ""
    problem: str = ""


@dataclass(eq=False)
class StaffTrouble(RuleRefusal):
    """The person exists already, does not exist, or is disabled."""

    code = "TC022"
    username: str = ""
    problem: str = ""


@dataclass(eq=False)
class InvalidCommand(RuleRefusal):
    """The command is malformed: a field is missing or out of range."""

    code = "TC023"
    field: str = ""
    problem: str = ""


@dataclass(eq=False)
class ReasonRequired(RuleRefusal):
    """The act needs a written reason."""

    code = "TC024"
    act: str = ""


@dataclass(eq=False)
class UnknownDocument(RuleRefusal):
    """There is no such receipt, bill or closing, or it is not yours to see."""

    code = "TC025"
    document: str = ""


@dataclass(eq=False)
class WrongCredentials(RuleRefusal):
    """The server does not know this user and password."""

    username: str = ""


@dataclass(eq=False)
class StationBehind(RuleRefusal):
    """The database is newer than this program."""

    station: str = ""
    server: str = ""


@dataclass(eq=False)
class DatabaseBehind(RuleRefusal):
    """The database is older than this program; the office must upgrade it."""

    station: str = ""
    server: str = ""


@dataclass(eq=False)
class DurabilityOff(RuleRefusal):
    """The server could forget a committed payment (fsync and its like are off): no charging."""

    setting: str = ""


@dataclass(eq=False)
class InvalidRules(RuleRefusal):
    """A rules file was refused; each problem names its line and reason in Spanish."""

    path: str = ""
    problems: tuple[str, ...] = ()


@dataclass(eq=False)
class InvalidImport(RuleRefusal):
    """An import was refused whole: control totals or rows are wrong."""

    path: str = ""
    problems: tuple[str, ...] = ()
