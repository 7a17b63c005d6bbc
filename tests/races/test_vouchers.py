"""A day being verified while somebody else acts on it, two verifiers, and random days."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import CloseSessionCommand
from tests.support.books import open_session
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import together
from tests.support.day.truth import settled_truth
from tests.support.deposits import deposit
from tests.support.trials import Trials
from tests.support.voids import void
from tests.support.vouchers import decide, issue, issue_order, today, verdict

ROUNDS = 12
"""Random days: each opened, charged, closed, some taken to the bank, put in a voucher, checked and
returned."""

OF_NO_TILL = "('billing', 'surcharge', 'opening', 'credit')"
"""Kinds of journals that no collection voucher has; every other kind moves money."""


def close(till: Station, hundreds: int = 5) -> None:
    till.cash.close_session(
        CloseSessionCommand(uuid.uuid4(), till.session_id, {Decimal(100): hundreds}, {})
    )


def standing(office: Office) -> Counter[str]:
    return Counter(str(row[0]) for row in office.ask("SELECT state FROM voucher"))


def test_a_till_opens_while_its_day_is_verified(office: Office, trials: Trials) -> None:
    """Either the till was first, and the draft is refused, or the day is locked for it."""
    day = today(office.town)
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    (till,) = stations(office, 1)
    till.charge_account(office.accounts()[0])
    close(till)
    for turn in range(10):
        made = issue(elena, "collection", day)
        order = verdict(made["voucher_id"], "verify")
        acts: list[Callable[[], Any]] = [
            partial(manager.call, "decide_voucher", order),
            partial(open_session, till.database, "C1"),
        ]
        verified, opened = together(acts if turn % 2 else acts[::-1])[:: 1 if turn % 2 else -1]
        trials.add(2)
        if isinstance(verified, dict):
            assert isinstance(opened, r.DayLocked)
            break
        assert isinstance(verified, r.DayNotReady | r.VoucherDisagrees), verified
        till.open()
        assert till.charge_account(office.more_accounts(1)[0]).stands
        close(till)
        decide(manager, made["voucher_id"], "return", "Se abrió otra vez")
    assert settled_truth(office) == []


def test_a_payment_arrives_while_its_day_is_verified(office: Office, trials: Trials) -> None:
    """An open session keeps its day from being verified, whatever the instant."""
    day = today(office.town)
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    one, two = stations(office, 2)
    for _ in range(6):
        close(one)
        close(two)
        made = issue(elena, "collection", day)
        one.open()
        account = office.more_accounts(1)[0]
        acts: list[Callable[[], Any]] = [
            partial(decide, manager, made["voucher_id"], "verify"),
            partial(one.charge_account, account),
        ]
        found = together(acts)
        assert isinstance(found[0], r.DayNotReady)
        assert not isinstance(found[1], r.Refusal)
        trials.add(2)
        decide(manager, made["voucher_id"], "return", "Llegó otro cobro")
        two.open()
    assert settled_truth(office) == []


def test_two_verifiers_decide_once(office: Office, trials: Trials) -> None:
    elena, manager, director = (
        office.town.sign_in(name) for name in ("elena", "gerente", "directora")
    )
    for back in range(1, 13):
        made = issue(elena, "collection", today(office.town, back))
        other = "return" if back % 2 else "verify"
        found = together(
            [
                partial(decide, manager, made["voucher_id"], "verify"),
                partial(decide, director, made["voucher_id"], other, "No"),
            ]
        )
        assert Counter(type(each) for each in found) == {dict: 1, r.VoucherStands: 1}, found
        refused = next(each for each in found if isinstance(each, r.VoucherStands))
        done = next(each for each in found if isinstance(each, dict))
        assert refused.state == done["state"]
        trials.add(2)
    assert settled_truth(office) == []


def test_one_voucher_a_day_whoever_issues(office: Office, trials: Trials) -> None:
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    for back in range(1, 11):
        day = today(office.town, back)
        same = issue_order("discount", day)
        found = together(
            [
                partial(elena.call, "issue_voucher", same),
                partial(elena.call, "issue_voucher", same),
                partial(issue, manager, "discount", day),
            ]
        )
        kinds = Counter(type(each) for each in found)
        assert kinds in ({dict: 2, r.VoucherStands: 1}, {dict: 1, r.VoucherStands: 2}), found
        trials.add(3)
    assert office.ask("SELECT last_number FROM folio_series WHERE code = 'PD'") == [(10,)]
    assert settled_truth(office) == []


def test_random_days_balance(office: Office, trials: Trials) -> None:
    """Whatever was charged, voided, counted: the voucher is the sum of the day's journals."""
    rng, day = trials.rng, today(office.town)
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    tills, deposited = stations(office, 3), 0
    for _ in range(ROUNDS):
        for till in tills:
            till.open()
        for _ in range(rng.randint(1, 12)):
            till = rng.choice(tills)
            charge = till.command(
                rng.choice([*office.accounts(), *office.more_accounts(1)]),
                Decimal(rng.randint(60, 900)) / 100,
                advance=Decimal(rng.choice((0, 0, 5_025))) / 100,
            )
            assert till.charge(charge).stands
            trials.add()
            if rng.random() < 0.3:
                last = office.ask(
                    f"SELECT max(r.id) FROM receipt r WHERE r.session_id = {till.session_id}"
                    " AND NOT EXISTS (SELECT FROM receipt_void v WHERE v.receipt_id = r.id)"
                )[0][0]
                if last is not None:
                    void(till.database, manager, int(str(last)))
        for till in tills:
            close(till, rng.randint(0, 20))
        for session in depositable(office):
            if rng.random() < 0.4:
                deposit(office.town, elena, session)
                deposited += 1
                trials.add()
        made = issue(elena, "collection", day)
        assert differences(office, made["voucher_id"]) == []
        decide(manager, made["voucher_id"], "return", "Sigue otro turno")
    assert deposited
    final = issue(elena, "collection", day)["voucher_id"]
    assert decide(manager, final, "verify")["state"] == "verified"
    assert settled_truth(office) == []


