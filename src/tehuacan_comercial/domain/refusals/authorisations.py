"""Refusals around decisions of somebody else, and receipts that stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.refusals.base import ConflictRefusal, RuleRefusal


@dataclass(eq=False)
class AuthorisationDecided(ConflictRefusal):
    """Somebody decided the request already, or it was withdrawn; ``state`` says which."""

    code = "TC027"
    state: str = ""
    by: str = ""
    at: str = ""


@dataclass(eq=False)
class AuthorisationPending(ConflictRefusal):
    """The same was asked for already and waits for a decision."""

    code = "TC028"
    authorisation_id: int = 0
    by: str = ""


@dataclass(eq=False)
class OwnRequest(RuleRefusal):
    """Nobody decides what they asked for themselves, nor on behalf of who asked."""

    code = "TC029"
    by: str = ""


@dataclass(eq=False)
class AuthorisationExpired(RuleRefusal):
    """The request expired before it was decided; it must be made again."""

    code = "TC030"
    expired_at: str = ""


@dataclass(eq=False)
class BeyondAuthority(RuleRefusal):
    """The amount is not within what this job decides. Pesos; ``jobs`` says who may."""

    code = "TC031"
    kind: str = ""
    amount: Decimal = Decimal("0.00")
    jobs: str = ""


@dataclass(eq=False)
class NoDelegation(RuleRefusal):
    """No delegation in force lets this person act for the one they name."""

    code = "TC032"
    principal: str = ""


@dataclass(eq=False)
class FactsChanged(ConflictRefusal):
    """What was asked for is no longer what would happen; it must be asked for again."""

    code = "TC033"
    subject: str = ""
    problem: str = ""


@dataclass(eq=False)
class AdvanceUsed(RuleRefusal):
    """The credit balance that a receipt left was used since. Pesos."""

    code = "TC034"
    folio: str = ""
    available: Decimal = Decimal("0.00")
    needed: Decimal = Decimal("0.00")


@dataclass(eq=False)
class ReceiptVoided(RuleRefusal):
    """The receipt is void already."""

    code = "TC035"
    folio: str = ""


@dataclass(eq=False)
class DrawerShort(RuleRefusal):
    """The drawer does not hold that much of this form of payment. Pesos."""

    code = "TC036"
    tender: str = ""
    amount: Decimal = Decimal("0.00")


@dataclass(eq=False)
class NotReplaceable(RuleRefusal):
    """A receipt only takes the place of one that is void and has no successor yet."""

    code = "TC037"
    folio: str = ""
    problem: str = ""
