"""references of what a charge writes: checked by triggers, once for a statement

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BY_TRIGGER = {
    "journal_line": ("journal_id", "ledger_account"),
    "allocation": ("charge_id", "journal_id", "reverses_id"),
    "payment": ("account_id", "journal_id", "session_id"),
    "receipt": ("account_id", "payment_id", "series", "session_id"),
}

# The same conditions, written so that PostgreSQL has less to read: it takes them apart again in every
# statement that writes a row.
CHECKS = {
    "journal": {
        "kind": "kind = ANY ('{billing,surcharge,opening,payment,credit,cash_difference,void,reversal,"
        "deposit,unidentified,identified,cheque_return,payment_transfer,shortage_settled}')",
    },
    "journal_line": {"amount": "amount <> '0'"},
    "charge": {
        "amounts": "amount >= '0' AND tax >= '0' AND total > '0'",
        "settled": "settled BETWEEN '0' AND total",
        "source": "source = ANY ('{billing,surcharge,opening,return}')",
    },
    "allocation": {"amount": "amount <> '0' AND (amount < '0') = (reverses_id IS NOT NULL)"},
    "payment": {
        "applied": "applied > '0'",
        "advance": "advance >= '0'",
        "rounding": "rounding BETWEEN '-1' AND '1'",
    },
    "payment_tender": {
        "kind": "kind = ANY ('{cash,card,transfer,cheque,credit}')",
        "amounts": "applied > '0' AND change >= '0'",
        "only_cash_gives_change": "kind = 'cash' OR change = '0'",
        "proof": "kind = ANY ('{cash,credit}') OR reference <> ''",
    },
    "folio_series": {"last_number": "last_number >= '0'"},
}


def upgrade() -> None:
    for table, columns in BY_TRIGGER.items():
        for column in columns:
            constraint = op.f(f"fk_{table}_{column}")
            op.drop_constraint(constraint, table, schema="commercial", type_="foreignkey")
    for table, conditions in CHECKS.items():
        for name, condition in conditions.items():
            constraint = op.f(f"ck_{table}_{name}")
            op.drop_constraint(constraint, table, schema="commercial", type_="check")
            op.create_check_constraint(constraint, table, condition, schema="commercial")
