"""Rules file ``queue``: the desks, what people come for, who goes first, and the queue's limits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tehuacan_comercial.domain.queue_catalogue import (
    PriorityClass,
    Procedure,
    QueueCatalogue,
    QueueDesk,
)
from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import QueueRules, RuleHeader

_PREFIX = re.compile(r"[A-Z]{1,2}")


def read_queue(header: RuleHeader, file: RuleFile) -> QueueRules:
    """Each code once; a procedure names only desks of the file."""
    head = file.head
    desks = _desks(file.rows("desk"))
    catalogue = QueueCatalogue(
        most_preferential=head.whole("most_preferential", least=1),
        no_show_calls=head.whole("no_show_calls", least=1),
        no_show_seconds=head.whole("no_show_seconds"),
        revive_minutes=head.whole("revive_minutes", least=1),
        desks=desks,
        procedures=_procedures(file.rows("procedure"), {each.code for each in desks}),
        priorities=_priorities(file.rows("priority")),
        reasons=head.texts("reasons"),
    )
    return QueueRules(header, catalogue)


def _desks(tables: Sequence[Table]) -> tuple[QueueDesk, ...]:
    rows: list[QueueDesk] = []
    for table in tables:
        row = QueueDesk(table.code("code"), table.text("name"))
        table.finish()
        if row.code in {each.code for each in rows}:
            table.complain(f"la ventanilla {row.code} está repetida", "code")
        rows.append(row)
    return tuple(rows)


def _procedures(tables: Sequence[Table], desks: set[str]) -> tuple[Procedure, ...]:
    rows: list[Procedure] = []
    for table in tables:
        row = Procedure(
            code=table.code("code"),
            prefix=table.text("prefix", _PREFIX),
            name=table.text("name"),
            wait_minutes=table.whole("wait_minutes", least=1),
            service_minutes=table.whole("service_minutes", least=1),
            documents=table.texts("documents") if table.has("documents") else (),
            desks=table.texts("desks") if table.has("desks") else (),
        )
        table.finish()
        if row.code in {each.code for each in rows}:
            table.complain(f"el trámite {row.code} está repetido", "code")
        for unknown in sorted(set(row.desks) - desks):
            table.complain(f"no hay ventanilla «{unknown}»", "desks")
        rows.append(row)
    return tuple(rows)


def _priorities(tables: Sequence[Table]) -> tuple[PriorityClass, ...]:
    rows: list[PriorityClass] = []
    for table in tables:
        row = PriorityClass(table.code("code"), table.text("name"))
        table.finish()
        if row.code in {each.code for each in rows}:
            table.complain(f"la prioridad {row.code} está repetida", "code")
        rows.append(row)
    return tuple(rows)
