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
    ServiceKind,
    UseRow,
)

_LEDGER_ACCOUNT = re.compile(r"[0-9]{4}(?:[.-][0-9]{1,4})*")


def read_concepts(header: RuleHeader, file: RuleFile) -> ConceptRules:
    """Concepts with what they follow, uses and zones; codes come once."""
    tables = file.rows("concept")
    concepts = tuple(_concept(table) for table in tables)
    _check_follows(tables, concepts)
    return ConceptRules(
        header, concepts, _uses(file.rows("use")), _zones(file.optional_rows("zone"))
    )


def _concept(table: Table) -> ConceptRow:
    row = ConceptRow(
        code=table.code("code"),
        name=table.text("name"),
        kind=table.choice("kind", ConceptKind),
        follows=table.optional_text("follows"),
        settlement_order=table.whole("settlement_order", least=1),
        ledger_account=table.text("ledger_account", _LEDGER_ACCOUNT),
        service=table.choice("service", ServiceKind) if table.has("service") else None,
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
        _check_service(table, row, concepts)
        if row.kind is not ConceptKind.ACCESSORY:
            if row.follows is not None:
                table.complain(f"{row.code} no es accesorio y no puede seguir a otro", "follows")
        elif kinds.get(row.follows or "") is not ConceptKind.SERVICE:
            table.complain(f"el accesorio {row.code} debe seguir a un servicio", "follows")


def _check_service(table: Table, row: ConceptRow, concepts: tuple[ConceptRow, ...]) -> None:
    """Every service is that of a tap (or it would never be billed), and each has one concept."""
    if (row.service is not None) != (row.kind is ConceptKind.SERVICE):
        words = ", ".join(each.value for each in ServiceKind)
        table.complain(f"solo un servicio, y todo servicio, lleva «service»: {words}", "service")
    elif row.service is not None and row is not next(
        each for each in concepts if each.service is row.service
    ):
        table.complain(f"ya hay un concepto con service = «{row.service}»", "service")


def _uses(tables: Iterable[Table]) -> tuple[UseRow, ...]:
    rows: list[UseRow] = []
    for table in tables:
        domestic = table.flag("domestic") if table.has("domestic") else False
        row = UseRow(table.code("code"), table.text("name"), domestic)
        table.finish()
        _check_once(table, row.code, [each.code for each in rows])
        rows.append(row)
    return tuple(rows)


def _zones(tables: Iterable[Table]) -> tuple[NamedCode, ...]:
    rows: list[NamedCode] = []
    for table in tables:
        row = NamedCode(table.code("code"), table.text("name"))
        table.finish()
        _check_once(table, row.code, [each.code for each in rows])
        rows.append(row)
    return tuple(rows)


def _check_once(table: Table, code: str, earlier: list[str]) -> None:
    if code in earlier:
        table.complain(f"la clave {code} está repetida", "code")
