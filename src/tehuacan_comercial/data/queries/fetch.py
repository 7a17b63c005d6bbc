"""Run a SELECT and freeze each row into the dataclass that stands beside it."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, TextClause, text

Row = TypeVar("Row")


@cache
def statement(sql: str) -> TextClause:
    """Parsed once: the same text is asked thousands of times a day."""
    return text(sql)


def fetch(connection: Connection, row: type[Row], sql: str, **values: Any) -> list[Row]:
    """All rows; columns and fields have the same names."""
    found = connection.execute(statement(sql), values)
    columns = tuple(found.keys())
    if columns == tuple(field.name for field in fields(row)):  # type: ignore[arg-type]
        return [row(*each) for each in found.all()]  # by place: half the time
    return [row(**dict(zip(columns, each, strict=True))) for each in found.all()]


def fetch_one(connection: Connection, row: type[Row], sql: str, **values: Any) -> Row | None:
    """The only row, or None."""
    found = connection.execute(statement(sql), values).mappings().one_or_none()
    return None if found is None else row(**found)
