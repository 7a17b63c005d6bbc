"""Finding an account: by words, by number, by the folio of a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from tehuacan_comercial.data.queries.fetch import fetch

SEARCH_LIMIT = 50
LETTERS_ANYWHERE = 3
"""Letters from which a term is looked for within words; that many make a trigram."""


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
    number: str = "",
    limit: int = SEARCH_LIMIT,
    *,
    debt: bool = True,
) -> list[SearchHit]:
    """Accounts whose number begins with ``number``, then those whose text holds every term (B2).

    Accents and word order do not matter. A term of one or two letters begins a word; a longer one
    may stand anywhere. Debt is looked up only for the rows that are shown.
    """
    return fetch(
        connection,
        SearchHit,
        f"{_hit(debt=debt)} FROM unnest(find_accounts(:patterns, :number, :limit))"
        " WITH ORDINALITY AS found (account_id, place)"
        " JOIN account_directory d ON d.account_id = found.account_id ORDER BY found.place",
        patterns=[_pattern(term) for term in terms],
        number=number.replace("-", ""),
        limit=limit,
    )


def _pattern(term: str) -> str:
    return f"%{term}%" if len(term) >= LETTERS_ANYWHERE else f"% {term}%"


def search_by_number(connection: Connection, number: str, *, debt: bool = True) -> list[SearchHit]:
    """The account of exactly that number, with or without its dashes."""
    return fetch(
        connection,
        SearchHit,
        f"{_hit(debt=debt)} FROM account_directory d"
        " WHERE replace(d.account_number, '-', '') = :number",
        number=number.replace("-", ""),
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
