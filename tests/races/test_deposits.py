"""Two people with the same bags, and random nights: every peso of the drawers reaches the bank."""

from __future__ import annotations

import uuid
from collections import Counter
from decimal import Decimal
from functools import partial

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import CloseSessionCommand
from tehuacan_comercial.domain.tendering import TenderKind
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import together
from tests.support.day.truth import settled_truth
from tests.support.deposits import (
    count_order,
    deposit,
    money_of,
    open_batch,
    pieces,
    slips_order,
    stamped,
)
from tests.support.trials import Trials

ROUNDS = 12


def close(till: Station, cash: Decimal, card: Decimal = Decimal(0)) -> int:
    counted = {Decimal(value): number for value, number in pieces(cash).items()}
    session = till.session_id
    till.cash.close_session(
        CloseSessionCommand(uuid.uuid4(), session, counted, {TenderKind.CARD: card})
    )
    return session


def test_two_people_gather_the_same_sessions(office: Office, trials: Trials) -> None:
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    tills = stations(office, 2)
    for _ in range(10):
        closed = [close(till, Decimal(500)) for till in tills]
        found = together(
            [partial(open_batch, elena, *closed), partial(open_batch, manager, *closed[::-1])]
        )
        kinds = Counter(type(each) for each in found)
        assert kinds == {int: 1, r.SessionNotDepositable: 1}, found
        trials.add(2)
        for till in tills:
            till.open()
    assert office.ask("SELECT count(*) FROM deposit_batch") == [(10,)]
    assert settled_truth(office) == []


def test_two_people_balance_and_deposit_one_batch(office: Office, trials: Trials) -> None:
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    (till,) = stations(office, 1)
    for _ in range(8):
        office.more_accounts(1)
        assert till.charge_account(office.accounts()[-1]).stands
        expected = office.ask(
            f"SELECT expected FROM session_expected({till.session_id}) WHERE tender = 'cash'"
        )[0][0]
        session = close(till, Decimal(str(expected)))
        batch = open_batch(elena, session)
        money = money_of(office.town, batch)
        elena.call("count_batch", count_order(batch, money))
        found = together(
            [
                partial(elena.call, "balance_batch", slips_order(batch, money)),
                partial(manager.call, "balance_batch", slips_order(batch, money, "BNTE")),
            ]
        )
        assert Counter(type(each) for each in found) == {dict: 1, r.InvalidTransition: 1}, found
        right = stamped(office.town, batch)
        same = together(
            [partial(who.call, "deposit_batch_at_bank", right) for who in (elena, manager)]
        )
        assert [each["state"] for each in same if isinstance(each, dict)] == [
            "deposited",
            "deposited",
        ]
        trials.add(4)
        till.open()
    assert office.ask("SELECT last_number FROM folio_series WHERE code = 'LD'") == [(8,)]
    assert office.ask("SELECT count(*) FROM journal WHERE kind = 'deposit'") == [(8,)]
    assert settled_truth(office) == []


def test_a_verification_meets_the_balance(office: Office, trials: Trials) -> None:
    """Whichever is first, the slips are what the books hold."""
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    (till,) = stations(office, 1)
    for turn in range(10):
        assert till.charge_account(office.more_accounts(1)[0]).stands
        expected = office.ask(
            f"SELECT expected FROM session_expected({till.session_id}) WHERE tender = 'cash'"
        )[0][0]
        cash = Decimal(str(expected))
        session = close(till, cash)
        batch = open_batch(elena, session)
        money = money_of(office.town, batch)
        elena.call("count_batch", count_order(batch, money))
        order = {
            "command_id": str(uuid.uuid4()),
            "session_id": session,
            "denominations": pieces(cash - Decimal("0.50")),
            "declared": {"card": "0", "transfer": "0", "cheque": "0"},
        }
        acts = [
            partial(elena.call, "balance_batch", slips_order(batch, money)),
            partial(manager.call, "verify_session", order),
        ]
        found = together(acts if turn % 2 else acts[::-1])[:: 1 if turn % 2 else -1]
        balanced, verified = found
        assert isinstance(balanced, dict) != isinstance(verified, dict), found
        refused = verified if isinstance(balanced, dict) else balanced
        assert isinstance(refused, r.SessionNotDepositable | r.DepositDisagrees), refused
        trials.add(2)
        till.open()
    assert settled_truth(office) == []


def test_random_nights(office: Office, trials: Trials) -> None:
    """Random charges and counts in three tills, gathered at random: nothing is left behind."""
    rng = trials.rng
    elena, manager = office.town.sign_in("elena"), office.town.sign_in("gerente")
    tills = stations(office, 3)
    loose: list[int] = []
    for _ in range(ROUNDS):
        for _ in range(rng.randint(1, 8)):
            till = rng.choice(tills)
            charge = till.command(
                office.more_accounts(1)[0],
                Decimal(rng.randint(100, 900)) / 100,
                advance=Decimal(rng.choice((0, 2_050))) / 100,
            )
            assert till.charge(charge).stands
            trials.add()
        loose += [close(till, Decimal(rng.randint(50_000, 60_000)) / 100) for till in tills]
        rng.shuffle(loose)
        taken, loose = loose[: len(loose) // 2], loose[len(loose) // 2 :]
        deposit(office.town, rng.choice((elena, manager)), *taken)
        trials.add()
        for till in tills:
            till.open()
    for till in tills:
        loose.append(close(till, Decimal(600)))
    deposit(office.town, elena, *loose)
    left = office.ask(
        "SELECT ledger_account, sum(amount) FROM journal_line WHERE ledger_account IN"
        " ('CASH', 'CARD', 'TRANSFER', 'CHEQUE') GROUP BY 1 HAVING sum(amount) <> 0"
    )
    assert left == []
    assert settled_truth(office) == []
