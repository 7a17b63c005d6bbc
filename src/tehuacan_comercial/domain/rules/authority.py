"""Rules file ``authority``: who decides up to how much, and the reasons one may ask for it with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tehuacan_comercial.domain.permissions import JOB_NAMES
from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import (
    AuthorityRules,
    LimitRow,
    ReasonRow,
    RuleHeader,
)

_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_authority(header: RuleHeader, file: RuleFile) -> AuthorityRules:
    """Limits by kind and job, each once; reasons by list, each once."""
    return AuthorityRules(header, _limits(file.rows("limit")), _reasons(file.rows("reason")))


def _limits(tables: Sequence[Table]) -> tuple[LimitRow, ...]:
    rows: list[LimitRow] = []
    for table in tables:
        row = LimitRow(
            kind=table.text("kind", _WORD),
            job=table.text("job", _WORD),
            from_amount=table.number("from"),
            up_to=table.optional_number("up_to"),
        )
        table.finish()
        if table.sound:
            _check_limit(table, row, rows)
        rows.append(row)
    return tuple(rows)


def _check_limit(table: Table, row: LimitRow, earlier: Sequence[LimitRow]) -> None:
    if row.job not in JOB_NAMES:
        known = ", ".join(JOB_NAMES)
        table.complain(f"no hay función «{row.job}»; escriba una de: {known}", "job")
    if row.up_to is not None and row.up_to < row.from_amount:
        table.complain("«up_to» es menor que «from»", "up_to")
    if any((each.kind, each.job) == (row.kind, row.job) for each in earlier):
        table.complain(f"{row.job} ya tiene límite para {row.kind}")


def _reasons(tables: Sequence[Table]) -> tuple[ReasonRow, ...]:
    rows: list[ReasonRow] = []
    for table in tables:
        row = ReasonRow(
            list=table.text("list", _WORD),
            code=table.code("code"),
            name=table.text("name"),
            needs_note=table.flag("needs_note"),
        )
        table.finish()
        if any((each.list, each.code) == (row.list, row.code) for each in rows):
            table.complain(f"el motivo {row.code} está repetido", "code")
        rows.append(row)
    return tuple(rows)
