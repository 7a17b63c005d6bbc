"""The workbooks of reading by file: the sheet to walk with, and what was found in a filled one."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tehuacan_comercial.data.queries.readings import AnomalyRow, MeterRow
from tehuacan_comercial.services.registry_import.fault_workbook import Styles, write_faults

from .records import ReadingPlan, ReadingSheet, Review

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SHEET = (
    ("SECUENCIA", 11), ("CUENTA", 11), ("MEDIDOR", 15), ("DOMICILIO", 44),
    ("LECTURA ANTERIOR", 12), ("FECHA ANTERIOR", 12), ("LECTURA", 12), ("FECHA", 12),
    ("ANOMALÍA", 20),
)  # fmt: skip
_HEADER = 2
_REVIEWS = (
    ("Renglón", 10), ("Cuenta", 14), ("Medidor", 16), ("Anterior", 12), ("Lectura", 12),
    ("m³", 10), ("Promedio m³", 13), ("Por qué se revisa", 70),
)  # fmt: skip


def write_sheet(sheet: ReadingSheet, route: str, target: Path) -> int:
    """Write the sheet of a route to fill in, as walked; gives how many meters it has.

    Raises:
        OSError: the file cannot be written.
    """
    asked = [meter for meter in sheet.meters if meter.serial and not meter.billed]
    with target.open("wb") as stream, Workbook(stream, _OPTIONS) as book:
        styles = Styles(book)
        page = book.add_worksheet("Lecturas")
        page.write_string(0, 0, f"Ruta {route} · {sheet.period.name}", styles.title)
        for column, (title, width) in enumerate(_SHEET):
            page.set_column(column, column, width)
            page.write_string(_HEADER, column, title, styles.head)
        typed = {
            "text": styles.cell,
            "figure": styles.count,
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        }
        for row, meter in enumerate(asked, start=_HEADER + 1):
            _meter_row(page, row, meter, typed)
        last = _HEADER + max(len(asked), 1)
        _choices(book, page, sheet.anomalies, last, styles)
        _dates(page, sheet, last)
        page.set_column(7, 7, 12, typed["day"])
        page.freeze_panes(_HEADER + 1, 0)
        page.repeat_rows(_HEADER)
        page.set_landscape()
        page.set_paper(1)  # letter
        page.fit_to_pages(1, 0)
        page.set_footer("&LRuta " + route + "&RHoja &P de &N")
    return len(asked)


def _meter_row(page: Worksheet, row: int, meter: MeterRow, typed: dict[str, object]) -> None:
    page.write_number(row, 0, meter.sequence, typed["figure"])
    page.write_string(row, 1, meter.account_number, typed["text"])
    page.write_string(row, 2, meter.serial or "", typed["text"])
    page.write_string(row, 3, f"{meter.address}, {meter.neighbourhood}", typed["text"])
    page.write_number(row, 4, meter.previous_value or 0, typed["figure"])
    if meter.previous_on is not None:
        page.write_datetime(row, 5, meter.previous_on, typed["day"])


def _choices(
    book: Workbook, page: Worksheet, anomalies: tuple[AnomalyRow, ...], last: int, styles: Styles
) -> None:
    """The anomalies by name on a page of their own, offered in their column."""
    listed = book.add_worksheet("Anomalías")
    for column, (title, width) in enumerate((("Anomalía", 34), ("Clave", 18), ("Sin lectura", 14))):
        listed.set_column(column, column, width)
        listed.write_string(0, column, title, styles.head)
    for row, each in enumerate(anomalies, start=1):
        listed.write_string(row, 0, each.name, styles.cell)
        listed.write_string(row, 1, each.code, styles.cell)
        listed.write_string(row, 2, "se admite" if each.allows_missing else "no", styles.cell)
    if anomalies:
        source = f"='Anomalías'!$A$2:$A${len(anomalies) + 1}"
        page.data_validation(
            _HEADER + 1, 8, last, 8,
            {"validate": "list", "source": source, "error_type": "warning"},
        )  # fmt: skip


def _dates(page: Worksheet, sheet: ReadingSheet, last: int) -> None:
    """Excel itself says it when a date is not of the period."""
    period = sheet.period
    page.data_validation(
        _HEADER + 1, 7, last, 7,
        {
            "validate": "date", "criteria": "between", "minimum": period.starts_on,
            "maximum": period.ends_on, "error_title": "Fecha",
            "error_message": f"La fecha debe ser del periodo {period.name}.",
        },
    )  # fmt: skip


def write_findings(plan: ReadingPlan, target: Path) -> None:
    """Write every fault, what is to be reviewed, and the totals.

    Raises:
        OSError: the file cannot be written.
    """
    with target.open("wb") as stream, Workbook(stream, _OPTIONS) as book:
        styles = Styles(book)
        write_faults(book.add_worksheet("Fallas"), plan.faults, styles)
        _reviews(book.add_worksheet("Por revisar"), plan.reviews, styles)
        _summary(book.add_worksheet("Resumen"), plan, styles)


def _reviews(page: Worksheet, reviews: tuple[Review, ...], styles: Styles) -> None:
    for column, (title, width) in enumerate(_REVIEWS):
        page.set_column(column, column, width)
        page.write_string(0, column, title, styles.head)
    page.freeze_panes(1, 0)
    for row, each in enumerate(reviews, start=1):
        page.write_number(row, 0, each.line, styles.line)
        page.write_string(row, 1, each.account_number, styles.cell)
        page.write_string(row, 2, each.serial, styles.cell)
        figures = (each.previous, each.value, each.m3, each.average)
        for column, figure in enumerate(figures, start=3):
            if figure is not None:
                page.write_number(row, column, figure, styles.count)
        page.write_string(row, 7, each.reason, styles.wrapped)
    page.autofilter(0, 0, max(len(reviews), 1), len(_REVIEWS) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _summary(page: Worksheet, plan: ReadingPlan, styles: Styles) -> None:
    page.set_column(0, 0, 44)
    page.set_column(1, 2, 16)
    page.write_string(0, 0, f"Lecturas de {plan.period.name}: resumen", styles.title)
    page.write_string(1, 0, f"Archivo: {plan.path.name}", styles.cell)
    page.write_string(2, 0, f"Huella SHA-256: {plan.digest}", styles.cell)
    for column, title in enumerate(("Totales", "Renglones", "m³")):
        page.write_string(4, column, title, styles.head)
    lines = (
        ("En el archivo", plan.totals.rows, plan.totals.m3),
        ("Sin fallas", plan.loadable.rows, plan.loadable.m3),
    )
    for row, (title, rows, m3) in enumerate(lines, start=5):
        page.write_string(row, 0, title, styles.cell)
        page.write_number(row, 1, rows, styles.count)
        page.write_number(row, 2, m3, styles.count)
    counts = (
        ("Renglones con fallas", plan.faulty_lines),
        ("Por revisar", len(plan.reviews)),
        ("Sin lectura, por estimar", sum(row.value is None for row in plan.rows)),
        ("Renglones en blanco omitidos", plan.blank_rows),
        ("Encabezados y totales omitidos", len(plan.skipped)),
    )
    for row, (title, number) in enumerate(counts, start=8):
        page.write_string(row, 0, title, styles.cell)
        page.write_number(row, 1, number, styles.count)
