"""Rules files ``office``, ``denominations`` and ``anomalies``: the office's own habits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tehuacan_comercial.domain.consumption import AnomalyCode
from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import (
    AnomalyRules,
    DenominationRules,
    Legend,
    OfficeRules,
    RuleHeader,
    TenderRow,
)
from tehuacan_comercial.domain.tendering import Denomination, DenominationKind, TenderKind

_RFC = re.compile(r"[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}")
_DOCUMENTS = ("receipt", "bill", "closing", "statement")


def read_office(header: RuleHeader, file: RuleFile) -> OfficeRules:
    """Letterhead, rounding, lock, deadlines, forms of payment and legends."""
    head = file.head
    months = head.whole("period_months", least=1)
    if 12 % max(months, 1):
        head.complain(
            "los meses del periodo deben dividir el año: 1, 2, 3, 4, 6 o 12", "period_months"
        )
    return OfficeRules(
        header=header,
        name=head.text("name"),
        short_name=head.text("short_name"),
        rfc=head.text("rfc", _RFC),
        address=head.texts("address"),
        phone=head.text("phone"),
        cash_rounding_step=head.number("cash_rounding_step"),
        idle_lock_minutes=head.whole("idle_lock_minutes", least=1),
        payment_days=head.whole("payment_days", least=1),
        period_months=months,
        tenders=_tenders(file.rows("tender")),
        legends=tuple(_legend(table) for table in file.optional_rows("legend")),
        daily_goal=head.optional_number("daily_goal"),
        backup_hours=head.optional_whole("backup_hours", least=1),
        void_alert=head.optional_whole("void_alert", least=1),
        closing_tolerance=head.optional_number("closing_tolerance"),
    )


def _tenders(tables: Sequence[Table]) -> tuple[TenderRow, ...]:
    rows: list[TenderRow] = []
    for table in tables:
        row = TenderRow(
            table.choice("kind", TenderKind),
            table.text("name"),
            table.optional_text("reference_label"),
        )
        table.finish()
        if row.kind in {each.kind for each in rows}:
            table.complain(f"la forma de pago {row.kind.value} está repetida", "kind")
        rows.append(row)
    return tuple(rows)


def _legend(table: Table) -> Legend:
    legend = Legend(table.text("document"), table.text("text"))
    table.finish()
    if table.sound and legend.document not in _DOCUMENTS:
        known = ", ".join(_DOCUMENTS)
        table.complain(f"no hay documento «{legend.document}»; escriba uno de: {known}", "document")
    return legend


def read_denominations(header: RuleHeader, file: RuleFile) -> DenominationRules:
    """Notes and coins, largest first."""
    rows: list[Denomination] = []
    for table in file.rows("denomination"):
        row = Denomination(table.number("value"), table.choice("kind", DenominationKind))
        table.finish()
        if table.sound and row.value == 0:
            table.complain("una pieza no puede valer 0", "value")
        if row in rows:
            table.complain("la pieza está repetida")
        rows.append(row)
    rows.sort(key=lambda row: (-row.value, row.kind is DenominationKind.COIN))
    return DenominationRules(header, tuple(rows))


def read_anomalies(header: RuleHeader, file: RuleFile) -> AnomalyRules:
    """Codes of what a meter reader may find."""
    rows: list[AnomalyCode] = []
    for table in file.rows("anomaly"):
        row = AnomalyCode(table.code("code"), table.text("name"), table.flag("allows_missing"))
        table.finish()
        if row.code in {each.code for each in rows}:
            table.complain(f"la clave {row.code} está repetida", "code")
        rows.append(row)
    return AnomalyRules(header, tuple(rows))
