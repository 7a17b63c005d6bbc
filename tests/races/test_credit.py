"""Advance payments and the use of the credit balance at the same instant: never below zero."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from tehuacan_comercial.domain.refusals import InsufficientCredit
from tehuacan_comercial.domain.tendering import TenderKind
from tests.support.day.office import Office
from tests.support.day.station import stations
from tests.support.day.together import together
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.trials import Trials


def credit(office: Office, account: int) -> Decimal:
    query = f"SELECT coalesce(sum(amount), 0) FROM credit_movement WHERE account_id = {account}"
    return Decimal(str(office.ask(query)[0][0]))


def test_a_credit_is_spent_once(office: Office, trials: Trials) -> None:
    tills = stations(office, 4)
    for account in office.accounts():
        assert tills[0].charge(tills[0].command(account, Decimal(1), advance=Decimal(100))).stands
        orders = [till.command(account, Decimal(80), kind=TenderKind.CREDIT) for till in tills]
        told = together(
            [partial(till.charge, order) for till, order in zip(tills, orders, strict=True)]
        )
        outcomes = [each.refusal for each in told if isinstance(each, Told)]
        assert sorted(type(each).__name__ for each in outcomes) == [
            *["InsufficientCredit"] * 3,
            "NoneType",
        ]
        assert credit(office, account) == 20
        trials.add(len(tills))
    assert settled_truth(office, refusable=(InsufficientCredit,)) == []


def test_advances_and_uses_cross(office: Office, trials: Trials) -> None:
    """Two pay ahead while six spend: what was spent is never more than what was paid ahead."""
    tills = stations(office, 8)
    for account in office.accounts()[:4]:
        orders = [
            till.command(account, Decimal(0), advance=Decimal(50))
            if number < 2
            else till.command(account, Decimal(20), kind=TenderKind.CREDIT)
            for number, till in enumerate(tills)
        ]
        told = together(
            [partial(till.charge, order) for till, order in zip(tills, orders, strict=True)]
        )
        spent = sum(20 for each in told[2:] if isinstance(each, Told) and each.stands)
        assert credit(office, account) == 100 - spent >= 0
        trials.add(len(tills))
    assert settled_truth(office, refusable=(InsufficientCredit,)) == []
