"""Rules file ``concepts``: what can be charged, and the use classes and zones of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import (
    ConceptKind,
    ConceptRow,
    ConceptRules,
    NamedCode,
    RuleHeader,
)

_LEDGER_ACCOUNT = re.compile(r"[0-9]{4}(?:[.-][0-9]{1,4})*")


def read_concepts(header: RuleHeader, file: RuleFile) -> ConceptRules:
    """Concepts with what they follow, uses and zones; codes come once."""
    tables = file.rows("concept")
    concepts = tuple(_concept(table) for table in tables)
    _check_follows(tables, concepts)
    return ConceptRules(
        header, concepts, _named(file.rows("use")), _named(file.optional_rows("zone"))
    )


def _concept(table: Table) -> ConceptRow:
    row = ConceptRow(
        code=table.code("code"),
        name=table.text("name"),
        kind=table.choice("kind", ConceptKind),
        follows=table.optional_text("follows"),
        settlement_order=table.whole("settlement_order", least=1),
        ledger_account=table.text("ledger_account", _LEDGER_ACCOUNT),
    )
    table.finish()
    return row


def _check_follows(tables: Iterable[Table], concepts: tuple[ConceptRow, ...]) -> None:
    kinds = {row.code: row.kind for row in concepts}
    seen: set[str] = set()
    for table, row in zip(tables, concepts, strict=True):
        if row.code in seen:
            table.complain(f"el concepto {row.code} está repetido", "code")
        seen.add(row.code)
        if row.kind is not ConceptKind.ACCESSORY:
            if row.follows is not None:
                table.complain(f"{row.code} no es accesorio y no puede seguir a otro", "follows")
        elif kinds.get(row.follows or "") is not ConceptKind.SERVICE:
            table.complain(f"el accesorio {row.code} debe seguir a un servicio", "follows")


def _named(tables: Iterable[Table]) -> tuple[NamedCode, ...]:
    rows: list[NamedCode] = []
    for table in tables:
        row = NamedCode(table.code("code"), table.text("name"))
        table.finish()
        if row.code in {each.code for each in rows}:
            table.complain(f"la clave {row.code} está repetida", "code")
        rows.append(row)
    return tuple(rows)
