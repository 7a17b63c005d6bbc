"""returned cheques and transferred payments

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

JOURNAL_KINDS = (
    "kind IN ('billing', 'surcharge', 'opening', 'payment', 'credit', 'cash_difference',"
    " 'void', 'reversal', 'deposit', 'unidentified', 'identified', 'cheque_return',"
    " 'payment_transfer')"
)
CHARGE_SOURCES = "source IN ('billing', 'surcharge', 'opening', 'return')"
DOCUMENT_KINDS = (
    "kind IN ('receipt', 'closing', 'bill', 'statement', 'voucher', 'voucher_sheet',"
    " 'deposit_list', 'interim_report', 'cash_count', 'withdrawal', 'handover', 'transfer')"
)
RULE_KINDS = (
    "kind IN ('concepts', 'tariff', 'taxes', 'surcharges', 'uma', 'calendar', 'office',"
    " 'denominations', 'anomalies', 'authority', 'accounting_map', 'returned_cheque')"
)


def upgrade() -> None:
    op.create_table('tender_return',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('payment_id', sa.BigInteger(), nullable=False, comment='pago'),
    sa.Column('line', sa.Integer(), nullable=False, comment='renglón de la forma de pago'),
    sa.Column('receipt_id', sa.BigInteger(), nullable=False, comment='recibo de caja'),
    sa.Column('account_id', sa.BigInteger(), nullable=False, comment='cuenta'),
    sa.Column('returned_on', sa.Date(), nullable=False, comment='fecha en que el banco lo devolvió'),
    sa.Column('bank_reason', sa.Text(), nullable=False, comment='motivo del banco'),
    sa.Column('reference', sa.Text(), server_default=sa.text("''"), nullable=False, comment='referencia del aviso del banco'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe del cheque, pesos'),
    sa.Column('reopened', sa.Numeric(precision=12, scale=2), nullable=False, comment='adeudo que se reabre, pesos'),
    sa.Column('fee', sa.Numeric(precision=12, scale=2), nullable=False, comment='cargo por la devolución con su IVA, pesos'),
    sa.Column('fee_charge_id', sa.BigInteger(), nullable=True, comment='cargo por la devolución'),
    sa.Column('rule_set_id', sa.BigInteger(), nullable=True, comment='versión de la regla del cargo'),
    sa.Column('journal_id', sa.BigInteger(), nullable=False, comment='asiento'),
    sa.Column('release_journal_id', sa.BigInteger(), nullable=True, comment='asiento del saldo a favor que se retiró'),
    sa.Column('business_date', sa.Date(), nullable=False, comment='fecha de operación'),
    sa.Column('recorded_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='registró'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint('(fee = 0) = (fee_charge_id IS NULL)', name=op.f('ck_tender_return_fee')),
    sa.CheckConstraint('amount > 0 AND reopened >= 0 AND fee >= 0', name=op.f('ck_tender_return_amounts')),
    sa.ForeignKeyConstraint(['account_id'], ['commercial.account.id'], name=op.f('fk_tender_return_account_id')),
    sa.ForeignKeyConstraint(['fee_charge_id'], ['commercial.charge.id'], name=op.f('fk_tender_return_fee_charge_id')),
    sa.ForeignKeyConstraint(['journal_id'], ['commercial.journal.id'], name=op.f('fk_tender_return_journal_id')),
    sa.ForeignKeyConstraint(['payment_id', 'line'], ['commercial.payment_tender.payment_id', 'commercial.payment_tender.line'], name=op.f('fk_tender_return_payment_id_line')),
    sa.ForeignKeyConstraint(['receipt_id'], ['commercial.receipt.id'], name=op.f('fk_tender_return_receipt_id')),
    sa.ForeignKeyConstraint(['recorded_by'], ['commercial.staff_member.username'], name=op.f('fk_tender_return_recorded_by')),
    sa.ForeignKeyConstraint(['release_journal_id'], ['commercial.journal.id'], name=op.f('fk_tender_return_release_journal_id')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['commercial.rule_set.id'], name=op.f('fk_tender_return_rule_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tender_return')),
    sa.UniqueConstraint('command_id', name=op.f('uq_tender_return_command_id')),
    sa.UniqueConstraint('journal_id', name=op.f('uq_tender_return_journal_id')),
    sa.UniqueConstraint('payment_id', 'line', name=op.f('uq_tender_return_payment_id_line')),
    schema='commercial',
    comment='cheque devuelto'
    )
    op.create_index('ix_tender_return_account_id', 'tender_return', ['account_id'], unique=False, schema='commercial')
    op.create_index('ix_tender_return_business_date', 'tender_return', ['business_date'], unique=False, schema='commercial')
    op.create_table('cheque_ban',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('account_id', sa.BigInteger(), nullable=False, comment='cuenta'),
    sa.Column('return_id', sa.BigInteger(), nullable=False, comment='cheque devuelto que la motivó'),
    sa.Column('placed_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='la puso'),
    sa.Column('placed_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='desde'),
    sa.Column('lifted_by', sa.Text(), nullable=True, comment='la levantó'),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True, comment='levantada el'),
    sa.Column('lift_reason', sa.Text(), nullable=True, comment='motivo para levantarla'),
    sa.CheckConstraint("lift_reason <> ''", name=op.f('ck_cheque_ban_lift_reason')),
    sa.CheckConstraint('(lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lift_reason IS NULL)', name=op.f('ck_cheque_ban_lifted')),
    sa.ForeignKeyConstraint(['account_id'], ['commercial.account.id'], name=op.f('fk_cheque_ban_account_id')),
    sa.ForeignKeyConstraint(['lifted_by'], ['commercial.staff_member.username'], name=op.f('fk_cheque_ban_lifted_by')),
    sa.ForeignKeyConstraint(['placed_by'], ['commercial.staff_member.username'], name=op.f('fk_cheque_ban_placed_by')),
    sa.ForeignKeyConstraint(['return_id'], ['commercial.tender_return.id'], name=op.f('fk_cheque_ban_return_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cheque_ban')),
    schema='commercial',
    comment='cuenta que no paga con cheque'
    )
    op.create_index('ux_cheque_ban_in_force', 'cheque_ban', ['account_id'], unique=True, schema='commercial', postgresql_where=sa.text('lifted_at IS NULL'))
    op.create_table('payment_transfer',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('authorisation_id', sa.BigInteger(), nullable=False, comment='autorización'),
    sa.Column('payment_id', sa.BigInteger(), nullable=False, comment='pago'),
    sa.Column('receipt_id', sa.BigInteger(), nullable=False, comment='recibo de caja'),
    sa.Column('transfer_number', sa.Integer(), nullable=False, comment='número de traspaso del pago'),
    sa.Column('from_account_id', sa.BigInteger(), nullable=False, comment='cuenta de origen'),
    sa.Column('to_account_id', sa.BigInteger(), nullable=False, comment='cuenta de destino'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe que se traspasa, pesos'),
    sa.Column('reopened', sa.Numeric(precision=12, scale=2), nullable=False, comment='adeudo que se reabre en el origen, pesos'),
    sa.Column('settled', sa.Numeric(precision=12, scale=2), nullable=False, comment='aplicado a cargos del destino, pesos'),
    sa.Column('advance', sa.Numeric(precision=12, scale=2), nullable=False, comment='a saldo a favor del destino, pesos'),
    sa.Column('journal_id', sa.BigInteger(), nullable=False, comment='asiento'),
    sa.Column('business_date', sa.Date(), nullable=False, comment='fecha de operación'),
    sa.Column('series', sa.Text(), nullable=False, comment='serie'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número'),
    sa.Column('folio', sa.Text(), nullable=False, comment='folio'),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='contenido congelado'),
    sa.Column('previous_hash', sa.Text(), nullable=False, comment='huella del traspaso anterior'),
    sa.Column('hash', sa.Text(), nullable=False, comment='huella'),
    sa.Column('reason', sa.Text(), nullable=False, comment='motivo'),
    sa.Column('requested_by', sa.Text(), nullable=False, comment='solicitó'),
    sa.Column('transferred_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='autorizó'),
    sa.Column('transferred_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint('amount > 0 AND settled >= 0 AND advance >= 0 AND settled + advance = amount', name=op.f('ck_payment_transfer_amounts')),
    sa.CheckConstraint('from_account_id <> to_account_id', name=op.f('ck_payment_transfer_two_accounts')),
    sa.ForeignKeyConstraint(['authorisation_id'], ['commercial.authorisation.id'], name=op.f('fk_payment_transfer_authorisation_id')),
    sa.ForeignKeyConstraint(['from_account_id'], ['commercial.account.id'], name=op.f('fk_payment_transfer_from_account_id')),
    sa.ForeignKeyConstraint(['journal_id'], ['commercial.journal.id'], name=op.f('fk_payment_transfer_journal_id')),
    sa.ForeignKeyConstraint(['payment_id'], ['commercial.payment.id'], name=op.f('fk_payment_transfer_payment_id')),
    sa.ForeignKeyConstraint(['receipt_id'], ['commercial.receipt.id'], name=op.f('fk_payment_transfer_receipt_id')),
    sa.ForeignKeyConstraint(['requested_by'], ['commercial.staff_member.username'], name=op.f('fk_payment_transfer_requested_by')),
    sa.ForeignKeyConstraint(['series'], ['commercial.folio_series.code'], name=op.f('fk_payment_transfer_series')),
    sa.ForeignKeyConstraint(['to_account_id'], ['commercial.account.id'], name=op.f('fk_payment_transfer_to_account_id')),
    sa.ForeignKeyConstraint(['transferred_by'], ['commercial.staff_member.username'], name=op.f('fk_payment_transfer_transferred_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_transfer')),
    sa.UniqueConstraint('authorisation_id', name=op.f('uq_payment_transfer_authorisation_id')),
    sa.UniqueConstraint('folio', name=op.f('uq_payment_transfer_folio')),
    sa.UniqueConstraint('journal_id', name=op.f('uq_payment_transfer_journal_id')),
    sa.UniqueConstraint('payment_id', 'transfer_number', name=op.f('uq_payment_transfer_payment_id_transfer_number')),
    sa.UniqueConstraint('series', 'number', name=op.f('uq_payment_transfer_series_number')),
    schema='commercial',
    comment='traspaso de pago'
    )
    op.create_index('ix_payment_transfer_from_account_id', 'payment_transfer', ['from_account_id'], unique=False, schema='commercial')
    op.create_index('ix_payment_transfer_receipt_id', 'payment_transfer', ['receipt_id'], unique=False, schema='commercial')
    op.create_index('ix_payment_transfer_to_account_id', 'payment_transfer', ['to_account_id'], unique=False, schema='commercial')
    _replace_check('journal', 'kind', JOURNAL_KINDS)
    _replace_check('charge', 'source', CHARGE_SOURCES)
    _replace_check('issued_document', 'kind', DOCUMENT_KINDS)
    _replace_check('rule_set', 'kind', RULE_KINDS)


def _replace_check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f'ck_{table}_{name}')
    op.drop_constraint(constraint, table, schema='commercial', type_='check')
    op.create_check_constraint(constraint, table, condition, schema='commercial')
