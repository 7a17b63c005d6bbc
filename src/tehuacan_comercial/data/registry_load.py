"""Loads a whole registry as one act: rows go to staging by COPY, a function makes them facts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import Connection

from tehuacan_comercial.data.engine import Database, call_function

_PROGRESS_EVERY = 1000


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One account as it is staged; names and order are those of ``intake.registry_row``.

    Money in pesos, readings in whole m³. Without ``route`` the account goes to SIN-RUTA; without
    ``contract_on`` it counts as opened on the earliest date known of it.
    """

    line: int
    account_number: str
    holder_name: str
    holder_kind: str
    rfc: str | None
    curp: str | None
    phone: str | None
    email: str | None
    street: str
    exterior_number: str | None
    interior_number: str | None
    neighbourhood: str
    postal_code: str | None
    cadastral_key: str | None
    sector: str | None
    route: str | None
    block: str | None
    sequence: int | None
    use_class: str
    zone: str
    modality: str
    water: bool
    sewerage: bool
    sanitation: bool
    meter_serial: str | None
    meter_brand: str | None
    meter_digits: int | None
    meter_installed_on: date | None
    last_reading: int | None
    last_reading_on: date | None
    contract_on: date | None
    state: str
    opening_balance: Decimal
    opening_balance_since: date | None
    credit_balance: Decimal


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(StagedRow))


@dataclass(frozen=True, slots=True)
class LoadTotals:
    """Number of accounts, pesos owed and pesos in favour: what must come out of a load."""

    rows: int
    opening_balance: Decimal
    credit_balance: Decimal


def load_registry(
    database: Database,
    rows: Iterable[StagedRow],
    totals: LoadTotals,
    *,
    source: str,
    sha256: str = "",
    demonstration: bool = False,
    progress: Callable[[int], None] | None = None,
) -> LoadTotals:
    """Loads all rows in one transaction, or none. ``progress`` hears how many were sent.

    ``source`` and ``sha256`` name the file in the audit.

    Raises:
        AmountsDisagree: what was written differs from ``totals``; nothing is loaded.
        InvalidCommand: an account, meter, use or zone cannot be loaded; the facts name it.
        NotPermitted: the person may not load a registry.
    """
    load_id = uuid4()
    order = {
        "load_id": load_id,
        "source": source,
        "sha256": sha256,
        "demonstration": demonstration,
        **asdict(totals),
    }
    with database.transaction(math.inf) as connection:
        stage(connection, load_id, rows, progress)
        written = call_function(connection, "commercial.load_registry", order)
    return LoadTotals(
        rows=int(written["rows"]),
        opening_balance=Decimal(written["opening_balance"]),
        credit_balance=Decimal(written["credit_balance"]),
    )


def stage(
    connection: Connection,
    load_id: UUID,
    rows: Iterable[StagedRow],
    progress: Callable[[int], None] | None = None,
) -> int:
    """Streams rows into the staging table with COPY; gives how many."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection was closed")
    listed = ", ".join(COLUMNS)
    sent = 0
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY intake.registry_row (load_id, {listed}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row((load_id, *(getattr(row, name) for name in COLUMNS)))
            sent += 1
            if progress is not None and sent % _PROGRESS_EVERY == 0:
                progress(sent)
    return sent
