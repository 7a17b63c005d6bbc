"""papers of custody

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

DOCUMENT_KINDS = (
    "kind IN ('receipt', 'closing', 'bill', 'statement', 'voucher', 'voucher_sheet', 'deposit_list',"
    " 'interim_report', 'cash_count', 'withdrawal', 'handover')"
)


def upgrade() -> None:
    op.create_table('issued_content',
    sa.Column('document_id', sa.BigInteger(), nullable=False, comment='documento emitido'),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment='contenido congelado'),
    sa.ForeignKeyConstraint(['document_id'], ['commercial.issued_document.id'], name=op.f('fk_issued_content_document_id')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_issued_content')),
    schema='commercial',
    comment='contenido congelado de un documento emitido'
    )
    op.drop_constraint(op.f('ck_issued_document_kind'), 'issued_document', schema='commercial', type_='check')
    op.create_check_constraint(op.f('ck_issued_document_kind'), 'issued_document', DOCUMENT_KINDS, schema='commercial')
