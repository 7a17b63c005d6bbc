"""The station's clock is wrong by a day: dates, receipts and closings are the server's (D7)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from tehuacan_comercial.services.receipts import ReceiptsService
from tests.support.day.office import Office
from tests.support.day.station import Station
from tests.support.day.truth import settled_truth
from tests.support.trials import Trials

ERRORS = (timedelta(days=-1), timedelta(days=1), timedelta(days=400))


@contextmanager
def clock_wrong_by(error: timedelta) -> Iterator[None]:
    """Everything in this process believes it; the server is another process."""
    right = datetime.now(UTC)
    with time_machine.travel(right + error, tick=True):
        assert datetime.now(UTC) - right > error - timedelta(hours=1)
        yield


_SERVERS_OWN = """
SELECT bool_and(day) FROM (
    SELECT business_date = office_today() AND opened_at <= clock_timestamp() AS day
        FROM cash_session
    UNION ALL SELECT business_date = office_today() AND posted_at <= clock_timestamp() FROM payment
    UNION ALL SELECT (content ->> 'issued_at')::timestamptz
                     BETWEEN clock_timestamp() - interval '10 minutes' AND clock_timestamp()
        FROM receipt
    UNION ALL SELECT business_date = office_today() FROM journal WHERE kind = 'payment'
    UNION ALL SELECT closed_at BETWEEN clock_timestamp() - interval '10 minutes'
                     AND clock_timestamp() FROM cash_closing) AS every_day
"""


@pytest.mark.parametrize("error", ERRORS, ids=["yesterday", "tomorrow", "next year"])
def test_a_wrong_clock_dates_nothing(office: Office, trials: Trials, error: timedelta) -> None:
    with clock_wrong_by(error):
        till = Station(office)
        till.open()
        paper = ReceiptsService(till.database, till.cash.actor, office.home / "impresos")
        sheets = []
        for account in office.accounts():
            charged = till.charge_account(account).charged
            assert charged is not None
            sheets.append(paper.original(charged.receipt_id, "80mm"))
            trials.add()
        order = till.command(office.accounts()[0], Decimal(0), advance=Decimal(10))
        told = till.charge(order)
        till.count_and_close()
    assert told.stands
    assert office.ask(_SERVERS_OWN) == [(True,)]
    for sheet in sheets:  # drawn by the right clock, the sheet is the same
        assert paper.again(sheet.document_id).pdf == sheet.pdf
    assert settled_truth(office) == []


def test_the_debt_of_a_wrong_clock_is_the_servers(office: Office, trials: Trials) -> None:
    """Two stations, one of them a year ahead, see the same surcharges to date."""
    right, ahead = Station(office, 0), Station(office, 1)
    for account in office.accounts()[:4]:
        with clock_wrong_by(timedelta(days=400)):
            seen = ahead.cash.debt(account)
        assert right.cash.debt(account) == seen
        trials.add()
    assert settled_truth(office) == []
