"""vouchers

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

DOCUMENT_KINDS = (
    "kind IN ('receipt', 'closing', 'bill', 'statement', 'voucher', 'voucher_sheet')"
)
RULE_KINDS = (
    "kind IN ('concepts', 'tariff', 'taxes', 'surcharges', 'uma', 'calendar', 'office',"
    " 'denominations', 'anomalies', 'authority', 'accounting_map')"
)


def upgrade() -> None:
    op.create_table('voucher',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('kind', sa.Text(), nullable=False, comment='recaudación o descuento'),
    sa.Column('business_date', sa.Date(), nullable=False, comment='fecha de operación'),
    sa.Column('version', sa.Integer(), nullable=False, comment='versión del día'),
    sa.Column('previous_id', sa.BigInteger(), nullable=True, comment='póliza devuelta que sustituye'),
    sa.Column('state', sa.Text(), server_default=sa.text("'draft'"), nullable=False, comment='estado'),
    sa.Column('series', sa.Text(), nullable=False, comment='serie'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número'),
    sa.Column('folio', sa.Text(), nullable=False, comment='folio'),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='contenido congelado'),
    sa.Column('previous_hash', sa.Text(), nullable=False, comment='huella de la póliza anterior'),
    sa.Column('hash', sa.Text(), nullable=False, comment='huella'),
    sa.Column('debit', sa.Numeric(precision=14, scale=2), nullable=False, comment='suma de cargos, pesos'),
    sa.Column('credit', sa.Numeric(precision=14, scale=2), nullable=False, comment='suma de abonos, pesos'),
    sa.Column('map_id', sa.BigInteger(), nullable=False, comment='versión del catálogo contable'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('issued_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='elaboró'),
    sa.Column('issued_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='elaborada el'),
    sa.Column('decision_id', sa.Uuid(), nullable=True, comment='orden de la revisión'),
    sa.Column('decision_print', sa.Text(), nullable=True, comment='huella de la orden de revisión'),
    sa.Column('decided_by', sa.Text(), nullable=True, comment='verificó o devolvió'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='revisada el'),
    sa.Column('decision_note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='notas de la revisión'),
    sa.Column('sheet', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='hoja de verificación al revisar'),
    sa.CheckConstraint("(state = 'draft') = (decided_by IS NULL) AND (state = 'draft') = (decided_at IS NULL) AND (state = 'draft') = (decision_id IS NULL) AND (state = 'draft') = (sheet IS NULL)", name=op.f('ck_voucher_decided')),
    sa.CheckConstraint("kind IN ('collection', 'discount')", name=op.f('ck_voucher_kind')),
    sa.CheckConstraint("state <> 'returned' OR decision_note <> ''", name=op.f('ck_voucher_returned_with_notes')),
    sa.CheckConstraint("state IN ('draft', 'verified', 'returned', 'exported')", name=op.f('ck_voucher_state')),
    sa.CheckConstraint('debit = credit AND debit >= 0', name=op.f('ck_voucher_balanced')),
    sa.CheckConstraint('decided_by <> issued_by', name=op.f('ck_voucher_maker_is_not_verifier')),
    sa.CheckConstraint('version > 0 AND (version = 1) = (previous_id IS NULL)', name=op.f('ck_voucher_version')),
    sa.ForeignKeyConstraint(['decided_by'], ['commercial.staff_member.username'], name=op.f('fk_voucher_decided_by')),
    sa.ForeignKeyConstraint(['issued_by'], ['commercial.staff_member.username'], name=op.f('fk_voucher_issued_by')),
    sa.ForeignKeyConstraint(['map_id'], ['commercial.rule_set.id'], name=op.f('fk_voucher_map_id')),
    sa.ForeignKeyConstraint(['previous_id'], ['commercial.voucher.id'], name=op.f('fk_voucher_previous_id')),
    sa.ForeignKeyConstraint(['series'], ['commercial.folio_series.code'], name=op.f('fk_voucher_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher')),
    sa.UniqueConstraint('command_id', name=op.f('uq_voucher_command_id')),
    sa.UniqueConstraint('decision_id', name=op.f('uq_voucher_decision_id')),
    sa.UniqueConstraint('folio', name=op.f('uq_voucher_folio')),
    sa.UniqueConstraint('kind', 'business_date', 'version', name=op.f('uq_voucher_kind_business_date_version')),
    sa.UniqueConstraint('previous_id', name=op.f('uq_voucher_previous_id')),
    sa.UniqueConstraint('series', 'number', name=op.f('uq_voucher_series_number')),
    schema='commercial',
    comment='póliza'
    )
    op.create_index('ux_voucher_one_a_day', 'voucher', ['kind', 'business_date'], unique=True, schema='commercial', postgresql_where=sa.text("state <> 'returned'"))
    op.create_table('voucher_export',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('voucher_id', sa.BigInteger(), nullable=False, comment='póliza'),
    sa.Column('format', sa.Text(), nullable=False, comment='formato'),
    sa.Column('layout', sa.Text(), nullable=False, comment='nombre de la plantilla'),
    sa.Column('sha256', sa.Text(), nullable=False, comment='huella del archivo'),
    sa.Column('exported_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='exportó'),
    sa.Column('exported_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("format IN ('xlsx', 'csv')", name=op.f('ck_voucher_export_format')),
    sa.ForeignKeyConstraint(['exported_by'], ['commercial.staff_member.username'], name=op.f('fk_voucher_export_exported_by')),
    sa.ForeignKeyConstraint(['voucher_id'], ['commercial.voucher.id'], name=op.f('fk_voucher_export_voucher_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher_export')),
    sa.UniqueConstraint('command_id', name=op.f('uq_voucher_export_command_id')),
    schema='commercial',
    comment='exportación de póliza'
    )
    op.create_index('ix_voucher_export_voucher_id', 'voucher_export', ['voucher_id'], unique=False, schema='commercial')
    op.create_table('voucher_line',
    sa.Column('voucher_id', sa.BigInteger(), nullable=False, comment='póliza'),
    sa.Column('line', sa.Integer(), autoincrement=False, nullable=False, comment='renglón'),
    sa.Column('section', sa.Text(), nullable=False, comment='contable o presupuestal'),
    sa.Column('origin', sa.Text(), nullable=False, comment='tipo de asiento del que viene'),
    sa.Column('ledger', sa.Text(), nullable=False, comment='cuenta de los asientos'),
    sa.Column('concept', sa.Text(), nullable=True, comment='concepto de cobro'),
    sa.Column('account', sa.Text(), nullable=False, comment='cuenta contable'),
    sa.Column('name', sa.Text(), nullable=False, comment='nombre de la cuenta'),
    sa.Column('debit', sa.Numeric(precision=14, scale=2), nullable=False, comment='cargo, pesos'),
    sa.Column('credit', sa.Numeric(precision=14, scale=2), nullable=False, comment='abono, pesos'),
    sa.CheckConstraint("section IN ('books', 'budget')", name=op.f('ck_voucher_line_section')),
    sa.CheckConstraint('debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)', name=op.f('ck_voucher_line_side')),
    sa.ForeignKeyConstraint(['concept'], ['commercial.concept.code'], name=op.f('fk_voucher_line_concept')),
    sa.ForeignKeyConstraint(['ledger'], ['commercial.ledger_account.code'], name=op.f('fk_voucher_line_ledger')),
    sa.ForeignKeyConstraint(['voucher_id'], ['commercial.voucher.id'], name=op.f('fk_voucher_line_voucher_id')),
    sa.PrimaryKeyConstraint('voucher_id', 'line', name=op.f('pk_voucher_line')),
    schema='commercial',
    comment='renglón de póliza'
    )
    _replace_check('rule_set', 'kind', RULE_KINDS)
    _replace_check('issued_document', 'kind', DOCUMENT_KINDS)


def _replace_check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f'ck_{table}_{name}')
    op.drop_constraint(constraint, table, schema='commercial', type_='check')
    op.create_check_constraint(constraint, table, condition, schema='commercial')
