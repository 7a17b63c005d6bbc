"""A very small committed town: catalogues, three tills, staff of each job, accounts with debt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

import psycopg

from tehuacan_comercial.data.embedded.lock import file_lock
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.scram import scram_verifier
from tests.support.server import TestServer, plain_url, run_folder

PASSWORD = "agua-limpia-2026"
STAFF = {
    "rosa": "cashier",
    "lupe": "cashier",
    "elena": "head_cashier",
    "beto": "counter",
    "paty": "registry",
    "memo": "metering",
    "toño_": "field_collector",
    "gerente": "manager",
    "directora": "director",
    "auditora": "auditor",
    "sistemas": "administrator",
}
STAFF = {name.replace("ñ", "n"): job for name, job in STAFF.items()}

ACCOUNTING_MAP: dict[str, object] = {
    "booking": "reversal",
    "accounts": [
        {"code": code, "name": name}
        for code, name in (
            ("1111-01", "Efectivo en cajas"), ("1111-02", "Cheques por depositar"),
            ("1112-01", "Tarjetas por abonar"), ("1112-02", "Transferencias por conciliar"),
            ("1112-03", "BBVA"), ("1112-04", "Banorte"),
            ("2119-02", "Pagos por identificar"),
            ("1112-05", "Cheques devueltos"), ("4399-02", "Cargo por cheque devuelto"),
            ("1123-01", "Faltantes de caja"), ("1123-02", "Faltantes repuestos"),
            ("5599-01", "Faltantes condonados"),
            ("1124-01", "Por recuperar, agua"),
            ("1124-02", "Por recuperar, alcantarillado"), ("1124-04", "Por recuperar, recargos"),
            ("2117-01", "IVA por pagar"), ("2119-01", "Devoluciones por pagar"),
            ("2191-01", "Saldos a favor"), ("4143-01", "Agua potable"),
            ("4143-02", "Alcantarillado"), ("4169-01", "Recargos"), ("4319-01", "Redondeo"),
            ("4319-02", "Sobrantes de caja"), ("5231-01", "Subsidios"),
            ("8121-01", "Por ejecutar"), ("8141-01", "Devengada"), ("8151-01", "Recaudada"),
        )
    ],
    "ledgers": [
        {"ledger": ledger, "account": account}
        for ledger, account in (
            ("CASH", "1111-01"), ("CHEQUE", "1111-02"), ("CARD", "1112-01"),
            ("TRANSFER", "1112-02"), ("CUSTOMER_CREDIT", "2191-01"),
            ("RETURNED_CHEQUE", "1112-05"),
            ("REFUND_PAYABLE", "2119-01"), ("ROUNDING", "4319-01"), ("OVERAGE", "4319-02"),
            ("SHORTAGE", "1123-01"), ("SHORTAGE_REPAID", "1123-02"), ("SHORTAGE_WAIVED", "5599-01"),
            ("VAT", "2117-01"),
            ("BANK_BBVA", "1112-03"),
            ("BANK_BNTE", "1112-04"), ("UNIDENTIFIED", "2119-02"),
        )
    ],
    "concepts": [
        {
            "concept": concept, "receivable": receivable, "income": income,
            "subsidy": "5231-01", "executable": "8121-01", "accrued": "8141-01",
            "collected": "8151-01",
        }
        for concept, receivable, income in (
            ("AGUA", "1124-01", "4143-01"), ("ALC", "1124-02", "4143-02"),
            ("REC", "1124-04", "4169-01"), ("CHQ", "1124-04", "4399-02"),
        )
    ],
}  # fmt: skip
"""A map of accounts for the town's three concepts, as ``load_rules`` keeps it."""

BANK_ACCOUNTS = (
    ("BBVA", "BBVA", "012650001000000010"),
    ("BNTE", "Banorte", "072650002000000020"),
)

