"""what cashiers put back of their shortages

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

JOURNAL_KINDS = (
    "kind IN ('billing', 'surcharge', 'opening', 'payment', 'credit', 'cash_difference',"
    " 'void', 'reversal', 'deposit', 'unidentified', 'identified', 'cheque_return',"
    " 'payment_transfer', 'shortage_settled')"
)


def upgrade() -> None:
    op.create_table('shortage_settlement',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión de caja'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe repuesto, pesos'),
    sa.Column('way', sa.Text(), nullable=False, comment='cómo se repuso'),
    sa.Column('reference', sa.Text(), nullable=False, comment='ficha u oficio'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('journal_id', sa.BigInteger(), nullable=False, comment='asiento'),
    sa.Column('business_date', sa.Date(), nullable=False, comment='fecha de operación'),
    sa.Column('settled_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='registró'),
    sa.Column('settled_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("reference <> ''", name=op.f('ck_shortage_settlement_reference')),
    sa.CheckConstraint("way IN ('bank', 'payroll')", name=op.f('ck_shortage_settlement_way')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_shortage_settlement_amount')),
    sa.ForeignKeyConstraint(['journal_id'], ['commercial.journal.id'], name=op.f('fk_shortage_settlement_journal_id')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_shortage_settlement_session_id')),
    sa.ForeignKeyConstraint(['settled_by'], ['commercial.staff_member.username'], name=op.f('fk_shortage_settlement_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shortage_settlement')),
    sa.UniqueConstraint('command_id', name=op.f('uq_shortage_settlement_command_id')),
    sa.UniqueConstraint('journal_id', name=op.f('uq_shortage_settlement_journal_id')),
    schema='commercial',
    comment='reposición de un faltante de caja'
    )
    op.create_index('ix_shortage_settlement_session_id', 'shortage_settlement', ['session_id'], unique=False, schema='commercial')
    constraint = op.f('ck_journal_kind')
    op.drop_constraint(constraint, 'journal', schema='commercial', type_='check')
    op.create_check_constraint(constraint, 'journal', JOURNAL_KINDS, schema='commercial')
