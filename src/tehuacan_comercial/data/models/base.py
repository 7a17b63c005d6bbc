"""The declarative base: one schema, named constraints, and the column kinds used everywhere."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Identity,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE, JSONB, Range
from sqlalchemy.orm import DeclarativeBase, mapped_column

SCHEMA = "commercial"

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Key = Annotated[int, mapped_column(BigInteger, Identity(always=True), primary_key=True)]
Ref = Annotated[int, mapped_column(BigInteger)]
Money = Annotated[Decimal, mapped_column(Numeric(12, 2))]
Price = Annotated[Decimal, mapped_column(Numeric(12, 4))]
Rate = Annotated[Decimal, mapped_column(Numeric(9, 6))]
Count = Annotated[int, mapped_column(Integer)]
Small = Annotated[int, mapped_column(SmallInteger)]
Word = Annotated[str, mapped_column(Text)]
Day = Annotated[date, mapped_column(Date)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Stamp = Annotated[
    datetime,
    mapped_column(DateTime(timezone=True), server_default=text("clock_timestamp()")),
]
Author = Annotated[str, mapped_column(Text, server_default=text("session_user"))]
Validity = Annotated[Range[date], mapped_column(DATERANGE)]
Document = Annotated[dict[str, Any], mapped_column(JSONB)]


class Base(DeclarativeBase):
    """Every table of the program lives in the schema ``commercial``."""

    metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)


def one_of(column: str, words: tuple[str, ...]) -> str:
    """A condition with one constant instead of one for each word.

    PostgreSQL reads the conditions of a table again in every statement that writes a row; fourteen
    constants took longer than the row.
    """
    return f"{column} = ANY ('{{{','.join(words)}}}')"