NEVER_LATE = 100_000
"""Days of grace with which no charge bears surcharges, whatever day the test runs on."""
CATALOGUES = """
INSERT INTO rule_set (kind, code, version, title, legal_basis, published_in, valid,
                      is_demonstration, source_text, source_sha256)
VALUES ('office', 'office', '1', 'Oficina DEMOSTRACIÓN', 'prueba', 'prueba', '[2020-01-01,)',
        true, '', ''),
       ('surcharges', 'surcharges', '1', 'Recargos DEMOSTRACIÓN', 'prueba', 'prueba',
        '[2020-01-01,)', true, '', ''),
       ('authority', 'authority', '1', 'Límites DEMOSTRACIÓN', 'prueba', 'prueba',
        '[2020-01-01,)', true, '', ''),
       ('accounting_map', 'contabilidad', '1', 'Cuentas DEMOSTRACIÓN', 'prueba', 'prueba',
        '[2020-01-01,)', true, '', ''),
       ('returned_cheque', 'cheque', '1', 'Cheque devuelto DEMOSTRACIÓN', 'prueba', 'prueba',
        '[2020-01-01,)', true, '', '');
INSERT INTO office_setting (rule_set_id, key, value)
SELECT id, 'returned_cheque', '{"percent": 20, "minimum": 50, "concept": "CHQ"}'
FROM rule_set WHERE kind = 'returned_cheque';
INSERT INTO office_setting (rule_set_id, key, value)
SELECT id, 'accounting_map', '{map}' FROM rule_set WHERE kind = 'accounting_map';
INSERT INTO authority_limit (rule_set_id, kind, job, from_amount, up_to)
SELECT r.id, v.kind, v.job, 0, v.up_to FROM rule_set r, (VALUES
    ('void_receipt', 'head_cashier', 500.00), ('void_receipt', 'manager', 20000.00),
    ('void_receipt', 'director', NULL), ('closing_tolerance', 'head_cashier', 500.00),
    ('closing_tolerance', 'manager', 20000.00), ('reopen_session', 'head_cashier', 20000.00),
    ('reopen_session', 'manager', NULL), ('transfer_payment', 'head_cashier', 500.00),
    ('transfer_payment', 'manager', NULL), ('waive_shortage', 'manager', 100.00),
    ('waive_shortage', 'director', NULL)) AS v (kind, job, up_to) WHERE r.kind = 'authority';
INSERT INTO authorisation_reason (rule_set_id, list, code, name, needs_note)
SELECT r.id, v.* FROM rule_set r, (VALUES
    ('void_receipt', 'CAPTURA', 'Error de captura', false),
    ('void_receipt', 'OTRO', 'Otro motivo', true),
    ('closing_tolerance', 'SINCAUSA', 'No se encontró la causa', false),
    ('reopen_session', 'CONTEO', 'Error al contar', false),
    ('transfer_payment', 'CUENTA', 'Se cobró en otra cuenta', false),
    ('waive_shortage', 'MENOR', 'Importe menor', false),
    ('returned_cheque', 'FONDOS', 'Fondos insuficientes', false),
    ('returned_cheque', 'OTRO', 'Otro motivo', true)) AS v
WHERE r.kind = 'authority';
INSERT INTO office_setting (rule_set_id, key, value)
SELECT id, 'cash_rounding_step', '"0.50"' FROM rule_set WHERE kind = 'office';
INSERT INTO use_class VALUES ('DOM', 'Doméstico', true), ('COM', 'Comercial', false);
INSERT INTO zone VALUES ('POP', 'Popular'), ('MED', 'Media');
INSERT INTO ledger_account VALUES ('REVENUE_AGUA', 'Agua', 'credit'),
    ('REVENUE_ALC', 'Alcantarillado', 'credit'), ('REVENUE_REC', 'Recargos', 'credit'),
    ('REVENUE_CHQ', 'Cheques devueltos', 'credit');
INSERT INTO concept VALUES
    ('AGUA', 'Agua potable', 'service', NULL, 20, 'REVENUE_AGUA', 'water'),
    ('ALC', 'Alcantarillado', 'service', NULL, 30, 'REVENUE_ALC', 'sewerage'),
    ('REC', 'Recargos', 'accessory', 'AGUA', 10, 'REVENUE_REC', NULL),
    ('CHQ', 'Cargo por cheque devuelto', 'other', NULL, 80, 'REVENUE_CHQ', NULL);
INSERT INTO surcharge_rate (rule_set_id, concept, accessory, monthly_rate, base, grace_days,
                            cap_ratio, month_fraction_counts)
SELECT id, 'AGUA', 'REC', 0.015, 'principal', {grace}, 1.0, true FROM rule_set
WHERE kind = 'surcharges';
INSERT INTO billing_period (code, name, starts_on, ends_on, days, issued_on, due_on, months)
VALUES ('202607', 'jul–ago 2026', '2026-07-01', '2026-08-31', '[2026-07-01,2026-09-01)',
        '2026-08-31', '2026-09-15', 2),
       ('202609', 'sep–oct 2026', '2026-09-01', '2026-10-31', '[2026-09-01,2026-11-01)',
        '2026-10-31', '2026-11-30', 2);
INSERT INTO neighbourhood (name, kind, postal_code) VALUES ('San Rafael', 'Colonia', '75758');
INSERT INTO route VALUES ('R01', 'Ruta 1', 'S1');
INSERT INTO station VALUES ('E1', 'Estación 1', 'Ventanilla 1');
"""


