"""Refusals on the way from the drawers to the bank. Amounts in pesos."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.refusals.base import ConflictRefusal, RuleRefusal


@dataclass(eq=False)
class DepositDisagrees(RuleRefusal):
    """Count or slips (``what``) are not what the sessions handed over in a form of payment."""

    code = "TC060"
    what: str = ""
    tender: str = ""
    expected: Decimal = Decimal("0.00")
    given: Decimal = Decimal("0.00")


@dataclass(eq=False)
class SessionNotDepositable(ConflictRefusal):
    """Not closed, in another batch, or counted for its deposit; an empty session is a batch's."""

    code = "TC061"
    session: str = ""
    state: str = ""
    batch: int = 0


@dataclass(eq=False)
class FileRepeated(ConflictRefusal):
    """The very same file came in before; ``day`` is ISO."""

    code = "TC062"
    file: str = ""
    by: str = ""
    day: str = ""


@dataclass(eq=False)
class SlipNotMatched(RuleRefusal):
    """A slip is not that movement: unknown, state, matched, repeated, account or amount."""

    code = "TC063"
    problem: str = ""
    slip: Decimal = Decimal("0.00")
    line: Decimal = Decimal("0.00")


@dataclass(eq=False)
class UnidentifiedAssigned(ConflictRefusal):
    """Somebody said before whose the payment is."""

    code = "TC064"
    account: str = ""
    by: str = ""


@dataclass(eq=False)
class ControlDisagrees(RuleRefusal):
    """A control total of a file (``what``) is not what its rows give."""

    code = "TC065"
    what: str = ""
    expected: str = ""
    found: str = ""
