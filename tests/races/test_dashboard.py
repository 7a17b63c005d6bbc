"""The manager's sums while people charge at once: never above the books, exact at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.dashboard import Board, DashboardService
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tests.support.books import open_charges, open_session, pay
from tests.support.server import TestServer
from tests.support.town import PASSWORD, Town, add_person, build_town
from tests.support.trials import Trials

TILLS, ACCOUNTS = 4, 40
KINDS = ("cash", "card", "cash", "transfer")


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), accounts=ACCOUNTS, tills=TILLS)
    with made.admin() as connection:
        for number in range(3, TILLS + 1):
            add_person(connection, f"caja{number}", "cashier")
    yield made
    made.close()


def manager(town: Town, home: Path) -> Desk:
    def login(user: str, secret: str) -> str:
        return town.server.login_url(town.database, user, secret)

    return Desk(sign_in(login, "gerente", PASSWORD, "E1", FailedTries(home / "tries.json")), home)


def work(town: Town, number: int, username: str) -> None:
    database = town.sign_in(username)
    session = open_session(database, f"C{number}")
    for turn, account in enumerate(town.account_ids()[number - 1 :: TILLS]):
        for part in open_charges(town, account):
            pay(database, session, account, [part], KINDS[turn % len(KINDS)])


def watch(service: DashboardService, done: threading.Event) -> list[Board]:
    seen = []
    payment = Changes(topics=frozenset({"payment"}))
    while not done.is_set():
        seen.append(service.look(payment))
    seen.append(service.look(Changes(topics=frozenset({"session"}))))
    seen.append(service.look(payment))
    return seen


def test_sums_kept_between_looks_are_those_of_the_books(
    town: Town, tmp_path: Path, trials: Trials
) -> None:
    desk = manager(town, tmp_path)
    done, seen = threading.Event(), list[Board]()
    watcher = threading.Thread(target=lambda: seen.extend(watch(desk.dashboard, done)))
    people = ["rosa", "lupe", *(f"caja{number}" for number in range(3, TILLS + 1))]
    tills = [
        threading.Thread(target=work, args=(town, number, username))
        for number, username in enumerate(people, start=1)
    ]
    for thread in (watcher, *tills):
        thread.start()
    for thread in tills:
        thread.join(120)
    done.set()
    watcher.join(60)
    receipts = [board.receipts for board in seen]
    assert receipts == sorted(receipts), "a receipt was counted and then was not"
    assert receipts[-1] == ACCOUNTS * 4
    with town.admin() as connection:
        total = connection.execute("SELECT sum(applied) FROM payment_tender").fetchone()
        assert total is not None
        for board in seen[-2:]:
            assert board.taken == Decimal(str(total[0]))
            for till in board.tills:
                row = connection.execute(
                    "SELECT expected FROM session_expected(%s) WHERE tender = 'cash'",
                    (till.row.session_id,),
                ).fetchone()
                assert row is not None
                assert till.cash == Decimal(str(row[0]))
    assert seen[-1].takings.after > 0, "nothing was kept: every look read the whole day"
    trials.add(receipts[-1])
    desk.close()
    town.close()
