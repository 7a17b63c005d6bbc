"""post_payment on real PostgreSQL: what it writes, and what it refuses."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from tehuacan_comercial.data.engine import call_function
from tehuacan_comercial.domain import refusals
from tests.support.server import TestServer
from tests.support.town import Town, build_town


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database())
    yield made
    made.close()


def open_session(town: Town, username: str = "rosa", till: str = "C1") -> int:
    opened = town.sign_in(username).call(
        "open_session",
        {"command_id": str(uuid.uuid4()), "till": till, "denominations": {"100": 5}},
    )
    return int(opened["id"])


def charges(town: Town, account: int) -> list[tuple[int, Decimal]]:
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT id, total - settled FROM charge WHERE account_id = %s AND settled < total"
            " ORDER BY id",
            (account,),
        ).fetchall()
    return [(int(str(row[0])), Decimal(str(row[1]))) for row in rows]


def command(town: Town, session: int, account: int, **changes: Any) -> dict[str, Any]:
    parts = charges(town, account)
    total = sum((amount for _, amount in parts), Decimal(0))
    rounded = (total * 2).to_integral_value(rounding="ROUND_HALF_UP") / 2
    made: dict[str, Any] = {
        "command_id": str(uuid.uuid4()),
        "session_id": session,
        "account_id": account,
        "allocations": [{"charge_id": key, "amount": str(amount)} for key, amount in parts],
        "advance": "0.00",
        "rounding": str(rounded - total),
        "tenders": [
            {"kind": "cash", "received": "1000.00", "change": str(Decimal(1000) - rounded)}
        ],
    }
    return made | changes


def test_a_cash_payment_settles_all_and_gives_a_chained_receipt(town: Town) -> None:
    session = open_session(town)
    first, second, _ = town.account_ids()
    rosa = town.sign_in("rosa")
    answers = [rosa.call("post_payment", command(town, session, key)) for key in (first, second)]
    assert [answer["folio"] for answer in answers] == ["C1-000001", "C1-000002"]
    assert Decimal(answers[0]["balance_after"]) == 0
    assert Decimal(answers[0]["change"]) == Decimal("243.00")
    assert charges(town, first) == []
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT previous_hash, hash, encode(sha256(convert_to(previous_hash || content::text,"
            " 'UTF8')), 'hex') FROM receipt ORDER BY number"
        ).fetchall()
        balance = connection.execute("SELECT sum(amount) FROM journal_line").fetchone()
    assert rows[0][0] == ""
    assert rows[1][0] == rows[0][1]
    assert all(row[1] == row[2] for row in rows)
    assert balance == (Decimal("0.00"),)


def test_the_same_uuid_again_is_the_same_receipt(town: Town) -> None:
    session = open_session(town)
    account = town.account_ids()[0]
    rosa = town.sign_in("rosa")
    order = command(town, session, account)
    assert rosa.call("post_payment", order) == rosa.call("post_payment", order)
    with pytest.raises(refusals.CommandReused):
        rosa.call("post_payment", order | {"note": "otra"})


def test_a_charge_reads_no_table_that_grows_from_end_to_end(town: Town) -> None:
    """Not even by a plan that was made while the table was known to be empty."""
    session = open_session(town)
    growing = ("charge", "payment", "payment_tender", "allocation", "journal", "receipt")
    with town.admin() as admin:
        for table in growing:
            admin.execute(f"VACUUM (ANALYZE) commercial.{table}".encode())
    order = command(town, session, town.account_ids()[0])
    with town.sign_in("rosa").transaction() as connection:
        call_function(connection, "post_payment", order)
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        found = connection.execute(
            text(
                "SELECT relname FROM pg_stat_xact_user_tables"
                " WHERE schemaname = 'commercial' AND seq_scan > 0"
            )
        )
        assert set(found.scalars()).isdisjoint(growing)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"account_id": 0}, refusals.UnknownAccount),
        ({"tenders": [{"kind": "cash", "received": "10.00", "change": "0.00"}]},
         refusals.AmountsDisagree),
        ({"tenders": [{"kind": "card", "received": "800.00", "change": "42.50",
                       "reference": "A1"}]}, refusals.ChangeOnlyFromCash),
        ({"tenders": [{"kind": "card", "received": "757.50", "change": "0.00"}]},
         refusals.TenderNotAllowed),
        ({"tenders": [{"kind": "credit", "received": "757.50", "change": "0.00"}]},
         refusals.AmountsDisagree),
        ({"tenders": [{"kind": "vales", "received": "757.50", "change": "0.00"}]},
         refusals.TenderNotAllowed),
        ({"rounding": "0.90"}, refusals.AmountsDisagree),
        ({"advance": "-1.00"}, refusals.InvalidCommand),
        ({"advance": "0.001"}, refusals.InvalidCommand),
    ],
)  # fmt: skip
def test_what_is_not_right_is_refused_and_leaves_nothing(
    town: Town, changes: dict[str, Any], refusal: type[refusals.Refusal]
) -> None:
    session = open_session(town)
    account = town.account_ids()[0]
    before = charges(town, account)
    with pytest.raises(refusal):
        town.sign_in("rosa").call("post_payment", command(town, session, account, **changes))
    assert charges(town, account) == before
    with town.admin() as connection:
        assert connection.execute("SELECT count(*) FROM payment").fetchone() == (0,)


def test_a_late_charge_is_settled_only_after_its_surcharges_are_charged(
    any_server: TestServer, any_new_database: Callable[[], str]
) -> None:
    """Whoever pays with psql, without opening the account as the program does, is refused."""
    town = build_town(any_server, any_new_database(), grace_days=0)
    session = open_session(town)
    first, second, _ = town.account_ids()
    rosa = town.sign_in("rosa")
    late, current = command(town, session, first), command(town, session, first)
    late["allocations"], current["allocations"] = late["allocations"][:1], late["allocations"][1:2]
    for order in (late, current):
        order["rounding"] = "0.00"
        order["tenders"] = [
            {"kind": "cash", "received": order["allocations"][0]["amount"], "change": "0.00"}
        ]
    with pytest.raises(refusals.SurchargesNotAccrued) as told:
        rosa.call("post_payment", late)
    assert told.value.charge_id == late["allocations"][0]["charge_id"]
    assert told.value.missing == Decimal("14.33")  # 318.40 x 1.5 % x 3 months begun
    rosa.call("post_payment", current)  # sewerage bears none
    accrued = rosa.call("accrue_surcharges", {"account_id": first})
    rosa.call("accrue_surcharges", {"account_id": second})
    answer = rosa.call("post_payment", late)
    owed = sum((pesos for _, pesos in charges(town, first)), Decimal(0))
    assert Decimal(answer["balance_after"]) == owed
    assert Decimal(accrued["amount"]) >= Decimal("14.33")
    town.close()


def test_foreign_settled_and_repeated_charges_are_refused(town: Town) -> None:
    session = open_session(town)
    first, second, _ = town.account_ids()
    rosa = town.sign_in("rosa")
    foreign = command(town, session, first)
    foreign["allocations"] = command(town, session, second)["allocations"]
    with pytest.raises(refusals.ChargeNotOfAccount):
        rosa.call("post_payment", foreign)
    stale = command(town, session, first)
    repeated = command(town, session, first)
    repeated["allocations"] = repeated["allocations"] + repeated["allocations"][:1]
    with pytest.raises(refusals.InvalidCommand):
        rosa.call("post_payment", repeated)
    rosa.call("post_payment", command(town, session, first))
    with pytest.raises(refusals.ChargeAlreadySettled) as told:
        rosa.call("post_payment", stale | {"command_id": str(uuid.uuid4())})
    assert told.value.outstanding == 0


def test_closing_gives_expected_declared_and_difference(town: Town) -> None:
    session = open_session(town)
    rosa = town.sign_in("rosa")
    rosa.call("post_payment", command(town, session, town.account_ids()[0]))
    assert rosa.call("begin_count", {"session_id": session})["state"] == "counting"
    with pytest.raises(refusals.SessionNotOpen):
        rosa.call("post_payment", command(town, session, town.account_ids()[1]))
    order = {
        "command_id": str(uuid.uuid4()),
        "session_id": session,
        "denominations": {"200": 6, "50": 1, "5": 1},
        "declared": {"card": "0", "transfer": "0", "cheque": "0"},
    }
    closed = rosa.call("close_session", order)
    cash = closed["tenders"][0]
    assert (cash["expected"], cash["declared"]) == (Decimal("1257.00"), Decimal("1255.00"))
    assert cash["difference"] == Decimal("-2.00")
    assert closed["folio"] == "ZC1-000001"
    assert rosa.call("close_session", order) == closed
    with pytest.raises(refusals.CountAlreadySigned):
        rosa.call("close_session", order | {"command_id": str(uuid.uuid4())})


def test_a_discarded_charge_never_arrives_late(town: Town) -> None:
    session = open_session(town)
    rosa = town.sign_in("rosa")
    order = command(town, session, town.account_ids()[0])
    assert rosa.call("ask_payment", order) == {"payment": None}
    rosa.call("discard_payment", {"command": order, "reason": "El usuario se fue"})
    with pytest.raises(refusals.CommandDiscarded):
        rosa.call("post_payment", order)
