"""custody of a session's money

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('interim_report',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión de caja'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número dentro de la sesión'),
    sa.Column('folio', sa.Text(), nullable=False, comment='folio, p. ej. C2-261124-1-X1'),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='contenido congelado'),
    sa.Column('taken_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='lo sacó'),
    sa.Column('taken_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_interim_report_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interim_report')),
    sa.UniqueConstraint('command_id', name=op.f('uq_interim_report_command_id')),
    sa.UniqueConstraint('folio', name=op.f('uq_interim_report_folio')),
    sa.UniqueConstraint('session_id', 'number', name=op.f('uq_interim_report_session_id_number')),
    schema='commercial',
    comment='corte parcial (X)'
    )
    op.create_table('session_takeover',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión de caja'),
    sa.Column('reason', sa.Text(), nullable=False, comment='motivo'),
    sa.Column('taken_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='quién la toma'),
    sa.Column('taken_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_session_takeover_reason')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_session_takeover_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_takeover')),
    sa.UniqueConstraint('session_id', name=op.f('uq_session_takeover_session_id')),
    schema='commercial',
    comment='sesión que otra persona cuenta y cierra'
    )
    op.create_table('withdrawal',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión de caja'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número dentro de la sesión'),
    sa.Column('folio', sa.Text(), nullable=False, comment='folio, p. ej. C2-261124-1-E1'),
    sa.Column('denominations', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='piezas por denominación'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe, pesos'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('state', sa.Text(), server_default=sa.text("'in_transit'"), nullable=False, comment='estado'),
    sa.Column('station', sa.Text(), nullable=False, comment='estación desde la que se entregó'),
    sa.Column('sent_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='entregó'),
    sa.Column('sent_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora de entrega'),
    sa.Column('received', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='piezas que contó quien recibió'),
    sa.Column('decision_station', sa.Text(), server_default=sa.text("''"), nullable=False, comment='estación en la que se recibió o rechazó'),
    sa.Column('decision_note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='motivo'),
    sa.Column('decided_by', sa.Text(), nullable=True, comment='recibió o rechazó'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='fecha y hora de la respuesta'),
    sa.CheckConstraint("(state = 'in_transit') = (decided_by IS NULL)", name=op.f('ck_withdrawal_decided')),
    sa.CheckConstraint("state <> 'rejected' OR decision_note <> ''", name=op.f('ck_withdrawal_reason')),
    sa.CheckConstraint("state IN ('in_transit', 'accepted', 'rejected')", name=op.f('ck_withdrawal_state')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_withdrawal_moment')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_withdrawal_amount')),
    sa.CheckConstraint('decided_by <> sent_by', name=op.f('ck_withdrawal_two_people')),
    sa.ForeignKeyConstraint(['decided_by'], ['commercial.staff_member.username'], name=op.f('fk_withdrawal_decided_by')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_withdrawal_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_withdrawal')),
    sa.UniqueConstraint('command_id', name=op.f('uq_withdrawal_command_id')),
    sa.UniqueConstraint('folio', name=op.f('uq_withdrawal_folio')),
    sa.UniqueConstraint('session_id', 'number', name=op.f('uq_withdrawal_session_id_number')),
    schema='commercial',
    comment='entrega parcial de efectivo'
    )
    op.create_index('ix_withdrawal_in_transit', 'withdrawal', ['session_id'], unique=False, schema='commercial', postgresql_where=sa.text("state = 'in_transit'"))
    op.create_table('session_verification',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión de caja'),
    sa.Column('closing_id', sa.BigInteger(), nullable=False, comment='corte'),
    sa.Column('denominations', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='piezas por denominación'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('verified_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='verificó'),
    sa.Column('verified_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.ForeignKeyConstraint(['closing_id'], ['commercial.cash_closing.id'], name=op.f('fk_session_verification_closing_id')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_session_verification_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_verification')),
    sa.UniqueConstraint('closing_id', name=op.f('uq_session_verification_closing_id')),
    sa.UniqueConstraint('command_id', name=op.f('uq_session_verification_command_id')),
    sa.UniqueConstraint('session_id', name=op.f('uq_session_verification_session_id')),
    schema='commercial',
    comment='verificación de un corte'
    )
    op.create_table('session_verification_line',
    sa.Column('verification_id', sa.BigInteger(), nullable=False, comment='verificación'),
    sa.Column('tender', sa.Text(), nullable=False, comment='forma de pago'),
    sa.Column('declared', sa.Numeric(precision=14, scale=2), nullable=False, comment='declarado, pesos'),
    sa.Column('verified', sa.Numeric(precision=14, scale=2), nullable=False, comment='verificado, pesos'),
    sa.Column('difference', sa.Numeric(precision=14, scale=2), nullable=False, comment='diferencia, pesos'),
    sa.CheckConstraint('difference = verified - declared', name=op.f('ck_session_verification_line_difference')),
    sa.ForeignKeyConstraint(['verification_id'], ['commercial.session_verification.id'], name=op.f('fk_session_verification_line_verification_id')),
    sa.PrimaryKeyConstraint('verification_id', 'tender', name=op.f('pk_session_verification_line')),
    schema='commercial',
    comment='renglón de la verificación'
    )
    op.add_column('cash_count', sa.Column('number', sa.Integer(), server_default='1', nullable=False, comment='número dentro de la sesión'), schema='commercial')
    # What was counted before this revision was the one count of its session.
    op.alter_column('cash_count', 'number', server_default=None, schema='commercial')
    op.add_column('cash_count', sa.Column('command_id', sa.Uuid(), nullable=True, comment='orden; la de un corte está en el corte'), schema='commercial')
    op.add_column('cash_count', sa.Column('fingerprint', sa.Text(), server_default=sa.text("''"), nullable=False, comment='huella de la orden'), schema='commercial')
    op.add_column('cash_count', sa.Column('expected', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='esperado por forma de pago al firmar un arqueo sorpresa'), schema='commercial')
    op.drop_index(op.f('ix_cash_count_session_id'), table_name='cash_count', schema='commercial')
    op.create_unique_constraint(op.f('uq_cash_count_command_id'), 'cash_count', ['command_id'], schema='commercial')
    op.create_unique_constraint(op.f('uq_cash_count_session_id_number'), 'cash_count', ['session_id', 'number'], schema='commercial')
    # ### end Alembic commands ###
    op.create_check_constraint(op.f('ck_cash_count_command'), 'cash_count', "kind = 'closing' OR command_id IS NOT NULL", schema='commercial')
