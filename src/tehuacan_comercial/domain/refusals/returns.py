"""Refusals around payments that did not stay where they were. Days are ISO texts."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.domain.refusals.base import ConflictRefusal, RuleRefusal


@dataclass(eq=False)
class ChequeReturned(ConflictRefusal):
    """The cheque was recorded as returned already; ``by`` says who did."""

    code = "TC090"
    folio: str = ""
    returned_on: str = ""
    by: str = ""


@dataclass(eq=False)
class ChequesBarred(RuleRefusal):
    """A cheque of the account came back, so no till takes another until that is lifted."""

    code = "TC091"
    account_number: str = ""
    since: str = ""


@dataclass(eq=False)
class PaymentMoved(RuleRefusal):
    """A receipt whose payment was transferred, or whose cheque came back, is not voided.

    ``problem`` is transferred or returned, ``document`` the transfer's folio or the cheque.
    """

    code = "TC092"
    folio: str = ""
    problem: str = ""
    document: str = ""


@dataclass(eq=False)
class NotReturnable(RuleRefusal):
    """``problem`` is tender (not a cheque), void, session (not closed yet) or day."""

    code = "TC093"
    folio: str = ""
    problem: str = ""
    session_folio: str = ""


@dataclass(eq=False)
class NotTransferable(RuleRefusal):
    """``problem`` is void, same (it is on that account already) or nothing (no money is left)."""

    code = "TC094"
    folio: str = ""
    problem: str = ""


@dataclass(eq=False)
class BanLifted(ConflictRefusal):
    """Somebody lifted the ban already; ``by`` says who."""

    code = "TC095"
    by: str = ""
