"""a later run bills who came to the route since

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f('uq_billing_run_period_code_route_code'), 'billing_run', schema='commercial', type_='unique')
    op.create_index('ix_billing_run_period_code_route_code', 'billing_run', ['period_code', 'route_code'], unique=False, schema='commercial')
    op.create_index('ix_bill_credit', 'bill', ['run_id'], unique=False, schema='commercial', postgresql_where=sa.text('credit_balance > 0'))
