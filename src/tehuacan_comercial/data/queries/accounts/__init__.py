"""What is read about an account: search, banner, open items, statement, bills, readings."""

from tehuacan_comercial.data.queries.accounts.card import (
    AccountCard,
    AccountOutline,
    Reach,
    account_card,
    account_outline,
    reach,
)
from tehuacan_comercial.data.queries.accounts.debt import (
    BillLineRow,
    BillRow,
    StatementLine,
    bill_lines,
    bills,
    credit_balance,
    open_items,
    statement_lines,
)
from tehuacan_comercial.data.queries.accounts.payments import (
    PaymentRow,
    SessionReceipt,
    payments,
    session_payments,
    session_receipts,
)
from tehuacan_comercial.data.queries.accounts.registry import (
    HistoryRow,
    ReadingRow,
    history,
    readings,
)
from tehuacan_comercial.data.queries.accounts.search import (
    SEARCH_LIMIT,
    SearchHit,
    search_by_folio,
    search_by_number,
    search_by_terms,
)

__all__ = [
    "SEARCH_LIMIT",
    "AccountCard",
    "AccountOutline",
    "BillLineRow",
    "BillRow",
    "HistoryRow",
    "PaymentRow",
    "Reach",
    "ReadingRow",
    "SearchHit",
    "SessionReceipt",
    "StatementLine",
    "account_card",
    "account_outline",
    "bill_lines",
    "bills",
    "credit_balance",
    "history",
    "open_items",
    "payments",
    "reach",
    "readings",
    "search_by_folio",
    "search_by_number",
    "search_by_terms",
    "session_payments",
    "session_receipts",
    "statement_lines",
]
