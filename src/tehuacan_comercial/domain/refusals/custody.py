"""Refusals around who holds the money of a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tehuacan_comercial.domain.refusals.base import ConflictRefusal, RuleRefusal


@dataclass(eq=False)
class CloseBlocked(RuleRefusal):
    """Something must be settled before the session closes.

    ``blockers`` are all of it, as *¿Puedo cerrar?* lists them: code, subject, facts.
    """

    code = "TC040"
    session_id: int = 0
    blockers: Sequence[Mapping[str, Any]] = ()


@dataclass(eq=False)
class SecondPersonNeeded(RuleRefusal):
    """Who delivers, charges or closes is not who receives, counts or verifies."""

    code = "TC041"
    act: str = ""


@dataclass(eq=False)
class NotThatMuchCash(RuleRefusal):
    """The drawer does not hold that much cash by the books. Pesos."""

    code = "TC042"
    amount: Decimal = Decimal("0.00")


@dataclass(eq=False)
class WithdrawalDecided(ConflictRefusal):
    """Somebody accepted or rejected the withdrawal already; ``state`` says which."""

    code = "TC043"
    folio: str = ""
    state: str = ""
    by: str = ""


@dataclass(eq=False)
class RecountNeeded(RuleRefusal):
    """The count passes the office's tolerance, and a second one is signed first (H7).

    ``counts`` are those signed so far, which stay; how far they are off is not told.
    """

    code = "TC045"
    session_id: int = 0
    counts: int = 0


@dataclass(eq=False)
class ClosingNeedsPermission(RuleRefusal):
    """Two counts pass the tolerance: somebody else decides before the session closes (H7)."""

    code = "TC046"
    session_id: int = 0
    counts: int = 0


@dataclass(eq=False)
class ProofNotHeld(ConflictRefusal):
    """The slip, cheque or proof of that receipt is not in this drawer, or is on its way already."""

    code = "TC047"
    folio: str = ""


@dataclass(eq=False)
class ProofHandedOver(RuleRefusal):
    """A receipt whose proof went to another cashier is not voided from its own drawer."""

    code = "TC048"
    session: str = ""


@dataclass(eq=False)
class NotReopenable(RuleRefusal):
    """The closing stands; ``problem`` is deposited or returned (a cheque came back).

    ``document`` is the batch, or the receipt of the cheque.
    """

    code = "TC096"
    session: str = ""
    problem: str = ""
    document: str = ""


@dataclass(eq=False)
class ShortageNotOwed(RuleRefusal):
    """The session owes ``pending`` pesos, less than was ``asked``, or is not verified yet."""

    code = "TC097"
    session: str = ""
    state: str = ""
    pending: Decimal = Decimal("0.00")
    asked: Decimal = Decimal("0.00")


@dataclass(eq=False)
class SessionVerifiedAlready(ConflictRefusal):
    """Somebody verified the closing already."""

    code = "TC044"
    folio: str = ""
    by: str = ""
