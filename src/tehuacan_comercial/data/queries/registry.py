"""What the registry holds already, to check a file against before it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class KnownRegistry:
    """Neighbourhoods by name, and the accounts and meters that may not come again."""

    today: date
    neighbourhoods: tuple[str, ...]
    accounts: frozenset[str]
    meters: frozenset[str]


def known_registry(connection: Connection) -> KnownRegistry:
    """Everything at once; some megabytes for a hundred thousand accounts."""

    def column(query: str) -> list[str]:
        return list(connection.execute(text(query)).scalars())

    return KnownRegistry(
        today=connection.execute(text("SELECT commercial.office_today()")).scalar_one(),
        neighbourhoods=tuple(
            column("SELECT DISTINCT name FROM commercial.neighbourhood ORDER BY name")
        ),
        accounts=frozenset(column("SELECT account_number FROM commercial.account")),
        meters=frozenset(column("SELECT serial_number FROM commercial.meter")),
    )
