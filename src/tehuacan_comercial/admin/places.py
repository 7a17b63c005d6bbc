"""``station`` and ``till``: the computers and drawers of the office."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import text

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.say import DONE, NoError, say
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.money import NotAnAmount, parse_amount
from tehuacan_comercial.ui.formats import money

_TENDERS = ["cash", "card", "transfer", "cheque", "credit"]


def add_station(access: Access, code: str, name: str, desk: str) -> int:
    """Adds or changes a station."""
    with open_office(access) as office:
        office.database.call("save_station", {"code": code, "name": name, "desk": desk})
    say(f"Estación {code}: {name}.")
    return DONE


def show_stations(access: Access) -> int:
    """Lists the stations."""
    with open_office(access) as office:
        rows = _rows(office, "SELECT code, name, desk FROM station ORDER BY code")
    for code, name, desk in rows:
        say(f"{code:<8} {name:<24} {desk}")
    say(f"{len(rows)} estaciones.")
    return DONE


def add_till(
    access: Access, code: str, name: str, station: str, opening_float: str, cash_limit: str
) -> int:
    """Adds or changes a till, with receipt and closing series of its own."""
    command = {
        "code": code,
        "name": name,
        "station": station,
        "opening_float": _pesos(opening_float),
        "cash_limit": _pesos(cash_limit),
        "tenders": _TENDERS,
    }
    with open_office(access) as office:
        if not _rows(office, "SELECT 1 FROM station WHERE code = :code", code=station):
            raise NoError(f"No hay una estación {station}; déla de alta con «station add».")
        office.database.call("save_till", command)
    say(f"Caja {code}: {name}, en la estación {station}.")
    return DONE


def show_tills(access: Access) -> int:
    """Lists the tills."""
    query = "SELECT code, name, station, opening_float, active FROM till ORDER BY code"
    with open_office(access) as office:
        rows = _rows(office, query)
    for code, name, station, opening_float, active in rows:
        state = "" if active else "  fuera de uso"
        say(f"{code:<6} {name:<20} {station or '—':<8} fondo {money(opening_float)}{state}")
    say(f"{counted(len(rows), 'caja', 'cajas')}.")
    return DONE


def _pesos(typed: str) -> Decimal:
    try:
        return parse_amount(typed)
    except NotAnAmount as error:
        raise NoError(f"«{typed}» no es una cantidad en pesos.") from error


def _rows(office: Office, query: str, **values: object) -> list[tuple[Any, ...]]:
    with office.database.read() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]
