"""Alembic's environment: always online, on the connection that ``data/schema.py`` hands over."""

from __future__ import annotations

from alembic import context

from tehuacan_comercial.data.models import metadata
from tehuacan_comercial.data.models.base import SCHEMA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table_schema=SCHEMA,
    include_schemas=True,
    include_name=lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
    compare_server_default=False,
)
with context.begin_transaction():
    context.run_migrations()
