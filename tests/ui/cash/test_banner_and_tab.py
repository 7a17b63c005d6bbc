from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pytestqt.qtbot import QtBot

from tehuacan_comercial.services.accounts import AccountCard
from tehuacan_comercial.services.words import in_words
from tehuacan_comercial.ui.accounts_banner import account_banner, state_pill
from tehuacan_comercial.ui.cash.loader import charges_to_choose, shrank
from tehuacan_comercial.ui.cash.reading import AccountView, DeskView
from tests.support.town import Town
from tests.ui.cash.conftest import Station, open_account
from tests.ui.cash.values import TODAY, debt, item


def card(account_id: int = 7) -> AccountCard:
    return AccountCard(
        account_id=account_id,
        account_number="10-00001-0",
        holder_id=1,
        holder_name="NÚÑEZ PEÑA, María",
        address="Priv. de los Laureles 412",
        neighbourhood="San Rafael",
        postal_code="75758",
        meter_serial="18-220931",
        phone=None,
        state="active",
        use_class="DOM",
        use_name="Doméstico",
        domestic=True,
        zone="MED",
        zone_name="Media",
        modality="metered",
        sector="S1",
        route_code="R01",
        sequence=1,
        opened_on=date(2020, 1, 1),
        water=True,
        sewerage=True,
        sanitation=False,
        debt=Decimal("757.37"),
        overdue=Decimal("392.27"),
        overdue_periods=2,
        oldest_due=date(2026, 9, 15),
        credit=Decimal("0.00"),
        last_payment_on=date(2026, 5, 14),
        estimated_in_a_row=0,
        demonstration=False,
    )


def badges(shown: AccountCard) -> list[str]:
    return [pill.text for pill in account_banner(shown, TODAY).badges]


def test_the_banner_says_who_where_and_how_much() -> None:
    facts = account_banner(card(), TODAY)
    assert facts.name == "NÚÑEZ PEÑA, María"
    assert facts.debt == Decimal("757.37")
    assert facts.debt_caption == "Adeudo total · vencido $392.27"
    for part in ("Cuenta 10-00001-0", "Medidor 18-220931", "Doméstico", "C.P. 75758"):
        assert part in facts.facts
    assert badges(card()) == ["Activa", "2 periodos vencidos"]


def test_the_banner_warns_of_what_matters() -> None:
    odd = replace(
        card(),
        state="restricted",
        overdue_periods=0,
        credit=Decimal("10.00"),
        estimated_in_a_row=3,
        meter_serial=None,
        modality="fixed",
        demonstration=True,
    )
    assert badges(odd) == [
        "Servicio restringido",
        "Vencido $392.27",
        "Saldo a favor $10.00",
        "3 lecturas estimadas",
        "DEMOSTRACIÓN",
    ]
    assert "Sin medidor · Doméstico, cuota fija" in account_banner(odd, TODAY).facts
    paid = replace(card(), debt=Decimal(0), overdue=Decimal(0), overdue_periods=0, oldest_due=None)
    assert account_banner(paid, TODAY).debt_caption == "Sin adeudo"
    assert state_pill("something_new").text == "Something new"


def view(account_id: int, *items: tuple[int, str]) -> DeskView:
    owed = debt([item(charge, settled=settled) for charge, settled in items])
    return DeskView(account=AccountView(card(account_id), owed, ()))


def test_which_charges_are_chosen_after_reading() -> None:
    before, after = view(7, (1, "0.00"), (2, "0.00")), view(7, (2, "0.00"), (3, "0.00"))
    assert charges_to_choose(DeskView(), before, ()) == {1, 2}
    assert charges_to_choose(before, after, {1, 2}) == {2}
    assert charges_to_choose(before, after, {1, 2}, own=True) == frozenset()
    assert charges_to_choose(DeskView(), after, (), wanted={1, 3}) == {3}
    assert charges_to_choose(before, view(8, (9, "0.00")), {1}) == {9}
    assert charges_to_choose(before, DeskView(), {1}) == frozenset()


def test_a_debt_that_shrank_is_noticed_whole_or_in_part() -> None:
    before = view(7, (1, "0.00"), (2, "0.00"))
    assert shrank(before, view(7, (2, "0.00")))
    assert shrank(before, view(7, (1, "0.00"), (2, "10.00")))
    assert not shrank(before, view(7, (1, "0.00"), (2, "0.00"), (3, "0.00")))
    assert not shrank(before, view(8, (9, "0.00")))
    assert not shrank(DeskView(), before)


def test_words_on_screen_are_not_shouted() -> None:
    assert in_words(Decimal("1141.50")) == "Un mil ciento cuarenta y un pesos 50/100 M.N."
    assert in_words(Decimal("1.00")) == "Un peso 00/100 M.N."


def test_another_account_never_inherits_the_choice(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    first, second, *_rest = town.account_ids()
    open_account(qtbot, station, first)
    station.tab.collect.charges.tools["none"].click()
    station.tab.open_account(second)
    assert station.tab.collect.charges.table.model.all_rows() == ()
    qtbot.waitUntil(lambda: station.tab.loader.view.account is not None)
    rows = station.tab.collect.charges.table.model.all_rows()
    assert station.tab.selection() == {row.item.charge_id for row in rows}


def test_an_unknown_account_is_told_in_place(qtbot: QtBot, station: Station) -> None:
    station.tab.open_account(999_999)
    qtbot.waitUntil(lambda: bool(station.shown_notices()))
    assert station.notice_titles() == ["No se encontró la cuenta"]
    assert not station.actions_table["cash.charge"].isEnabled()
