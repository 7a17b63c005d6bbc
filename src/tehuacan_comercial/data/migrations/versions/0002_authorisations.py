"""authorisations and voids

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

JOURNAL_KINDS = (
    "kind IN ('billing', 'surcharge', 'opening', 'payment', 'credit', 'cash_difference',"
    " 'void', 'reversal')"
)
RULE_KINDS = (
    "kind IN ('concepts', 'tariff', 'taxes', 'surcharges', 'uma', 'calendar', 'office',"
    " 'denominations', 'anomalies', 'authority')"
)
ALLOCATED = 'amount <> 0 AND (amount < 0) = (reverses_id IS NOT NULL)'


def upgrade() -> None:
    op.create_table('authorisation_kind',
    sa.Column('code', sa.Text(), nullable=False, comment='clave'),
    sa.Column('name', sa.Text(), nullable=False, comment='nombre'),
    sa.Column('hours', sa.Integer(), nullable=False, comment='horas hasta que vence la solicitud'),
    sa.Column('reasons', sa.Text(), nullable=False, comment='lista de motivos'),
    sa.Column('requesters', sa.ARRAY(sa.TEXT()), nullable=False, comment='funciones que la solicitan'),
    sa.CheckConstraint('hours > 0', name=op.f('ck_authorisation_kind_hours')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_authorisation_kind')),
    schema='commercial',
    comment='tipo de autorización'
    )
    op.create_table('authorisation_reason',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('rule_set_id', sa.BigInteger(), nullable=False, comment='versión'),
    sa.Column('list', sa.Text(), nullable=False, comment='lista'),
    sa.Column('code', sa.Text(), nullable=False, comment='clave'),
    sa.Column('name', sa.Text(), nullable=False, comment='motivo'),
    sa.Column('needs_note', sa.Boolean(), nullable=False, comment='pide explicarlo'),
    sa.ForeignKeyConstraint(['rule_set_id'], ['commercial.rule_set.id'], name=op.f('fk_authorisation_reason_rule_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authorisation_reason')),
    sa.UniqueConstraint('rule_set_id', 'list', 'code', name=op.f('uq_authorisation_reason_rule_set_id_list_code')),
    schema='commercial',
    comment='motivo de solicitud'
    )
    op.create_table('authority_limit',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('rule_set_id', sa.BigInteger(), nullable=False, comment='versión'),
    sa.Column('kind', sa.Text(), nullable=False, comment='tipo de autorización'),
    sa.Column('job', sa.Text(), nullable=False, comment='función'),
    sa.Column('from_amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='desde, pesos'),
    sa.Column('up_to', sa.Numeric(precision=12, scale=2), nullable=True, comment='hasta, pesos; vacío = sin límite'),
    sa.CheckConstraint("job IN ('counter', 'cashier', 'head_cashier', 'registry', 'metering', 'field_collector', 'manager', 'director', 'auditor', 'administrator')", name=op.f('ck_authority_limit_job')),
    sa.CheckConstraint('from_amount >= 0 AND (up_to IS NULL OR up_to >= from_amount)', name=op.f('ck_authority_limit_band')),
    sa.ForeignKeyConstraint(['kind'], ['commercial.authorisation_kind.code'], name=op.f('fk_authority_limit_kind')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['commercial.rule_set.id'], name=op.f('fk_authority_limit_rule_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authority_limit')),
    sa.UniqueConstraint('rule_set_id', 'kind', 'job', name=op.f('uq_authority_limit_rule_set_id_kind_job')),
    schema='commercial',
    comment='límite de autorización'
    )
    op.create_table('delegation',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('principal', sa.Text(), nullable=False, comment='titular ausente'),
    sa.Column('deputy', sa.Text(), nullable=False, comment='suplente'),
    sa.Column('kinds', sa.ARRAY(sa.TEXT()), nullable=False, comment='tipos de autorización'),
    sa.Column('valid', postgresql.DATERANGE(), nullable=False, comment='vigencia'),
    sa.Column('reason', sa.Text(), nullable=False, comment='motivo'),
    sa.Column('recorded_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='registró'),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True, comment='terminó antes'),
    sa.Column('ended_by', sa.Text(), nullable=True, comment='la terminó'),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_delegation_reason')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by IS NULL)', name=op.f('ck_delegation_ended')),
    sa.CheckConstraint('NOT isempty(valid) AND NOT upper_inf(valid)', name=op.f('ck_delegation_valid')),
    sa.CheckConstraint('cardinality(kinds) > 0', name=op.f('ck_delegation_kinds')),
    sa.CheckConstraint('principal <> deputy', name=op.f('ck_delegation_two_people')),
    sa.ForeignKeyConstraint(['deputy'], ['commercial.staff_member.username'], name=op.f('fk_delegation_deputy')),
    sa.ForeignKeyConstraint(['principal'], ['commercial.staff_member.username'], name=op.f('fk_delegation_principal')),
    sa.ForeignKeyConstraint(['recorded_by'], ['commercial.staff_member.username'], name=op.f('fk_delegation_recorded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sa.UniqueConstraint('command_id', name=op.f('uq_delegation_command_id')),
    schema='commercial',
    comment='suplencia'
    )
    op.create_index('ix_delegation_deputy', 'delegation', ['deputy'], unique=False, schema='commercial')
    op.create_table('authorisation',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('kind', sa.Text(), nullable=False, comment='tipo'),
    sa.Column('subject_id', sa.BigInteger(), nullable=False, comment='de qué: recibo, sesión, pago…, según el tipo'),
    sa.Column('account_id', sa.BigInteger(), nullable=True, comment='cuenta'),
    sa.Column('session_id', sa.BigInteger(), nullable=True, comment='sesión de caja'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe que comparan los límites, pesos'),
    sa.Column('reason_code', sa.Text(), nullable=False, comment='motivo de la lista'),
    sa.Column('reason', sa.Text(), nullable=False, comment='explicación'),
    sa.Column('evidence', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='comprobación'),
    sa.Column('options', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='opciones'),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='los hechos como los vio quien solicita'),
    sa.Column('state', sa.Text(), server_default=sa.text("'requested'"), nullable=False, comment='estado'),
    sa.Column('requested_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='solicitó'),
    sa.Column('requested_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.Column('station', sa.Text(), nullable=False, comment='estación'),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False, comment='vence'),
    sa.Column('decision_command_id', sa.Uuid(), nullable=True, comment='orden de la decisión'),
    sa.Column('decision_fingerprint', sa.Text(), nullable=True, comment='huella de la decisión'),
    sa.Column('decided_by', sa.Text(), nullable=True, comment='decidió'),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True, comment='se resolvió, venció o se retiró'),
    sa.Column('decision_station', sa.Text(), nullable=True, comment='estación de la decisión'),
    sa.Column('decision_note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='nota de la decisión'),
    sa.Column('on_behalf_of', sa.Text(), nullable=True, comment='en ausencia de'),
    sa.Column('rule_set_id', sa.BigInteger(), nullable=True, comment='versión de los límites'),
    sa.Column('outcome', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='qué produjo'),
    sa.CheckConstraint("(state IN ('approved', 'denied')) = (decided_by IS NOT NULL) AND (decided_by IS NULL) = (decision_command_id IS NULL) AND (decided_by IS NULL) = (rule_set_id IS NULL) AND (decided_by IS NOT NULL OR on_behalf_of IS NULL) AND (state = 'requested') = (decided_at IS NULL) AND (state = 'approved') = (outcome IS NOT NULL)", name=op.f('ck_authorisation_decision')),
    sa.CheckConstraint("state <> 'denied' OR decision_note <> ''", name=op.f('ck_authorisation_denied_with_reason')),
    sa.CheckConstraint("state IN ('requested', 'approved', 'denied', 'expired', 'withdrawn')", name=op.f('ck_authorisation_state')),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_authorisation_amount')),
    sa.CheckConstraint('decided_by <> requested_by', name=op.f('ck_authorisation_somebody_else')),
    sa.CheckConstraint('expires_at > requested_at', name=op.f('ck_authorisation_expires_at')),
    sa.CheckConstraint('on_behalf_of NOT IN (requested_by, decided_by)', name=op.f('ck_authorisation_on_behalf_of')),
    sa.ForeignKeyConstraint(['account_id'], ['commercial.account.id'], name=op.f('fk_authorisation_account_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['commercial.staff_member.username'], name=op.f('fk_authorisation_decided_by')),
    sa.ForeignKeyConstraint(['kind'], ['commercial.authorisation_kind.code'], name=op.f('fk_authorisation_kind')),
    sa.ForeignKeyConstraint(['on_behalf_of'], ['commercial.staff_member.username'], name=op.f('fk_authorisation_on_behalf_of')),
    sa.ForeignKeyConstraint(['requested_by'], ['commercial.staff_member.username'], name=op.f('fk_authorisation_requested_by')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['commercial.rule_set.id'], name=op.f('fk_authorisation_rule_set_id')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_authorisation_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authorisation')),
    sa.UniqueConstraint('command_id', name=op.f('uq_authorisation_command_id')),
    sa.UniqueConstraint('decision_command_id', name=op.f('uq_authorisation_decision_command_id')),
    schema='commercial',
    comment='autorización'
    )
    op.create_index('ix_authorisation_account_id', 'authorisation', ['account_id'], unique=False, schema='commercial')
    op.create_index('ix_authorisation_requested_by', 'authorisation', ['requested_by', 'requested_at'], unique=False, schema='commercial')
    op.create_index('ix_authorisation_session_id', 'authorisation', ['session_id'], unique=False, schema='commercial')
    op.create_index('ix_authorisation_subject', 'authorisation', ['kind', 'subject_id'], unique=False, schema='commercial')
    op.create_index('ux_authorisation_pending', 'authorisation', ['kind', 'subject_id'], unique=True, schema='commercial', postgresql_where=sa.text("state = 'requested'"))
    op.create_table('receipt_replacement',
    sa.Column('replaced_id', sa.BigInteger(), nullable=False, comment='recibo sustituido'),
    sa.Column('receipt_id', sa.BigInteger(), nullable=False, comment='recibo que lo sustituye'),
    sa.Column('linked_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint('receipt_id > replaced_id', name=op.f('ck_receipt_replacement_later')),
    sa.ForeignKeyConstraint(['receipt_id'], ['commercial.receipt.id'], name=op.f('fk_receipt_replacement_receipt_id')),
    sa.ForeignKeyConstraint(['replaced_id'], ['commercial.receipt.id'], name=op.f('fk_receipt_replacement_replaced_id')),
    sa.PrimaryKeyConstraint('replaced_id', name=op.f('pk_receipt_replacement')),
    sa.UniqueConstraint('receipt_id', name=op.f('uq_receipt_replacement_receipt_id')),
    schema='commercial',
    comment='recibo que sustituye a otro'
    )
    op.create_table('receipt_void',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('authorisation_id', sa.BigInteger(), nullable=False, comment='autorización'),
    sa.Column('receipt_id', sa.BigInteger(), nullable=False, comment='recibo de caja'),
    sa.Column('payment_id', sa.BigInteger(), nullable=False, comment='pago'),
    sa.Column('account_id', sa.BigInteger(), nullable=False, comment='cuenta'),
    sa.Column('kind', sa.Text(), nullable=False, comment='cancelación o reverso'),
    sa.Column('journal_id', sa.BigInteger(), nullable=False, comment='asiento'),
    sa.Column('business_date', sa.Date(), nullable=False, comment='fecha de operación'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='total del recibo, pesos'),
    sa.Column('reason', sa.Text(), nullable=False, comment='motivo'),
    sa.Column('requested_by', sa.Text(), nullable=False, comment='solicitó'),
    sa.Column('voided_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='autorizó'),
    sa.Column('voided_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("kind IN ('void', 'reversal')", name=op.f('ck_receipt_void_kind')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_receipt_void_amount')),
    sa.ForeignKeyConstraint(['account_id'], ['commercial.account.id'], name=op.f('fk_receipt_void_account_id')),
    sa.ForeignKeyConstraint(['authorisation_id'], ['commercial.authorisation.id'], name=op.f('fk_receipt_void_authorisation_id')),
    sa.ForeignKeyConstraint(['journal_id'], ['commercial.journal.id'], name=op.f('fk_receipt_void_journal_id')),
    sa.ForeignKeyConstraint(['payment_id'], ['commercial.payment.id'], name=op.f('fk_receipt_void_payment_id')),
    sa.ForeignKeyConstraint(['receipt_id'], ['commercial.receipt.id'], name=op.f('fk_receipt_void_receipt_id')),
    sa.ForeignKeyConstraint(['requested_by'], ['commercial.staff_member.username'], name=op.f('fk_receipt_void_requested_by')),
    sa.ForeignKeyConstraint(['voided_by'], ['commercial.staff_member.username'], name=op.f('fk_receipt_void_voided_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt_void')),
    sa.UniqueConstraint('authorisation_id', name=op.f('uq_receipt_void_authorisation_id')),
    sa.UniqueConstraint('journal_id', name=op.f('uq_receipt_void_journal_id')),
    sa.UniqueConstraint('payment_id', name=op.f('uq_receipt_void_payment_id')),
    sa.UniqueConstraint('receipt_id', name=op.f('uq_receipt_void_receipt_id')),
    schema='commercial',
    comment='cancelación de recibo'
    )
    op.create_index('ix_receipt_void_account_id', 'receipt_void', ['account_id'], unique=False, schema='commercial')
    op.create_index('ix_receipt_void_business_date', 'receipt_void', ['business_date'], unique=False, schema='commercial')
    op.create_table('receipt_refund',
    sa.Column('void_id', sa.BigInteger(), nullable=False, comment='cancelación'),
    sa.Column('way', sa.Text(), nullable=False, comment='forma'),
    sa.Column('session_id', sa.BigInteger(), nullable=True, comment='sesión de caja que devuelve'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe, pesos'),
    sa.CheckConstraint("(session_id IS NULL) = (way IN ('credit', 'payable'))", name=op.f('ck_receipt_refund_drawer')),
    sa.CheckConstraint("way IN ('cash', 'card', 'transfer', 'cheque', 'credit', 'payable')", name=op.f('ck_receipt_refund_way')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_receipt_refund_amount')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_receipt_refund_session_id')),
    sa.ForeignKeyConstraint(['void_id'], ['commercial.receipt_void.id'], name=op.f('fk_receipt_refund_void_id')),
    sa.PrimaryKeyConstraint('void_id', 'way', name=op.f('pk_receipt_refund')),
    schema='commercial',
    comment='devolución de un recibo cancelado'
    )
    op.create_index('ix_receipt_refund_session_id', 'receipt_refund', ['session_id'], unique=False, schema='commercial')
    op.add_column('allocation', sa.Column('reverses_id', sa.BigInteger(), nullable=True, comment='aplicación que deshace'), schema='commercial')
    op.alter_column('allocation', 'amount',
               existing_type=sa.NUMERIC(precision=12, scale=2),
               comment='importe, pesos; negativo deshace otra',
               existing_comment='importe, pesos',
               existing_nullable=False,
               schema='commercial')
    op.create_index('ux_allocation_reverses_id', 'allocation', ['reverses_id'], unique=True, schema='commercial', postgresql_where=sa.text('reverses_id IS NOT NULL'))
    op.create_foreign_key(op.f('fk_allocation_reverses_id'), 'allocation', 'allocation', ['reverses_id'], ['id'], source_schema='commercial', referent_schema='commercial')
    _replace_check('journal', 'kind', JOURNAL_KINDS)
    _replace_check('rule_set', 'kind', RULE_KINDS)
    _replace_check('allocation', 'amount', ALLOCATED)


def _replace_check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f'ck_{table}_{name}')
    op.drop_constraint(constraint, table, schema='commercial', type_='check')
    op.create_check_constraint(constraint, table, condition, schema='commercial')
