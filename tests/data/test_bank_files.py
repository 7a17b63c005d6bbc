"""Files of shops and banks: whole or not at all, repeated rows flagged, unknown money kept."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import psycopg
import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService
from tests.support.bank_files import (
    assign_order,
    channel_order,
    digits_of,
    movements_of,
    statement_order,
)
from tests.support.books import open_charges, open_session, pay
from tests.support.deposits import deposit
from tests.support.server import TestServer, plain_url
from tests.support.town import PASSWORD, Town, build_town
from tests.support.vouchers import decide, issue, today


@dataclass
class Office:
    town: Town
    manager: Database
    elena: Database
    day: str

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with self.town.admin() as connection:
            return connection.execute(query.encode()).fetchall()

    def pesos(self, query: str) -> Decimal:
        return Decimal(str(self.ask(query)[0][0]))

    def ledger(self, code: str) -> Decimal:
        return self.pesos(
            f"SELECT coalesce(sum(amount), 0.00) FROM journal_line WHERE ledger_account = '{code}'"
        )

    def digits(self, place: int) -> str:
        return digits_of(self.town, self.town.account_ids()[place])

    def counts(self) -> list[int]:
        tables = ("channel_file", "channel_row", "payment", "cash_session", "unidentified_payment")
        return [int(self.pesos(f"SELECT count(*) FROM {name}")) for name in tables]


@pytest.fixture
def office(test_server: TestServer, new_database: Callable[[], str]) -> Iterator[Office]:
    town = build_town(test_server, new_database())
    manager, elena = town.sign_in("gerente"), town.sign_in("elena")
    yield Office(town, manager, elena, today(town))
    town.close()
    verifying = Database(test_server.superuser_url(town.database))
    found = VerifyService(verifying, OFFICE).run()
    verifying.close()
    assert [each.sentence for each in found] == []


def test_a_file_pays_the_oldest_of_each_account_and_keeps_the_rest(office: Office) -> None:
    one, two = office.digits(0), office.digits(1)
    order = channel_order(
        office.day, (one, "400.00", "A1"), (two, "900.00", "A2"), ("55555555", "30.00", "A3")
    )
    done = office.manager.call("import_channel", order)
    assert {name: part["rows"] for name, part in done["states"].items()} == {
        "posted": 2,
        "unidentified": 1,
    }
    assert office.manager.call("import_channel", order) == done
    first, second, _ = office.town.account_ids()
    assert open_charges(office.town, first)[0][1] == Decimal("288.27")
    assert open_charges(office.town, second) == []
    assert office.pesos(
        f"SELECT sum(amount) FROM credit_movement WHERE account_id = {second}"
    ) == Decimal("143.06")
    assert office.ask("SELECT state, automatic, opening_counted FROM cash_session") == [
        ("closed", True, Decimal("0.00"))
    ]
    assert office.ask("SELECT folio FROM receipt ORDER BY id") == [
        ("OXXO-000001",),
        ("OXXO-000002",),
    ]
    assert office.ledger("TRANSFER") == Decimal("1330.00")
    assert office.ledger("UNIDENTIFIED") == Decimal("-30.00")


def test_the_money_of_a_channel_goes_to_the_bank_with_what_nobody_knows(office: Office) -> None:
    order = channel_order(office.day, (office.digits(0), "100.00", "A1"), ("", "30.00", "A2"))
    session = int(office.manager.call("import_channel", order)["session_id"])
    deposit(office.town, office.elena, session)
    assert office.ledger("BANK_BBVA") == Decimal("130.00")
    assert office.ledger("TRANSFER") == Decimal("0.00")


@pytest.mark.parametrize(
    "control", [{"rows": "3"}, {"amount": "130.01"}, {"rows": None}, {"amount": "x"}]
)
def test_a_wrong_total_posts_nothing(office: Office, control: dict[str, str | None]) -> None:
    order = channel_order(office.day, (office.digits(0), "100.00", "A1"), ("", "30.00", "A2"))
    order["control"] |= control
    with pytest.raises(r.ControlDisagrees) as refused:
        office.manager.call("import_channel", order)
    assert refused.value.what == next(iter(control))
    assert office.counts() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "5.001", "mil", None])
def test_one_row_of_nonsense_posts_nothing(office: Office, amount: str | None) -> None:
    order = channel_order(office.day, (office.digits(0), "100.00", "A1"), ("", "30.00", "A2"))
    order["rows"][1]["amount"] = amount
    if amount in ("0.00", "-5.00"):
        order["control"]["amount"] = str(Decimal("100.00") + Decimal(amount))
    with pytest.raises(r.InvalidCommand):
        office.manager.call("import_channel", order)
    assert office.counts() == [0, 0, 0, 0, 0]


def test_a_dry_run_tells_and_keeps_nothing(office: Office) -> None:
    order = channel_order(office.day, (office.digits(0), "100.00", "A1"), ("", "30.00", "A2"))
    tried = office.manager.call("import_channel", order | {"dry_run": True})
    assert tried["file_id"] is None
    assert tried["states"]["posted"]["rows"] == 1
    assert office.counts() == [0, 0, 0, 0, 0]
    assert office.ask("SELECT last_number FROM folio_series WHERE code = 'OXXO'") == [(0,)]
    assert office.manager.call("import_channel", order)["states"] == tried["states"]


def test_a_dry_run_of_everything_that_can_happen_says_what_posting_says(office: Office) -> None:
    known, other = (office.digits(0), "100.00", "A1"), (office.digits(1), "50.00", "A2")
    office.manager.call("import_channel", channel_order(office.day, known, name="lunes.txt"))
    order = channel_order(office.day, known, other, ("", "30.00", "A3"), ("123", "9.00", "A4"))
    order["rows"][3]["problem"] = "check_digit"
    tried = office.elena.call("import_channel", order | {"dry_run": True})
    done = office.elena.call("import_channel", order)
    assert {row["fate"] for row in tried["odd"]} == {"repeated", "account", "check_digit"}
    assert done | {"file_id": None, "session_id": None} == tried


def test_a_dry_run_writes_and_locks_nothing(office: Office) -> None:
    """Cashiers do not wait for a file that is only looked at, nor the file for them."""
    rows = [(office.digits(place % 3), "1.00", f"A{place}") for place in range(600)]
    order = channel_order(office.day, *rows) | {"dry_run": True}
    one = office.town.account_ids()[0]
    lupe = office.town.sign_in("lupe")
    own = open_session(lupe, "C2")
    url = plain_url(office.town.login("gerente", PASSWORD))
    with psycopg.connect(url) as looking, office.town.admin() as charging:
        with charging.transaction():  # a charge under way holds this account and the day's folio
            charging.execute("SELECT FROM account WHERE id = %s FOR NO KEY UPDATE", [one])
            charging.execute("SELECT FROM folio_series FOR UPDATE")
            charging.execute("SELECT FROM till FOR UPDATE")
            looking.execute("SET lock_timeout = '5s'")
            found = looking.execute(
                "SELECT commercial.import_channel(%s::jsonb) ->> 'rows'", [json.dumps(order)]
            ).fetchone()
        assert found == ("600",)
        written = looking.execute("SELECT pg_current_xact_id_if_assigned() IS NULL").fetchone()
        assert written == (True,), "a row that is written or locked gives the transaction a number"
        pay(lupe, own, one, open_charges(office.town, one)[:1], "cash")  # it is still looking


def test_a_dry_run_on_a_locked_day_says_so(office: Office) -> None:
    made = issue(office.elena, "collection", office.day)
    decide(office.manager, made["voucher_id"], "verify")
    order = channel_order(office.day, (office.digits(0), "9.00", "A1")) | {"dry_run": True}
    with pytest.raises(r.DayLocked):
        office.manager.call("import_channel", order)


def test_the_same_file_is_refused_and_says_who_brought_it(office: Office) -> None:
    order = channel_order(office.day, (office.digits(0), "100.00", "A1"))
    office.manager.call("import_channel", order)
    with pytest.raises(r.FileRepeated) as refused:
        office.elena.call("import_channel", order | {"command_id": str(uuid.uuid4())})
    assert refused.value.by == "Gerente Núñez Peña"
    assert refused.value.day == office.day
    with pytest.raises(r.CommandReused):
        office.elena.call("import_channel", order)


def test_a_row_that_came_before_is_flagged_and_not_posted_again(office: Office) -> None:
    first, again = (office.digits(0), "100.00", "A1"), (office.digits(1), "50.00", "A2")
    office.manager.call("import_channel", channel_order(office.day, first, name="lunes.txt"))
    done = office.manager.call(
        "import_channel", channel_order(office.day, first, again, name="martes.txt")
    )
    assert {name: part["amount"] for name, part in done["states"].items()} == {
        "posted": Decimal("50.00"),
        "repeated": Decimal("100.00"),
    }
    assert office.pesos("SELECT sum(applied) FROM payment") == Decimal("150.00")
    assert office.ask("SELECT repeats_id FROM channel_row WHERE state = 'repeated'") == [(1,)]


def test_two_equal_rows_of_one_file_are_two_payments(office: Office) -> None:
    row = (office.digits(0), "100.00", "")
    office.manager.call("import_channel", channel_order(office.day, row, row, name="lunes.txt"))
    assert office.pesos("SELECT sum(applied) FROM payment") == Decimal("200.00")
    done = office.manager.call(
        "import_channel", channel_order(office.day, row, row, row, name="martes.txt")
    )
    assert done["states"]["repeated"]["rows"] == 2
    assert done["states"]["posted"]["rows"] == 1


def test_who_brings_a_file_may_have_a_till_of_their_own(office: Office) -> None:
    own = open_session(office.elena, "C1")
    office.elena.call("import_channel", channel_order(office.day, (office.digits(0), "9.00", "A1")))
    one = office.town.account_ids()[0]
    pay(office.elena, own, one, open_charges(office.town, one)[:1], "cash")


def test_nobody_opens_the_till_of_a_channel(office: Office) -> None:
    with pytest.raises(r.UnknownTill):
        open_session(office.elena, "OXXO")


def test_a_locked_day_takes_no_file(office: Office) -> None:
    made = issue(office.elena, "collection", office.day)
    decide(office.manager, made["voucher_id"], "verify")
    with pytest.raises(r.DayLocked):
        office.manager.call(
            "import_channel", channel_order(office.day, (office.digits(0), "9.00", "A1"))
        )
    assert office.counts() == [0, 0, 0, 0, 0]


def test_an_unknown_channel_is_told(office: Office) -> None:
    order = channel_order(office.day, (office.digits(0), "9.00", "A1")) | {"channel": "BANCO"}
    with pytest.raises(r.UnknownDocument):
        office.manager.call("import_channel", order)


def test_money_that_finds_its_account_settles_the_oldest(office: Office) -> None:
    office.manager.call("import_channel", channel_order(office.day, ("", "800.00", "A1")))
    one, two, _ = office.town.account_ids()
    order = assign_order(office.town, one)
    with pytest.raises(r.ReasonRequired):
        office.manager.call("assign_unidentified", order | {"note": " "})
    with pytest.raises(r.UnknownAccount):
        office.manager.call("assign_unidentified", order | {"account_id": 9_999})
    done = office.manager.call("assign_unidentified", order)
    assert office.manager.call("assign_unidentified", order) == done
    assert (done["settled"], done["credit"]) == (Decimal("756.94"), Decimal("43.06"))
    with pytest.raises(r.UnidentifiedAssigned) as refused:
        office.elena.call("assign_unidentified", order | {"account_id": two})
    assert refused.value.by == "Gerente Núñez Peña"
    assert office.ledger("UNIDENTIFIED") == Decimal("0.00")
    assert open_charges(office.town, one) == []


def taken(office: Office) -> int:
    """A batch of $318.40 in cash, at the bank today with its references."""
    rosa = office.town.sign_in("rosa")
    session = open_session(rosa, "C1")
    one = office.town.account_ids()[0]
    pay(rosa, session, one, open_charges(office.town, one)[:1], "cash")
    pieces = {"500": 1, "200": 1, "100": 1, "10": 1, "5": 1, "2": 1, "1": 1, "0.10": 4}
    order = {"command_id": str(uuid.uuid4()), "session_id": session, "denominations": pieces}
    rosa.call("close_session", order)
    return deposit(office.town, office.elena, session)


def state(office: Office, batch: int) -> str:
    return str(office.ask(f"SELECT state FROM deposit_batch WHERE id = {batch}")[0][0])


def test_a_statement_finds_its_slips(office: Office) -> None:
    batch = taken(office)
    order = statement_order(*movements_of(office.town, batch), (office.day, "-11.60", "COMISION"))
    done = office.elena.call("import_statement", order)
    assert (done["matched"], done["loose"], done["rows"]) == (1, 0, 2)
    assert state(office, batch) == "reconciled"
    again = office.elena.call("import_statement", order)
    assert again["statement_id"] == done["statement_id"]
    with pytest.raises(r.FileRepeated):
        office.manager.call("import_statement", order | {"command_id": str(uuid.uuid4())})


@pytest.mark.parametrize("change", ["day", "amount", "reference", "account"])
def test_a_movement_that_differs_in_anything_is_only_listed(office: Office, change: str) -> None:
    batch = taken(office)
    (movement,) = movements_of(office.town, batch)
    day, amount, reference = movement
    early = str(office.ask(f"SELECT ('{day}'::date - 4)::text")[0][0])
    other = {
        "day": (early, amount, reference),
        "amount": (day, "318.41", reference),
        "reference": (day, amount, "DEPOSITO 777"),
        "account": movement,
    }[change]
    account = "BNTE" if change == "account" else "BBVA"
    done = office.elena.call("import_statement", statement_order(other, account=account))
    assert (done["matched"], done["loose"]) == (0, 1)
    assert state(office, batch) == "deposited"


def test_by_hand_account_and_amount_must_agree(office: Office) -> None:
    batch = taken(office)
    slip = office.ask("SELECT id FROM deposit_slip")[0][0]
    (movement,) = movements_of(office.town, batch)
    day, amount, _ = movement
    for account, pesos, problem in (("BBVA", "1.00", "amount"), ("BNTE", amount, "account")):
        office.elena.call(
            "import_statement", statement_order((day, pesos, "VARIOS"), account=account)
        )
        line = office.ask("SELECT max(id) FROM bank_statement_line")[0][0]
        with pytest.raises(r.SlipNotMatched) as refused:
            office.elena.call("match_slip", {"slip_id": slip, "line_id": line, "note": "es"})
        assert refused.value.problem == problem
    office.elena.call("import_statement", statement_order((day, amount, "VARIOS")))
    line = office.ask("SELECT max(id) FROM bank_statement_line")[0][0]
    order = {"slip_id": slip, "line_id": line, "note": ""}
    with pytest.raises(r.ReasonRequired):
        office.elena.call("match_slip", order)
    order["note"] = "El banco escribió otra referencia"
    office.elena.call("match_slip", order)
    assert office.elena.call("match_slip", order)["line_id"] == line
    assert state(office, batch) == "reconciled"


def test_a_movement_of_an_earlier_statement_is_kept_and_flagged(office: Office) -> None:
    batch = taken(office)
    movements = movements_of(office.town, batch)
    office.elena.call("import_statement", statement_order(*movements))
    done = office.elena.call(
        "import_statement", statement_order(*movements, (office.day, "50.00", "OTRO"))
    )
    assert (done["rows"], done["repeated"], done["loose"], done["matched"]) == (2, 1, 1, 0)


def test_a_statement_that_lacks_a_row_is_refused(office: Office) -> None:
    order = statement_order((office.day, "50.00", "UNO"), (office.day, "-3.00", "DOS"))
    order["lines"].pop()
    with pytest.raises(r.ControlDisagrees):
        office.elena.call("import_statement", order)
    assert office.ask("SELECT count(*) FROM bank_statement") == [(0,)]


def test_a_deposit_made_after_its_statement_is_found_by_the_next(office: Office) -> None:
    """The money may be at the bank before its slip is written down."""
    done = office.elena.call(
        "import_statement", statement_order((office.day, "318.40", "REF00011"))
    )
    assert done["loose"] == 1
    batch = taken(office)
    office.elena.call("import_statement", statement_order((office.day, "1.00", "OTRO")))
    assert state(office, batch) == "reconciled"
