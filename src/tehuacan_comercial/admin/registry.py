"""``import-registry``: the old system's accounts, checked whole before any is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.say import DONE, REFUSED, NoError, complain, progress, say
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.money import NotAnAmount, parse_amount
from tehuacan_comercial.ui.formats import money

if TYPE_CHECKING:
    from tehuacan_comercial.services.registry_import.control import ControlTotals, ImportPlan
    from tehuacan_comercial.services.registry_import.records import Reference

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked on the command line; amounts as typed."""

    file: Path
    mapping: Path | None
    rows: int | None
    balance: str
    credit: str
    dry_run: bool
    skip_faulty: bool
    faults: Path | None


def import_registry(access: Access, wish: Wish) -> int:
    """Reads, tells every fault, and loads when all control totals match."""
    from tehuacan_comercial.services.registry_import.loading import RegistryLoader

    with open_office(access) as office:
        plan = _read(office, wish)
        _tell(plan, wish)
        if wish.dry_run:
            say("No se cargó nada: sólo se pidió revisar.")
            return REFUSED if plan.faults else DONE
        expected = _expected(wish)
        with progress() as bar:
            loader = RegistryLoader(office.database, office.actor)
            loaded = loader.load(
                plan, expected, leave_out_faulty=wish.skip_faulty, progress=bar.count
            )
    accounts = counted(loaded.rows, "cuenta", "cuentas")
    say(
        f"Se cargaron {accounts}, con {money(loaded.opening_balance)} de saldo inicial y"
        f" {money(loaded.credit_balance)} a favor."
    )
    if plan.faults:
        left = counted(plan.faulty_lines, "renglón con fallas", "renglones con fallas")
        say(f"Quedaron fuera {left}.")
    return DONE


def _read(office: Office, wish: Wish) -> ImportPlan:
    from tehuacan_comercial.assets import resource
    from tehuacan_comercial.services.registry_import.control import plan_import
    from tehuacan_comercial.services.registry_import.mapping import load_mapping

    mapping = load_mapping(wish.mapping or resource("import", "registry_mapping.toml"))
    reference, today = _reference(office)
    with progress() as bar:
        return plan_import(wish.file, mapping, reference, today=today, progress=bar.count)


def _reference(office: Office) -> tuple[Reference, date]:
    """What the database has already, and the server's day."""
    from tehuacan_comercial.data.queries.registry import known_registry
    from tehuacan_comercial.services.registry_import.records import Reference

    with office.database.report() as connection:
        known = known_registry(connection)
    names = known.neighbourhoods or None
    return Reference(names, known.accounts, known.meters), known.today


def _tell(plan: ImportPlan, wish: Wish) -> None:
    totals, good = plan.totals, plan.loadable
    accounts = counted(totals.rows, "cuenta", "cuentas")
    say(
        f"{wish.file.name}: {accounts}, {money(totals.opening_balance)} de saldo "
        f"inicial, {money(totals.credit_balance)} a favor. SHA-256 {plan.digest}"
    )
    say(
        f"Sin fallas: {counted(good.rows, 'cuenta', 'cuentas')}. "
        f"Con fallas: {counted(plan.faulty_lines, 'renglón', 'renglones')}."
    )
    for fault in plan.faults[:_SHOWN]:
        complain(f"  Renglón {fault.line}, {fault.column}: {fault.reason}")
    if len(plan.faults) > _SHOWN:
        complain(f"  … y {counted(len(plan.faults) - _SHOWN, 'falla', 'fallas')} más.")
    if wish.faults is not None:
        from tehuacan_comercial.services.registry_import.fault_workbook import write_fault_workbook

        write_fault_workbook(plan, wish.faults)
        say(f"Fallas: {wish.faults}")


def _expected(wish: Wish) -> ControlTotals:
    """The old system's totals; nothing is loaded without them."""
    from tehuacan_comercial.services.registry_import.control import ControlTotals

    if wish.rows is None or not wish.balance:
        raise NoError(
            "Para cargar diga los totales del sistema anterior: --rows CUENTAS --balance PESOS "
            "--credit PESOS. No se cargó nada."
        )
    return ControlTotals(wish.rows, _pesos(wish.balance), _pesos(wish.credit))


def _pesos(typed: str) -> Decimal:
    try:
        return parse_amount(typed)
    except NotAnAmount as error:
        raise NoError(f"«{typed}» no es una cantidad en pesos.") from error
