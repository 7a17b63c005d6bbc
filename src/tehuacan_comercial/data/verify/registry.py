"""The derived directory of accounts, and every reference from one table to another."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from tehuacan_comercial.data.verify.check import LIMIT, Check, Violation, too_many

_COLUMNS = (
    "account_number, holder_id::bigint, holder_name, address, neighbourhood, postal_code,"
    " meter_serial, phone, state, use_class, zone, modality, sector, route_code, sequence"
)

DIRECTORY = Check(
    "directory",
    "Directorio de cuentas al día",
    "El directorio de cuentas no está al día en la cuenta {subject}: dice {found} y el padrón "
    "dice {expected}.",
    f"""
    SELECT coalesce(t.account_number, d.account_number) AS subject,
           CASE WHEN t.account_id IS NOT NULL THEN concat_ws(' · ', t.holder_name, t.address,
               t.state, t.use_class, t.meter_serial) END AS expected,
           CASE WHEN d.account_id IS NOT NULL THEN concat_ws(' · ', d.holder_name, d.address,
               d.state, d.use_class, d.meter_serial) END AS found
    FROM (SELECT account_id, {_COLUMNS} FROM account_today) t
    FULL JOIN (SELECT account_id, {_COLUMNS} FROM account_directory) d USING (account_id)
    WHERE t IS DISTINCT FROM d
    """,
)

_KEYS = text("""
    SELECT k.conname, t.relname AS child, p.relname AS parent,
           (SELECT array_agg(a.attname ORDER BY u.place)
            FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum) AS columns,
           (SELECT array_agg(a.attname ORDER BY u.place)
            FROM unnest(k.confkey) WITH ORDINALITY AS u (attnum, place)
            JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum) AS keys
    FROM pg_constraint k
    JOIN pg_class t ON t.oid = k.conrelid
    JOIN pg_class p ON p.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = 'commercial'::regnamespace
    ORDER BY t.relname, k.conname
""")


# References that a trigger checks by set instead of a foreign key for each row (guards.sql).
_BY_TRIGGER: tuple[tuple[str, str, str, str], ...] = (
    ("allocation", "charge_id", "charge", "id"),
    ("allocation", "journal_id", "journal", "id"),
    ("allocation", "reverses_id", "allocation", "id"),
    ("bill", "account_id", "account", "id"),
    ("bill", "period_code", "billing_period", "code"),
    ("bill", "run_id", "billing_run", "id"),
    ("charge", "account_id", "account", "id"),
    ("charge", "bill_id", "bill", "id"),
    ("charge", "concept", "concept", "code"),
    ("charge", "journal_id", "journal", "id"),
    ("charge", "parent_charge_id", "charge", "id"),
    ("charge", "rule_set_id", "rule_set", "id"),
    ("journal_line", "journal_id", "journal", "id"),
    ("journal_line", "ledger_account", "ledger_account", "code"),
    ("payment", "account_id", "account", "id"),
    ("payment", "journal_id", "journal", "id"),
    ("payment", "session_id", "cash_session", "id"),
    ("receipt", "account_id", "account", "id"),
    ("receipt", "payment_id", "payment", "id"),
    ("receipt", "series", "folio_series", "code"),
    ("receipt", "session_id", "cash_session", "id"),
)


@dataclass(frozen=True, slots=True)
class References:
    """No row names another that is not there; most of the list is the catalogue's own."""

    name: str = "reference"
    title: str = "Referencias entre tablas"

    def violations(self, connection: Connection) -> list[Violation]:
        """Rows whose other end is missing."""
        found: list[Violation] = []
        for _, child, parent, columns, keys in connection.execute(_KEYS).all():
            found += self._orphans(connection, child, parent, list(zip(columns, keys, strict=True)))
        for child, column, parent, key in _BY_TRIGGER:
            found += self._orphans(connection, child, parent, [(column, key)])
        return found if len(found) <= LIMIT else [*found[:LIMIT], too_many(self.name, self.title)]

    def _orphans(
        self, connection: Connection, child: str, parent: str, pairs: list[tuple[str, str]]
    ) -> list[Violation]:
        named = " || '/' || ".join(f"c.{column}::text" for column, _ in pairs)
        same = " AND ".join(f"p.{key} = c.{column}" for column, key in pairs)
        rows = connection.execute(
            text(
                f"SELECT DISTINCT {named} FROM {child} c WHERE {named} IS NOT NULL"
                f" AND NOT EXISTS (SELECT FROM {parent} p WHERE {same}) LIMIT {LIMIT + 1}"
            )
        )
        return [self._told(child, parent, pairs[0][0], str(value)) for (value,) in rows]

    def _told(self, child: str, parent: str, column: str, value: str) -> Violation:
        sentence = (
            f"En {child}, {column} nombra a {value}, que no existe en {parent}: "
            "falta un renglón o se borró."
        )
        return Violation(self.name, f"{child}.{column} {value}", parent, "nada", sentence)


CHECKS = (DIRECTORY, References())
