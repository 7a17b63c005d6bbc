"""files of banks and shops

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

JOURNAL_KIND = (
    "kind IN ('billing', 'surcharge', 'opening', 'payment', 'credit', 'cash_difference',"
    " 'void', 'reversal', 'deposit', 'unidentified', 'identified')"
)


def upgrade() -> None:
    op.create_table('bank_statement',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('bank_account', sa.Text(), nullable=False, comment='cuenta bancaria'),
    sa.Column('file_name', sa.Text(), nullable=False, comment='archivo'),
    sa.Column('sha256', sa.Text(), nullable=False, comment='huella del archivo'),
    sa.Column('layout', sa.Text(), nullable=False, comment='correspondencia con la que se leyó'),
    sa.Column('tolerance_days', sa.Integer(), nullable=False, comment='días de diferencia que se aceptan'),
    sa.Column('imported_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='cargó'),
    sa.Column('imported_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint('tolerance_days BETWEEN 0 AND 15', name=op.f('ck_bank_statement_tolerance_days')),
    sa.ForeignKeyConstraint(['bank_account'], ['commercial.bank_account.code'], name=op.f('fk_bank_statement_bank_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_statement')),
    sa.UniqueConstraint('bank_account', 'sha256', name=op.f('uq_bank_statement_bank_account_sha256')),
    sa.UniqueConstraint('command_id', name=op.f('uq_bank_statement_command_id')),
    schema='commercial',
    comment='estado de cuenta del banco'
    )
    op.create_table('channel',
    sa.Column('code', sa.Text(), nullable=False, comment='clave'),
    sa.Column('name', sa.Text(), nullable=False, comment='nombre'),
    sa.Column('till_code', sa.Text(), nullable=False, comment='caja del canal'),
    sa.Column('active', sa.Boolean(), server_default=sa.text('true'), nullable=False, comment='en uso'),
    sa.ForeignKeyConstraint(['till_code'], ['commercial.till.code'], name=op.f('fk_channel_till_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_channel')),
    sa.UniqueConstraint('till_code', name=op.f('uq_channel_till_code')),
    schema='commercial',
    comment='canal de pago'
    )
    op.create_table('bank_statement_line',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('statement_id', sa.BigInteger(), nullable=False, comment='estado de cuenta'),
    sa.Column('line', sa.Integer(), nullable=False, comment='renglón del archivo'),
    sa.Column('day', sa.Date(), nullable=False, comment='fecha del movimiento'),
    sa.Column('amount', sa.Numeric(precision=14, scale=2), nullable=False, comment='pesos; positivo abono'),
    sa.Column('reference', sa.Text(), nullable=False, comment='referencia'),
    sa.Column('description', sa.Text(), nullable=False, comment='descripción'),
    sa.Column('print', sa.Text(), nullable=False, comment='huella del renglón'),
    sa.Column('occurrence', sa.Integer(), nullable=False, comment='vez que aparece en el archivo'),
    sa.Column('repeats_id', sa.BigInteger(), nullable=True, comment='movimiento anterior que repite'),
    sa.CheckConstraint('amount <> 0', name=op.f('ck_bank_statement_line_amount')),
    sa.ForeignKeyConstraint(['repeats_id'], ['commercial.bank_statement_line.id'], name=op.f('fk_bank_statement_line_repeats_id')),
    sa.ForeignKeyConstraint(['statement_id'], ['commercial.bank_statement.id'], name=op.f('fk_bank_statement_line_statement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_statement_line')),
    sa.UniqueConstraint('statement_id', 'line', name=op.f('uq_bank_statement_line_statement_id_line')),
    schema='commercial',
    comment='movimiento del banco'
    )
    op.create_index('ix_bank_statement_line_print', 'bank_statement_line', ['print'], unique=False, schema='commercial')
    op.create_table('channel_file',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('command_id', sa.Uuid(), nullable=False, comment='orden'),
    sa.Column('fingerprint', sa.Text(), nullable=False, comment='huella de la orden'),
    sa.Column('channel', sa.Text(), nullable=False, comment='canal'),
    sa.Column('file_name', sa.Text(), nullable=False, comment='archivo'),
    sa.Column('sha256', sa.Text(), nullable=False, comment='huella del archivo'),
    sa.Column('layout', sa.Text(), nullable=False, comment='correspondencia con la que se leyó'),
    sa.Column('rows', sa.Integer(), nullable=False, comment='renglones, según el total de control'),
    sa.Column('amount', sa.Numeric(precision=14, scale=2), nullable=False, comment='importe, según el total de control, pesos'),
    sa.Column('session_id', sa.BigInteger(), nullable=True, comment='sesión en que se registró'),
    sa.Column('imported_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='cargó'),
    sa.Column('imported_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.ForeignKeyConstraint(['channel'], ['commercial.channel.code'], name=op.f('fk_channel_file_channel')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_channel_file_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_file')),
    sa.UniqueConstraint('channel', 'sha256', name=op.f('uq_channel_file_channel_sha256')),
    sa.UniqueConstraint('command_id', name=op.f('uq_channel_file_command_id')),
    schema='commercial',
    comment='archivo de pagos de un canal'
    )
    op.create_table('slip_match',
    sa.Column('slip_id', sa.BigInteger(), nullable=False, comment='ficha'),
    sa.Column('line_id', sa.BigInteger(), nullable=False, comment='movimiento del banco'),
    sa.Column('way', sa.Text(), nullable=False, comment='cómo se encontró'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='observaciones'),
    sa.Column('matched_by', sa.Text(), server_default=sa.text('session_user'), nullable=False, comment='concilió'),
    sa.Column('matched_at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False, comment='fecha y hora'),
    sa.CheckConstraint("way = 'auto' OR note <> ''", name=op.f('ck_slip_match_note')),
    sa.CheckConstraint("way IN ('auto', 'manual')", name=op.f('ck_slip_match_way')),
    sa.ForeignKeyConstraint(['line_id'], ['commercial.bank_statement_line.id'], name=op.f('fk_slip_match_line_id')),
    sa.ForeignKeyConstraint(['slip_id'], ['commercial.deposit_slip.id'], name=op.f('fk_slip_match_slip_id')),
    sa.PrimaryKeyConstraint('slip_id', name=op.f('pk_slip_match')),
    sa.UniqueConstraint('line_id', name=op.f('uq_slip_match_line_id')),
    schema='commercial',
    comment='conciliación de una ficha'
    )
    op.create_table('channel_row',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('file_id', sa.BigInteger(), nullable=False, comment='archivo'),
    sa.Column('line', sa.Integer(), nullable=False, comment='renglón del archivo'),
    sa.Column('paid_on', sa.Date(), nullable=False, comment='día en que se pagó'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe, pesos'),
    sa.Column('reference', sa.Text(), nullable=False, comment='referencia como vino'),
    sa.Column('channel_folio', sa.Text(), nullable=False, comment='folio del canal'),
    sa.Column('print', sa.Text(), nullable=False, comment='huella del renglón'),
    sa.Column('occurrence', sa.Integer(), nullable=False, comment='vez que aparece en el archivo'),
    sa.Column('state', sa.Text(), nullable=False, comment='qué pasó con él'),
    sa.Column('repeats_id', sa.BigInteger(), nullable=True, comment='renglón anterior que repite'),
    sa.Column('payment_id', sa.BigInteger(), nullable=True, comment='pago'),
    sa.CheckConstraint("(state = 'posted') = (payment_id IS NOT NULL)", name=op.f('ck_channel_row_payment')),
    sa.CheckConstraint("(state = 'repeated') = (repeats_id IS NOT NULL)", name=op.f('ck_channel_row_repeats')),
    sa.CheckConstraint("state IN ('posted', 'unidentified', 'repeated')", name=op.f('ck_channel_row_state')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_channel_row_amount')),
    sa.ForeignKeyConstraint(['file_id'], ['commercial.channel_file.id'], name=op.f('fk_channel_row_file_id')),
    sa.ForeignKeyConstraint(['payment_id'], ['commercial.payment.id'], name=op.f('fk_channel_row_payment_id')),
    sa.ForeignKeyConstraint(['repeats_id'], ['commercial.channel_row.id'], name=op.f('fk_channel_row_repeats_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_row')),
    sa.UniqueConstraint('file_id', 'line', name=op.f('uq_channel_row_file_id_line')),
    sa.UniqueConstraint('payment_id', name=op.f('uq_channel_row_payment_id')),
    schema='commercial',
    comment='renglón de un archivo de pagos'
    )
    op.create_index('ix_channel_row_print', 'channel_row', ['print'], unique=False, schema='commercial')
    op.create_table('unidentified_payment',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False, comment='identificador'),
    sa.Column('row_id', sa.BigInteger(), nullable=False, comment='renglón'),
    sa.Column('session_id', sa.BigInteger(), nullable=False, comment='sesión en que se recibió'),
    sa.Column('amount', sa.Numeric(precision=12, scale=2), nullable=False, comment='importe, pesos'),
    sa.Column('problem', sa.Text(), nullable=False, comment='por qué no se identificó'),
    sa.Column('journal_id', sa.BigInteger(), nullable=False, comment='asiento al recibirlo'),
    sa.Column('account_id', sa.BigInteger(), nullable=True, comment='cuenta a la que se asignó'),
    sa.Column('settled', sa.Numeric(precision=12, scale=2), server_default=sa.text('0'), nullable=False, comment='aplicado a cargos, pesos'),
    sa.Column('assignment_id', sa.Uuid(), nullable=True, comment='orden de la asignación'),
    sa.Column('assigned_journal_id', sa.BigInteger(), nullable=True, comment='asiento al asignarlo'),
    sa.Column('assigned_by', sa.Text(), nullable=True, comment='asignó'),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=True, comment='asignado el'),
    sa.Column('assigned_on', sa.Date(), nullable=True, comment='fecha de operación'),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False, comment='cómo se identificó'),
    sa.CheckConstraint("problem IN ('account', 'check_digit')", name=op.f('ck_unidentified_payment_problem')),
    sa.CheckConstraint('(account_id IS NULL) = (assigned_by IS NULL) AND (account_id IS NULL) = (assigned_at IS NULL) AND (account_id IS NULL) = (assignment_id IS NULL) AND (account_id IS NULL) = (assigned_journal_id IS NULL)', name=op.f('ck_unidentified_payment_assigned')),
    sa.ForeignKeyConstraint(['account_id'], ['commercial.account.id'], name=op.f('fk_unidentified_payment_account_id')),
    sa.ForeignKeyConstraint(['assigned_by'], ['commercial.staff_member.username'], name=op.f('fk_unidentified_payment_assigned_by')),
    sa.ForeignKeyConstraint(['assigned_journal_id'], ['commercial.journal.id'], name=op.f('fk_unidentified_payment_assigned_journal_id')),
    sa.ForeignKeyConstraint(['journal_id'], ['commercial.journal.id'], name=op.f('fk_unidentified_payment_journal_id')),
    sa.ForeignKeyConstraint(['row_id'], ['commercial.channel_row.id'], name=op.f('fk_unidentified_payment_row_id')),
    sa.ForeignKeyConstraint(['session_id'], ['commercial.cash_session.id'], name=op.f('fk_unidentified_payment_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unidentified_payment')),
    sa.UniqueConstraint('assigned_journal_id', name=op.f('uq_unidentified_payment_assigned_journal_id')),
    sa.UniqueConstraint('assignment_id', name=op.f('uq_unidentified_payment_assignment_id')),
    sa.UniqueConstraint('journal_id', name=op.f('uq_unidentified_payment_journal_id')),
    sa.UniqueConstraint('row_id', name=op.f('uq_unidentified_payment_row_id')),
    schema='commercial',
    comment='pago por identificar'
    )
    op.create_index('ix_unidentified_payment_session_id', 'unidentified_payment', ['session_id'], unique=False, schema='commercial')
    op.add_column('cash_session', sa.Column('automatic', sa.Boolean(), server_default=sa.text('false'), nullable=False, comment='de un archivo de pagos, no de una persona en caja'), schema='commercial')
    op.add_column('till', sa.Column('kind', sa.Text(), server_default=sa.text("'drawer'"), nullable=False, comment='ventanilla o canal'), schema='commercial')

    op.create_check_constraint(op.f('ck_till_kind'), 'till', "kind IN ('drawer', 'channel')", schema='commercial')
    op.drop_index('ux_cash_session_open_cashier', 'cash_session', schema='commercial')
    op.create_index('ux_cash_session_open_cashier', 'cash_session', ['cashier'], unique=True, schema='commercial', postgresql_where=sa.text("state IN ('open', 'counting') AND NOT automatic"))
    _replace_check('journal', 'kind', JOURNAL_KIND)


def _replace_check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f'ck_{table}_{name}')
    op.drop_constraint(constraint, table, schema='commercial', type_='check')
    op.create_check_constraint(constraint, table, condition, schema='commercial')
