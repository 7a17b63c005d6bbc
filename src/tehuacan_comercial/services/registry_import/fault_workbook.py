"""The workbook of faults: every bad cell with line, column, value and reason, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .control import ControlTotals, ImportPlan
from .records import Fault

_COLUMNS = (("Renglón", 10), ("Columna", 32), ("Valor", 36), ("Motivo", 84))
_SKIPPED = {"header": "Encabezado repetido", "total": "Renglón de totales"}
_INK = "#1F3A4D"


def write_fault_workbook(plan: ImportPlan, target: Path) -> None:
    """Write the faults of a plan, sorted by line, and the sheet «Resumen».

    Raises:
        OSError: the file cannot be written.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with (
        target.open("wb") as stream,
        Workbook(stream, {**options, "constant_memory": True}) as book,
    ):
        styles = Styles(book)
        write_faults(book.add_worksheet("Fallas"), plan.faults, styles)
        _summary(book.add_worksheet("Resumen"), plan, styles)


class Styles:
    """The formats of a workbook of faults."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format(
            {"bold": True, "font_color": "white", "bg_color": _INK, "valign": "vcenter"}
        )
        self.title: Format = book.add_format({"bold": True, "font_size": 14, "font_color": _INK})
        self.cell: Format = book.add_format({"valign": "top"})
        self.wrapped: Format = book.add_format({"valign": "top", "text_wrap": True})
        self.count: Format = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.line: Format = book.add_format({"num_format": "0", "valign": "top"})
        self.money: Format = book.add_format({"num_format": '"$"#,##0.00', "valign": "top"})


def write_faults(sheet: Worksheet, faults: Sequence[Fault], styles: Styles) -> None:
    """The table of faults, one row each, ready to print and to filter."""
    for index, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, title, styles.head)
    sheet.freeze_panes(1, 0)
    for row, fault in enumerate(faults, start=1):
        sheet.write_number(row, 0, fault.line, styles.line)
        sheet.write_string(row, 1, fault.column, styles.cell)
        sheet.write_string(row, 2, fault.value, styles.cell)
        sheet.write_string(row, 3, fault.reason, styles.wrapped)
    sheet.autofilter(0, 0, max(len(faults), 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _summary(sheet: Worksheet, plan: ImportPlan, styles: Styles) -> None:
    sheet.set_column(0, 0, 84)
    sheet.set_column(1, 3, 18)
    sheet.write_string(0, 0, "Importación del padrón: resumen", styles.title)
    sheet.write_string(1, 0, f"Archivo: {plan.path.name}", styles.cell)
    sheet.write_string(2, 0, f"Huella SHA-256: {plan.digest}", styles.cell)
    _totals_table(sheet, 4, plan, styles)
    row = 10
    for text, number in _counts(plan):
        sheet.write_string(row, 0, text, styles.cell)
        sheet.write_number(row, 1, number, styles.count)
        row += 1
    row += 1
    sheet.write_string(row, 0, "Fallas por motivo", styles.head)
    sheet.write_string(row, 1, "Cantidad", styles.head)
    for reason, number in _by_reason(plan):
        row += 1
        sheet.write_string(row, 0, reason, styles.wrapped)
        sheet.write_number(row, 1, number, styles.count)


def _totals_table(sheet: Worksheet, top: int, plan: ImportPlan, styles: Styles) -> None:
    for index, title in enumerate(("Totales", "Cuentas", "Saldo inicial", "Saldo a favor")):
        sheet.write_string(top, index, title, styles.head)
    rest = ControlTotals(
        plan.totals.rows - plan.loadable.rows,
        plan.totals.opening_balance - plan.loadable.opening_balance,
        plan.totals.credit_balance - plan.loadable.credit_balance,
    )
    rows = (("En el archivo", plan.totals), ("Sin fallas", plan.loadable), ("Con fallas", rest))
    for row, (title, totals) in enumerate(rows, start=top + 1):
        sheet.write_string(row, 0, title, styles.cell)
        sheet.write_number(row, 1, totals.rows, styles.count)
        for column, amount in ((2, totals.opening_balance), (3, totals.credit_balance)):
            _write_pesos(sheet, row, column, amount, styles.money)


def _write_pesos(sheet: Worksheet, row: int, column: int, amount: Decimal, style: Format) -> None:
    """Excel's own cell type is a binary number; 15 digits hold every total exactly as shown."""
    sheet.write_number(row, column, amount, style)


def _counts(plan: ImportPlan) -> Iterator[tuple[str, int]]:
    yield "Fallas", len(plan.faults)
    yield "Renglones con fallas", plan.faulty_lines
    yield "Importes que no se pudieron leer (no están en los totales)", plan.unread_amounts
    yield "Renglones en blanco omitidos", plan.blank_rows
    kinds = Counter(skipped.kind for skipped in plan.skipped)
    for kind, number in sorted(kinds.items()):
        lines = ", ".join(str(s.line) for s in plan.skipped if s.kind == kind)[:160]
        yield f"{_SKIPPED[kind]}, omitido: renglones {lines}", number


def _by_reason(plan: ImportPlan) -> list[tuple[str, int]]:
    """Most frequent first; the numbers of accounts and lines are left out of the sentence."""
    counted = Counter(_general(fault.reason) for fault in plan.faults)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _general(reason: str) -> str:
    for start, general in (
        ("La cuenta ", "La cuenta está repetida o ya está en el sistema."),
        ("Al reponer los ceros", "La cuenta está repetida al reponer los ceros perdidos."),
        ("El medidor ", "El medidor está repetido o ya está en el sistema."),
    ):
        if reason.startswith(start):
            return general
    return reason
