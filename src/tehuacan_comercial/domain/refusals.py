"""Every way the program says no, as a class that carries its facts.

``ui/messages.py`` holds one Spanish sentence for each concrete class; a test checks the pairing.
Classes with a ``code`` are raised by PostgreSQL with that SQLSTATE and their facts as a JSON
object in DETAIL; ``data/errors.py`` turns them back into the class.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """Base of every known "no". Anything that is not a Refusal is a bug of ours."""

    code: ClassVar[str] = ""


class RuleRefusal(Refusal):
    """A rule of the office forbids it; doing it again will not help."""


class ConflictRefusal(Refusal):
    """Somebody was faster; read again and decide again."""


class TroubleRefusal(Refusal):
    """The machine, the network or the server is in the way; the same act may be tried again."""


# --- rules that PostgreSQL enforces ---


@dataclass(eq=False)
class NotPermitted(RuleRefusal):
    """The signed-in person's role does not include this act."""

    code = "TC001"
    act: str = ""


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
class UnknownAccount(RuleRefusal):
    """There is no such account."""

    code = "TC005"
    account: str = ""


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
class CommandDiscarded(RuleRefusal):
    """The charge was given up after its answer was lost; a new one must be made."""

    code = "TC026"
    command_id: str = ""


# --- found by the station before anything is sent ---


@dataclass(eq=False)
class NothingToCharge(RuleRefusal):
    """Nothing was chosen, or the amount is zero."""


@dataclass(eq=False)
class TenderShort(RuleRefusal):
    """What was handed over does not cover the total. Pesos."""

    missing: Decimal = Decimal("0.00")


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


# --- trouble ---


@dataclass(eq=False)
class ServerUnreachable(TroubleRefusal):
    """No answer from the server, and nothing of ours was committed."""

    detail: str = ""


@dataclass(eq=False)
class ResultUnknown(TroubleRefusal):
    """The connection was lost while a command was under way; ask again with the same UUID."""

    command_id: str = ""


@dataclass(eq=False)
class ServerBusy(TroubleRefusal):
    """Another station holds the row too long; nothing was written."""

    detail: str = ""


@dataclass(eq=False)
class ServerFull(TroubleRefusal):
    """The server's disk is full; nothing was written."""

    detail: str = ""


@dataclass(eq=False)
class PrinterTrouble(TroubleRefusal):
    """The printer did not take the sheet; the document itself is registered."""

    printer: str = ""
    problem: str = ""
