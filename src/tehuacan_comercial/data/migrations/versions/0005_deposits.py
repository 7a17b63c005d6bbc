"""deposit batches

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

JOURNAL_KIND = (
    "kind IN ('billing', 'surcharge', 'opening', 'payment', 'credit', 'cash_difference',"
    " 'void', 'reversal', 'deposit')"
)
ISSUED_DOCUMENT_KIND = (
    "kind IN ('receipt', 'closing', 'bill', 'statement', 'voucher', 'voucher_sheet',"
    " 'deposit_list')"
)


def upgrade() -> None:
    op.create_table('bank_account',
    sa.Column('code', sa.Text(), nullable=False, comment='clave'),
    sa.Column('bank', sa.Text(), nullable=False, comment='banco'),
    sa.Column('name', sa.Text(), nullable=False, comment='nombre'),
    sa.Column('clabe', sa.Text(), nullable=False, comment='CLABE'),
    sa.Column('ledger_account', sa.Text(), nullable=False, comment='cuenta contable'),
    sa.Column('active', sa.Boolean(), server_default=sa.text('true'), nullable=False, comment='en uso'),
    sa.CheckConstraint("clabe ~ '^\\d{18}$'", name=op.f('ck_bank_account_clabe')),
    sa.ForeignKeyConstraint(['ledger_account'], ['commercial.ledger_account.code'], name=op.f('fk_bank_account_ledger_account')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_bank_account')),
    sa.UniqueConstraint('ledger_account', name=op.f('uq_bank_account_ledger_account')),
    schema='commercial',
    comment='cuenta bancaria'
    )
    op.create_table('deposit_batch',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('state', sa.Text(), server_default=sa.text("'open'"), nullable=False, comment='estado'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('journal_id', sa.BigInteger(), nullable=True, comment='asiento del depósito'),
    sa.Column('opened_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='abrió'),
    sa.Column('opened_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("(state IN ('deposited', 'reconciled')) = (journal_id IS NOT NULL)", name=op.f('ck_deposit_batch_journal')),
    sa.CheckConstraint("state IN ('open', 'counting', 'balanced', 'deposited', 'reconciled')", name=op.f('ck_deposit_batch_state')),
    sa.ForeignKeyConstraint(['journal_id'], ['commercial.journal.id'], name=op.f('fk_deposit_batch_journal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deposit_batch')),
    sa.UniqueConstraint('command_id', name=op.f('uq_deposit_batch_command_id')),
    sa.UniqueConstraint('journal_id', name=op.f('uq_deposit_batch_journal_id')),
    schema='commercial',
    comment='lote de depósito'
    )
    op.create_index('ix_deposit_batch_state', 'deposit_batch', ['state'], unique=False, schema='commercial')
    op.create_table('deposit_list',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('batch_id', sa.BigInteger(), nullable=False, comment='lote'),
    sa.Column('series', sa.Text(), nullable=False, comment='serie'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número'),
    sa.Column('folio', sa.Text(), nullable=False, comment='folio'),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='contenido congelado'),
    sa.Column('previous_hash', sa.Text(), nullable=False, comment='huella de la relación anterior'),
    sa.Column('hash', sa.Text(), nullable=False, comment='huella'),
    sa.Column('balanced_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='cuadró'),
    sa.Column('balanced_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.ForeignKeyConstraint(['batch_id'], ['commercial.deposit_batch.id'], name=op.f('fk_deposit_list_batch_id')),
    sa.ForeignKeyConstraint(['series'], ['commercial.folio_series.code'], name=op.f('fk_deposit_list_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deposit_list')),
    sa.UniqueConstraint('batch_id', name=op.f('uq_deposit_list_batch_id')),
    sa.UniqueConstraint('command_id', name=op.f('uq_deposit_list_command_id')),
    sa.UniqueConstraint('folio', name=op.f('uq_deposit_list_folio')),
    sa.UniqueConstraint('series', 'number', name=op.f('uq_deposit_list_series_number')),
    schema='commercial',
    comment='relación de fichas de depósito'
    )
    op.create_table('deposit_slip',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('batch_id', sa.BigInteger(), nullable=False, comment='lote'),
    sa.Column('line', sa.Integer(), nullable=False, comment='renglón'),
    sa.Column('bank_account', sa.Text(), nullable=False, comment='cuenta bancaria'),
    sa.Column('tender', sa.Text(), nullable=False, comment='forma de pago'),
    sa.Column('amount', sa.Numeric(precision=14, scale=2), nullable=False, comment='importe, pesos'),
    sa.Column('reference', sa.Text(), server_default=sa.text("''"), nullable=False, comment='referencia o autorización del banco'),
    sa.Column('deposited_on', sa.Date(), nullable=True, comment='día del depósito'),
    sa.CheckConstraint("(deposited_on IS NULL) = (reference = '')", name=op.f('ck_deposit_slip_deposited')),
    sa.CheckConstraint("tender IN ('cash', 'card', 'transfer', 'cheque')", name=op.f('ck_deposit_slip_tender')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_deposit_slip_amount')),
    sa.ForeignKeyConstraint(['bank_account'], ['commercial.bank_account.code'], name=op.f('fk_deposit_slip_bank_account')),
    sa.ForeignKeyConstraint(['batch_id'], ['commercial.deposit_batch.id'], name=op.f('fk_deposit_slip_batch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deposit_slip')),
    sa.UniqueConstraint('batch_id', 'line', name=op.f('uq_deposit_slip_batch_id_line')),
    schema='commercial',
    comment='ficha de depósito'
    )
    op.create_table('deposit_step',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('batch_id', sa.BigInteger(), nullable=False, comment='lote'),
    sa.Column('state', sa.Text(), nullable=False, comment='estado al que pasó'),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False, comment='lo contado o anotado'),
    sa.Column('done_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='quién'),
    sa.Column('done_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.ForeignKeyConstraint(['batch_id'], ['commercial.deposit_batch.id'], name=op.f('fk_deposit_step_batch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deposit_step')),
    schema='commercial',
    comment='paso de un lote de depósito'
    )
    op.create_index('ix_deposit_step_batch_id', 'deposit_step', ['batch_id'], unique=False, schema='commercial')
    op.create_table('deposit_batch_session',
    sa.Column('batch_id', sa.BigInteger(), nullable=False, comment='lote'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión de caja'),
    sa.ForeignKeyConstraint(['batch_id'], ['commercial.deposit_batch.id'], name=op.f('fk_deposit_batch_session_batch_id')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_deposit_batch_session_session_id')),
    sa.PrimaryKeyConstraint('batch_id', 'session_id', name=op.f('pk_deposit_batch_session')),
    sa.UniqueConstraint('session_id', name=op.f('uq_deposit_batch_session_session_id')),
    schema='commercial',
    comment='sesión de un lote de depósito'
    )
    _replace_check('journal', 'kind', JOURNAL_KIND)
    _replace_check('issued_document', 'kind', ISSUED_DOCUMENT_KIND)


def _replace_check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f'ck_{table}_{name}')
    op.drop_constraint(constraint, table, schema='commercial', type_='check')
    op.create_check_constraint(constraint, table, condition, schema='commercial')
