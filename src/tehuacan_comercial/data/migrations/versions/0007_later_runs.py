"""a later run bills who came to the route since; telephones apart from the text of the search

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f('uq_billing_run_period_code_route_code'), 'billing_run', schema='commercial', type_='unique')
    op.create_index('ix_billing_run_period_code_route_code', 'billing_run', ['period_code', 'route_code'], unique=False, schema='commercial')
    op.create_index('ix_bill_credit', 'bill', ['run_id'], unique=False, schema='commercial', postgresql_where=sa.text('credit_balance > 0'))
    # A generated column cannot be redefined before PostgreSQL 17; its index is made again by search.sql.
    op.drop_column('account_directory', 'search_text', schema='commercial')
    op.add_column('account_directory', sa.Column('search_text', sa.Text(), sa.Computed("commercial.fold(account_number || ' ' || replace(account_number, '-', '') || ' ' || holder_name || ' ' || address || ' ' || neighbourhood || ' ' || coalesce(meter_serial, ''))", persisted=True), nullable=False, comment='texto de búsqueda'), schema='commercial')
