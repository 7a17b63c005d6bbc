"""Several stations charge at the same instant: each payment stands once, each cashier knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import pairwise

from tehuacan_comercial.domain.cash import ChargeCommand
from tehuacan_comercial.domain.refusals import ChargeAlreadySettled, CommandReused
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import side_by_side, together
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.trials import Trials

EIGHT = 8


def charging(tills: list[Station], orders: list[ChargeCommand]) -> list[Callable[[], Told]]:
    return [partial(till.charge, order) for till, order in zip(tills, orders, strict=True)]


def told_by(acts: list[Callable[[], Told]]) -> list[Told]:
    found = together(acts)
    assert all(isinstance(each, Told) for each in found)
    return [each for each in found if isinstance(each, Told)]


def test_eight_stations_charge_different_accounts(office: Office, trials: Trials) -> None:
    tills = stations(office, EIGHT)
    for _ in range(5):
        accounts = office.more_accounts(EIGHT)
        orders = [till.command(account) for till, account in zip(tills, accounts, strict=True)]
        assert all(told.stands for told in told_by(charging(tills, orders)))
        trials.add(EIGHT)
    side_by_side([till.count_and_close for till in tills])
    assert settled_truth(office) == []


def test_eight_stations_charge_all_day_at_their_own_pace(office: Office, trials: Trials) -> None:
    """Each account is paid in three parts, by three tills, while others are paid too."""
    tills = stations(office, EIGHT)
    accounts = office.accounts()

    def work(till: Station) -> None:
        mine = [accounts[(int(till.till[1:]) + step) % EIGHT] for step in range(EIGHT)]
        for account in mine:
            assert till.charge(till.command(account, Decimal(7))).stands

    side_by_side([partial(work, till) for till in tills])
    side_by_side([till.count_and_close for till in tills])
    trials.add(EIGHT * EIGHT)
    assert settled_truth(office) == []


def test_one_of_eight_wins_each_account(office: Office, trials: Trials) -> None:
    tills = stations(office, EIGHT)
    for account in office.accounts():
        orders = [till.command(account) for till in tills]
        told = told_by(charging(tills, orders))
        lost = [each for each in told if not each.stands]
        assert len(lost) == EIGHT - 1
        for each in lost:
            assert isinstance(each.refusal, ChargeAlreadySettled)
            assert each.refusal.outstanding == 0
        trials.add(EIGHT)
    side_by_side([till.count_and_close for till in tills])
    assert settled_truth(office, refusable=(ChargeAlreadySettled,)) == []


def test_a_double_click_is_one_payment_and_one_receipt(office: Office, trials: Trials) -> None:
    till = stations(office, 1)[0]
    for account in office.accounts():
        for clicks in (2, 3):
            order = till.command(account, Decimal(20))
            told = told_by([partial(till.charge, order)] * clicks)
            assert len({each.charged for each in told}) == 1
            assert all(each.stands for each in told)
            trials.add(clicks)
    assert till.intents == []
    assert settled_truth(office) == []


def test_the_same_order_from_two_connections_is_one_payment(office: Office, trials: Trials) -> None:
    """A station that was started twice, or a retry that overtakes the first try."""
    till = stations(office, 1)[0]
    twin = Station(office)
    twin.session_id = till.session_id
    for account in office.accounts():
        order = till.command(account)
        told = told_by([partial(till.charge, order), partial(twin.charge, order)])
        assert told[0] == told[1]
        assert told[0].stands
        trials.add(2)
    assert settled_truth(office) == []


def one_stands(office: Office, trials: Trials, acts: list[Callable[[], Told]]) -> None:
    told = told_by(acts)
    won = [each for each in told if each.stands]
    assert len(won) == 1
    assert all(each.stands or isinstance(each.refusal, CommandReused) for each in told)
    office.note(won[0])
    trials.add(len(told))


def test_the_same_uuid_with_other_content_is_told(office: Office, trials: Trials) -> None:
    till = stations(office, 1)[0]
    twin = Station(office)
    twin.session_id = till.session_id
    for account in office.accounts():
        order = till.command(account, Decimal(30))
        other = replace(order, note="otra cosa")
        one_stands(office, trials, charging([till, twin], [order, other]))
    assert settled_truth(office) == []


def test_the_same_uuid_for_another_account_is_told(office: Office, trials: Trials) -> None:
    tills = stations(office, 2)
    accounts = office.accounts()
    for first, second in pairwise(accounts):
        order = tills[0].command(first, Decimal(25))
        other = tills[1].command(second, Decimal(25), command_id=order.command_id)
        one_stands(office, trials, charging(tills, [order, other]))
    assert settled_truth(office) == []
