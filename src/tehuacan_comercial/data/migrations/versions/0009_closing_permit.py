"""closings that somebody allowed

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('cash_closing', sa.Column('authorisation_id', sa.BigInteger(), nullable=True, comment='autorización de la diferencia (H7)'), schema='commercial')
    op.create_foreign_key(op.f('fk_cash_closing_authorisation_id'), 'cash_closing', 'authorisation', ['authorisation_id'], ['id'], source_schema='commercial', referent_schema='commercial')
    op.alter_column('cash_count', 'command_id', comment='orden; la de los cortes antiguos está en el corte', schema='commercial')
