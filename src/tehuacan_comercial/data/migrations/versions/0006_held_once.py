"""A sale is set aside once for its UUID

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Sales that wait already get a UUID of their own: the default is for them alone.
    op.add_column('held_sale', sa.Column('command_id', sa.Uuid(), server_default=sa.text('gen_random_uuid()'), nullable=False, comment='orden'), schema='commercial')
    op.alter_column('held_sale', 'command_id', server_default=None, schema='commercial')
    op.create_unique_constraint(op.f('uq_held_sale_command_id'), 'held_sale', ['command_id'], schema='commercial')
