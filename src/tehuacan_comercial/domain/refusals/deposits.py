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
