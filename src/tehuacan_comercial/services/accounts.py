"""Use cases around one account: find it, see it whole, print its statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import accounts as queries
from tehuacan_comercial.data.queries.accounts import (
    AccountCard,
    BillRow,
    HistoryRow,
    PaymentRow,
    ReadingRow,
    SearchHit,
    StatementLine,
)
from tehuacan_comercial.domain.folding import search_terms
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import UnknownAccount
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

__all__ = [
    "AccountCard",
    "AccountFile",
    "AccountsService",
    "BillRow",
    "HistoryRow",
    "PaymentRow",
    "ReadingRow",
    "SearchHit",
    "StatementLine",
]


@dataclass(frozen=True, slots=True)
class AccountFile:
    """Everything the tab *Cuenta* shows of an account, read in one go."""

    card: AccountCard
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
        exact = _exact(typed)
        with self._database.read() as connection:
            found = exact.look(connection, exact.value) if exact else []
            return tuple(found or queries.search_by_terms(connection, terms))

    @requires(Permission.ACCOUNTS_READ)
    def card(self, account_id: int) -> AccountCard:
        """The banner.

        Raises:
            UnknownAccount: there is no such account.
        """
        with self._database.read() as connection:
            return _known(queries.account_card(connection, account_id), account_id)

    @requires(Permission.ACCOUNTS_SEE_DEBT)
    def file(self, account_id: int) -> AccountFile:
        """The whole account, as of one moment.

        Raises:
            UnknownAccount: there is no such account.
        """
        with self._database.read() as connection:
            return AccountFile(
                _known(queries.account_card(connection, account_id), account_id),
                tuple(queries.statement_lines(connection, account_id)),
                tuple(queries.bills(connection, account_id)),
                tuple(queries.payments(connection, account_id)),
                tuple(queries.readings(connection, account_id)),
                tuple(queries.history(connection, account_id)),
            )


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


def _known(card: AccountCard | None, account_id: int) -> AccountCard:
    if card is None:
        raise UnknownAccount(str(account_id))
    return card
