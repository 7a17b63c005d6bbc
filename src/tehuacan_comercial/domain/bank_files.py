"""Answers about files of banks and shops (Q1, Q2). Amounts in pesos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tehuacan_comercial.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class StatementRead:
    """A statement that is kept: rows, repeated ones, slips found, money in without a slip."""

    statement_id: int
    rows: int
    repeated: int
    matched: int
    loose: int

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> StatementRead:
        """From the function's answer."""
        names = ("statement_id", "rows", "repeated", "matched", "loose")
        return cls(*(int(answer[name]) for name in names))


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

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> ChannelDone:
        """From the function's answer."""
        states = answer["states"]
        return cls(
            answer["file_id"],
            answer["session_id"],
            *(Part.of(states.get(name)) for name in ("posted", "unidentified", "repeated")),
        )


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
