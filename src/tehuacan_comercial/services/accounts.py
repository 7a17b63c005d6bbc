"""Use cases around one account: find it, see it whole, print its statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import accounts as queries
from tehuacan_comercial.data.queries.accounts import (
    SEARCH_LIMIT,
    AccountCard,
    AccountOutline,
    BillLineRow,
    BillRow,
    HistoryRow,
    PaymentRow,
    Reach,
    ReadingRow,
    SearchHit,
    StatementLine,
)
from tehuacan_comercial.domain.folding import search_terms
from tehuacan_comercial.domain.open_items import OpenItem
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import NotPermitted, UnknownAccount
from tehuacan_comercial.domain.scan import (
    ScannedAccount,
    ScannedBill,
    ScannedFolio,
    ScannedReceipt,
    ScannedText,
    parse_scan,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.permission import requires

Outline = TypeVar("Outline", bound=AccountOutline)

__all__ = [
    "SEARCH_LIMIT",
    "AccountCard",
    "AccountFile",
    "AccountOutline",
    "AccountsService",
    "BillLineRow",
    "BillRow",
    "HistoryRow",
    "PaymentRow",
    "Reach",
    "ReadingRow",
    "SearchHit",
    "StatementLine",
]


@dataclass(frozen=True, slots=True)
class AccountFile:
    """Everything the tab *Cuenta* shows of an account, read in one go.

    ``reach`` says what the signed-in person may read; what they may not is empty, and ``card`` is
    None when money or payments are among it.
    """

    outline: AccountOutline
    card: AccountCard | None
    reach: Reach
    items: tuple[OpenItem, ...]
    statement: tuple[StatementLine, ...]
    bills: tuple[BillRow, ...]
    payments: tuple[PaymentRow, ...]
    readings: tuple[ReadingRow, ...]
    history: tuple[HistoryRow, ...]


class AccountsService:
    """Reads accounts as the signed-in person may see them."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self.actor = actor

    @requires(Permission.ACCOUNTS_READ)
    def search(self, typed: str) -> tuple[SearchHit, ...]:
        """At most 50 accounts for what was typed or scanned, best first; empty for nothing (B2)."""
        terms = search_terms(typed)
        if not terms:
            return ()
        debt = self.actor.may(Permission.ACCOUNTS_SEE_DEBT) or self.actor.job == "office"
        exact = _exact(typed)
        if exact and exact.look is queries.search_by_folio and not self._sees_receipts():
            exact = None
        with self._database.read() as connection:
            found = exact.look(connection, exact.value, debt=debt) if exact else []
            begun = exact.value if exact and exact.look is queries.search_by_number else ""
            return tuple(found or queries.search_by_terms(connection, terms, begun, debt=debt))

    @requires(Permission.ACCOUNTS_READ)
    def by_number(self, typed: str) -> int:
        """The account of a number as it is typed or scanned, with or without hyphens.

        Raises:
            UnknownAccount: it names no account.
        """
        exact = _exact(typed)
        if exact is not None and exact.look is queries.search_by_number:
            with self._database.read() as connection:
                found = exact.look(connection, exact.value, debt=False)
            if len(found) == 1:
                return found[0].account_id
        raise UnknownAccount(typed)

    @requires(Permission.ACCOUNTS_READ)
    def card(self, account_id: int) -> AccountCard:
        """The banner, with what is owed and in favour.

        Raises:
            NotPermitted: the job does not read charges and payments; ``outline`` is for it.
            UnknownAccount: there is no such account.
        """
        with self._database.read() as connection:
            if not _whole(queries.reach(connection)):
                raise NotPermitted(Permission.ACCOUNTS_SEE_DEBT.value)
            return _known(queries.account_card(connection, account_id), account_id)

    @requires(Permission.ACCOUNTS_READ)
    def outline(self, account_id: int) -> AccountOutline:
        """Who and where, without money; for jobs that may not see what is owed.

        Raises:
            UnknownAccount: there is no such account.
        """
        with self._database.read() as connection:
            return _known(queries.account_outline(connection, account_id), account_id)

    @requires(Permission.ACCOUNTS_READ)
    def file(self, account_id: int) -> AccountFile:
        """The whole account as of one moment, as far as the signed-in person may see it.

        Raises:
            UnknownAccount: there is no such account.
        """
        with self._database.read() as connection:
            reach = queries.reach(connection)
            card = queries.account_card(connection, account_id) if _whole(reach) else None
            outline = card or queries.account_outline(connection, account_id)
            return AccountFile(
                _known(outline, account_id),
                card,
                reach,
                tuple(queries.open_items(connection, account_id)) if reach.debt else (),
                tuple(queries.statement_lines(connection, account_id)) if _whole(reach) else (),
                tuple(queries.bills(connection, account_id)) if reach.debt else (),
                tuple(queries.payments(connection, account_id)) if reach.payments else (),
                tuple(queries.readings(connection, account_id)),
                tuple(queries.history(connection, account_id)),
            )

    @requires(Permission.ACCOUNTS_SEE_DEBT)
    def bill_lines(self, bill_id: int) -> tuple[BillLineRow, ...]:
        """What a bill charges, concept by concept, with the steps that made each."""
        with self._database.read() as connection:
            return tuple(queries.bill_lines(connection, bill_id))

    def _sees_receipts(self) -> bool:
        return self.actor.may(Permission.RECEIPTS_VERIFY) or self.actor.job == "office"


@dataclass(frozen=True, slots=True)
class _Exact:
    """A lookup by a code that names one account."""

    look: Callable[..., list[SearchHit]]
    value: str


def _exact(typed: str) -> _Exact | None:
    """What the text names when it is a number or a code that the program prints."""
    match parse_scan(typed):
        case ScannedBill(account=number) | ScannedAccount(account=number):
            return _Exact(queries.search_by_number, number)
        case ScannedReceipt(folio=folio) | ScannedFolio(folio=folio):
            return _Exact(queries.search_by_folio, str(folio))
        case ScannedText():
            return None


def _whole(reach: Reach) -> bool:
    return reach.debt and reach.payments


def _known(found: Outline | None, account_id: int) -> Outline:
    if found is None:
        raise UnknownAccount(str(account_id))
    return found