@dataclass(frozen=True)
class Town:
    """A committed database with people who can sign in."""

    server: TestServer
    database: str
    opened: list[Database] = field(default_factory=list)

    def sign_in(self, username: str, station: str = "E1") -> Database:
        """That person's own connection; ``close`` ends all of them."""
        url = self.server.login_url(self.database, username, PASSWORD)
        self.opened.append(Database(url, station=station))
        return self.opened[-1]

    def login(self, username: str, password: str) -> str:
        """Where that person signs in."""
        return self.server.login_url(self.database, username, password)

    def close(self) -> None:
        """End the connections of everybody who signed in."""
        for database in self.opened:
            database.close()

    def admin(self) -> psycopg.Connection[tuple[object, ...]]:
        """The superuser, autocommitting, with the program's search path."""
        connection = psycopg.connect(
            plain_url(self.server.superuser_url(self.database)), autocommit=True
        )
        connection.execute("SET search_path = commercial, public")
        return connection

    def account_ids(self) -> list[int]:
        """Accounts in order of their number."""
        with self.admin() as connection:
            rows = connection.execute("SELECT id FROM account ORDER BY account_number").fetchall()
        return [int(str(row[0])) for row in rows]

    def end_grace(self) -> None:
        """From here every charge whose due day is past bears surcharges."""
        with self.admin() as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("UPDATE surcharge_rate SET grace_days = 0")


