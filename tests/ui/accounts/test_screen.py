"""What the tab shows, decided without a window."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tehuacan_comercial.services.accounts import AccountCard, Reach
from tehuacan_comercial.ui.accounts.alerts import alerts_of
from tehuacan_comercial.ui.accounts.screen import Page, account_screen, chart_bars
from tests.ui.accounts.facts import CARD, ITEM, READING, TODAY, account_file, actor

CALM = replace(
    CARD, debt=Decimal(0), overdue=Decimal(0), overdue_periods=0, oldest_due=None, credit=Decimal(0)
)


def titles(card: AccountCard) -> list[str]:
    return [alert.title for alert in alerts_of(card, card, TODAY)]


def test_an_account_in_order_has_no_alert() -> None:
    assert titles(CALM) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"debt": Decimal("392.27"), "overdue": Decimal("392.27"), "overdue_periods": 2},
            "2 periodos vencidos: $392.27",
        ),
        ({"debt": Decimal(10), "overdue": Decimal(10)}, "Adeudo vencido: $10.00"),
        ({"debt": Decimal("68.67")}, "Por vencer: $68.67"),
        ({"state": "restricted"}, "Servicio restringido"),
        ({"state": "permanent_off"}, "Baja definitiva"),
        ({"credit": Decimal(30)}, "Saldo a favor: $30.00"),
        ({"estimated_in_a_row": 3}, "3 lecturas estimadas seguidas"),
        ({"meter_serial": None}, "Servicio medido sin medidor"),
        ({"meter_serial": None, "modality": "fixed"}, "Sin medidor"),
        ({"demonstration": True}, "DEMOSTRACIÓN"),
    ],
)
def test_each_alert(changes: dict[str, object], expected: str) -> None:
    assert titles(replace(CALM, **changes)) == [expected]  # type: ignore[arg-type]


def test_one_estimated_reading_is_no_alert() -> None:
    assert titles(replace(CALM, estimated_in_a_row=1)) == []


def test_the_gravest_alert_comes_first() -> None:
    card = replace(CARD, state="restricted", estimated_in_a_row=2, credit=Decimal(5))
    assert [alert.tone for alert in alerts_of(card, card, TODAY)] == [
        "danger",
        "warn",
        "warn",
        "ok",
    ]


def test_who_may_not_see_money_gets_no_alert_about_money() -> None:
    assert alerts_of(CARD, None, TODAY) == ()


def test_a_cashier_sees_everything_and_may_charge() -> None:
    screen = account_screen(account_file(), actor("cashier"), TODAY)
    assert screen.pages == tuple(Page)
    assert screen.debt == Decimal("392.27")
    assert [(age.label, age.amount) for age in screen.ages] == [("61 a 180 días", screen.debt)]
    assert (screen.may_charge, screen.may_print, screen.may_reprint) == (True, True, True)
    assert screen.debt_hidden == ""
    assert "no los consulta" in screen.identity_note


def test_the_registry_sees_identity_and_may_not_charge() -> None:
    screen = account_screen(account_file(), actor("registry"), TODAY)
    assert screen.identity_note == ""
    assert not screen.may_charge


def test_metering_sees_no_money_and_is_told_why() -> None:
    file = account_file(
        card=None, reach=Reach(debt=False, payments=False), items=(), statement=(), bills=(),
        payments=(),
    )  # fmt: skip
    screen = account_screen(file, actor("metering"), TODAY)
    assert screen.pages == (Page.SUMMARY, Page.READINGS, Page.TIMELINE, Page.IDENTITY)
    assert screen.debt is None
    assert screen.debt_hidden == "El puesto de Micromedición no consulta adeudos ni pagos."
    assert dict(screen.facts)["Domicilio"] == "Priv. de los Laureles 412, San Rafael, C.P. 75700"
    assert not screen.may_charge


def test_a_field_collector_sees_the_debt_and_is_told_about_payments() -> None:
    file = account_file(card=None, reach=Reach(debt=True, payments=False), payments=())
    screen = account_screen(file, actor("field_collector"), TODAY)
    assert screen.debt == ITEM.outstanding
    assert screen.payments_note == "El puesto de Ejecutor no consulta los pagos."
    assert Page.STATEMENT not in screen.pages
    assert Page.BILLS in screen.pages


def test_the_chart_has_thirteen_periods_oldest_first_and_adds_segments() -> None:
    rows = [
        replace(READING, period_code=f"20{25 + at // 12}{at % 12 + 1:02d}", period_name=f"m{at}",
                consumption=at)
        for at in range(20)
    ]  # fmt: skip
    rows.append(replace(rows[19], consumption=6, kind="estimated"))
    bars = chart_bars(rows)
    assert [bar.label for bar in bars] == [f"m{at}" for at in range(7, 20)]
    assert bars[-1].value == Decimal(25)
    assert bars[-1].estimated
    assert not bars[0].estimated


def test_a_missing_reading_is_a_hollow_bar_of_nothing() -> None:
    (bar,) = chart_bars([replace(READING, consumption=None, kind="missing")])
    assert (bar.label, bar.value, bar.estimated) == ("jul–ago 26", Decimal(0), True)
