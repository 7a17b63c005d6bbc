"""The manager's figures against the books, while people charge."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.domain.dashboard import CashLevel
from tehuacan_comercial.domain.refusals import NotPermitted
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.dashboard import ReceiptFilter
from tehuacan_comercial.services.dashboard_alerts import Alert, AlertKind
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tehuacan_comercial.ui.dashboard.words import difference_words
from tests.support.books import (
    Books,
    build_books,
    close,
    open_charges,
    open_session,
    owe_again,
    pay,
)
from tests.support.deposits import pieces
from tests.support.server import TestServer
from tests.support.town import PASSWORD, Town

PAYMENT = Changes(topics=frozenset({"payment"}))


@pytest.fixture
def books(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Books]:
    made = build_books(test_server, new_database())
    yield made
    made.town.close()


def seat(town: Town, username: str, home: Path) -> Desk:
    def login(user: str, secret: str) -> str:
        return town.server.login_url(town.database, user, secret)

    return Desk(sign_in(login, username, PASSWORD, "E1", FailedTries(home / "tries.json")), home)


@pytest.fixture
def manager(books: Books, tmp_path: Path) -> Iterator[Desk]:
    made = seat(books.town, "gerente", tmp_path)
    yield made
    made.close()


def one(town: Town, query: str) -> Decimal:
    with town.admin() as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return Decimal(str(row[0] or 0))


def test_the_day_adds_up_to_the_books(books: Books, manager: Desk) -> None:
    board = manager.dashboard.look()
    assert board.taken == one(books.town, "SELECT sum(applied) FROM payment_tender")
    assert board.cancelled == one(books.town, "SELECT sum(amount) FROM receipt_void")
    assert board.collected == board.taken - board.cancelled
    assert board.receipts == one(books.town, "SELECT count(*) FROM receipt")
    assert sum(each.amount for each in board.takings.by_hour()) == board.taken
    assert sum(amount for _tender, amount in board.takings.by_tender()) == board.taken
    with books.town.admin() as connection:
        tills = connection.execute(
            "SELECT code FROM till WHERE active AND kind = 'drawer' ORDER BY code"
        ).fetchall()
    assert [till.row.till for till in board.tills] == [row[0] for row in tills]


def test_a_payment_shows_in_the_next_look_and_the_drawer_is_the_one_formula(
    books: Books, manager: Desk
) -> None:
    before = manager.dashboard.look()
    lupe = books.town.sign_in("lupe")
    account = books.town.account_ids()[1]
    session = next(till.row.session_id for till in before.tills if till.row.till == "C2")
    assert session is not None
    pay(lupe, session, account, open_charges(books.town, account)[:1], "cash")
    for _ in range(3):  # the sums move from the newest to those that are kept
        after = manager.dashboard.look(PAYMENT)
        assert after.receipts == before.receipts + 1
        till = next(each for each in after.tills if each.row.till == "C2")
        expected = one(
            books.town,
            f"SELECT expected FROM session_expected({session}) WHERE tender = 'cash'",
        )
        assert till.cash == expected
        assert till.last is not None
        assert till.last.folio.startswith("C2")


def test_the_difference_of_a_closing_and_the_missing_backup_are_told(
    books: Books, manager: Desk
) -> None:
    owe_again(books.town)
    told = sum(alert.amount for alert in alerts(manager, AlertKind.DIFFERENCE))
    assert told == one(books.town, "SELECT sum(difference) FROM cash_closing_line") != 0
    assert alerts(manager, AlertKind.BACKUP)
    with books.town.admin() as connection:
        connection.execute("SELECT record_act('backup', 'prueba', '{}')")
    assert AlertKind.BACKUP not in {alert.kind for alert in manager.dashboard.look().alerts}


def test_a_till_that_closed_says_what_its_count_found(books: Books, manager: Desk) -> None:
    """*Cuadrada* names the state, not that nothing was missing."""
    session = int(one(books.town, "SELECT id FROM cash_session WHERE till_code = 'C2'"))
    close(books.town.sign_in("lupe"), session)
    (after,) = (till for till in manager.dashboard.look().tills if till.row.till == "C2")
    found = one(
        books.town,
        "SELECT sum(l.difference) FROM cash_closing_line l JOIN cash_closing z"
        f" ON z.id = l.closing_id WHERE z.session_id = {session}",
    )
    assert after.row.state == "closed"
    assert after.difference == found != 0
    assert difference_words(after).startswith("Faltan" if found < 0 else "Sobran")


def test_a_session_of_yesterday_and_a_full_drawer_are_told(books: Books, manager: Desk) -> None:
    with books.town.admin() as connection:
        connection.execute("UPDATE till SET cash_limit = 501 WHERE code = 'C2'")
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE cash_session SET business_date = business_date - 1"
            " WHERE till_code = 'C1' AND state = 'open'"
        )
    board = manager.dashboard.look()
    kinds = [alert.kind for alert in board.alerts]
    assert kinds[:2] == [AlertKind.OLD_SESSION, AlertKind.LIMIT]
    assert next(each for each in board.tills if each.row.till == "C2").level is CashLevel.OVER


def alerts(manager: Desk, kind: AlertKind) -> list[Alert]:
    """As the next look tells them."""
    news = Changes(topics=frozenset({"everything"}))
    return [each for each in manager.dashboard.look(news).alerts if each.kind is kind]


def test_a_full_drawer_is_told_until_somebody_receives_its_cash(
    books: Books, manager: Desk
) -> None:
    assert alerts(manager, AlertKind.LIMIT) == []
    query = "SELECT id FROM cash_session WHERE till_code = 'C2' AND state = 'open'"
    session = int(one(books.town, query))
    cash = one(
        books.town, f"SELECT expected FROM session_expected({session}) WHERE tender = 'cash'"
    )
    with books.town.admin() as connection:
        connection.execute("UPDATE till SET cash_limit = %s WHERE code = 'C2'", [cash - 1])
    told = alerts(manager, AlertKind.LIMIT)
    assert [(each.session_id, each.amount) for each in told] == [(session, Decimal(1))]
    lupe, elena = books.town.sign_in("lupe"), books.town.sign_in("elena")
    order = {"command_id": str(uuid.uuid4()), "session_id": session, "denominations": {"100": 1}}
    sent = lupe.call("send_withdrawal", order)
    assert alerts(manager, AlertKind.LIMIT), "in transit it is still by the books in the drawer"
    verdict = {"verdict": "accept", "denominations": {"100": 1}}
    elena.call("decide_withdrawal", {"withdrawal_id": sent["id"], **verdict})
    assert alerts(manager, AlertKind.LIMIT) == []


def test_a_session_of_yesterday_is_told_until_it_is_closed(books: Books, manager: Desk) -> None:
    assert alerts(manager, AlertKind.OLD_SESSION) == []
    query = "SELECT id FROM cash_session WHERE till_code = 'C2' AND state = 'open'"
    session = int(one(books.town, query))
    with books.town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE cash_session SET business_date = business_date - 5 WHERE id = %s", [session]
        )
    told = alerts(manager, AlertKind.OLD_SESSION)
    assert [each.session_id for each in told] == [session]
    assert told[0].day is not None
    rows = manager.dashboard.receipts(ReceiptFilter(told[0].day, "Vieja", session))
    assert rows, "its rows are opened by its own day"
    lupe = books.town.sign_in("lupe")
    cash = one(
        books.town, f"SELECT expected FROM session_expected({session}) WHERE tender = 'cash'"
    )
    lupe.call(
        "close_session",
        {
            "command_id": str(uuid.uuid4()),
            "session_id": session,
            "denominations": pieces(cash),
            "declared": {"card": "0", "transfer": "0", "cheque": "0"},
        },
    )
    assert alerts(manager, AlertKind.OLD_SESSION) == []


def test_voids_again_and_again_are_told_for_a_day_with_the_rows_of_that_cashier(
    books: Books, manager: Desk
) -> None:
    with books.town.admin() as connection:
        connection.execute(
            "INSERT INTO office_setting (rule_set_id, key, value)"
            " SELECT id, 'void_alert', '1' FROM rule_set WHERE kind = 'office'"
        )
    manager.close()
    again = seat(books.town, "gerente", manager.home)
    told = alerts(again, AlertKind.VOIDS)
    assert sorted(each.who for each in told) == ["Lupe Núñez Peña", "Rosa Núñez Peña"]
    today = again.dashboard.look().today
    for alert in told:
        wanted = ReceiptFilter(today, "Suyos", only_voids=True, cashier=alert.who)
        rows = again.dashboard.receipts(wanted)
        assert (len(rows), sum(row.cancelled for row in rows)) == (alert.count, alert.amount)
    with books.town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE receipt_void SET business_date = business_date - 1")
    assert alerts(again, AlertKind.VOIDS) == []
    again.close()


def test_a_difference_is_told_until_it_is_settled_or_counted_anew(
    books: Books, manager: Desk
) -> None:
    told = {each.session_id for each in alerts(manager, AlertKind.DIFFERENCE)}
    assert books.first_session not in told, "what was short was put back and condoned"
    owe_again(books.town)
    found = [
        each for each in alerts(manager, AlertKind.DIFFERENCE)
        if each.session_id == books.first_session
    ]  # fmt: skip
    assert len(found) == 1
    day = found[0].day
    assert day is not None
    assert manager.dashboard.receipts(ReceiptFilter(day, "Faltó", books.first_session))
    with books.town.admin() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE shortage_settlement SET amount = amount * 2")
    assert found[0] not in alerts(manager, AlertKind.DIFFERENCE)


def test_every_figure_opens_receipts_that_add_up_to_it(books: Books, manager: Desk) -> None:
    board = manager.dashboard.look()
    day = board.today
    whole = manager.dashboard.receipts(ReceiptFilter(day, "Todo"))
    assert sum(row.part - row.cancelled for row in whole) == board.collected
    voids = manager.dashboard.receipts(ReceiptFilter(day, "Cancelados", only_voids=True))
    assert sum(row.cancelled for row in voids) == board.cancelled
    for tender, amount in board.takings.by_tender():
        rows = manager.dashboard.receipts(ReceiptFilter(day, "Forma", tender=tender))
        assert sum(row.part for row in rows) == amount
    for each in board.takings.by_hour():
        rows = manager.dashboard.receipts(ReceiptFilter(day, "Hora", hour=each.hour))
        assert (len(rows), sum(row.part for row in rows)) == (each.receipts, each.amount)
    for till in board.tills:
        if till.row.session_id is not None:
            rows = manager.dashboard.receipts(
                ReceiptFilter(day, "Caja", session_id=till.row.session_id)
            )
            assert (len(rows), sum(row.part for row in rows)) == (till.receipts, till.taken)
    record = manager.dashboard.receipt(whole[0].receipt_id)
    assert record.content["folio"] == whole[0].folio


@pytest.mark.parametrize("username", ["elena", "directora", "auditora"])
def test_the_supervision_looks(books: Books, tmp_path: Path, username: str) -> None:
    desk = seat(books.town, username, tmp_path)
    assert desk.dashboard.look().collected > 0
    assert desk.dashboard.day_sheet().startswith(b"%PDF")
    desk.close()


@pytest.mark.parametrize("username", ["rosa", "beto", "sistemas"])
def test_nobody_else_does(books: Books, tmp_path: Path, username: str) -> None:
    desk = seat(books.town, username, tmp_path)
    with pytest.raises(NotPermitted):
        desk.dashboard.look()
    desk.close()


def test_a_till_without_session_has_no_cash(books: Books, manager: Desk) -> None:
    third = next(till for till in manager.dashboard.look().tills if till.row.till == "C3")
    assert (third.cash, third.is_open, third.level) == (None, False, CashLevel.FREE)
    open_session(books.town.sign_in("elena"), "C3")
    news = Changes(topics=frozenset({"session"}))
    third = next(till for till in manager.dashboard.look(news).tills if till.row.till == "C3")
    assert third.is_open
    assert third.cash is not None
