"""``open-period``, ``bill`` and ``accrue-surcharges``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.say import DONE, NoError, progress, say
from tehuacan_comercial.domain.calendar import BillingPeriod, parse_period_code
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.ui.formats import money

if TYPE_CHECKING:
    from tehuacan_comercial.services.billing import BillingSummary


def open_period(access: Access, code: str) -> int:
    """Opens a period of two months."""
    from tehuacan_comercial.services.billing import BillingService

    period = _period(code)
    with open_office(access) as office:
        opened = BillingService(office.database, office.actor).open_period(period)
    state = "Se abrió" if opened.opened else "Ya estaba abierto"
    say(
        f"{state} el periodo {opened.name} ({opened.code}): emisión {opened.issued_on:%d/%m/%Y}, "
        f"vencimiento {opened.due_on:%d/%m/%Y}."
    )
    return DONE


def bill(access: Access, code: str, route: str, pdf: Path | None) -> int:
    """Bills every route, or one, and writes the bills if a folder was named."""
    from tehuacan_comercial.services.billing import BillingService

    _period(code)
    with open_office(access) as office:
        service = BillingService(office.database, office.actor)
        with progress() as bar:
            summary = service.run(
                code,
                lambda done, total, what: bar.step(done, total, f"Ruta {what}"),
                [route] if route else None,
            )
        _tell(summary)
        if pdf is not None:
            _print(office, summary, pdf)
    return DONE


def accrue(access: Access, through: date | None) -> int:
    """Accrues surcharges on every overdue charge."""
    from tehuacan_comercial.services.billing import BillingService

    with open_office(access) as office, progress() as bar:
        service = BillingService(office.database, office.actor)
        done = service.accrue(
            through=through,
            progress=lambda done, total, what: bar.step(done, total, f"Ruta {what}"),
        )
    charges = counted(done.charges, "cargo", "cargos")
    accounts = counted(done.accounts, "cuenta", "cuentas")
    say(
        f"Recargos hasta el {done.through:%d/%m/%Y}: {charges} de {accounts}, "
        f"{money(done.amount)} más {money(done.tax)} de IVA."
    )
    return DONE


def _period(code: str) -> BillingPeriod:
    period = parse_period_code(code)
    if period is None:
        raise NoError(f"«{code}» no es un periodo; escriba año y primer mes, p. ej. 202609.")
    return period


def _tell(summary: BillingSummary) -> None:
    """What reconciles: accounts, m³ and pesos by concept."""
    accounts = counted(summary.accounts, "cuenta", "cuentas")
    routes = counted(len(summary.routes), "ruta", "rutas")
    estimated = counted(summary.estimated, "consumo estimado", "consumos estimados")
    say(
        f"Periodo {summary.period}: {accounts} en {routes}, {summary.consumption:,} m³, "
        f"{estimated}."
    )
    for concept, each in summary.by_concept.items():
        bills = counted(each.bills, "recibo ", "recibos")
        say(f"  {concept:<12} {bills:>16}  {money(each.amount):>16}  IVA {money(each.tax):>14}")
    say(f"  Total {money(summary.total)}.")
    if summary.billed_before:
        done = (
            "cuenta ya estaba facturada y no se repitió",
            "cuentas ya estaban facturadas y no se repitieron",
        )
        now = counted(summary.accounts - summary.billed_before, "cuenta", "cuentas")
        say(f"  {counted(summary.billed_before, *done)}; ahora se facturó: {now}.")
    if summary.closed:
        say("  El periodo está cerrado: ya no se factura a nadie más.")


def _print(office: Office, summary: BillingSummary, folder: Path) -> None:
    """One file for each route that has bills."""
    from tehuacan_comercial.services.bills import BillsService

    service = BillsService(office.database, office.actor)
    files = bills = 0
    for route in sorted({run.route for run in summary.runs if run.accounts}):
        target = folder / f"recibos-{summary.period}-{route}.pdf"
        with progress() as bar:
            made = service.route(summary.period, route, target, lambda done, _: bar.count(done))
        files, bills = files + 1, bills + made.bills
    where = f"{counted(files, 'archivo', 'archivos')}: {folder}"
    say(f"Recibos escritos: {bills:,}, en {where}")
