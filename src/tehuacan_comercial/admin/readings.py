"""``readings``: the sheet to walk with, and the readings that come back in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.say import DONE, REFUSED, NoError, complain, progress, say
from tehuacan_comercial.domain.calendar import parse_period_code
from tehuacan_comercial.domain.counting import counted

if TYPE_CHECKING:
    from tehuacan_comercial.services.readings_import.loading import ReadingsService
    from tehuacan_comercial.services.readings_import.records import LoadedReadings, ReadingPlan

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked on the command line; ``template`` is the route whose sheet is written."""

    file: Path
    period: str
    template: str
    mapping: Path | None
    rows: int | None
    m3: int | None
    review_above: int
    dry_run: bool
    skip_faulty: bool
    faults: Path | None


def readings(access: Access, wish: Wish) -> int:
    """Writes the sheet of a route, or reads a file and loads it when all totals match."""
    if parse_period_code(wish.period) is None:
        raise NoError(f"«{wish.period}» no es un periodo; escriba año y primer mes, p. ej. 202609.")
    with open_office(access) as office:
        return _template(office, wish) if wish.template else _load(office, wish)


def _template(office: Office, wish: Wish) -> int:
    from tehuacan_comercial.services.readings_import.loading import ReadingsService
    from tehuacan_comercial.services.readings_import.workbook import write_sheet

    if wish.file.suffix.casefold() != ".xlsx":
        raise NoError("La hoja por llenar es un libro de Excel: dele un nombre que acabe en .xlsx.")
    sheet = ReadingsService(office.database, office.actor).sheet(wish.period, wish.template)
    meters = write_sheet(sheet, wish.template, wish.file)
    say(f"Ruta {wish.template}: {counted(meters, 'medidor', 'medidores')} por leer en {wish.file}")
    return DONE


def _load(office: Office, wish: Wish) -> int:
    from tehuacan_comercial.services.readings_import.loading import ReadingsService
    from tehuacan_comercial.services.readings_import.records import ReadingTotals

    service = ReadingsService(office.database, office.actor)
    plan = _plan(service, wish)
    _tell(plan, wish)
    if wish.dry_run:
        say("No se cargó nada: sólo se pidió revisar.")
        return REFUSED if plan.faults else DONE
    if wish.rows is None or wish.m3 is None:
        raise NoError(
            "Para cargar diga los totales de control: --rows LECTURAS --m3 METROS. "
            "No se cargó nada."
        )
    with progress() as bar:
        bar.step(1, 1, "Cargando las lecturas")
        totals = ReadingTotals(wish.rows, wish.m3)
        done = service.load(plan, totals, leave_out_faulty=wish.skip_faulty)
    _tell_loaded(plan, done)
    return DONE


def _plan(service: ReadingsService, wish: Wish) -> ReadingPlan:
    from tehuacan_comercial.assets import resource
    from tehuacan_comercial.services.readings_import.fields import READINGS
    from tehuacan_comercial.services.readings_import.plan import plan_readings
    from tehuacan_comercial.services.registry_import.mapping import load_mapping

    mapping = load_mapping(wish.mapping or resource("import", "readings_mapping.toml"), READINGS)
    sheet = service.sheet(wish.period)
    with progress() as bar:
        return plan_readings(
            wish.file, mapping, sheet, review_above=wish.review_above, progress=bar.count
        )


def _tell(plan: ReadingPlan, wish: Wish) -> None:
    totals, good = plan.totals, plan.loadable
    say(
        f"{wish.file.name}: {counted(totals.rows, 'lectura', 'lecturas')}, {totals.m3:,} m³. "
        f"SHA-256 {plan.digest}"
    )
    say(
        f"Sin fallas: {counted(good.rows, 'lectura', 'lecturas')}, {good.m3:,} m³. "
        f"Con fallas: {counted(plan.faulty_lines, 'renglón', 'renglones')}."
    )
    for fault in plan.faults[:_SHOWN]:
        complain(f"  Renglón {fault.line}, {fault.column}: {fault.reason}")
    if len(plan.faults) > _SHOWN:
        complain(f"  … y {counted(len(plan.faults) - _SHOWN, 'falla', 'fallas')} más.")
    if plan.reviews:
        say(f"Por revisar: {counted(len(plan.reviews), 'lectura', 'lecturas')}.")
        for review in plan.reviews[:_SHOWN]:
            say(
                f"  Renglón {review.line}, cuenta {review.account_number}: {review.m3:,} m³. "
                f"{review.reason}"
            )
    if wish.faults is not None:
        from tehuacan_comercial.services.readings_import.workbook import write_findings

        write_findings(plan, wish.faults)
        say(f"Fallas y lecturas por revisar: {wish.faults}")


def _tell_loaded(plan: ReadingPlan, done: LoadedReadings) -> None:
    what = f"{counted(done.rows, 'lectura', 'lecturas')} de {plan.period.name}, {done.m3:,} m³"
    if done.repeated:
        say(f"Este archivo ya estaba cargado: {what}. Lo cargó {done.by}; no se cargó otra vez.")
        return
    say(f"Se cargaron {what}.")
    if plan.faults:
        left = counted(plan.faulty_lines, "renglón con fallas", "renglones con fallas")
        say(f"Quedaron fuera {left}.")
