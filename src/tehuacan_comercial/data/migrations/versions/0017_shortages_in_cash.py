"""shortages put back in cash at a till, or condoned

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

JOURNAL_KINDS = (
    "kind = ANY ('{billing,surcharge,opening,payment,credit,cash_difference,void,reversal,deposit,"
    "unidentified,identified,cheque_return,payment_transfer,shortage_settled,shortage_waived}')"
)
DOCUMENT_KINDS = (
    "kind IN ('receipt', 'closing', 'bill', 'statement', 'voucher', 'voucher_sheet',"
    " 'deposit_list', 'interim_report', 'cash_count', 'withdrawal', 'handover', 'transfer',"
    " 'shortage_repaid')"
)
TABLE = 'shortage_settlement'


def upgrade() -> None:
    op.add_column(TABLE, sa.Column('into_session_id', sa.BigInteger(), nullable=True, comment='sesión que recibió el efectivo'), schema='commercial')
    op.add_column(TABLE, sa.Column('authorisation_id', sa.BigInteger(), nullable=True, comment='autorización de la condonación'), schema='commercial')
    op.add_column(TABLE, sa.Column('series', sa.Text(), nullable=True, comment='serie'), schema='commercial')
    op.add_column(TABLE, sa.Column('number', sa.Integer(), nullable=True, comment='número'), schema='commercial')
    op.add_column(TABLE, sa.Column('folio', sa.Text(), nullable=True, comment='folio del comprobante'), schema='commercial')
    op.add_column(TABLE, sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment='contenido congelado'), schema='commercial')
    op.add_column(TABLE, sa.Column('previous_hash', sa.Text(), nullable=True, comment='huella del comprobante anterior'), schema='commercial')
    op.add_column(TABLE, sa.Column('hash', sa.Text(), nullable=True, comment='huella'), schema='commercial')
    op.create_foreign_key(op.f('fk_shortage_settlement_into_session_id'), TABLE, 'cash_session', ['into_session_id'], ['id'], source_schema='commercial', referent_schema='commercial')
    op.create_foreign_key(op.f('fk_shortage_settlement_authorisation_id'), TABLE, 'authorisation', ['authorisation_id'], ['id'], source_schema='commercial', referent_schema='commercial')
    op.create_foreign_key(op.f('fk_shortage_settlement_series'), TABLE, 'folio_series', ['series'], ['code'], source_schema='commercial', referent_schema='commercial')
    op.create_unique_constraint(op.f('uq_shortage_settlement_authorisation_id'), TABLE, ['authorisation_id'], schema='commercial')
    op.create_unique_constraint(op.f('uq_shortage_settlement_folio'), TABLE, ['folio'], schema='commercial')
    op.create_unique_constraint(op.f('uq_shortage_settlement_series_number'), TABLE, ['series', 'number'], schema='commercial')
    op.create_index('ix_shortage_settlement_into_session_id', TABLE, ['into_session_id'], unique=False, schema='commercial')
    _replace_check(TABLE, 'way', "way IN ('bank', 'payroll', 'cash', 'waiver')")
    op.create_check_constraint(op.f('ck_shortage_settlement_drawer'), TABLE, "(way = 'cash') = (into_session_id IS NOT NULL)", schema='commercial')
    op.create_check_constraint(op.f('ck_shortage_settlement_permit'), TABLE, "(way = 'waiver') = (authorisation_id IS NOT NULL)", schema='commercial')
    op.create_check_constraint(op.f('ck_shortage_settlement_paper'), TABLE, "num_nulls(series, number, folio, content, previous_hash, hash) = CASE way WHEN 'cash' THEN 0 ELSE 6 END", schema='commercial')
    _replace_check('journal', 'kind', JOURNAL_KINDS)
    _replace_check('issued_document', 'kind', DOCUMENT_KINDS)


def _replace_check(table: str, name: str, condition: str) -> None:
    constraint = op.f(f'ck_{table}_{name}')
    op.drop_constraint(constraint, table, schema='commercial', type_='check')
    op.create_check_constraint(constraint, table, condition, schema='commercial')
