from __future__ import annotations

from datetime import date

import pytest

from tehuacan_comercial.services.cash import Debt, SessionRow
from tehuacan_comercial.ui.actions import spec_of
from tehuacan_comercial.ui.cash.screen import CashState, cash_screen, selection_note
from tests.ui.cash.values import CASHIER, COUNTER, TODAY, debt, item, session

YESTERDAY = date(2026, 11, 23)
OWES = debt([item(1), item(2)])


@pytest.mark.parametrize(
    ("shift", "owed", "state"),
    [
        (None, OWES, CashState.NO_SESSION),
        (session(day=YESTERDAY), OWES, CashState.OTHER_DAY),
        (session("counting", YESTERDAY), None, CashState.OTHER_DAY),
        (session("counting"), OWES, CashState.COUNTING),
        (session(), None, CashState.NO_ACCOUNT),
        (session(), debt([]), CashState.NO_DEBT),
        (session(), OWES, CashState.READY),
    ],
)
def test_the_state_follows_from_session_and_debt(
    shift: SessionRow | None, owed: Debt | None, state: CashState
) -> None:
    screen = cash_screen(shift, owed, {1}, CASHIER, TODAY)
    assert screen.state is state
    assert (screen.empty is None) == (state is CashState.READY)
    if screen.empty and screen.empty.action:
        assert screen.enabled[screen.empty.action], "the one act that is offered is possible"
        assert spec_of(screen.empty.action)


def enabled(shift: SessionRow | None, owed: Debt | None, chosen: set[int]) -> set[str]:
    found = cash_screen(shift, owed, chosen, CASHIER, TODAY).enabled
    return {name for name, possible in found.items() if possible}


def test_what_is_possible_in_each_state() -> None:
    assert enabled(None, None, set()) == {"session.open"}
    always = {"session.close", "cash.deliver"}
    assert enabled(session(day=YESTERDAY), None, set()) == always
    assert enabled(session("counting"), None, set()) == always
    assert enabled(session(), None, set()) == always
    assert enabled(session(held=1), None, set()) == always | {"cash.hold"}
    statement = always | {"accounts.statement", "cash.partial"}
    assert enabled(session(), debt([]), set()) == statement
    assert enabled(session(), OWES, set()) == statement
    everything = statement | {"cash.charge", "cash.hold", "receipts.reprint"}
    assert enabled(session(last=3), OWES, {1}) == everything


def test_a_clerk_without_a_till_may_only_read() -> None:
    screen = cash_screen(session(last=3), OWES, {1}, COUNTER, TODAY)
    assert {name for name, yes in screen.enabled.items() if yes} == {
        "receipts.reprint",
        "accounts.statement",
    }


def test_the_charge_of_an_account_on_its_way_may_be_asked_already() -> None:
    screen = cash_screen(session(), None, (), CASHIER, TODAY, awaits_account=True)
    assert screen.enabled["cash.charge"]
    closed = cash_screen(None, None, (), CASHIER, TODAY, awaits_account=True)
    assert not closed.enabled["cash.charge"]


def test_the_statement_of_an_open_account_needs_no_session() -> None:
    screen = cash_screen(None, None, (), CASHIER, TODAY, account_open=True)
    assert screen.enabled["accounts.statement"]


def test_yesterdays_session_is_named_with_its_day() -> None:
    empty = cash_screen(session(day=YESTERDAY), None, (), CASHIER, TODAY).empty
    assert empty is not None
    assert "23/11/2026" in empty.title
    assert "C1-261124-1" in empty.text


def test_the_note_counts_what_is_chosen() -> None:
    assert selection_note(OWES.items, {1}) == "1 de 2 seleccionados"
    assert selection_note(OWES.items[:1], {1}) == "1 de 1 seleccionado"
    assert selection_note((), ()) == ""