def build_town(
    server: TestServer,
    database: str,
    *,
    accounts: int = 3,
    tills: int = 3,
    grace_days: int = NEVER_LATE,
) -> Town:
    """Fill a fresh clone; each account owes $318.40 + $73.87 and $296.00 + $68.67 in charges."""
    town = Town(server, database)
    with town.admin() as connection:
        catalogues = CATALOGUES.replace("{map}", json.dumps(ACCOUNTING_MAP))
        connection.execute(catalogues.replace("{grace}", str(grace_days)).encode())
        for number in range(1, tills + 1):
            connection.execute(
                "SELECT save_till(jsonb_build_object('code', 'C' || %(n)s::text, 'name',"
                " 'Caja ' || %(n)s::text, 'station', 'E1', 'opening_float', '500.00',"
                " 'cash_limit', '20000.00',"
                " 'tenders', jsonb_build_array('cash','card','transfer','cheque','credit')))",
                {"n": number},
            )
        for code, bank, clabe in BANK_ACCOUNTS:
            connection.execute(
                "SELECT save_bank_account(jsonb_build_object('code', %s::text, 'bank', %s::text,"
                " 'name', 'Ingresos DEMOSTRACIÓN', 'clabe', %s::text))",
                (code, bank, clabe),
            )
        connection.execute(
            "SELECT save_channel(jsonb_build_object('code', 'OXXO', 'name', 'Tienda OXXO'))"
        )
        for username, job in STAFF.items():
            add_person(connection, username, job)
        for number in range(1, accounts + 1):
            add_account(connection, number)
    return town


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Roles belong to the cluster, which the workers share: one changes people at a time."""
    with file_lock(run_folder() / "people.lock", seconds=60):
        yield


def add_person(connection: psycopg.Connection[tuple[object, ...]], username: str, job: str) -> None:
    """Through the program's own function, as the server's superuser."""
    verifier = scram_verifier(PASSWORD, username)
    with one_at_a_time():
        connection.execute(
            "SELECT add_staff(jsonb_build_object('username', %s::text, 'full_name', %s::text,"
            " 'position', 'Prueba', 'job', %s::text, 'verifier', %s::text))",
            (username, f"{username.capitalize()} Núñez Peña", job, verifier),
        )


def add_account(connection: psycopg.Connection[tuple[object, ...]], number: int) -> int:
    """An account with a meter, a holder and four open charges of two periods; gives its id."""
    row = connection.execute(
        """
        WITH p AS (INSERT INTO premises (neighbourhood_id, street, exterior_number, postal_code)
                   SELECT id, 'Priv. de los Laureles', %(n)s::text, '75758' FROM neighbourhood
                   LIMIT 1 RETURNING id),
             t AS (INSERT INTO tap (premises_id, route_code, sequence)
                   SELECT id, 'R01', %(n)s FROM p RETURNING id)
        INSERT INTO account (account_number, tap_id, opened_on)
        SELECT '10-' || lpad(%(n)s::text, 5, '0') || '-0', id, '2020-01-01' FROM t RETURNING id
        """,
        {"n": number},
    ).fetchone()
    assert row is not None
    account = int(str(row[0]))
    connection.execute(
        """
        WITH c AS (INSERT INTO customer (kind, full_name, curp, phone) VALUES
                   ('person', 'NÚÑEZ PEÑA, MARÍA ' || %(n)s::text, 'NUPM800101MPLXXR09',
                    '2381234567') RETURNING id)
        INSERT INTO account_holding (account_id, customer_id, valid)
        SELECT %(a)s, id, '[2020-01-01,)' FROM c;
        """,
        {"a": account, "n": number},
    )
    connection.execute(
        "INSERT INTO account_state (account_id, state, valid) VALUES (%s, 'active',"
        " '[2020-01-01,)')",
        (account,),
    )
    connection.execute(
        "INSERT INTO account_terms (account_id, use_class, zone, modality, valid)"
        " VALUES (%s, 'DOM', 'MED', 'metered', '[2020-01-01,)')",
        (account,),
    )
    for period, due, water, sewer, tax in (
        ("202607", "2026-09-15", "318.40", "63.68", "10.19"),
        ("202609", "2026-11-30", "296.00", "59.20", "9.47"),
    ):
        add_charge(connection, account, "AGUA", period, due, Decimal(water), Decimal(0))
        add_charge(connection, account, "ALC", period, due, Decimal(sewer), Decimal(tax))
    return account


def add_charge(
    connection: psycopg.Connection[tuple[object, ...]],
    account: int,
    concept: str,
    period: str | None,
    due_on: str,
    amount: Decimal,
    tax: Decimal,
) -> int:
    """An opening charge with its balanced journal; pesos; gives its id."""
    row = connection.execute(
        """
        WITH j AS (INSERT INTO journal (kind, business_date, memo)
                   VALUES ('opening', %(due)s, 'Saldo inicial') RETURNING id),
             l AS (INSERT INTO journal_line (journal_id, line, ledger_account, amount)
                   SELECT id, v.line, v.code, v.amount FROM j, (VALUES
                       (1, 'RECEIVABLE', %(total)s::numeric),
                       (2, 'OPENING', -%(total)s::numeric)) AS v (line, code, amount))
        INSERT INTO charge (account_id, period_code, concept, source, issued_on, due_on, amount,
                            tax_rate, tax, journal_id)
        SELECT %(account)s, %(period)s, %(concept)s, 'opening', %(due)s::date - 15, %(due)s,
               %(amount)s, CASE WHEN %(tax)s > 0 THEN 0.16 ELSE 0 END, %(tax)s, id
        FROM j RETURNING id
        """,
        {
            "account": account,
            "concept": concept,
            "period": period,
            "due": due_on,
            "amount": amount,
            "tax": tax,
            "total": amount + tax,
        },
    ).fetchone()
    assert row is not None
    return int(str(row[0]))
