"""deliveries and items handed over that their sender takes back

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

STATES = "state IN ('in_transit', 'accepted', 'rejected', 'withdrawn')"
REASON = "state NOT IN ('rejected', 'withdrawn') OR decision_note <> ''"


def upgrade() -> None:
    for table in ('withdrawal', 'handover_item'):
        _replace_check(table, 'state', STATES)
        _replace_check(table, 'reason', REASON)
    _replace_check('withdrawal', 'two_people', "(decided_by = sent_by) = (state = 'withdrawn')")


def _replace_check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f'ck_{table}_{name}')
    op.drop_constraint(constraint, table, schema='commercial', type_='check')
    op.create_check_constraint(constraint, table, condition, schema='commercial')
