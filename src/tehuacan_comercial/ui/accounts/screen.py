"""What the tab Cuenta shows of an account, as a value: no Qt, no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from tehuacan_comercial.domain.aging import AgeSum, debt_by_age
from tehuacan_comercial.domain.open_items import total_outstanding
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.accounts import (
    AccountFile,
    AccountOutline,
    PaymentRow,
    ReadingRow,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.ui.accounts.alerts import Alert, alerts_of
from tehuacan_comercial.ui.accounts.history_events import AccountEvent, events_of
from tehuacan_comercial.ui.accounts.words import modality_name, services_of
from tehuacan_comercial.ui.accounts_banner import METERLESS, state_pill
from tehuacan_comercial.ui.formats import day
from tehuacan_comercial.ui.widgets.mini_chart import Bar

CHART_PERIODS = 13
"""Bars of the chart: a year of bimonthly periods and the same one of the year before."""
LAST_PAYMENTS = 4


class Page(Enum):
    """Inner tabs, by their title with its mnemonic."""

    SUMMARY = "&Resumen"
    STATEMENT = "&Estado de cuenta"
    BILLS = "Re&cibos"
    PAYMENTS = "&Pagos"
    READINGS = "&Lecturas"
    TIMELINE = "Línea de &tiempo"
    IDENTITY = "&Quién es"


@dataclass(frozen=True)
class AccountScreen:
    """Everything on the tab. ``debt`` in pesos, None for who may not see it (``debt_hidden``
    says why).
    """

    file: AccountFile
    pages: tuple[Page, ...]
    facts: tuple[tuple[str, str], ...]
    alerts: tuple[Alert, ...]
    debt: Decimal | None
    debt_hidden: str
    ages: tuple[AgeSum, ...]
    bars: tuple[Bar, ...]
    last_payments: tuple[PaymentRow, ...]
    payments_note: str
    events: tuple[AccountEvent, ...]
    identity_note: str
    may_charge: bool
    may_print: bool
    may_reprint: bool
    may_void: bool
    may_print_bills: bool

    @property
    def account_id(self) -> int:
        """The account that is shown."""
        return self.file.outline.account_id


def account_screen(file: AccountFile, actor: Actor, today: date) -> AccountScreen:
    """The tab for what was read, the person signed in and the server's day."""
    debt = total_outstanding(file.items) if file.reach.debt else None
    ages = debt_by_age(file.items, today) if file.reach.debt else ()
    return AccountScreen(
        file=file,
        pages=_pages(file),
        facts=_facts(file.outline, whole=file.card is None),
        alerts=alerts_of(file.outline, file.card, today),
        debt=debt,
        debt_hidden=_why_hidden(file, actor),
        ages=tuple(age for age in ages if age.amount),
        bars=chart_bars(file.readings),
        last_payments=file.payments[:LAST_PAYMENTS],
        payments_note="" if file.reach.payments else _hidden("los pagos", actor),
        events=events_of(file),
        identity_note=_identity_note(actor),
        may_charge=actor.may(Permission.CASH_CHARGE),
        may_print=actor.may(Permission.ACCOUNTS_STATEMENT),
        may_reprint=actor.may(Permission.RECEIPTS_REPRINT),
        may_void=actor.may(Permission.CASH_CHARGE) or actor.may(Permission.AUTHORISATIONS_DECIDE),
        may_print_bills=actor.may(Permission.BILLING_PRINT),
    )


def chart_bars(readings: Sequence[ReadingRow]) -> tuple[Bar, ...]:
    """m³ of the last periods, oldest first; segments of a changed meter are added together."""
    sums: dict[str, Bar] = {}
    for row in readings:
        before = sums.get(row.period_code)
        value = Decimal(row.consumption or 0) + (before.value if before else 0)
        estimated = row.kind != "actual" or bool(before and before.estimated)
        sums[row.period_code] = Bar(_short(row.period_name), value, estimated)
    newest = [sums[code] for code in sorted(sums, reverse=True)[:CHART_PERIODS]]
    return tuple(reversed(newest))


def _short(period: str) -> str:
    """``sep–oct 26`` from ``sep–oct 2026``."""
    months, _, year = period.rpartition(" ")
    return f"{months} {year[-2:]}" if months and year.isdecimal() else period


def _pages(file: AccountFile) -> tuple[Page, ...]:
    needs = {
        Page.STATEMENT: file.reach.debt and file.reach.payments,
        Page.BILLS: file.reach.debt,
        Page.PAYMENTS: file.reach.payments,
    }
    return tuple(page for page in Page if needs.get(page, True))


def _why_hidden(file: AccountFile, actor: Actor) -> str:
    if not file.reach.debt:
        return _hidden("adeudos ni pagos", actor)
    return ""


def _hidden(what: str, actor: Actor) -> str:
    return f"El puesto de {actor.job_name} no consulta {what}."


def _identity_note(actor: Actor) -> str:
    if actor.may(Permission.ACCOUNTS_SEE_IDENTITY):
        return ""
    return f"RFC, CURP y teléfono van cubiertos: el puesto de {actor.job_name} no los consulta."


def _facts(outline: AccountOutline, *, whole: bool) -> tuple[tuple[str, str], ...]:
    """Labels and values; what the banner says already only for those who see no banner."""
    told = _place_facts(outline) if whole else ()
    return tuple(pair for pair in (*told, *_service_facts(outline)) if pair[1])


def _place_facts(outline: AccountOutline) -> tuple[tuple[str, str], ...]:
    place = ", ".join(filter(None, (outline.address, outline.neighbourhood)))
    postal = f"C.P. {outline.postal_code}" if outline.postal_code else ""
    return (
        ("Cuenta", outline.account_number),
        ("Titular", outline.holder_name),
        ("Estado", state_pill(outline.state).text),
        ("Domicilio", ", ".join(filter(None, (place, postal)))),
        ("Uso", outline.use_name),
        ("Medidor", outline.meter_serial or METERLESS),
    )


def _service_facts(outline: AccountOutline) -> tuple[tuple[str, str], ...]:
    route = f"{outline.route_code}, secuencia {outline.sequence:,}"
    sector = f"Sector {outline.sector}" if outline.sector else ""
    return (
        ("Teléfono", outline.phone or "—"),
        ("Modalidad", modality_name(outline.modality)),
        ("Zona", outline.zone_name),
        ("Servicios", _services(outline)),
        ("Ruta", " · ".join(filter(None, (route, sector)))),
        ("Alta", day(outline.opened_on)),
    )


def _services(outline: AccountOutline) -> str:
    return services_of(
        water=outline.water, sewerage=outline.sewerage, sanitation=outline.sanitation
    )
