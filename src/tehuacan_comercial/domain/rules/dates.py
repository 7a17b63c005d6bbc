"""Rules files ``uma`` and ``calendar``: values and days that hold by date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from tehuacan_comercial.domain.money import round_money
from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import (
    CalendarRules,
    ClosedDay,
    RuleHeader,
    UmaRow,
    UmaRules,
)

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
DAYS_OF_A_MONTH = Decimal("30.4")
"""The monthly UMA is the daily one times 30.4, the annual one the monthly times 12."""


def read_uma(header: RuleHeader, file: RuleFile) -> UmaRules:
    """UMA by year; the years join, and the monthly and annual values follow from the daily."""
    tables = file.rows("uma")
    rows = tuple(_uma(table) for table in tables)
    for (_, before), (table, row) in pairwise(zip(tables, rows, strict=True)):
        if table.sound and row.valid_from != before.valid_to + timedelta(days=1):
            table.complain("no empieza al día siguiente de que termina la anterior", "valid_from")
    return UmaRules(header, rows)


def _uma(table: Table) -> UmaRow:
    row = UmaRow(
        year=table.whole("year", least=2016),
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        daily=table.number("daily"),
        monthly=table.number("monthly"),
        annual=table.number("annual"),
    )
    table.finish()
    if row.valid_to < row.valid_from:
        table.complain("la vigencia termina antes de empezar", "valid_to")
    if row.monthly != round_money(row.daily * DAYS_OF_A_MONTH):
        table.complain("el valor mensual no es el diario por 30.4", "monthly")
    if row.annual != row.monthly * 12:
        table.complain("el valor anual no es el mensual por 12", "annual")
    return row


def read_calendar(header: RuleHeader, file: RuleFile) -> CalendarRules:
    """Weekly rest and the office's own closed days."""
    rest = file.head.texts("rest_weekdays")
    for name in rest:
        if name not in WEEKDAYS:
            file.head.complain(f"«{name}» no es un día de la semana", "rest_weekdays")
    if set(rest) >= set(WEEKDAYS):
        file.head.complain("la oficina no puede descansar toda la semana", "rest_weekdays")
    rows = _closed_days(file.optional_rows("day"), header)
    weekdays = frozenset(WEEKDAYS.index(name) for name in rest if name in WEEKDAYS)
    return CalendarRules(header, weekdays, rows)


def _closed_days(tables: Sequence[Table], header: RuleHeader) -> tuple[ClosedDay, ...]:
    rows: list[ClosedDay] = []
    seen: set[date] = set()
    for table in tables:
        row = ClosedDay(table.day("date"), table.text("name"))
        table.finish()
        if row.day in seen:
            table.complain(f"el día {row.day:%d/%m/%Y} está repetido", "date")
        elif table.sound and not header.holds_on(row.day):
            table.complain(f"el día {row.day:%d/%m/%Y} está fuera de la vigencia", "date")
        seen.add(row.day)
        rows.append(row)
    return tuple(rows)
