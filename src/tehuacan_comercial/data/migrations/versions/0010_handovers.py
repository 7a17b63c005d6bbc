"""handovers between cashiers, reopened sessions

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('handover',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('from_session_id', sa.BigInteger(), nullable=False, comment='sesión que entrega'),
    sa.Column('to_session_id', sa.BigInteger(), nullable=False, comment='sesión que recibe'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número dentro de la sesión que entrega'),
    sa.Column('folio', sa.Text(), nullable=False, comment='folio, p. ej. C2-261124-1-R1'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('station', sa.Text(), nullable=False, comment='estación desde la que se entregó'),
    sa.Column('sent_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='entregó'),
    sa.Column('sent_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora de entrega'),
    sa.CheckConstraint('from_session_id <> to_session_id', name=op.f('ck_handover_two_sessions')),
    sa.ForeignKeyConstraint(['from_session_id'], ['commercial.cash_session.id'], name=op.f('fk_handover_from_session_id')),
    sa.ForeignKeyConstraint(['to_session_id'], ['commercial.cash_session.id'], name=op.f('fk_handover_to_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    sa.UniqueConstraint('command_id', name=op.f('uq_handover_command_id')),
    sa.UniqueConstraint('folio', name=op.f('uq_handover_folio')),
    sa.UniqueConstraint('from_session_id', 'number', name=op.f('uq_handover_from_session_id_number')),
    schema='commercial',
    comment='relevo entre cajas'
    )
    op.create_index('ix_handover_to_session_id', 'handover', ['to_session_id'], unique=False, schema='commercial')
    op.create_table('handover_item',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('handover_id', sa.BigInteger(), nullable=False, comment='relevo'),
    sa.Column('line', sa.Integer(), nullable=False, comment='renglón'),
    sa.Column('tender', sa.Text(), nullable=False, comment='forma de pago'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe, pesos'),
    sa.Column('denominations', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='piezas por denominación'),
    sa.Column('payment_id', sa.BigInteger(), nullable=True, comment='pago del comprobante'),
    sa.Column('tender_line', sa.Integer(), nullable=True, comment='renglón de la forma de pago'),
    sa.Column('reference', sa.Text(), server_default=sa.text("''"), nullable=False, comment='autorización, rastreo o número de cheque'),
    sa.Column('bank', sa.Text(), server_default=sa.text("''"), nullable=False, comment='banco'),
    sa.Column('state', sa.Text(), server_default=sa.text("'in_transit'"), nullable=False, comment='estado'),
    sa.Column('received', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='piezas que contó quien recibió'),
    sa.Column('decision_station', sa.Text(), server_default=sa.text("''"), nullable=False, comment='estación en la que se recibió o rechazó'),
    sa.Column('decision_note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='motivo'),
    sa.Column('decided_by', sa.Text(), nullable=True, comment='recibió o rechazó'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='fecha y hora de la respuesta'),
    sa.CheckConstraint("state IN ('in_transit', 'accepted', 'rejected')", name=op.f('ck_handover_item_state')),
    sa.CheckConstraint("tender IN ('cash', 'card', 'transfer', 'cheque')", name=op.f('ck_handover_item_tender')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_handover_item_amount')),
    sa.CheckConstraint("(tender = 'cash') = (denominations IS NOT NULL)", name=op.f('ck_handover_item_pieces')),
    sa.CheckConstraint("(tender = 'cash') = (payment_id IS NULL) AND (payment_id IS NULL) = (tender_line IS NULL)", name=op.f('ck_handover_item_proof')),
    sa.CheckConstraint("(state = 'in_transit') = (decided_by IS NULL)", name=op.f('ck_handover_item_decided')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_handover_item_moment')),
    sa.CheckConstraint("state <> 'rejected' OR decision_note <> ''", name=op.f('ck_handover_item_reason')),
    sa.ForeignKeyConstraint(['handover_id'], ['commercial.handover.id'], name=op.f('fk_handover_item_handover_id')),
    sa.ForeignKeyConstraint(['payment_id'], ['commercial.payment.id'], name=op.f('fk_handover_item_payment_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['commercial.staff_member.username'], name=op.f('fk_handover_item_decided_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_item')),
    sa.UniqueConstraint('handover_id', 'line', name=op.f('uq_handover_item_handover_id_line')),
    schema='commercial',
    comment='renglón de un relevo'
    )
    op.create_index('ux_handover_item_in_transit', 'handover_item', ['payment_id', 'tender_line'], unique=True, schema='commercial', postgresql_where=sa.text("state = 'in_transit'"))
    op.create_index('ix_handover_item_payment_id', 'handover_item', ['payment_id'], unique=False, schema='commercial')
    op.create_table('session_reopening',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('authorisation_id', sa.BigInteger(), nullable=False, comment='autorización'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión de caja'),
    sa.Column('closing_id', sa.BigInteger(), nullable=False, comment='corte que queda sin efecto'),
    sa.Column('reason', sa.Text(), nullable=False, comment='motivo'),
    sa.Column('reopened_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='autorizó'),
    sa.Column('reopened_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.ForeignKeyConstraint(['authorisation_id'], ['commercial.authorisation.id'], name=op.f('fk_session_reopening_authorisation_id')),
    sa.ForeignKeyConstraint(['closing_id'], ['commercial.cash_closing.id'], name=op.f('fk_session_reopening_closing_id')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_session_reopening_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_reopening')),
    sa.UniqueConstraint('authorisation_id', name=op.f('uq_session_reopening_authorisation_id')),
    sa.UniqueConstraint('closing_id', name=op.f('uq_session_reopening_closing_id')),
    schema='commercial',
    comment='reapertura de una sesión de caja'
    )
    op.create_index('ix_session_reopening_session_id', 'session_reopening', ['session_id'], unique=False, schema='commercial')
    op.add_column('cash_closing', sa.Column('replaces_id', sa.BigInteger(), nullable=True, comment='corte anterior de la misma sesión'), schema='commercial')
    op.create_foreign_key(op.f('fk_cash_closing_replaces_id'), 'cash_closing', 'cash_closing', ['replaces_id'], ['id'], source_schema='commercial', referent_schema='commercial')
    op.drop_constraint(op.f('uq_cash_closing_session_id'), 'cash_closing', schema='commercial', type_='unique')
    op.create_unique_constraint(op.f('uq_cash_closing_replaces_id'), 'cash_closing', ['replaces_id'], schema='commercial')
    op.create_index('ux_cash_closing_first', 'cash_closing', ['session_id'], unique=True, schema='commercial', postgresql_where=sa.text('replaces_id IS NULL'))
    op.create_index('ix_cash_closing_session_id', 'cash_closing', ['session_id'], unique=False, schema='commercial')
