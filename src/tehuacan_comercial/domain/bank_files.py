"""Answers about files of banks and shops (Q1, Q2). Amounts in pesos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tehuacan_comercial.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row to be looked at: ``fate`` is account (unknown), check_digit or repeated (``file``)."""

    line: int
    amount: Decimal
    reference: str
    fate: str
    file: str

    @classmethod
    def all_of(cls, answer: Mapping[str, Any]) -> tuple[OddRow, ...]:
        """From the function's answer, in the order of the file."""
        return tuple(
            cls(int(row["line"]), row["amount"], row["reference"], row["fate"], row["file"] or "")
            for row in answer["odd"]
        )


@dataclass(frozen=True, slots=True)
class StatementRead:
    """A statement: rows, repeated ones, slips found, money in without a slip.

    ``statement_id`` is None when it was only tried.
    """

    statement_id: int | None
    rows: int
    repeated: int
    matched: int
    loose: int
    odd: tuple[OddRow, ...] = ()

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> StatementRead:
        """From the function's answer."""
        names = ("rows", "repeated", "matched", "loose")
        rows, repeated, matched, loose = (int(answer[name]) for name in names)
        odd = OddRow.all_of(answer)
        return cls(answer["statement_id"], rows, repeated, matched, loose, odd)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a file that met the same fate."""

    rows: int
    amount: Decimal

    @classmethod
    def of(cls, answer: Mapping[str, Any] | None) -> Part:
        """From the function's answer; nothing is no rows."""
        return cls(0, ZERO) if answer is None else cls(int(answer["rows"]), answer["amount"])


@dataclass(frozen=True, slots=True)
class ChannelDone:
    """What became of a file of payments; ``file_id`` is None when it was only tried."""

    file_id: int | None
    session_id: int | None
    posted: Part
    unidentified: Part
    repeated: Part
    odd: tuple[OddRow, ...] = ()

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> ChannelDone:
        """From the function's answer."""
        names = ("posted", "unidentified", "repeated")
        posted, unidentified, repeated = (Part.of(answer["states"].get(name)) for name in names)
        odd = OddRow.all_of(answer)
        return cls(answer["file_id"], answer["session_id"], posted, unidentified, repeated, odd)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Unidentified money that found its account: what it settled, and what is credit."""

    unidentified_id: int
    account_id: int
    settled: Decimal
    credit: Decimal

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Assigned:
        """From the function's answer."""
        return cls(
            int(answer["unidentified_id"]),
            int(answer["account_id"]),
            Decimal(answer["settled"]),
            Decimal(answer["credit"]),
        )
