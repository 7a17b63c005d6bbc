"""the attention queue: tickets, their services, and time that is only added

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

RULE_KINDS = (
    "kind IN ('concepts', 'tariff', 'taxes', 'surcharges', 'uma', 'calendar', 'office',"
    " 'denominations', 'anomalies', 'authority', 'accounting_map', 'returned_cheque', 'queue')"
)


def upgrade() -> None:
    op.create_table('queue_series',
    sa.Column('day', sa.Date(), nullable=False, comment='día'),
    sa.Column('prefix', sa.Text(), nullable=False, comment='letra del trámite'),
    sa.Column('last_number', sa.Integer(), nullable=False, comment='último número'),
    sa.CheckConstraint('last_number > 0', name=op.f('ck_queue_series_last_number')),
    sa.PrimaryKeyConstraint('day', 'prefix', name=op.f('pk_queue_series')),
    schema='commercial',
    comment='numeración de turnos'
    )
    op.create_table('desk_shift',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('desk', sa.Text(), nullable=False, comment='ventanilla'),
    sa.Column('desk_name', sa.Text(), nullable=False, comment='nombre de la ventanilla'),
    sa.Column('station', sa.Text(), nullable=False, comment='estación'),
    sa.Column('staff', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='quién atiende'),
    sa.Column('opened_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='desde'),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True, comment='hasta'),
    sa.Column('closed_by', sa.Text(), nullable=True, comment='quién la cerró'),
    sa.Column('close_reason', sa.Text(), server_default=sa.text("''"), nullable=False, comment='motivo'),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_desk_shift_closed')),
    sa.ForeignKeyConstraint(['closed_by'], ['commercial.staff_member.username'], name=op.f('fk_desk_shift_closed_by')),
    sa.ForeignKeyConstraint(['staff'], ['commercial.staff_member.username'], name=op.f('fk_desk_shift_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_shift')),
    sa.UniqueConstraint('command_id', name=op.f('uq_desk_shift_command_id')),
    schema='commercial',
    comment='personal en ventanilla'
    )
    op.create_index('ux_desk_shift_desk', 'desk_shift', ['desk'], unique=True, schema='commercial', postgresql_where=sa.text('closed_at IS NULL'))
    op.create_index('ux_desk_shift_staff', 'desk_shift', ['staff'], unique=True, schema='commercial', postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('queue_ticket',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('business_date', sa.Date(), nullable=False, comment='día'),
    sa.Column('prefix', sa.Text(), nullable=False, comment='letra del trámite'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número del día'),
    sa.Column('label', sa.Text(), nullable=False, comment='como se anuncia, p. ej. A-012'),
    sa.Column('priority', sa.Text(), nullable=False, comment='clase de prioridad; vacío = ninguna'),
    sa.Column('priority_name', sa.Text(), nullable=False, comment='motivo de la prioridad'),
    sa.Column('channel', sa.Text(), nullable=False, comment='por dónde se tomó'),
    sa.Column('station', sa.Text(), nullable=False, comment='estación que lo dio'),
    sa.Column('in_hand', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='llamado, en atención o en pausa'),
    sa.Column('taken_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='lo dio'),
    sa.Column('taken_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='llegada'),
    sa.CheckConstraint("(priority = '') = (priority_name = '')", name=op.f('ck_queue_ticket_priority')),
    sa.CheckConstraint("channel IN ('reception', 'desk')", name=op.f('ck_queue_ticket_channel')),
    sa.CheckConstraint('number > 0', name=op.f('ck_queue_ticket_number')),
    sa.ForeignKeyConstraint(['taken_by'], ['commercial.staff_member.username'], name=op.f('fk_queue_ticket_taken_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_queue_ticket')),
    sa.UniqueConstraint('business_date', 'prefix', 'number', name=op.f('uq_queue_ticket_business_date_prefix_number')),
    sa.UniqueConstraint('command_id', name=op.f('uq_queue_ticket_command_id')),
    schema='commercial',
    comment='turno'
    )
    op.create_table('service_request',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('ticket_id', sa.BigInteger(), nullable=False, comment='turno'),
    sa.Column('line', sa.Integer(), nullable=False, comment='número dentro de la visita'),
    sa.Column('procedure', sa.Text(), nullable=False, comment='trámite'),
    sa.Column('procedure_name', sa.Text(), nullable=False, comment='nombre del trámite'),
    sa.Column('wait_minutes', sa.Integer(), nullable=False, comment='espera deseada, minutos'),
    sa.Column('service_minutes', sa.Integer(), nullable=False, comment='duración deseada, minutos'),
    sa.Column('rule_set_id', sa.BigInteger(), nullable=False, comment='versión del catálogo'),
    sa.Column('seniority_at', sa.DateTime(timezone=True), nullable=False, comment='antigüedad en la fila'),
    sa.Column('wanted_desk', sa.Text(), server_default=sa.text("''"), nullable=False, comment='ventanilla a la que se pasó'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('previous_id', sa.BigInteger(), nullable=True, comment='de qué trámite se pasó'),
    sa.Column('account_id', sa.BigInteger(), nullable=True, comment='cuenta'),
    sa.Column('state', sa.Text(), nullable=False, comment='estado'),
    sa.Column('desk', sa.Text(), nullable=True, comment='última ventanilla'),
    sa.Column('attended_by', sa.Text(), nullable=True, comment='último que lo atendió'),
    sa.Column('created_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='registró'),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("NOT (state IN ('called', 'serving')) OR (desk IS NOT NULL AND attended_by IS NOT NULL)", name=op.f('ck_service_request_at_desk')),
    sa.CheckConstraint("state IN ('waiting', 'called', 'serving', 'on_hold', 'transferred', 'done', 'no_show', 'abandoned')", name=op.f('ck_service_request_state')),
    sa.CheckConstraint('wait_minutes > 0 AND service_minutes > 0', name=op.f('ck_service_request_targets')),
    sa.ForeignKeyConstraint(['account_id'], ['commercial.account.id'], name=op.f('fk_service_request_account_id')),
    sa.ForeignKeyConstraint(['attended_by'], ['commercial.staff_member.username'], name=op.f('fk_service_request_attended_by')),
    sa.ForeignKeyConstraint(['previous_id'], ['commercial.service_request.id'], name=op.f('fk_service_request_previous_id')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['commercial.rule_set.id'], name=op.f('fk_service_request_rule_set_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['commercial.queue_ticket.id'], name=op.f('fk_service_request_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_request')),
    sa.UniqueConstraint('previous_id', name=op.f('uq_service_request_previous_id')),
    sa.UniqueConstraint('ticket_id', 'line', name=op.f('uq_service_request_ticket_id_line')),
    schema='commercial',
    comment='trámite de un turno'
    )
    op.create_index('ix_service_request_account_id', 'service_request', ['account_id'], unique=False, schema='commercial')
    op.create_index('ix_service_request_open', 'service_request', ['seniority_at', 'id'], unique=False, schema='commercial', postgresql_where=sa.text("state IN ('waiting', 'called', 'serving', 'on_hold')"))
    op.create_index('ux_service_request_desk', 'service_request', ['desk'], unique=True, schema='commercial', postgresql_where=sa.text("state IN ('called', 'serving')"))
    op.create_index('ux_service_request_person', 'service_request', ['ticket_id'], unique=True, schema='commercial', postgresql_where=sa.text("state IN ('called', 'serving', 'on_hold')"))
    op.create_table('service_period',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('request_id', sa.BigInteger(), nullable=False, comment='trámite del turno'),
    sa.Column('number', sa.Integer(), nullable=False, comment='número dentro del trámite'),
    sa.Column('act', sa.Text(), nullable=False, comment='qué se hizo'),
    sa.Column('state', sa.Text(), nullable=False, comment='estado desde este momento'),
    sa.Column('desk', sa.Text(), nullable=True, comment='ventanilla'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='motivo'),
    sa.Column('passed_over', sa.Integer(), server_default=sa.text('0'), nullable=False, comment='personas con prioridad llamadas seguidas mientras otras esperaban'),
    sa.Column('command_id', sa.Uuid(), nullable=True, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=True, comment='huella de la orden'),
    sa.Column('station', sa.Text(), nullable=False, comment='estación'),
    sa.Column('staff', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='quién'),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("state IN ('waiting', 'called', 'serving', 'on_hold', 'transferred', 'done', 'no_show', 'abandoned')", name=op.f('ck_service_period_state')),
    sa.CheckConstraint('(command_id IS NULL) = (fingerprint IS NULL)', name=op.f('ck_service_period_command')),
    sa.CheckConstraint('passed_over >= 0', name=op.f('ck_service_period_passed_over')),
    sa.ForeignKeyConstraint(['request_id'], ['commercial.service_request.id'], name=op.f('fk_service_period_request_id')),
    sa.ForeignKeyConstraint(['staff'], ['commercial.staff_member.username'], name=op.f('fk_service_period_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_period')),
    sa.UniqueConstraint('command_id', name=op.f('uq_service_period_command_id')),
    sa.UniqueConstraint('request_id', 'number', name=op.f('uq_service_period_request_id_number')),
    schema='commercial',
    comment='periodo de un trámite'
    )
    op.create_index('ix_service_period_at', 'service_period', ['at'], unique=False, schema='commercial')
    op.create_index('ix_service_period_calls', 'service_period', ['desk', 'id'], unique=False, schema='commercial', postgresql_where=sa.text("act = 'call_next'"))
    constraint = op.f('ck_rule_set_kind')
    op.drop_constraint(constraint, 'rule_set', schema='commercial', type_='check')
    op.create_check_constraint(constraint, 'rule_set', RULE_KINDS, schema='commercial')
