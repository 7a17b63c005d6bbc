"""What is said of a file: its figures, what became of it, and every row to be looked at."""

from __future__ import annotations

from tehuacan_comercial.domain.bank_files import ChannelDone, OddRow, StatementRead
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.services.bank_files import BankFile, FileKind
from tehuacan_comercial.services.registry_import.records import Fault
from tehuacan_comercial.ui.deposits.files.intents import Outcome
from tehuacan_comercial.ui.formats import count, day, money
from tehuacan_comercial.ui.widgets.table.column import Column

Figures = tuple[tuple[str, str], ...]
"""Captions and what stands under them."""

FINDINGS: tuple[Column[Fault], ...] = (
    Column("Renglón", lambda row: str(row.line) if row.line else "—", align="right",
           sort_key=lambda row: row.line, value=lambda row: row.line or ""),
    Column("Columna", lambda row: row.column or "—"),
    Column("Valor", lambda row: row.value or "—", figures=True, width=190),
    Column("Motivo", lambda row: row.reason, stretch=True),
)  # fmt: skip


def file_figures(file: BankFile, kind: FileKind) -> Figures:
    """Control totals of a file: rows, days, pesos."""
    days = [row.day for row in file.rows]
    span = (day(min(days)), day(max(days))) if days else ("", "")
    dates = span[0] if span[0] == span[1] else f"{span[0]} a {span[1]}"
    rows = ("Renglones", count(len(file.rows)))
    if kind is FileKind.CHANNEL:
        return rows, ("Fechas de pago", dates), ("Importe", money(file.credits - file.debits))
    return (
        rows, ("Fechas", dates), ("Abonos", money(file.credits)), ("Cargos", money(file.debits)),
    )  # fmt: skip


def outcome_figures(outcome: Outcome) -> Figures:
    """What becomes of the rows."""
    if isinstance(outcome, StatementRead):
        return (
            ("Fichas que se concilian", count(outcome.matched)),
            ("Abonos sin ficha", count(outcome.loose)),
            ("Repetidos", count(outcome.repeated)),
        )
    parts = (
        ("Se aplican a su cuenta", outcome.posted),
        ("Por identificar", outcome.unidentified),
        ("Repetidos", outcome.repeated),
    )
    return tuple((words, f"{count(part.rows)} · {money(part.amount)}") for words, part in parts)


def findings(outcome: Outcome) -> tuple[Fault, ...]:
    """Rows that come before or pay no account, in the order of the file."""
    payments = isinstance(outcome, ChannelDone)
    return tuple(
        Fault(row.line, "Referencia", row.reference, _reason(row, payments=payments))
        for row in outcome.odd
    )


def _reason(row: OddRow, *, payments: bool) -> str:
    pesos = money(row.amount)
    if row.fate == "repeated":
        rest = "se guarda y no se cobra otra vez" if payments else "se guarda como repetido"
        return f"Repetido: {pesos} ya vino en {row.file or 'otro archivo'}; {rest}."
    why = (
        "El dígito verificador no coincide"
        if row.fate == "check_digit"
        else "Ninguna cuenta tiene ese número"
    )
    return f"{why}: {pesos} queda en pagos por identificar."


def act_words(file: BankFile, kind: FileKind) -> str:
    """The button that posts."""
    rows = len(file.rows)
    if kind is FileKind.CHANNEL:
        return f"Registrar {counted(rows, 'pago', 'pagos')}"
    return f"Registrar {counted(rows, 'movimiento', 'movimientos')}"


def done_sentence(outcome: Outcome) -> str:
    """The result in one sentence."""
    if isinstance(outcome, StatementRead):
        matched = counted(outcome.matched, "ficha conciliada", "fichas conciliadas")
        loose = counted(outcome.loose, "abono sin ficha", "abonos sin ficha")
        return f"{matched}; {loose} en Conciliación."
    posted = counted(outcome.posted.rows, "pago aplicado", "pagos aplicados")
    waiting = counted(outcome.unidentified.rows, "pago", "pagos")
    tail = f" {waiting} por identificar." if outcome.unidentified.rows else ""
    return f"{posted} por {money(outcome.posted.amount)}.{tail}"
