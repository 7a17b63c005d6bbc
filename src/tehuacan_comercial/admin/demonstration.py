"""``demo``: a town of DEMOSTRACIÓN in an empty database."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.installing import ensure_rules
from tehuacan_comercial.admin.say import DONE, NoError, progress, say
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.permissions import JOB_NAMES

_FAST = 2
"""Periods of history with ``--fast``."""


def demo(access: Access, accounts: int, seed: int, fast: bool, if_empty: bool = False) -> int:
    """Builds the town; on this computer's own database it is installed first if need be."""
    from tehuacan_comercial.data.demo_history import any_accounts
    from tehuacan_comercial.services.demo.build import PERIODS, build_town

    with open_office(access, create=True) as office:
        if any_accounts(office.database):
            if if_empty:
                return DONE
            raise NoError(
                "La base de datos ya tiene cuentas; la demostración sólo llena una base vacía. "
                "No se cambió nada."
            )
        ensure_rules(office)
        with progress() as bar:
            town = build_town(
                office.database,
                office.actor,
                accounts=accounts,
                seed=seed,
                today=_today(office),
                periods=_FAST if fast else PERIODS,
                progress=bar.step,
            )
    say(
        f"DEMOSTRACIÓN: {counted(town.accounts, 'cuenta', 'cuentas')}, "
        f"{counted(len(town.periods), 'periodo', 'periodos')} "
        f"({town.periods[0]} a {town.periods[-1]}), "
        f"{counted(town.bills, 'recibo', 'recibos')} de agua y "
        f"{counted(town.payments, 'pago', 'pagos')}. Personas, cuentas e importes son inventados."
    )
    _tell_people()
    return DONE


def _tell_people() -> None:
    from tehuacan_comercial.services.demo.staff import PASSWORD, STAFF

    say(f"Contraseña de todos: {PASSWORD}")
    for person in STAFF:
        say(f"  {person.username:<20} {JOB_NAMES[person.job]:<28} {person.full_name}")


def _today(office: Office) -> date:
    with office.database.read() as connection:
        found: date = connection.execute(text("SELECT commercial.office_today()")).scalar_one()
    return found
