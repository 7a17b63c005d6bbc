"""What the tab reads, in one go and off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tehuacan_comercial.domain.custody import CashLevel
from tehuacan_comercial.domain.lifecycles import CashSessionState
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.accounts import AccountCard
from tehuacan_comercial.services.cash import (
    Debt,
    HeldSaleRow,
    PaymentRow,
    SessionRow,
)
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.cash.tender import KINDS


@dataclass(frozen=True)
class AccountView:
    """The account at the desk: who, what it owes with surcharges to date, what it paid."""

    card: AccountCard
    debt: Debt
    payments: tuple[PaymentRow, ...]


@dataclass(frozen=True)
class DeskView:
    """The session with its receipts and held sales, and the account if one is open."""

    session: SessionRow | None = None
    receipts: tuple[PaymentRow, ...] = ()
    held: tuple[HeldSaleRow, ...] = ()
    tenders: tuple[TenderKind, ...] = KINDS
    level: CashLevel = CashLevel.NONE
    account: AccountView | None = None


def read_desk(desk: Desk, account_id: int | None, today: date) -> DeskView:
    """Read session and account; the account only when the session can charge it.

    Raises:
        UnknownAccount: there is no such account.
        ServerUnreachable: no answer.
    """
    session = desk.cash.session()
    if session is None:
        return DeskView()
    return DeskView(
        session,
        desk.cash.receipts(session.session_id),
        desk.cash.held_sales(session.session_id),
        _tenders(desk, session.till_code),
        desk.custody.level(session.session_id),
        _account(desk, session, account_id, today),
    )


def read_beside(desk: Desk, known: DeskView, account_id: int | None, today: date) -> DeskView:
    """Only the account, beside a session that is ``known``; half of the work of ``read_desk``.

    What changes of the session meanwhile is announced, and read whole then.

    Raises:
        UnknownAccount: there is no such account.
        ServerUnreachable: no answer.
    """
    if known.session is None:
        return read_desk(desk, account_id, today)
    return replace(known, account=_account(desk, known.session, account_id, today))


def _account(
    desk: Desk, session: SessionRow, account_id: int | None, today: date
) -> AccountView | None:
    charges = session.state == CashSessionState.OPEN and session.business_date == today
    return read_account(desk, account_id) if charges and account_id is not None else None


def read_account(desk: Desk, account_id: int) -> AccountView:
    """Bring surcharges to date, then read the account.

    Raises:
        UnknownAccount: there is no such account.
    """
    debt = desk.cash.debt(account_id)
    return AccountView(desk.accounts.card(account_id), debt, desk.cash.payments(account_id))


def _tenders(desk: Desk, till_code: str) -> tuple[TenderKind, ...]:
    allowed = next((till.tenders for till in desk.cash.tills() if till.code == till_code), ())
    return tuple(kind for kind in TenderKind if kind.value in allowed)
