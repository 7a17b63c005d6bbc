"""Sessions opened, counted and closed at the same instant as something else."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.cash import (
    ChargeCommand,
    HoldCommand,
    OpenSessionCommand,
    new_command_id,
)
from tehuacan_comercial.domain.refusals import CommandReused, Refusal, SessionNotOpen
from tehuacan_comercial.services.cash import SessionRow
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import side_by_side, together
from tests.support.day.truth import settled_truth
from tests.support.trials import Trials


def opening(till: str) -> OpenSessionCommand:
    return OpenSessionCommand(uuid.uuid4(), till, {Decimal(100): 5})


def kinds(found: list[SessionRow | Refusal]) -> Counter[str]:
    return Counter(type(each).__name__ for each in found)


def test_eight_cashiers_open_one_till(office: Office, trials: Trials) -> None:
    people = [Station(office, number) for number in range(8)]
    for _ in range(5):
        acts = [partial(person.cash.open_session, opening("C1")) for person in people]
        found = together(acts)
        assert kinds(found) == {"SessionRow": 1, "TillBusy": 7}
        won = next(each for each in found if isinstance(each, SessionRow))
        winner = next(person for person in people if person.username == won.cashier)
        winner.session_id = won.session_id
        winner.count_and_close()
        trials.add(len(people))
    assert settled_truth(office) == []


def test_one_cashier_opens_several_tills(office: Office, trials: Trials) -> None:
    rosa = Station(office)
    for _ in range(5):
        tills = [f"C{number}" for number in range(1, 5)]
        found = together([partial(rosa.cash.open_session, opening(till)) for till in tills])
        assert kinds(found) == {"SessionRow": 1, "CashierBusy": 3}
        rosa.open()
        rosa.count_and_close()
        trials.add(len(tills))
    assert settled_truth(office) == []


def test_the_same_opening_twice_is_one_session(office: Office, trials: Trials) -> None:
    rosa = Station(office)
    for _ in range(5):
        order = opening("C1")
        found = together([partial(rosa.cash.open_session, order)] * 3)
        assert kinds(found) == {"SessionRow": 3}
        assert len({each.session_id for each in found if isinstance(each, SessionRow)}) == 1
        rosa.open()
        rosa.count_and_close()
        trials.add(3)
    assert settled_truth(office) == []


class Till:
    """A till whose session ends while three lanes still charge at it."""

    def __init__(self, office: Office, number: int, end: str, after: int) -> None:
        self.station = Station(office, number)
        self.station.open()
        self.end, self.after = end, after
        self.reached = threading.Event()
        self.stood = itertools.count(1)
        accounts = office.more_accounts(12)
        self.orders = [self.station.command(account, Decimal(40)) for account in accounts]

    def acts(self) -> list[Callable[[], None]]:
        return [partial(self.lane, self.orders[start::3]) for start in range(3)] + [self.stop]

    def lane(self, orders: list[ChargeCommand]) -> None:
        for order in orders:
            if self.station.charge(order).stands and next(self.stood) == self.after:
                self.reached.set()

    def stop(self) -> None:
        assert self.reached.wait(30)
        if self.end == "close":
            self.station.count_and_close()
        else:
            self.station.cash.begin_count(self.station.session_id)


@pytest.mark.parametrize("end", ["close", "count"])
def test_the_end_of_a_session_against_payments_in_flight(
    office: Office, trials: Trials, end: str
) -> None:
    """A payment stands in the closing or is refused; none stands outside of it."""
    for _ in range(3):
        tills = [Till(office, number, end, trials.rng.randint(1, 8)) for number in range(2)]
        side_by_side([act for till in tills for act in till.acts()])
        for till in tills:
            if end == "count":
                till.station.count_and_close()
            trials.add(len(till.orders))
    assert settled_truth(office, refusable=(SessionNotOpen,)) == []
    refused = [told for told in office.told.values() if not told.stands]
    assert 0 < len(refused) < len(office.told), "both outcomes are met"


def test_the_same_closing_twice_is_one_closing(office: Office, trials: Trials) -> None:
    till = stations(office, 1)[0]
    till.charge_account(office.accounts()[0])
    order = till.closing()
    folios = {
        each.folio
        for each in together([partial(till.cash.close_session, order)] * 4)
        if not isinstance(each, Refusal)
    }
    assert len(folios) == 1
    other = together([till.count_and_close] * 2)
    assert all(isinstance(each, refusals.CountAlreadySigned) for each in other)
    trials.add(6)
    assert settled_truth(office) == []


def test_two_closings_of_one_session_sign_one_count(office: Office, trials: Trials) -> None:
    for _ in range(5):
        till = stations(office, 1)[0]
        found = together([till.count_and_close] * 3)
        signed = [each for each in found if isinstance(each, refusals.CountAlreadySigned)]
        assert len(signed) == 2
        trials.add(3)
    assert settled_truth(office) == []


def test_a_held_sale_is_taken_once_and_only_at_its_till(office: Office, trials: Trials) -> None:
    till, other = stations(office, 2)
    twin = Station(office)
    for account in office.accounts():
        two = [
            HoldCommand(new_command_id(), till.session_id, account, (), "Espera") for _ in range(2)
        ]
        together([partial(each.cash.hold, order) for each in (till, twin) for order in two * 2])
        waiting = till.cash.held_sales(till.session_id)
        assert len(waiting) == 2  # a double click, and the same command from a second window
        with pytest.raises(CommandReused):
            till.cash.hold(replace(two[0], label="Otra"))
        for held in waiting:
            found = together(
                [partial(each.cash.release, held.held_sale_id) for each in (till, twin, other)]
            )
            assert found.count(None) == 1
            assert found[2] is not None
            trials.add(3)
    assert till.cash.held_sales(till.session_id) == ()
