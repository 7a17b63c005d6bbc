"""The use cases of reading by file: what is known of the period, and the load, all or none."""

from __future__ import annotations

from dataclasses import asdict

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import readings as queries
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import (
    AmountsDisagree,
    InvalidCommand,
    InvalidImport,
    PeriodNotBillable,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.permission import requires

from .records import FileReading, LoadedReadings, ReadingPlan, ReadingSheet, ReadingTotals

_SECONDS = 600.0
_SENT = ("account_id", "value", "anomaly", "read_on", "segment", "serial")
_IN_THE_WAY = {
    "already_billed": "La cuenta {} se facturó mientras tanto; su lectura ya no cambia.",
    "other_meter": "El medidor de la cuenta {} cambió mientras tanto.",
    "lower_than_previous": "La lectura anterior de la cuenta {} cambió mientras tanto.",
}


class ReadingsService:
    """Readings by file, for one signed-in person or for the office tools."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self.actor = actor

    @requires(Permission.BILLING_READINGS)
    def sheet(self, period: str, route: str = "") -> ReadingSheet:
        """Every meter of the period, or of a route, with its previous reading.

        Raises:
            PeriodNotBillable: there is no such open period, or no such route.
        """
        with self._database.report() as connection:
            found = queries.reading_period(connection, period)
            if found is None or found.state != "open":
                raise PeriodNotBillable(period, "no existe o está cerrado")
            meters = tuple(queries.meters_of_period(connection, period, route))
            if route and not meters:
                raise PeriodNotBillable(period, f"no hay cuentas en la ruta {route}")
            anomalies = tuple(queries.anomalies_on(connection, found.ends_on))
        return ReadingSheet(found, meters, anomalies)

    @requires(Permission.BILLING_READINGS)
    def load(
        self, plan: ReadingPlan, expected: ReadingTotals, *, leave_out_faulty: bool = False
    ) -> LoadedReadings:
        """Load the clean rows as one act. The same file again changes nothing and says so.

        ``expected`` is compared with the whole file; rows at fault refuse the load unless
        ``leave_out_faulty``.

        Raises:
            InvalidImport: totals differ, rows are at fault, or something changed meanwhile.
            PeriodNotBillable: the period was closed meanwhile.
        """
        require_totals(plan, expected)
        if plan.faults and not leave_out_faulty:
            problem = f"Renglones con fallas: {plan.faulty_lines}. No se cargó nada."
            told = (f"Renglón {each.line}, {each.column}: {each.reason}" for each in plan.faults)
            raise InvalidImport(str(plan.path), (problem, *list(told)[:5]))
        try:
            done = self._database.call("record_readings", _command(plan), deadline_seconds=_SECONDS)
        except InvalidCommand as refused:
            sentence = _IN_THE_WAY.get(
                refused.problem, "La cuenta {} no se puede cargar: ensaye de nuevo con --dry-run."
            )
            raise InvalidImport(str(plan.path), (sentence.format(refused.field),)) from refused
        except AmountsDisagree as refused:
            problem = f"Al cargar resultó {refused.given} en lugar de {refused.expected}."
            raise InvalidImport(str(plan.path), (problem,)) from refused
        return LoadedReadings(
            int(done["taken"]), int(done["m3"]), bool(done["repeated"]),
            str(done.get("by", "")), str(done.get("at", "")),
        )  # fmt: skip


def require_totals(plan: ReadingPlan, expected: ReadingTotals) -> None:
    """Compare what the file holds with what was announced.

    Raises:
        InvalidImport: rows or m³ differ; each difference is told.
    """
    pairs = (
        ("Lecturas", expected.rows, plan.totals.rows),
        ("Metros cúbicos", expected.m3, plan.totals.m3),
    )
    problems = tuple(
        f"{label}: se esperaba {asked:,} y el archivo tiene {found:,}"
        f" (diferencia {found - asked:,})."
        for label, asked, found in pairs
        if asked != found
    )
    if problems:
        raise InvalidImport(str(plan.path), problems)


def _command(plan: ReadingPlan) -> dict[str, object]:
    totals = plan.loadable
    return {
        "period": plan.period.code,
        "readings": [_sent(row) for row in plan.rows],
        "file": {
            "name": plan.path.name,
            "sha256": plan.digest,
            "taken": totals.rows,
            "m3": totals.m3,
            "left_out": plan.faulty_lines,
        },
    }


def _sent(row: FileReading) -> dict[str, object]:
    told = asdict(row)
    return {name: told[name] for name in _SENT}