def depositable(office: Office) -> list[int]:
    """Closed sessions in no batch that have money of every form they declared."""
    rows = office.ask("""
        SELECT s.id FROM cash_session s CROSS JOIN LATERAL session_deposit(s.id) d
        WHERE s.state = 'closed'
          AND NOT EXISTS (SELECT FROM deposit_batch_session m WHERE m.session_id = s.id)
        GROUP BY s.id HAVING min(d.amount) >= 0 AND sum(d.amount) > 0 ORDER BY s.id
    """)
    return [int(str(row[0])) for row in rows]


def differences(office: Office, voucher: int) -> list[tuple[object, ...]]:
    """By account: what the voucher says against the journals themselves, told another way."""
    return office.ask(f"""
        WITH told AS (
            SELECT CASE WHEN ledger = 'RECEIVABLE' THEN ledger ELSE account END AS place,
                   sum(debit - credit) AS pesos
            FROM voucher_line WHERE voucher_id = {voucher} AND section = 'books' GROUP BY 1),
        books AS (
            SELECT coalesce(m.account, l.ledger_account) AS place, sum(l.amount) AS pesos
            FROM journal j JOIN journal_line l ON l.journal_id = j.id
            LEFT JOIN office_setting s ON s.key = 'accounting_map'
            LEFT JOIN LATERAL jsonb_to_recordset(s.value -> 'ledgers')
                AS m (ledger text, account text) ON m.ledger = l.ledger_account
            WHERE j.business_date = (SELECT business_date FROM voucher WHERE id = {voucher})
              AND j.kind NOT IN {OF_NO_TILL} GROUP BY 1)
        SELECT place, coalesce(t.pesos, 0), coalesce(b.pesos, 0)
        FROM told t FULL JOIN books b USING (place)
        WHERE coalesce(t.pesos, 0) <> coalesce(b.pesos, 0)
        UNION ALL
        SELECT 'collected', sum(debit - credit), (
            SELECT sum(a.amount - round(a.amount * c.tax / c.total, 2)) FROM allocation a
            JOIN charge c ON c.id = a.charge_id JOIN journal j ON j.id = a.journal_id
            WHERE j.kind NOT IN {OF_NO_TILL})
        FROM voucher_line WHERE voucher_id = {voucher} AND account = '8141-01'
        HAVING abs(sum(debit - credit) - (
            SELECT sum(a.amount - round(a.amount * c.tax / c.total, 2)) FROM allocation a
            JOIN charge c ON c.id = a.charge_id JOIN journal j ON j.id = a.journal_id
            WHERE j.kind NOT IN {OF_NO_TILL})) > 1
    """)
