"""Finding an account: by words, by number, by the folio of a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch

SEARCH_LIMIT = 50


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One account found; ``debt`` in pesos, tax included, or None for who may not see it."""

    account_id: int
    account_number: str
    holder_name: str
    address: str
    neighbourhood: str
    meter_serial: str | None
    state: str
    debt: Decimal | None


_HIT = """
    SELECT d.account_id, d.account_number, d.holder_name, d.address, d.neighbourhood,
           d.meter_serial, d.state, {debt} AS debt
"""
_DEBT = """(SELECT coalesce(sum(c.total - c.settled), 0.00) FROM charge c
            WHERE c.account_id = d.account_id AND c.settled < c.total)"""


def _hit(*, debt: bool) -> str:
    """The columns of a hit; charges are not even named for who may not read them."""
    return _HIT.format(debt=_DEBT if debt else "NULL::numeric")


def search_by_terms(
    connection: Connection,
    terms: tuple[str, ...],
    limit: int = SEARCH_LIMIT,
    *,
    debt: bool = True,
) -> list[SearchHit]:
    """Accounts whose text holds every term, accents and word order aside (B2).

    Short texts match thousands of accounts, so nothing is sorted for them: the first matches are
    enough to go on typing (D14). Debt is looked up only for the rows that are shown.
    """
    patterns = {f"term{index}": f"%{term}%" for index, term in enumerate(terms)}
    where = " AND ".join(f"search_text LIKE :{name}" for name in patterns)
    ordered = max(len(term) for term in terms) >= 3
    order = "ORDER BY sort_key, account_number" if ordered else ""
    return fetch(
        connection,
        SearchHit,
        f"{_hit(debt=debt)} FROM (SELECT * FROM account_directory"
        f" WHERE {where} {order} LIMIT :limit) d",
        limit=limit,
        **patterns,
    )


def search_by_number(connection: Connection, number: str, *, debt: bool = True) -> list[SearchHit]:
    """The account of exactly that number, with or without its dashes."""
    return fetch(
        connection,
        SearchHit,
        f"{_hit(debt=debt)} FROM account_directory d"
        " WHERE d.account_number = :number OR replace(d.account_number, '-', '') = :number"
        " ORDER BY d.account_number LIMIT 5",
        number=number,
    )


def search_by_folio(connection: Connection, folio: str, *, debt: bool = True) -> list[SearchHit]:
    """The account that a receipt was issued to."""
    return fetch(
        connection,
        SearchHit,
        f"{_hit(debt=debt)} FROM receipt r JOIN account_directory d ON d.account_id = r.account_id"
        " WHERE r.folio = :folio",
        folio=folio,
    )
