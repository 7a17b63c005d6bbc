"""Years of an account written straight into the tables: readings, bills, surcharges, payments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import psycopg

from tehuacan_comercial.domain.money import round_money

Admin = psycopg.Connection[tuple[object, ...]]
MONTHS = ("ene–feb", "mar–abr", "may–jun", "jul–ago", "sep–oct", "nov–dic")
VOLUMES = (22, 19, 24, 31, 27, 18, 21, 20, 26, 33, 29, 17)
ESTIMATED = (4, 10, 11)
"""Places in ``VOLUMES`` that were not read."""
PRICE, SEWER, TAX = Decimal("12.40"), Decimal("0.20"), Decimal("0.16")

_CATALOGUE = """
INSERT INTO rule_set (kind, code, version, title, legal_basis, published_in, valid,
                      is_demonstration, source_text, source_sha256)
SELECT v.kind, v.kind, '1', v.kind || ' DEMOSTRACIÓN', 'prueba', 'prueba', '[2020-01-01,)', true,
       '', '' FROM (VALUES ('tariff'), ('taxes')) v (kind);
INSERT INTO ledger_account VALUES ('REVENUE_SAN', 'Saneamiento', 'credit');
INSERT INTO concept VALUES ('SAN', 'Saneamiento', 'service', NULL, 40, 'REVENUE_SAN', 'sanitation');
"""


def periods() -> list[tuple[str, str, date]]:
    """Code, name and first day of twelve bimonthly periods that end in jun 2026."""
    found = []
    for step in range(12):
        year, pair = divmod(2024 * 6 + 3 + step, 6)
        start = date(year, pair * 2 + 1, 1)
        found.append((f"{start:%Y%m}", f"{MONTHS[pair]} {year}", start))
    return found


def add_history(connection: Admin, account: int) -> None:
    """Two holders, two meters, twelve readings and bills, all but the last two paid."""
    connection.execute(_CATALOGUE)
    meters = _add_meters(connection, account)
    connection.execute(
        "UPDATE account_holding SET valid = '[2023-05-02,)' WHERE account_id = %s", (account,)
    )
    connection.execute(
        "WITH c AS (INSERT INTO customer (kind, full_name, curp, phone) VALUES ('person',"
        " 'PEÑA LARA, EVARISTO', 'PELE400101HPLXXR02', '2381112233') RETURNING id)"
        " INSERT INTO account_holding (account_id, customer_id, valid)"
        " SELECT %s, id, '[2020-01-01,2023-05-02)' FROM c",
        (account,),
    )
    value = 1240
    for place, (code, name, start) in enumerate(periods()):
        end = (start + timedelta(days=62)).replace(day=1) - timedelta(days=1)
        _add_period(connection, code, name, start, end)
        meter = meters[1] if start.year >= 2026 else meters[0]
        kind = "estimated" if place in ESTIMATED else "actual"
        m3 = VOLUMES[place]
        connection.execute(
            "INSERT INTO meter_reading (account_id, period_code, meter_id, read_on, previous_value,"
            " value, consumption, kind, anomaly, reader) VALUES (%s, %s, %s, %s, %s, %s, %s, %s,"
            " %s, 'memo')",
            (account, code, meter, end, value, value + m3 if kind == "actual" else None, m3, kind,
             None if kind == "actual" else "Casa cerrada"),
        )  # fmt: skip
        value += m3
        _add_bill(connection, account, (code, end), (m3, kind != "actual"), paid=place < 10)


def _add_meters(connection: Admin, account: int) -> tuple[int, int]:
    made = []
    for serial, brand, valid in (
        ("18-220931", "Badger", "[2020-01-01,2026-01-01)"),
        ("25-118204", "Itron", "[2026-01-01,)"),
    ):
        row = connection.execute(
            "WITH m AS (INSERT INTO meter (serial_number, brand) VALUES (%s, %s) RETURNING id)"
            " INSERT INTO meter_installation (meter_id, tap_id, initial_value, valid)"
            " SELECT m.id, a.tap_id, 0, %s::daterange FROM m, account a WHERE a.id = %s"
            " RETURNING meter_id",
            (serial, brand, valid, account),
        ).fetchone()
        assert row is not None
        made.append(int(str(row[0])))
    return made[0], made[1]


def _add_period(connection: Admin, code: str, name: str, start: date, end: date) -> None:
    connection.execute(
        "INSERT INTO billing_period (code, name, starts_on, ends_on, days, issued_on, due_on,"
        " months) VALUES (%s, %s, %s, %s, daterange(%s, %s, '[]'), %s, %s, 2)",
        (code, name, start, end, start, end, end, end + timedelta(days=15)),
    )
    connection.execute(
        "INSERT INTO billing_run (period_code, route_code, tariff_id, taxes_id, accounts,"
        " estimated, consumption, amount, tax, by_concept, posted_by)"
        " SELECT %s, 'R01', t.id, x.id, 1, 0, 0, 0, 0, '{}', 'paty' FROM rule_set t, rule_set x"
        " WHERE t.kind = 'tariff' AND x.kind = 'taxes'",
        (code,),
    )


def _add_bill(
    connection: Admin,
    account: int,
    period: tuple[str, date],
    used: tuple[int, bool],
    *,
    paid: bool,
) -> None:
    (code, issued), (m3, estimated) = period, used
    water = round_money(PRICE * m3)
    sewer = round_money(water * SEWER)
    tax = round_money(sewer * TAX)
    bill = connection.execute(
        "INSERT INTO bill (account_id, period_code, run_id, issued_on, due_on, use_class, zone,"
        " modality, consumption, estimated, previous_balance, credit_balance, amount, tax)"
        " SELECT %s, %s, r.id, %s, %s, 'DOM', 'MED', 'metered', %s, %s, 0, 0, %s, %s"
        " FROM billing_run r WHERE r.period_code = %s RETURNING id",
        (account, code, issued, issued + timedelta(days=15), m3, estimated, water + sewer, tax,
         code),
    ).fetchone()  # fmt: skip
    assert bill is not None
    block = f'{{"form": "block", "m3": {m3}, "steps": [{{"kind": "block", "quantity": {m3}, ' \
            f'"price": 12.40, "amount": {water}}}]}}'  # fmt: skip
    percent = f'{{"form": "percent", "m3": {m3}, "steps": [{{"kind": "percent", "quantity": ' \
              f'{water}, "price": 20, "amount": {sewer}}}]}}'  # fmt: skip
    for concept, amount, rate, part, basis in (
        ("AGUA", water, Decimal(0), Decimal("0.00"), block),
        ("ALC", sewer, TAX, tax, percent),
    ):
        connection.execute(
            "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES ('billing', %s,"
            " 'Facturación') RETURNING id),"
            " l AS (INSERT INTO journal_line (journal_id, line, ledger_account, amount)"
            " SELECT id, v.line, v.code, v.amount FROM j, (VALUES (1, 'RECEIVABLE', %s::numeric),"
            " (2, 'OPENING', -%s::numeric)) v (line, code, amount))"
            " INSERT INTO charge (account_id, bill_id, period_code, concept, source, issued_on,"
            " due_on, amount, tax_rate, tax, settled, basis, journal_id)"
            " SELECT %s, %s, %s, %s, 'billing', %s, %s, %s, %s, %s, %s, %s::jsonb, id FROM j",
            (issued, amount + part, amount + part, account, bill[0], code, concept, issued,
             issued + timedelta(days=15), amount, rate, part, amount + part if paid else 0, basis),
        )  # fmt: skip
