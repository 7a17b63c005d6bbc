"""Each deliberately wrong program turns its day red; the right one stays green in the same day."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import psycopg
import pytest

from tehuacan_comercial.domain.refusals import InsufficientCredit, Refusal, SessionNotOpen
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.cash import CashService
from tests.support.day import places, wrong
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import together
from tests.support.day.truth import settled_truth
from tests.support.proxy import Fault, proxy_to
from tests.support.server import plain_url
from tests.support.trials import Trials

Act = Callable[[Office], None]


def lost_answers(office: Office) -> None:
    """The link is cut at either message of a charge, before and after the server's work."""
    near = stations(office, 1)[0]
    address = office.town.server.cluster.address
    with proxy_to(address.host, address.port) as link:
        far = Station(office, port=link.port)
        far.session_id = near.session_id
        far.cash.tills()
        for fault in (Fault.AFTER_ANSWER_MADE, Fault.BEFORE_REQUEST):
            for skip in (0, 1):
                link.arm(fault, skip)
                far.charge(near.command(office.accounts()[0], Decimal(10)))


def restart_without_answer(office: Office) -> None:
    """No answer came to the end; the station starts again and settles what it remembers."""
    near = stations(office, 1)[0]
    address = office.town.server.cluster.address
    with proxy_to(address.host, address.port) as link:
        far = Station(office, port=link.port)
        far.session_id = near.session_id
        far.cash.tills()
        link.arm(Fault.AFTER_ANSWER_MADE)
        link.refuse_new = True
        far.charge(near.command(office.accounts()[0], Decimal(10)))
    Station(office).recover()


def failures_after_the_folio(office: Office) -> None:
    """Backends end after the folio was taken; the same charges are tried again."""
    till = stations(office, 1)[0]
    places.install(office)
    for place in ("folio_series", "receipt", "commit"):
        order = till.command(office.accounts()[0], Decimal(10))
        places.arm(office, place, "terminate")
        till.charge_to_the_end(order)
    places.disarm(office)


def credit_spent_at_once(office: Office) -> None:
    """Four tills spend the same credit balance at the same instant."""
    tills = stations(office, 4)
    for account in office.accounts():
        tills[0].charge(tills[0].command(account, Decimal(1), advance=Decimal(50)))
        orders = [till.command(account, Decimal(40), kind=TenderKind.CREDIT) for till in tills]
        together([partial(till.charge, order) for till, order in zip(tills, orders, strict=True)])


def one_order_twice_at_once(office: Office) -> None:
    """A retry overtakes the first try: another connection, and no memory of the first."""
    till = stations(office, 1)[0]
    places.install(office)
    order = till.command(office.accounts()[0], Decimal(10))
    with psycopg.connect(plain_url(office.town.server.superuser_url(office.town.database))) as hold:
        hold.execute("SELECT pg_advisory_xact_lock(%s)", (places.LOCK,))
        places.arm(office, "receipt", "wait")
        first = threading.Thread(target=till.database.call, args=("post_payment", order.payload()))
        first.start()
        places.until(lambda: places.backend_waiting(office))
        second = threading.Thread(target=till.charge, args=(order,))
        second.start()
        places.until(lambda: second_waits(office))
    first.join()
    second.join()


def second_waits(office: Office) -> int | None:
    """The backend that waits for another transaction, not for the place."""
    found = office.ask("SELECT pid FROM pg_locks WHERE NOT granted AND locktype <> 'advisory'")
    return int(str(found[0][0])) if found else None


def closing_against_a_payment(office: Office) -> None:
    """A payment is under way when its session is closed."""
    till = stations(office, 1)[0]
    places.install(office)
    order = till.command(office.accounts()[0], Decimal(10))
    closing: list[object] = []
    with psycopg.connect(plain_url(office.town.server.superuser_url(office.town.database))) as hold:
        hold.execute("SELECT pg_advisory_xact_lock(%s)", (places.LOCK,))
        places.arm(office, "journal", "wait")
        paying = threading.Thread(target=till.charge, args=(order,))
        paying.start()
        places.until(lambda: places.backend_waiting(office))
        closer = threading.Thread(target=lambda: closing.append(till.count_and_close()))
        closer.start()
        places.until(lambda: 1 if closing else second_waits(office))
    paying.join()
    closer.join()


def crash_after_the_answer(office: Office) -> None:
    """The server falls in the moment in which the cashier hears that the charge stands."""
    till = stations(office, 1)[0]
    till.charge(till.command(office.accounts()[0], Decimal(10)))
    office.town.server.cluster.stop("immediate")
    office.town.server.cluster.start()


@dataclass(frozen=True)
class Wrong:
    """A day, the program that is wrong in it, and what the truth must say of it."""

    day: Act
    make: Act
    says: str
    refusable: tuple[type[Refusal], ...] = ()


def service(kind: type[CashService]) -> Act:
    return lambda office: setattr(office, "service", kind)


def halves(office: Office) -> None:
    wrong.two_transactions(office)
    office.service = wrong.TwoTransactions


def forgetful(office: Office) -> None:
    office.journal = wrong.ForgetfulJournal


WRONG = {
    "a new key on retry": Wrong(
        lost_answers, service(wrong.NewKeyOnRetry), "nobody intended payment"
    ),
    "a lost answer told as failed": Wrong(
        restart_without_answer, service(wrong.LostMeansFailed), "was refused and stands"
    ),
    "no memory over a restart": Wrong(restart_without_answer, forgetful, "was never settled"),
    "two transactions": Wrong(lost_answers, halves, "payment_receipt"),
    "a folio from a sequence": Wrong(
        failures_after_the_folio, wrong.folio_from_a_sequence, "folio_sequence"
    ),
    "no account lock, the credit": Wrong(
        credit_spent_at_once, wrong.no_account_lock, "credit_negative", (InsufficientCredit,)
    ),
    "no account lock, the retry": Wrong(
        one_order_twice_at_once, wrong.no_account_lock, "was refused and stands"
    ),
    "no session lock": Wrong(
        closing_against_a_payment, wrong.no_session_lock, "closing_totals", (SessionNotOpen,)
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_program_turns_its_day_red(office: Office, trials: Trials, name: str) -> None:
    case = WRONG[name]
    case.make(office)
    case.day(office)
    trials.add()
    truth = settled_truth(office, refusable=case.refusable)
    assert [each for each in truth if case.says in each], truth


@pytest.mark.parametrize(
    "day", {case.day: case for case in WRONG.values()}, ids=lambda d: d.__name__
)
def test_the_right_program_stays_green_in_the_same_day(
    office: Office, trials: Trials, day: Act
) -> None:
    day(office)
    trials.add()
    assert settled_truth(office, refusable=(InsufficientCredit,)) == []


def test_a_commit_that_is_not_on_disk_turns_a_crash_red(own_office: Office, trials: Trials) -> None:
    crash_after_the_answer(own_office)
    assert settled_truth(own_office) == []
    wrong.forgetful_commit(own_office)
    crash_after_the_answer(own_office)
    trials.add(2)
    assert any("is not in the books" in each for each in settled_truth(own_office))
